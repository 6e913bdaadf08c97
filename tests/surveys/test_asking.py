"""Conditions as rows, rows as conditions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.asking import EMPTY, GIVEN, Row, Rows, askable, condition_of, read_rows, rows_of
from surveys.conditions import operands, problems_of
from surveys.guards import holds
from surveys.kinds import SATISFACTION, Consent, Date, Integer, Matrix, Option, SelectMultiple, SelectOne, Stance
from surveys.problems import VALUE_MISSING
from surveys.questionnaire import Question, Questionnaire, Section
from tests.surveys.strategies import answered, conditions_over

YES = (Option("y", {"vi": "Có", "en": "Yes"}), Option("n", {"vi": "Không"}), Option("k", {"vi": "Khác"}))
FORM = Questionnaire((
    Section("mot", (
        Question("one", SelectOne(YES), {"vi": "Một?"}), Question("many", SelectMultiple(YES), {"vi": "Nhiều?"}), Question("n", Integer(), {"vi": "Số?"}),
        Question("day", Date(), {"vi": "Ngày?"}), Question("ok", Consent(), {"vi": "Đồng ý?"}), Question("say", Stance(), {"vi": "Ý kiến?"}),
        Question("m", Matrix((Option("r", {"vi": "Hàng"}),), SATISFACTION), {"vi": "Bảng?"}),
    )),
    Section("hai", (Question("last", Integer(), {"vi": "Cuối?"}),)),
))  # fmt: skip
KNOWN = operands(FORM.questions())


@pytest.mark.parametrize(
    ("row", "condition"),
    [
        (Row("one", "==", ("y",)), {"==": [{"var": "one"}, "y"]}),
        (Row("one", "==", ("y", "n")), {"in": [{"var": "one"}, ["y", "n"]]}),
        (Row("one", "!=", ("y", "n")), {"!": [{"in": [{"var": "one"}, ["y", "n"]]}]}),
        (Row("many", "==", ("y",)), {"in": ["y", {"var": "many"}]}),
        (Row("many", "==", ("y", "n")), {"or": [{"in": ["y", {"var": "many"}]}, {"in": ["n", {"var": "many"}]}]}),
        (Row("many", "!=", ("y",)), {"!": [{"in": ["y", {"var": "many"}]}]}),
        (Row("n", ">=", (18,)), {">=": [{"var": "n"}, 18]}),
        (Row("day", "<", ("2026-01-01",)), {"<": [{"var": "day"}, "2026-01-01"]}),
        (Row("n", EMPTY), {"==": [{"var": "n"}, None]}),
        (Row("n", GIVEN), {"!=": [{"var": "n"}, None]}),
        (Row("ok", GIVEN), {"==": [{"var": "ok"}, True]}),
        (Row("m/r", "<=", (2,)), {"<=": [{"var": "m/r"}, 2]}),
    ],
)
def test_a_row_is_a_comparison_and_back(row, condition):
    assert condition_of(Rows((row,)), KNOWN) == condition
    assert rows_of(condition) == Rows((row,))
    assert problems_of(condition, FORM.questions()) == []


def test_rows_are_joined_by_all_or_any():
    rows = (Row("n", ">", (1,)), Row("one", "==", ("y",)))

    assert condition_of(Rows(rows), KNOWN) == {"and": [{">": [{"var": "n"}, 1]}, {"==": [{"var": "one"}, "y"]}]}
    assert rows_of(condition_of(Rows(rows, "any"), KNOWN)) == Rows(rows, "any")
    assert (condition_of(Rows(), KNOWN), rows_of(None)) == (None, Rows())


def test_what_is_nested_deeper_has_no_rows():
    inner = {"and": [{">": [{"var": "n"}, 1]}, {"==": [{"var": "one"}, "y"]}]}

    assert rows_of({"or": [inner, {"<": [{"var": "n"}, 0]}]}) is None
    assert rows_of({"!": [inner]}) is None


def test_flipped_comparisons_are_turned():
    assert rows_of({"<": [5, {"var": "n"}]}) == Rows((Row("n", ">", (5,)),))


@given(st.data())
def test_rows_mean_what_the_condition_meant(data):
    """Whatever the rows of a condition say holds for the same answers."""
    questionnaire, values = data.draw(answered())
    known = operands(questionnaire.questions())
    condition = data.draw(conditions_over(known)) if known else None
    rows = rows_of(condition)
    if condition is None or rows is None:
        return
    facts = {}
    for question in questionnaire.questions():
        if question.name in values:
            facts |= question.kind.facts(question.name, values[question.name])

    assert holds(condition_of(rows, known), facts) == holds(condition, facts)


def test_forms_are_read_row_by_row():
    form = {
        "when-0-path": "n", "when-0-is": ">=", "when-1-path": "one", "when-1-is": "==", "when-2-path": "n", "when-2-is": "==", "when-3-path": "gone",
        "when-4-path": "day", "when-4-is": "<", "when-join": "any",
    }  # fmt: skip
    values = {"when-0-value": ["1.000"], "when-1-value": ["y", "zzz", "n"], "when-2-value": [" "], "when-4-value": ["23/11/2026"]}

    rows, doubts = read_rows(form, values, KNOWN)

    assert rows.join == "any"
    assert rows.rows[1:] == (Row("one", "==", ("y", "n")), Row("day", "<", ("2026-11-23",)))
    assert [(doubt.code, doubt.where) for doubt in doubts] == [(VALUE_MISSING, "when-2-value")]
    assert [row.path for row in read_rows(form, values, KNOWN, skip=1)[0].rows] == ["n", "day"]


def test_only_what_is_asked_before_can_be_asked_about():
    assert list(askable(FORM, "many")) == ["one"]
    assert "last" not in askable(FORM, "hai")
    assert "m/r" in askable(FORM, "last")
