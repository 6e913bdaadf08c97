"""The library at the desk: what is offered, what a unit keeps, and that no other unit ever sees it."""

import datetime
import re

import pytest
from msgspec import structs

from server import counting
from server.store import consultations, questionnaires
from server.store import library as shelf
from surveys import blocks, library
from surveys.analysis_plan import AnalysisPlan, Criterion
from surveys.consultation import Consultation, Verb
from surveys.problems import NotAllowed, NotFound
from tests.server.desk import ENTRY, HERE, SLUG, heading, page_text, summary
from tests.server.personas import WARD, post

pytestmark = pytest.mark.anyio
SECTION = ENTRY.questionnaire.sections[-1].name


async def latest(persons, clock):
    consultation = await consultations.to_see(persons["author"], SLUG, clock.now())
    return consultation, await questionnaires.questionnaire(consultation)


async def keep(author, name="Mẫu của phường", part=""):
    return await post(author, HERE + "/library/keep", {"name": name, "part": part})


async def only(unit=WARD):
    [item] = await shelf.items(unit)
    return item


# To look at


async def test_the_catalogue_offers_every_entry_and_block(author, draft):
    answer = await author.get("/desk/library")

    for entry in library.entries():
        assert f'href="/desk/library/{entry.key}"' in answer.text
        assert f'href="/desk/new?ready={entry.key}"' in answer.text
    assert all(f'href="/desk/library/blocks/{block.key}"' in answer.text for block in blocks.blocks())
    assert heading(answer) == "Thư viện câu hỏi"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=tram y te", {"clinic_quality", "land_use_plan"}),
        ("q=Trạm Y Tế hài lòng", {"clinic_quality"}),
        ("instrument=household_decision", {"village_rules", "road_contribution"}),
        ("q=zzz", set()),
        ("q=friendly&instrument=satisfaction", {"friendly_government"}),
    ],
)
async def test_the_catalogue_is_searched_without_tones_and_by_instrument(author, query, expected):
    answer = await author.get(f"/desk/library?{query}")

    assert set(re.findall(r'href="/desk/library/(\w+)"', answer.text)) == expected
    assert answer.status_code == 200


@pytest.mark.parametrize("entry", library.entries(), ids=lambda entry: entry.key)
async def test_an_entry_shows_what_it_asks_and_what_will_be_made_of_it(author, entry):
    for language in ("vi", "en"):
        answer = await author.get(f"/desk/library/{entry.key}?lang={language}")
        text = page_text(answer)

        assert heading(answer) == entry.title[language]
        assert all(" ".join(question.label[language].split()) in text for question in entry.questionnaire.questions())
        assert all(" ".join(words[language].split()) in text for words in (entry.legal_ground, entry.analysis.base, entry.analysis.not_concluded))
        assert f'src="/desk/library/{entry.key}/preview/{language}"' in answer.text


@pytest.mark.parametrize("address", ["/desk/library/friendly_government", "/desk/library/blocks/contact"])
async def test_the_preview_is_the_residents_page_and_sends_nothing(author, address):
    answer = await author.get(f"{address}/preview/en")

    assert 'data-question="' in answer.text
    assert not re.search(r'<form[^>]*method="post"', answer.text)
    assert (await author.get(f"{address}/preview/fr")).status_code == 404


@pytest.mark.parametrize("address", ["/desk/library/nothing", "/desk/library/blocks/nothing", "/desk/library/blocks/one_stop_desk", "/desk/library/safety"])
async def test_there_is_no_other_entry_or_block(author, address):
    assert (await author.get(address)).status_code == 404


async def test_council_has_no_library_and_no_way_to_it(reader, draft):
    assert (await reader.get("/desk/library")).status_code == 403
    assert 'href="/desk/library"' not in (await reader.get("/council")).text


# To begin with


async def test_a_consultation_begins_with_the_entrys_words_and_its_plan_of_analysis(author, persons, clock):
    answer = await post(author, "/desk/new", {"title_vi": "Thân thiện?", "instrument": "satisfaction", "ready": "friendly_government"})

    entry = library.entry("friendly_government")
    made = await consultations.to_see(persons["author"], answer.headers["location"].split("/")[2], clock.now())
    assert {field: getattr(made, field) for field in library.BEGINNING} == {field: getattr(entry, field) for field in library.BEGINNING}
    assert await questionnaires.questionnaire(made) == entry.questionnaire


