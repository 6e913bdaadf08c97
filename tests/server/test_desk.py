"""The desk's rooms: who may enter, what they show, and what comes back when something is wrong."""

import datetime
import io
import re

import pikepdf
import pytest
import xlsxwriter
from msgspec import structs

from server.routes.run import SAID
from server.store import consultations, questionnaires
from surveys import library
from surveys.consultation import State
from templates.sentences import translations
from tests.server.desk import ENTRY, HERE, SLUG, TITLE, field, heading, page_text, summary
from tests.server.personas import WARD, post

pytestmark = pytest.mark.anyio

ROOMS = ("", "/plan", "/draft", "/questions", "/questions/overall", "/questions.xlsx", "/preview", "/preview/vi", "/review", "/journal")


async def state(persons, clock):
    return (await consultations.to_see(persons["author"], SLUG, clock.now())).state


# Who may enter


@pytest.mark.parametrize("room", ROOMS)
async def test_room_works_for_its_author_and_is_nothing_to_another_ward(author, stranger, client, draft, room):
    assert (await author.get(HERE + room)).status_code == 200
    assert (await stranger.get(HERE + room)).status_code == 404
    assert (await author.get("/desk/khong-co" + room)).status_code == 404
    anybody = await client.get(HERE + room)
    assert (anybody.status_code, anybody.headers["location"].partition("?")[0]) == (303, "/sign-in")


@pytest.mark.parametrize("room", ROOMS)
async def test_council_sees_no_room_before_publication(reader, draft, room):
    assert (await reader.get(HERE + room)).status_code == 403


@pytest.mark.parametrize(
    ("url", "fields"),
    [
        ("/desk/new", {"title_vi": "A", "instrument": "opinion", "ready": "blank"}),
        (HERE + "/plan", {"title_vi": "Khác"}),
        (HERE + "/draft", {}),
        (HERE + "/documents/x", {"do": "remove"}),
        (HERE + "/questions", {"version": "1", "start": "text", "section": "desk"}),
        (HERE + "/questions/overall", {"version": "1", "label_vi": "Khác"}),
        (HERE + "/questions/overall/place", {"version": "1", "do": "remove"}),
        (HERE + "/sections", {"version": "1"}),
        (HERE + "/sections/desk", {"version": "1", "do": "remove"}),
        (HERE + "/undo", {"version": "1"}),
        (HERE + "/do/submit", {}),
        (HERE + "/remarks", {"question": "overall", "text-overall": "?"}),
        (HERE + "/remarks/x", {}),
    ],
)
async def test_who_may_not_write_changes_nothing(reader, auditor, stranger, persons, clock, draft, url, fields):
    assert (await post(reader, url, fields)).status_code == 403
    assert (await post(auditor, url, fields)).status_code == 403
    if url != "/desk/new":
        assert (await post(stranger, url, fields)).status_code == 404
    assert await consultations.to_see(persons["author"], SLUG, clock.now()) == draft


@pytest.mark.parametrize(
    "url",
    ["/desk/new", HERE + "/plan", HERE + "/draft", HERE + "/questions", HERE + "/questions/overall", HERE + "/undo", HERE + "/do/submit", HERE + "/remarks"],
)
async def test_form_from_elsewhere_is_refused(author, persons, clock, draft, url):
    assert (await author.post(url, data={"title_vi": "Khác", "version": "1"})).status_code == 403
    assert await consultations.to_see(persons["author"], SLUG, clock.now()) == draft


async def test_wrong_method_is_refused(author, draft):
    assert (await author.put(HERE + "/plan")).status_code == 405
    assert (await author.get(HERE + "/undo")).status_code == 405


async def test_official_pages_are_kept_by_nobody(author, draft):
    answer = await author.get(HERE + "/plan")
    assert (answer.headers["cache-control"], answer.headers["vary"]) == ("no-store", "HX-Request")


# Việc cần làm


async def test_home_says_the_next_step_who_has_it_and_until_when(author, approver, draft):
    mine, theirs = await author.get("/desk"), await approver.get("/desk")

    assert heading(mine) == "Việc cần làm"
    assert "Soạn xong và gửi phê duyệt · hạn 24/11/2026 Đến lượt ông/bà" in page_text(mine)
    assert "Người làm: người soạn" in page_text(theirs)


async def test_home_filters_by_state_and_pages(author, persons, clock, draft):
    for n in range(31):
        await consultations.create(structs.replace(draft, title={"vi": f"Đợt số {n}"}), ENTRY.questionnaire, by=persons["author"], now=clock.now())

    first, second = await author.get("/desk"), await author.get("/desk?page=2")

    assert (first.text.count('class="desk-task"'), second.text.count('class="desk-task"')) == (30, 2)
    assert "Không có đợt nào ở trạng thái này." in (await author.get("/desk?state=open")).text
    assert (await author.get("/desk?state=draft&page=99")).text.count('class="desk-task"') == 2
    assert (await author.get("/desk?page=x")).status_code == 200


