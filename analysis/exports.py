"""A Report as tallies.json, the form that programs rely on."""

from typing import Any

import msgspec

from analysis.report import GroupTally, OptionTally, QuestionTally, Report
from surveys.kinds import Points, Ranking, Time, say
from templates.filters import hour

SCHEMA = "ydan-tallies/1"
RANKING, POINTS, TIME = Ranking(()).tag, Points(()).tag, Time().tag


def tallies(report: Report, *, language: str = "vi") -> dict[str, Any]:
    """The dict of tallies.json as the contract fixes it; keys it does not name are ours."""
    return {
        "schema": SCHEMA,
        "title": say(report.title, language),
        "responses": report.responses,
        "weighted": False,
        "min_cell": report.min_cell,
        "population": report.population,
        "provisional": report.provisional,
        "data_sha256": report.data_hash,
        "questions": [question_dict(question) for question in report.questions],
        "turnout": msgspec.to_builtins(report.turnout),
        "other_channels": msgspec.to_builtins(report.other_channels),
        "merged": [{"name": each.name, "answered": each.answered, "options": [option_dict(option, "") for option in each.options]} for each in report.merged],
    }


def tallies_json(report: Report, *, language: str = "vi") -> bytes:
    return msgspec.json.format(msgspec.json.encode(tallies(report, language=language)), indent=1)


def question_dict(question: QuestionTally) -> dict[str, Any]:
    return {
        "name": question.name,
        "kind": question.kind,
        "label": dict(question.label),
        "asked": question.asked,
        "answered": question.answered,
        "missing": question.missing,
        "suppressed": question.suppressed,
        "options": [option_dict(option, question.kind) for option in question.options],
        "mean": question.mean,
        **dict.fromkeys(("mean_se", "mean_low", "mean_high")),
        "total": question.total,
        **dict.fromkeys(("total_se", "deff", "effective_n")),
        **{name: clock(figure) if question.kind == TIME else figure for name, figure in ends(question)},
        "satisfied_percent": question.satisfied_percent,
        "texts": [words.text for words in question.words],
        "texts_withheld": question.words_withheld,
        "groups": {by: [group_dict(group, question.kind) for group in groups] for by, groups in question.groups.items()},
    }


def ends(question: QuestionTally) -> list[tuple[str, float | None]]:
    return [("min", question.minimum), ("max", question.maximum), ("median", question.median)]


def clock(minutes: float | None) -> str | None:
    """07:30 of minutes after midnight."""
    return None if minutes is None else hour(minutes)


def option_dict(option: OptionTally, kind: str) -> dict[str, Any]:
    return {
        "value": option.value,
        "label": dict(option.label),
        "count": option.count,
        "weighted_count": None,
        "percent": option.percent,
        "low": None,
        "high": None,
        "suppressed": option.suppressed,
        **({"mean_rank": option.mean_rank, "ranked": option.ranked, "ranks": list(option.ranks) or None} if kind == RANKING else {}),
        **({"mean_share": option.mean_share} if kind == POINTS else {}),
    }


def group_dict(group: GroupTally, kind: str) -> dict[str, Any]:
    return {
        "value": group.value,
        "label": dict(group.label),
        "responses": group.responses,
        "answered": group.answered,
        "suppressed": group.suppressed,
        "options": [option_dict(option, kind) for option in group.options],
        "mean": group.mean,
        "satisfied_percent": group.satisfied_percent,
    }
