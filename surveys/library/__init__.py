"""Ready questionnaires to start a consultation from, as data beside this file: one JSON file each, named by its key."""

from collections.abc import Iterable
from functools import cache
from importlib.resources import files

import msgspec
from msgspec import Struct

from surveys import review
from surveys.analysis_plan import AnalysisPlan
from surveys.consultation import Consultation, Instrument
from surveys.kinds import Text
from surveys.language import fold
from surveys.questionnaire import Questionnaire

KEYS = (
    "one_stop_desk",
    "neighbourhood_plan",
    "suggestions",
    "land_use_plan",
    "unit_merger",
    "budget_priorities",
    "village_rules",
    "road_contribution",
    "school_quality",
    "clinic_quality",
    "safety_environment",
    "friendly_government",
)
"""In the order in which they are offered."""

BEGINNING = ("legal_ground", "summary", "changes", "use", "planning", "analysis")
"""The fields of a consultation that an entry gives it, beside title, instrument and questions."""


class Entry(Struct, frozen=True, kw_only=True):
    """A questionnaire with the words that a consultation begins with: those of Consultation's fields of the same names.

    `about` tells officials what it asks and when to use it. `name` is what a ward called one of its own.
    """

    key: str = ""
    name: str = ""
    instrument: Instrument
    title: Text
    legal_ground: Text
    summary: Text
    changes: Text = {}
    use: Text = {}
    planning: bool = False
    about: Text = {}
    analysis: AnalysisPlan = AnalysisPlan()
    questionnaire: Questionnaire

    @property
    def minutes(self) -> int:
        """About how long it takes to answer on a phone."""
        return review.minutes(self.questionnaire)


def from_consultation(consultation: Consultation, questionnaire: Questionnaire) -> Entry:
    """What another consultation can begin with; without days, people and replies."""
    words = {field: getattr(consultation, field) for field in BEGINNING}
    return Entry(instrument=consultation.instrument, title=consultation.title, questionnaire=questionnaire, **words)


def entries() -> tuple[Entry, ...]:
    return tuple(entry(key) for key in KEYS)


def matching(offered: Iterable[Entry], wish: str, instrument: str = "") -> list[Entry]:
    """Those of this instrument in which every word of `wish` stands somewhere, tones or none."""
    words = fold(wish).split()
    return [one for one in offered if (not instrument or one.instrument == instrument) and all(word in searched(one) for word in words)]


def searched(entry: Entry) -> str:
    asked = [question.label for question in entry.questionnaire.questions()]
    return fold(" ".join([entry.name, *(words for text in (entry.title, entry.about, *asked) for words in text.values())]))


@cache
def entry(key: str) -> Entry:
    """Raises KeyError where there is none."""
    if key not in KEYS:
        raise KeyError(key)
    data = (files(__package__) / f"{key}.json").read_bytes()
    return msgspec.structs.replace(msgspec.json.decode(data, type=Entry), key=key)