async def test_empty_home_shows_what_belongs_there_and_a_ready_example(author, stranger, reader):
    assert 'href="/desk/new?ready=one_stop_desk"' in (await author.get("/desk")).text
    assert 'href="/desk/new' not in (await reader.get("/desk")).text


async def test_home_runs_the_same_number_of_queries_for_one_and_thirty(author, persons, clock, draft, queries):
    with queries() as one:
        await author.get("/desk")
    for n in range(29):
        await consultations.create(structs.replace(draft, title={"vi": f"Đợt số {n}"}), ENTRY.questionnaire, by=persons["author"], now=clock.now())
    with queries() as thirty:
        await author.get("/desk")

    assert len(one) >= 2
    assert len(thirty) == len(one)


async def test_language_switch_stays_on_the_page(author, draft):
    english = await author.get(HERE + "/plan?lang=en")

    assert heading(english) == TITLE["en"]
    assert "Save the plan" in english.text
    assert f'href="{HERE}/plan?lang=vi"' in english.text


def test_what_was_done_is_said_in_english_too():
    assert [said for said in SAID.values() if said not in translations("en")] == []


# A new one


async def test_new_from_the_library_is_a_draft_with_its_words_and_legal_days(author, persons, clock):
    answer = await post(author, "/desk/new", {"title_vi": "Khu phố mình nên thế nào?", "instrument": "opinion", "ready": "neighbourhood_plan"})

    made = await consultations.to_see(persons["author"], "khu-pho-minh-nen-the-nao", clock.now())
    entry = library.entry("neighbourhood_plan")
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk/khu-pho-minh-nen-the-nao/plan")
    assert (made.unit, made.state, made.summary, made.opens_on) == (WARD, State.DRAFT, entry.summary, datetime.date(2026, 11, 30))
    assert (made.closes_on - made.opens_on).days == 20
    assert await questionnaires.questionnaire(made) == entry.questionnaire


async def test_new_with_nothing_names_all_that_is_missing_and_keeps_the_rest(author, persons, clock):
    answer = await post(author, "/desk/new", {"title_en": "Road no. 5"})

    assert answer.status_code == 422
    assert set(summary(answer)) == {"title_vi", "instrument", "ready"}
    assert field(answer, "title_en") == "Road no. 5"
    assert await consultations.listed(persons["author"], clock.now()) == []


async def test_new_from_a_file_of_our_own_export(author, persons, clock, draft):
    file = (await author.get(HERE + "/questions.xlsx")).content
    answer = await post(author, "/desk/new", {"title_vi": "Từ tệp", "instrument": "satisfaction", "ready": "file"}, files={"file": ("mau.xlsx", file)})

    assert answer.status_code == 303, summary(answer)
    made = await consultations.to_see(persons["author"], "tu-tep", clock.now())
    kept = [(question.name, question.kind) for question in (await questionnaires.questionnaire(made)).questions()]
    assert kept == [(question.name, question.kind) for question in ENTRY.questionnaire.questions()]


async def test_new_from_a_wrong_file_lists_every_problem_with_sheet_and_row(author, persons, clock, tmp_path):
    answer = await post(
        author, "/desk/new", {"title_vi": "Từ tệp", "instrument": "opinion", "ready": "file"}, files={"file": ("sai.xlsx", wrong_form(tmp_path))}
    )

    assert answer.status_code == 422
    assert re.findall(r'<th scope="row">([^<]*)</th>', answer.text) == ["survey!2", "survey!4"]
    assert field(answer, "title_vi") == "Từ tệp"
    assert await consultations.listed(persons["author"], clock.now()) == []


async def test_new_from_what_is_no_form_says_so(author):
    answer = await post(author, "/desk/new", {"title_vi": "A", "instrument": "opinion", "ready": "file"}, files={"file": ("a.xlsx", b"not a workbook")})
    nothing = await post(author, "/desk/new", {"title_vi": "A", "instrument": "opinion", "ready": "file"})

    assert (answer.status_code, list(summary(answer))) == (422, ["file"])
    assert summary(nothing) == {"file": "Chưa chọn tệp. Chọn một tệp trên máy."}


def wrong_form(folder):
    """Unknown type in row 2, a name twice in row 4."""
    path = folder / "sai.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("survey")
        for at, row in enumerate([("type", "name", "label"), ("telepathy", "a", "A"), ("text", "b", "B"), ("integer", "b", "C")]):
            sheet.write_row(at, 0, row)
    return path.read_bytes()


# The plan


def plan_fields(**fields):
    given = {"title_vi": TITLE["vi"], "opens_on": "2026-11-24", "closes_on": "2026-12-24", "contact_name": "Bà Hoa", "contact_phone": "0236 3 123 456"}
    return given | fields


