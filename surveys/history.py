"""Which of the many versions of a questionnaire people want to see again: every save makes one."""

import datetime
from collections.abc import Sequence

from msgspec import Struct

PAUSE = datetime.timedelta(minutes=30)
"""Somebody who saves again after so long has begun another piece of work."""


class Made(Struct, frozen=True, kw_only=True):
    """A version as the journal tells it. `at` None where it tells nothing; `submitted`: an approver saw it."""

    version: int
    who: str = ""
    at: datetime.datetime | None = None
    verb: str = ""
    submitted: bool = False
    open_since: datetime.date | None = None


def landmarks(versions: Sequence[Made]) -> list[Made]:
    """Latest first, as given: the first and the latest one, what was submitted or open, and the last of each piece of one person's work."""
    kept = []
    later: Made | None = None
    for one in versions:
        work_goes_on = later is not None and later.who == one.who and later.at and one.at and later.at - one.at < PAUSE
        if not work_goes_on or one.submitted or one.open_since or one.version == 1:
            kept.append(one)
        later = one
    return kept
