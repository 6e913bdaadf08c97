"""The same answers counted again in plain Python, sharing nothing with analysis/ but the questionnaire."""

from collections.abc import Mapping, Sequence
from typing import Any

from surveys.answers import asked
from surveys.kinds import Decimal, Integer, Kind, Matrix, Scale, SelectMultiple, Stance, name_of
from surveys.questionnaire import Questionnaire

Answers = Mapping[str, Any]


def recount(questionnaire: Questionnaire, people: Sequence[Answers]) -> dict[str, dict[str, Any]]:
    """By question or matrix row: asked, answered, options, and the figures of tallies.json."""
    led = [set(asked(questionnaire, answers)) for answers in people]
    found: dict[str, dict[str, Any]] = {}
    for question in questionnaire.questions():
        if not question.kind.asks:
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
    }


def options(kind: Kind, valid: Sequence[Any]) -> dict[str, int]:
    if isinstance(kind, SelectMultiple):
        chosen = [{name_of(choice) for choice in value} for value in valid]
    elif isinstance(kind, Stance):
        chosen = [{value["stance"]} for value in valid]
    elif hasattr(kind, "options"):
        chosen = [{name_of(value)} for value in valid]
    else:
        return {}
    names = [option.name for option in kind.options] + (["other"] if getattr(kind, "other", False) else [])
    return {name: sum(name in each for each in chosen) for name in names}


def measures(kind: Kind, valid: Sequence[Any]) -> dict[str, float | None]:
    if not valid or not isinstance(kind, Scale | Integer | Decimal):
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
