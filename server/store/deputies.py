"""Deputies: who approves in an absent approver's place, and on which days."""

import datetime
import uuid

from msgspec import Struct

from server.database import DB
from server.store import journal
from server.tables import Deputy as Deputies


class Deputy(Struct, frozen=True, kw_only=True):
    """`name` approves in the place of `absent`, both days included."""

    id: str
    person: str
    absent: str
    deputy: str
    name: str
    starts_on: datetime.date
    ends_on: datetime.date


async def add(person_id: str, *, deputy: str, starts_on: datetime.date, ends_on: datetime.date, now: datetime.datetime) -> None:
    """Whether it may be is surveys.people.check_deputy's to say, before."""
    async with DB.transaction():
        await Deputies.insert(Deputies(id=uuid.uuid4(), person=uuid.UUID(person_id), deputy=uuid.UUID(deputy), starts_on=starts_on, ends_on=ends_on))
        await journal.note("deputy_named", consultation=None, by=person_id, now=now, deputy=deputy, starts_on=starts_on, ends_on=ends_on)


async def end(deputy_id: uuid.UUID, *, person_id: str, now: datetime.datetime) -> None:
    """Ends it now: the day that has begun is taken back too. Only by whom it stands in for; nothing to do where it is gone."""
    async with DB.transaction():
        row = await Deputies.delete().where((Deputies.id == deputy_id) & (Deputies.person == uuid.UUID(person_id))).returning(Deputies.deputy)
        if row:
            await journal.note("deputy_ended", consultation=None, by=person_id, now=now, deputy=str(row[0]["deputy"]))


async def current(unit: str, *, today: datetime.date) -> list[Deputy]:
    """Today's and coming deputies within a unit, the soonest first."""
    async with DB.connection() as connection:
        rows = await connection.fetch(
            """SELECT d.id, d.person, a.full_name AS absent, d.deputy, p.full_name AS name, d.starts_on, d.ends_on
               FROM deputy d JOIN person a ON a.id = d.person JOIN person p ON p.id = d.deputy
               WHERE a.unit = $1 AND d.ends_on >= $2 ORDER BY d.starts_on, p.full_name""",
            unit, today,
        )  # fmt: skip
    return [
        Deputy(
            id=str(row["id"]), person=str(row["person"]), absent=row["absent"], deputy=str(row["deputy"]), name=row["name"],
            starts_on=row["starts_on"], ends_on=row["ends_on"],
        )
        for row in rows
    ]  # fmt: skip