async def test_what_a_ward_kept_is_begun_with_again(author, persons, clock, draft):
    await keep(author, "Mẫu một cửa 2026")
    item = await only()
    page = await author.get(f"/desk/new?ready={item.id}")
    answer = await post(author, "/desk/new", {"title_vi": "Đợt hai", "instrument": "satisfaction", "ready": item.id})

    made = await consultations.to_see(persons["author"], answer.headers["location"].split("/")[2], clock.now())
    assert re.search(rf'value="{item.id}" checked', page.text)
    assert (made.summary, made.legal_ground, made.analysis) == (draft.summary, draft.legal_ground, draft.analysis)
    assert (await questionnaires.questionnaire(made)).sections == ENTRY.questionnaire.sections


# To put into a draft


async def test_a_block_is_put_behind_a_section_and_undone(author, persons, clock, draft):
    first = ENTRY.questionnaire.sections[0].name
    answer = await post(author, HERE + "/library", {"block": "demographics", "after": first, "version": "1"})

    _, questionnaire = await latest(persons, clock)
    assert (answer.status_code, answer.headers["location"]) == (303, HERE + "/sections/about_1")
    assert [section.name for section in questionnaire.sections[:3]] == [first, "about_1", ENTRY.questionnaire.sections[1].name]
    assert [question.name for question in questionnaire.sections[1].questions] == ["sex_1", "age_1", "lived"]
    await post(author, HERE + "/undo", {"version": "2"})
    assert (await latest(persons, clock))[1] == ENTRY.questionnaire


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"after": SECTION, "version": "1"}, 422),
        ({"block": "nothing", "after": SECTION, "version": "1"}, 404),
        ({"block": "safety", "after": "nothing", "version": "1"}, 404),
        ({"block": "safety", "after": SECTION, "version": "7"}, 409),
        ({"block": "safety", "after": SECTION}, 409),
    ],
)
async def test_bad_input_puts_nothing_in(author, persons, clock, draft, fields, status):
    assert (await post(author, HERE + "/library", fields)).status_code == status
    assert (await latest(persons, clock))[1] == ENTRY.questionnaire


async def test_a_wards_own_block_goes_into_another_draft(author, persons, clock, draft):
    await keep(author, "Tuổi và giới", part=SECTION)
    item = await only()
    other = await consultations.create(structs.replace(draft, title={"vi": "Đợt khác"}), ENTRY.questionnaire, by=persons["author"], now=clock.now())
    shown = await author.get(f"/desk/{other.slug}/library")
    await post(author, f"/desk/{other.slug}/library", {"block": item.id, "after": "", "version": "1"})

    made = await questionnaires.questionnaire(await consultations.to_see(persons["author"], other.slug, clock.now()))
    assert (item.kind, item.questions) == ("block", 2)
    assert f'value="{item.id}"' in shown.text
    assert [question.name for question in made.sections[0].questions] == ["sex_1", "age_1"]


async def test_a_locked_form_takes_no_block_and_shows_none(author, in_review):
    page = await author.get(HERE + "/library")

    assert 'name="block"' not in page.text
    assert 'name="part"' in page.text
    assert (await post(author, HERE + "/library", {"block": "safety", "after": "", "version": "1"})).status_code == 409


# To keep


async def test_keeping_needs_a_name_and_something_to_keep_and_loses_nothing_typed(author, draft):
    unnamed = await keep(author, " ", part=SECTION)
    assert (unnamed.status_code, summary(unnamed)) == (422, {"name": "Chưa có tên. Đặt tên để tìm lại được."})
    assert re.search(rf'<option value="{SECTION}" selected', unnamed.text)
    assert (await post(author, HERE + "/library/keep", {"name": "A", "part": "nothing"})).status_code == 404
    assert await shelf.items(WARD) == []


async def test_a_section_keeps_no_condition_on_what_is_outside_and_says_so(author, draft):
    await keep(author, "Từng mặt", part="aspects")

    item = await only()
    kept = await shelf.block(item.id, unit=WARD)
    assert kept.sections[0].relevant is None
    assert "bỏ 1 chỗ dựa vào câu ngoài phần này" in page_text(await author.get("/desk/library"))


