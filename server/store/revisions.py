"""A change of what is open: its questionnaire is copied into a draft of its own, written, tried, signed off; `consultations.act` applies it."""

import datetime
from collections.abc import Sequence
from uuid import UUID, uuid4

from asyncpg import UniqueViolationError
from msgspec import structs

from server.database import DB
from server.store import consultations, journal, plan_copies, questionnaires, trials
from server.tables import Consultation as Row
from surveys import lifecycle, rights
from surveys.consultation import Consultation, Person, State
from surveys.names import STATES
from surveys.problems import Conflict, NotAllowed
from surveys.refusals import NOT_OPEN_TO_CHANGE, NOT_YOUR_RIGHT, REVISION_UNDER_WAY


async def begin(slug: str, *, by: Person, now: datetime.datetime) -> Consultation:
    """The working copy. Raises NotAllowed for who does not write, Conflict where it is not open or a change is under way."""
    try:
        async with DB.transaction():
            original = consultations.visible(by, lifecycle.at(await consultations.load(slug, lock=True), now))
            demand_open(original, by)
            copy = await copied(original, by)
            await consultations.insert(copy, await questionnaires.questionnaire(original), now=now)
            await plan_copies.copy(original.id, copy.id)
            await journal.note("begin_change", consultation=original.id, by=by.id, now=now, revision=copy.slug)
            await journal.note("create", consultation=copy.id, by=by.id, now=now)
    except UniqueViolationError as taken:
        raise Conflict(REVISION_UNDER_WAY) from taken
    return copy


def demand_open(consultation: Consultation, person: Person) -> None:
    if rights.may_revise(person, consultation):
        return
    if rights.may_revise(person, structs.replace(consultation, state=State.OPEN)) and not consultation.revision_of:
        raise Conflict(NOT_OPEN_TO_CHANGE, state=STATES[consultation.state])
    raise NotAllowed(NOT_YOUR_RIGHT)


async def copied(original: Consultation, by: Person) -> Consultation:
    return structs.replace(
        original, id=str(uuid4()), slug=await consultations.free_slug_like(f"{original.slug}-ban-sua"), state=State.DRAFT, version=1,
        authors=frozenset({by.id}), editions=(), revision_of=original.slug, applied_as=0, reason="", same_meaning=frozenset(),
    )  # fmt: skip


async def under_way(original: Consultation) -> Consultation | None:
    """The change that is being written, or waits for its approval."""
    async with DB.connection() as connection:
        row = await connection.fetchrow(
            "SELECT * FROM consultation WHERE details ->> 'revision_of' = $1 AND state = ANY ($2)",
            original.slug, [State.DRAFT.value, State.IN_REVIEW.value],
        )  # fmt: skip
    return None if row is None else consultations.from_row(row)


async def original(revision: Consultation) -> Consultation:
    """What it revises, as stored."""
    return await consultations.load(revision.revision_of)


async def explain(slug: str, *, reason: str, same_meaning: Sequence[str], by: Person, now: datetime.datetime) -> None:
    """Why it is changed, and which questions only had their words mended. Raises like `consultations.editing`."""
    async with DB.transaction():
        draft = await consultations.editing(slug, by=by, now=now, only_questions=True)
        told = structs.replace(draft, reason=reason, same_meaning=frozenset(same_meaning))
        if told != draft:
            await consultations.write(told, now)
            await journal.note("explain_change", consultation=draft.id, by=by.id, now=now, reason=reason, same_meaning=sorted(same_meaning))


async def drop(slug: str, *, by: Person, now: datetime.datetime) -> str:
    """The change is given up by who writes it; gives the slug of what stays as it is. Raises like `consultations.editing`."""
    async with DB.transaction():
        draft = await consultations.editing(slug, by=by, now=now, only_questions=True)
        if not draft.revision_of:
            raise Conflict(NOT_OPEN_TO_CHANGE, state=STATES[draft.state])
        await trials.end(draft.id)
        await Row.update({Row.state: State.CANCELLED.value}).where(Row.id == UUID(draft.id))
        await journal.note("drop_change", consultation=(await consultations.load(draft.revision_of)).id, by=by.id, now=now, revision=slug)
    return draft.revision_of
