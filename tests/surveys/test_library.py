"""The questionnaires we offer keep the rules we hold others to."""

import datetime

import pytest

from surveys import law, library, review
from surveys.consultation import Consultation, Contact, Instrument
from surveys.kinds import Matrix, Scale, SelectMultiple, Stance
from surveys.library import Entry


def consultation(entry: Entry) -> Consultation:
    return Consultation(
        id="1", slug="thu", unit="20209", instrument=entry.instrument, title=entry.title, summary=entry.summary, changes=entry.changes, use=entry.use,
        legal_ground=entry.legal_ground, contact=Contact("Bà Hoa", "0236"), opens_on=datetime.date(2026, 12, 1), closes_on=datetime.date(2026, 12, 25),
    )  # fmt: skip


@pytest.mark.parametrize("entry", library.entries(), ids=lambda entry: entry.key)
def test_review_finds_nothing_in_them(entry):
    found = review.review(consultation(entry), entry.questionnaire)

    assert (found.forbidden, found.advice) == ([], [])


@pytest.mark.parametrize("entry", library.entries(), ids=lambda entry: entry.key)
def test_every_word_is_in_both_languages(entry):
    texts = [text for question in entry.questionnaire.questions() for text in review.texts_of(question)]
    texts += [section.label for section in entry.questionnaire.sections] + [entry.title, entry.legal_ground, entry.summary, entry.use]

    assert [text for text in texts if text and set(text) != {"vi", "en"}] == []
    assert all(entry.title.values())
    assert 1 <= entry.minutes <= 5


def test_they_are_offered_in_order():
    assert [(entry.key, entry.instrument) for entry in library.entries()] == [
        ("one_stop_desk", Instrument.SATISFACTION),
        ("neighbourhood_plan", Instrument.OPINION),
        ("suggestions", Instrument.SATISFACTION),
    ]
    with pytest.raises(KeyError):
        library.entry("../consultation")


def test_satisfaction_is_asked_in_the_laws_words_and_no_opinion_stands_apart():
    legal = [dict(label) for label in law.satisfaction_labels()]
    scales = [question.kind for entry in library.entries() for question in entry.questionnaire.questions() if isinstance(question.kind, Scale | Matrix)]

    assert len(scales) == 3
    assert all([dict(option.label) for option in scale.options] == legal and [option.name for option in scale.missing] == ["98"] for scale in scales)


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
