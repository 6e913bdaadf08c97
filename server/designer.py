"""What the designer shows: the outline of a draft, the question or section that is open, who else is there, what is wrong where."""

import datetime
from collections import Counter, OrderedDict
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from msgspec import Struct, structs

from server.desk import STEPS_DONE, findings, is_particular, rooms
from server.store import comments, drafts
from server.store.presence import Present
from surveys import asking, editing, review, rights, translation, units
from surveys.asking import COMPARISONS, MOST_TICKS, Row, Rows
from surveys.conditions import Operand, said
from surveys.consultation import Consultation, Person, State
from surveys.editing import GROUPS
from surveys.illustrating import spots
from surveys.kinds import AnyKind, Option, UnitChoice, say
from surveys.language import sort_key
from surveys.lists import choices, filterable, lists_of
from surveys.particulars import print_of
from surveys.pasting import MOST_BY_ROW, as_lines
from surveys.problems import Problem
from surveys.questionnaire import Question, Questionnaire, Section
from surveys.review import Review
from surveys.undoing import Step

SHOWN_CHOICES = 30
"""Choices of one question that the picture of the phone beside it draws."""

KEPT_REVIEWS = 50
reviews: OrderedDict[tuple[str, int, str, datetime.date], Review] = OrderedDict()


def reviewed(consultation: Consultation, questionnaire: Questionnaire, today: datetime.date) -> Review:
    """All findings, worked out once for each version of questions and plan."""
    if consultation.state not in (State.DRAFT, State.IN_REVIEW):
        return Review([], [])
    key = consultation.id, consultation.version, print_of(consultation), today
    if key not in reviews:
        reviews[key] = review.review(consultation, questionnaire, today=today)
        if len(reviews) > KEPT_REVIEWS:
            reviews.popitem(last=False)
    return reviews[key]


class Marks(Struct, frozen=True):
    """What stands beside questions and sections in the outline, by name."""

    forbidden: Mapping[str, int] = {}
    advice: Mapping[str, int] = {}
    remarks: Mapping[str, int] = {}
    gaps: Mapping[str, int] = {}
    present: Mapping[str, str] = {}


def marks(questionnaire: Questionnaire, found: Review, *, remarks: Mapping[str, int] | None = None, others: Sequence[Present] = ()) -> Marks:
    here: dict[str, list[str]] = {}
    for one in others:
        here.setdefault(one.part, []).append(one.name)
    lacking = translation.gaps(questionnaire) if translation.bilingual(questionnaire) else []
    return Marks(
        forbidden=counted(found.forbidden), advice=counted(found.advice), remarks=remarks or {},
        gaps=Counter(gap.part for gap in lacking), present={part: ", ".join(names) for part, names in here.items()},
    )  # fmt: skip


def counted(problems: Sequence[Problem]) -> dict[str, int]:
    """How many by question or section."""
    return Counter(problem.where.partition("/")[0] for problem in problems if not is_particular(problem))


class Undo(Struct, frozen=True):
    """Whether this person has something to take back, or to bring back."""

    undo: bool = False
    redo: bool = False


def undo_of(stacks: tuple[list[Step], list[Step]]) -> Undo:
    return Undo(bool(stacks[0]), bool(stacks[1]))


async def frame(consultation: Consultation, questionnaire: Questionnaire, person: Person, *, today: datetime.date) -> dict[str, Any]:
    """What the whole page needs around the open question; the same as `desk.workspace`, with findings that were worked out before."""
    found = reviewed(consultation, questionnaire, today)
    return {
        "consultation": consultation, "questionnaire": questionnaire, "room": "questions", "rooms": rooms(consultation, person, found.forbidden),
        "step_at": STEPS_DONE.get(consultation.state, -1), "forbidden": findings(consultation, questionnaire, found.forbidden),
        "labels_of": {question.name: question.label for question in questionnaire.questions()}, "wrong": {}, "form": {},
    } | await outline(consultation, questionnaire, person, today=today)  # fmt: skip


async def outline(
    consultation: Consultation, questionnaire: Questionnaire, person: Person, *, today: datetime.date, others: Sequence[Present] = (), full: bool = True
) -> dict[str, Any]:
    """The list of sections and questions with what is to be known of each. Not `full`: without findings, which come a moment later."""
    may_edit = rights.may_edit(person, consultation)
    found = reviewed(consultation, questionnaire, today) if full else Review([], [])
    return {
        "consultation": consultation, "questionnaire": questionnaire, "may_edit": may_edit, "full": full,
        "marks": marks(questionnaire, found, remarks=await comments.waiting(consultation.id), others=others),
        "undo": undo_of(await drafts.stacks(consultation, person)) if may_edit else Undo(), "others": others,
    } | whole_facts(questionnaire, found)  # fmt: skip


def whole_facts(questionnaire: Questionnaire, found: Review) -> dict[str, Any]:
    """Length, and what is untranslated, of the questionnaire as a whole; and findings that no question is to blame for."""
    lacking = translation.gaps(questionnaire) if translation.bilingual(questionnaire) else []
    names = {part.name for part in questionnaire.parts()}
    loose = [problem for problem in (*found.forbidden, *found.advice) if problem.where.partition("/")[0] not in names and not is_particular(problem)]
    return {
        "asked": sum(question.kind.asks for question in questionnaire.questions()), "minutes": review.minutes(questionnaire),
        "gaps": lacking, "gap_room": "sections" if lacking and lacking[0].part in {section.name for section in questionnaire.sections} else "questions",
        "loose": [problem for problem in loose if not problem.where],
    }  # fmt: skip


