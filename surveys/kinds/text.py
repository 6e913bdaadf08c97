"""Own words, words to read, a yes to them, and what is worked out from answers."""

from typing import Any, ClassVar

from surveys import problems
from surveys.kinds.kind import LONGEST, Column, Kind, Reading, Text, Value, say
from surveys.language import number_words
from surveys.problems import Problem
from surveys.reading import clean

CONSENT_LABEL: Text = {"vi": "Đồng ý", "en": "I agree"}


class OpenText(Kind, frozen=True, tag="text"):
    """Words of the respondent's own, on one line or several (`long`), at most `longest` characters."""

    long: bool = False
    longest: int = LONGEST

    def read(self, raw: Any) -> Reading:
        if not isinstance(raw, str):
            return Problem(problems.WRONG_SHAPE)
        text = clean(raw)
        if len(text) > self.longest:
            return Problem(problems.TOO_LONG, given={"given": len(text), "high": self.longest})
        return text

    def columns(self, name: str) -> list[Column]:
        return [Column(name, "text")]


class Note(Kind, frozen=True, tag="note"):
    """Something to read; it is not answered."""

    asks: ClassVar[bool] = False


class Consent(Kind, frozen=True, tag="consent"):
    """An explicit yes, never pre-ticked. Stored as True; anything else is no answer."""

    def read(self, raw: Any) -> Reading:
        return True if raw is True or raw in ("true", "yes", "1", "on") else Problem(problems.NOT_CONSENTED)

    def columns(self, name: str) -> list[Column]:
        return [Column(name, "flag")]

    def cells(self, name: str, value: Value) -> dict[str, Any]:
        return {name: 1}

    def words(self, value: Value, language: str) -> str:
        return say(CONSENT_LABEL, language)

    def to_form(self, name: str, raw: Any) -> dict[str, list[str]]:
        return {name: ["true" if raw is True else str(raw)]}


class Calculation(Kind, frozen=True, tag="calculation"):
    """A number worked out from earlier answers (calculations.py), in `unit`, printed with `decimals`. Nobody is asked.

    Conditions and texts after it may use it. Stored under its name where it could be worked out.
    """

    asks: ClassVar[bool] = False
    expression: Any
    decimals: int = 0
    unit: Text = {}

    def columns(self, name: str) -> list[Column]:
        return [Column(name, "number")]

    def words(self, value: Value, language: str) -> str:
        return f"{number_words(value, language, decimals=self.decimals)} {say(self.unit, language)}".strip()