async def test_items_are_renamed_taken_off_and_brought_back(author, draft):
    await keep(author)
    item = await only()
    own = f"/desk/library/own/{item.id}"

    empty = await post(author, own, {"do": "rename", "name": ""})
    assert (empty.status_code, summary(empty)) == (422, {"name": "Chưa có tên. Đặt tên để tìm lại được."})
    assert (await post(author, own, {"do": "rename", "name": "  Tên   mới <b>"})).headers["location"] == "/desk/library#own"
    assert "<b>" not in (await author.get("/desk/library")).text
    assert (await only()).name == "Tên mới <b>"

    await post(author, own, {"do": "remove"})
    gone = await author.get("/desk/library")
    assert ((await only()).removed, f'href="/desk/library/{item.id}"' in gone.text, "Đưa lại" in gone.text) == (True, False, True)
    assert f'value="{item.id}"' not in (await author.get("/desk/new")).text
    await post(author, own, {"do": "restore"})
    assert f'href="/desk/library/{item.id}"' in (await author.get("/desk/library")).text


async def test_an_item_is_shown_under_its_name_with_what_it_asks(author, draft):
    await keep(author, "Mẫu <i>nghiêng</i>")
    item = await only()

    answer = await author.get(f"/desk/library/{item.id}")
    assert heading(answer) == "Mẫu <i>nghiêng</i>"
    assert (await author.get(f"/desk/library/{item.id}/preview/vi")).text.count('data-question="') == len(list(ENTRY.questionnaire.questions()))


async def test_another_ward_sees_none_of_it(author, stranger, draft):
    await keep(author, "Chỉ của Thanh Khê")
    await keep(author, "Khối của Thanh Khê", part=SECTION)
    whole, block = sorted(await shelf.items(WARD), key=lambda item: item.kind, reverse=True)

    assert "Thanh Khê" not in page_text(await stranger.get("/desk/library")).replace("Phường Thanh Khê", "")
    assert "Thanh Khê" not in page_text(await stranger.get("/desk/new"))
    for address in (f"/desk/library/{whole.id}", f"/desk/library/{whole.id}/preview/vi", f"/desk/library/blocks/{block.id}", HERE + "/library"):
        assert (await stranger.get(address)).status_code == 404
    for do in ("remove", "restore", "rename"):
        assert (await post(stranger, f"/desk/library/own/{whole.id}", {"do": do, "name": "Của tôi"})).status_code == 404
    started = await post(stranger, "/desk/new", {"title_vi": "A", "instrument": "satisfaction", "ready": whole.id})
    assert (started.status_code, list(summary(started))) == (422, ["ready"])
    assert (await keep(stranger)).status_code == 404
    assert {item.name for item in await shelf.items(WARD)} == {"Chỉ của Thanh Khê", "Khối của Thanh Khê"}


async def test_who_writes_nothing_keeps_nothing(approver, auditor, author, draft):
    await keep(author)
    item = await only()

    for client in (approver, auditor):
        page = await client.get("/desk/library")
        assert (item.name in page.text, "/desk/library/own/" in page.text, "/desk/new?ready" in page.text) == (True, False, False)
        assert (await keep(client)).status_code == 403
        assert (await post(client, f"/desk/library/own/{item.id}", {"do": "remove"})).status_code == 403
    assert not (await only()).removed


async def test_the_catalogue_asks_as_often_for_one_item_as_for_thirty(author, draft, queries):
    await keep(author)
    with queries() as one:
        await author.get("/desk/library")
    for n in range(29):
        await keep(author, f"Mẫu {n}")
    with queries() as thirty:
        await author.get("/desk/library")

    assert len(await shelf.items(WARD)) == 30
    assert len(one) == len(thirty)


async def test_the_store_refuses_whom_the_page_refuses(persons, clock, draft):
    block = blocks.block("safety")
    with pytest.raises(NotAllowed):
        await shelf.keep(block, name="A", consultation=draft, by=persons["approver"], now=clock.now())
    key = await shelf.keep(block, name="A", consultation=draft, by=persons["author"], now=clock.now())
    with pytest.raises(NotFound):
        await shelf.rename(key, "B", by=persons["stranger"], now=clock.now())
    with pytest.raises(NotFound):
        await shelf.entry(key, unit=WARD)
    assert (await shelf.block(key, unit=WARD)).sections == block.sections


# The plan of analysis


