"""Consultations: made, found, edited while a draft, and led through their states.

A function that takes `now` gives a consultation as the clock has it, whether or not `settle_due` has written that down yet.
"""

import datetime
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID, uuid4

import msgspec
from asyncpg import UniqueViolationError
from msgspec import Struct, structs

from server.database import DB
from server.store import answers, comments, journal, plan_copies, questionnaires, queue, trials
from server.tables import Consultation as Row
from surveys import lifecycle, review, rights
from surveys.consultation import Consultation, Person, Role, State, Verb
from surveys.kinds import Text
from surveys.language import fold
from surveys.particulars import PARTICULARS, print_of, slug_of
from surveys.problems import CHANGED_MEANWHILE, FORM_LOCKED, NO_SUCH_CONSULTATION, UNKNOWN_QUESTION, Conflict, Invalid, NotAllowed, NotFound, Problem
from surveys.questionnaire import Questionnaire
from surveys.refusals import NOT_YOUR_RIGHT, NOTHING_REVISED, ONLY_QUESTIONS

Allowed = Callable[[Person, Consultation], object]

PUBLIC = (State.OPEN, State.CLOSED, State.SEALED, State.PUBLISHED, State.ARCHIVED)
COLUMNS = ("slug", "unit", "instrument", "state", "opens_on", "closes_on", "version", "authors")
"""Fields with a column of their own; all others lie in `details`."""

LOAD = "SELECT * FROM consultation WHERE slug = $1"
"""By hand: every answer that comes in asks this, and writing the query takes Piccolo longer than PostgreSQL to answer it."""
LOAD_LOCKED = f"{LOAD} FOR UPDATE"


async def create(consultation: Consultation, questionnaire: Questionnaire, *, by: Person, now: datetime.datetime) -> Consultation:
    """A draft with its first questionnaire. It gets its own id, and a slug from its title that nobody has."""
    may_write(by)
    draft = structs.replace(consultation, id=str(uuid4()), state=State.DRAFT, version=1, unit=by.unit, authors=frozenset({by.id}))
    while True:
        draft = structs.replace(draft, slug=await free_slug(draft.title))
        try:
            async with DB.transaction():
                await insert(draft, questionnaire, now=now)
                await journal.note("create", consultation=draft.id, by=by.id, now=now)
            return draft
        except UniqueViolationError as taken:
            if taken.constraint_name != "consultation_slug":
                raise


async def insert(draft: Consultation, questionnaire: Questionnaire, *, now: datetime.datetime) -> None:
    await Row.insert(Row({**columns(draft), Row.id: UUID(draft.id), Row.created_at: now, Row.changed_at: now}))
    await questionnaires.insert(draft, questionnaire)


def may_write(person: Person) -> None:
    """Raises NotAllowed for who may not make consultations of their unit."""
    if not rights.may_create(person, person.unit):
        raise NotAllowed(NOT_YOUR_RIGHT)


async def free_slug(title: Text) -> str:
    return await free_slug_like(slug_of(title))


