"""Who is asked what: the ways through a questionnaire that conditions open, tried with answers that tell them apart."""

import random
from collections.abc import Mapping
from itertools import product
from typing import Any

from msgspec import Struct

from surveys import answers, conditions
from surveys.conditions import Operand, operands
from surveys.guards import is_literal, is_var, nested
from surveys.kinds import Place, Value
from surveys.questionnaire import Questionnaire

MOST_STEPS = 100_000
"""Combinations of answers times questions; where there are more, as many by lot."""

SEED = 20261125


class Reach(Struct, frozen=True):
    """`ways` are the different lists of questions somebody may meet. `never`: questions in none of them.

    `share` is in how many of the ways a question stands; `shortest` and `longest` count what is answered. `whole`: every combination was tried.
    """

    ways: int
    share: dict[str, int]
    never: tuple[str, ...]
    shortest: int
    longest: int
    whole: bool


def reach(questionnaire: Questionnaire) -> Reach:
    tried, whole = combinations(questionnaire)
    ways = {tuple(answers.shown(questionnaire, values)) for values in tried}
    names = [question.name for question in questionnaire.questions()]
    asks = {question.name for question in questionnaire.questions() if question.kind.asks}
    share = {name: sum(name in way for way in ways) for name in names}
    lengths = [sum(name in asks for name in way) for way in ways]
    return Reach(len(ways), share, tuple(name for name in names if not share[name]), min(lengths), max(lengths), whole)


def combinations(questionnaire: Questionnaire) -> tuple[list[dict[str, Value]], bool]:
    """Answers to the questions that conditions look at, as `answers` keeps them; and whether these are all that differ."""
    known = operands(questionnaire.questions())
    telling = {path: candidates(known[path], literals) for path, literals in looked_at(questionnaire).items() if path in known}
    count = 1
    for values in telling.values():
        count *= len(values)
    most = max(50, min(2000, MOST_STEPS // max(1, sum(1 for _ in questionnaire.questions()))))
    if count <= most:
        return [assembled(known, dict(zip(telling, chosen, strict=True))) for chosen in product(*telling.values())], True
    lot = random.Random(SEED)  # noqa: S311 - which answers are tried, nothing secret
    return [assembled(known, {path: lot.choice(values) for path, values in telling.items()}) for _ in range(most)], False


def looked_at(questionnaire: Questionnaire) -> dict[str, list[Any]]:
    """Every path that a condition compares, with what it is compared to."""
    found: dict[str, list[Any]] = {}
    for part in questionnaire.parts():
        for piece, _ in nested(part.relevant):
            given = next(iter(piece.values())) if isinstance(piece, dict) and len(piece) == 1 else None
            if not isinstance(given, list) or not any(map(is_var, given)):
                continue
            literals = [one for side in given for one in (side if isinstance(side, list) else [side]) if is_literal(one) and one is not None]
            for side in given:
                if is_var(side):
                    found.setdefault(side["var"], []).extend(literals)
    return found


def candidates(operand: Operand, literals: list[Any]) -> list[Any]:
    """Answers that make a difference to these comparisons, with None for no answer."""
    match operand.type:
        case "number" if operand.names:
            return [None, *(int(name) if name.lstrip("-").isdecimal() else name for name in operand.names)]
        case "number":
            numbers = sorted({one for one in literals if isinstance(one, int | float) and not isinstance(one, bool)})
            return [None, *dict.fromkeys(near for one in numbers for near in (one - 1, one, one + 1))] if numbers else [None, 1]
        case "choice":
            named = [name for name in operand.names if name in literals] if len(operand.names) > 8 else list(operand.names)
            return [None, *named, *[name for name in operand.names if name not in named][:1]]
        case "choices":
            named = [name for name in operand.names if name in literals][:6]
            other = [name for name in operand.names if name not in named][:1]
            return [None, *[[name] for name in (*named, *other)], *([named] if len(named) > 1 else [])]
        case "day":
            return [None, "1900-01-01", "2100-12-31", *dict.fromkeys(one for one in literals if isinstance(one, str))]
        case "time":
            return [None, "00:00", "23:59", *dict.fromkeys(one for one in literals if isinstance(one, str))]
        case "consent":
            return [None, True]
    return [None, *dict.fromkeys(one for one in literals if isinstance(one, str)), "…"]


def assembled(known: Mapping[str, Operand], chosen: Mapping[str, Any]) -> dict[str, Value]:
    """Values by question, of answers by path."""
    values: dict[str, Value] = {}
    for path, answer in chosen.items():
        if answer is None:
            continue
        name, _, part = path.partition("/")
        kind = known[path].question.kind
        if isinstance(kind, Place):
            point = values.setdefault(name, [0.0, 0.0])
            point[0 if part == "lat" else 1] = answer
        elif part:
            values.setdefault(name, {})[part] = answer
        else:
            values[name] = {"stance": answer} if kind.tag in ("stance", "clause") else [answer] if kind.tag == "ranking" else answer
    return values


def users_of(questionnaire: Questionnaire, name: str) -> list[str]:
    """The questions and sections that are only asked by the answer to this one."""
    parts = questionnaire.parts()
    return [part.name for part in parts if part.relevant is not None and name in conditions.names(part.relevant)]
