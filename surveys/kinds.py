"""A class per kind of question: how it reads an answer, which columns it fills, and how its answer sounds in words.

A reading is the value, or the problem with it; a matrix gives all its problems as a tuple. Blank answers never reach `read`.
Values are what JSON can carry: str, int, float, True, list, dict.
"""

import datetime
import sys
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Literal

from msgspec import Struct, structs

from surveys import problems
from surveys.language import number_words
from surveys.problems import Problem
from surveys.reading import DECIMAL, INTEGER, clean, day_of, is_blank, within

Text = Mapping[str, str]
"""One sentence by language: {"vi": "…", "en": "…"}."""

Value = Any
Reading = Any

OTHER = "other"
"""Name of the choice that a respondent words, in select_one and select_multiple."""

STANCES = ("agree", "disagree", OTHER)


class Option(Struct, frozen=True, omit_defaults=True):
    """A choice: `name` is stored, `label` is read. `exclusive` goes with no other choice (“none of these”)."""

    name: str
    label: Text = {}
    exclusive: bool = False


class Column(Struct, frozen=True):
    """What one column of a table of answers holds. `levels` are option names, lowest or first one first."""

    name: str
    type: Literal["choice", "ordered", "flag", "number", "date", "text"]
    levels: tuple[str, ...] = ()


class Kind(Struct, frozen=True, tag_field="type", omit_defaults=True):
    """What all kinds can do. `asks` is false for what is only read."""

    asks: ClassVar[bool] = True

    @property
    def tag(self) -> str:
        """Its `type` in JSON, and the name of its macro."""
        return str(self.__struct_config__.tag)

    def read(self, raw: Any) -> Reading:
        raise TypeError(f"{type(self).__name__} is not answered")

    def columns(self, name: str) -> list[Column]:
        return []

    def cells(self, name: str, value: Value) -> dict[str, Any]:
        """One answer spread over `columns`; what is left out is empty."""
        return {name: value}

    def words(self, value: Value, language: str) -> str:
        return str(value)


class SelectOne(Kind, frozen=True, tag="select_one"):
    """One of several. Stored as the option's name, or {"choice": "other", "text": …} where `other` is allowed."""

    options: tuple[Option, ...]
    other: bool = False

    def read(self, raw: Any) -> Reading:
        return read_choice(raw, self.options, other=self.other)

    def columns(self, name: str) -> list[Column]:
        levels = tuple(option.name for option in self.options)
        if not self.other:
            return [Column(name, "choice", levels)]
        return [Column(name, "choice", (*levels, OTHER)), Column(f"{name}/text", "text")]

    def cells(self, name: str, value: Value) -> dict[str, Any]:
        if isinstance(value, dict):
            return {name: OTHER, f"{name}/text": value["text"]}
        return {name: value}

    def words(self, value: Value, language: str) -> str:
        return choice_words(value, self.options, language)


class SelectMultiple(Kind, frozen=True, tag="select_multiple"):
    """Any of several, `least` to `most` of them. Stored as a list in the options' order, the worded one last."""

    options: tuple[Option, ...]
    other: bool = False
    least: int | None = None
    most: int | None = None

    def read(self, raw: Any) -> Reading:
        if not isinstance(raw, list):
            raw = [raw]
        chosen = [read_choice(item, self.options, other=self.other) for item in raw]
        for reading in chosen:
            if isinstance(reading, Problem):
                return reading
        names = {name_of(choice) for choice in chosen}
        alone = [option for option in self.options if option.exclusive and option.name in names]
        if alone and len(names) > 1:
            return Problem(problems.EXCLUSIVE, given={"option": alone[0].label or alone[0].name})
        if self.most is not None and len(names) > self.most:
            return Problem(problems.TOO_MANY, given={"given": len(names), "high": self.most})
        if self.least is not None and len(names) < self.least and not alone:
            return Problem(problems.TOO_FEW, given={"given": len(names), "low": self.least})
        worded = [choice for choice in chosen if isinstance(choice, dict)]
        return [option.name for option in self.options if option.name in names] + worded[:1]

    def columns(self, name: str) -> list[Column]:
        flags = [Column(f"{name}/{option.name}", "flag") for option in self.options]
        if not self.other:
            return flags
        return [*flags, Column(f"{name}/{OTHER}", "flag"), Column(f"{name}/text", "text")]

    def cells(self, name: str, value: Value) -> dict[str, Any]:
        names = {name_of(choice) for choice in value}
        cells: dict[str, Any] = {column.name: int(column.name.removeprefix(f"{name}/") in names) for column in self.columns(name)}
        if self.other:
            cells[f"{name}/text"] = next((choice["text"] for choice in value if isinstance(choice, dict)), None)
        return cells

    def words(self, value: Value, language: str) -> str:
        return "; ".join(choice_words(choice, self.options, language) for choice in value)


