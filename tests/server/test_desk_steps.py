"""The steps of a consultation at the desk, from submitting to publishing, and what may be watched on the way."""

import datetime
import re
from uuid import UUID

import pytest
from msgspec import structs

from server.database import DB
from server.store import consultations, units
from surveys.consultation import State, Verb
from surveys.particulars import print_of
from surveys.units import VillageRow
from tests.server.desk import ENTRY, HERE, SLUG, field, heading, page_text, scale_fields, summary
from tests.server.personas import WARD, post

pytestmark = pytest.mark.anyio


async def state(persons, clock):
    return (await consultations.to_see(persons["author"], SLUG, clock.now())).state


# Steps


async def test_submitting_what_is_not_ready_shows_why_on_the_page(author, persons, clock):
    await post(author, "/desk/new", {"title_vi": "Đường số 5", "instrument": "opinion", "ready": "blank"})
    answer = await post(author, "/desk/duong-so-5/do/submit")

    assert answer.status_code == 422
    assert "Bộ câu hỏi chưa có câu nào để trả lời." in page_text(answer)
    assert heading(answer) == "Đường số 5"


async def test_four_eyes_who_wrote_cannot_approve(approver, persons, clock, draft):
    await consultations.save(
        structs.replace(draft, use={"vi": "x"}), by=structs.replace(persons["approver"], roles=persons["author"].roles), now=clock.now(), was=print_of(draft)
    )
    await consultations.act(Verb.SUBMIT, SLUG, by=persons["author"], now=clock.now())
    answer = await post(approver, HERE + "/do/approve")

    assert answer.status_code == 403
    assert "Người đã tham gia soạn không được phê duyệt chính đợt này." in page_text(answer)
    assert await state(persons, clock) is State.IN_REVIEW


async def test_approver_decides_on_one_page_with_everything_on_it(approver, author, persons, clock, in_review):
    await units.replace_villages(WARD, [VillageRow("Tổ 1", 120), VillageRow("Tổ 2", 80)], source="Danh sách hộ", as_of=clock.today(), by=None, now=clock.now())
    page = await approver.get(HERE + "/review")

    assert "200 hộ ở Phường Thanh Khê" in page_text(page)
    assert "Từ 0 giờ 24/11/2026 đến hết 24/12/2026: 30 ngày" in page_text(page)
    assert page.text.count('data-question="') == len(list(ENTRY.questionnaire.questions()))
    assert f'action="{HERE}/do/approve"' in page.text
    assert f'action="{HERE}/do/approve"' not in (await author.get(HERE + "/review")).text
    assert (await post(approver, HERE + "/do/approve")).status_code == 303
    assert await state(persons, clock) is State.APPROVED


async def test_return_with_a_comment_at_a_question_reaches_the_author(approver, author, persons, clock, in_review):
    empty = await post(approver, HERE + "/do/return")
    await post(approver, HERE + "/remarks", {"question": "overall", "text-overall": "Hỏi rõ <quầy> nào"})
    answer = await post(approver, HERE + "/do/return", {"reason": ""})

    assert (empty.status_code, list(summary(empty))) == (422, ["reason"])
    assert answer.status_code == 303
    assert await state(persons, clock) is State.DRAFT
    overview = await author.get(HERE)
    assert "Hỏi rõ <quầy> nào" in page_text(overview)
    remark = re.search(rf'action="({HERE}/remarks/[^"]+)"', overview.text)[1]
    assert (await post(author, remark)).status_code == 303
    assert "đã xử lý" in (await author.get(HERE)).text


async def test_empty_comment_is_refused_at_its_question(approver, in_review):
    answer = await post(approver, HERE + "/remarks", {"question": "overall", "text-overall": "  "})

    assert (answer.status_code, list(summary(answer))) == (422, ["text-overall"])
    assert (await post(approver, HERE + "/remarks", {"question": "khong_co", "text-khong_co": "?"})).status_code == 404


async def test_second_submission_says_what_changed_since_the_first(approver, author, persons, clock, in_review):
    await post(approver, HERE + "/do/return", {"reason": "Sửa lời"})
    await post(author, HERE + "/questions/overall", {"version": "1", "label_vi": "Nhìn chung thế nào?", **scale_fields()})
    await consultations.act(Verb.SUBMIT, SLUG, by=persons["author"], now=clock.now())

    assert "Khác lần gửi trước Sửa: Nhìn chung thế nào?" in page_text(await approver.get(HERE + "/review"))


@pytest.mark.parametrize(("verb", "word"), [("close", "đóng"), ("cancel", "hủy")])
async def test_what_touches_people_is_typed_and_reasoned(approver, persons, clock, opened, verb, word):
    page = await approver.get(f"{HERE}/do/{verb}")
    nothing = await post(approver, f"{HERE}/do/{verb}", {"confirm": "", "reason": "Đủ phiếu"})
    no_reason = await post(approver, f"{HERE}/do/{verb}", {"confirm": word})

    assert f"Gõ “{word}” để xác nhận" in page_text(page)
    assert (nothing.status_code, list(summary(nothing)), field(nothing, "reason")) == (422, ["confirm"], "Đủ phiếu")
    assert (no_reason.status_code, list(summary(no_reason)), field(no_reason, "confirm")) == (422, ["reason"], word)
    assert await state(persons, clock) is State.OPEN
    assert (await post(approver, f"{HERE}/do/{verb}", {"confirm": word.upper(), "reason": "Đủ phiếu"})).status_code == 303
    assert await state(persons, clock) in (State.CLOSED, State.CANCELLED)


