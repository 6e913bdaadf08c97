"""Households decide (law 10/2022, arts 15–24): when a decision stands. Integers only, against all households."""

import datetime
from enum import IntEnum

from msgspec import Struct

from surveys import law


class Item(IntEnum):
    """What households decide, numbered as in art. 15."""

    CONTRIBUTIONS = 1
    SPENDING = 2
    VILLAGE_RULES = 3
    VILLAGE_HEAD = 4
    BOARDS = 5
    SELF_GOVERNMENT = 6


class Votes(Struct, frozen=True, kw_only=True):
    """Ballots of a village, one a household. Without a mark, or with both, a ballot is invalid."""

    agree: int = 0
    disagree: int = 0
    other: int = 0
    invalid: int = 0

    @property
    def returned(self) -> int:
        return self.agree + self.disagree + self.other + self.invalid


def passes(votes: Votes, *, households: int, item: Item, on: datetime.date = law.NOW) -> bool:
    """Whether a village's decision stands, against all its households, present or not.

    Law 10/2022, art. 21.1: two thirds for items 1 and 2, more than half for 3 to 6. Raises ValueError where more
    ballots came back than there are households, or a count is below zero.
    """
    counts = (votes.agree, votes.disagree, votes.other, votes.invalid)
    if min(counts) < 0 or votes.returned > households:
        raise ValueError(f"{votes.returned} ballots of {households} households: {votes}")
    return households > 0 and law.threshold(item, on=on).reached(votes.agree, households)


def passes_everywhere(passed: int, *, villages: int, on: datetime.date = law.NOW) -> bool:
    """Whether a decision of the whole commune stands: in at least two thirds of its villages."""
    if not 0 <= passed <= villages:
        raise ValueError(f"{passed} of {villages} villages")
    return villages > 0 and law.commune_threshold(on=on).reached(passed, villages)


def may_vote_online(item: Item, *, chose_online: int, households: int) -> bool:
    """Online only for item 6, once more than half of all household representatives chose it."""
    return item == Item.SELF_GOVERNMENT and chose_online * 2 > households
