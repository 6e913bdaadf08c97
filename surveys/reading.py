"""How raw answers are made one: blanks, letters, days, limits. The page reads them alike (facts.js)."""

import datetime
import re
import unicodedata
from typing import Any

from surveys import problems
from surveys.problems import Problem

INTEGER = re.compile(r"[-+]?[0-9]+|[-+]?[0-9]{1,3}(\.[0-9]{3})+")
DECIMAL = re.compile(r"[-+]?[0-9]+([.,][0-9]+)?")
ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
WRITTEN_DAY = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")


def is_blank(raw: Any) -> bool:
    """Whether nothing was answered: None, white space, an empty list, or a mapping of blanks."""
    if isinstance(raw, str):
        return not raw.strip()
    if isinstance(raw, dict):
        return all(part is None or part in ([], {}) or (isinstance(part, str) and not part.strip()) for part in raw.values())
    return raw is None or raw == []


def clean(text: str) -> str:
    """Composed letters, plain line ends, nothing that cannot be stored or seen; the rest as it was written."""
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(letter for letter in composed if letter in "\n\t" or unicodedata.category(letter) not in ("Cc", "Cs")).strip()


def day_of(raw: str) -> datetime.date:
    """Raises ValueError where it is no day of the calendar."""
    written = WRITTEN_DAY.fullmatch(raw.strip())
    if written:
        day, month, year = map(int, written.groups())
        return datetime.date(year, month, day)
    if not ISO_DAY.fullmatch(raw.strip()):
        raise ValueError(raw)
    return datetime.date.fromisoformat(raw.strip())


def within(number: float, low: float | None, high: float | None) -> float | Problem:
    if low is not None and number < low:
        return Problem(problems.TOO_SMALL, given={"given": number, "low": low})
    if high is not None and number > high:
        return Problem(problems.TOO_LARGE, given={"given": number, "high": high})
    return number
