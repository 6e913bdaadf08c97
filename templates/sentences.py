"""Sentences: Vietnamese as written, or their translation, with {named} values filled in for people."""

import datetime
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po
from markupsafe import Markup, escape

import surveys
from surveys.kinds import say
from surveys.language import VIETNAM, date_words, number_words
from surveys.problems import Code

LOCALE = Path(surveys.__file__).parent / "locale"
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@cache
def translations(language: str) -> Mapping[str, tuple[str, ...]]:
    """Sentence → its translation, or two of them (one, more). Vietnamese needs none: it is the message id."""
    found: dict[str, tuple[str, ...]] = {}
    for path in sorted((LOCALE / language).glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file):
                if message.id and message.string and not message.fuzzy:
                    key = message.id if isinstance(message.id, str) else message.id[0]
                    found[key] = (message.string,) if isinstance(message.string, str) else tuple(message.string)
    return found


def form(message: str, language: str, n: object = None) -> str:
    """The sentence in this language, unfilled. Where it has a singular and a plural, `n` chooses."""
    forms = translations(language).get(message, (message,))
    return forms[0] if n == 1 else forms[-1]


def sentence(message: str, language: str, values: Mapping[str, Any]) -> str | Markup:
    """The sentence in this language, filled in; the value `n` chooses its singular. Markup where a value is Markup."""
    spoken = form(message, language, values.get("n"))
    if not values:
        return spoken
    filled = {name: said(value, language) for name, value in values.items()}
    if any(isinstance(value, Markup) for value in filled.values()):
        return escape(spoken).format(**filled)
    return spoken.format(**filled)


def said(value: Any, language: str) -> str | Markup:
    """A value as a person reads it: a Text in their language, 3.065.628, 23/11/2026, several joined by commas."""
    if isinstance(value, Markup):
        return value
    if isinstance(value, Code):
        return sentence(value.sentence, language, {})
    if isinstance(value, Mapping):
        return say(value, language)
    if isinstance(value, datetime.date):
        return moment_words(value, language) if isinstance(value, datetime.datetime) else date_words(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return number_words(value, language)
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(said(part, language) for part in value)
    if isinstance(value, str) and ISO_DAY.fullmatch(value):
        return day_words(value)
    return "" if value is None else str(value)


def day_words(day: str) -> str:
    """An ISO day as 23/11/2026; what only looks like one stays as it is."""
    try:
        return date_words(datetime.date.fromisoformat(day))
    except ValueError:
        return day


def moment_words(moment: datetime.datetime, language: str) -> str:
    """An hour and its day in Vietnam's time: “16 giờ 30 phút, ngày 23/11/2026”."""
    local = moment.astimezone(VIETNAM)
    hour, minute = f"{local:%H}", f"{local:%M}"
    return sentence("{hour} giờ {minute} phút, ngày {day}", language, {"hour": hour, "minute": minute, "day": local.date()})
