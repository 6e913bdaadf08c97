"""The room of the draft plan: files become clauses, clauses are mended, asked about, compared; the store behind it."""

import re

import pytest
from msgspec import structs

from server.store import consultations, documents, plans, questionnaires
from surveys.consultation import Verb
from surveys.plan import asking, mending
from surveys.problems import Conflict
from tests.plans.docx import docx
from tests.plans.paper import pdf, scanned
from tests.plans.source import source
from tests.server.desk import HERE, SLUG, field, page_text, summary
from tests.server.personas import post

pytestmark = pytest.mark.anyio

DRAFT = HERE + "/draft"
LINES = ("Điều 1. Mặt đường", "1. Mở từ 5,5 m lên 8 m.", "2. Vỉa hè rộng 1,5 m.", "Điều 2. Kinh phí", "Phường chi 2,4 tỷ đồng.")
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
BY_HTMX = {"HX-Request": "true"}


async def pasted(author, *lines):
    return await post(author, DRAFT + "/plan", {"text": "\n".join(lines)})


async def plan_of(persons, clock):
    found = await plans.versions(await consultations.to_see(persons["author"], SLUG, clock.now()))
    return found[-1]


def titles(version):
    return [(clause.id, clause.level, clause.title) for clause in version.plan.clauses]


# Reading


async def test_a_word_file_becomes_clauses_and_stays_downloadable(author, persons, clock, draft):
    content = docx(source("road"))
    answer = await post(author, DRAFT + "/plan", files={"plan": ("Kế hoạch.docx", content, "text/html")})
    room = await author.get(DRAFT)
    link = re.search(rf'href="({HERE}/documents/[^"]+)"', room.text)[1]
    got = await author.get(link)

    assert (answer.status_code, answer.headers["location"]) == (303, DRAFT + "/clauses")
    assert "Bản 1, 24 điều khoản. Đọc từ “Kế hoạch.docx”." in page_text(room)
    assert (got.content, got.headers["content-type"]) == (content, DOCX)
    assert "Mặt đường được mở từ 5,5 m" in page_text(await author.get(DRAFT + "/clauses"))


async def test_a_pdf_becomes_clauses(author, persons, clock, draft):
    await post(author, DRAFT + "/plan", files={"plan": ("Kế hoạch.pdf", pdf(source("road")))})

    version = await plan_of(persons, clock)
    assert len(version.plan.clauses) == 24
    assert [one.pages for one in await documents.documents(draft.id)] == [2]


async def test_a_scan_is_refused_aloud_where_it_was_chosen(author, persons, clock, draft):
    answer = await post(author, DRAFT + "/plan", files={"plan": ("quét.pdf", scanned(pdf(source("road"))))})

    assert answer.status_code == 422
    assert summary(answer) == {
        "plan": "“quét.pdf” là bản quét: chỉ có hình chụp các trang, không có chữ để tách thành điều khoản. "
        "Tải lên tệp Word (.docx) gốc hoặc PDF xuất từ Word, "
        "hoặc dán nội dung vào ô bên dưới; bản quét có thể tải lên làm tài liệu kèm theo."
    }
    assert await plans.versions(draft) == []
    assert await documents.documents(draft.id) == []
    kept = await post(author, DRAFT, files={"file": ("quét.pdf", scanned(pdf(source("road"))))})
    assert kept.status_code == 303


async def test_pasted_text_becomes_clauses(author, persons, clock, draft):
    await pasted(author, *LINES)

    assert titles(await plan_of(persons, clock)) == [
        ("d1", "article", "Điều 1 Mặt đường"), ("d2", "clause", "1. Mở từ 5,5 m lên 8 m."), ("d3", "clause", "2. Vỉa hè rộng 1,5 m."),
        ("d4", "article", "Điều 2 Kinh phí"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "files", [{}, {"plan": ("a.docx", b"")}, {"plan": ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600)}, {"plan": ("a.txt", b"x")}]
)
async def test_what_is_no_draft_is_refused_where_it_was_chosen(author, draft, files):
    answer = await post(author, DRAFT + "/plan", {"text": " "}, files=files) if files else await post(author, DRAFT + "/plan", {"text": " "})

    assert (answer.status_code, list(summary(answer))) == (422, ["plan"])