async def test_plan_saves_everything_and_says_so(author, persons, clock, draft):
    was = field(await author.get(HERE + "/plan"), "was")
    answer = await post(author, HERE + "/plan", plan_fields(was=was, use_vi="Để sắp xếp lại quầy", closes_on="25/12/2026"))

    saved = await consultations.to_see(persons["author"], SLUG, clock.now())
    assert answer.status_code == 303
    assert (saved.use, saved.contact.phone, saved.closes_on) == ({"vi": "Để sắp xếp lại quầy"}, "0236 3 123 456", datetime.date(2026, 12, 25))
    assert "Đã lưu kế hoạch." in (await author.get(HERE + "/plan")).text


async def test_plan_with_wrong_fields_comes_back_with_all_that_was_typed(author, persons, clock, draft):
    answer = await post(author, HERE + "/plan", plan_fields(title_vi="", opens_on="30/2/2026", use_vi="<b>Để sắp xếp</b>"))

    assert answer.status_code == 422
    assert set(summary(answer)) == {"title_vi", "opens_on"}
    assert (field(answer, "opens_on"), field(answer, "use_vi")) == ("30/2/2026", "<b>Để sắp xếp</b>")
    assert "<b>Để" not in answer.text
    assert await consultations.to_see(persons["author"], SLUG, clock.now()) == draft


async def test_plan_changed_meanwhile_is_not_overwritten(author, persons, clock, draft):
    was = field(await author.get(HERE + "/plan"), "was")
    await post(author, HERE + "/plan", plan_fields(was=was, use_vi="Một"))
    answer = await post(author, HERE + "/plan", plan_fields(was=was, use_vi="Hai"))

    assert (answer.status_code, field(answer, "use_vi")) == (409, "Hai")
    assert (await consultations.to_see(persons["author"], SLUG, clock.now())).use == {"vi": "Một"}


async def test_plan_shows_the_legal_minimum_of_an_opinion(author):
    await post(author, "/desk/new", {"title_vi": "Đường số 5", "instrument": "opinion", "ready": "blank"})

    assert "Ít nhất 20 ngày, không tính ngày mở (Luật Thực hiện dân chủ ở cơ sở số 10/2022/QH15" in page_text(await author.get("/desk/duong-so-5/plan"))


async def test_locked_plan_is_read_and_not_written(author, in_review):
    assert 'name="title_vi"' not in (await author.get(HERE + "/plan")).text
    assert (await post(author, HERE + "/plan", plan_fields())).status_code == 409


# Draft plan


def pdf_of(pages):
    made = pikepdf.new()
    for _ in range(pages):
        made.add_blank_page()
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


async def test_document_shows_pages_and_size_and_comes_back_as_it_was(author, stranger, reader, draft):
    content = pdf_of(3)
    answer = await post(author, HERE + "/draft", files={"file": ("..\\thư mục/Kế hoạch.pdf", content, "text/html")})
    shown = await author.get(HERE + "/draft")
    link = re.search(rf'href="({HERE}/documents/[^"]+)"', shown.text)[1]
    got = await author.get(link)

    assert answer.status_code == 303, summary(answer)
    assert "Kế hoạch.pdf PDF, 3 trang, 1 KB" in page_text(shown)
    assert (got.content, got.headers["content-type"], got.headers["content-disposition"][:10]) == (content, "application/pdf", "attachment")
    assert [(await who.get(link)).status_code for who in (stranger, reader)] == [404, 403]


@pytest.mark.parametrize("content", [b"", b"<html>", b"%PDF-1.7 not really", pdf_of(1)[:200]])
async def test_what_is_no_pdf_is_refused_where_it_was_chosen(author, draft, content):
    answer = await post(author, HERE + "/draft", files={"file": ("a.pdf", content)})

    assert (answer.status_code, list(summary(answer))) == (422, ["file"])


async def test_document_over_20_mb_is_refused(author, draft):
    large = await post(author, HERE + "/draft", files={"file": ("a.pdf", b"%PDF-1.7" + b"0" * 20_000_001)})
    huge = await post(author, HERE + "/draft", files={"file": ("a.pdf", b"%PDF-1.7" + b"0" * 22_000_000)})

    assert (large.status_code, huge.status_code) == (422, 413)


async def test_documents_are_ordered_and_removed(author, draft):
    for name in ("mot.pdf", "hai.pdf"):
        await post(author, HERE + "/draft", files={"file": (name, pdf_of(1))})
    links = re.findall(rf'action="({HERE}/documents/[^"]+)"', (await author.get(HERE + "/draft")).text)
    await post(author, links[1], {"do": "up"})
    assert re.findall(r">(\w+\.pdf)</a>", (await author.get(HERE + "/draft")).text) == ["hai.pdf", "mot.pdf"]
    await post(author, links[1], {"do": "remove"})

    assert re.findall(r">(\w+\.pdf)</a>", (await author.get(HERE + "/draft")).text) == ["mot.pdf"]
    assert (await post(author, links[1], {"do": "remove"})).status_code == 404
