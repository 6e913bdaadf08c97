"""What templates print numbers, days and sentences with. None is printed as “–”, never as nothing or as zero."""

import datetime
from collections.abc import Callable, Mapping
from typing import Any

from surveys.attachments import SORTS
from surveys.calculations import guarded_in
from surveys.conditions import guarded
from surveys.kinds import Text, say
from surveys.language import VIETNAM, date_words, number_words
from templates import drawing
from templates.sentences import moment_words, sentence

NONE = "–"
NARROW = "\u00a0"
"""Keeps a number and its sign on one line."""


def number(value: float | None, *, language: str) -> str:
    """3.065.628; with as many decimals as the number has."""
    return NONE if value is None else number_words(value, language)


def decimal(value: float | None, places: int = 2, *, language: str) -> str:
    return NONE if value is None else number_words(value, language, decimals=places)


def percent(value: float | None, places: int = 2, *, language: str) -> str:
    """A number of percent (99.77, not 0.9977) as “99,77 %”, in English “99.77%”."""
    if value is None:
        return NONE
    return number_words(value, language, decimals=places) + (NARROW + "%" if language == "vi" else "%")


def date(value: datetime.date | str | None) -> str:
    """23/11/2026, of a day, a moment (in Vietnam's time) or an ISO string."""
    if not value:
        return NONE
    if isinstance(value, str):
        value = datetime.datetime.fromisoformat(value) if "T" in value else datetime.date.fromisoformat(value)
    return date_words(value)


def datetime_words(value: datetime.datetime | None, *, language: str) -> str:
    return NONE if value is None else moment_words(value, language)


def clock(value: datetime.datetime | None) -> str:
    """16:30, in Vietnam's time."""
    return NONE if value is None else f"{value.astimezone(VIETNAM):%H:%M}"


def hour(value: float | None) -> str:
    """07:30 of minutes after midnight."""
    return NONE if value is None else f"{int(value) // 60:02}:{int(value) % 60:02}"


def size(value: int | None, *, language: str) -> str:
    """Bytes as people read them: “340 KB”, “1,2 MB”."""
    if value is None:
        return NONE
    if value < 1_000_000:
        return f"{number_words(max(1, round(value / 1000)), language)}{NARROW}KB"
    return f"{number_words(value / 1_000_000, language, decimals=1)}{NARROW}MB"


def text(value: Text | str | None, *, language: str) -> str:
    """A Text in this language, else in the one it has."""
    return say(value, language) if isinstance(value, Mapping) else value or ""


def sort_words(sort: str, *, language: str) -> str:
    """What kind of file a question takes."""
    return str(sentence(SORTS[sort].sentence, language, {}))


PLAIN: dict[str, Callable[..., Any]] = {
    "date": date, "clock": clock, "hour": hour, "guarded": guarded, "guarded_in": guarded_in,
    "pipes": drawing.pipes, "compact": drawing.compact, "bare": drawing.is_bare, "accepts": drawing.accepts,
}  # fmt: skip
SPOKEN: dict[str, Callable[..., Any]] = {
    "number": number,
    "decimal": decimal,
    "percent": percent,
    "datetime_words": datetime_words,
    "size": size,
    "text": text,
    "piped": drawing.piped,
    "filled": drawing.filled,
    "sort_words": sort_words,
}
