"""What one official tells another about a draft, at a question or at the whole."""

import datetime
from uuid import UUID, uuid4

from msgspec import Struct
from piccolo.query.functions.aggregate import Count

from server.store.journal import full_names
from server.tables import Comment
from surveys.problems import NO_SUCH_REMARK, TOO_LONG, NotFound, Problem
from surveys.refusals import COMMENT_NEEDED

LONGEST = 2000


class Remark(Struct, frozen=True):
    """`question` is '' where it concerns the whole."""

    id: str
    question: str
    text: str
    who: str
    at: datetime.datetime
    resolved: bool


def wrong_comment(text: str, *, where: str) -> list[Problem]:
    """What is wrong with a comment that was typed in the field `where`."""
    if not text.strip():
        return [Problem(COMMENT_NEEDED, where)]
    if len(text) > LONGEST:
        return [Problem(TOO_LONG, where, {"given": len(text), "high": LONGEST})]
    return []


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
    """Marks as dealt with, or takes that back. Raises NotFound where this consultation has no such remark."""
    try:
        wanted = UUID(remark)
    except ValueError:
        raise NotFound(NO_SUCH_REMARK) from None
    ours = (Comment.id == wanted) & (Comment.consultation == UUID(consultation))
    if not await Comment.update({Comment.resolved: resolved}).where(ours).returning(Comment.id):
        raise NotFound(NO_SUCH_REMARK)


async def unresolved(consultation: str) -> int:
    """How many still wait for an answer in the draft."""
    return int(await Comment.count().where((Comment.consultation == UUID(consultation)) & (Comment.resolved.eq(False))))


async def waiting(consultation: str) -> dict[str, int]:
    """How many wait, by question."""
    where = (Comment.consultation == UUID(consultation)) & (Comment.resolved.eq(False))
    rows = await Comment.select(Comment.question, Count()).where(where).group_by(Comment.question)
    return {row["question"]: row["count"] for row in rows}
