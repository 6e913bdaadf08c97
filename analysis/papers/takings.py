"""What other channels' owners counted, named as the questionnaire names it, apart and together with single answers."""

from collections.abc import Iterator

from msgspec import Struct

from analysis.report import MergedTally, OptionTally, OtherChannel, QuestionTally, Report
from surveys.kinds import Text


class CountedLine(Struct, frozen=True):
    """A question and how many chose what."""

    label: Text
    counts: tuple[tuple[Text, int | None], ...]


class Taken(Struct, frozen=True):
    """All totals of one channel's owner. `village` is its name."""

    source: OtherChannel
    village: str
    lines: tuple[CountedLine, ...]


class Merge(Struct, frozen=True):
    """A question over all channels: each choice with the people who chose it in single answers."""

    label: Text
    answered: int | None
    options: tuple[tuple[OptionTally, int | None], ...]


def taken(report: Report) -> Iterator[Taken]:
    tallies = {tally.name: tally for tally in report.questions}
    villages = {village.village: village.name for village in report.turnout.villages} if report.turnout else {}
    for source in report.other_channels:
        lines = (counted(tallies[name], counts) for name, counts in source.counts.items())
        yield Taken(source, villages.get(source.village, source.village), tuple(lines))


def counted(tally: QuestionTally, counts: dict[str, int | None]) -> CountedLine:
    labels = {option.value: option.label for option in tally.options}
    return CountedLine(tally.label, tuple((labels.get(value) or {"vi": value}, number) for value, number in counts.items()))


def merges(report: Report) -> Iterator[Merge]:
    tallies = {tally.name: tally for tally in report.questions}
    for merged in report.merged:
        yield merge(merged, tallies[merged.name])


def merge(merged: MergedTally, tally: QuestionTally) -> Merge:
    alone = {option.value: option.count for option in tally.options}
    return Merge(merged.label, merged.answered, tuple((option, alone.get(option.value, 0)) for option in merged.options))
