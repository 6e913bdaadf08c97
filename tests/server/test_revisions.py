"""Changing a questionnaire while it is open: written apart, signed off by somebody else, and old forms are still taken."""

import re

import pytest
from msgspec import structs

from server.database import DB
from server.store import consultations, questionnaires
from surveys import editing
from surveys.consultation import State, Verb
from surveys.problems import Conflict, NotAllowed
from tests.server.desk import HERE, SLUG, page_text, summary
from tests.server.personas import post
from tests.server.road import hidden

pytestmark = pytest.mark.anyio
WORK = f"{SLUG}-ban-sua"
THERE = f"/desk/{WORK}"
REASON = "Câu 1 thiếu chữ."


async def reworded(person, now, words="Nhìn chung, ông/bà hài lòng đến đâu?"):
    """The working copy with its first question worded anew."""
    copy = await consultations.to_edit(person, WORK, now)
    asked = await questionnaires.questionnaire(copy)
    question = structs.replace(asked.question("overall"), label={"vi": words, "en": "Overall, how satisfied?"})
    return await consultations.save_questionnaire(copy, editing.replace_question(asked, question), by=person, now=now)


async def begun(author, person, clock):
    answer = await post(author, f"{HERE}/change", {"do": "begin"})
    assert answer.headers["location"] == f"{THERE}/questions"
    return await reworded(person, clock.now())


async def approved(author, approver, *, same=()):
    await post(author, f"{THERE}/change", {"do": "explain", "reason": REASON, **({"same_meaning": same[0]} if same else {})})
    await post(author, f"{THERE}/do/submit")
    return await post(approver, f"{THERE}/do/approve", {"statement": "Đồng ý sửa."})


async def responded(client, key, body):
    return await client.post(f"/api/v1/consultations/{SLUG}/responses", json=body, headers={"Idempotency-Key": key})


async def test_change_is_written_apart_and_becomes_the_next_version(author, approver, client, opened, persons, clock):
    await begun(author, persons["author"], clock)
    assert "Nhìn chung, ông/bà hài lòng đến đâu?" not in page_text(await client.get(f"/c/{SLUG}/form"))
    shown = page_text(await author.get(f"{THERE}/change"))
    assert "So sánh được, cần thận trọng" in shown

    answer = await approved(author, approver)

    assert answer.status_code == 303
    after = await consultations.load(SLUG)
    assert (after.version, [(one.version, one.reason) for one in after.editions], after.state) == (2, [(1, ""), (2, REASON)], State.OPEN)
    form = page_text(await client.get(f"/c/{SLUG}/form"))
    assert "Nhìn chung, ông/bà hài lòng đến đâu?" in form
    assert f"Phiếu đã được sửa ngày 24/11/2026. Lý do: {REASON}" in form
    assert "phê duyệt sửa phiếu từ bản 1 thành bản 2" in page_text(await author.get(HERE))
    work = await consultations.load(WORK)
    assert (work.state, work.applied_as) == (State.CANCELLED, 2)
    assert "thành bản 2" in page_text(await author.get(f"{THERE}/change"))


async def test_words_that_mean_the_same_stay_comparable(author, approver, opened, persons, clock):
    await begun(author, persons["author"], clock)
    await post(author, f"{THERE}/change", {"do": "explain", "reason": REASON, "same_meaning": "overall"})

    shown = page_text(await author.get(f"{THERE}/change"))

    assert "Người soạn xác nhận chỉ sửa lỗi chữ, nghĩa không đổi." in shown
    assert "cần thận trọng" not in shown


async def test_who_wrote_a_change_does_not_approve_it(author, approver, opened, persons, clock):
    await begun(author, persons["author"], clock)
    await post(author, f"{THERE}/change", {"do": "explain", "reason": REASON})
    both = structs.replace(persons["author"], roles=persons["author"].roles | persons["approver"].roles)
    await consultations.act(Verb.SUBMIT, WORK, by=both, now=clock.now())

    with pytest.raises(NotAllowed):
        await consultations.act(Verb.APPROVE, WORK, by=both, now=clock.now())

    assert (await consultations.load(SLUG)).version == 1


async def test_change_says_why_and_changes_something(author, opened, persons, clock):
    await post(author, f"{HERE}/change", {"do": "begin"})

    refused = await post(author, f"{THERE}/do/submit")

    assert refused.status_code == 422
    assert set(summary(refused)) == {"reason", ""}


async def test_only_questions_can_be_changed(author, opened, persons, clock):
    await begun(author, persons["author"], clock)
    work = await consultations.load(WORK)

    with pytest.raises(Conflict, match="only_questions"):
        await consultations.save(work, by=persons["author"], now=clock.now(), was="")
    assert (await post(author, f"{THERE}/draft")).status_code in (409, 422)


