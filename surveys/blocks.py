"""Blocks of questions that are used again: ours as data beside the library, a ward's own out of its consultations."""

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec
from msgspec import Struct, structs

from surveys import conditions
from surveys.advice.length import minutes
from surveys.editing import free_name, section_index
from surveys.kinds import AnyKind, Calculation, Clause, SelectMultiple, SelectOne, Text
from surveys.piping import UNANSWERED
from surveys.questionnaire import Question, Questionnaire, Section
from surveys.renaming import piped, renamed_section

KEYS = (
    "demographics",
    "plan_stance",
    "suggestions",
    "one_stop_core",
    "place_satisfaction",
    "safety",
    "environment",
    "transport",
    "contribution",
    "contact",
)
"""In the order in which they are offered."""


class Block(Struct, frozen=True, kw_only=True):
    """Sections that stand on their own: their conditions look at nothing outside."""

    key: str = ""
    name: Text
    about: Text = {}
    sections: tuple[Section, ...]

    @property
    def questionnaire(self) -> Questionnaire:
        """The block alone, as residents would see it."""
        return Questionnaire(self.sections, name=self.key, title=self.name, languages=("vi", "en"))

    @property
    def minutes(self) -> int:
        return minutes(self.questionnaire)


def blocks() -> tuple[Block, ...]:
    return tuple(block(key) for key in KEYS)


@cache
def block(key: str) -> Block:
    """Raises KeyError where there is none."""
    if key not in KEYS:
        raise KeyError(key)
    data = (files(__package__) / "library" / "blocks" / f"{key}.json").read_bytes()
    return structs.replace(msgspec.json.decode(data, type=Block), key=key)


def insert(questionnaire: Questionnaire, sections: Sequence[Section], *, after: str) -> Questionnaire:
    """The sections stand behind section `after`, first where it is ''. Names that are taken become others, and their conditions follow.

    Raises NotFound where there is no section `after`.
    """
    at = section_index(questionnaire, after) + 1 if after else 0
    names = free_names([question.name for section in sections for question in section.questions], {question.name for question in questionnaire.questions()})
    places = free_names([section.name for section in sections], {section.name for section in questionnaire.sections})
    placed = tuple(renamed_section(section, places[section.name], names) for section in sections)
    return structs.replace(questionnaire, sections=(*questionnaire.sections[:at], *placed, *questionnaire.sections[at:]))


def free_names(wanted: Sequence[str], taken: set[str]) -> Mapping[str, str]:
    """A free name for each, its own where nobody has it."""
    found: dict[str, str] = {}
    for name in wanted:
        used = taken | set(found.values()) | set(wanted)
        found[name] = name if name not in taken else free_name(name, used)
    return found


class Cut(Struct, frozen=True):
    """Sections cut out of a questionnaire. `lost`: clauses of a plan, and what asked about answers outside the sections."""

    sections: tuple[Section, ...]
    lost: int


def cut(questionnaire: Questionnaire, name: str = "") -> Cut:
    """One section on its own, or all of them. Raises NotFound."""
    chosen = (questionnaire.sections[section_index(questionnaire, name)],) if name else questionnaire.sections
    inside = standing([question for section in chosen for question in section.questions if not isinstance(question.kind, Clause)])
    made = [own_section(section, inside) for section in chosen]
    return Cut(tuple(section for section, _ in made if section.questions), sum(lost for _, lost in made))


def standing(questions: Sequence[Question]) -> set[str]:
    """Their names, without calculations that need what is not among them."""
    inside = {question.name for question in questions}
    needs = {question.name: set(conditions.names(question.kind.expression)) for question in questions if isinstance(question.kind, Calculation)}
    while fallen := {name for name in inside if not needs.get(name, set()) <= inside}:
        inside -= fallen
    return inside


def own_section(section: Section, inside: set[str]) -> tuple[Section, int]:
    questions, lost = [], 0
    for question in section.questions:
        if question.name not in inside:
            lost += 1
            continue
        own, count = own_question(question, inside)
        questions.append(own)
        lost += count
    relevant, in_condition = own_condition(section.relevant, inside)
    label, in_label = own_text(section.label, inside)
    return structs.replace(section, questions=tuple(questions), label=label, relevant=relevant, source=""), lost + in_condition + in_label


def own_question(question: Question, inside: set[str]) -> tuple[Question, int]:
    relevant, lost = own_condition(question.relevant, inside)
    label, in_label = own_text(question.label, inside)
    hint, in_hint = own_text(question.hint, inside)
    kind, in_kind = own_kind(question.kind, inside)
    return structs.replace(question, relevant=relevant, label=label, hint=hint, kind=kind, source=""), lost + in_label + in_hint + in_kind


def own_kind(kind: AnyKind, inside: set[str]) -> tuple[AnyKind, int]:
    if not isinstance(kind, SelectOne | SelectMultiple):
        return kind, 0
    options, lost = [], 0
    for option in kind.options:
        relevant, count = own_condition(option.relevant, inside)
        label, in_label = own_text(option.label, inside)
        options.append(structs.replace(option, relevant=relevant, label=label))
        lost += count + in_label
    return structs.replace(kind, options=tuple(options)), lost


def own_condition(condition: Mapping[str, Any] | None, inside: set[str]) -> tuple[Mapping[str, Any] | None, int]:
    """The condition, or none where it looks outside."""
    if condition is None or set(conditions.names(condition)) <= inside:
        return condition, 0
    return None, 1


def own_text(text: Text, inside: set[str]) -> tuple[Text, int]:
    """An answer from outside becomes “…”."""
    own = {language: piped(words, lambda path: f"${{{path}}}" if path.partition("/")[0] in inside else UNANSWERED) for language, words in text.items()}
    return own, int(own != dict(text))
