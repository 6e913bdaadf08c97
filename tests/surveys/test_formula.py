"""Calculations as formulas."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys import calculations
from surveys.formula import parsed, written
from surveys.problems import FORMULA_ENDS, FORMULA_ODD, TOO_LONG, Problem

A, B = {"var": "a"}, {"var": "b"}


@pytest.mark.parametrize(
    ("words", "expression"),
    [
        ("a", A),
        ("= a * 2", {"*": [A, 2]}),
        ("a + b * 2 - 1", {"-": [{"+": [A, {"*": [B, 2]}]}, 1]}),
        ("(a + b) × 1,5 ÷ 2", {"/": [{"*": [{"+": [A, B]}, 1.5]}, 2]}),
        ("-a", {"-": [0, A]}),
        ("MAX(a; b; 3)", {"max": [A, B, 3]}),
        ("if(a >= 18; 1; 0)", {"if": [{">=": [A, 18]}, 1, 0]}),
        ('NẾU(VÀ(a = "co"; b <> -1); a; b)', {"if": [{"and": [{"==": [A, "co"]}, {"!=": [B, -1]}]}, A, B]}),
        ("[dat/o] + [ten-khac]", {"+": [{"var": "dat/o"}, {"var": "ten-khac"}]}),
        ("số_người / 2", {"/": [{"var": "số_người"}, 2]}),
    ],
)
def test_formulas_say_what_they_say_in_excel(words, expression):
    assert parsed(words) == expression


@pytest.mark.parametrize(
    ("words", "code", "given_"),
    [
        ("", FORMULA_ENDS, None), ("a +", FORMULA_ENDS, None), ("(a", FORMULA_ENDS, None), ("a b", FORMULA_ODD, "b"), ("a ; b", FORMULA_ODD, ";"),
        ("SUM(a; b)", FORMULA_ODD, "SUM"), ("a # b", FORMULA_ODD, "#"), ("MAX(a)", FORMULA_ODD, ")"), ("IF(a; 1; 2)", FORMULA_ODD, ";"),
        ("(" * 30 + "a" + ")" * 30, FORMULA_ODD, "("), ("1" * 2000, TOO_LONG, 2000),
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_where(words, code, given_):
    problem = parsed(words)

    assert isinstance(problem, Problem)
    assert (problem.code, problem.given.get("given")) == (code, given_)


numbers = st.integers(0, 10**6) | st.sampled_from([0.5, 1.25, 3.75])
leaves = numbers | st.sampled_from([A, B, {"var": "m/r 1"}])
conditions = st.tuples(st.sampled_from(["==", "!=", "<", "<=", ">", ">="]), st.sampled_from([A, B]), numbers | st.sampled_from(["co", "5 a"])).map(
    lambda made: {made[0]: [made[1], made[2]]}
)
expressions = st.recursive(
    leaves,
    lambda inner: (
        st.tuples(st.sampled_from(["+", "-", "*", "/", "min", "max"]), inner, inner).map(lambda made: {made[0]: [made[1], made[2]]})
        | st.tuples(conditions, inner, inner).map(lambda made: {"if": list(made)})
    ),
    max_leaves=8,
)


@given(expressions)
def test_a_written_formula_is_read_as_it_was(expression):
    assert parsed(written(expression)) == expression


@given(st.text(max_size=60))
def test_no_text_breaks_the_reader(words):
    found = parsed(words)

    assert isinstance(found, Problem) or calculations.calculated(found, {}) is None or isinstance(calculations.calculated(found, {}), float)
