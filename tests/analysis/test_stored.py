"""Answers to several versions of a questionnaire are counted together, each by what its own version asked."""

import pytest

from analysis import reporting
from analysis.stored import Answer, from_answers
from surveys.kinds import (
    SATISFACTION,
    Calculation,
    Clause,
    Integer,
    Kind,
    Matrix,
    OpenText,
    Option,
    Points,
    Ranking,
    Scale,
    SelectMultiple,
    SelectOne,
    UnitChoice,
)
from surveys.plan.asking import WHOLE, asking, refreshed
from surveys.plan.matching import carried
from surveys.plan.reading import Part, read
from surveys.questionnaire import Question, Questionnaire, Section
from surveys.units import Village

YES_NO = (Option("yes"), Option("no"))


def form(**kinds: Kind) -> Questionnaire:
    return Questionnaire((Section("s", tuple(Question(name, kind) for name, kind in kinds.items())),))


def counted(questionnaires: dict[int, Questionnaire], answers: list[Answer]) -> dict[str, tuple[int | None, int | None, dict[str, int | None]]]:
    report = reporting.make(from_answers(questionnaires, answers), title={}, audience="official")
    return {question.name: (question.asked, question.answered, {option.value: option.count for option in question.options}) for question in report.questions}


def test_an_option_that_came_later_joins_the_earlier_ones():
    questionnaires = {1: form(q=SelectOne(YES_NO)), 2: form(q=SelectOne((*YES_NO, Option("maybe"))))}

    found = counted(questionnaires, [Answer({"q": "yes"}, 1), Answer({"q": "maybe"}, 2), Answer({"q": "yes"}, 2)])

    assert found == {"q": (3, 3, {"yes": 2, "no": 0, "maybe": 1})}


def test_an_option_that_went_stays_counted():
    questionnaires = {1: form(q=SelectMultiple((*YES_NO, Option("maybe")))), 2: form(q=SelectMultiple(YES_NO))}

    found = counted(questionnaires, [Answer({"q": ["maybe", "no"]}, 1), Answer({"q": ["yes"]}, 2), Answer({}, 2)])

    assert found == {"q": (3, 2, {"yes": 1, "no": 1, "maybe": 1})}


def test_a_question_is_asked_only_of_those_whose_version_had_it():
    questionnaires = {1: form(old=SelectOne(YES_NO), q=SelectOne(YES_NO)), 2: form(q=SelectOne(YES_NO), new=Integer())}

    found = counted(questionnaires, [Answer({"old": "no", "q": "yes"}, 1), Answer({"q": "no", "new": 3}, 2), Answer({"new": 4}, 2)])

    assert found == {"q": (3, 2, {"yes": 1, "no": 1}), "new": (2, 2, {}), "old": (1, 1, {"yes": 0, "no": 1})}


def test_another_kind_under_the_same_name_is_another_question():
    questionnaires = {1: form(q=Integer()), 2: form(q=SelectOne(YES_NO))}

    found = counted(questionnaires, [Answer({"q": 7}, 1), Answer({"q": "no"}, 2)])

    assert found == {"q": (1, 1, {"yes": 0, "no": 1}), "q@1": (1, 1, {})}


def test_matrix_rows_and_scale_steps_are_joined():
    steps = SATISFACTION[:3]
    questionnaires = {1: form(m=Matrix((Option("a"), Option("b")), steps)), 2: form(m=Matrix((Option("b"), Option("c")), SATISFACTION))}

    found = counted(questionnaires, [Answer({"m": {"a": 1, "b": 3}}, 1), Answer({"m": {"b": 5, "c": 4}}, 2)])

    nothing = {"1": 0, "2": 0, "3": 0, "4": 0, "5": 0}
    assert found == {"m/b": (2, 2, nothing | {"3": 1, "5": 1}), "m/c": (2, 1, nothing | {"4": 1}), "m/a": (2, 1, nothing | {"1": 1})}


def test_rankings_of_more_and_less_options_are_counted_together():
    questionnaires = {1: form(q=Ranking(YES_NO)), 2: form(q=Ranking((*YES_NO, Option("maybe"))))}

    report = reporting.make(
        from_answers(questionnaires, [Answer({"q": ["no", "yes"]}, 1), Answer({"q": ["maybe", "yes", "no"]}, 2)]), title={}, audience="official"
    )

    (question,) = report.questions
    assert question.answered == 2
    assert [(option.value, option.count, option.mean_rank, option.ranked, option.ranks) for option in question.options] == [
        ("yes", 0, 2.0, 2, (0, 2, 0)),
        ("no", 1, 2.0, 2, (1, 0, 1)),
        ("maybe", 1, 1.0, 1, (1, 0, 0)),
    ]


def test_points_are_counted_together_where_as_many_were_to_divide():
    questionnaires = {1: form(q=Points(YES_NO)), 2: form(q=Points((*YES_NO, Option("maybe")))), 3: form(q=Points(YES_NO, total=10))}
    answers = [Answer({"q": {"yes": 60, "no": 40}}, 1), Answer({"q": {"maybe": 100}}, 2), Answer({"q": {"yes": 10}}, 3)]

    newest_alike, other_total = (
        reporting.make(from_answers({n: questionnaires[n] for n in versions}, [a for a in answers if a.version in versions]), title={}, audience="official")
        for versions in ((1, 2), (2, 3))
    )

    assert [(option.value, option.count, option.mean_share) for option in newest_alike.questions[0].options] == [
        ("yes", 1, 30.0),
        ("no", 1, 20.0),
        ("maybe", 1, 50.0),
    ]
    assert [(question.name, question.asked, question.answered) for question in other_total.questions] == [("q", 1, 1), ("q@2", 1, 1)]


