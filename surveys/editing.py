"""Changes an author makes to a questionnaire: each gives a new one, the old one stays as it was."""

import re
from collections.abc import Mapping, Sequence
from typing import Literal, TypeVar

from msgspec import Struct, structs

from surveys import conditions, piping
from surveys.guards import Condition
from surveys.kinds import (
    OTHER,
    SATISFACTION,
    AnyKind,
    Calculation,
    Consent,
    Date,
    Decimal,
    File,
    Integer,
    Matrix,
    Note,
    OpenText,
    Option,
    Place,
    Points,
    Ranking,
    Scale,
    SelectMultiple,
    SelectOne,
    Stance,
    Text,
    Time,
    UnitChoice,
)
from surveys.language import fold
from surveys.problems import UNKNOWN_QUESTION as UNKNOWN
from surveys.problems import USED_BY_CONDITION, Conflict, NotFound
from surveys.questionnaire import Question, Questionnaire, Section

Row = TypeVar("Row")

DONT_KNOW = Option("khong_biet", {"vi": "Không biết, chưa từng dùng", "en": "Don't know, never used it"})

RATING = tuple(
    Option(str(step), {"vi": vi, "en": en})
    for step, (vi, en) in enumerate([("Rất kém", "Very poor"), ("Kém", "Poor"), ("Trung bình", "Fair"), ("Tốt", "Good"), ("Rất tốt", "Very good")], start=1)
)

STARTS: Mapping[str, AnyKind] = {
    "select_one": SelectOne(()),
    "select_multiple": SelectMultiple(()),
    "ranking": Ranking(()),
    "points": Points(()),
    "stance": Stance(),
    "satisfaction": Scale(SATISFACTION, (DONT_KNOW,)),
    "rating": Scale(RATING, (DONT_KNOW,)),
    "scale": Scale(tuple(Option(str(step)) for step in range(1, 6))),
    "zero_to_ten": Scale(tuple(Option(str(step)) for step in range(11))),
    "matrix": Matrix((), SATISFACTION, (DONT_KNOW,)),
    "text": OpenText(longest=200),
    "long_text": OpenText(long=True),
    "integer": Integer(low=0),
    "decimal": Decimal(),
    "date": Date(),
    "time": Time(),
    "unit": UnitChoice(),
    "place": Place(),
    "file": File(),
    "note": Note(),
    "consent": Consent(),
    "calculation": Calculation(0),
}
"""What can be added, by the name of its start."""

GROUPS: Mapping[str, tuple[str, ...]] = {
    "choose": ("select_one", "select_multiple", "ranking", "points"),
    "judge": ("stance", "satisfaction", "rating", "scale", "zero_to_ten", "matrix"),
    "write": ("text", "long_text", "integer", "decimal", "date", "time"),
    "where": ("unit", "place", "file"),
    "other": ("note", "consent", "calculation"),
}
"""The starts as the menu parts them."""


def add_question(questionnaire: Questionnaire, start: str, *, section: str, after: str = "") -> tuple[Questionnaire, Question]:
    """The question stands behind `after`, or last in its section, and has no words yet."""
    if start not in STARTS:
        raise NotFound(UNKNOWN, given=start)
    index = section_index(questionnaire, section)
    question = Question(free_name("cau", {question.name for question in questionnaire.questions()}), STARTS[start])
    questions = questionnaire.sections[index].questions
    at = next((at for at, one in enumerate(questions, start=1) if one.name == after), len(questions))
    grown = structs.replace(questionnaire.sections[index], questions=(*questions[:at], question, *questions[at:]))
    return with_sections(questionnaire, {index: grown}), question


def replace_question(questionnaire: Questionnaire, question: Question) -> Questionnaire:
    """The question of the same name takes these words and settings."""
    index, at = place(questionnaire, question.name)
    questions = list(questionnaire.sections[index].questions)
    questions[at] = question
    return with_sections(questionnaire, {index: structs.replace(questionnaire.sections[index], questions=tuple(questions))})


def remove_question(questionnaire: Questionnaire, name: str) -> Questionnaire:
    """Raises Conflict where a later question or section is only asked by its answer, or repeats it or counts with it."""
    index, at = place(questionnaire, name)
    users = [user for user in questionnaire.parts() if user.name != name and name in looked_at(user)]
    if users:
        label = questionnaire.sections[index].questions[at].label
        raise Conflict(USED_BY_CONDITION, question=label or name, user=users[0].label or users[0].name)
    kept = tuple(question for question in questionnaire.sections[index].questions if question.name != name)
    return with_sections(questionnaire, {index: structs.replace(questionnaire.sections[index], questions=kept)})


def looked_at(part: Section | Question) -> set[str]:
    """The questions whose answers it needs: for its condition, its choices, its calculation, its words."""
    logic = [part.relevant]
    if isinstance(part, Question):
        logic += [option.relevant for option in getattr(part.kind, "options", ())]
        logic += [part.kind.expression] if isinstance(part.kind, Calculation) else []
    found = {name for one in logic if one is not None for name in conditions.names(one)}
    return found | {name for text in piping.texts(part) for name in piping.names(text)}


