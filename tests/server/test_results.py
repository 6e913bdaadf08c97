"""From closing to publication: the rooms of results by hand, and what everybody may read at the end."""

import io
import json
import re

import httpx
import openpyxl
import pandas as pd
import pytest
from litestar import Litestar

from server import counting
from server.database import DB
from server.store import consultations, results
from surveys.consultation import Consultation, Verb
from tests.conftest import SetClock
from tests.papers.reading import pages
from tests.server.asked import asked
from tests.server.desk import field, page_text, summary
from tests.server.personas import post

pytestmark = pytest.mark.anyio

SAID = ("=HYPERLINK(1) cảm ơn phường", "Gọi tôi số 0905 000 111", "Nhà tôi ở đầu hẻm", "Ngập khi mưa", "Nên trồng cây", "Đèn hỏng")
"""The first is released, the second withheld, the others never read. Of fewer than five nothing would be printed."""


def answers(number: int) -> dict[str, object]:
    """Seven agree, five do not; all are content but the last."""
    stance = {"stance": "agree"} if number < 7 else {"stance": "disagree"}
    told = {"gop_y": SAID[number]} if number < len(SAID) else {}
    return {"dong_y": stance, "hai_long": "4", "so_nguoi": 3, "cho_phep": True, **told}


@pytest.fixture
async def closed(app: Litestar, client: httpx.AsyncClient, persons, clock: SetClock) -> Consultation:
    """Twelve answers came, then its last day passed."""
    made = await asked(DB.pool, persons["author"], clock.now())
    for number in range(12):
        sent = await client.post(
            f"/api/v1/consultations/{made.slug}/responses", json={"answers": answers(number)}, headers={"Idempotency-Key": f"phieu-{number:04}"}
        )
        assert sent.status_code == 201
    clock.set("2026-12-21")
    await consultations.settle_due(clock.now())
    return made


async def count(app: Litestar, consultation: Consultation, clock: SetClock) -> None:
    """The background job, at once."""
    await counting.count(consultation.id, app.state.settings, clock)


def room(consultation: Consultation, name: str) -> str:
    return f"/desk/{consultation.slug}/{name}"


ROOMS = ("results", "results/figures", "words", "reply", "papers", "papers/list")


async def test_rooms_wait_for_the_count_and_ask_again(author: httpx.AsyncClient, closed: Consultation) -> None:
    shown = await author.get(room(closed, "results"))
    again = await author.get(room(closed, "results/figures"))
    printing = await author.get(room(closed, "papers"))

    assert "Đang tổng hợp" in page_text(shown)
    assert f'hx-get="{room(closed, "results/figures")}"' in shown.text
    assert "<html" not in again.text
    assert f'hx-get="{room(closed, "papers/list")}"' in printing.text
    assert await DB.pool.fetchval("SELECT count(*) FROM pgqueuer WHERE entrypoint = 'count'") >= 1


async def test_who_works_on_it_reads_the_figures_and_nobody_else(
    app: Litestar, closed: Consultation, clock: SetClock, author, approver, replier, stranger, reader, collector
) -> None:
    await count(app, closed, clock)

    for client in (author, approver, replier):
        assert {name: (await client.get(room(closed, name))).status_code for name in ROOMS} == dict.fromkeys(ROOMS, 200)
    assert {name: (await stranger.get(room(closed, name))).status_code for name in ROOMS} == dict.fromkeys(ROOMS, 404)
    for client in (reader, collector):
        assert {name: (await client.get(room(closed, name))).status_code for name in ROOMS} == dict.fromkeys(ROOMS, 403)

    shown = await replier.get(room(closed, "results"))
    assert "12 phiếu trả lời" in page_text(shown)
    assert "Số liệu tạm tính" in page_text(shown)
    english = await replier.get(room(closed, "results") + "?lang=en")
    assert "12 answers" in page_text(english)

    papers = await author.get(room(closed, "papers"))
    [vietnamese, other] = re.findall(r'href="([^"]*\.pdf)"', papers.text)
    paper = await author.get(vietnamese)
    assert (paper.status_code, paper.headers["content-type"], paper.content[:5]) == (200, "application/pdf", b"%PDF-")
    assert other.endswith("report.en.pdf")
    assert (await reader.get(vietnamese)).status_code == 403
    assert (await author.get(room(closed, "papers/report.fr.pdf"))).status_code == 404

    tallies = (await author.get(room(closed, "results/tallies.json"))).json()
    assert (tallies["schema"], tallies["responses"], tallies["min_cell"]) == ("ydan-tallies/1", 12, 5)
    assert openpyxl.load_workbook(io.BytesIO((await author.get(room(closed, "results/tables.xlsx"))).content)).sheetnames


async def decide(client: httpx.AsyncClient, consultation: Consultation, wishes: dict[str, str]) -> httpx.Response:
    """Open answers by their words: release or withhold."""
    report = await results.report(consultation.id, results.OFFICIAL)
    keys = {words.text: f"{words.id}:{tally.name}" for tally in report.questions for words in tally.words}
    return await post(client, room(consultation, "words"), {keys.get(words, words): wish for words, wish in wishes.items()})