@pytest.mark.parametrize(
    ("earlier", "newer"),
    [
        ((UnitChoice("province"), "48"), (UnitChoice(), "20209")),
        ((Calculation({"+": [1, 1]}), 2.0), (Calculation({"+": [1, 2]}), 3.0)),
        ((Clause(clause="c1"), {"stance": "agree"}), (Clause(clause="c2"), {"stance": "agree"})),
    ],
)
def test_what_asks_another_thing_under_the_same_name_is_another_question(earlier, newer):
    found = counted({1: form(q=earlier[0]), 2: form(q=newer[0])}, [Answer({"q": earlier[1]}, 1), Answer({"q": newer[1]}, 2)])

    assert {name: bases[:2] for name, bases in found.items()} == {"q": (1, 1), "q@1": (1, 1)}


def test_a_clause_that_was_worded_anew_stays_itself():
    questionnaires = {1: form(q=Clause(clause="c1", number="Điều 4")), 2: form(q=Clause(clause="c1", number="Điều 5"))}

    report = reporting.make(
        from_answers(questionnaires, [Answer({"q": {"stance": "agree"}}, 1), Answer({"q": {"stance": "agree"}}, 2)]), title={}, audience="official"
    )

    assert [(question.label["vi"], question.answered) for question in report.questions] == [("Điều 5", 2)]


def test_a_version_nobody_knows_is_a_bug():
    with pytest.raises(KeyError):
        from_answers({1: form(q=OpenText())}, [Answer({"q": "x"}, 2)])


def test_turnout_is_of_households_where_somebody_counted_them():
    villages = [
        Village(id="v1", unit="1", name="Thôn 1", kind="thôn", households=40, source="UBND"),
        Village(id="v2", unit="1", name="Thôn 2", kind="thôn", households=None),
    ]
    answers = [Answer({"q": 1}, village="v1"), Answer({"q": 2}, village="v1", channel="paper", assistance="proxy"), Answer({"q": 3}, village="v2"), Answer({})]

    turnout = reporting.make(from_answers({1: form(q=Integer())}, answers), title={}, audience="official", villages=villages).turnout

    assert turnout is not None
    assert [(row.village, row.households, row.answered, row.by_channel, row.share.value, row.share.notes) for row in turnout.villages] == [
        ("v1", 40, 2, {"web": 1, "paper": 1}, 5.0, ()),
        ("v2", None, 1, {"web": 1, "paper": 0}, None, ("no base",)),
        ("", None, 1, {"web": 1, "paper": 0}, None, ("no base",)),
    ]
    assert (turnout.households, turnout.answered, turnout.share.value, turnout.share.notes) == (None, 4, None, ("no base",))
    assert (turnout.by_channel, turnout.by_assistance) == ({"web": 3, "paper": 1}, {"self": 3, "assisted": 0, "proxy": 1})
    assert turnout.households_source == "UBND"


def test_scales_keep_their_own_missing_answers_out_of_every_version():
    questionnaires = {1: form(q=Scale(SATISFACTION, (Option("9"),))), 2: form(q=Scale(SATISFACTION, (Option("8"),)))}

    found = counted(questionnaires, [Answer({"q": "9"}, 1), Answer({"q": "8"}, 2), Answer({"q": 5}, 2)])

    assert found == {"q": (3, 1, {"1": 0, "2": 0, "3": 0, "4": 0, "5": 1})}


PLAN = ("Điều 1. Mặt đường", "Mở lên 8 m.", "Điều 2. Vỉa hè", "Rộng 1,5 m.", "Điều 3. Kinh phí", "Phường chi 2 tỷ đồng.")
NEWER = ("Điều 1. Nguyên tắc", "Không ai phải dời nhà.", "Điều 2. Mặt đường", "Mở lên 7,5 m.", "Điều 3. Kinh phí", "Phường chi 3 tỷ đồng.")


def test_answers_stay_with_their_clause_when_a_new_draft_numbers_it_anew():
    """Điều 1 becomes Điều 2 and is reworded; Điều 2 goes; Điều 3 keeps its number. Every answer is counted where it was given."""
    old = read([Part(line) for line in PLAN])
    new = carried(old, read([Part(line) for line in NEWER]))
    first = asking(Questionnaire(()), old, {"d1", "d2", "d3"}, whole=True)
    second = refreshed(first, old, new)

    answers = [
        Answer({"dieu_d1": {"stance": "agree"}, "dieu_d2": {"stance": "disagree"}}, 1),
        Answer({"dieu_d1": {"stance": "other", "text": "Rộng quá."}, "dieu_d3": {"stance": "agree"}}, 1),
        Answer({"dieu_d1": {"stance": "disagree"}, "dieu_d3": {"stance": "agree"}, WHOLE: {"stance": "agree"}}, 2),
    ]

    assert [(question.name, question.label["vi"]) for question in second.questions()][:2] == [("dieu_d1", "Điều 2. Mặt đường"), ("dieu_d3", "Điều 3. Kinh phí")]
    assert counted({1: first, 2: second}, answers) == {
        "dieu_d1": (3, 3, {"agree": 1, "disagree": 1, "other": 1}),
        "dieu_d3": (3, 2, {"agree": 2, "disagree": 0, "other": 0}),
        WHOLE: (3, 1, {"agree": 1, "disagree": 0, "other": 0}),
        "dieu_d2": (2, 1, {"agree": 0, "disagree": 1, "other": 0}),
    }
