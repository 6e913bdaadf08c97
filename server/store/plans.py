"""Versions of a draft plan: read from a file, mended, compared, accepted; the questions at its clauses keep in step.

A revision of what is open has a plan of its own (plan_copies), which becomes the next version there with its questions.
"""

import datetime
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

import msgspec
from anyio import to_thread
from msgspec import Struct

from server.database import DB
from server.store import consultations, journal, questionnaires
from server.tables import PlanVersion as Row
from surveys.consultation import Consultation, Person
from surveys.language import VIETNAM
from surveys.plan import Plan
from surveys.plan.asking import refreshed
from surveys.plan.matching import carried
from surveys.problems import CHANGED_MEANWHILE, NO_SUCH_VERSION, Conflict, NotFound

Change = Callable[[Plan], Plan]


class Version(Struct, frozen=True):
    """One version of a plan. `source`: the file it was read from, '' where it was pasted. Not accepted, it waits for comparison."""

    number: int
    plan: Plan
    revision: int
    source: str
    document: str | None
    made_at: datetime.datetime
    accepted_at: datetime.datetime | None
    undo: bool = False

    @property
    def waits(self) -> bool:
        return self.accepted_at is None


async def versions(consultation: Consultation) -> list[Version]:
    """Oldest first; only the last one can be waiting."""
    rows = await Row.select().where(Row.consultation == UUID(consultation.id)).order_by(Row.number)
    return [from_row(row) for row in rows]


async def version(consultation: Consultation, number: int) -> Version:
    """Raises NotFound."""
    row = await Row.select().where(here(consultation, number)).first()
    if row is None:
        raise NotFound(NO_SUCH_VERSION)
    return from_row(row)


async def current(consultation: Consultation) -> Version | None:
    """The accepted version that residents read; None where there is none yet."""
    row = await Row.select().where((Row.consultation == UUID(consultation.id)) & Row.accepted_at.is_not_null()).order_by(Row.number, ascending=False).first()
    return from_row(row) if row else None


def public(found: Sequence[Version], consultation: Consultation) -> list[Version]:
    """Those that residents could read: the accepted one of the opening day, and every later one."""
    opened = datetime.datetime.combine(consultation.opens_on, datetime.time(), VIETNAM)
    accepted = [one for one in found if one.accepted_at]
    return [one for one, after in zip(accepted, [*accepted[1:], None], strict=False) if after is None or (after.accepted_at or opened) > opened]


async def add(plan: Plan, *, source: str, document: str | None, slug: str, by: Person, now: datetime.datetime) -> Version:
    """The first version counts at once. A later one takes the ids of the clauses it carries on, and waits; one that waited is replaced."""
    async with DB.transaction():
        draft = await consultations.editing(slug, by=by, now=now, only_questions=True)
        known = await versions(draft)
        if known and known[-1].waits:
            await Row.delete().where(here(draft, known.pop().number))
        content = await to_thread.run_sync(carried, known[-1].plan, plan) if known else plan
        made = Version(known[-1].number + 1 if known else 1, content, 1, source, document, now, None if known else now)
        await Row.insert(Row(columns(made) | {Row.consultation: UUID(draft.id)}))
        await journal.note("add_plan", consultation=draft.id, by=by.id, now=now, version=made.number, source=source, clauses=len(content.clauses))
    return made


async def change(slug: str, number: int, act: Change, *, revision: int, by: Person, now: datetime.datetime) -> Version:
    """The clauses of the last version become what `act` makes of them. Raises Conflict where somebody changed them since `revision`."""
    async with DB.transaction():
        draft = await consultations.editing(slug, by=by, now=now, only_questions=True)
        old = await last(draft, number, revision)
        plan = act(old.plan)
        if plan == old.plan:
            return old
        await write(draft, old, plan)
        if not old.waits:
            await ask_anew(draft, old.plan, plan, by=by, now=now)
        await journal.note("edit_clauses", consultation=draft.id, by=by.id, now=now, version=number)
    return msgspec.structs.replace(old, plan=plan, revision=old.revision + 1, undo=True)


