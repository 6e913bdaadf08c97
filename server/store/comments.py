"""What one official tells another about a draft, at a question or at the whole."""

import datetime
from uuid import UUID, uuid4

from msgspec import Struct

from server.store.journal import full_names
from server.tables import Comment


class Remark(Struct, frozen=True):
    """`question` is '' where it concerns the whole."""

    id: str
    question: str
    text: str
    who: str
    at: datetime.datetime
    resolved: bool


async def comment(text: str, *, consultation: str, question: str, by: str, now: datetime.datetime) -> None:
    await Comment.insert(Comment({
        Comment.id: uuid4(), Comment.consultation: UUID(consultation), Comment.person: UUID(by), Comment.question: question,
        Comment.text: text, Comment.at: now, Comment.resolved: False,
    }))  # fmt: skip


async def remarks(consultation: str) -> list[Remark]:
    """All of a consultation, oldest first."""
    rows = await Comment.select().where(Comment.consultation == UUID(consultation)).order_by(Comment.at)
    names = await full_names([row["person"] for row in rows])
    return [Remark(str(row["id"]), row["question"], row["text"], names.get(row["person"], ""), row["at"], row["resolved"]) for row in rows]


async def resolve(remark: str, *, consultation: str, resolved: bool = True) -> None:
    """Marks as dealt with, or takes that back; nothing where there is no such remark."""
    await Comment.update({Comment.resolved: resolved}).where((Comment.id == UUID(remark)) & (Comment.consultation == UUID(consultation)))


async def unresolved(consultation: str) -> int:
    """How many still wait for an answer in the draft."""
    return await Comment.count().where((Comment.consultation == UUID(consultation)) & (Comment.resolved.eq(False)))