class Stance(Kind, frozen=True, tag="stance"):
    """Agree, disagree or another opinion in words. Stored as {"stance": …, "text": …}; the text is asked of the third."""

    longest: int = 2000

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


class Integer(Kind, frozen=True, tag="integer"):
    """A whole number from `low` to `high`, in `unit`."""

    low: int | None = None
    high: int | None = None
    unit: Text = {}

    def read(self, raw: Any) -> Reading:
        if isinstance(raw, str) and INTEGER.fullmatch(raw.strip()):
            raw = int(raw.strip().replace(".", "")) if len(raw) <= 20 else raw
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


class Date(Kind, frozen=True, tag="date"):
    """A calendar day from `low` to `high`, all as YYYY-MM-DD; people may also type 23/11/2026."""

    low: str | None = None
    high: str | None = None

    def read(self, raw: Any) -> Reading:
        try:
            day = day_of(raw).isoformat()
        except (AttributeError, ValueError):
            return Problem(problems.NOT_A_DATE, given={"given": raw})
        if self.low is not None and day < self.low:
            return Problem(problems.TOO_EARLY_DATE, given={"given": day, "low": self.low})
        if self.high is not None and day > self.high:
            return Problem(problems.TOO_LATE_DATE, given={"given": day, "high": self.high})
        return day

    def columns(self, name: str) -> list[Column]:
        return [Column(name, "date")]

    def words(self, value: Value, language: str) -> str:
        return f"{datetime.date.fromisoformat(value):%d/%m/%Y}"


class OpenText(Kind, frozen=True, tag="text"):
    """Words of the respondent's own, on one line or several (`long`), at most `longest` characters."""

    long: bool = False
    longest: int = 2000

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


AnyKind = SelectOne | SelectMultiple | Stance | Scale | Matrix | Integer | Decimal | Date | OpenText | Note | Consent

SATISFACTION = (
    Option("1", {"vi": "Rất không hài lòng", "en": "Very dissatisfied"}),
    Option("2", {"vi": "Không hài lòng", "en": "Dissatisfied"}),
    Option("3", {"vi": "Bình thường", "en": "Neutral"}),
    Option("4", {"vi": "Hài lòng", "en": "Satisfied"}),
    Option("5", {"vi": "Rất hài lòng", "en": "Very satisfied"}),
)
"""The five labels in the order and wording that the law's satisfaction measurement uses (domain: instrument C)."""

STANCE_LABELS: Mapping[str, Text] = {
    "agree": {"vi": "Đồng ý", "en": "Agree"},
    "disagree": {"vi": "Không đồng ý", "en": "Disagree"},
    OTHER: {"vi": "Ý kiến khác", "en": "Other opinion"},
}
CONSENT_LABEL: Text = {"vi": "Đồng ý", "en": "I agree"}
OTHER_LABEL: Text = {"vi": "Ý khác", "en": "Other"}


def say(text: Text, language: str) -> str:
    """The sentence in this language, else in Vietnamese, else in whatever it has."""
    return text.get(language) or text.get("vi") or next((words for words in text.values() if words), "")


def name_of(choice: Any) -> str:
    """The option's name of a stored choice, worded or not."""
    return OTHER if isinstance(choice, dict) else str(choice)


def read_choice(raw: Any, options: Sequence[Option], *, other: bool = False) -> Reading:
    if isinstance(raw, dict) and raw.get("choice") != OTHER:
        if is_blank(raw.get("choice")) and not is_blank(raw.get("text")):
            return Problem(problems.TEXT_WITHOUT_CHOICE)
        raw = raw.get("choice")
    if other and (raw == OTHER or isinstance(raw, dict)):
        text = OpenText(longest=500).read(raw.get("text")) if isinstance(raw, dict) and raw.get("text") else ""
        if isinstance(text, Problem):
            return text
        return {"choice": OTHER, "text": text} if text else Problem(problems.OTHER_WITHOUT_TEXT)
    if isinstance(raw, str) and any(option.name == raw.strip() for option in options):
        return raw.strip()
    return Problem(problems.NOT_AN_OPTION, given={"given": raw})


def choice_words(choice: Any, options: Sequence[Option], language: str) -> str:
    if isinstance(choice, dict):
        return f"{say(OTHER_LABEL, language)}: {choice['text']}"
    return next((say(option.label, language) or option.name for option in options if option.name == choice), str(choice))
