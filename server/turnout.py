"""How many answered so far: by day, by village against its households, by door. Nothing of what they answered."""

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence

from msgspec import Struct

from server.store.answers import TurnoutRow
from surveys.consultation import Channel
from surveys.units import Village
from surveys.units import households as all_households


class Line(Struct, frozen=True):
    """Answers that stand (withdrawn ones taken off). `percent` of `households`; None where nobody counted them: no base."""

    village: str
    name: str
    households: int | None
    answered: int
    percent: float | None
    by_channel: dict[str, int]


class Day(Struct, frozen=True):
    """What came and what was withdrawn on a day; `width` is its share of the busiest day, in percent."""

    day: datetime.date
    answered: int
    withdrawn: int
    width: int


class Watch(Struct, frozen=True):
    """`channels`: the doors that were used. A line of village '' is for answers that name none."""

    total: Line
    villages: tuple[Line, ...]
    days: tuple[Day, ...]
    channels: tuple[Channel, ...]
    source: str


def watch(rows: Sequence[TurnoutRow], villages: Sequence[Village], names: Mapping[str, str]) -> Watch:
    """names: also of villages that have ended, for answers still name them."""
    counts: dict[str, Counter[str]] = {village.id: Counter() for village in villages}
    for row in rows:
        counts.setdefault(row.village, Counter())[row.channel] += row.answered - row.withdrawn
    households = {village.id: village.households for village in villages}
    lines = tuple(line(village, names.get(village, ""), households.get(village), count) for village, count in counts.items())
    channels = tuple(channel for channel in Channel if any(channel in count for count in counts.values()))
    return Watch(line("", "", all_households(villages), sum(counts.values(), Counter())), lines, by_day(rows), channels, source(villages))


def line(village: str, name: str, households: int | None, count: Mapping[str, int]) -> Line:
    answered = sum(count.values())
    return Line(village, name, households, answered, 100 * answered / households if households else None, dict(count))


def by_day(rows: Sequence[TurnoutRow]) -> tuple[Day, ...]:
    answered: Counter[datetime.date] = Counter()
    withdrawn: Counter[datetime.date] = Counter()
    for row in rows:
        answered[row.day] += row.answered
        withdrawn[row.day] += row.withdrawn
    busiest = max(answered.values(), default=0)
    return tuple(Day(day, answered[day], withdrawn[day], round(100 * answered[day] / busiest) if busiest else 0) for day in sorted(answered))


def source(villages: Sequence[Village]) -> str:
    """Who gave the households and as of when, each once."""
    said = [f"{village.source} ({village.as_of:%d/%m/%Y})" if village.as_of else village.source for village in villages if village.source]
    return "; ".join(dict.fromkeys(said))