async def test_only_released_words_become_public(app: Litestar, author: httpx.AsyncClient, approver, closed: Consultation, clock: SetClock) -> None:
    await count(app, closed, clock)
    shown = page_text(await author.get(room(closed, "words")))
    assert all(words in shown for words in SAID)
    assert "6 ý kiến chưa đọc" in shown

    decided = await decide(author, closed, {SAID[0]: "release", SAID[1]: "withhold", "0" * 64 + ":gop_y": "release", "nonsense": "release", SAID[2]: "perhaps"})

    assert decided.status_code == 303
    assert await DB.pool.fetchval("SELECT count(*) FROM reading") == 2
    assert not await results.counted(closed)
    await count(app, closed, clock)
    public = await results.report(closed.id, results.PUBLIC)
    assert [words.text for tally in public.questions for words in tally.words] == [SAID[0]]
    assert SAID[1].encode() not in (await author.get(room(closed, "results/tallies.json"))).content
    assert "4 ý kiến chưa đọc" in page_text(await approver.get(room(closed, "words")))

    await decide(approver, closed, {SAID[0]: "withhold"})
    await count(app, closed, clock)
    assert [words for tally in (await results.report(closed.id, results.PUBLIC)).questions for words in tally.words] == []


TOTAL = {"channel": "meeting", "owner": "Tổ trưởng tổ 3", "held_on": "2026-12-10", "people": "30", "count:dong_y:agree": "20", "count:dong_y:disagree": "6"}


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"channel": "", "owner": "", "people": "", "held_on": "ngày nào"}, {"channel", "owner", "people", "held_on"}), ({"channel": "web"}, {"channel"}),
        ({"village": "nowhere"}, {"village"}), ({"people": "-3"}, {"people"}), ({"people": "9" * 40}, {"people"}), ({"people": "20"}, {"count:dong_y:agree"}),
        ({"count:dong_y:agree": "nhiều"}, {"count:dong_y:agree"}),
        ({"count:dong_y:agree": "", "count:dong_y:disagree": ""}, {"people"}), ({"owner": "x" * 301}, {"owner"}),
    ],
)  # fmt: skip
async def test_wrong_totals_come_back_as_typed(collector: httpx.AsyncClient, closed: Consultation, changes: dict[str, str], wrong: set[str]) -> None:
    sent = TOTAL | changes

    answer = await post(collector, room(closed, "totals"), sent)

    assert answer.status_code == 422
    assert set(summary(answer)) == wrong
    assert {name: field(answer, name) for name in sent if name not in ("channel", "village")} == {
        name: sent[name] for name in sent if name not in ("channel", "village")
    }
    if sent["channel"] == "meeting":
        assert re.search(r'<option value="meeting" selected', answer.text)
    assert await DB.pool.fetchval("SELECT count(*) FROM channel_total") == 0


async def test_totals_stand_apart_and_are_added_up(app: Litestar, author: httpx.AsyncClient, collector, closed: Consultation, clock: SetClock) -> None:
    await count(app, closed, clock)
    added = await post(collector, room(closed, "totals"), TOTAL)

    assert added.status_code == 303
    assert not await results.counted(closed)
    assert "Tổ trưởng tổ 3" in page_text(await collector.get(room(closed, "totals")))

    await count(app, closed, clock)
    assert await results.counted(closed)
    report = await results.report(closed.id, results.PUBLIC)
    [own] = [tally for tally in report.questions if tally.name == "dong_y"]
    assert {option.value: option.count for option in own.options if option.count} == {"agree": 7, "disagree": 5}
    assert [(other.owner, other.people, dict(other.counts)) for other in report.other_channels] == [
        ("Tổ trưởng tổ 3", 30, {"dong_y": {"agree": 20, "disagree": 6, "other": 0}})
    ]
    shown = page_text(await author.get(room(closed, "results")))
    assert "Kênh khác, do chủ kênh tổng hợp" in shown
    assert " 27 " in shown

    [remove] = re.findall(r'action="([^"]*/remove)"', (await collector.get(room(closed, "totals"))).text)
    assert (await post(collector, remove)).status_code == 303
    assert (await post(collector, remove)).status_code == 404
    assert not await results.counted(closed)


async def test_the_reply_is_kept_and_printed(app: Litestar, replier: httpx.AsyncClient, collector, closed: Consultation, clock: SetClock) -> None:
    typed = {"reply_vi": "Tiếp thu: làm vỉa hè trước.\r\nKhông tiếp thu: 9 mét.", "reply_en": "Taken up.", "proposals_vi": "Đề nghị giám sát."}

    long = await post(replier, room(closed, "reply"), typed | {"proposals_vi": "x" * 2001})
    assert long.status_code == 422
    assert list(summary(long)) == ["proposals_vi"]
    assert (field(long, "reply_vi").replace("\r", ""), field(long, "reply_en"), field(long, "proposals_vi")) == (
        typed["reply_vi"].replace("\r", ""),
        "Taken up.",
        "x" * 2001,
    )
    assert (await post(collector, room(closed, "reply"), typed)).status_code == 403
    assert (await consultations.by_id(closed.id)).reply == {}

    assert (await post(replier, room(closed, "reply"), typed)).status_code == 303
    assert (await consultations.by_id(closed.id)).reply == {"vi": "Tiếp thu: làm vỉa hè trước.\nKhông tiếp thu: 9 mét.", "en": "Taken up."}
    await count(app, closed, clock)
    [vietnamese, _] = await results.papers(closed.id)
    assert "Tiếp thu: làm vỉa hè trước." in " ".join(pages((app.state.settings.files / vietnamese.sha256).read_bytes()))


