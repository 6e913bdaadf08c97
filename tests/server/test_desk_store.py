"""Consultations in the database: made, edited by several, led through their states by several at once."""

import asyncio
import datetime
import uuid

import pytest
from msgspec import structs

from server.store import comments, consultations, documents, journal, questionnaires
from server.tables import Person as PersonRow
from surveys.consultation import Consultation, Instrument, Person, Role, State, Verb
from surveys.kinds import SATISFACTION, Scale, Stance
from surveys.particulars import print_of
from surveys.problems import Conflict, Invalid, NotAllowed, NotFound
from surveys.questionnaire import Question, Questionnaire, Section

pytestmark = pytest.mark.anyio

WARD, OTHER_WARD = "20209", "20197"
ROADS = Questionnaire((Section("phan_1", (Question("dong_y", Stance(), {"vi": "Ông/bà có đồng ý mở rộng đường?"}),)),))
DESK = Questionnaire((Section("phan_1", (Question("chung", Scale(SATISFACTION), {"vi": "Nhìn chung, ông/bà hài lòng đến mức nào?"}),)),))


async def somebody(name, *roles, unit=WARD, now):
    person = Person(id=str(uuid.uuid4()), name=name, full_name=name.title(), unit=unit, roles=frozenset(roles))
    await PersonRow.insert(PersonRow(
        id=uuid.UUID(person.id), name=name, full_name=person.full_name, unit=unit, roles=list(roles), session_version=0, disabled=False, language="vi",
        created_at=now,
    ))  # fmt: skip
    return person


@pytest.fixture
async def author(db, clock):
    return await somebody("an", Role.AUTHOR, now=clock.now())


@pytest.fixture
async def approver(db, clock):
    return await somebody("binh", Role.APPROVER, Role.AUTHOR, now=clock.now())


@pytest.fixture
async def stranger(db, clock):
    return await somebody("chi", Role.AUTHOR, Role.APPROVER, unit=OTHER_WARD, now=clock.now())


@pytest.fixture
async def reader(db, clock):
    return await somebody("dung", Role.AUDITOR, now=clock.now())


def survey(**fields):
    given = {"instrument": Instrument.SATISFACTION, "title": {"vi": "Ông/bà có hài lòng với bộ phận một cửa?"},
             "opens_on": datetime.date(2026, 11, 24), "closes_on": datetime.date(2026, 12, 24)}  # fmt: skip
    return Consultation(id="", slug="", unit="", **(given | fields))


async def opened(author, approver, clock, **fields):
    """A satisfaction survey that was submitted, approved and opened by the clock."""
    made = await consultations.create(survey(**fields), DESK, by=author, now=clock.now())
    await consultations.act(Verb.SUBMIT, made.slug, by=author, now=clock.now())
    await consultations.act(Verb.APPROVE, made.slug, by=approver, now=clock.now())
    clock.set(made.opens_on.isoformat(), "00:00")
    return await consultations.act(Verb.OPEN, made.slug, by=author, now=clock.now())


async def test_create_gives_a_slug_without_tones_and_keeps_everything(author, clock):
    title = {"vi": "Đường số 5", "en": "Road no. 5"}
    made = await consultations.create(survey(title=title, summary={"vi": "Ba dòng"}), ROADS, by=author, now=clock.now())

    assert made == structs.replace(survey(title=title, summary={"vi": "Ba dòng"}), id=made.id, slug="duong-so-5", unit=WARD, authors=frozenset({author.id}))
    assert await consultations.to_see(author, "duong-so-5", clock.now()) == made
    assert await questionnaires.questionnaire(made) == ROADS


async def test_the_same_title_twice_at_once_gives_two_slugs(author, clock):
    made = await asyncio.gather(*(consultations.create(survey(title={"vi": "Đường số 5"}), ROADS, by=author, now=clock.now()) for _ in range(4)))

    assert sorted(one.slug for one in made) == ["duong-so-5", "duong-so-5-2", "duong-so-5-3", "duong-so-5-4"]


async def test_rights_another_ward_finds_nothing_and_a_reader_may_not_edit(author, stranger, reader, clock):
    made = await consultations.create(survey(), DESK, by=author, now=clock.now())

    with pytest.raises(NotFound):
        await consultations.to_see(stranger, made.slug, clock.now())
    with pytest.raises(NotFound):
        await consultations.to_edit(author, "khong-co", clock.now())
    assert await consultations.to_see(reader, made.slug, clock.now()) == made
    with pytest.raises(NotAllowed):
        await consultations.to_edit(reader, made.slug, clock.now())
    with pytest.raises(NotAllowed):
        await consultations.to_run(reader, made.slug, clock.now())
    with pytest.raises(NotAllowed):
        await consultations.create(survey(), DESK, by=reader, now=clock.now())


