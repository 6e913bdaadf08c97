"""Answers on a scale, of one thing or of several rows."""

from collections.abc import Mapping
from typing import Any

from msgspec import structs

from surveys import problems
from surveys.kinds.choice import choice_words, read_choice
from surveys.kinds.kind import Column, Form, Kind, Option, Reading, Value, first, say
from surveys.problems import Problem
from surveys.reading import is_blank

SATISFACTION = (
    Option("1", {"vi": "Rất không hài lòng", "en": "Very dissatisfied"}),
    Option("2", {"vi": "Không hài lòng", "en": "Dissatisfied"}),
    Option("3", {"vi": "Bình thường", "en": "Neutral"}),
    Option("4", {"vi": "Hài lòng", "en": "Satisfied"}),
    Option("5", {"vi": "Rất hài lòng", "en": "Very satisfied"}),
)
"""The five labels in the order and wording that the law's satisfaction measurement uses (domain: instrument C)."""


class Scale(Kind, frozen=True, tag="scale"):
    """Ordered choices, lowest first, whose names are whole numbers. Stored as that number.

    `missing` are answers outside the scale (don't know, no opinion); they are stored as their name and enter no mean.
    """

    options: tuple[Option, ...]
    missing: tuple[Option, ...] = ()

    def read(self, raw: Any) -> Reading:
        number = isinstance(raw, int) and not isinstance(raw, bool) and abs(raw) < 10**18
        name = read_choice(str(raw) if number else raw, (*self.options, *self.missing))
        if isinstance(name, Problem) or any(option.name == name for option in self.missing):
            return name
        return int(name)

    def columns(self, name: str) -> list[Column]:
        return [Column(name, "ordered", tuple(option.name for option in (*self.options, *self.missing)))]

    def cells(self, name: str, value: Value) -> dict[str, Any]:
        return {name: str(value)}

    def words(self, value: Value, language: str) -> str:
        return choice_words(str(value), (*self.options, *self.missing), language)


class Matrix(Kind, frozen=True, tag="matrix"):
    """Several rows answered on one scale. Stored as {row: number}, with only the rows that were answered."""

    rows: tuple[Option, ...]
    options: tuple[Option, ...]
    missing: tuple[Option, ...] = ()

    @property
    def scale(self) -> Scale:
        return Scale(self.options, self.missing)

    def read(self, raw: Any) -> Reading:
        if not isinstance(raw, dict):
            return Problem(problems.WRONG_SHAPE)
        rows = {row.name for row in self.rows}
        readings = {
            row: self.scale.read(given) if row in rows else Problem(problems.NOT_AN_OPTION, given={"given": row})
            for row, given in raw.items()
            if not is_blank(given)
        }
        wrong = tuple(structs.replace(reading, where=row) for row, reading in readings.items() if isinstance(reading, Problem))
        return wrong or {row.name: readings[row.name] for row in self.rows if row.name in readings}

    def columns(self, name: str) -> list[Column]:
        return [column for row in self.rows for column in self.scale.columns(f"{name}/{row.name}")]

    def cells(self, name: str, value: Value) -> dict[str, Any]:
        return {f"{name}/{row}": str(number) for row, number in value.items()}

    def words(self, value: Value, language: str) -> str:
        labels = {row.name: say(row.label, language) for row in self.rows}
        return "; ".join(f"{labels[row]}: {self.scale.words(number, language)}" for row, number in value.items())

    def facts(self, name: str, value: Value) -> dict[str, Any]:
        return {f"{name}/{row}": number for row, number in value.items()}

    def fields(self, name: str) -> list[str]:
        return [f"{name}/{row.name}" for row in self.rows]

    def from_form(self, name: str, form: Form) -> Any:
        return {row.name: first(form, f"{name}/{row.name}") for row in self.rows if form.get(f"{name}/{row.name}")}

    def to_form(self, name: str, raw: Any) -> dict[str, list[str]]:
        return {f"{name}/{row}": [str(number)] for row, number in raw.items()} if isinstance(raw, Mapping) else {}
