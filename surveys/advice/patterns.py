"""The words that rules look for, read once from patterns.toml beside this file."""

import re
import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from msgspec import Struct

Patterns = Mapping[str, re.Pattern[str]]
"""By language."""

TABLE: Mapping[str, Any] = tomllib.loads((files(__package__) / "patterns.toml").read_text(encoding="utf-8"))


def patterns(name: str) -> Patterns:
    """One pattern a language, of all its lines."""
    return {language: re.compile("|".join(f"(?:{line})" for line in lines)) for language, lines in TABLE[name].items()}


def of_both(name: str) -> re.Pattern[str]:
    return re.compile(TABLE["of_both"][name])


class Family(Struct, frozen=True):
    """Words of one two-sided scale: of its lower and its upper steps."""

    down: re.Pattern[str]
    up: re.Pattern[str]


LEADING, WHY, NOT_NOT, ABSOLUTE = patterns("leading"), patterns("why"), patterns("not_not"), patterns("absolute")
OFTEN, OFTEN_OPTION, HOW_OFTEN, PERIOD = patterns("often"), patterns("often_option"), patterns("how_often"), patterns("period")
REASONS, ELSE, OUTSIDE, NEVER = patterns("reasons"), patterns("else"), patterns("outside"), patterns("never")
JOIN, RATED = patterns("join"), patterns("rated")
TOGETHER: Mapping[str, tuple[str, ...]] = {language: tuple(words) for language, words in TABLE["together"].items()}
NOT_A_NEGATION, WHO, WHEN, BETWEEN, MIDDLE = map(of_both, ("not_a_negation", "who", "when", "between", "middle"))
FAMILIES = tuple(Family(re.compile(family["down"]), re.compile(family["up"])) for family in TABLE["family"])
