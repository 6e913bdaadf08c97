"""The plain editor: words, options, order, sections, undo, phone preview."""

import re

import pytest

from server.store import consultations, questionnaires
from surveys.kinds import SelectOne
from tests.server.desk import ENTRY, HERE, SLUG, field, heading, page_text, scale_fields, summary
from tests.server.personas import post

pytestmark = pytest.mark.anyio


async def questions(persons, clock):
    consultation = await consultations.to_see(persons["author"], SLUG, clock.now())
    return await questionnaires.questionnaire(consultation)


async def names(persons, clock):
    return [question.name for question in (await questions(persons, clock)).questions()]


async def test_questions_are_listed_with_kind_condition_and_effort(author, draft):
    text = page_text(await author.get(HERE + "/questions"))

    assert f"{sum(question.kind.asks for question in ENTRY.questionnaire.questions())} câu hỏi, khoảng" in text
    assert "Mức độ hài lòng" in text or "Thang điểm" in text
    if any(question.relevant for question in ENTRY.questionnaire.questions()):
        assert "có điều kiện" in text


async def test_rewording_is_a_new_version_and_shows_at_once(author, persons, clock, draft):
    answer = await post(
        author,
        HERE + "/questions/overall",
        {"version": "1", "label_vi": "Nhìn chung thế nào?", "hint_vi": "<i>nghiêng</i>", "required": "yes", **scale_fields()},
    )

    saved = (await questions(persons, clock)).question("overall")
    assert (answer.status_code, answer.headers["location"]) == (303, HERE + "/questions#q-overall")
    assert (saved.label, saved.hint, saved.required) == ({"vi": "Nhìn chung thế nào?"}, {"vi": "<i>nghiêng</i>"}, True)
    page = await author.get(HERE + "/questions/overall")
    assert "<i>" not in page.text
    assert page.text.count("Nhìn chung thế nào?") >= 3


async def test_rewording_without_words_comes_back_with_everything_typed(author, persons, clock, draft):
    answer = await post(author, HERE + "/questions/overall", {"version": "1", "label_vi": " ", "label_en": "How?", **scale_fields(), "options-0_vi": "Tệ & dở"})

    assert (answer.status_code, summary(answer)) == (422, {"label_vi": "Chưa có lời bằng tiếng Việt. Viết câu này bằng tiếng Việt."})
    assert (field(answer, "label_en"), field(answer, "options-0_vi")) == ("How?", "Tệ & dở")
    assert await questions(persons, clock) == ENTRY.questionnaire


async def test_rewording_an_older_version_is_refused_and_kept_on_the_page(author, persons, clock, draft):
    await post(author, HERE + "/questions/overall", {"version": "1", "label_vi": "Một", **scale_fields()})
    answer = await post(author, HERE + "/questions/overall", {"version": "1", "label_vi": "Hai", **scale_fields()})

    assert (answer.status_code, field(answer, "label_vi"), field(answer, "version")) == (409, "Hai", "2")
    assert (await questions(persons, clock)).question("overall").label == {"vi": "Một"}


async def test_a_question_is_added_worded_and_given_options_without_script(author, persons, clock, draft):
    section = ENTRY.questionnaire.sections[0].name
    added = await post(author, HERE + "/questions", {"version": "1", "section": section, "start": "select_one"})
    there = added.headers["location"]
    empty = await author.get(there)
    more = await post(author, there, {"version": "2", "label_vi": "", "do": "more:options", "options-0_vi": "Quầy số 1", "options-0_en": ""})
    again = {"version": "3", "options-0-name": "quay_so_1", "options-0_vi": "Quầy số 1", "options-0_en": "", "options-1_vi": "Quầy số 2", "options-1_en": ""}
    await post(author, there, {**again, "label_vi": "Quầy nào?", "other": "yes", "do": "up:options:1"})

    made = (await questions(persons, clock)).question("cau_1")
    assert (added.status_code, heading(empty), more.headers["location"]) == (303, heading(empty), f"{HERE}/questions/cau_1#options")
    assert (made.label, [option.name for option in made.kind.options], made.kind.other) == ({"vi": "Quầy nào?"}, ["quay_so_2", "quay_so_1"], True)
    assert isinstance(made.kind, SelectOne)