async def test_a_word_file_is_attached_and_other_archives_are_not(author, draft):
    good = await post(author, DRAFT, files={"file": ("Phụ lục", docx(source("budget")))})
    bad = await post(author, DRAFT, files={"file": ("a.docx", b"PK\x03\x04 no word")})

    assert (good.status_code, bad.status_code, list(summary(bad))) == (303, 422, ["file"])
    assert [(one.name, one.media_type, one.pages) for one in await documents.documents(draft.id)] == [("Phụ lục.docx", DOCX, None)]


# Mending


@pytest.fixture
async def planned(author, draft):
    await pasted(author, *LINES)
    return draft


async def test_small_buttons_mend_and_undo_takes_it_back(author, persons, clock, planned):
    before = await plan_of(persons, clock)
    for revision, (clause, do) in enumerate((("d3", "join"), ("d2", "split"), ("d2", "in"), ("d4", "up"), ("d4", "remove")), start=1):
        answer = await post(author, f"{DRAFT}/clauses/{clause}", {"do": do, "revision": str(revision)})
        assert answer.status_code == 303, summary(answer)

    assert titles(await plan_of(persons, clock)) == [
        ("d1", "article", "Điều 1 Mặt đường"), ("d2", "subclause", "1. Mở từ 5,5 m lên 8 m."), ("d5", "clause", "2. Vỉa hè rộng 1,5 m.")
    ]  # fmt: skip
    await post(author, DRAFT + "/undo", {"revision": "6"})
    assert (await plan_of(persons, clock)).plan.clauses[0].id == "d4"
    await post(author, DRAFT + "/undo", {"revision": "7"})
    assert len((await plan_of(persons, clock)).plan.clauses) == 3
    assert before.plan.given == 4


async def test_words_are_saved_and_by_htmx_the_list_alone_comes_back(author, persons, clock, planned):
    fields = {"do": "save", "revision": "1", "level": "point", "number": "a)", "heading": "Mặt đường", "text": "Mở lên 7,5 m.\n| Đoạn | Dài |\n| 1 | 180 |"}
    answer = await post(author, f"{DRAFT}/clauses/d2", fields, headers=BY_HTMX)

    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert '<div id="clauses">' in answer.text
    clause = (await plan_of(persons, clock)).plan.clause("d2")
    assert (clause.level, clause.number, clause.heading, clause.blocks[1].rows) == ("point", "a)", "Mặt đường", (("Đoạn", "Dài"), ("1", "180")))
    assert "<html" not in (await author.get(f"{DRAFT}/clauses/d2", headers=BY_HTMX)).text
    assert "<html" in (await author.get(f"{DRAFT}/clauses/d2")).text


async def test_what_was_typed_is_kept_where_it_cannot_be_saved(author, planned):
    empty = await post(author, f"{DRAFT}/clauses/d2", {"do": "save", "revision": "1", "level": "clause", "number": "", "heading": "", "text": " "})
    stale = await post(author, f"{DRAFT}/clauses/d2", {"do": "save", "revision": "0", "level": "clause", "number": "1.", "heading": "Của tôi", "text": "Khác."})
    first = await post(author, f"{DRAFT}/clauses/d1", {"do": "join", "revision": "1"})

    assert (empty.status_code, list(summary(empty))) == (422, ["text"])
    assert (stale.status_code, field(stale, "heading"), field(stale, "revision")) == (409, "Của tôi", "1")
    assert (first.status_code, list(summary(first))) == (409, [""])


