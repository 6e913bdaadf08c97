"""Totals of other channels: hands counted at a meeting, calls to a hotline. Each channel's owner counts its own."""

import datetime
from collections.abc import Collection, Iterator

from msgspec import Struct

from surveys import problems
from surveys.consultation import Channel
from surveys.kinds import OTHER, OTHER_LABEL, STANCE_LABELS, AnyKind, Clause, Matrix, Option, Scale, SelectOne, Stance, Text
from surveys.particulars import read_day, read_line
from surveys.problems import Problem
from surveys.questionnaire import Questionnaire
from surveys.rewording import Doubts, Form

OTHER_CHANNELS = (Channel.MEETING, Channel.CONFERENCE, Channel.HOTLINE, Channel.SUGGESTION_BOX, Channel.FRONT)
MOST_PEOPLE = 1_000_000


class Total(Struct, frozen=True, kw_only=True):
    """`counts`: people by question and option. `village` is an id, '' for the whole unit. `people`: all who took part."""

    id: str = ""
    channel: Channel
    owner: str
    village: str = ""
    held_on: datetime.date | None = None
    people: int
    counts: dict[str, dict[str, int]]


class Countable(Struct, frozen=True):
    """Something that hands can be counted for: a question of which a person chooses one option, or a row of a matrix."""

    name: str
    label: Text
    options: tuple[Option, ...]


def countable(questionnaire: Questionnaire) -> list[Countable]:
    """In the order asked. Clauses are called by their number; rankings and points cannot be counted by hands."""
    return [found for question in questionnaire.questions() for found in of_kind(question.name, question.label, question.kind)]


def of_kind(name: str, label: Text, kind: AnyKind) -> Iterator[Countable]:
    if isinstance(kind, SelectOne):
        yield Countable(name, label, (*kind.options, *((Option(OTHER, OTHER_LABEL),) if kind.other else ())))
    if isinstance(kind, Stance):
        label = kind.numbered(label) if isinstance(kind, Clause) else label
        yield Countable(name, label, tuple(Option(stance, words) for stance, words in STANCE_LABELS.items()))
    if isinstance(kind, Scale):
        yield Countable(name, label, kind.options)
    if isinstance(kind, Matrix):
        yield from (Countable(f"{name}/{row.name}", row.label, kind.options) for row in kind.rows)


def read_total(form: Form, questionnaire: Questionnaire, *, villages: Collection[str]) -> tuple[Total | None, Doubts]:
    """The total of a form whose counts are named `count:{question}:{option}`; None where something is wrong, all of it told."""
    doubts: Doubts = []
    if form.get("channel") not in OTHER_CHANNELS:
        doubts.append(Problem(problems.CHOOSE_ONE, where="channel"))
    if form.get("village", "") not in ("", *villages):
        doubts.append(Problem(problems.CHOOSE_ONE, where="village"))
    owner = read_line(form, "owner", doubts)
    if not owner:
        doubts.append(Problem(problems.REQUIRED, where="owner"))
    held_on = read_day(form, "held_on", doubts)
    people = read_people(form, "people", doubts)
    if people is None and not form.get("people", "").strip():
        doubts.append(Problem(problems.REQUIRED, where="people"))
    counts = read_counts(form, questionnaire, people, doubts)
    if doubts or people is None:
        return None, doubts
    return Total(channel=Channel(form["channel"]), owner=owner, village=form.get("village", ""), held_on=held_on, people=people, counts=counts), []


def read_people(form: Form, field: str, doubts: Doubts) -> int | None:
    """A number of people; None where nothing was written."""
    written = form.get(field, "").strip().replace(".", "")
    if not written:
        return None
    if not written.isdecimal() or int(written[:12]) > MOST_PEOPLE:
        doubts.append(Problem(problems.NOT_AN_INTEGER, where=field, given={"given": form[field][:20]}))
        return None
    return int(written)


def read_counts(form: Form, questionnaire: Questionnaire, people: int | None, doubts: Doubts) -> dict[str, dict[str, int]]:
    """Only of questions where something was counted: there a blank is nobody."""
    counts: dict[str, dict[str, int]] = {}
    for question in countable(questionnaire):
        read = {option.name: read_people(form, f"count:{question.name}:{option.name}", doubts) for option in question.options}
        if any(number is not None for number in read.values()):
            counts[question.name] = {name: number or 0 for name, number in read.items()}
            counted = sum(counts[question.name].values())
            if people is not None and counted > people:
                first = f"count:{question.name}:{question.options[0].name}"
                doubts.append(Problem(problems.MORE_THAN_PEOPLE, where=first, given={"counted": counted, "people": people, "question": question.label}))
    if not counts:
        doubts.append(Problem(problems.NOTHING_COUNTED, where="people"))
    return counts
