"""Households decide: integers against all households, for every number there is."""

import datetime

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from surveys import law
from surveys.household import Item, Votes, may_vote_online, passes, passes_everywhere

households = st.integers(1, 40_000)
items = st.sampled_from(Item)


@given(households, st.integers(0, 40_000), items)
def test_shares_are_taken_of_all_households(households, agree, item):
    assume(agree <= households)
    two_thirds = agree * 3 >= households * 2
    more_than_half = agree * 2 > households

    assert passes(Votes(agree=agree), households=households, item=item) == (two_thirds if item <= 2 else more_than_half)


@given(households, st.integers(0, 40_000), items)
def test_silence_never_helps_a_decision(households, agree, item):
    assume(agree <= households)

    assert not passes(Votes(agree=agree), households=households + 1, item=item) or passes(Votes(agree=agree), households=households, item=item)


@given(st.data(), items)
def test_only_agreement_counts_for_it(data, item):
    agree, disagree, other, invalid, silent = (data.draw(st.integers(0, 500)) for _ in range(5))
    total = agree + disagree + other + invalid + silent
    assume(total)

    votes = Votes(agree=agree, disagree=disagree, other=other, invalid=invalid)

    assert passes(votes, households=total, item=item) == passes(Votes(agree=agree), households=total, item=item)


@pytest.mark.parametrize(
    ("agree", "households", "item", "stands"),
    [
        (6119, 9178, Item.CONTRIBUTIONS, True),
        (6118, 9178, Item.CONTRIBUTIONS, False),
        (2, 3, Item.SPENDING, True),
        (1, 2, Item.VILLAGE_HEAD, False),
        (2, 3, Item.VILLAGE_HEAD, True),
        (0, 0, Item.SELF_GOVERNMENT, False),
    ],
)
def test_edges(agree, households, item, stands):
    assert passes(Votes(agree=agree), households=households, item=item) is stands


@pytest.mark.parametrize("votes", [Votes(agree=3, disagree=1), Votes(agree=-1), Votes(invalid=4)])
def test_more_ballots_than_households_are_no_result(votes):
    with pytest.raises(ValueError, match="households"):
        passes(votes, households=3, item=Item.BOARDS)


@given(st.integers(0, 300), st.integers(1, 300))
def test_a_commune_needs_two_thirds_of_its_villages(passed, villages):
    assume(passed <= villages)

    assert passes_everywhere(passed, villages=villages) == (passed * 3 >= villages * 2)


def test_a_commune_without_villages_decides_nothing():
    assert not passes_everywhere(0, villages=0)
    with pytest.raises(ValueError, match="villages"):
        passes_everywhere(2, villages=1)


@given(items, st.integers(0, 100), st.integers(1, 100))
def test_online_only_for_item_six_and_once_most_chose_it(item, chose, households):
    assert may_vote_online(item, chose_online=chose, households=households) == (item == 6 and chose > households / 2)


def test_before_the_law_there_is_no_threshold():
    with pytest.raises(LookupError):
        law.threshold(1, on=datetime.date(2023, 6, 30))