@pytest.fixture
async def published(app: Litestar, author, collector, closed: Consultation, persons, clock: SetClock) -> Consultation:
    """One open answer released, one meeting counted, sealed, published, counted again."""
    await count(app, closed, clock)
    await decide(author, closed, {SAID[0]: "release"})
    await post(collector, room(closed, "totals"), TOTAL)
    await consultations.act(Verb.SEAL, closed.slug, by=persons["author"], now=clock.now())
    await count(app, closed, clock)
    made = await consultations.act(Verb.PUBLISH, closed.slug, by=persons["approver"], now=clock.now())
    await count(app, closed, clock)
    return made


async def test_what_is_published_says_the_same_everywhere(app: Litestar, client: httpx.AsyncClient, published: Consultation) -> None:
    api = f"/api/v1/consultations/{published.slug}/results"
    tallies = (await client.get(f"{api}.json")).json()
    assert (await client.get(api)).json() == tallies
    questions = {question["name"]: question for question in tallies["questions"]}
    assert tallies["responses"] == 12
    assert {option["value"]: option["count"] for option in questions["dong_y"]["options"]}["agree"] == 7

    page = await client.get(f"/c/{published.slug}/results")
    shown = page_text(page)
    assert (page.status_code, "set-cookie" in page.headers) == (200, False)
    assert "12 phiếu trả lời" in shown
    assert SAID[0] in shown
    assert not [words for words in SAID[1:] if words in shown]
    assert " 27 " in shown
    assert "What was decided" in page_text(await client.get(f"/c/{published.slug}/results?lang=en"))

    table = pd.read_csv(io.BytesIO((await client.get(f"{api}.csv")).content))
    whole = table[(table["question"] == "dong_y") & table["group_by"].isna()]
    assert dict(zip(whole["option"], whole["count"].fillna(0), strict=True))["agree"] == 7

    book = openpyxl.load_workbook(io.BytesIO((await client.get(f"{api}.xlsx")).content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell for cell in cells if cell.data_type == "f"] == []
    assert 7 in [cell.value for cell in cells]

    vietnamese, english = (await client.get(f"{api}.pdf")).content, (await client.get(f"{api}.pdf?lang=en")).content
    text = " ".join(pages(vietnamese))
    assert vietnamese != english
    assert "12" in text
    assert SAID[0] in text
    assert SAID[1] not in text
    assert (await results.snapshot(published.id)).sha256[:16] in text.replace(" ", "")
    for name in ("json", "csv", "xlsx", "pdf"):
        content = (await client.get(f"{api}.{name}")).content
        assert not [words for words in SAID[1:] if words.encode() in content]


async def test_the_council_reads_it_from_publication_on(app: Litestar, reader: httpx.AsyncClient, front, stranger, client, published: Consultation) -> None:
    for councillor in (reader, front):
        listed = await councillor.get("/council")
        papers = re.findall(r'href="(/council/[^"]*\.pdf)"', listed.text)
        assert len(papers) == 2
        assert (await councillor.get(papers[0])).content.startswith(b"%PDF-")
        assert (await councillor.get(room(published, "results"))).status_code == 200
        assert not [words for words in SAID[1:] if words in page_text(await councillor.get(room(published, "results")))]
    assert (await stranger.get(papers[0])).status_code == 404
    assert published.slug not in (await stranger.get("/council")).text
    assert (await client.get(papers[0])).status_code == 303


async def test_nothing_changes_any_more_once_it_is_published(author: httpx.AsyncClient, collector, replier, published: Consultation) -> None:
    sent = {
        "totals": await post(collector, room(published, "totals"), TOTAL),
        "words": await decide(author, published, {SAID[2]: "release"}),
        "reply": await post(replier, room(published, "reply"), {"reply_vi": "Khác."}),
    }

    assert {name: answer.status_code for name, answer in sent.items()} == dict.fromkeys(sent, 403)
    assert await results.counted(published)
    assert await DB.pool.fetchval("SELECT count(*) FROM reading") == 1


async def test_results_are_nobodys_before(client: httpx.AsyncClient, closed: Consultation) -> None:
    assert (await client.get(f"/c/{closed.slug}/results")).status_code == 404


async def test_no_form_is_taken_from_elsewhere(author: httpx.AsyncClient, closed: Consultation) -> None:
    sent = {name: (await author.post(room(closed, name), data=TOTAL | {"reply_vi": "x"})).status_code for name in ("totals", "words", "reply")}

    assert sent == dict.fromkeys(sent, 403)
    assert json.loads(await DB.pool.fetchval("SELECT details FROM consultation"))["reply"] == {}
