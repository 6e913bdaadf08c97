"""What one official tells another about a draft, at a question or at the whole."""

import datetime
from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from msgspec import Struct
from piccolo.query.functions.aggregate import Count

from server.database import DB
from server.store import journal
from server.store.journal import full_names
from server.tables import Comment
from surveys.problems import NO_SUCH_REMARK, TOO_LONG, NotFound, Problem
from surveys.refusals import COMMENT_NEEDED

LONGEST = 2000


class Remark(Struct, frozen=True):
    """`question` is '' where it concerns the whole. `answers` follow it, oldest first; `resolved_by` dealt with it at `resolved_at`."""

    id: str
    question: str
    text: str
    who: str
    at: datetime.datetime
    resolved: bool
    answers: tuple["Remark", ...] = ()
    resolved_by: str = ""
    resolved_at: datetime.datetime | None = None


def wrong_comment(text: str, *, where: str) -> list[Problem]:
    """What is wrong with a comment that was typed in the field `where`."""
    if not text.strip():
        return [Problem(COMMENT_NEEDED, where)]
    if len(text) > LONGEST:
        return [Problem(TOO_LONG, where, {"given": len(text), "high": LONGEST})]
    return []


async def comment(text: str, *, consultation: str, question: str, by: str, now: datetime.datetime) -> None:
    async with DB.transaction():
        await insert(text, consultation=consultation, question=question, by=by, now=now, parent=None)
        await journal.note("comment", consultation=consultation, by=by, now=now, question=question)


async def reply(remark: str, text: str, *, consultation: str, by: str, now: datetime.datetime) -> str:
    """An answer within the thread of a remark; gives its question. Raises NotFound where this consultation has no such thread."""
    begun = await thread(remark, consultation)
    async with DB.transaction():
        await insert(text, consultation=consultation, question=begun["question"], by=by, now=now, parent=begun["id"])
        await journal.note("answer_comment", consultation=consultation, by=by, now=now, question=begun["question"])
    return str(begun["question"])


async def insert(text: str, *, consultation: str, question: str, by: str, now: datetime.datetime, parent: UUID | None) -> None:
    await Comment.insert(Comment({
        Comment.id: uuid4(), Comment.consultation: UUID(consultation), Comment.person: UUID(by), Comment.question: question,
        Comment.text: text, Comment.at: now, Comment.resolved: False, Comment.parent: parent,
    }))  # fmt: skip


async def remarks(consultation: str) -> list[Remark]:
    """The threads of a consultation, oldest first."""
    rows = await Comment.select().where(Comment.consultation == UUID(consultation)).order_by(Comment.at)
    names = await full_names([person for row in rows for person in (row["person"], row["resolved_by"]) if person])
    answers: dict[UUID, list[Remark]] = {}
    for row in rows:
        if row["parent"]:
            answers.setdefault(row["parent"], []).append(remark_of(row, names, []))
    return [remark_of(row, names, answers.get(row["id"], [])) for row in rows if not row["parent"]]


def remark_of(row: dict[str, Any], names: dict[UUID, str], answers: Sequence[Remark]) -> Remark:
    return Remark(
        str(row["id"]), row["question"], row["text"], names.get(row["person"], ""), row["at"], row["resolved"], tuple(answers),
        names.get(row["resolved_by"], ""), row["resolved_at"],
    )  # fmt: skip


async def resolve(remark: str, *, consultation: str, by: str, now: datetime.datetime, resolved: bool = True) -> str:
    """Marks a thread as dealt with, or takes that back; gives its question. Raises NotFound where this consultation has no such thread."""
    begun = await thread(remark, consultation)
    if begun["resolved"] != resolved:
        who, at = (UUID(by), now) if resolved else (None, None)
        async with DB.transaction():
            await Comment.update({Comment.resolved: resolved, Comment.resolved_by: who, Comment.resolved_at: at}).where(Comment.id == begun["id"])
            await journal.note("resolve_comment" if resolved else "reopen_comment", consultation=consultation, by=by, now=now, question=begun["question"])
    return str(begun["question"])


async def thread(remark: str, consultation: str) -> dict[str, Any]:
    try:
        row = await Comment.select().where((Comment.id == UUID(remark)) & (Comment.consultation == UUID(consultation)) & Comment.parent.is_null()).first()
    except ValueError:
        row = None
    if row is None:
        raise NotFound(NO_SUCH_REMARK)
    return row


async def unresolved(consultation: str) -> int:
    """How many still wait for an answer in the draft."""
    return int(await Comment.count().where((Comment.consultation == UUID(consultation)) & Comment.resolved.eq(False) & Comment.parent.is_null()))


async def waiting(consultation: str) -> dict[str, int]:
    """How many wait, by question."""
    where = (Comment.consultation == UUID(consultation)) & Comment.resolved.eq(False) & Comment.parent.is_null()
    rows = await Comment.select(Comment.question, Count()).where(where).group_by(Comment.question)
    return {row["question"]: row["count"] for row in rows}
