"""The questionnaires we offer keep the rules we hold others to."""

import datetime

import msgspec
import pytest

from surveys import law, library, review
from surveys.analysis_plan import AnalysisPlan, Criterion, Figure, Index, aligned, misfits, missing_names, shares_of_weight, weighted
from surveys.blocks import block, insert
from surveys.consultation import Consultation, Contact, Instrument
from surveys.editing import remove_section
from surveys.kinds import Consent, Matrix, Points, Ranking, Scale, SelectMultiple, Stance
from surveys.library import Entry
from surveys.questionnaire import from_json, to_json


def consultation(entry: Entry) -> Consultation:
    return Consultation(
        id="1", slug="thu", unit="20209", instrument=entry.instrument, title=entry.title, summary=entry.summary, changes=entry.changes, use=entry.use,
        legal_ground=entry.legal_ground, contact=Contact("Bà Hoa", "0236"), opens_on=datetime.date(2026, 12, 1), closes_on=datetime.date(2026, 12, 25),
    )  # fmt: skip


@pytest.mark.parametrize("entry", library.entries(), ids=lambda entry: entry.key)
def test_review_finds_nothing_in_them(entry):
    found = review.review(consultation(entry), entry.questionnaire)

    assert (found.forbidden, found.advice) == ([], [])


EVERY = pytest.mark.parametrize("entry", library.entries(), ids=lambda entry: entry.key)


def texts(thing):
    """Every text anywhere in it: whatever maps languages to words."""
    if isinstance(thing, dict):
        if thing and set(thing) <= {"vi", "en"}:
            yield thing
        else:
            for part in thing.values():
                yield from texts(part)
    elif isinstance(thing, list):
        for part in thing:
            yield from texts(part)


@EVERY
def test_every_word_is_in_both_languages(entry):
    written = list(texts(msgspec.to_builtins(entry)))

    assert [text for text in written if set(text) != {"vi", "en"} or not all(words.strip() for words in text.values())] == []
    assert all([entry.title, entry.summary, entry.use, entry.about, entry.legal_ground])
    assert 1 <= entry.minutes <= 7


@EVERY
def test_every_entry_goes_out_and_comes_in_equal(entry):
    assert from_json(to_json(entry.questionnaire)) == entry.questionnaire
    assert msgspec.json.decode(msgspec.json.encode(entry), type=Entry) == entry


@EVERY
def test_every_entry_says_what_will_be_made_of_the_answers(entry):
    plan = entry.analysis

    assert (missing_names(plan, entry.questionnaire), misfits(plan, entry.questionnaire)) == ([], [])
    assert all([plan.figures, plan.base, plan.groups, plan.compared, plan.not_concluded])
    planned = {name for figure in plan.figures for name in (*figure.questions, *figure.by)}
    asked = [question.name for question in entry.questionnaire.questions() if question.kind.asks]
    assert [name for name in asked if name not in planned and name not in ("sex", "age", "about_age")] == []


@EVERY
def test_screens_are_short_and_conditions_look_back(entry):
    sizes = {section.name: sum(map(review.weight, section.questions)) for section in entry.questionnaire.sections}

    assert {name: size for name, size in sizes.items() if size > 7} == {}
    assert any(part.relevant is not None for part in entry.questionnaire.parts())


@EVERY
def test_nobody_is_asked_who_they_are(entry):
    """None of them needs a name, so none asks for consent; who wants to be called back takes the block for it."""
    assert [question.name for question in entry.questionnaire.questions() if isinstance(question.kind, Consent)] == []
    assert [question.name for question in entry.questionnaire.questions() if question.name in ("sex", "age", "lived", "about_age") and question.required] == []


def test_they_are_offered_in_order():
    offered = library.entries()

    assert [entry.key for entry in offered] == list(library.KEYS)
    assert {entry.key for entry in offered if entry.instrument is Instrument.HOUSEHOLD_DECISION} == {"village_rules", "road_contribution"}
    assert [(entry.key, entry.instrument) for entry in offered[:3]] == [
        ("one_stop_desk", Instrument.SATISFACTION),
        ("neighbourhood_plan", Instrument.OPINION),
        ("suggestions", Instrument.SATISFACTION),
    ]
    with pytest.raises(KeyError):
        library.entry("../consultation")


