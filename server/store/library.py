"""What a unit keeps to begin with again: whole questionnaires and blocks of questions. No other unit ever sees them."""

import datetime
from typing import Literal
from uuid import UUID, uuid4

import msgspec
from msgspec import Struct

from server.database import DB
from server.store import journal
from server.tables import LibraryItem as Row
from surveys import blocks, library
from surveys.advice.length import minutes
from surveys.blocks import Block
from surveys.consultation import Consultation, Person, Role
from surveys.library import Entry
from surveys.problems import NO_SUCH_ITEM, NotAllowed, NotFound
from surveys.questionnaire import Questionnaire
from surveys.refusals import NOT_YOUR_RIGHT

Kind = Literal["questionnaire", "block"]
LISTED = (Row.id, Row.kind, Row.name, Row.questions, Row.minutes, Row.person, Row.made_at, Row.removed_at)


class Item(Struct, frozen=True):
    """A line of the list. `removed`: it can come back."""

    id: str
    kind: Kind
    name: str
    questions: int
    minutes: int
    who: str
    made_at: datetime.datetime
    removed: bool


async def items(unit: str) -> list[Item]:
    """All of a unit, latest first, those that were taken off among them."""
    rows = await Row.select(*LISTED).where(Row.unit == unit).order_by(Row.made_at, ascending=False).order_by(Row.id)
    names = await journal.full_names([row["person"] for row in rows])
    return [
        Item(str(row["id"]), row["kind"], row["name"], row["questions"], row["minutes"], names.get(row["person"], ""), row["made_at"], bool(row["removed_at"]))
        for row in rows
    ]


async def any_entry(key: str, *, unit: str) -> Entry:
    """One of those that everybody has, or of the unit's own. Raises NotFound."""
    return library.entry(key) if key in library.KEYS else await entry(key, unit=unit)


async def any_block(key: str, *, unit: str) -> Block:
    return blocks.block(key) if key in blocks.KEYS else await block(key, unit=unit)


async def entry(item: str, *, unit: str) -> Entry:
    """A whole questionnaire under the name that the unit gave it. Raises NotFound."""
    name, content = await content_of(item, unit=unit, kind="questionnaire")
    return msgspec.structs.replace(msgspec.json.decode(content, type=Entry), key=item, name=name)


async def block(item: str, *, unit: str) -> Block:
    """Raises NotFound."""
    name, content = await content_of(item, unit=unit, kind="block")
    return msgspec.structs.replace(msgspec.json.decode(content, type=Block), key=item, name={"vi": name})


async def content_of(item: str, *, unit: str, kind: Kind) -> tuple[str, str]:
    row = await Row.select(Row.name, Row.content).where((Row.id == uuid_of(item)) & (Row.unit == unit) & (Row.kind == kind)).first()
    if row is None:
        raise NotFound(NO_SUCH_ITEM)
    return row["name"], row["content"]


def uuid_of(item: str) -> UUID:
    try:
        return UUID(item)
    except ValueError:
        raise NotFound(NO_SUCH_ITEM) from None


async def keep(content: Entry | Block, *, name: str, consultation: Consultation, by: Person, now: datetime.datetime) -> str:
    """Puts it on the list of the person's unit; gives its id."""
    may_keep(by)
    key, kind = uuid4(), "block" if isinstance(content, Block) else "questionnaire"
    asked: Questionnaire = content.questionnaire
    async with DB.transaction():
        await Row.insert(Row({
            Row.id: key, Row.unit: by.unit, Row.kind: kind, Row.name: name, Row.minutes: minutes(asked), Row.content: msgspec.json.encode(content).decode(),
            Row.questions: sum(question.kind.asks for question in asked.questions()), Row.person: UUID(by.id), Row.made_at: now, Row.removed_at: None,
        }))  # fmt: skip
        await journal.note("keep_in_library", consultation=consultation.id, by=by.id, now=now, name=name)
    return str(key)


async def rename(item: str, name: str, *, by: Person, now: datetime.datetime) -> None:
    await change(item, {Row.name: name}, "rename_in_library", by=by, now=now, name=name)


async def remove(item: str, *, by: Person, now: datetime.datetime) -> None:
    """Takes it off the list; consultations that began with it are their own by now."""
    await change(item, {Row.removed_at: now}, "remove_from_library", by=by, now=now)


async def restore(item: str, *, by: Person, now: datetime.datetime) -> None:
    await change(item, {Row.removed_at: None}, "restore_in_library", by=by, now=now)


async def change(item: str, fields: dict[object, object], verb: str, *, by: Person, now: datetime.datetime, **detail: str) -> None:
    """Raises NotFound for another unit's."""
    ours = (Row.id == uuid_of(item)) & (Row.unit == by.unit)
    async with DB.transaction():
        if not await Row.exists().where(ours):
            raise NotFound(NO_SUCH_ITEM)
        may_keep(by)
        await Row.update(fields).where(ours)  # type: ignore[arg-type]
        await journal.note(verb, consultation=None, by=by.id, now=now, item=item, **detail)


def may_keep(person: Person) -> None:
    if Role.AUTHOR not in person.roles:
        raise NotAllowed(NOT_YOUR_RIGHT)