def move_question(questionnaire: Questionnaire, name: str, *, step: int) -> Questionnaire:
    """One place up (-1) or down (+1); over the edge of its section into the next one; at either end nothing changes."""
    index, at = place(questionnaire, name)
    questions = questionnaire.sections[index].questions
    if 0 <= at + step < len(questions):
        return with_sections(questionnaire, {index: structs.replace(questionnaire.sections[index], questions=moved(questions, at, step))})
    if not 0 <= index + step < len(questionnaire.sections):
        return questionnaire
    neighbour = questionnaire.sections[index + step].questions
    joined = (*neighbour, questions[at]) if step < 0 else (questions[at], *neighbour)
    return with_sections(
        questionnaire,
        {
            index: structs.replace(questionnaire.sections[index], questions=questions[:at] + questions[at + 1 :]),
            index + step: structs.replace(questionnaire.sections[index + step], questions=joined),
        },
    )


def put_question(questionnaire: Questionnaire, name: str, *, section: str, at: int | None = None) -> Questionnaire:
    """Into this section, at this position among the others there, or last."""
    index, was = place(questionnaire, name)
    question = questionnaire.sections[index].questions[was]
    left = tuple(one for one in questionnaire.sections[index].questions if one.name != name)
    without = with_sections(questionnaire, {index: structs.replace(questionnaire.sections[index], questions=left)})
    to = section_index(without, section)
    there = without.sections[to].questions
    at = len(there) if at is None else max(0, min(at, len(there)))
    return with_sections(without, {to: structs.replace(without.sections[to], questions=(*there[:at], question, *there[at:]))})


def add_section(questionnaire: Questionnaire, label: Text) -> Questionnaire:
    name = free_name("phan", {section.name for section in questionnaire.sections})
    return structs.replace(questionnaire, sections=(*questionnaire.sections, Section(name, (), label=label)))


def reword_section(questionnaire: Questionnaire, name: str, *, label: Text, relevant: Condition = None) -> Questionnaire:
    index = section_index(questionnaire, name)
    return with_sections(questionnaire, {index: structs.replace(questionnaire.sections[index], label=label, relevant=relevant)})


def move_section(questionnaire: Questionnaire, name: str, *, step: int) -> Questionnaire:
    index = section_index(questionnaire, name)
    return structs.replace(questionnaire, sections=moved(questionnaire.sections, index, step))


def remove_section(questionnaire: Questionnaire, name: str) -> Questionnaire:
    """With all its questions. Raises Conflict where one of them decides what others are asked."""
    index = section_index(questionnaire, name)
    for question in reversed(questionnaire.sections[index].questions):
        questionnaire = remove_question(questionnaire, question.name)
    return structs.replace(questionnaire, sections=questionnaire.sections[:index] + questionnaire.sections[index + 1 :])


def place(questionnaire: Questionnaire, name: str) -> tuple[int, int]:
    """Section and position of a question."""
    for index, section in enumerate(questionnaire.sections):
        for at, question in enumerate(section.questions):
            if question.name == name:
                return index, at
    raise NotFound(UNKNOWN, given=name)


def section_index(questionnaire: Questionnaire, name: str) -> int:
    for index, section in enumerate(questionnaire.sections):
        if section.name == name:
            return index
    raise NotFound(UNKNOWN, given=name)


def with_sections(questionnaire: Questionnaire, changed: Mapping[int, Section]) -> Questionnaire:
    return structs.replace(questionnaire, sections=tuple(changed.get(index, section) for index, section in enumerate(questionnaire.sections)))


def moved(rows: Sequence[Row], at: int, step: int) -> tuple[Row, ...]:
    """The rows with one of them a place on; at either end as they were."""
    order = list(rows)
    if 0 <= at + step < len(order):
        order[at], order[at + step] = order[at + step], order[at]
    return tuple(order)


def free_name(stem: str, taken: set[str]) -> str:
    """The first of stem_1, stem_2, … that is free."""
    return next(name for name in (f"{stem}_{n}" for n in range(1, len(taken) + 2)) if name not in taken)


def option_name(label: str, taken: set[str]) -> str:
    """A short name that can be read in a table: “Đường số 5” → duong_so_5."""
    stem = re.sub(r"[^a-z0-9]+", "_", fold(label)).strip("_")[:24].strip("_") or "y"
    return stem if stem not in taken | {OTHER} else free_name(stem, {*taken, OTHER})


class Difference(Struct, frozen=True):
    """What became of a question between two versions; its label is the newer one's."""

    what: Literal["added", "removed", "changed", "moved"]
    name: str
    label: Text


def differences(old: Questionnaire, new: Questionnaire) -> list[Difference]:
    """Question by question, in the new order, then those that are gone. Moved: the same words, another place among those kept."""
    before = {question.name: question for question in old.questions()}
    after = {question.name: question for question in new.questions()}
    kept_before, kept_after = ([name for name in names if name in before and name in after] for names in (before, after))
    found = [Difference("added", name, question.label) for name, question in after.items() if name not in before]
    for was, name in zip(kept_before, kept_after, strict=True):
        if before[name] != after[name]:
            found.append(Difference("changed", name, after[name].label))
        elif was != name:
            found.append(Difference("moved", name, after[name].label))
    order = list(after)
    found.sort(key=lambda difference: order.index(difference.name))
    return found + [Difference("removed", name, question.label) for name, question in before.items() if name not in after]
