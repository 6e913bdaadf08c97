"""Totals that a channel's owner counted elsewhere: hands at a meeting, calls to a hotline. They stand apart from single answers."""

import datetime
from uuid import UUID, uuid4

import msgspec

from server.database import DB
from server.store import journal
from server.tables import ChannelTotal
from surveys.channels import Total
from surveys.consultation import Channel, Person
from surveys.problems import NO_SUCH_CONSULTATION, NotFound


async def listed(consultation: str) -> list[Total]:
    """Oldest day first."""
    query = ChannelTotal.select().where(ChannelTotal.consultation == UUID(consultation))
    rows = await query.order_by(ChannelTotal.held_on).order_by(ChannelTotal.id).output(load_json=True)
    fields = ("owner", "village", "held_on", "people", "counts")
    return [Total(id=str(row["id"]), channel=Channel(row["channel"]), **{field: row[field] for field in fields}) for row in rows]


async def add(consultation: str, total: Total, *, by: Person, now: datetime.datetime) -> None:
    async with DB.transaction():
        row = ChannelTotal({ChannelTotal.id: uuid4(), ChannelTotal.consultation: UUID(consultation), ChannelTotal.entered_by: UUID(by.id)})
        for field in ("owner", "village", "held_on", "people"):
            setattr(row, field, getattr(total, field))
        row.channel, row.counts = total.channel.value, msgspec.json.encode(total.counts).decode()
        await ChannelTotal.insert(row)
        await journal.note("add_total", consultation=consultation, by=by.id, now=now, channel=total.channel, people=total.people)


async def remove(consultation: str, total: UUID, *, by: Person, now: datetime.datetime) -> None:
    """Raises NotFound where this consultation has no such total."""
    async with DB.transaction():
        ours = (ChannelTotal.consultation == UUID(consultation)) & (ChannelTotal.id == total)
        gone = await ChannelTotal.delete().where(ours).returning(ChannelTotal.channel, ChannelTotal.people)
        if not gone:
            raise NotFound(NO_SUCH_CONSULTATION)
        await journal.note("remove_total", consultation=consultation, by=by.id, now=now, **gone[0])