async def test_clauses_of_a_locked_plan_are_read_and_not_written(author, persons, clock, planned):
    await consultations.act(Verb.SUBMIT, SLUG, by=persons["author"], now=clock.now())

    shown = await author.get(DRAFT + "/clauses")
    assert "Mở từ 5,5 m" in page_text(shown)
    assert "<form" not in shown.text.partition('id="clauses"')[2].partition("</ol>")[0]
    assert (await post(author, f"{DRAFT}/clauses/d2", {"do": "remove", "revision": "1"})).status_code == 409
    assert (await pasted(author, *LINES)).status_code == 409


# Asking


async def asked(persons, clock):
    now = await consultations.to_see(persons["author"], SLUG, clock.now())
    return now.version, list(asking.asked(await questionnaires.questionnaire(now)))


async def test_ticked_clauses_become_questions(author, persons, clock, planned):
    level = await post(author, DRAFT + "/ask", {"do": "article", "version": "1"})
    assert level.text.count(" checked") == 2
    answer = await post(author, DRAFT + "/ask", {"do": "save", "version": "1", "clause": "d2", "whole": "yes"})

    assert answer.status_code == 303
    assert await asked(persons, clock) == (2, ["d2"])
    assert "đang hỏi ý kiến tại 1 điều khoản" in page_text(await author.get(DRAFT))
    stale = await post(author, DRAFT + "/ask", {"do": "save", "version": "1", "clause": "d4"})
    assert stale.status_code == 409
    assert re.search(r'id="ask-d4"[^>]* checked', stale.text)
    assert await asked(persons, clock) == (2, ["d2"])


async def test_questions_follow_what_is_mended(author, persons, clock, planned):
    await post(author, DRAFT + "/ask", {"do": "save", "version": "1", "clause": "d2"})
    await post(author, f"{DRAFT}/clauses/d2", {"do": "save", "revision": "1", "level": "clause", "number": "3.", "heading": "", "text": "Mở lên 7,5 m."})

    consultation = await consultations.to_see(persons["author"], SLUG, clock.now())
    question = (await questionnaires.questionnaire(consultation)).question("dieu_d2")
    assert (question.kind.number, question.kind.body[0].text) == ("Khoản 3 Điều 1", "Mở lên 7,5 m.")


# Versions

NEW = (
    "Điều 1. Nguyên tắc",
    "Không ai dời nhà.",
    "Điều 2. Mặt đường",
    "1. Mở từ 5,5 m lên 7,5 m.",
    "2. Vỉa hè rộng 1,5 m.",
    "Điều 3. Kinh phí",
    "Phường chi 3 tỷ đồng.",
)


async def test_a_second_version_waits_is_compared_and_accepted(author, persons, clock, planned):
    await post(author, DRAFT + "/ask", {"do": "save", "version": "1", "clause": "d2"})
    answer = await pasted(author, *NEW)
    assert answer.headers["location"] == DRAFT + "/compare"
    shown = page_text(await author.get(DRAFT + "/compare"))
    assert "Bản 2 so với bản 1" in shown
    assert "Thêm mới 1 điều khoản" in shown
    consultation = await consultations.to_see(persons["author"], SLUG, clock.now())
    assert (await plans.current(consultation)).number == 1

    await post(author, DRAFT + "/accept", {"do": "accept", "revision": "1"})
    assert titles(await plan_of(persons, clock)) == [
        ("d5", "article", "Điều 1 Nguyên tắc"), ("d1", "article", "Điều 2 Mặt đường"), ("d2", "clause", "1. Mở từ 5,5 m lên 7,5 m."),
        ("d3", "clause", "2. Vỉa hè rộng 1,5 m."), ("d4", "article", "Điều 3 Kinh phí"),
    ]  # fmt: skip
    question = (await questionnaires.questionnaire(await consultations.to_see(persons["author"], SLUG, clock.now()))).question("dieu_d2")
    assert (question.kind.number, question.kind.body[0].text) == ("Khoản 1 Điều 2", "Mở từ 5,5 m lên 7,5 m.")


