"""Questions under other names: whatever refers to them (conditions, calculations, texts) follows."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from msgspec import structs

from surveys.kinds import AnyKind, Calculation, Option, SelectMultiple, SelectOne, Text
from surveys.piping import PLACE
from surveys.questionnaire import Question, Section

Names = Mapping[str, str]
"""Old name → new name; who is not in it keeps its own."""
Part = TypeVar("Part", bound=Section | Question)
LISTS = ("rows", "options", "missing")


def renamed_section(section: Section, name: str, names: Names) -> Section:
    questions = tuple(renamed_question(question, names) for question in section.questions)
    return structs.replace(
        section, name=name, questions=questions, label=renamed_text(section.label, names), relevant=renamed_condition(section.relevant, names)
    )


def renamed_question(question: Question, names: Names) -> Question:
    return structs.replace(
        question,
        name=names.get(question.name, question.name),
        kind=renamed_kind(question.kind, names),
        label=renamed_text(question.label, names),
        hint=renamed_text(question.hint, names),
        relevant=renamed_condition(question.relevant, names),
    )


def renamed_kind(kind: AnyKind, names: Names) -> AnyKind:
    if isinstance(kind, Calculation):
        return structs.replace(kind, expression=renamed_condition(kind.expression, names))
    if isinstance(kind, SelectOne | SelectMultiple):
        return structs.replace(kind, options=tuple(renamed_option(option, names) for option in kind.options))
    return kind


def renamed_option(option: Option, names: Names) -> Option:
    return structs.replace(option, label=renamed_text(option.label, names), relevant=renamed_condition(option.relevant, names))


def renamed_condition(condition: Any, names: Names) -> Any:
    """A condition or an expression; `question/row` keeps its row."""
    if isinstance(condition, list):
        return [renamed_condition(part, names) for part in condition]
    if not isinstance(condition, Mapping):
        return condition
    if set(condition) == {"var"} and isinstance(condition["var"], str):
        return {"var": renamed_path(condition["var"], names)}
    return {operator: renamed_condition(part, names) for operator, part in condition.items()}


def renamed_path(path: str, names: Names) -> str:
    name, slash, row = path.partition("/")
    return f"{names.get(name, name)}{slash}{row}"


def renamed_text(text: Text, names: Names) -> Text:
    return {language: piped(words, lambda path: f"${{{renamed_path(path, names)}}}") for language, words in text.items()}


def piped(words: str, spoken: Callable[[str], str]) -> str:
    """The sentence with `spoken` in each place where an earlier answer stands."""
    return PLACE.sub(lambda place: spoken(place[1]), words)
