"""Counts are what anybody gets who counts the same answers again (promise 31)."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from msgspec import structs

from analysis import data, exports, folding, reporting, tally
from analysis.frame import Frame
from analysis.reading import from_table
from analysis.report import QuestionTally, Report
from analysis.stored import Answer, from_answers
from surveys.answers import check
from surveys.kinds import OTHER, Calculation, Place, Ranking, SelectMultiple
from surveys.questionnaire import Question, Questionnaire
from tests.analysis.recount import recount
from tests.surveys.strategies import questionnaires, values_of

INEXACT = ("mean_rank", "mean_share")
VILLAGES = ["v1", "v2", ""]
slow = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@st.composite
def surveys(draw: st.DrawFn) -> tuple[Questionnaire, list[Answer]]:
    """A questionnaire and what up to eight people stored: what is left of their answers once those were checked."""
    questionnaire = draw(questionnaires())
    asking = [question for question in questionnaire.questions() if question.kind.asks]
    stored = []
    for _ in range(draw(st.integers(0, 8))):
        values = {question.name: draw(values_of(question.kind)) for question in asking if draw(st.integers(0, 3))}
        stored.append(Answer(check(questionnaire, values).values, village=draw(st.sampled_from(VILLAGES))))
    return questionnaire, stored


def full(frame: Frame, *by: str) -> Report:
    return reporting.make(frame, title={"vi": "x"}, audience="official", by=by)


def figures(report: Report) -> dict[str, dict[str, Any]]:
    kept = ("asked", "answered", "missing", "mean", "satisfied_percent", "min", "max", "median", "total")
    return {
        question["name"]: {name: question[name] for name in kept}
        | {"options": {option["value"]: option["count"] for option in question["options"]}}
        | {part: {option["value"]: option[part] for option in question["options"] if option[part] is not None} for part in parts(question)}
        for question in exports.tallies(report)["questions"]
    }


def parts(question: Mapping[str, Any]) -> list[str]:
    """Figures that options of this kind have beside their counts."""
    return {"ranking": ["mean_rank", "ranks"], "points": ["mean_share"]}.get(question["kind"], [])


def close(expected: Mapping[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Sums of decimals may be added in another order."""
    return {
        name: {
            key: pytest.approx(value, rel=1e-9, abs=1e-9) if key in ("mean_rank", "mean_share") or isinstance(value, float) else value
            for key, value in found.items()
        }
        for name, found in expected.items()
    }


@slow
@given(surveys())
def test_a_report_equals_an_independent_recount(survey):
    questionnaire, stored = survey

    report = full(from_answers({1: questionnaire}, stored), "village")

    assert report.responses == len(stored)
    assert figures(report) == close(recount(questionnaire, [each.answers for each in stored]))


@slow
@given(surveys())
def test_groups_equal_a_recount_of_each_group(survey):
    questionnaire, stored = survey

    counted = tally.count(from_answers({1: questionnaire}, stored), by=["village"])

    for village in {each.village for each in stored}:
        expected = recount(questionnaire, [each.answers for each in stored if each.village == village])
        for name, found in expected.items():
            counts = counted.groups["village"][name][village]
            assert (counts.asked, counts.answered, counts.options) == (found["asked"], found["answered"], found["options"])
            assert {option: list(ranks) for option, ranks in counts.ranks.items()} == found.get("ranks", {})


@slow
@given(surveys())
def test_first_places_and_mean_ranks_and_shares_add_up(survey):
    questionnaire, stored = survey

    report = full(from_answers({1: questionnaire}, stored), "village")

    for question in report.questions:
        for row in (question, *question.groups["village"]):
            many = len(row.options)
            if question.kind == "ranking" and row.answered:
                assert sum(option.count or 0 for option in row.options) == row.answered
                assert [sum(option.ranks) for option in row.options] == [row.answered] * many
                assert sum(option.mean_rank or 0 for option in row.options) == pytest.approx(many * (many + 1) / 2)
            if question.kind == "points" and row.answered:
                assert sum(option.mean_share or 0 for option in row.options) == pytest.approx(100)


@slow
@given(surveys(), st.integers(0, 8))
def test_tallies_of_parts_add_up_to_the_whole(survey, cut):
    questionnaire, stored = survey
    whole, first, second = (tally.count(from_answers({1: questionnaire}, part), by=["village", "channel"]) for part in (stored, stored[:cut], stored[cut:]))

    together = first + second

    assert (together.responses, together.questions) == (whole.responses, whole.questions)
    assert {by: {group: size for group, size in sizes.items() if size} for by, sizes in together.sizes.items()} == {
        by: {group: size for group, size in sizes.items() if size} for by, sizes in whole.sizes.items()
    }
    for by, questions in whole.groups.items():
        for name, groups in questions.items():
            assert {group: counts for group, counts in together.groups[by][name].items() if whole.sizes[by].get(group)} == {
                group: counts for group, counts in groups.items() if whole.sizes[by].get(group)
            }


@slow
@given(surveys())
def test_stored_answers_come_back_from_a_frame(survey):
    questionnaire, stored = survey

    assert list(folding.answers(from_answers({1: questionnaire}, stored))) == [each.answers for each in stored]


@slow
@given(surveys(), st.booleans())
def test_a_file_of_the_same_answers_gives_the_same_report(survey, whole_columns):
    questionnaire, stored = survey
    frame = from_answers({1: questionnaire}, stored)
    table = data.read(as_csv(questionnaire, [each.answers for each in stored], whole_columns).encode())
    assume(len(table.columns) > 1)

    reading = from_table(questionnaire, table)

    assert list(folding.answers(reading.frame)) == list(folding.answers(frame))
    assert full(reading.frame).questions == tuple(without_words(question) for question in full(frame).questions)


def without_words(question: QuestionTally) -> QuestionTally:
    """A data file has no ids by which words could be released."""
    return structs.replace(question, words=(), words_withheld=len(question.words) + question.words_withheld)


def as_csv(questionnaire: Questionnaire, people: Sequence[Mapping[str, Any]], whole_columns: bool) -> str:
    """As KoboToolbox exports: several choices in one column, or in one 0/1 column each; calculations are there or worked out again."""
    asking = [question for question in questionnaire.questions() if question.kind.asks or (whole_columns and isinstance(question.kind, Calculation))]
    header = {"_index": "0"}
    for question in asking:
        header |= cells(question, None, whole_columns)
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(header))
    writer.writeheader()
    for place, answers in enumerate(people):
        row: dict[str, Any] = {"_index": place}
        for question in asking:
            row |= cells(question, answers.get(question.name), whole_columns)
        writer.writerow(row)
    return text.getvalue()


def cells(question: Question, value: Any, whole_columns: bool) -> dict[str, Any]:
    name, kind = question.name, question.kind
    blank = {column.name: "" for column in kind.columns(name)}
    if isinstance(kind, SelectMultiple) and whole_columns:
        texts = [choice["text"] for choice in value or [] if isinstance(choice, dict)]
        chosen = " ".join(OTHER if isinstance(choice, dict) else choice for choice in value or [])
        return {name: chosen} | ({f"{name}/text": texts[0] if texts else ""} if kind.other else {})
    if isinstance(kind, Ranking) and whole_columns:
        return {name: " ".join(value or [])}
    if isinstance(kind, Place) and whole_columns:
        return {name: f"{value[0]} {value[1]} 12.5 4" if value else ""}
    return blank if value is None else blank | {column: "" if cell is None else cell for column, cell in kind.cells(name, value).items()}