async def test_everybody_who_edits_becomes_an_author_and_cannot_approve(author, approver, clock):
    made = await consultations.create(survey(), DESK, by=author, now=clock.now())
    saved = await consultations.save(structs.replace(made, use={"vi": "Để sửa quầy"}), by=approver, now=clock.now(), was=print_of(made))
    await consultations.act(Verb.SUBMIT, made.slug, by=author, now=clock.now())

    assert saved.authors == {author.id, approver.id}
    with pytest.raises(NotAllowed) as refusal:
        await consultations.act(Verb.APPROVE, made.slug, by=approver, now=clock.now())
    assert refusal.value.code.id == "four_eyes"


async def test_saving_what_somebody_else_changed_meanwhile_is_refused(author, approver, clock):
    made = await consultations.create(survey(), DESK, by=author, now=clock.now())
    await consultations.save(structs.replace(made, use={"vi": "Một"}), by=author, now=clock.now(), was=print_of(made))

    with pytest.raises(Conflict) as refusal:
        await consultations.save(structs.replace(made, use={"vi": "Hai"}), by=approver, now=clock.now(), was=print_of(made))

    assert refusal.value.code.id == "changed_meanwhile"
    assert (await consultations.to_see(author, made.slug, clock.now())).use == {"vi": "Một"}


async def test_questionnaires_are_versions_and_two_editors_do_not_overwrite_each_other(author, approver, clock):
    made = await consultations.create(survey(), DESK, by=author, now=clock.now())
    saved = await consultations.save_questionnaire(made, ROADS, by=author, now=clock.now())

    assert (saved.version, await questionnaires.questionnaire(saved), await questionnaires.questionnaire(saved, version=1)) == (2, ROADS, DESK)
    with pytest.raises(Conflict):
        await consultations.save_questionnaire(made, DESK, by=approver, now=clock.now())


async def test_the_form_locks_once_submitted_and_opens_again_when_returned(author, approver, clock):
    made = await consultations.create(survey(), DESK, by=author, now=clock.now())
    await consultations.act(Verb.SUBMIT, made.slug, by=author, now=clock.now())
    with pytest.raises(Conflict) as refusal:
        await consultations.save_questionnaire(made, ROADS, by=author, now=clock.now())
    await consultations.act(Verb.RETURN, made.slug, by=approver, now=clock.now(), reason="Thiếu câu hỏi mở")

    assert refusal.value.code.id == "form_locked"
    assert (await consultations.save_questionnaire(made, ROADS, by=author, now=clock.now())).version == 2


async def test_submitting_what_the_law_forbids_names_all_of_it(author, clock):
    short = survey(instrument=Instrument.OPINION, closes_on=datetime.date(2026, 12, 1))
    made = await consultations.create(short, Questionnaire(()), by=author, now=clock.now())

    with pytest.raises(Invalid) as refusal:
        await consultations.act(Verb.SUBMIT, made.slug, by=author, now=clock.now())

    assert {problem.code.id for problem in refusal.value.problems} == {"too_short", "no_questions"}


async def test_a_whole_life_is_written_in_the_journal_and_queues_its_work(author, approver, db, clock):
    made = await opened(author, approver, clock)
    await consultations.act(Verb.EXTEND, made.slug, by=approver, now=clock.now(), closes_on=datetime.date(2026, 12, 26))
    await consultations.act(Verb.CLOSE, made.slug, by=author, now=clock.now(), reason="Đủ phiếu")
    await consultations.act(Verb.SEAL, made.slug, by=author, now=clock.now())
    done = await consultations.act(Verb.PUBLISH, made.slug, by=approver, now=clock.now())

    entries = await journal.entries(made.id)
    assert done.state is State.PUBLISHED
    assert [entry.verb for entry in reversed(entries)] == ["create", "submit", "approve", "clock", "extend", "close", "seal", "publish"]
    assert {**entries[2].detail} == {"from": "open", "to": "closed", "reason": "Đủ phiếu", "closes_on": "2026-11-24"}
    assert (entries[2].who, entries[4].who) == ("An", "")
    jobs = await db.fetch("SELECT entrypoint FROM pgqueuer ORDER BY id")
    assert [job["entrypoint"] for job in jobs] == ["count"] * 3


async def test_a_refused_step_changes_nothing(author, approver, clock):
    made = await opened(author, approver, clock)

    with pytest.raises(Conflict) as refusal:
        await consultations.act(Verb.PUBLISH, made.slug, by=approver, now=clock.now())

    assert refusal.value.code.id == "wrong_state"
    assert (await consultations.to_see(author, made.slug, clock.now())).state is State.OPEN


