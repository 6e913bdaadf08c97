"""The first journey: a satisfaction consultation from the library, answered on a phone without script, up to paper and results page."""

from tests.journeys.conftest import Ward
from tests.journeys.papers import text_of
from tests.journeys.steps import act, answer_by_program, answer_without_script, make_from_library, open_results, write_plan

TITLE = "Ông/bà có hài lòng với bộ phận một cửa không?"
PLEASED = {"visit": "counter", "desk/place": "4", "desk/guidance": "5", "overall": "5", "better": "Thêm ghế ngồi chờ."}
PLEASED_TOO = {"visit": "counter", "desk": {"place": "4", "guidance": "5"}, "overall": "5", "better": "Thêm ghế ngồi chờ."}
DISPLEASED = {"visit": "no", "overall": "1", "reason": ["slow"]}


def test_a_satisfaction_consultation_reaches_its_council(ward: Ward) -> None:
    ward.at("2026-11-23")
    author, approver = ward.official("author"), ward.official("approver")
    slug = make_from_library(author, "one_stop_desk", title=TITLE)
    write_plan(author, slug, opens_on="2026-11-23", closes_on="2026-12-20", contact_name="Văn phòng UBND phường", contact_phone="0236 000 000")
    act(author, slug, "submit")
    act(approver, slug, "approve")
    if approver.get_by_text("đang mở", exact=True).count() == 0:
        act(approver, slug, "open", confirm="mở")

    receipts = {answer_without_script(ward, slug, PLEASED), answer_without_script(ward, slug, DISPLEASED)}
    receipts |= {answer_by_program(ward, slug, PLEASED_TOO) for _ in range(10)} | {answer_by_program(ward, slug, DISPLEASED) for _ in range(5)}
    assert len(receipts) == 17

    act(author, slug, "close", confirm="đóng", reason="Đã đủ phiếu.")
    act(author, slug, "seal")
    act(approver, slug, "publish", confirm="công bố")

    resident = ward.visitor()
    open_results(resident, slug)
    assert "17 phiếu trả lời" in resident.locator("main").inner_text()
    shown = " ".join(resident.locator("main").inner_text().split())
    paper = text_of(resident.request.get(f"/api/v1/consultations/{slug}/results.pdf").body())
    tallies = resident.request.get(f"/api/v1/consultations/{slug}/results.json").json()
    overall = next(question for question in tallies["questions"] if question["name"] == "overall")
    assert (overall["answered"], round(overall["satisfied_percent"], 6)) == (17, 64.705882)
    assert "64,71 %" in shown
    assert "64,71 %" in paper
    assert tallies["data_sha256"] in paper.replace(" ", "")
    assert tallies["data_sha256"] in shown
    assert "Thêm ghế ngồi chờ" not in paper + shown
    assert ward.violations == []
