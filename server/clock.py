"""The one place that asks what time it is. No setting changes it: tests hand another clock to `create_app`."""

import datetime
from typing import Protocol, runtime_checkable

from surveys.language import VIETNAM


@runtime_checkable
class Clock(Protocol):
    def now(self) -> datetime.datetime:
        """This moment, with its time zone."""

    def today(self) -> datetime.date:
        """The day in Vietnam."""


class SystemClock:
    """The machine's clock, read in Vietnam's time wherever the machine stands."""

    def now(self) -> datetime.datetime:
        return datetime.datetime.now(VIETNAM)

    def today(self) -> datetime.date:
        return self.now().date()
