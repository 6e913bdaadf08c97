"""What was changed while a consultation was open, question by question: for everybody who reads its results."""

from collections.abc import Iterable, Mapping
from itertools import pairwise

from msgspec import Struct

from surveys.comparability import Judgement, Verdict, judged
from surveys.comparing import comparison
from surveys.consultation import Edition
from surveys.questionnaire import Questionnaire


class Amended(Struct, frozen=True):
    """A question that this edition changed, and how far its answers before and after compare."""

    edition: Edition
    what: str
    judgement: Judgement


def amended(editions: Iterable[Edition], questionnaires: Mapping[int, Questionnaire]) -> dict[str, tuple[Amended, ...]]:
    """By question, oldest change first; without those whose words alone were mended, their meaning the same."""
    found: dict[str, tuple[Amended, ...]] = {}
    for before, after in pairwise(editions):
        for change in comparison(questionnaires[before.version], questionnaires[after.version]):
            judgement = judged(change, same_meaning=after.same_meaning)
            if change.what != "same" and change.asks and judgement.verdict is not Verdict.COMPARABLE:
                found[change.name] = (*found.get(change.name, ()), Amended(after, change.what, judgement))
    return found