async def test_of_two_acts_at_once_the_second_sees_the_state_of_the_first(author, approver, clock):
    made = await opened(author, approver, clock)

    outcomes = await asyncio.gather(
        consultations.act(Verb.CLOSE, made.slug, by=author, now=clock.now(), reason="Đủ phiếu"),
        consultations.act(Verb.CANCEL, made.slug, by=approver, now=clock.now(), reason="Sai địa bàn"),
        consultations.act(Verb.EXTEND, made.slug, by=approver, now=clock.now(), closes_on=datetime.date(2027, 1, 5)),
        return_exceptions=True,
    )

    after = await consultations.to_see(author, made.slug, clock.now())
    assert after.state in (State.CLOSED, State.CANCELLED)
    assert all(isinstance(one, Consultation) or (isinstance(one, Conflict) and one.code.id == "wrong_state") for one in outcomes)
    done = [entry.verb for entry in await journal.entries(made.id) if entry.verb in ("close", "cancel", "extend")]
    assert len(done) == sum(isinstance(one, Consultation) for one in outcomes)


async def test_a_step_taken_twice_is_noted_once(author, approver, clock):
    made = await opened(author, approver, clock)
    first, second = await asyncio.gather(*(consultations.act(Verb.CLOSE, made.slug, by=author, now=clock.now(), reason="Đủ phiếu") for _ in range(2)))

    assert first == second
    assert [entry.verb for entry in await journal.entries(made.id)].count("close") == 1


async def test_the_clock_opens_and_closes_and_settle_due_writes_it_down(author, approver, clock, db):
    made = await consultations.create(survey(), DESK, by=author, now=clock.now())
    await consultations.act(Verb.SUBMIT, made.slug, by=author, now=clock.now())
    await consultations.act(Verb.APPROVE, made.slug, by=approver, now=clock.now())
    assert await consultations.settle_due(clock.now()) == []

    clock.set("2026-11-24", "00:00")
    assert (await consultations.to_see(author, made.slug, clock.now())).state is State.OPEN
    assert [one.state for one in await consultations.settle_due(clock.now())] == [State.OPEN]
    clock.set("2026-12-24", "23:59")
    assert await consultations.settle_due(clock.now()) == []
    clock.set("2026-12-25", "00:00")
    assert [one.state for one in await consultations.settle_due(clock.now())] == [State.CLOSED]
    assert await db.fetchval("SELECT state FROM consultation") == "closed"


async def test_listed_and_public_list_show_what_they_may(author, approver, stranger, clock):
    shown = await opened(author, approver, clock)
    draft = await consultations.create(survey(title={"vi": "Nháp"}), DESK, by=author, now=clock.now())

    assert {one.slug for one in await consultations.listed(author, clock.now())} == {shown.slug, draft.slug}
    assert await consultations.listed(stranger, clock.now()) == []
    assert [one.slug for one in await consultations.public_list(WARD, clock.now())] == [shown.slug]
    assert await consultations.public_list(OTHER_WARD, clock.now()) == []
    assert (await consultations.public(shown.slug, clock.now())).state is State.OPEN
    with pytest.raises(NotFound):
        await consultations.public(draft.slug, clock.now())


async def test_documents_keep_their_order_and_their_bytes(author, clock, settings):
    made = await consultations.create(survey(), DESK, by=author, now=clock.now())
    told = {"slug": made.slug, "by": author, "now": clock.now()}
    plan = await documents.add(b"%PDF plan", folder=settings.files, name="Kế hoạch.pdf", media_type="application/pdf", pages=3, **told)
    map_ = await documents.add(b"%PDF map", folder=settings.files, name="Bản đồ.pdf", media_type="application/pdf", pages=1, **told)
    await documents.move(map_.id, step=-1, **told)

    assert await documents.documents(made.id) == [map_, plan]
    assert (settings.files / plan.sha256).read_bytes() == b"%PDF plan"
    await documents.remove(map_.id, **told)
    assert await documents.documents(made.id) == [plan]
    with pytest.raises(NotFound):
        await documents.document(map_.id, consultation=made.id)
    with pytest.raises(NotFound):
        await documents.document("khong-phai-uuid", consultation=made.id)


async def test_comments_at_a_question_wait_until_they_are_dealt_with(author, approver, clock):
    made = await consultations.create(survey(), DESK, by=author, now=clock.now())
    await comments.comment("Hỏi rõ quầy nào", consultation=made.id, question="chung", by=approver.id, now=clock.now())

    (remark,) = await comments.remarks(made.id)
    assert (remark.question, remark.text, remark.who, remark.resolved) == ("chung", "Hỏi rõ quầy nào", "Binh", False)
    await comments.resolve(remark.id, consultation=made.id, by=author.id, now=clock.now())
    assert await comments.unresolved(made.id) == 0
