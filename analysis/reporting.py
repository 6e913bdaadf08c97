"""From counts to the Report: shares, means and indices with their bases, who took part, other channels apart and together."""

import statistics
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

import numpy as np
from msgspec import structs

from analysis import disclosure, tally
from analysis.frame import Frame
from analysis.report import LEAST_CELL, Estimate, GroupTally, MergedTally, OptionTally, OtherChannel, QuestionTally, Report, Turnout, VillageTurnout, Words
from analysis.skipping import deciding, resting
from analysis.tally import Counts, Item, Tally
from surveys.consultation import Assistance, Channel
from surveys.kinds import Matrix, OpenText, Points, Scale, SelectMultiple, SelectOne, Stance, Text, Time, UnitChoice
from surveys.names import ASSISTANCE, CHANNELS
from surveys.units import Village, households
from templates import words as spoken

Audience = Literal["official", "public"]

SATISFACTION_POINTS = 5
SATISFIED = 2
"""Top two of five: satisfied and very satisfied."""

NO_BASE = "no base"
"""Note of a share that has none: nobody gave a count of households."""

Decided = Mapping[tuple[str, str], bool]
"""Whether an open answer, by (answer's id, question), may be printed; what nobody has read is not in it."""


def make(
    frame: Frame,
    *,
    title: Text,
    audience: Audience,
    by: Sequence[str] = (),
    min_cell: int = LEAST_CELL,
    villages: Sequence[Village] | None = None,
    former: Mapping[str, str] | None = None,
    others: Sequence[OtherChannel] = (),
    decided: Decided | None = None,
    population: int | None = None,
    data_hash: str = "",
    provisional: bool = False,
) -> Report:
    """Everything that may be said of these answers to this audience. Officials see every count and every open answer.

    `min_cell` 0 protects nothing. `villages` with their households make a Turnout; without them there is none.
    `former`: names, by id, of villages that are no more; answers may still come from them.
    """
    counted = tally.count(frame, by=by)
    items = [named(item, villages or (), former or {}) for item in tally.items(frame)]
    names = {name: labels(frame, name, villages or (), former or {}) for name in by}
    report = Report(
        title=title,
        responses=counted.responses,
        min_cell=0 if audience == "official" else min_cell,
        questions=tuple(question_tally(item, counted, names, open_answers(frame, item, audience, decided or {})) for item in items),
        turnout=None if villages is None else turnout(frame, villages, former or {}),
        other_channels=tuple(others),
        merged=tuple(merged(items, counted, others)),
        data_hash=data_hash,
        public=audience == "public",
        provisional=provisional,
        population=population,
    )
    return disclosure.protected(report, deciding=deciding(frame.questionnaire), resting=resting(frame.questionnaire))


def question_tally(item: Item, counted: Tally, names: Mapping[str, Mapping[str, Text]], written: tuple[tuple[Words, ...], int]) -> QuestionTally:
    counts = counted.questions[item.name]
    numbers = sorted(counts.values)
    return QuestionTally(
        name=item.name,
        kind=item.kind.tag,
        label=item.label or {"vi": item.name},
        asked=counts.asked,
        answered=counts.answered,
        missing=counts.asked - counts.answered,
        options=option_tallies(item, counts),
        mean=mean(item, counts),
        satisfied_percent=satisfied_percent(item, counts),
        minimum=numbers[0] if numbers else None,
        maximum=numbers[-1] if numbers else None,
        median=median(counts),
        total=sum(number * people for number, people in counts.values.items()) if numbers and not isinstance(item.kind, Time) else None,
        words=written[0],
        words_withheld=written[1],
        groups={by: tuple(group_tallies(item, counted, by, labels)) for by, labels in names.items()},
    )


def group_tallies(item: Item, counted: Tally, by: str, labels: Mapping[str, Text]) -> Iterator[GroupTally]:
    """Of every group that somebody is in."""
    for group, counts in counted.groups[by][item.name].items():
        if group and counted.sizes[by][group]:
            yield GroupTally(
                value=group,
                label=labels.get(group) or {"vi": group},
                responses=counted.sizes[by][group],
                answered=counts.answered,
                options=option_tallies(item, counts),
                mean=mean(item, counts),
                satisfied_percent=satisfied_percent(item, counts),
            )


def option_tallies(item: Item, counts: Counts) -> tuple[OptionTally, ...]:
    return tuple(option_tally(item, option.name, option.label or {"vi": option.name}, counts) for option in item.options)


def option_tally(item: Item, name: str, label: Text, counts: Counts) -> OptionTally:
    people = counts.options.get(name, 0)
    ranks = counts.ranks.get(name, ())
    return OptionTally(
        name,
        label,
        people,
        percent(people, counts.answered),
        mean_rank=sum(rank * given for rank, given in enumerate(ranks, start=1)) / sum(ranks) if any(ranks) else None,
        ranked=sum(ranks) if ranks else None,
        ranks=ranks,
        mean_share=percent(counts.points.get(name, 0), counts.answered * item.kind.total) if isinstance(item.kind, Points) else None,
    )


def percent(count: int, base: int) -> float | None:
    return 100 * count / base if base else None


def mean(item: Item, counts: Counts) -> float | None:
    """Of a scale's numbers, or of numbers; None where nobody answered, and of hours, which go round."""
    people = {float(name): count for name, count in counts.options.items()} if isinstance(item.kind, Scale | Matrix) else counts.values
    if isinstance(item.kind, Time):
        return None
    return sum(number * count for number, count in people.items()) / counts.answered if people and counts.answered else None


