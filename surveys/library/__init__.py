"""Ready questionnaires to start a consultation from, as data beside this file: one JSON file each, named by its key."""

from functools import cache
from importlib.resources import files

import msgspec
from msgspec import Struct

from surveys import review
from surveys.analysis_plan import AnalysisPlan
from surveys.consultation import Instrument
from surveys.kinds import Text
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


class Entry(Struct, frozen=True, kw_only=True):
    """A questionnaire with the words that a consultation begins with: those of Consultation's fields of the same names.

    `about` tells officials what it asks and when to use it.
    """

    key: str = ""
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


def entries() -> tuple[Entry, ...]:
    return tuple(entry(key) for key in KEYS)


@cache
def entry(key: str) -> Entry:
    """Raises KeyError where there is none."""
    if key not in KEYS:
        raise KeyError(key)
    data = (files(__package__) / f"{key}.json").read_bytes()
    return msgspec.structs.replace(msgspec.json.decode(data, type=Entry), key=key)
