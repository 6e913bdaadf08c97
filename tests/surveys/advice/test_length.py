"""How long it takes, and what is too long for a phone."""

import pytest

from surveys.advice import length
from surveys.kinds import (
    SATISFACTION,
    Block,
    Calculation,
    Clause,
    Date,
    File,
    Integer,
    Matrix,
    Note,
    OpenText,
    Place,
    Points,
    Ranking,
    SelectMultiple,
    SelectOne,
    Stance,
    UnitChoice,
)
from surveys.questionnaire import Question, Questionnaire, Section
from tests.surveys.advice.asking import RATED, YES_NO, options

CLAUSE = Clause(clause="d1", number="1", body=(Block("một " * 99), Block(rows=(("một",),))))


def form(*kinds, label="Câu hỏi?"):
    return Questionnaire((Section("s", tuple(Question(f"q{n}", kind, {"vi": label}) for n, kind in enumerate(kinds))),))


def named(count):
    return options(*(f"Ý {n}" for n in range(count)))


def codes(questionnaire):
    return [problem.code.id for problem in length.too_long(questionnaire)]


@pytest.mark.parametrize(
    ("kind", "seconds"),
    [
        (Ranking(()), 25), (Points(()), 45), (UnitChoice(), 15), (File(), 40), (Place(), 30), (OpenText(), 40), (Stance(), 10 + 8 / 5), (Integer(), 10),
        (Date(), 10), (Note(), 0), (Calculation(1), 0), (Matrix(options("A", "B"), ()), 20 + 2 / 5), (Clause(), 15 + 8 / 5),
        (CLAUSE, 15 + 8 / 5 + 30),
    ],
    ids=lambda value: getattr(value, "tag", None),
)  # fmt: skip
def test_every_kind_takes_its_time(kind, seconds):
    assert length.seconds(Question("q", kind)) == pytest.approx(seconds)


def test_time_is_in_whole_minutes_and_grows_with_what_is_read():
    assert length.minutes(form()) == 1
    assert length.minutes(form(*[OpenText()] * 3)) == 3
    assert length.minutes(form(Note(), label="một " * 290)) == 1
    assert length.minutes(form(Note(), label="một " * 310)) == 2


@pytest.mark.parametrize("kinds", [[YES_NO] * 26, [Matrix(named(26), SATISFACTION)], [RATED] * 40, [Stance()] * 26, [*[OpenText()] * 14, *[YES_NO] * 12]])
def test_forms_of_too_many_questions_are_seen(kinds):
    assert "long_form" in codes(form(*kinds))


@pytest.mark.parametrize("kinds", [[OpenText()] * 16, [Points(named(3))] * 14, [File()] * 16, [Ranking(named(3))] * 25, [*[OpenText()] * 15, YES_NO]])
def test_forms_that_take_too_long_are_seen(kinds):
    assert "long_time" in codes(form(*kinds))


@pytest.mark.parametrize("kinds", [[YES_NO] * 7, [CLAUSE] * 60, [Note()] * 40, [Matrix(named(12), SATISFACTION)], [OpenText()] * 7, [Calculation(1)] * 30])
def test_forms_for_a_phone_pass(kinds):
    assert codes(form(*kinds)) == []


@pytest.mark.parametrize(
    "kinds", [[YES_NO] * 8, [Stance()] * 9, [Matrix(named(7), SATISFACTION), YES_NO], [OpenText()] * 8, [Matrix(named(4), SATISFACTION)] * 2]
)
def test_sections_too_long_for_a_screen_are_seen(kinds):
    assert "long_section" in codes(form(*kinds))


@pytest.mark.parametrize(
    ("label", "kind"),
    [("Rất dài " * 40, YES_NO), ("a" * 251, Stance()), ("Long question " * 20, RATED), ("x " * 130, OpenText()), ("đường " * 50, SelectMultiple(named(3)))],
)
def test_labels_too_long_are_seen(label, kind):
    assert codes(form(kind, label=label)) == ["long_label"]


@pytest.mark.parametrize(
    ("label", "kind"),
    [("a" * 250, YES_NO), ("Rất dài " * 40, Note()), ("Rất dài " * 40, CLAUSE), ("Ông/bà có đồng ý với dự thảo không?", Stance()), ("", YES_NO)],
)
def test_labels_of_a_few_lines_and_what_is_only_read_pass(label, kind):
    assert codes(form(kind, label=label)) == []


@pytest.mark.parametrize("kind", [SelectOne(named(13)), SelectMultiple(named(13)), SelectOne(named(60)), Ranking(named(9)), Points(named(9))])
def test_too_many_options_are_seen(kind):
    assert codes(form(kind)) == ["many_options"]


@pytest.mark.parametrize("kind", [SelectOne(named(12)), SelectMultiple(named(12)), Ranking(named(8)), Points(named(8)), RATED, UnitChoice()])
def test_a_dozen_options_pass(kind):
    assert codes(form(kind)) == []
