"""What the form of one question says: its words and settings, its options and their order.

The form is a mapping of single strings. A list of options (`options`, `rows`, `missing`) comes as `options-0-name`,
`options-0_vi`, `options-0_en`, `options-0-exclusive`; `do` names the one thing to be done with a list after reading it.
"""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec import structs

from surveys import problems
from surveys.editing import moved, option_name
from surveys.kinds import AnyKind, Date, Decimal, Integer, Matrix, OpenText, Option, Scale, SelectMultiple, SelectOne, Stance, say
from surveys.problems import Problem
from surveys.questionnaire import Question

Form = Mapping[str, str]
Doubts = list[Problem]

LONGEST_LABEL = 2000
LISTS = ("options", "rows", "missing")
"""The lists of options that kinds have."""


def read_question(question: Question, form: Form) -> tuple[Question, Doubts]:
    """The question as the form has it, with everything that is wrong. What is wrong keeps its former value."""
    doubts: Doubts = []
    label = read_text(form, "label", doubts)
    if not label.get("vi"):
        doubts.append(Problem(problems.LABEL_MISSING, where="label_vi"))
    kind = read_kind(question.kind, form, doubts)
    required = question.kind.asks and "required" in form
    return structs.replace(question, label=label, hint=read_text(form, "hint", doubts), required=required, kind=kind), doubts


def read_text(form: Form, field: str, doubts: Doubts) -> dict[str, str]:
    """The Text of `field_vi` and `field_en`, without languages that have no words."""
    text = {language: form.get(f"{field}_{language}", "").replace("\r\n", "\n").strip() for language in ("vi", "en")}
    for language, words in text.items():
        if len(words) > LONGEST_LABEL:
            doubts.append(Problem(problems.TOO_LONG, where=f"{field}_{language}", given={"given": len(words), "high": LONGEST_LABEL}))
    return {language: words for language, words in text.items() if words}


def read_kind(kind: AnyKind, form: Form, doubts: Doubts) -> AnyKind:
    given: dict[str, Any] = {name: read_options(kind, name, form) for name in LISTS if name in kind.__struct_fields__}
    if isinstance(kind, SelectOne | SelectMultiple):
        given["other"] = "other" in form
    if isinstance(kind, SelectMultiple):
        given |= read_limits(form, ("least", "most"), whole, doubts)
    if isinstance(kind, Integer):
        given |= read_limits(form, ("low", "high"), whole, doubts) | {"unit": read_text(form, "unit", doubts)}
    if isinstance(kind, Decimal):
        given |= read_limits(form, ("low", "high"), Decimal().read, doubts) | {"unit": read_text(form, "unit", doubts)}
    if isinstance(kind, Date):
        given |= read_limits(form, ("low", "high"), Date().read, doubts)
    if isinstance(kind, OpenText | Stance):
        longest = read_limit(form, "longest", Integer(low=1, high=10_000).read, doubts)
        given["longest"] = longest or kind.longest
    return structs.replace(kind, **given)


def whole(raw: str) -> Any:
    return Integer().read(raw)


def read_limits(form: Form, names: tuple[str, str], read: Callable[[str], Any], doubts: Doubts) -> dict[str, Any]:
    """The lower and the upper limit, either of them None where nothing was typed."""
    low, high = (read_limit(form, name, read, doubts) for name in names)
    if low is not None and high is not None and low > high:
        doubts.append(Problem(problems.LIMITS_CROSSED, where=names[1], given={"low": low, "high": high}))
        return {}
    return dict(zip(names, (low, high), strict=True))


def read_limit(form: Form, name: str, read: Callable[[str], Any], doubts: Doubts) -> Any:
    raw = form.get(name, "").strip()
    reading = read(raw) if raw else None
    if isinstance(reading, Problem):
        doubts.append(structs.replace(reading, where=name))
        return None
    return reading


def read_options(kind: AnyKind, field: str, form: Form) -> tuple[Option, ...]:
    """The rows of a list that have words or a name. New rows take their names from their words; a scale counts on."""
    read: list[Option] = []
    taken = {form.get(f"{field}-{at}-name", "") for at in range(rows_given(form, field))} - {""}
    for at in range(rows_given(form, field)):
        label = read_text(form, f"{field}-{at}", [])
        name = form.get(f"{field}-{at}-name", "").strip()
        if not name and not label:
            continue
        if not name:
            name = next_step(taken) if is_scale(kind, field) else option_name(say(label, "vi"), taken)
            taken.add(name)
        read.append(Option(name, label, exclusive=f"{field}-{at}-exclusive" in form))
    return tuple(read)


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


def rearrange(kind: AnyKind, do: str) -> AnyKind:
    """`up:options:2`, `down:rows:0`, `drop:options:1` on the kind's lists; `more:options` adds an empty row.

    On a scale only the words move: its numbers stay lowest first.
    """
    what, field, at = [*do.split(":"), "", ""][:3]
    rows: tuple[Option, ...] = getattr(kind, field, ()) if field in LISTS else ()
    if not at.isdecimal() or int(at) >= len(rows):
        return kind
    if what == "drop":
        return structs.replace(kind, **{field: rows[: int(at)] + rows[int(at) + 1 :]})
    if what not in ("up", "down"):
        return kind
    order = moved(rows, int(at), -1 if what == "up" else 1)
    if is_scale(kind, field):
        order = tuple(structs.replace(option, name=row.name) for option, row in zip(order, rows, strict=True))
    return structs.replace(kind, **{field: order})


def lists_of(kind: AnyKind) -> dict[str, tuple[Option, ...]]:
    """The lists of options this kind has, by field."""
    return {name: getattr(kind, name) for name in LISTS if name in kind.__struct_fields__}


SETTINGS = ("other", "least", "most", "low", "high", "unit", "longest")


def settings_of(kind: AnyKind) -> list[str]:
    """The settings beside words and lists that this kind has."""
    return [name for name in SETTINGS if name in kind.__struct_fields__]


def question_form(question: Question) -> dict[str, str]:
    """The fields of the form as `read_question` takes them, without the lists of options."""
    texts = {"label": question.label, "hint": question.hint, "unit": getattr(question.kind, "unit", {})}
    form = {f"{field}_{language}": words for field, text in texts.items() for language, words in text.items()}
    for name in settings_of(question.kind):
        value = getattr(question.kind, name)
        if name != "unit" and value is not None and value is not False:
            form[name] = f"{value:g}" if isinstance(value, float) else str(value)
    return form | ({"required": "yes"} if question.required else {})
