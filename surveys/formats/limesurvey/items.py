"""Rows of several tables and languages that are one thing: a group, a question, a subquestion or an answer."""

from collections.abc import Iterable, Iterator

from surveys.formats.limesurvey.document import Document, Row

SHARED = ("type", "title", "preg", "other", "mandatory", "encrypted", "relevance", "assessment_value", "randomization_group", "grelevance", "code")
"""Cells that the old layout repeats in each language's row; one that says otherwise there is found as left."""


class Item:
    """`row` holds what is the same in all languages, `worded` a row a language (in the old layout the same rows)."""

    def __init__(self, row: Row) -> None:
        self.row = row
        self.worded: list[Row] = []

    @property
    def where(self) -> str:
        return self.row.where

    def peek(self, field: str) -> str:
        return self.row.peek(field)

    def take(self, field: str) -> str:
        """The cell, and its copies in the rows of other languages."""
        value = self.row.take(field)
        for row in self.worded:
            if field in SHARED:
                row.take_if(field, value)
        return value

    def take_all(self) -> None:
        for row in (self.row, *self.worded):
            row.take_all()

    def number(self, field: str) -> int:
        text = self.peek(field)
        return int(text) if text.lstrip("-").isdecimal() and len(text) < 10 else 0


def items(rows: Iterable[Row], keys: tuple[str, ...], order: str) -> list[Item]:
    """One for all rows that agree in the keys, in the order that a cell of them says."""
    found: dict[tuple[str, ...], Item] = {}
    for row in rows:
        key = tuple(row.peek(name) for name in keys)
        item = found.setdefault(key, Item(row))
        if row.peek("language"):
            item.worded.append(row)
    return sorted(found.values(), key=lambda item: item.number(order))


def worded(found: list[Item], rows: Iterable[Row], key: str) -> list[Item]:
    """With the rows of the newer layout's table of words; rows that belong to nothing are found as left."""
    by_key = {item.peek(key): item for item in found}
    for row in rows:
        if item := by_key.get(row.peek(key)):
            item.worded.append(row)
    return found


def groups(document: Document) -> list[Item]:
    return worded(items(document.rows("groups"), ("gid",), "group_order"), document.rows("group_l10ns"), "gid")


def questions(document: Document) -> list[Item]:
    """Questions and subquestions alike."""
    rows = [*document.rows("questions"), *document.rows("subquestions")]
    return worded(items(rows, ("qid",), "question_order"), document.rows("question_l10ns"), "qid")


def answers(document: Document) -> dict[str, list[Item]]:
    """By question."""
    keys = ("qid", "code", "scale_id")
    found = worded(items(document.rows("answers"), keys, "sortorder"), document.rows("answer_l10ns"), "aid")
    by_question: dict[str, list[Item]] = {}
    for item in found:
        by_question.setdefault(item.peek("qid"), []).append(item)
    return by_question


def attributes(document: Document) -> dict[str, list[Row]]:
    """By question."""
    found: dict[str, list[Row]] = {}
    for row in document.rows("question_attributes"):
        found.setdefault(row.peek("qid"), []).append(row)
    return found


def of_group(found: Iterable[Item], gid: str) -> Iterator[Item]:
    return (item for item in found if item.peek("gid") == gid and item.peek("parent_qid") in {"", "0"})


def of_question(found: Iterable[Item], qid: str, scale: str = "0") -> list[Item]:
    """Its subquestions: rows, or with scale 1 the columns of a table."""
    return [item for item in found if item.peek("parent_qid") == qid and (item.peek("scale_id") or "0") == scale]
