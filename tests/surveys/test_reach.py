"""The ways through a questionnaire."""

from hypothesis import given

from surveys import answers
from surveys.kinds import Integer, Note, OpenText, Option, SelectMultiple, SelectOne
from surveys.questionnaire import Question, Questionnaire, Section
from surveys.reach import reach
from tests.surveys.strategies import answered

YES = (Option("y", {"vi": "Có"}), Option("n", {"vi": "Không"}))


def form(*questions):
    return Questionnaire((Section("s", questions),))


def test_without_conditions_there_is_one_way():
    found = reach(form(Question("a", SelectOne(YES)), Question("b", Note())))

    assert (found.ways, found.shortest, found.longest, found.never, found.whole) == (1, 1, 1, (), True)


def test_a_cascade_is_walked_and_what_nobody_meets_is_named():
    found = reach(form(
        Question("a", SelectOne(YES)),
        Question("b", Integer(), relevant={"==": [{"var": "a"}, "y"]}),
        Question("c", OpenText(), relevant={">": [{"var": "b"}, 10]}),
        Question("d", OpenText(), relevant={"and": [{">": [{"var": "b"}, 10]}, {"==": [{"var": "a"}, "n"]}]}),
    ))  # fmt: skip

    assert (found.ways, found.shortest, found.longest, found.never) == (3, 1, 3, ("d",))
    assert found.share == {"a": 3, "b": 2, "c": 1, "d": 0}


def test_a_condition_on_what_was_ticked_is_met():
    assert reach(form(Question("a", SelectMultiple(YES)), Question("b", Integer(), relevant={"in": ["y", {"var": "a"}]}))).never == ()


@given(answered())
def test_what_somebody_meets_is_never_called_unreachable_where_all_was_tried(made):
    questionnaire, values = made
    found = reach(questionnaire)

    if found.whole:
        assert not set(answers.shown(questionnaire, values)) & set(found.never)
