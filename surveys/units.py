"""Provinces, wards and communes, and their villages with the households every share is taken of."""

import datetime
from collections.abc import Iterable

from msgspec import Struct

from surveys.language import fold

VILLAGE_WORDS = frozenset({"thon", "ban", "lang", "ap", "buon", "phum", "soc", "bon", "plei"})
BLOCK_WORDS = frozenset({"to", "tdp", "khu", "kp", "khom"})


class Unit(Struct, frozen=True):
    """A province (`parent` None) or a ward, commune or special zone of one. `formed_from`: what it was before July 2025."""

    code: str
    name: str
    kind: str
    parent: str | None = None
    parent_name: str = ""
    formed_from: str = ""


class VillageRow(Struct, frozen=True):
    """One village as somebody typed it or a file gave it. `households` None: nobody counted them."""

    name: str
    households: int | None = None
    kind: str = ""


class Village(Struct, frozen=True, kw_only=True):
    """A thôn or tổ dân phố with the households that every share is taken of, who said so and as of which day."""

    id: str
    unit: str
    name: str
    kind: str
    households: int | None
    source: str = ""
    as_of: datetime.date | None = None


def households(villages: Iterable[Village]) -> int | None:
    """All households, None without villages or as soon as one has no count: a share would have no honest base."""
    counts = [village.households for village in villages]
    known = [count for count in counts if count is not None]
    return sum(known) if known and len(known) == len(counts) else None


def kind_of(name: str, unit: Unit) -> str:
    """Thôn or tổ dân phố: as its name begins, else as the unit's kind has it."""
    first = (fold(name).split() or [""])[0]
    if first in VILLAGE_WORDS:
        return "thôn"
    return "tổ dân phố" if first in BLOCK_WORDS or unit.kind == "phường" else "thôn"
