"""Versions, remarks and waves at the desk."""

import re

import pytest
from msgspec import structs

from server.store import comments, consultations, documents, questionnaires
from server.store import versions as store
from surveys import editing
from surveys.consultation import State, Verb
from tests.server.desk import HERE, SLUG, page_text, summary
from tests.server.personas import post

pytestmark = pytest.mark.anyio


async def reworded(person, now, words, slug=SLUG):
    draft = await consultations.to_edit(person, slug, now)
    asked = await questionnaires.questionnaire(draft)
    question = structs.replace(asked.question("overall"), label={"vi": words})
    return await consultations.save_questionnaire(draft, editing.replace_question(asked, question), by=person, now=now)


async def test_versions_are_listed_with_who_when_and_what(author, draft, persons, clock):
    clock.move(hours=2)
    await reworded(persons["author"], clock.now(), "Nhìn chung thế nào?")

    text = page_text(await author.get(f"{HERE}/versions"))

    assert "Bản 2 hiện nay Nguyễn Thị Soạn, 11 giờ 00 phút, ngày 23/11/2026 · sửa 1 câu Khác bản 1 thế nào" in text
    assert "Bản 1 Nguyễn Thị Soạn, 09 giờ 00 phút, ngày 23/11/2026 · bản đầu tiên Trở lại bản này" in text


async def test_saves_in_between_are_folded_away(author, draft, persons, clock):
    for minute in range(3):
        clock.move(minutes=1)
        await reworded(persons["author"], clock.now(), f"Nhìn chung thế nào, lần {minute}?")

    folded, whole = [page_text(await author.get(f"{HERE}/versions{query}")) for query in ("", "?all=1")]

    assert ("Bản 3" in folded, "Bản 3" in whole) == (False, True)
    assert "Hiện cả 2 lần tự lưu ở giữa" in folded


async def test_two_versions_are_compared_question_by_question(author, draft, persons, clock):
    await reworded(persons["author"], clock.now(), "Nhìn chung, ông/bà hài lòng ra sao?")

    page = await author.get(f"{HERE}/versions?old=1&new=2")

    assert "Bản 2 khác bản 1 thế nào" in page_text(page)
    assert "<del>Nói</del>" in page.text
    assert "<ins>Nhìn</ins>" in page.text
    assert (await author.get(f"{HERE}/versions?old=1&new=9")).status_code == 404


async def test_an_earlier_version_is_taken_up_again_and_that_is_undone(author, draft, persons, clock):
    first = await questionnaires.questionnaire(draft)
    changed = await reworded(persons["author"], clock.now(), "Nhìn chung?")
    second = await questionnaires.questionnaire(changed)

    answer = await post(author, f"{HERE}/versions/1/restore", {"version": "2"})

    assert answer.status_code == 303
    now = await consultations.load(SLUG)
    assert (now.version, await questionnaires.questionnaire(now)) == (3, first)
    await post(author, f"{HERE}/undo", {"version": "3"})
    again = await consultations.load(SLUG)
    assert await questionnaires.questionnaire(again) == second
    assert (await post(author, f"{HERE}/versions/1/restore", {"version": "3"})).status_code == 409
    assert (await post(author, f"{HERE}/versions/9/restore", {"version": str(again.version)})).status_code == 404


async def test_nothing_is_taken_up_again_once_it_is_no_draft(author, in_review):
    assert (await post(author, f"{HERE}/versions/1/restore", {"version": "1"})).status_code == 409
    assert "Trở lại bản này" not in page_text(await author.get(f"{HERE}/versions"))


async def test_list_of_versions_asks_as_often_for_one_as_for_many(author, draft, persons, clock, queries):
    with queries() as few:
        await author.get(f"{HERE}/versions")
    for number in range(8):
        clock.move(hours=1)
        await reworded(persons["author"], clock.now(), f"Nhìn chung, lần {number}?")
    with queries() as many:
        await author.get(f"{HERE}/versions")

    assert len(many) <= len(few) + 1  # the newest questionnaire is read once


async def test_approval_is_kept_with_who_when_what_and_why(author, approver, in_review):
    await post(approver, f"{HERE}/do/approve", {"statement": "Đã xem kỹ, đồng ý."})

    [signed] = await store.sign_offs(in_review.id)
    text = page_text(await author.get(HERE))

    assert (signed.who, signed.version, signed.words) == ("Trần Văn Duyệt", 1, "Đã xem kỹ, đồng ý.")
    assert "Trần Văn Duyệt phê duyệt kế hoạch và phiếu, bản 1, 09 giờ 00 phút, ngày 23/11/2026 Đã xem kỹ, đồng ý." in text
    assert f"Dấu vân của kế hoạch: {signed.plan}" in text
    assert "kế hoạch đã đổi" not in text


async def test_what_changed_after_approval_is_said(author, opened, persons, clock):
    import datetime

    await consultations.act(Verb.EXTEND, SLUG, by=persons["approver"], now=clock.now(), closes_on=datetime.date(2027, 1, 10))

    assert "kế hoạch đã đổi sau khi phê duyệt" in page_text(await author.get(HERE))