async def test_one_change_at_a_time(author, opened, persons, clock):
    await begun(author, persons["author"], clock)

    assert (await post(author, f"{HERE}/change", {"do": "begin"})).status_code == 409

    await post(author, f"{THERE}/change", {"do": "drop"})
    assert (await post(author, f"{HERE}/change", {"do": "begin"})).status_code == 303


async def test_change_is_no_consultation_of_its_own(author, client, opened, persons, clock):
    await begun(author, persons["author"], clock)
    await post(author, f"{THERE}/change", {"do": "drop"})

    answers = [(await client.get(path)).status_code for path in (f"/c/{WORK}", f"/c/{WORK}/form", f"/api/v1/consultations/{WORK}")]

    assert answers == [404, 404, 404]
    assert WORK not in (await client.get("/api/v1/consultations")).text


async def test_closing_ends_a_change_under_way(author, approver, opened, persons, clock):
    await begun(author, persons["author"], clock)
    await post(author, f"{THERE}/change", {"do": "explain", "reason": REASON})
    await post(author, f"{THERE}/do/submit")
    clock.set("2026-12-25", "00:00")

    late = await post(approver, f"{THERE}/do/approve")
    assert late.status_code == 409
    await consultations.settle_due(clock.now())

    assert (await consultations.load(WORK)).state is State.CANCELLED
    assert (await consultations.load(SLUG)).version == 1


async def test_phone_that_loaded_the_old_form_is_taken_under_it(author, approver, client, opened, persons, clock):
    loaded = await client.post(f"/c/{SLUG}/check", data={":version": "1", "visit": "counter", "overall": "4"})
    await begun(author, persons["author"], clock)
    await approved(author, approver)

    sent = await client.post(f"/c/{SLUG}/send", data=hidden(loaded))
    fresh = await client.post(f"/c/{SLUG}/check", data={":version": "2", "visit": "counter", "overall": "5"})
    await client.post(f"/c/{SLUG}/send", data=hidden(fresh))

    assert "Đã gửi" in page_text(sent)
    rows = await DB.pool.fetch("SELECT version, answers ->> 'overall' AS overall FROM answer ORDER BY version")
    assert [tuple(row) for row in rows] == [(1, "4"), (2, "5")]


async def test_program_may_name_any_version_that_was_open(author, approver, client, opened, persons, clock):
    first = await responded(client, "key-first", {"answers": {"visit": "counter", "overall": "4"}})
    named = await responded(client, "key-named", {"answers": {"visit": "counter", "overall": "4"}, "version": 1})
    await begun(author, persons["author"], clock)
    await approved(author, approver)

    again = await responded(client, "key-first", {"answers": {"visit": "counter", "overall": "4"}})
    named_again = await responded(client, "key-named", {"answers": {"visit": "counter", "overall": "4"}, "version": 1})
    other_body = await responded(client, "key-first", {"answers": {"visit": "counter", "overall": "5"}})
    old = await responded(client, "key-older", {"answers": {"visit": "counter", "overall": "3"}, "version": 1})
    new = await responded(client, "key-newer", {"answers": {"visit": "counter", "overall": "3"}, "version": 2})
    never = await responded(client, "key-never", {"answers": {"visit": "counter", "overall": "3"}, "version": 3})

    assert (again.status_code, again.json()) == (200, first.json())
    assert (named_again.status_code, named_again.json()) == (200, named.json())
    assert other_body.status_code == 409
    assert (old.status_code, new.status_code) == (201, 201)
    assert (never.status_code, never.json()["problems"][0]["code"]) == (422, "other_version")
    rows = await DB.pool.fetch("SELECT version, count(*) FROM answer GROUP BY version ORDER BY version")
    assert [tuple(row) for row in rows] == [(1, 3), (2, 1)]


async def test_draft_versions_were_never_open(author, client, draft, persons, clock):
    asked = await questionnaires.questionnaire(draft)
    await consultations.save_questionnaire(draft, editing.add_section(asked, {"vi": "Thêm"}), by=persons["author"], now=clock.now())
    changed = await consultations.load(SLUG)
    await consultations.save_questionnaire(changed, asked, by=persons["author"], now=clock.now())
    await consultations.act(Verb.SUBMIT, SLUG, by=persons["author"], now=clock.now())
    await consultations.act(Verb.APPROVE, SLUG, by=persons["approver"], now=clock.now())
    clock.set("2026-11-24", "08:00")

    assert (await responded(client, "key-draft", {"answers": {"visit": "counter", "overall": "3"}, "version": 2})).status_code == 422
    assert (await responded(client, "key-open", {"answers": {"visit": "counter", "overall": "3"}, "version": 3})).status_code == 201
    page = await client.post(f"/c/{SLUG}/check", data={":version": "2", "visit": "counter", "overall": "4"})
    assert re.search(r'name=":version" value="(\d+)"', page.text)[1] == "3"
