"""The same answers counted again in plain Python, sharing nothing with analysis/ but the questionnaire."""

from collections.abc import Mapping, Sequence
from typing import Any

from surveys.answers import shown
from surveys.kinds import Calculation, Decimal, Integer, Kind, Matrix, Points, Ranking, Scale, SelectMultiple, Stance, Time, UnitChoice, name_of
from surveys.questionnaire import Questionnaire

Answers = Mapping[str, Any]


def recount(questionnaire: Questionnaire, people: Sequence[Answers]) -> dict[str, dict[str, Any]]:
    """By question or matrix row: asked, answered, options, and the figures of tallies.json."""
    led = [set(shown(questionnaire, answers)) for answers in people]
    found: dict[str, dict[str, Any]] = {}
    for question in questionnaire.questions():
        if not question.kind.asks and not isinstance(question.kind, Calculation):
            continue
        those = [answers for answers, names in zip(people, led, strict=True) if question.name in names]
        if isinstance(question.kind, Matrix):
            for row in question.kind.rows:
                given = [(answers.get(question.name) or {}).get(row.name) for answers in those]
                found[f"{question.name}/{row.name}"] = figures(question.kind.scale, given)
        else:
            found[question.name] = figures(question.kind, [answers.get(question.name) for answers in those])
    return found


def figures(kind: Kind, given: Sequence[Any]) -> dict[str, Any]:
    outside = [option.name for option in kind.missing] if isinstance(kind, Scale) else []
    valid = [value for value in given if value is not None and value not in outside]
    return {
        "asked": len(given),
        "answered": len(valid),
        "missing": len(given) - len(valid),
        "options": options(kind, valid),
        **measures(kind, valid),
        **ranks(kind, valid),
        **shares(kind, valid),
    }


def options(kind: Kind, valid: Sequence[Any]) -> dict[str, int]:
    if isinstance(kind, UnitChoice):
        return {code: sum(value == code for value in valid) for code in sorted(set(valid))}
    if isinstance(kind, Ranking):
        chosen = [{value[0]} for value in valid]
    elif isinstance(kind, Points):
        chosen = [{option for option, points in value.items() if points} for value in valid]
    elif isinstance(kind, SelectMultiple):
        chosen = [{name_of(choice) for choice in value} for value in valid]
    elif isinstance(kind, Stance):
        chosen = [{value["stance"]} for value in valid]
    elif hasattr(kind, "options"):
        chosen = [{name_of(value)} for value in valid]
    else:
        return {}
    names = [option.name for option in kind.options] + (["other"] if getattr(kind, "other", False) else [])
    return {name: sum(name in each for each in chosen) for name in names}


def ranks(kind: Kind, valid: Sequence[Any]) -> dict[str, Any]:
    """Of each option that somebody ranked: how many gave it each rank, and the mean of those ranks."""
    if not isinstance(kind, Ranking):
        return {}
    given = {option.name: [order.index(option.name) + 1 for order in valid if option.name in order] for option in kind.options}
    counts = {name: [found.count(rank) for rank in range(1, len(kind.options) + 1)] for name, found in given.items()}
    return {"ranks": counts, "mean_rank": {name: sum(found) / len(found) for name, found in given.items() if found}}


def shares(kind: Kind, valid: Sequence[Any]) -> dict[str, Any]:
    """Of each option the percent of all points that it was given."""
    if not isinstance(kind, Points):
        return {}
    given = {option.name: sum(value.get(option.name, 0) for value in valid) for option in kind.options}
    return {"mean_share": {name: 100 * points / sum(given.values()) for name, points in given.items() if valid}}


def measures(kind: Kind, valid: Sequence[Any]) -> dict[str, float | None]:
    if valid and isinstance(kind, Time):
        return {"mean": None, "satisfied_percent": None, "min": min(valid), "max": max(valid), "median": middle_hour(valid), "total": None}
    if not valid or not isinstance(kind, Scale | Integer | Decimal | Calculation):
        return dict.fromkeys(("mean", "satisfied_percent", "min", "max", "median", "total"))
    ordered, middle = sorted(valid), len(valid) // 2
    total = sum(valid)
    mean = total / len(valid)
    if isinstance(kind, Scale):
        top = sorted(int(option.name) for option in kind.options)[-2:]
        satisfied = 100 * sum(value in top for value in valid) / len(valid) if len(kind.options) == 5 else None
        return {"mean": mean, "satisfied_percent": satisfied, **dict.fromkeys(("min", "max", "median", "total"))}
    median = ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
    exact = total if abs(total) <= 2**53 else float(total)
    return {"mean": mean, "satisfied_percent": None, "min": ordered[0], "max": ordered[-1], "median": median, "total": exact}


def middle_hour(hours: Sequence[str]) -> str:
    """The median, between two hours the earlier of the minutes that are nearest."""
    minutes = sorted(int(hour[:2]) * 60 + int(hour[3:]) for hour in hours)
    found = (minutes[(len(minutes) - 1) // 2] + minutes[len(minutes) // 2]) // 2
    return f"{found // 60:02}:{found % 60:02}"