async def free_slug_like(stem: str) -> str:
    """duong-so-5, or duong-so-5-2 where that is taken. Only the insert decides."""
    rows = await Row.select(Row.slug).where(Row.slug.like(f"{stem}%"))
    taken = {row["slug"] for row in rows}
    return next(slug for slug in (stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken)


async def public(slug: str, now: datetime.datetime) -> Consultation:
    """Raises NotFound unless residents may know of it: approved and announced, open, or past."""
    consultation = lifecycle.at(await load(slug), now)
    if consultation.state not in (*PUBLIC, State.APPROVED, State.CANCELLED) or consultation.revision_of:
        raise NotFound(NO_SUCH_CONSULTATION)
    return consultation


async def public_list(unit: str | None, now: datetime.datetime) -> list[Consultation]:
    """What residents of this unit, or of all, can open: what is open first, then what was, latest first."""
    query = Row.select().where(Row.state.is_in([*PUBLIC, State.APPROVED]))
    if unit is not None:
        query = query.where(Row.unit == unit)
    rows = await query.order_by(Row.closes_on, ascending=False)
    found = [lifecycle.at(from_row(row), now) for row in rows]
    shown = [consultation for consultation in found if consultation.state in PUBLIC]
    return sorted(shown, key=lambda consultation: consultation.state is not State.OPEN)


async def listed(person: Person, now: datetime.datetime) -> list[Consultation]:
    """All of the person's unit that they may see, latest change first; no revision that is done with."""
    rows = await Row.select().where(Row.unit == person.unit).order_by(Row.changed_at, ascending=False).order_by(Row.id)
    found = [lifecycle.at(from_row(row), now) for row in rows]
    done = [one.id for one in found if one.revision_of and one.state is State.CANCELLED]
    return [consultation for consultation in found if rights.may_see(person, consultation) and consultation.id not in done]


async def to_see(person: Person, slug: str, now: datetime.datetime) -> Consultation:
    """Raises NotFound for another unit's, NotAllowed for one's own without the right."""
    return visible(person, lifecycle.at(await load(slug), now))


async def to_edit(person: Person, slug: str, now: datetime.datetime) -> Consultation:
    """Also raises Conflict once it is no draft."""
    return editable(person, await to_see(person, slug, now))


async def to_run(person: Person, slug: str, now: datetime.datetime) -> Consultation:
    """For who leads it through its states: author and approver; which verb is whose, `act` decides."""
    consultation = await to_see(person, slug, now)
    if person.roles.isdisjoint((Role.AUTHOR, Role.APPROVER)):
        raise NotAllowed(NOT_YOUR_RIGHT)
    return consultation


def visible(person: Person, consultation: Consultation) -> Consultation:
    if consultation.unit != person.unit:
        raise NotFound(NO_SUCH_CONSULTATION)
    if not rights.may_see(person, consultation):
        raise NotAllowed(NOT_YOUR_RIGHT)
    return consultation


def editable(person: Person, consultation: Consultation) -> Consultation:
    if Role.AUTHOR not in person.roles:
        raise NotAllowed(NOT_YOUR_RIGHT)
    if not rights.may_edit(person, consultation):
        raise Conflict(FORM_LOCKED)
    return consultation


async def editing(slug: str, *, by: Person, now: datetime.datetime, only_questions: bool = False) -> Consultation:
    """For whatever changes a draft, within its transaction: holds the draft's row and counts the person among its authors.

    Raises Conflict for a revision of what is open, unless only its questions are changed.
    """
    draft = editable(by, visible(by, lifecycle.at(await load(slug, lock=True), now)))
    if draft.revision_of and not only_questions:
        raise Conflict(ONLY_QUESTIONS)
    if by.id not in draft.authors:
        draft = structs.replace(draft, authors=draft.authors | {by.id})
        await write(draft, now)
    return draft


async def change(slug: str, verb: str, *, by: Person, now: datetime.datetime, allowed: Allowed, **fields: Any) -> Consultation:
    """These fields get these values, unless `allowed` raises for the person or the state. For what is written after the draft: replies."""
    async with DB.transaction():
        current = visible(by, lifecycle.at(await load(slug, lock=True), now))
        allowed(by, current)
        changed = structs.replace(current, **fields)
        if changed != current:
            await write(changed, now)
            await journal.note(verb, consultation=changed.id, by=by.id, now=now, fields=sorted(fields))
    return changed


async def save(consultation: Consultation, *, by: Person, now: datetime.datetime, was: str) -> Consultation:
    """Writes what `read_particulars` read. Raises Conflict where somebody else changed it since the form was shown (`was`)."""
    async with DB.transaction():
        current = await editing(consultation.slug, by=by, now=now)
        if print_of(current) != was:
            raise Conflict(CHANGED_MEANWHILE)
        saved = structs.replace(current, **{field: getattr(consultation, field) for field in PARTICULARS})
        if saved != current:
            await write(saved, now)
            await journal.note("edit_plan", consultation=saved.id, by=by.id, now=now)
    return saved


async def save_questionnaire(
    consultation: Consultation, questionnaire: Questionnaire, *, by: Person, now: datetime.datetime, verb: str = "edit_questions"
) -> Consultation:
    """A new version, made from `consultation.version`. Raises Conflict where that is no longer the latest."""
    async with DB.transaction():
        current = await editing(consultation.slug, by=by, now=now, only_questions=True)
        if current.version != consultation.version:
            raise Conflict(CHANGED_MEANWHILE)
        changed = await write_version(current, questionnaire, now=now)
        await journal.note(verb, consultation=changed.id, by=by.id, now=now, version=changed.version)
    return changed


async def write_version(current: Consultation, questionnaire: Questionnaire, *, now: datetime.datetime) -> Consultation:
    """The next version of a draft, within the transaction that holds its row."""
    changed = structs.replace(current, version=current.version + 1)
    await write(changed, now)
    await questionnaires.insert(changed, questionnaire)
    return changed


async def act(
    verb: Verb, slug: str, *, by: Person, now: datetime.datetime, reason: str = "", question: str = "", closes_on: datetime.date | None = None
) -> Consultation:
    """Takes the step, notes it and queues the work that follows, all or nothing. Of two at once the second finds the first one's state.

    Sealing rewrites the answers within the same transaction. `question`: where the reason of a return is kept as a comment.
    Raises whatever `lifecycle.act` refuses with.
    """
    async with DB.transaction():
        original = await original_of(slug)
        before = visible(by, await settled(await load(slug, lock=True), now))
        findings = await findings_against(verb, before, now)
        comments_left = await comments.unresolved(before.id) if verb is Verb.RETURN else 0
        after = lifecycle.act(verb, before, by=by, now=now, reason=reason, closes_on=closes_on, findings=findings, comments=comments_left)
        if after == before:
            return after
        if verb is Verb.SUBMIT:
            after = structs.replace(after, authors=after.authors | {by.id})
        if verb is Verb.RETURN and reason.strip():
            await comment_at(question, after, reason.strip(), by=by, now=now)
        if verb is Verb.APPROVE and original is not None:
            after = await apply(after, await settled(original, now), by=by, now=now)
        await write(after, now)
        await journal.note(verb, consultation=after.id, by=by.id, now=now, **what_changed(before, after, reason))
        await follow(before, after, now)
    return after


async def original_of(slug: str) -> Consultation | None:
    """Of a revision what it revises, held first, as whoever closes that holds it first; None of anything else."""
    revised = (await load(slug)).revision_of
    return await load(revised, lock=True) if revised else None


async def apply(revision: Consultation, original: Consultation, *, by: Person, now: datetime.datetime) -> Consultation:
    """An approved revision becomes the next version of what is open, all or nothing. Raises Conflict once that is closed."""
    amended = lifecycle.applied(original, revision, now=now)
    await write(amended, now)
    await questionnaires.insert(amended, await questionnaires.questionnaire(revision))
    await plan_copies.bring_back(revision.id, original.id, now=now)
    given = {"version": amended.version, "from_version": original.version, "reason": revision.reason, "revision": revision.slug}
    await journal.note("amend", consultation=amended.id, by=by.id, now=now, **given, **signed(amended))
    return structs.replace(revision, applied_as=amended.version)


async def comment_at(question: str, consultation: Consultation, words: str, *, by: Person, now: datetime.datetime) -> None:
    """Raises Invalid where its questionnaire has no such question; '' is the whole."""
    if question and question not in {one.name for one in (await questionnaires.questionnaire(consultation)).questions()}:
        raise Invalid([Problem(UNKNOWN_QUESTION, where="question", given={"given": question[:60]})])
    await comments.comment(words, consultation=consultation.id, question=question, by=by.id, now=now)


def what_changed(before: Consultation, after: Consultation, reason: str) -> dict[str, Any]:
    """What the journal says beside the verb."""
    days = {field: getattr(after, field) for field in ("opens_on", "closes_on") if getattr(after, field) != getattr(before, field)}
    decided = after.state in (State.IN_REVIEW, State.APPROVED) or after.applied_as != before.applied_as
    return {
        "from": before.state,
        "to": after.state,
        **days,
        **({"version": after.version, **signed(after)} if decided else {}),
        **({"reason": reason} if reason else {}),
    }


def signed(consultation: Consultation) -> dict[str, Any]:
    """What the journal keeps of a plan that was submitted or approved."""
    return {"plan": print_of(consultation)}


class Submitted(Struct, frozen=True):
    """What an approver saw the time before."""

    questionnaire: Questionnaire
    plan_changed: bool


async def submitted_before(consultation: Consultation) -> Submitted | None:
    """The submission before this one; of a draft, its latest. None where there was none."""
    times = await journal.details(Verb.SUBMIT, consultation=consultation.id)
    earlier = times if consultation.state is State.DRAFT else times[1:]
    if not earlier:
        return None
    before = await questionnaires.questionnaire(consultation, version=earlier[0]["version"])
    return Submitted(before, plan_changed=earlier[0]["plan"] != print_of(consultation))


async def findings_against(verb: Verb, consultation: Consultation, now: datetime.datetime) -> list[Problem]:
    """What forbids submitting and approving it. After that its words are locked, and `lifecycle.act` looks at the days."""
    if verb not in (Verb.SUBMIT, Verb.APPROVE):
        return []
    asked = await questionnaires.questionnaire(consultation)
    forbidden = review.review(consultation, asked, today=lifecycle.day_of(now)).forbidden
    original = await load(consultation.revision_of) if consultation.revision_of else None
    if original and asked == await questionnaires.questionnaire(original) and not await plan_copies.differ(consultation.id, original.id):
        return [Problem(NOTHING_REVISED), *forbidden]
    return forbidden


async def settled(consultation: Consultation, now: datetime.datetime) -> Consultation:
    """Writes down what the clock did. Within a transaction that holds its row."""
    current = lifecycle.at(consultation, now)
    if current.state is not consultation.state:
        await write(current, now)
        await journal.note("clock", consultation=current.id, by=None, now=now, **what_changed(consultation, current, ""))
        await follow(consultation, current, now)
    return current


async def settle_due(now: datetime.datetime) -> list[Consultation]:
    """Writes down every opening and closing that the clock has brought, and gives those consultations."""
    today = lifecycle.day_of(now)
    due = ((Row.state == State.APPROVED) & (Row.opens_on <= today)) | ((Row.state == State.OPEN) & (Row.closes_on < today))
    changed = []
    for row in await Row.select(Row.slug).where(due).order_by(Row.slug):
        async with DB.transaction():
            before = await load(row["slug"], lock=True)
            after = await settled(before, now)
        if after.state is not before.state:
            changed.append(after)
    return changed


async def follow(before: Consultation, after: Consultation, now: datetime.datetime) -> None:
    """What a new state brings about, in the transaction that brings it: trial answers never outlive the opening."""
    if after.state not in lifecycle.BEFORE_OPEN and before.state in lifecycle.BEFORE_OPEN:
        gone = await trials.end(after.id)
        if gone:
            await journal.note("end_trial", consultation=after.id, by=None, now=now, trial_answers=gone)
    if before.state is State.OPEN and after.state is not State.OPEN:
        await end_revision(after)
    if after.state is State.SEALED and before.state is not State.SEALED:
        await answers.rewrite(after.id)
    if after.state in (State.CLOSED, State.SEALED, State.PUBLISHED) and after.state is not before.state:
        await queue.enqueue("count", consultation=after.id, occasion=after.state)


async def end_revision(consultation: Consultation) -> None:
    """What was being changed while open can no longer become a version: its draft is done with."""
    async with DB.connection() as connection:
        rows = await connection.fetch(
            "UPDATE consultation SET state = $2 WHERE details ->> 'revision_of' = $1 AND state = ANY ($3) RETURNING id::text",
            consultation.slug, State.CANCELLED.value, [State.DRAFT.value, State.IN_REVIEW.value],
        )  # fmt: skip
    for row in rows:
        await trials.end(row["id"])


async def by_id(consultation: str) -> Consultation:
    """As stored. Raises NotFound."""
    row = await Row.select().where(Row.id == UUID(consultation)).first()
    if row is None:
        raise NotFound(NO_SUCH_CONSULTATION)
    return from_row(row)


async def load(slug: str, *, lock: bool = False) -> Consultation:
    """As stored. `lock` holds its row until the transaction ends."""
    async with DB.connection() as connection:
        row = await connection.fetchrow(LOAD_LOCKED if lock else LOAD, slug)
    if row is None:
        raise NotFound(NO_SUCH_CONSULTATION)
    return from_row(row)


async def sealed() -> list[Consultation]:
    """Every consultation of this installation whose answers are frozen."""
    rows = await Row.select().where(Row.state.is_in([State.SEALED, State.PUBLISHED, State.ARCHIVED])).order_by(Row.slug)
    return [from_row(row) for row in rows]


async def write(consultation: Consultation, now: datetime.datetime) -> None:
    await Row.update({**columns(consultation), Row.changed_at: now}).where(Row.id == UUID(consultation.id))


def columns(consultation: Consultation) -> dict[Any, Any]:
    fields = structs.asdict(consultation)
    details = {field: value for field, value in fields.items() if field not in (*COLUMNS, "id")}
    own = {getattr(Row, field): fields[field] for field in COLUMNS}
    own |= {Row.authors: sorted(consultation.authors), Row.instrument: consultation.instrument.value, Row.state: consultation.state.value}
    return {**own, Row.details: msgspec.json.encode(details).decode(), Row.search: fold(" ".join(consultation.title.values()))}


def from_row(row: Mapping[str, Any]) -> Consultation:
    own = {field: row[field] for field in COLUMNS}
    return msgspec.convert({**msgspec.json.decode(row["details"]), **own, "id": str(row["id"])}, Consultation)
