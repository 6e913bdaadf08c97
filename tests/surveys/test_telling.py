"""What the page says by itself about an answer is what the server says: the same code at the same place, in the same words."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from surveys import answers
from surveys.kinds import (
    SATISFACTION,
    Clause,
    Consent,
    Date,
    Decimal,
    Integer,
    Kind,
    Matrix,
    OpenText,
    Option,
    Place,
    Points,
    Ranking,
    Scale,
    SelectMultiple,
    SelectOne,
    Stance,
    Time,
)
from surveys.language import number_words
from surveys.problems import Problem
from surveys.questionnaire import Question, Questionnaire, Section
from surveys.reading import clean
from templates import next_words, words
from templates.telling import told_by_script
from tests.surveys.forms import fields_of
from tests.surveys.test_parity import NODE, drawn, pytestmark  # noqa: F401 – skips where node is not

OPTIONS = tuple(Option(name, {"vi": f"Nhãn {name}"}, exclusive=name == "d") for name in "abcd")
KINDS: tuple[Kind, ...] = (
    SelectOne(OPTIONS), SelectOne(OPTIONS, other=True), SelectMultiple(OPTIONS, other=True, least=2, most=3), Stance(longest=8), Clause(longest=8, clause="c"),
    Scale(SATISFACTION, (Option("dk"),)), Integer(-5, 90), Integer(), Decimal(0.5, 12), Points(OPTIONS, 100), Ranking(OPTIONS), Ranking(OPTIONS, 2),
    Date("2026-01-01", "2026-12-31"), Date(), Time("07:00", "17:00"), Time(), OpenText(longest=6), Place(), Place("m", (15.9, 108.1, 16.1, 108.3)), Consent(),
)  # fmt: skip
FULL = frozenset({"too_small", "too_large", "points_not_divided", "too_early_date", "too_late_date", "time_outside", "too_long", "ranks_missing", "too_many"})
"""Sentences that repeat numbers and days: these are compared to the letter."""


@pytest.fixture(scope="module")
def page() -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen([NODE, Path(__file__).parent / "telling.js"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield process
        assert process.stdin
        process.stdin.close()


def asked(page: subprocess.Popen[str], **what: Any) -> Any:
    assert page.stdin
    assert page.stdout
    page.stdin.write(json.dumps(what) + "\n")
    page.stdin.flush()
    return json.loads(page.stdout.readline())


def compared(code: str, place: str, sentence: str) -> list[str]:
    return [code, place, sentence if code in FULL else ""]


def said(problem: Problem) -> list[str]:
    sentence = f"{words(problem, 'vi')} {next_words(problem, 'vi')}".strip()
    return compared(problem.code.id, problem.where.removeprefix("q").removeprefix("/"), sentence)


@settings(max_examples=600)
@given(data=st.data(), kind=st.sampled_from(KINDS), required=st.booleans())
def test_page_says_what_the_server_says(page: subprocess.Popen[str], data: st.DataObject, kind: Kind, required: bool) -> None:
    form = {field: values for field, values in data.draw(fields_of(kind, "q")).items() if values}
    assume(all(clean(text) == text.strip() for text in form.get("q/text", [])))  # of letters that nobody sees the server alone judges
    question = Question("q", kind, {"vi": "?"}, required=required)
    questionnaire = Questionnaire((Section("s", (question,)),))

    server = [said(problem) for problem in answers.check(questionnaire, answers.from_form(questionnaire, form)).problems]
    made = drawn(question, json.loads(json.dumps(builtins(kind))))
    browser = [compared(*one) for one in asked(page, question=made, form=form, required=required, told=told_by_script({kind.tag}, "vi"))]

    assert browser == server


def builtins(kind: Kind) -> Any:
    import msgspec

    return msgspec.to_builtins(kind)


def test_matrix_is_told_row_by_row() -> None:
    """Its rows are marked by the page itself (mistakes.js); the sentence is there for it."""
    assert "required" in told_by_script({Matrix((), SATISFACTION).tag}, "en")


@settings(max_examples=400)
@given(
    number=st.integers(-(10**9), 10**9) | st.integers(-(10**6), 10**6).map(lambda n: n / 8) | st.floats(-1e9, 1e9).map(lambda x: round(x, 3)),
    decimals=st.none() | st.integers(0, 4),
    language=st.sampled_from(["vi", "en"]),
)
def test_numbers_sound_alike(page: subprocess.Popen[str], number: float, decimals: int | None, language: str) -> None:
    if decimals is None and isinstance(number, float) and abs(number) < 0.001 and number:
        return
    written = number_words(number if decimals is not None or not float(number).is_integer() else int(number), language, decimals=decimals)

    assert asked(page, number=number, decimals=decimals, language=language).lstrip("-0.,") == written.lstrip("-0.,")