def median(counts: Counts) -> float | None:
    if not counts.values:
        return None
    numbers = sorted(counts.values)
    return float(statistics.median(np.repeat(numbers, [counts.values[number] for number in numbers]).tolist()))


def satisfied_percent(item: Item, counts: Counts) -> float | None:
    """(satisfied + very satisfied) / answered × 100, of five points only."""
    if not isinstance(item.kind, Scale | Matrix) or len(item.options) != SATISFACTION_POINTS:
        return None
    top = sorted((option.name for option in item.options), key=int)[-SATISFIED:]
    return percent(sum(counts.options[name] for name in top), counts.answered)


def labels(frame: Frame, by: str, villages: Sequence[Village], former: Mapping[str, str]) -> Mapping[str, Text]:
    """How the groups of a variable are called, where that is not their value."""
    if by == "village":
        return {village: {"vi": name} for village, name in ({**former} | {village.id: village.name for village in villages}).items()}
    if by in ("channel", "assistance"):
        codes = {channel.value: code for channel, code in CHANNELS.items()} if by == "channel" else {each.value: code for each, code in ASSISTANCE.items()}
        return {value: {language: spoken(code, language) for language in ("vi", "en")} for value, code in codes.items()}
    items = (named(item, villages, former) for item in tally.items(structs.replace(frame, missing={})))
    return next(({option.name: option.label for option in item.options} for item in items if item.name == by), {})


def named(item: Item, villages: Sequence[Village], former: Mapping[str, str]) -> Item:
    """Units that are villages with the names they have; those of other units keep their code."""
    if not isinstance(item.kind, UnitChoice) or item.kind.level != "village":
        return item
    names = {**former} | {village.id: village.name for village in villages}
    options = [(option, option.name.partition("/")[2]) for option in item.options]
    called = tuple(structs.replace(option, label={"vi": f"{names.get(own, own)}, {option.label['vi']}"}) if own else option for option, own in options)
    return structs.replace(item, options=called)


def open_answers(frame: Frame, item: Item, audience: Audience, decided: Decided) -> tuple[tuple[Words, ...], int]:
    """What may be printed of people's own words, and how many may not. Officials get all, marked as decided; the public what was released."""
    column = words_column(item)
    if column is None:
        return (), 0
    written = frame.table[column].dropna()
    if "id" not in frame.table or (audience == "public" and not any(decided.values())):
        return (), len(written)
    context = frame.table.loc[written.index]
    villages = context["village"].astype("object").where(context["village"].notna(), "")
    found = [
        Words(answer, text, village if audience == "official" else "", decided.get((answer, item.question.name)))
        for answer, text, village in zip(context["id"], written, villages, strict=True)
    ]
    shown = tuple(each for each in found if audience == "official" or each.released)
    return shown, len(found) - len(shown)


def words_column(item: Item) -> str | None:
    """Where the respondents' own words of a question stand."""
    if isinstance(item.kind, OpenText):
        return item.name
    worded = isinstance(item.kind, Stance) or (isinstance(item.kind, SelectOne | SelectMultiple) and item.kind.other)
    return f"{item.name}/text" if worded else None


def turnout(frame: Frame, villages: Sequence[Village], former: Mapping[str, str]) -> Turnout:
    """Answers against households, village by village. Answers that name no village stand in a row of their own, without a name."""
    where, channels, helps = (frame.table[name].astype("object").where(frame.table[name].notna(), "") for name in ("village", "channel", "assistance"))
    used = [channel.value for channel in Channel if (channels == channel.value).any()]
    cells = Counter(zip(where, channels, strict=True))
    places = [(village.id, village.name, village.households) for village in villages]
    known = {village for village, _, _ in places}
    places += [(village, former.get(village, village), None) for village in sorted({village for village, _ in cells} - known)]
    total = households(villages)
    return Turnout(
        households=total,
        answered=len(frame),
        share=share(len(frame), total),
        by_channel={channel: int((channels == channel).sum()) for channel in used},
        by_assistance={each.value: int((helps == each.value).sum()) for each in Assistance},
        villages=tuple(village_turnout(village, name, base, {channel: cells[village, channel] for channel in used}) for village, name, base in places),
        households_source=source(villages),
    )


def village_turnout(village: str, name: str, base: int | None, by_channel: Mapping[str, int]) -> VillageTurnout:
    answered = sum(by_channel.values())
    return VillageTurnout(village, name, base, answered, dict(by_channel), share(answered, base))


def share(answered: int, base: int | None) -> Estimate:
    return Estimate(100 * answered / base, base) if base else Estimate(None, None, notes=(NO_BASE,))


def source(villages: Sequence[Village]) -> str:
    """Who gave the households and as of when, each once."""
    said = [f"{village.source} ({village.as_of:%d/%m/%Y})" if village.as_of else village.source for village in villages if village.source]
    return "; ".join(dict.fromkeys(said))


def merged(items: Iterable[Item], counted: Tally, others: Sequence[OtherChannel]) -> Iterator[MergedTally]:
    """Single answers and other channels' totals together, of the questions that some channel counted and where one person chooses one."""
    for item in items:
        given = [other.counts[item.name] for other in others if item.name in other.counts]
        if given and item.options and not isinstance(item.kind, SelectMultiple):
            alone = counted.questions[item.name]
            options = {name: count + sum(each.get(name) or 0 for each in given) for name, count in alone.options.items()}
            together = Counts(alone.asked, sum(options.values()), options)
            yield MergedTally(item.name, item.label, together.answered, option_tallies(item, together))
