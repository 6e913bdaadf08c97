"""Versions of a draft's questionnaire as several officials write them: saved, brought together, taken back."""

import datetime
from uuid import UUID

from msgspec import Struct

from server.database import DB
from server.store import consultations, journal, questionnaires
from server.tables import Edit as Row
from surveys import undoing
from surveys.consultation import Consultation, Person
from surveys.merging import Clash, merge
from surveys.problems import CHANGED_MEANWHILE, NOTHING_TO_UNDO, UNDO_OVERTAKEN, Conflict, NotFound
from surveys.questionnaire import Questionnaire
from surveys.undoing import Edit, Step

MOST_EDITS = 1000
"""The latest ones, which undo looks at."""

KEPT_FOR = datetime.timedelta(hours=14)
"""How long a version within a step stays: longer than a session, so that whoever still has it open can be merged."""


class Saved(Struct, frozen=True):
    """The draft after a save. With clashes nothing was written, and `questionnaire` is both brought together, the other's words where they clash.

    `who` wrote a version since the one that this save began from; '' where nobody else did.
    """

    consultation: Consultation
    questionnaire: Questionnaire
    clashes: tuple[Clash, ...] = ()
    who: str = ""


async def save(
    slug: str,
    mine: Questionnaire,
    *,
    since: int,
    by: Person,
    now: datetime.datetime,
    part: str = "",
    verb: str = "edit_questions",
    act: str = "edit",
    of: int | None = None,
) -> Saved:
    """What `mine` changed since the version `since`, upon the latest. `part` is the question or section that was written in.

    Raises Conflict where that version is not kept any more.
    """
    async with DB.transaction():
        current = await consultations.editing(slug, by=by, now=now, only_questions=True)
        latest = await questionnaires.questionnaire(current)
        merged = merge(await version(current, since), mine, latest)
        who = await others_since(current.id, since, by) if since != current.version else ""
        if merged.clashes or merged.questionnaire == latest:
            return Saved(current, merged.questionnaire, merged.clashes, who)
        edit = Edit(current.version + 1, by.id, now, part, act, of)  # type: ignore[arg-type]
        changed = await consultations.write_version(current, merged.questionnaire, now=now)
        if not await goes_on(changed.id, edit):
            await journal.note(verb, consultation=changed.id, by=by.id, now=now, version=changed.version)
            await forget(changed.id, now)
        await note(changed.id, edit)
    questionnaires.remember(changed, merged.questionnaire)
    return Saved(changed, merged.questionnaire, who=who)


async def version(consultation: Consultation, number: int) -> Questionnaire:
    if not 1 <= number <= consultation.version:
        raise Conflict(CHANGED_MEANWHILE)
    try:
        return await questionnaires.questionnaire(consultation, version=number)
    except NotFound:
        raise Conflict(CHANGED_MEANWHILE) from None


async def others_since(consultation: str, since: int, by: Person) -> str:
    """The name of who wrote the latest version since then, if that was somebody else."""
    where = (Row.consultation == UUID(consultation)) & (Row.version > since) & (Row.person != UUID(by.id))
    row = await Row.select(Row.person).where(where).order_by(Row.version, ascending=False).first()
    return (await journal.full_names([row["person"]])).get(row["person"], "") if row else ""


async def goes_on(consultation: str, edit: Edit) -> bool:
    """Whether the version before was the same person's, at the same place, a moment ago: both are one step."""
    row = await Row.select().where((Row.consultation == UUID(consultation)) & (Row.version == edit.version - 1)).first()
    return row is not None and undoing.follows(edit, from_row(row))


async def note(consultation: str, edit: Edit) -> None:
    await Row.insert(Row({
        Row.consultation: UUID(consultation), Row.version: edit.version, Row.person: UUID(edit.person), Row.part: edit.part, Row.act: edit.act,
        Row.of: edit.of, Row.at: edit.at,
    }))  # fmt: skip


async def edits(consultation: str) -> list[Edit]:
    """The latest ones, newest first."""
    rows = await Row.select().where(Row.consultation == UUID(consultation)).order_by(Row.version, ascending=False).limit(MOST_EDITS)
    return [from_row(row) for row in rows]


def from_row(row: dict[str, object]) -> Edit:
    return Edit(row["version"], str(row["person"]), row["at"], row["part"], row["act"], row["of"])  # type: ignore[arg-type]


async def stacks(consultation: Consultation, person: Person) -> tuple[list[Step], list[Step]]:
    """What this person can undo and redo, the next one last."""
    return undoing.stacks(await edits(consultation.id), person.id)


async def undo(slug: str, *, by: Person, now: datetime.datetime, redo: bool = False) -> Saved:
    """Takes back this person's latest step, or brings back what they took back last. Raises Conflict where others have gone on from there."""
    consultation = await consultations.to_edit(by, slug, now)
    step = next(iter((await stacks(consultation, by))[redo][-1:]), None)
    if step is None:
        raise Conflict(NOTHING_TO_UNDO)
    before = await version(consultation, step.first - 1)
    act = "redo" if redo else "undo"
    saved = await save(slug, before, since=step.last, by=by, now=now, verb=act, act=act, of=step.last)
    if saved.clashes:
        raise Conflict(UNDO_OVERTAKEN)
    return saved


async def forget(consultation: str, now: datetime.datetime) -> None:
    """Drops versions within steps, which nobody can go back to, once no page can still have them open; never one that was submitted."""
    old = [edit for edit in await edits(consultation) if edit.at < now - KEPT_FOR]
    versions = undoing.within_steps(old)
    if not versions:
        return
    async with DB.connection() as connection:
        await connection.execute(
            "DELETE FROM questionnaire WHERE consultation = $1 AND version = ANY($2::int[]) AND NOT EXISTS ("
            "SELECT 1 FROM event WHERE event.consultation = $1 AND verb = 'submit' AND (detail ->> 'version')::int = questionnaire.version)",
            UUID(consultation), versions,
        )  # fmt: skip
