"""Provinces, wards and communes, and their villages with the households every share is taken of."""

import csv
import datetime
import gzip
import io
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Literal

from msgspec import Struct

from surveys.language import fold

FACTS = "units.csv.gz"
"""34 provinces and 3,321 wards, communes and special zones, with codes of the General Statistics Office, September 2026."""

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


@cache
def catalogue() -> Mapping[str, Unit]:
    """Every unit by its code, provinces first."""
    with gzip.open(io.BytesIO((files(__package__) / FACTS).read_bytes()), "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    names = {row["code"]: row["name"] for row in rows}
    return {r["code"]: Unit(r["code"], r["name"], r["type"], r["parent_code"] or None, names.get(r["parent_code"], ""), r["formed_from"]) for r in rows}


@cache
def called() -> Mapping[str, tuple[str, ...]]:
    """Codes by what people call a unit, without tones: “phuong thanh khe”, “thanh khe”."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for code, unit in catalogue().items():
        for name in dict.fromkeys((fold(unit.name), bare(unit))):
            found[name].append(code)
    return {name: tuple(codes) for name, codes in found.items()}


def bare(unit: Unit) -> str:
    """Its name without tones and without what it is: “Thành phố Đà Nẵng” gives da nang."""
    name = fold(unit.name)
    for kind in ("thanh pho", "tinh", "phuong", "xa", "dac khu"):
        name = name.removeprefix(f"{kind} ")
    return name


def found(written: str, *, level: Literal["province", "ward"], within: str = "") -> list[str]:
    """Codes of the units that this code or name may mean; a province behind a comma narrows it down: “Tân An, Cà Mau”."""
    code = written.strip().partition("/")[0]
    name, _, province = (part.strip() for part in fold(written).partition(","))
    codes = [code] if code in catalogue() else called().get(name, ())
    fitting = [one for one in codes if is_within(catalogue()[one], level, within)]
    return [one for one in fitting if not province or province in called_so(catalogue()[one].parent)] if len(fitting) > 1 else fitting


def is_within(unit: Unit, level: Literal["province", "ward"], within: str) -> bool:
    return unit.parent is None if level == "province" else unit.parent is not None and within in ("", unit.parent)


def called_so(code: str | None) -> tuple[str, ...]:
    return (fold(catalogue()[code].name), bare(catalogue()[code])) if code else ()


def spoken(code: str) -> str:
    """“Phường Thanh Khê, Thành phố Đà Nẵng”; a code of nothing stays itself."""
    unit = catalogue().get(code)
    if unit is None:
        return code
    return f"{unit.name}, {unit.parent_name}" if unit.parent_name else unit.name
