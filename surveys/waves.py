"""The same consultation again, later: what a new wave keeps of the earlier one, and which questions repeat which."""

import datetime
from collections.abc import Mapping

from msgspec import structs

from surveys import law
from surveys.consultation import Consultation, State
from surveys.questionnaire import Questionnaire

DAYS_TO_PREPARE, DAYS_OPEN = 7, 30

KEPT = ("unit", "instrument", "title", "summary", "changes", "use", "legal_ground", "shorter_by_law", "planning", "contact", "sample", "analysis")
"""The words of the plan; its days, reply and signatures are its own."""


def repeated(earlier: Consultation, *, today: datetime.date) -> Consultation:
    """A draft that opens in a week for thirty days, or as long as the law of its instrument demands. A copy of a draft is no wave."""
    opens_on = today + datetime.timedelta(days=DAYS_TO_PREPARE)
    draft = Consultation(id="", slug="", opens_on=opens_on, closes_on=opens_on, **{field: getattr(earlier, field) for field in KEPT})
    wave_of = "" if earlier.state is State.DRAFT else earlier.slug
    return structs.replace(draft, closes_on=opens_on + datetime.timedelta(days=days_open(draft)), wave_of=wave_of)


def days_open(draft: Consultation) -> int:
    period = law.period(draft)
    least, most = (period.minimum, period.maximum) if period else (None, None)
    return min(max(DAYS_OPEN, least or 0), most or DAYS_OPEN)


def read_pairs(given: Mapping[str, str], earlier: Questionnaire, now: Questionnaire) -> dict[str, str]:
    """What was chosen beside each question of the new wave, where its name does not say it already. An earlier question is taken
    once: by the first that chose it."""
    names = {question.name for question in earlier.questions()}
    taken: set[str] = set()
    pairs: dict[str, str] = {}
    for question in now.questions():
        default = question.name if question.name in names else ""
        chosen = given.get(question.name, default)
        chosen = chosen if chosen in names and chosen not in taken else ""
        taken |= {chosen} - {""}
        if chosen != default:
            pairs[question.name] = chosen
    return pairs
