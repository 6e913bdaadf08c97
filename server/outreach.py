"""What the room “Đến người dân” shows: every channel with its link, and how many came by each."""

import datetime
import io
from collections import Counter
from collections.abc import Mapping, Sequence

import segno
from msgspec import Struct

from server.store.answers import TurnoutRow
from server.store.links import Count
from surveys import spread
from surveys.consultation import Channel
from surveys.problems import Code
from surveys.spread import NAMES, Via


class Link(Struct, frozen=True):
    """One channel. `name`: a sentence of ours or what an official called it; `address` as it is typed by hand."""

    via: str
    name: Code | str
    link: str
    address: str


class Reach(Struct, frozen=True):
    """How many opened the plan by a channel and answered; the widths are their share of the largest number, in percent."""

    name: Code | str
    opened: int
    answered: int
    opened_width: int
    answered_width: int


class Day(Struct, frozen=True):
    day: datetime.date
    opened: int
    answered: int


class Reached(Struct, frozen=True):
    channels: tuple[Reach, ...]
    days: tuple[Day, ...]


BY_NONE = Code("via_none", "Không qua liên kết nào")


def links(code: str, named: Mapping[str, str], *, base_url: str) -> list[Link]:
    """Of every channel, those that officials named last."""
    host = base_url.partition("://")[2]
    found: list[tuple[str, Code | str]] = [*((via.value, NAMES[via]) for via in Via), *named.items()]
    return [Link(via, name, base_url + spread.path(code, via), host + spread.path(code, via)) for via, name in found]


def reached(counts: Sequence[Count], rows: Sequence[TurnoutRow], named: Mapping[str, str]) -> Reached:
    """The answers that came by no link are those of the web that no channel counted; withdrawn ones stay in, for nothing tells whose they were."""
    opened: Counter[str] = Counter()
    answered: Counter[str] = Counter()
    for count in counts:
        opened[count.via] += count.opened
        answered[count.via] += count.answered
    on_the_web = sum(row.answered for row in rows if row.channel == Channel.WEB)
    answered[""] = max(0, on_the_web - sum(answered.values()))
    names: dict[str, Code | str] = {**{via.value: NAMES[via] for via in Via}, **named, "": BY_NONE}
    most = max([*opened.values(), *answered.values()], default=0)
    channels = tuple(Reach(name, opened[via], answered[via], share(opened[via], most), share(answered[via], most)) for via, name in names.items())
    return Reached(channels, by_day(counts))


def share(part: int, whole: int) -> int:
    return round(100 * part / whole) if whole else 0


def by_day(counts: Sequence[Count]) -> tuple[Day, ...]:
    """What came by links; latest first."""
    days = sorted({count.day for count in counts}, reverse=True)
    return tuple(
        Day(day, sum(count.opened for count in counts if count.day == day), sum(count.answered for count in counts if count.day == day)) for day in days
    )


def qr_png(link: str) -> bytes:
    """Large enough to print in a document of one's own, with its quiet zone."""
    drawn = io.BytesIO()
    segno.make(link, error="m", micro=False).save(drawn, kind="png", scale=20, border=4)
    return drawn.getvalue()