async def test_a_match_is_corrected_and_a_version_put_away(author, persons, clock, planned):
    await pasted(author, *NEW)
    page = await author.get(DRAFT + "/compare?match=d5")
    assert page.text.count("<option") == 5
    answer = await post(author, DRAFT + "/match", {"clause": "d5", "was": "d4", "revision": "1"})
    assert answer.headers["location"] == DRAFT + "/compare#c-d4"
    assert [clause.id for clause in (await plan_of(persons, clock)).plan.clauses] == ["d4", "d1", "d2", "d3", "d6"]
    assert (await post(author, DRAFT + "/match", {"clause": "d4", "was": "", "revision": "1"})).status_code == 409

    await post(author, DRAFT + "/accept", {"do": "discard", "revision": "2"})
    assert (await plan_of(persons, clock)).number == 1
    assert (await author.get(DRAFT + "/compare")).status_code == 404


async def test_a_new_file_replaces_the_version_that_waits(author, persons, clock, planned):
    await pasted(author, *NEW)
    await pasted(author, *NEW, "Điều 4. Hiệu lực", "Từ năm 2027.")

    version = await plan_of(persons, clock)
    assert (version.number, len(version.plan.clauses)) == (2, 6)


async def test_two_officials_at_once_lose_nothing(persons, clock, planned):
    await plans.change(SLUG, 1, lambda plan: mending.removed(plan, "d3"), revision=1, by=persons["author"], now=clock.now())
    with pytest.raises(Conflict):
        await plans.change(SLUG, 1, lambda plan: mending.removed(plan, "d4"), revision=1, by=persons["author"], now=clock.now())

    assert [clause.id for clause in (await plan_of(persons, clock)).plan.clauses] == ["d1", "d2", "d4"]


async def test_residents_read_the_plan_once_it_is_announced(client, author, persons, clock, planned):
    before = await client.get(f"/c/{SLUG}/plan")
    await post(author, DRAFT + "/ask", {"do": "save", "version": "1", "clause": "d2"})
    await consultations.act(Verb.SUBMIT, SLUG, by=persons["author"], now=clock.now())
    await consultations.act(Verb.APPROVE, SLUG, by=persons["approver"], now=clock.now())
    announced = await client.get(f"/c/{SLUG}/plan")
    clock.set("2026-11-24", "08:00")
    await consultations.act(Verb.OPEN, SLUG, by=persons["author"], now=clock.now())
    opened = await client.get(f"/c/{SLUG}/plan")

    assert (before.status_code, announced.status_code, opened.status_code) == (404, 200, 200)
    assert ("Góp ý về" in announced.text, f"/c/{SLUG}/form#q-dieu_d2" in opened.text) == (False, True)
    assert "set-cookie" not in opened.headers
    assert f"/c/{SLUG}/plan" in (await client.get(f"/c/{SLUG}")).text


async def test_a_consultation_without_clauses_has_no_page_of_them(client, road):
    assert (await client.get(f"/c/{road.slug}/plan")).status_code == 404
    assert f"/c/{road.slug}/plan" not in (await client.get(f"/c/{road.slug}")).text


async def test_public_versions_are_those_that_residents_could_read(persons, clock, planned):
    version = await plan_of(persons, clock)
    consultation = await consultations.to_see(persons["author"], SLUG, clock.now())
    before, at, after = ("2026-11-20", "08:00"), ("2026-11-23", "08:00"), ("2026-11-30", "08:00")

    def accepted(number, when):
        clock.set(*when)
        return structs.replace(version, number=number, accepted_at=clock.now())

    found = [accepted(1, before), accepted(2, at), accepted(3, after), structs.replace(version, number=4, accepted_at=None)]
    assert [one.number for one in plans.public(found, consultation)] == [2, 3]
