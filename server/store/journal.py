"""What officials did and what the clock did: one line an act. Never answers, codes or receipts."""

import datetime
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct

from server.tables import Event, Person

PAGE = 50


class Entry(Struct, frozen=True):
    """One act. `who` is '' where the clock did it; `detail` holds what the act changed, by field."""

    id: int
    verb: str
    at: datetime.datetime
    who: str
    detail: dict[str, Any]


async def note(verb: str, *, consultation: str | None, by: str | None, now: datetime.datetime, **detail: Any) -> None:
    """Joins the transaction of the act it notes."""
    row = Event({Event.consultation: consultation and UUID(consultation), Event.person: by and UUID(by), Event.verb: verb, Event.at: now})
    row.detail = msgspec.json.encode(detail).decode()
    await Event.insert(row)


async def entries(consultation: str, *, before: int | None = None) -> list[Entry]:
    """A page of the journal of a consultation, latest act first, older than the entry `before`."""
    query = Event.select(Event.id, Event.verb, Event.at, Event.person, Event.detail).where(Event.consultation == UUID(consultation))
    if before is not None:
        query = query.where(Event.id < before)
    rows = await query.order_by(Event.id, ascending=False).limit(PAGE).output(load_json=True)
    names = await full_names([row["person"] for row in rows if row["person"]])
    return [Entry(row["id"], row["verb"], row["at"], names.get(row["person"], ""), row["detail"]) for row in rows]


async def full_names(ids: list[UUID]) -> dict[UUID, str]:
    """Names to show for these persons."""
    if not ids:
        return {}
    rows = await Person.select(Person.id, Person.name, Person.full_name).where(Person.id.is_in(list(set(ids))))
    return {row["id"]: row["full_name"] or row["name"] for row in rows}


async def details(verb: str, *, consultation: str) -> list[dict[str, Any]]:
    """What the journal says of each time this was done, latest first."""
    where = (Event.consultation == UUID(consultation)) & (Event.verb == verb)
    rows = await Event.select(Event.detail).where(where).order_by(Event.id, ascending=False).output(load_json=True)
    return [row["detail"] for row in rows]
