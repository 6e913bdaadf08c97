"""A survey while it is being read: its words, its attributes, what was said lost, and where each answer is found."""

import re
from collections.abc import Container, Iterable
from itertools import chain, count
from typing import Any

from surveys.formats import codes
from surveys.formats.comparing import Variable
from surveys.formats.limesurvey import items
from surveys.formats.limesurvey.document import Document, Row
from surveys.formats.limesurvey.items import Item
from surveys.formats.limesurvey.script import INSERT, inserted
from surveys.formats.plain import plain
from surveys.kinds import Text
from surveys.problems import Code, Problem

NOT_IN_NAMES = re.compile(r"[^\w.-]")


class Form:
    """`places` by every name that expressions may call an answer; filled before any condition or text is read."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.groups = items.groups(document)
        self.questions = items.questions(document)
        self.answers = items.answers(document)
        self.attributes = items.attributes(document)
        self.losses: list[Problem] = []
        self.places: dict[str, Variable] = {}
        self.names: set[str] = set()
        self.sid = next((row.peek("sid") for row in document.rows("surveys")), "")

    @property
    def languages(self) -> tuple[str, ...]:
        return self.document.languages

    def note(self, where: str, code: Code, **given: Any) -> None:
        self.losses.append(Problem(code, where, given))

    def text(self, item: Item, field: str, name: str) -> Text:
        """The words of this field in every language, without mark-up; what cannot stand in a text is said lost."""
        found: dict[str, str] = {}
        for row in item.worded:
            if written := row.take(field):
                found.setdefault(row.peek("language"), self.words(written, row.where, name))
        if not item.worded and (written := item.row.take(field)):
            found[self.languages[0]] = self.words(written, item.where, name)
        return {language: found[language] for language in sorted(found, key=self.place_of) if found[language]}

    def place_of(self, language: str) -> int:
        return self.languages.index(language) if language in self.languages else len(self.languages)

    def words(self, written: str, where: str, name: str) -> str:
        words, things = plain(written)
        if things:
            self.note(where, codes.LOST_MARKUP, name=name, given=list(dict.fromkeys(things)))
        left: list[str] = []
        words = INSERT.sub(lambda found: self.insert(found[1], left), words)
        if left:
            self.note(where, codes.LOST_INSERT, name=name, given=list(dict.fromkeys(left)))
        return words

    def insert(self, expression: str, left: list[str]) -> str:
        """An answer that stands in the text; anything else worked out there is “…”."""
        name = inserted(expression, self.places)
        if name is None or "/" in name:
            left.append(expression)
            return "…"
        return f"${{{name}}}"

    def attributes_of(self, qid: str) -> "Attributes":
        return Attributes(self.attributes.get(qid, []), self.languages)


class Attributes:
    """What is set beside one question. An attribute that nobody takes is found as left."""

    def __init__(self, rows: Iterable[Row], languages: tuple[str, ...]) -> None:
        self.rows: dict[str, list[Row]] = {}
        self.languages = languages
        for row in rows:
            self.rows.setdefault(row.peek("attribute"), []).append(row)

    def peek(self, name: str) -> str:
        return next((row.peek("value") for row in self.rows.get(name, []) if row.peek("value")), "")

    def take(self, name: str) -> str:
        """Its value, in whatever language."""
        for row in self.rows.get(name, []):
            if value := row.peek("value"):
                row.take_all()
                return value
        return ""

    def whole(self, name: str) -> int | None:
        """Its value where it is a whole number; else it is left."""
        text = self.peek(name)
        return int(self.take(name)) if re.fullmatch(r"-?\d{1,15}", text) else None

    def number(self, name: str) -> float | None:
        text = self.peek(name)
        return float(self.take(name)) if re.fullmatch(r"-?\d{1,15}(\.\d{1,9})?", text) else None

    def is_on(self, name: str) -> bool:
        if self.peek(name) in {"1", "Y"}:
            self.take(name)
            return True
        return False

    def text(self, name: str, form: Form, question: str) -> Text:
        found: dict[str, str] = {}
        for row in self.rows.get(name, []):
            if value := row.peek("value"):
                row.take_all()
                found.setdefault(row.peek("language") or form.languages[0], form.words(value, row.where, question))
        return found


def clean_name(name: str, taken: Container[str]) -> str:
    """A name of ours as near to this one as may be, and not among those that are taken."""
    clean = NOT_IN_NAMES.sub("_", name) or "q"
    clean = clean if clean[0].isalpha() else f"q_{clean}"
    return next(found for found in chain([clean], (f"{clean}_{number}" for number in count(2))) if found not in taken)