class Blank(Struct, frozen=True):
    """A row of a condition as the page draws it: `choices` are ticked, else one value of this `field` type is typed."""

    path: str
    label: str
    sort: str
    comparisons: tuple[str, ...]
    comparison: str
    values: tuple[str, ...]
    choices: tuple[Option, ...] = ()
    field: str = "text"


class Builder(Struct, frozen=True):
    """A condition that is being picked. `words` is what it says now; `rows` is None where it is nested too deep to be picked apart."""

    prefix: str
    rows: list[Blank] | None
    join: str
    words: str
    can: list[tuple[str, str]]


def builder(prefix: str, relevant: Any, known: Mapping[str, Operand], language: str, *, more: str = "") -> Builder:
    """`more`: the path of a row to be added that has no value yet."""
    rows = asking.rows_of(relevant)
    shown = None if rows is None or any(row.path not in known for row in rows.rows) else [blank(row, known[row.path], language) for row in rows.rows]
    if shown is not None and more in known:
        shown.append(blank(Row(more, COMPARISONS[known[more].type][0]), known[more], language))
    words = said(relevant, known, language) if relevant is not None else ""
    can = [(path, asking.path_words(path, operand, language)) for path, operand in known.items()]
    return Builder(prefix, shown, (rows or Rows()).join, words, can)


def blank(row: Row, operand: Operand, language: str) -> Blank:
    choices = asking.choices_of(operand)
    field = {"number": "decimal", "day": "date", "time": "time"}.get(operand.type, "text")
    few = len(choices) <= MOST_TICKS
    words = tuple(value_words(value, choices, few, language) for value in row.values)
    return Blank(
        row.path, asking.path_words(row.path, operand, language), operand.type, COMPARISONS[operand.type], row.comparison, words,
        choices if few else (), field,
    )  # fmt: skip


def value_words(value: Any, choices: Sequence[Option], few: bool, language: str) -> str:
    """What stands in the field: the name of what is ticked, else what was typed."""
    if choices and not few:
        return next((say(option.label, language) for option in choices if option.name == str(value)), str(value))
    return f"{value:g}".replace(".", ",") if isinstance(value, float) else str(value)


def neighbours(questionnaire: Questionnaire, name: str) -> tuple[str, str]:
    """The questions before and after; '' at the ends."""
    names = ["", *(question.name for question in questionnaire.questions()), ""]
    at = names.index(name)
    return names[at - 1], names[at + 1]


def pictured(question: Question) -> tuple[Question, int]:
    """The question as the phone beside it shows it, and how many of its choices are left out there."""
    kind: AnyKind = question.kind
    options: tuple[Option, ...] = getattr(kind, "options", ()) if "options" in kind.__struct_fields__ else ()
    if len(options) <= SHOWN_CHOICES:
        return question, 0
    given: dict[str, Any] = {"options": options[:SHOWN_CHOICES]}
    return structs.replace(question, kind=structs.replace(kind, **given)), len(options) - SHOWN_CHOICES


def opened_question(questionnaire: Questionnaire, question: Question, language: str, *, more: str = "", option: str = "") -> dict[str, Any]:
    """What the editor shows of a question beside its form."""
    known = asking.askable(questionnaire, question.name)
    before, after = neighbours(questionnaire, question.name)
    index, at = editing.place(questionnaire, question.name)
    filters = [one for one in choices(question.kind) if one.relevant is not None]
    chosen = next((one for one in choices(question.kind) if one.name == option), None)
    shown, left_out = pictured(question)
    return {
        "question": question, "part": question.name, "before": before, "after": after, "home": questionnaire.sections[index], "first": index == at == 0,
        "number": 1 + sum(len(section.questions) for section in questionnaire.sections[:index]) + at,
        "when": builder("when", question.relevant, known, language, more="" if option else more),
        "filters": [(one, said(one.relevant, known, language)) for one in filters], "filterable": filterable(question.kind) and bool(known),
        "chosen": chosen, "only": builder("only", chosen.relevant, known, language, more=more) if chosen else None,
        "numbers": [(path, words) for path, words in builder("", None, known, language).can if known[path].type == "number"],
        "lines": {field: as_lines(options) for field, options in lists_of(question.kind).items() if len(options) > MOST_BY_ROW},
        "provinces": provinces() if isinstance(question.kind, UnitChoice) else [], "groups": GROUPS, "spots": spots(question),
        "shown": shown, "left_out": left_out,
        "condition": said(question.relevant, known, language) if question.relevant is not None else "",
    }  # fmt: skip


def opened_section(questionnaire: Questionnaire, section: Section, language: str, *, more: str = "") -> dict[str, Any]:
    known = asking.askable(questionnaire, section.name)
    return {"section": section, "part": section.name, "when": builder("when", section.relevant, known, language, more=more), "groups": GROUPS}


@cache
def provinces() -> list[tuple[str, str]]:
    """Code and name of each, for a choice that stays within one."""
    found = [(unit.code, unit.name) for unit in units.catalogue().values() if unit.parent is None]
    return sorted(found, key=lambda one: sort_key(one[1]))
