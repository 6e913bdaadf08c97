"""Agree, disagree, or another opinion: about anything, or about one clause of the draft plan."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from surveys import problems
from surveys.kinds.kind import LONGEST, OTHER, Column, Form, Kind, Option, Reading, Text, Value, first, say
from surveys.problems import Problem
from surveys.reading import clean, is_blank

STANCES = ("agree", "disagree", OTHER)
STANCE_LABELS: Mapping[str, Text] = {
    "agree": {"vi": "Đồng ý", "en": "Agree"},
    "disagree": {"vi": "Không đồng ý", "en": "Disagree"},
    OTHER: {"vi": "Ý kiến khác", "en": "Other opinion"},
}


class Stance(Kind, frozen=True, tag="stance"):
    """Agree, disagree or another opinion in words. Stored as {"stance": …, "text": …}; the text is asked of the third."""

    longest: int = LONGEST

    @property
    def options(self) -> tuple[Option, ...]:
        return tuple(Option(name, STANCE_LABELS[name]) for name in STANCES)

    def read(self, raw: Any) -> Reading:
        if isinstance(raw, str):
            raw = {"stance": raw}
        if not isinstance(raw, dict) or not isinstance(raw.get("text", ""), str | None):
            return Problem(problems.WRONG_SHAPE)
        stance, text = raw.get("stance"), clean(raw.get("text") or "")
        if text and is_blank(stance):
            return Problem(problems.TEXT_WITHOUT_CHOICE)
        if stance not in STANCES:
            return Problem(problems.NOT_AN_OPTION, given={"given": stance})
        if len(text) > self.longest:
            return Problem(problems.TOO_LONG, given={"given": len(text), "high": self.longest})
        if stance == OTHER and not text:
            return Problem(problems.OTHER_WITHOUT_TEXT)
        return {"stance": stance, "text": text} if text else {"stance": stance}

    def columns(self, name: str) -> list[Column]:
        return [Column(name, "choice", STANCES), Column(f"{name}/text", "text")]

    def cells(self, name: str, value: Value) -> dict[str, Any]:
        return {name: value["stance"], f"{name}/text": value.get("text")}

    def words(self, value: Value, language: str) -> str:
        spoken = say(STANCE_LABELS[value["stance"]], language)
        return f"{spoken}: {value['text']}" if value.get("text") else spoken

    def facts(self, name: str, value: Value) -> dict[str, Any]:
        return {name: value["stance"]}

    def fields(self, name: str) -> list[str]:
        return [name, f"{name}/text"]

    def from_form(self, name: str, form: Form) -> Any:
        return {"stance": first(form, name), "text": " ".join(form.get(f"{name}/text", ())).strip()}

    def to_form(self, name: str, raw: Any) -> dict[str, list[str]]:
        given = raw if isinstance(raw, Mapping) else {"stance": raw}
        form = {name: [str(given.get("stance") or "")]}
        return form | {f"{name}/text": [str(given["text"])]} if given.get("text") else form


class Block(Struct, frozen=True, omit_defaults=True):
    """A paragraph of a plan, or a table of it by rows of cells."""

    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


class Clause(Stance, frozen=True, tag="clause"):
    """The same three, about one clause of the draft plan, which stands in `body` as it was when it was asked about.

    `clause` is the plan's stable id of it, `number` how it is numbered in print (“Điều 5”).
    """

    clause: str = ""
    number: str = ""
    body: tuple[Block, ...] = ()

    def numbered(self, label: Text) -> Text:
        """The label behind the clause's number, which stands there once."""
        if not self.number:
            return label
        return {language: words if words.startswith(self.number) else f"{self.number}. {words}" for language, words in label.items()} or {"vi": self.number}
