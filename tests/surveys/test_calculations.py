"""Numbers worked out from answers: their values, what is wrong with them, and where they are used."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.answers import check, shown
from surveys.calculations import calculated, guarded_in, names, problems_of
from surveys.kinds import Calculation, Integer, OpenText
from surveys.questionnaire import Question, Questionnaire, Section
from tests.surveys.strategies import junk

PEOPLE, METRES = {"var": "people"}, {"var": "metres"}
CHILD = {"<": [PEOPLE, 2]}


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        (3, 3),
        (PEOPLE, 4),
        ({"+": [PEOPLE, 1, METRES]}, 11.5),
        ({"-": [PEOPLE, 1]}, 3),
        ({"*": [PEOPLE, METRES]}, 26),
        ({"/": [METRES, PEOPLE]}, 1.625),
        ({"min": [PEOPLE, METRES]}, 4),
        ({"max": [PEOPLE, METRES]}, 6.5),
        ({"if": [CHILD, 0, {"*": [PEOPLE, 10]}]}, 40),
        ({"if": [{"==": [{"var": "nobody"}, None]}, 7, PEOPLE]}, 7),
        ({"/": [PEOPLE, 0]}, None),
        ({"+": [PEOPLE, {"var": "nobody"}]}, None),
        ({"+": [PEOPLE, {"var": "name"}]}, None),
        ({"*": [1e300, 1e300]}, None),
        ({"**": [PEOPLE, 2]}, None),
        ({"+": [PEOPLE]}, None),
        ("4", None),
        (True, None),
    ],
)
def test_calculated(expression, value):
    assert calculated(expression, {"people": 4, "metres": 6.5, "name": "12"}) == value


@given(junk)
def test_what_rests_on_nothing_is_nothing_and_never_breaks(expression):
    problems = problems_of(expression, [])

    assert calculated(expression, {}) is None or problems == []
    assert calculated(guarded_in(expression), {}) == calculated(expression, {})


@given(st.integers(0, 2000))
def test_a_calculation_nested_without_end_is_refused(depth):
    expression = 1
    for _ in range(depth):
        expression = {"+": [expression, 1]}

    assert (calculated(expression, {}) is None) == (depth > 10)


ASKED = (Question("people", Integer(), {"vi": "Mấy người?"}), Question("name", OpenText(), {"vi": "Tên?"}))


@pytest.mark.parametrize(
    ("expression", "codes"),
    [
        ({"+": [PEOPLE, 1]}, []),
        ({"if": [CHILD, 0, PEOPLE]}, []),
        ({"+": [PEOPLE, METRES]}, ["condition_unknown"]),
        ({"+": [PEOPLE, {"var": "later"}]}, ["condition_later"]),
        ({"+": [PEOPLE, {"var": "name"}]}, ["calculation_no_number"]),
        ({"if": [{"<": [{"var": "name"}, 2]}, 0, 1]}, ["condition_order", "condition_types"]),
        ({"if": [1, 0, 1]}, ["calculation_malformed"]),
        ("people + 1", ["calculation_malformed"]),
    ],
)
def test_what_is_wrong_with_it(expression, codes):
    assert [problem.code.id for problem in problems_of(expression, ASKED, later=["later"])] == codes


def test_names_those_in_its_conditions():
    assert names({"if": [CHILD, METRES, {"+": [PEOPLE, 1]}]}) == ["people", "metres"]


def test_a_calculation_is_a_fact_for_what_follows():
    total = Question("total", Calculation({"*": [PEOPLE, 100]}), {"vi": "Cộng"})
    dear = Question("dear", OpenText(), {"vi": "Vì sao?"}, relevant={">": [{"var": "total"}, 300]})
    form = Questionnaire((Section("s", (ASKED[0], total, dear)),))

    few, many = check(form, {"people": 3}), check(form, {"people": 4, "dear": "đông", "total": 1})

    assert (few.values, shown(form, few.values)) == ({"people": 3, "total": 300}, ["people", "total"])
    assert (many.values, many.problems) == ({"people": 4, "total": 400, "dear": "đông"}, [])