async def test_confirmation_is_accepted_in_english(approver, persons, clock, opened):
    assert "Type “close” to confirm" in page_text(await approver.get(HERE + "/do/close?lang=en"))
    assert (await post(approver, HERE + "/do/close", {"confirm": "close", "reason": "Enough"})).status_code == 303


async def test_extend_wants_a_later_day_and_keeps_what_was_typed(approver, author, persons, clock, opened):
    answers = [await post(approver, HERE + "/do/extend", {"closes_on": day}) for day in ("", "2026-12-01", "x")]

    assert [(answer.status_code, list(summary(answer))) for answer in answers] == [(422, ["closes_on"]), (409, ["closes_on"]), (422, ["closes_on"])]
    assert field(answers[1], "closes_on") == "2026-12-01"
    assert (await post(author, HERE + "/do/extend", {"closes_on": "2026-12-30"})).status_code == 403
    assert (await post(approver, HERE + "/do/extend", {"closes_on": "2026-12-30"})).status_code == 303
    assert (await consultations.to_see(persons["author"], SLUG, clock.now())).closes_on == datetime.date(2026, 12, 30)


async def test_wrong_state_says_which_and_what_is_possible(approver, opened):
    answer = await post(approver, HERE + "/do/publish", {"confirm": "công bố"})

    assert answer.status_code == 409
    assert "Đợt lấy ý kiến ở trạng thái “đang mở”, không công bố được. Lúc này có thể: gia hạn, đóng, hủy." in page_text(answer)


async def test_a_step_already_taken_is_no_error(author, in_review):
    assert (await post(author, HERE + "/do/submit")).status_code == 303
    assert (await author.get(HERE + "/do/submit")).status_code == 303


async def test_unknown_step_is_nothing(author, draft):
    assert (await author.get(HERE + "/do/fly")).status_code == 404
    assert (await post(author, HERE + "/do/fly")).status_code == 404


async def test_cancelled_says_the_public_reason(approver, author, draft):
    await post(approver, HERE + "/do/cancel", {"confirm": "hủy", "reason": "Sai địa bàn"})

    assert "Đợt này đã hủy. Lý do công khai: Sai địa bàn" in page_text(await author.get(HERE))


async def test_sealing_and_publishing_lead_to_the_end(author, approver, persons, clock, opened):
    await post(author, HERE + "/do/close", {"confirm": "đóng", "reason": "Đủ phiếu"})
    await post(author, HERE + "/do/seal")
    await post(approver, HERE + "/do/publish", {"confirm": "công bố"})

    assert await state(persons, clock) is State.PUBLISHED
    assert "Lúc này ông/bà không có việc gì phải làm ở đợt này." in page_text(await author.get(HERE))


# Watch and journal


async def test_turnout_counts_by_village_and_day_against_households(author, persons, clock, opened, app):
    await units.replace_villages(
        WARD, [VillageRow("Tổ 1", 120), VillageRow("Tổ 2", None)], source="Danh sách hộ", as_of=clock.today(), by=None, now=clock.now()
    )
    first, _ = await units.villages(WARD)
    await counted(opened, first.id, "web", answered=7, withdrawn=1)
    await counted(opened, first.id, "paper", answered=2)
    await counted(opened, "", "web", answered=3)
    text = page_text(await author.get(HERE + "/watch"))

    assert "11 phiếu trả lời" in text
    assert "Chưa tính được tỷ lệ: có thôn, tổ chưa có số hộ." in text
    assert "Tổ 1 120 6 2 8 6,67 %" in text
    assert "Tổ 2 – 0 0 0 chưa có số hộ" in text
    assert "Không nêu thôn, tổ – 3 0 3 chưa có số hộ" in text
    assert "24/11/2026 12 1" in text


async def counted(consultation, village, channel, *, answered, withdrawn=0):
    async with DB.connection() as connection:
        await connection.execute(
            "INSERT INTO turnout VALUES ($1, $2, $3, $4, 'self', $5, $6, $7)",
            UUID(consultation.id), WARD, village, channel, datetime.date(2026, 11, 24), answered, withdrawn,
        )  # fmt: skip


async def test_turnout_fragment_is_the_figures_alone(author, opened):
    fragment = await author.get(HERE + "/watch/turnout", headers={"HX-Request": "true"})

    assert (fragment.status_code, fragment.text.strip()[:21]) == (200, '<section id="turnout"')
    assert "<html" not in fragment.text


async def test_turnout_is_for_author_approver_and_village_head_while_open(author, approver, village_head, collector, auditor, replier, stranger, opened):
    seen = [(await who.get(HERE + room)).status_code for who in (author, approver, village_head) for room in ("/watch", "/watch/turnout")]
    unseen = [(await who.get(HERE + room)).status_code for who in (collector, auditor, replier) for room in ("/watch", "/watch/turnout")]

    assert (seen, unseen) == ([200] * 6, [403] * 6)
    assert (await stranger.get(HERE + "/watch")).status_code == 404


async def test_turnout_is_not_there_before_opening(author, draft):
    assert (await author.get(HERE + "/watch")).status_code == 403
    assert HERE + "/watch" not in (await author.get(HERE)).text


async def test_journal_says_who_did_what(author, auditor, village_head, opened):
    text = page_text(await auditor.get(HERE + "/journal"))

    assert "Lập bản nháp Nguyễn Thị Soạn" in text
    assert re.search(r"Phê duyệt → đã phê duyệt, chưa mở · bản 1 · dấu vân kế hoạch [0-9a-f]{16} Trần Văn Duyệt", text)
    assert "Hệ thống chuyển bước theo giờ → đang mở hệ thống" in text
    assert (await village_head.get(HERE + "/journal")).status_code == 403
    assert (await author.get(HERE + "/journal?before=1")).status_code == 200
