"""A draft plan carried to a copy of its consultation, and what a change of something open brings back. Within the caller's transaction."""

import datetime
from uuid import UUID

from server.tables import Document
from server.tables import PlanVersion as Row


async def accepted(consultation: str) -> Row | None:
    """The row of the version that residents read."""
    return await Row.objects().where((Row.consultation == UUID(consultation)) & Row.accepted_at.is_not_null()).order_by(Row.number, ascending=False).first()


async def copy(original: str, to: str) -> None:
    """The copy begins with the version that the original has; the file stays with the original."""
    found = await accepted(original)
    if found:
        await insert(found, to=to, number=found.number, accepted_at=found.accepted_at)


async def differ(revision: str, original: str) -> bool:
    """Whether residents would read other clauses."""
    theirs, ours = await accepted(revision), await accepted(original)
    return theirs is not None and (ours is None or theirs.content != ours.content)


async def bring_back(revision: str, original: str, *, now: datetime.datetime) -> None:
    """The revision's clauses become the original's next version, where they differ, and its files come along."""
    theirs, ours = await accepted(revision), await accepted(original)
    if theirs is None or not await differ(revision, original):
        return
    last = await Document.select(Document.position).where(Document.consultation == UUID(original)).order_by(Document.position, ascending=False).first()
    place = last["position"] + 1 if last else 0
    await Document.update({Document.consultation: UUID(original), Document.position: Document.position + place}).where(Document.consultation == UUID(revision))
    await Row.delete().where((Row.consultation == UUID(original)) & Row.accepted_at.is_null())
    await insert(theirs, to=original, number=ours.number + 1 if ours else 1, accepted_at=now, document=theirs.document)


async def insert(found: Row, *, to: str, number: int, accepted_at: datetime.datetime, document: UUID | None = None) -> None:
    await Row.insert(Row({
        Row.consultation: UUID(to), Row.number: number, Row.content: found.content, Row.revision: 1, Row.source: found.source, Row.document: document,
        Row.made_at: found.made_at, Row.accepted_at: accepted_at,
    }))  # fmt: skip
