"""Days and hours."""

import datetime
import re
from typing import Any

from surveys import problems
from surveys.kinds.kind import Column, Kind, Reading, Value
from surveys.problems import Problem
from surveys.reading import day_of

HOUR = re.compile(r"([0-9]{1,2}) ?(?:[:.h]|giờ) ?([0-9]{2})?(?::[0-9]{2}(?:\.[0-9]+)?)?(?: ?(?:phút|p))?", re.IGNORECASE)


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


class Time(Kind, frozen=True, tag="time"):
    """An hour of the day from `low` to `high`, all as HH:MM; people may also type 7h30 or 7 giờ."""

    low: str | None = None
    high: str | None = None

    def read(self, raw: Any) -> Reading:
        written = HOUR.fullmatch(raw.strip()) if isinstance(raw, str) else None
        hour, minute = (int(written[1]), int(written[2] or 0)) if written else (24, 0)
        if hour > 23 or minute > 59:
            return Problem(problems.NOT_A_TIME, given={"given": raw})
        time = f"{hour:02}:{minute:02}"
        if (self.low is not None and time < self.low) or (self.high is not None and time > self.high):
            return Problem(problems.TIME_OUTSIDE, given={"given": time, "low": self.low or "00:00", "high": self.high or "23:59"})
        return time

    def columns(self, name: str) -> list[Column]:
        return [Column(name, "text")]