async def test_approver_sees_what_changed_since_last_time(author, approver, in_review, persons, clock):
    await post(approver, f"{HERE}/do/return", {"reason": "Hỏi rõ hơn."})
    await reworded(persons["author"], clock.now(), "Nhìn chung, ông/bà hài lòng ra sao?")
    await post(author, f"{HERE}/do/submit")

    page = await approver.get(f"{HERE}/review")

    assert "Khác lần gửi trước" in page_text(page)
    assert "<ins>Nhìn</ins>" in page.text


async def test_remarks_are_answered_dealt_with_and_taken_up_again(author, approver, draft):
    await post(approver, f"{HERE}/remarks", {"question": "overall", "text-overall": "Hỏi rõ hơn?"})
    [remark] = await comments.remarks(draft.id)
    here = f"{HERE}/remarks/{remark.id}"

    answer = await post(author, here, {"do": "answer", f"text-{remark.id}": "Vâng.", "room": ""})
    await post(author, here, {"do": "resolve"})
    [dealt] = await comments.remarks(draft.id)
    await post(approver, here, {"do": "reopen"})
    [again] = await comments.remarks(draft.id)

    assert answer.headers["location"] == f"{HERE}#remark-{remark.id}"
    assert [(one.text, one.who) for one in dealt.answers] == [("Vâng.", "Nguyễn Thị Soạn")]
    assert (dealt.resolved, dealt.resolved_by, again.resolved, again.resolved_by) == (True, "Nguyễn Thị Soạn", False, "")
    assert await comments.unresolved(draft.id) == 1
    told = page_text(await author.get(f"{HERE}/journal"))
    assert all(words in told for words in ("Ghi ý kiến", "Trả lời ý kiến", "Đánh dấu ý kiến đã xử lý", "Mở lại ý kiến"))


async def test_remark_may_concern_the_whole_and_an_answer_needs_words(approver, in_review):
    await post(approver, f"{HERE}/remarks", {"text-": "Dài quá."})
    [remark] = await comments.remarks(in_review.id)

    refused = await post(approver, f"{HERE}/remarks/{remark.id}", {"do": "answer", f"text-{remark.id}": " "})

    assert (remark.question, remark.text) == ("", "Dài quá.")
    assert refused.status_code == 422
    assert f"text-{remark.id}" in summary(refused)
    assert "Dài quá." in page_text(refused)


async def closed(opened, clock):
    clock.set("2026-12-25", "00:00")
    return await consultations.settle_due(clock.now())


async def test_past_consultation_is_made_again_with_its_words_questions_and_files(author, opened, persons, clock, tmp_path, settings):
    await closed(opened, clock)

    answer = await post(author, f"{HERE}/repeat")

    assert answer.headers["location"] == f"{HERE}-2/wave"
    made = await consultations.load(f"{SLUG}-2")
    assert (made.state, made.wave_of, made.title, made.summary, made.legal_ground) == (State.DRAFT, SLUG, opened.title, opened.summary, opened.legal_ground)
    assert (made.opens_on.isoformat(), made.closes_on.isoformat()) == ("2027-01-01", "2027-01-31")
    assert await questionnaires.questionnaire(made) == await questionnaires.questionnaire(opened)
    assert (made.reply, made.editions, made.authors) == ({}, (), frozenset({persons["author"].id}))


async def test_wave_takes_its_files_along(author, draft, persons, clock, settings):
    file = {"name": "Dự thảo.pdf", "media_type": "application/pdf", "pages": 3}
    await documents.add(b"%PDF-1.7 plan", folder=settings.files, **file, slug=SLUG, by=persons["author"], now=clock.now())

    await post(author, f"{HERE}/repeat")

    copy = await consultations.load(f"{SLUG}-2")
    assert copy.wave_of == ""
    assert [(one.name, one.pages) for one in await documents.documents(copy.id)] == [("Dự thảo.pdf", 3)]


async def test_nothing_is_repeated_while_it_is_open(author, opened):
    assert (await post(author, f"{HERE}/repeat")).status_code == 409


async def test_questions_are_matched_by_name_then_by_hand(author, opened, persons, clock):
    await closed(opened, clock)
    await post(author, f"{HERE}/repeat")
    there = f"{SLUG}-2"
    await reworded(persons["author"], clock.now(), "Ông/bà thấy thế nào?", slug=there)
    page = await author.get(f"/desk/{there}/wave")
    assert re.findall(r'class="verdict verdict--(\d)"', page.text).count("1") == 1

    await post(author, f"/desk/{there}/wave", {"match-overall": "", "match-trips": "overall", "match-nothing": "visit"})

    kept = await consultations.load(there)
    assert kept.matches == {"overall": "", "trips": "overall"}
    shown = page_text(await author.get(f"/desk/{there}/wave"))
    assert "Không so sánh được" in shown
    assert "Câu của đợt trước không được lặp lại" in shown
