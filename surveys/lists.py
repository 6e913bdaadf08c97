"""The lists of options that kinds have, as forms carry them: `options-0-name`, `options-0_vi`, `options-0_en`, `options-0-exclusive`."""

from collections.abc import Mapping
from typing import Any

from msgspec import structs

from surveys.editing import moved, option_name
from surveys.kinds import AnyKind, Matrix, Option, Scale, SelectMultiple, SelectOne, say
from surveys.pasting import MOST_BY_ROW, pasted
from surveys.texts import text_of

Form = Mapping[str, str]

LISTS = ("options", "rows", "missing")
"""The fields of kinds that hold them."""


def lists_of(kind: AnyKind) -> dict[str, tuple[Option, ...]]:
    """The lists of options this kind has, by field."""
    return {name: getattr(kind, name) for name in LISTS if name in kind.__struct_fields__}


def read_lists(kind: AnyKind, form: Form) -> dict[str, tuple[Option, ...]]:
    """The lists as the form has them. One that is too long for rows comes as text, `options-lines`; one that did not come stays."""
    found = {}
    for field, options in lists_of(kind).items():
        if f"{field}-lines" in form and len(options) > MOST_BY_ROW:
            found[field] = pasted(form[f"{field}-lines"], kept=options, scale=is_scale(kind, field))
        else:
            found[field] = read_options(kind, field, form) if f"{field}-0_vi" in form else options
    return found


def read_options(kind: AnyKind, field: str, form: Form) -> tuple[Option, ...]:
    """The rows of a list that have words or a name. New rows take their names from their words; a scale counts on."""
    former = {option.name: option for option in getattr(kind, field, ())}
    read: list[Option] = []
    taken = {form.get(f"{field}-{at}-name", "") for at in range(rows_given(form, field))} - {""}
    for at in range(rows_given(form, field)):
        label = text_of(form, f"{field}-{at}")
        name = form.get(f"{field}-{at}-name", "").strip()
        if not name and not label:
            continue
        if not name:
            name = next_step(taken) if is_scale(kind, field) else option_name(say(label, "vi"), taken)
            taken.add(name)
        exclusive = f"{field}-{at}-exclusive" in form
        read.append(structs.replace(former.get(name, Option(name)), label={**others(former.get(name)), **label}, exclusive=exclusive))
    return tuple(read)


def others(option: Option | None) -> dict[str, str]:
    """Its words in languages that the form has no field for."""
    return {language: words for language, words in option.label.items() if language not in ("vi", "en")} if option else {}


def rows_given(form: Form, field: str) -> int:
    count = 0
    while f"{field}-{count}_vi" in form:
        count += 1
    return count


def is_scale(kind: AnyKind, field: str) -> bool:
    """Whether the names of this list are the numbers of a scale."""
    return field == "options" and isinstance(kind, Scale | Matrix)


def next_step(taken: set[str]) -> str:
    return str(max((int(name) for name in taken if name.lstrip("-").isdecimal()), default=0) + 1)


def rearrange(kind: AnyKind, do: str, form: Form | None = None) -> AnyKind:
    """`up:options:2`, `down:rows:0`, `drop:options:1` on the kind's lists; `paste:options` takes the pasted lines of the form.

    `more:options` changes nothing: the row was read already. On a scale only the words move: its numbers stay lowest first.
    """
    what, field, at = [*do.split(":"), "", ""][:3]
    if field not in lists_of(kind):
        return kind
    rows = lists_of(kind)[field]
    if what == "paste":
        return with_list(kind, field, paste(kind, field, form or {}))
    if not at.isdecimal() or int(at) >= len(rows):
        return kind
    if what == "drop":
        return with_list(kind, field, rows[: int(at)] + rows[int(at) + 1 :])
    if what not in ("up", "down"):
        return kind
    order = moved(rows, int(at), -1 if what == "up" else 1)
    if is_scale(kind, field):
        order = tuple(structs.replace(option, name=row.name) for option, row in zip(order, rows, strict=True))
    return with_list(kind, field, order)


def paste(kind: AnyKind, field: str, form: Form) -> tuple[Option, ...]:
    """The list with the pasted lines behind it, or in its place where `options-how` is `replace`."""
    rows, lines = lists_of(kind)[field], form.get(f"{field}-paste", "")
    found = pasted(lines, kept=rows, scale=is_scale(kind, field))
    if not found or form.get(f"{field}-how") == "replace":
        return found or rows
    if is_scale(kind, field):
        names = {row.name for row in rows}
        added = []
        for option in found:
            added.append(structs.replace(option, name=next_step(names)))
            names.add(added[-1].name)
        return (*rows, *added)
    taken = {row.name for row in rows}
    return (*rows, *(option for option in found if option.name not in taken))


def with_list(kind: AnyKind, field: str, rows: tuple[Option, ...]) -> AnyKind:
    given: dict[str, Any] = {field: rows}
    return structs.replace(kind, **given)


def filterable(kind: AnyKind) -> bool:
    """Whether its choices may be offered to some people only."""
    return isinstance(kind, SelectOne | SelectMultiple)


def choices(kind: AnyKind) -> tuple[Option, ...]:
    """The options of a question that may be offered to some people only; empty for other kinds."""
    return kind.options if isinstance(kind, SelectOne | SelectMultiple) else ()
