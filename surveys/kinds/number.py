"""Numbers: whole, with decimals, and points to divide among options."""

import decimal
import sys
from collections.abc import Mapping
from typing import Any

from msgspec import structs

from surveys import problems
from surveys.kinds.kind import Column, Form, Kind, Option, Reading, Text, Value, first, say
from surveys.language import number_words
from surveys.problems import Problem
from surveys.reading import DECIMAL, INTEGER, is_blank, within


class Integer(Kind, frozen=True, tag="integer"):
    """A whole number from `low` to `high`, in `unit`."""

    low: int | None = None
    high: int | None = None
    unit: Text = {}

    def read(self, raw: Any) -> Reading:
        if isinstance(raw, str) and INTEGER.fullmatch(raw.strip()):
            raw = int(raw.strip().replace(".", "")) if len(raw.strip()) <= 20 else raw
        if isinstance(raw, float) and raw.is_integer():
            raw = int(raw)
        if not isinstance(raw, int) or isinstance(raw, bool) or abs(raw) > 2**53:
            return Problem(problems.NOT_AN_INTEGER, given={"given": raw})
        return within(raw, self.low, self.high)

    def columns(self, name: str) -> list[Column]:
        return [Column(name, "number")]

    def words(self, value: Value, language: str) -> str:
        return f"{number_words(value, language)} {say(self.unit, language)}".strip()


class Decimal(Kind, frozen=True, tag="decimal"):
    """A number from `low` to `high`, in `unit`. A comma or a point before the decimals."""

    low: float | None = None
    high: float | None = None
    unit: Text = {}

    def read(self, raw: Any) -> Reading:
        if isinstance(raw, str) and DECIMAL.fullmatch(raw.strip()):
            raw = float(raw.strip().replace(",", "."))
        if not isinstance(raw, int | float) or isinstance(raw, bool) or not abs(raw) <= sys.float_info.max:
            return Problem(problems.NOT_A_NUMBER, given={"given": raw})
        return within(float(raw), self.low, self.high)

    def columns(self, name: str) -> list[Column]:
        return [Column(name, "number")]

    def words(self, value: Value, language: str) -> str:
        return f"{number_words(value, language)} {say(self.unit, language)}".strip()

    def to_form(self, name: str, raw: Any) -> dict[str, list[str]]:
        return {name: [f"{decimal.Decimal(repr(raw)):f}".replace(".", ",") if isinstance(raw, float) else str(raw)]}


class Points(Kind, frozen=True, tag="points"):
    """`total` points divided among the options, in whole numbers of `unit`. Stored as {option: points}, without those that got none."""

    options: tuple[Option, ...]
    total: int = 100
    unit: Text = {}

    def read(self, raw: Any) -> Reading:
        if not isinstance(raw, Mapping):
            return Problem(problems.WRONG_SHAPE)
        names = {option.name for option in self.options}
        readings: dict[str, Any] = {
            option: Integer(low=0, high=self.total).read(given) if option in names else Problem(problems.NOT_AN_OPTION, given={"given": option})
            for option, given in raw.items()
            if not is_blank(given)
        }
        wrong = tuple(structs.replace(reading, where=option) for option, reading in readings.items() if isinstance(reading, Problem))
        if wrong:
            return wrong
        given: int = sum(readings.values())
        if given != self.total:
            return Problem(problems.POINTS_NOT_DIVIDED, given={"given": given, "total": self.total})
        return {option.name: readings[option.name] for option in self.options if readings.get(option.name)}

    def columns(self, name: str) -> list[Column]:
        return [Column(f"{name}/{option.name}", "number") for option in self.options]

    def cells(self, name: str, value: Value) -> dict[str, Any]:
        """Whoever divided them gave nothing to what is left out."""
        return {f"{name}/{option.name}": value.get(option.name, 0) for option in self.options}

    def words(self, value: Value, language: str) -> str:
        labels = {option.name: say(option.label, language) or option.name for option in self.options}
        return "; ".join(f"{labels[option]}: {number_words(points, language)} {say(self.unit, language)}".strip() for option, points in value.items())

    def facts(self, name: str, value: Value) -> dict[str, Any]:
        return {f"{name}/{option.name}": value.get(option.name, 0) for option in self.options}

    def fields(self, name: str) -> list[str]:
        return [f"{name}/{option.name}" for option in self.options]

    def from_form(self, name: str, form: Form) -> Any:
        given = {option.name: first(form, f"{name}/{option.name}").strip() for option in self.options}
        return {option: points for option, points in given.items() if points}

    def to_form(self, name: str, raw: Any) -> dict[str, list[str]]:
        return {f"{name}/{option}": [str(points)] for option, points in raw.items()} if isinstance(raw, Mapping) else {}