def test_satisfaction_is_asked_in_the_laws_words_and_no_opinion_stands_apart():
    legal = [dict(label) for label in law.satisfaction_labels()]
    scales = [question.kind for entry in library.entries() for question in entry.questionnaire.questions() if isinstance(question.kind, Scale | Matrix)]

    assert len(scales) == 14
    assert all([dict(option.label) for option in scale.options] == legal and [option.name for option in scale.missing] == ["98"] for scale in scales)
    assert {label["vi"] for scale in scales for label in [scale.missing[0].label]} == {"Không có ý kiến hoặc chưa dùng", "Không có ý kiến hoặc không biết"}


def test_criteria_of_friendly_government_are_rows_and_weigh_a_hundred():
    entry = library.entry("friendly_government")
    rows = [f"{question.name}/{row.name}" for question in entry.questionnaire.questions() if isinstance(question.kind, Matrix) for row in question.kind.rows]

    assert [criterion.row for criterion in entry.analysis.criteria] == rows
    assert sum(criterion.weight for criterion in entry.analysis.criteria) == 100
    assert shares_of_weight(entry.analysis)["reach/person"] == 0.08


def test_a_plan_names_what_is_no_longer_asked():
    entry = library.entry("friendly_government")
    shorter = remove_section(entry.questionnaire, "respect_part")

    assert missing_names(entry.analysis, shorter) == ["respect", "respect/greeting", "respect/equal", "respect/clean", "respect/promise"]
    assert misfits(AnalysisPlan(figures=(Figure(questions=("overall", "better"), figure="index"),)), entry.questionnaire) == ["better"]
    assert shares_of_weight(AnalysisPlan()) == {}


def test_the_index_of_criteria_is_their_weighted_mean_and_names_who_is_left_out():
    plan = AnalysisPlan(criteria=(Criterion("m/a", 3), Criterion("m/b", 1), Criterion("m/c", 6)))

    assert weighted(plan, {"m/a": 80.0, "m/b": 40.0, "m/c": None}) == Index(70.0, (("m/a", 80.0, 3), ("m/b", 40.0, 1)), ("m/c",))
    assert weighted(plan, {}) == Index(None, (), ("m/a", "m/b", "m/c"))
    assert weighted(AnalysisPlan(), {"m/a": 80.0}) == Index(None, (), ())


def test_a_plan_is_brought_in_line_with_the_questions():
    """What is gone goes, what is new gets its usual figure, what was written stays."""
    entry = library.entry("clinic_quality")
    changed = insert(remove_section(entry.questionnaire, "aspects_part"), block("contribution").sections, after="")

    made = aligned(entry.analysis, changed)

    assert missing_names(made, changed) == []
    assert made.figures[-2:] == (Figure(questions=("ways",), figure="shares"), Figure(questions=("days",), figure="mean"))
    assert made.not_concluded == entry.analysis.not_concluded
    assert aligned(made, changed) == made
    assert aligned(entry.analysis, entry.questionnaire) == entry.analysis


def test_households_decide_by_one_question_that_must_be_answered():
    for key in ("village_rules", "road_contribution"):
        required = [question for question in library.entry(key).questionnaire.questions() if question.required]
        assert [(question.name, type(question.kind)) for question in required] == [("whole", Stance)]


def test_the_budget_is_divided_and_ranked():
    questions = {question.name: question.kind for question in library.entry("budget_priorities").questionnaire.questions()}

    money, order = questions["money"], questions["order"]
    assert isinstance(money, Points)
    assert isinstance(order, Ranking)
    assert (money.total, len(money.options), order.ranks) == (100, 6, 3)


def test_the_plan_asks_a_stance_on_each_point_and_sets_priorities():
    questions = {question.name: question for question in library.entry("neighbourhood_plan").questionnaire.questions()}

    assert [name for name, question in questions.items() if isinstance(question.kind, Stance)] == [
        "widening",
        "pavement",
        "lights",
        "green",
        "whole",
        "move_back",
    ]
    assert questions["whole"].required
    first = questions["first"].kind
    assert isinstance(first, SelectMultiple)
    assert (first.most, first.other, [option.name for option in first.options if option.exclusive]) == (2, True, ["none"])
