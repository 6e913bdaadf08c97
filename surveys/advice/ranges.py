"""Ranges that people write as answers: “18–25 tuổi”, “từ 30 đến dưới 45”, “trên 10 triệu đồng”, “60 or over”."""

import math
import re
from functools import lru_cache

from msgspec import Struct

NUMBER = r"\d{1,3}(?:\.\d{3})+|\d{1,3}(?:,\d{3})+|\d+(?:[.,]\d+)?"
UNIT = r"[^\d–—-]*?"
LOW, HIGH = rf"(?P<low>{NUMBER}) ?(?P<low_unit>{UNIT})", rf"(?P<high>{NUMBER}) ?(?P<high_unit>{UNIT})"
OVER = r"(?:trên|hơn|nhiều hơn|quá|lớn hơn|over|more than|above|older than|>)"
UNDER = r"(?:dưới|ít hơn|chưa đến|chưa tới|chưa đủ|nhỏ hơn|under|less than|below|fewer than|younger than|<)"
LEAST = r"(?:từ|ít nhất|tối thiểu|at least|from|≥)"
MOST = r"(?:đến|tối đa|nhiều nhất|không quá|up to|at most|≤)"
PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:từ |from |between )?(?P<low_open>{OVER} )?(?:từ )?{LOW} ?(?:-|–|—|~|đến|tới|to|and) ?(?P<high_open>{UNDER} )?{HIGH}",
        rf"(?:{LEAST} )?{LOW} ?(?:trở lên|hoặc hơn|or more|or over|or older|or above|and over|and above|\+) ?{UNIT}",
        rf"(?:{LEAST} )?{HIGH} ?(?:trở xuống|or less|or fewer|or under|or younger|and under)",
        rf"(?P<low_open>{OVER}) ?{LOW}",
        rf"(?P<high_open>{UNDER}) ?{HIGH}",
        rf"{LEAST} ?{LOW}",
        rf"{MOST} ?{HIGH}",
        rf"(?P<only>{NUMBER}) ?(?P<only_unit>{UNIT})",
    )
)
TIMES = {"nghìn": 1e3, "ngàn": 1e3, "triệu": 1e6, "tỷ": 1e9, "tỉ": 1e9, "thousand": 1e3, "million": 1e6, "billion": 1e9}
FLOWING = re.compile(r"(?:km|ha|héc-ta|hecta|sào|mẫu|tấn|tạ|kg|mét|m|metres?|kilometres?|hectares?|tonnes?)\b")
"""What is measured, not counted: between 10 and 11 something lies."""
CLOCK = re.compile(r"(?:giờ|h|g|hours?|o'clock|am|pm)\b")


class Range(Struct, frozen=True):
    """Numbers from `low` to `high`; an open end does not belong to it. `step`: how far the next range may begin, 0 where at once."""

    low: float
    high: float
    low_open: bool
    high_open: bool
    unit: str
    step: float

    def overlaps(self, upper: "Range") -> bool:
        """Whether a number lies in both. Two spans of the clock may meet."""
        if self.high != upper.low:
            return self.high > upper.low
        return not (self.high_open or upper.low_open or CLOCK.match(self.unit))

    def leaves_gap(self, upper: "Range") -> bool:
        """Whether a number between them lies in neither. Two single numbers are a choice, not ranges."""
        if self.low == self.high and upper.low == upper.high:
            return False
        if self.high == upper.low:
            return self.high_open and upper.low_open
        closed = not (self.high_open or upper.low_open)
        return upper.low - self.high > (max(self.step, upper.step) * 1.000001 if closed else 0)


@lru_cache(16_384)
def range_of(words: str) -> Range | None:
    """None where the words are no range of numbers. `words` are plain (texts.plain); what is in brackets does not count."""
    text = re.sub(r"\([^)]*\)", "", words).strip(" .;")
    found = next((match for pattern in PATTERNS if (match := pattern.fullmatch(text))), None)
    return made(found.groupdict()) if found else None


def made(parts: dict[str, str | None]) -> Range:
    """A unit said once, at the end, is that of both numbers: “5–10 triệu”."""
    only = parts.get("only")
    low, high = only or parts.get("low"), only or parts.get("high")
    high_times, high_unit = scaled(parts.get("only_unit") or parts.get("high_unit") or parts.get("low_unit") or "")
    low_times, low_unit = scaled(parts.get("only_unit") or parts.get("low_unit") or parts.get("high_unit") or "")
    unit = high_unit or low_unit
    return Range(
        number(low) * low_times if low else -math.inf,
        number(high) * high_times if high else math.inf,
        low_open=bool(parts.get("low_open")) or low is None,
        high_open=bool(parts.get("high_open")) or high is None,
        unit=unit,
        step=step_of(unit, (low, high), max(low_times, high_times)),
    )


def scaled(unit: str) -> tuple[float, str]:
    """“triệu đồng” → a million, “đồng”."""
    first, _, rest = unit.strip().partition(" ")
    return (TIMES[first], rest.strip()) if first in TIMES else (1.0, unit.strip())


def number(written: str) -> float:
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", written):
        return float(re.sub("[.,]", "", written))
    return float(written.replace(",", "."))


def step_of(unit: str, numbers: tuple[str | None, str | None], times: float) -> float:
    decimals = max((len(re.split("[.,]", written)[-1]) for written in numbers if written and re.fullmatch(r"\d+[.,]\d{1,2}", written)), default=0)
    if decimals:
        return float(10**-decimals) * times
    return 0.0 if times > 1 or FLOWING.match(unit) else 1.0
