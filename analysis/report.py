"""The one struct that pages, papers, exports and the API print. Whoever prints it computes nothing."""

from msgspec import Struct

from surveys.kinds import Text

LEAST_CELL = 5
"""K: what is published counts nobody, or at least this many people."""


class Estimate(Struct, frozen=True):
    """A figure with its doubts; a share is in percent. `value` None where there is no base, or a protected one; `notes` say which."""

    value: float | None
    base: int | None = None
    low: float | None = None
    high: float | None = None
    notes: tuple[str, ...] = ()


class OptionTally(Struct, frozen=True):
    """People who chose it, and their percent of all who answered. None where `suppressed`.

    Of a ranking the people who put it first; `mean_rank` is over the `ranked` people who gave it a rank, `ranks` how many gave
    it each, first rank first. Of points the people who gave it any; `mean_share` is its percent of all points.
    """

    value: str
    label: Text
    count: int | None
    percent: float | None
    suppressed: bool = False
    mean_rank: float | None = None
    ranked: int | None = None
    ranks: tuple[int, ...] = ()
    mean_share: float | None = None


class GroupTally(Struct, frozen=True):
    """The same question within one group. Below the least cell (`suppressed`), base and mean are None too."""

    value: str
    label: Text
    responses: int | None
    answered: int | None
    options: tuple[OptionTally, ...]
    mean: float | None = None
    satisfied_percent: float | None = None
    suppressed: bool = False


class Words(Struct, frozen=True):
    """An open answer that may be printed where this report may be read."""

    id: str
    text: str
    village: str = ""
    released: bool | None = None


class QuestionTally(Struct, frozen=True, kw_only=True):
    """All there is to print of one question; a matrix gives one of these a row, named `matrix/row`.

    asked: people whom the skip logic asked; answered + missing = asked. Percents are of `answered`.
    `satisfied_percent`: satisfied and very satisfied of answered, scales of 5 only. min…total: numbers only;
    of hours min, max and median, in minutes after midnight.
    """

    name: str
    kind: str
    label: Text
    asked: int | None
    answered: int | None
    missing: int | None
    options: tuple[OptionTally, ...] = ()
    mean: float | None = None
    satisfied_percent: float | None = None
    minimum: float | None = None
    maximum: float | None = None
    median: float | None = None
    total: float | None = None
    words: tuple[Words, ...] = ()
    words_withheld: int = 0
    groups: dict[str, tuple[GroupTally, ...]] = {}
    suppressed: bool = False


class VillageTurnout(Struct, frozen=True):
    """Answers of one village by channel, against its households. `households` None where nobody gave a count: no base."""

    village: str
    name: str
    households: int | None
    answered: int | None
    by_channel: dict[str, int | None]
    share: Estimate
    suppressed: bool = False


class Turnout(Struct, frozen=True):
    """Who took part. `answered` are single answers; totals of other channels stand apart in `other_channels`."""

    households: int | None
    answered: int
    share: Estimate
    by_channel: dict[str, int | None]
    by_assistance: dict[str, int | None]
    villages: tuple[VillageTurnout, ...]
    households_source: str = ""


class OtherChannel(Struct, frozen=True):
    """Totals that a channel's owner counted: hands at a meeting, calls to a hotline. By question and option, None where protected."""

    channel: str
    owner: str
    village: str
    counts: dict[str, dict[str, int | None]]
    people: int
    held_on: str = ""


class MergedTally(Struct, frozen=True):
    """A question's options over single answers and other channels' totals together."""

    name: str
    label: Text
    answered: int | None
    options: tuple[OptionTally, ...]


class Report(Struct, frozen=True, kw_only=True):
    """All results of one set of answers. `data_hash`: SHA-256 of the canonical answers, hex. `population`: people of whom these are."""

    title: Text
    responses: int
    min_cell: int
    questions: tuple[QuestionTally, ...]
    turnout: Turnout | None = None
    other_channels: tuple[OtherChannel, ...] = ()
    merged: tuple[MergedTally, ...] = ()
    data_hash: str = ""
    public: bool = True
    provisional: bool = False
    population: int | None = None
    notes: tuple[str, ...] = ()