async def test_order_changes_by_buttons(author, persons, clock, draft):
    before = await names(persons, clock)
    answer = await post(author, f"{HERE}/questions/{before[1]}/place", {"version": "1", "do": "up"})

    assert answer.status_code == 303
    assert (await names(persons, clock))[:2] == [before[1], before[0]]


async def test_a_removed_question_comes_back_by_undo_and_goes_again_by_redo(author, persons, clock, draft):
    last = (await names(persons, clock))[-1]
    await post(author, f"{HERE}/questions/{last}/place", {"version": "1", "do": "remove"})
    page = await author.get(HERE + "/questions")
    assert last not in await names(persons, clock)
    assert "Bấm Hoàn tác nếu bỏ nhầm." in page_text(page)
    assert f'action="{HERE}/undo"' in page.text

    await post(author, HERE + "/undo", {"version": "2"})
    assert await questions(persons, clock) == ENTRY.questionnaire
    await post(author, HERE + "/redo", {"version": "3"})
    assert last not in await names(persons, clock)


async def test_sections_are_added_named_moved_and_removed(author, persons, clock, draft):
    await post(author, HERE + "/sections", {"version": "1"})
    await post(author, HERE + "/sections/phan_1", {"version": "2", "do": "rename", "label_vi": "Thêm vài câu"})
    await post(author, HERE + "/sections/phan_1", {"version": "3", "do": "up"})
    sections = [(section.name, section.label.get("vi")) for section in (await questions(persons, clock)).sections]
    assert sections[-2] == ("phan_1", "Thêm vài câu")

    await post(author, HERE + "/sections/phan_1", {"version": "4", "do": "remove"})
    assert await questions(persons, clock) == ENTRY.questionnaire


@pytest.mark.parametrize(
    ("url", "fields", "status"),
    [
        ("/questions/overall/place", {"version": "7", "do": "up"}, 409),
        ("/questions/overall/place", {"do": "up"}, 409),
        ("/questions/khong_co/place", {"version": "1", "do": "up"}, 404),
        ("/questions/khong_co", {"version": "1", "label_vi": "x"}, 404),
        ("/questions", {"version": "1", "section": "khong_co", "start": "text"}, 404),
        ("/questions", {"version": "1", "section": "x", "start": "telepathy"}, 404),
        ("/sections/khong_co", {"version": "1", "do": "remove"}, 404),
        ("/undo", {"version": "9"}, 409),
    ],
)
async def test_bad_input_to_the_editor_changes_nothing(author, persons, clock, draft, url, fields, status):
    assert (await post(author, HERE + url, fields)).status_code == status
    assert await questions(persons, clock) == ENTRY.questionnaire


async def test_doing_nothing_makes_no_version(author, persons, clock, draft):
    await post(author, HERE + "/questions/overall/place", {"version": "1", "do": "dance"})
    await post(author, HERE + "/undo", {"version": "1"})

    assert (await consultations.to_see(persons["author"], SLUG, clock.now())).version == 1


async def test_locked_questions_are_read_and_not_written(author, in_review):
    page = await author.get(HERE + "/questions")
    one = await author.get(HERE + "/questions/overall")

    assert f'action="{HERE}/questions' not in page.text
    assert 'name="label_vi"' not in one.text
    assert (await post(author, HERE + "/questions/overall", {"version": "1", "label_vi": "x"})).status_code == 409


async def test_preview_is_the_residents_page_in_both_languages_and_sends_nothing(author, draft):
    vietnamese, english = await author.get(HERE + "/preview/vi"), await author.get(HERE + "/preview/en")

    assert f'src="{HERE}/preview/vi"' in (await author.get(HERE + "/preview")).text
    assert (vietnamese.text.count('data-question="'), english.text.count('data-question="')) == (len(list(ENTRY.questionnaire.questions())),) * 2
    assert heading(english) == "Are you satisfied with the one-stop desk?"
    assert "set-cookie" not in english.headers or "ydan-language" not in english.headers["set-cookie"]
    assert not re.search(r'<form[^>]*method="post"', vietnamese.text)
    assert (await author.get(HERE + "/preview/fr")).status_code == 404


async def test_export_is_an_xlsform_named_after_the_consultation(author, draft):
    answer = await author.get(HERE + "/questions.xlsx")

    assert answer.headers["content-disposition"] == f'attachment; filename="{SLUG}.xlsx"'
    assert answer.content[:2] == b"PK"