async def test_the_plan_is_shown_changed_and_kept(author, persons, clock, draft):
    await consultations.change(draft.slug, "edit_analysis", by=persons["author"], now=clock.now(), allowed=consultations.editable, analysis=ENTRY.analysis)
    page = await author.get(HERE + "/analysis")
    was = re.search(r'name="was" value="(\w+)"', page.text)[1]
    answer = await post(author, HERE + "/analysis", {"do": "save", "was": was, "base_vi": "Mọi phiếu", "weight-desk/time": "20", "weight-desk/fee": "0"})

    consultation, _ = await latest(persons, clock)
    assert answer.headers["location"] == HERE + "/analysis"
    assert consultation.analysis == AnalysisPlan(figures=ENTRY.analysis.figures, criteria=(Criterion("desk/time", 20),), base={"vi": "Mọi phiếu"})
    again = await post(author, HERE + "/analysis", {"do": "save", "was": was, "base_vi": "Ai đó khác"})
    assert (again.status_code, "Ai đó khác" in again.text) == (409, True)


async def test_a_wrong_weight_comes_back_as_typed(author, persons, clock, draft):
    was = re.search(r'name="was" value="(\w+)"', (await author.get(HERE + "/analysis")).text)[1]
    answer = await post(author, HERE + "/analysis", {"do": "save", "was": was, "base_vi": "Mọi phiếu", "weight-desk/time": "hai"})

    assert (answer.status_code, list(summary(answer))) == (422, ["weight-desk/time"])
    assert 'value="hai"' in answer.text
    assert "Mọi phiếu" in answer.text
    assert (await latest(persons, clock))[0].analysis == AnalysisPlan()


async def test_the_plan_follows_the_questions(author, persons, clock, draft):
    await consultations.change(draft.slug, "edit_analysis", by=persons["author"], now=clock.now(), allowed=consultations.editable, analysis=ENTRY.analysis)
    await post(author, HERE + "/questions/better/place", {"version": "1", "do": "remove"})
    await post(author, HERE + "/library", {"block": "contribution", "after": SECTION, "version": "2"})
    page = await author.get(HERE + "/analysis")
    assert "Kế hoạch còn nhắc đến câu không còn được hỏi: better." in page_text(page)
    was = re.search(r'name="was" value="(\w+)"', page.text)[1]
    await post(author, HERE + "/analysis", {"do": "align", "was": was})

    consultation, _ = await latest(persons, clock)
    named = [name for figure in consultation.analysis.figures for name in figure.questions]
    assert "better" not in named
    assert named[-2:] == ["ways", "days"]
    assert consultation.analysis.base == ENTRY.analysis.base
    assert "Cập nhật theo câu hỏi" not in (await author.get(HERE + "/analysis")).text


async def test_the_plan_of_a_locked_consultation_is_read_only(author, persons, clock, draft):
    await consultations.act(Verb.SUBMIT, draft.slug, by=persons["author"], now=clock.now())
    page = await author.get(HERE + "/analysis")

    assert 'name="was"' not in page.text
    assert (await post(author, HERE + "/analysis", {"do": "save"})).status_code == 409


async def test_the_results_room_gives_the_index_that_the_plan_weighs(app, client, author, persons, clock):
    """Five satisfied of five with `person`, none of five with `plain`; weights 8 and 10; ten criteria nobody answered."""
    entry = library.entry("friendly_government")
    days = {"opens_on": datetime.date(2026, 11, 24), "closes_on": datetime.date(2026, 12, 24)}
    begun = Consultation(id="", slug="", unit="", instrument=entry.instrument, title={"vi": "Thân thiện?"}, analysis=entry.analysis, **days)
    made = await consultations.create(begun, entry.questionnaire, by=persons["author"], now=clock.now())
    await consultations.act(Verb.SUBMIT, made.slug, by=persons["author"], now=clock.now())
    await consultations.act(Verb.APPROVE, made.slug, by=persons["approver"], now=clock.now())
    clock.set("2026-11-24", "08:00")
    await consultations.act(Verb.OPEN, made.slug, by=persons["author"], now=clock.now())
    for number in range(5):
        answers = {"reach": {"person": 5, "plain": 2}, "overall": 4}
        sent = await client.post(f"/api/v1/consultations/{made.slug}/responses", json={"answers": answers}, headers={"Idempotency-Key": f"phieu-{number:04}"})
        assert sent.status_code == 201
    clock.set("2026-12-25")
    await consultations.settle_due(clock.now())
    await counting.count(made.id, app.state.settings, clock)

    text = page_text(await author.get(f"/desk/{made.slug}/results"))

    assert "Chỉ số chung của các tiêu chí 44,44" in text
    assert "Lời giải thích dễ hiểu 0,00 10 Việc tìm đúng người cần gặp 100,00 8" in text
    assert "quá ít trả lời: Giờ làm việc; Làm thủ tục trên mạng; " in text
