"""Conditions in the designer's forms: rows read, added and dropped, of a question, a section or one choice."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from msgspec import structs

from surveys import asking
from surveys.asking import Rows
from surveys.conditions import Operand
from surveys.guards import Condition
from surveys.lists import choices, filterable
from surveys.problems import Problem
from surveys.questionnaire import Question, Questionnaire
from surveys.rewording import Form

Lists = Mapping[str, Sequence[str]]


def read_condition(former: Condition, form: Form, values: Lists, known: Mapping[str, Operand], *, prefix: str, do: str) -> tuple[Condition, list[Problem]]:
    """The condition that the rows of this prefix say. Without such rows in the form it stays what it was."""
    if do == f"{prefix}-clear":
        return None, []
    if form.get(prefix) != "rows":
        return former, []
    rows, doubts = asking.read_rows(form, values, known, prefix=prefix, skip=dropped(do, prefix))
    return asking.condition_of(rows, known), doubts


def dropped(do: str, prefix: str) -> int | None:
    what, _, at = do.partition(":")
    return int(at) if what == f"{prefix}-drop" and at.isdecimal() and len(at) < 4 else None


def read_conditions(found: Question, base: Questionnaire, form: Form, values: Lists, *, do: str) -> tuple[Question, list[Problem]]:
    """Who is asked, and to whom one choice is offered."""
    known = asking.askable(base, found.name)
    relevant, doubts = read_condition(found.relevant, form, values, known, prefix="when", do=do)
    found = structs.replace(found, relevant=relevant)
    if filterable(found.kind) and form.get("only-option"):
        options = []
        for option in choices(found.kind):
            if option.name == form["only-option"]:
                filter_of, more = read_condition(option.relevant, form, values, known, prefix="only", do=do)
                option, doubts = structs.replace(option, relevant=filter_of), [*doubts, *more]
            options.append(option)
        kind: Any = found.kind
        found = structs.replace(found, kind=structs.replace(kind, options=tuple(options)))
    return found, doubts


def do_with_rows(found: Question, do: str) -> Question:
    """`only-clear:name` offers that choice to everybody again."""
    what, _, name = do.partition(":")
    if what != "only-clear" or not filterable(found.kind):
        return found
    kind: Any = found.kind
    options = tuple(structs.replace(option, relevant=None) if option.name == name else option for option in kind.options)
    return structs.replace(found, kind=structs.replace(kind, options=options))


def extra_query(do: str, form: Form) -> str:
    """What the next page must know of a row without a value, which no version keeps."""
    query = {"when": form.get("when-new", "")} if do == "when-add" else {}
    if do == "only-add":
        query = {"when": form.get("only-new", ""), "option": form.get("only-option", "")}
    if do.startswith("only-open"):
        query = {"option": do.partition(":")[2] or form.get("only-choice", "")}
    return f"?{urlencode(query)}" if query else ""


__all__ = ["Rows", "do_with_rows", "extra_query", "read_condition", "read_conditions"]
