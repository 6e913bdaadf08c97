"""What the law demands, as dated data: days to keep a consultation open, shares to pass, times to post.

Each entry of the TOML files beside this one names its law and article and the days between which it holds, so that
an amendment is a new entry and old consultations keep the rule they were held under.
"""

import datetime
import tomllib
from functools import cache
from importlib.resources import files
from typing import TypeVar

import msgspec
from msgspec import Struct

from surveys.consultation import Consultation, Instrument
from surveys.kinds import Text


class Rule(Struct, frozen=True, kw_only=True):
    """Holds from `since` until the day before `until`; None is until now. `law` and `article` as a paper cites them."""

    law: Text
    article: Text
    since: datetime.date
    until: datetime.date | None = None


class Period(Rule, frozen=True, kw_only=True):
    """Days that a consultation stays open, the first day not counted. None is no limit."""

    instrument: Instrument
    planning: bool = False
    minimum: int | None = None
    maximum: int | None = None


class Threshold(Rule, frozen=True, kw_only=True):
    """Passes with `numerator`/`denominator` of all; `more` demands more than that share. `items`: which decisions of households."""

    items: tuple[int, ...] = ()
    numerator: int
    denominator: int
    more: bool = False

    def reached(self, count: int, total: int) -> bool:
        have, needed = count * self.denominator, total * self.numerator
        return have > needed if self.more else have >= needed


class Posting(Rule, frozen=True, kw_only=True):
    """Days that what must be public hangs or is read out, at least."""

    where: str
    days: int


class Ground(Rule, frozen=True, kw_only=True):
    """The legal ground of an instrument, for its papers."""

    instrument: Instrument
    planning: bool = False


class SettledScale(Rule, frozen=True, kw_only=True):
    """Labels of a scale in the order that the law's measurement prescribes."""

    labels: tuple[Text, ...]


class Book(Struct, frozen=True, kw_only=True):
    """All of it."""

    period: tuple[Period, ...]
    threshold: tuple[Threshold, ...]
    commune: tuple[Threshold, ...]
    posting: tuple[Posting, ...]
    ground: tuple[Ground, ...]
    satisfaction_scale: tuple[SettledScale, ...]


NOW = datetime.date.max
"""Stands for: the rule that holds as far as is known today."""

R = TypeVar("R", bound=Rule)


@cache
def book() -> Book:
    """Raises msgspec.ValidationError, naming the path, where a file is wrong."""
    tables: dict[str, list[object]] = {}
    for file in sorted(files(__package__).iterdir(), key=lambda file: file.name):
        if file.name.endswith(".toml"):
            for name, entries in tomllib.loads(file.read_text(encoding="utf-8")).items():
                tables.setdefault(name, []).extend(entries)
    return msgspec.convert(tables, Book)


def in_force(rules: tuple[R, ...], on: datetime.date) -> list[R]:
    return [rule for rule in rules if rule.since <= on and (rule.until is None or on < rule.until)]


def period(consultation: Consultation) -> Period | None:
    """How long it must stay open by the law of its opening day; None where no law says so."""
    rules = in_force(book().period, consultation.opens_on)
    return next((rule for rule in rules if rule.instrument == consultation.instrument and rule.planning == consultation.planning), None)


def ground(consultation: Consultation) -> Ground | None:
    rules = in_force(book().ground, consultation.opens_on)
    return next((rule for rule in rules if rule.instrument == consultation.instrument and rule.planning == consultation.planning), None)


def threshold(item: int, *, on: datetime.date = NOW) -> Threshold:
    """Raises LookupError where no law speaks of this item on that day."""
    for rule in in_force(book().threshold, on):
        if item in rule.items:
            return rule
    raise LookupError(f"no threshold for item {item} on {on}")


def commune_threshold(*, on: datetime.date = NOW) -> Threshold:
    """The share of villages in which a decision of the whole commune must pass."""
    return in_force(book().commune, on)[0]


def posting_days(where: str, *, on: datetime.date = NOW) -> int:
    """Raises LookupError for a place that the law does not name."""
    for rule in in_force(book().posting, on):
        if rule.where == where:
            return rule.days
    raise LookupError(f"no posting time for {where} on {on}")


def satisfaction_labels(*, on: datetime.date = NOW) -> tuple[Text, ...]:
    return in_force(book().satisfaction_scale, on)[0].labels


def cited(rule: Rule) -> Text:
    """“Luật số 10/2022/QH15, Điều 25–29” in every language it has."""
    return {language: f"{words}, {rule.article.get(language, rule.article['vi'])}" for language, words in rule.law.items()}