async def undo(slug: str, number: int, *, revision: int, by: Person, now: datetime.datetime) -> None:
    """Takes the last change back; doing it twice brings it again. Questions at clauses that are gone do not come back by themselves."""
    async with DB.transaction():
        draft = await consultations.editing(slug, by=by, now=now, only_questions=True)
        old = await last(draft, number, revision)
        row = await Row.select(Row.before).where(here(draft, number)).first()
        if row and row["before"]:
            plan = msgspec.json.decode(row["before"], type=Plan)
            await write(draft, old, plan)
            if not old.waits:
                await ask_anew(draft, old.plan, plan, by=by, now=now)
            await journal.note("undo_clauses", consultation=draft.id, by=by.id, now=now, version=number)


async def accept(slug: str, number: int, *, revision: int, by: Person, now: datetime.datetime) -> Version:
    """Residents read this version from now on, and are asked at its clauses under the same names."""
    async with DB.transaction():
        draft = await consultations.editing(slug, by=by, now=now, only_questions=True)
        waiting = await last(draft, number, revision)
        before = await current(draft)
        if not waiting.waits:
            return waiting
        await Row.update({Row.accepted_at: now, Row.before: None}).where(here(draft, number))
        if before:
            await ask_anew(draft, before.plan, waiting.plan, by=by, now=now)
        await journal.note("accept_plan", consultation=draft.id, by=by.id, now=now, version=number)
    return msgspec.structs.replace(waiting, accepted_at=now)


async def discard(slug: str, number: int, *, revision: int, by: Person, now: datetime.datetime) -> None:
    """A version that waits goes; an accepted one stays."""
    async with DB.transaction():
        draft = await consultations.editing(slug, by=by, now=now, only_questions=True)
        if (await last(draft, number, revision)).waits:
            await Row.delete().where(here(draft, number))
            await journal.note("discard_plan", consultation=draft.id, by=by.id, now=now, version=number)


async def last(consultation: Consultation, number: int, revision: int) -> Version:
    """Raises Conflict where it is no longer the last version, or has been changed since."""
    known = await versions(consultation)
    if not known:
        raise NotFound(NO_SUCH_VERSION)
    if (known[-1].number, known[-1].revision) != (number, revision):
        raise Conflict(CHANGED_MEANWHILE)
    return known[-1]


async def write(consultation: Consultation, old: Version, plan: Plan) -> None:
    content: dict[Any, Any] = {Row.content: encoded(plan), Row.before: encoded(old.plan), Row.revision: old.revision + 1}
    await Row.update(content).where(here(consultation, old.number))


async def ask_anew(consultation: Consultation, old: Plan, new: Plan, *, by: Person, now: datetime.datetime) -> None:
    """A new version of the questionnaire where its questions at clauses say something else now."""
    questionnaire = await questionnaires.questionnaire(consultation)
    fresh = refreshed(questionnaire, old, new)
    if fresh != questionnaire:
        await consultations.save_questionnaire(consultation, fresh, by=by, now=now, verb="follow_plan")


def here(consultation: Consultation, number: int) -> Any:
    return (Row.consultation == UUID(consultation.id)) & (Row.number == number)


def columns(made: Version) -> dict[Any, Any]:
    return {
        Row.number: made.number, Row.content: encoded(made.plan), Row.revision: made.revision, Row.source: made.source,
        Row.document: UUID(made.document) if made.document else None, Row.made_at: made.made_at, Row.accepted_at: made.accepted_at,
    }  # fmt: skip


def encoded(plan: Plan) -> str:
    return msgspec.json.encode(plan).decode()


def from_row(row: dict[str, Any]) -> Version:
    return Version(
        row["number"], msgspec.json.decode(row["content"], type=Plan), row["revision"], row["source"], str(row["document"]) if row["document"] else None,
        row["made_at"], row["accepted_at"], undo=row["before"] is not None,
    )  # fmt: skip
