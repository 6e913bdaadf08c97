"""The dated data: complete, in both languages, never two rules for one day."""

import datetime
import itertools

import msgspec
import pytest

from surveys import kinds, law
from surveys.conditions import SPOKEN
from surveys.consultation import Instrument

RULES = [rule for field in msgspec.structs.fields(law.Book) for rule in getattr(law.book(), field.name)]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{type(rule).__name__} {rule.article['en']}")
def test_every_rule_cites_its_law_in_both_languages(rule):
    assert set(rule.law) == set(rule.article) == {"vi", "en"}
    assert law.cited(rule)["vi"] == f"{rule.law['vi']}, {rule.article['vi']}"
    assert rule.until is None or rule.since < rule.until


def test_no_day_has_two_rules_for_one_case():
    def case(rule):
        dates = ("law", "article", "since", "until", "minimum", "maximum", "days", "numerator", "denominator", "more", "labels")
        return type(rule), tuple(getattr(rule, field) for field in rule.__struct_fields__ if field not in dates)

    for one, other in itertools.combinations(RULES, 2):
        if case(one) == case(other):
            assert (one.until and one.until <= other.since) or (other.until and other.until <= one.since)


def test_the_minimums_of_the_domain():
    periods = {(rule.instrument, rule.planning): (rule.minimum, rule.maximum) for rule in law.book().period}

    assert periods == {(Instrument.OPINION, False): (20, None), (Instrument.OPINION, True): (20, 30)}
    assert (law.posting_days("office"), law.posting_days("loudspeaker")) == (30, 3)
    with pytest.raises(LookupError):
        law.posting_days("facebook")


def test_the_five_labels_are_those_that_kinds_offer():
    assert law.satisfaction_labels() == tuple(option.label for option in kinds.SATISFACTION)


def test_a_rule_ends_the_day_the_next_begins():
    first = law.Posting(law={}, article={}, since=datetime.date(2023, 7, 1), until=datetime.date(2027, 1, 1), where="office", days=30)
    second = law.Posting(law={}, article={}, since=datetime.date(2027, 1, 1), where="office", days=45)

    assert [law.in_force((first, second), day) for day in (datetime.date(2023, 6, 30), datetime.date(2026, 12, 31), datetime.date(2027, 1, 1), law.NOW)] == [
        [],
        [first],
        [second],
        [second],
    ]


def test_words_that_are_data_stand_in_both_languages():
    texts = [*SPOKEN.values(), *kinds.STANCE_LABELS.values(), kinds.CONSENT_LABEL, kinds.OTHER_LABEL, *(option.label for option in kinds.SATISFACTION)]

    assert [text for text in texts if set(text) != {"vi", "en"} or not all(text.values())] == []
