"""What the form of one question says: its words and settings. The form is a mapping of single strings; lists.py reads its options."""

import re
from collections.abc import Callable
from typing import Any, Final

from msgspec import structs

from surveys import formula, problems
from surveys.kinds import (
    AnyKind,
    Calculation,
    Clause,
    Date,
    Decimal,
    File,
    Integer,
    OpenText,
    Place,
    Points,
    Ranking,
    SelectMultiple,
    SelectOne,
    Stance,
    Text,
    Time,
    UnitChoice,
)
from surveys.lists import lists_of, read_lists, rearrange
from surveys.problems import Problem
from surveys.questionnaire import Question
from surveys.texts import LANGUAGES, LONGEST_LABEL, Doubts, Form, read_text

__all__ = ["LONGEST_LABEL", "Doubts", "Form", "lists_of", "question_form", "read_question", "read_text", "rearrange", "settings_of"]

SORTS: Final = ("image", "pdf", "office", "audio")
MOST_MB = 10
NAME = re.compile(r"[^\W\d]\w{0,63}")
CORNERS = ("south", "west", "north", "east")


def read_question(question: Question, form: Form) -> tuple[Question, Doubts]:
    """The question as the form has it, with everything that is wrong. What is wrong keeps its former value."""
    doubts: Doubts = []
    label = kept(question.label, read_text(form, "label", doubts))
    if not label.get("vi") and not isinstance(question.kind, Calculation):
        doubts.append(Problem(problems.LABEL_MISSING, where="label_vi"))
    kind = read_kind(question.kind, form, doubts)
    required = question.kind.asks and "required" in form
    hint = kept(question.hint, read_text(form, "hint", doubts))
    alt = read_text(form, "alt", doubts) if "alt_vi" in form else question.alt
    return structs.replace(question, label=label, hint=hint, alt=alt, required=required, kind=kind), doubts


def kept(former: Text, read: Text) -> Text:
    """With the words in languages that the form has no fields for."""
    return {**{language: words for language, words in former.items() if language not in LANGUAGES}, **read}


def read_kind(kind: AnyKind, form: Form, doubts: Doubts) -> AnyKind:
    given: dict[str, Any] = dict(read_lists(kind, form))
    given |= READERS[type(kind)](kind, form, doubts) if type(kind) in READERS else {}
    return structs.replace(kind, **given)


def choice(kind: Any, form: Form, doubts: Doubts) -> dict[str, Any]:
    return {"other": "other" in form} | (read_limits(form, ("least", "most"), whole, doubts) if isinstance(kind, SelectMultiple) else {})


def ranking(_: Any, form: Form, doubts: Doubts) -> dict[str, Any]:
    return {"most": read_limit(form, "most", Integer(low=1, high=100).read, doubts)}


def number(kind: Any, form: Form, doubts: Doubts) -> dict[str, Any]:
    read = whole if isinstance(kind, Integer) else Decimal().read
    return read_limits(form, ("low", "high"), read, doubts) | {"unit": read_text(form, "unit", doubts)}


def points(kind: Points, form: Form, doubts: Doubts) -> dict[str, Any]:
    total = read_limit(form, "total", Integer(low=1, high=10**9).read, doubts)
    return {"total": total or kind.total, "unit": read_text(form, "unit", doubts)}


def moment(kind: Any, form: Form, doubts: Doubts) -> dict[str, Any]:
    return read_limits(form, ("low", "high"), type(kind)().read, doubts)


def own_words(kind: Any, form: Form, doubts: Doubts) -> dict[str, Any]:
    longest = read_limit(form, "longest", Integer(low=1, high=10_000).read, doubts)
    return {"longest": longest or kind.longest} | ({"long": "long" in form} if isinstance(kind, OpenText) and "longest" in form else {})


def unit(kind: UnitChoice, form: Form, doubts: Doubts) -> dict[str, Any]:
    level = form.get("level", kind.level)
    if level not in ("province", "ward", "village"):
        doubts.append(Problem(problems.CHOOSE_ONE, "level"))
        level = kind.level
    return {"level": level, "within": form.get("within", kind.within) if level != "province" else ""}


def file(kind: File, form: Form, doubts: Doubts) -> dict[str, Any]:
    accepts = tuple(sort for sort in SORTS if f"accepts-{sort}" in form)
    if not accepts:
        doubts.append(Problem(problems.CHOOSE_ONE, "accepts"))
    most = read_limit(form, "most_mb", Integer(low=1, high=MOST_MB).read, doubts)
    return {"accepts": accepts or kind.accepts, "most_mb": most or kind.most_mb}


def place(kind: Place, form: Form, doubts: Doubts) -> dict[str, Any]:
    """All four corners or none."""
    corners = [read_limit(form, corner, Decimal(low=-180, high=180).read, doubts) for corner in CORNERS]
    typed = sum(bool(form.get(corner, "").strip()) for corner in CORNERS)
    if None in corners:
        if typed:
            doubts.append(Problem(problems.CORNERS_MISSING, "south"))
        return {"bounds": kind.bounds if typed else None}
    if corners[0] >= corners[2] or corners[1] >= corners[3]:
        doubts.append(Problem(problems.CORNERS_CROSSED, "south"))
        return {}
    return {"bounds": tuple(corners)}


def calculation(kind: Calculation, form: Form, doubts: Doubts) -> dict[str, Any]:
    decimals = read_limit(form, "decimals", Integer(low=0, high=6).read, doubts)
    given = {"decimals": kind.decimals if decimals is None else decimals, "unit": read_text(form, "unit", doubts)}
    words = form.get("formula", "").strip()
    if not words or words == formula.written(kind.expression):
        return given
    expression = formula.parsed(words)
    if isinstance(expression, Problem):
        doubts.append(structs.replace(expression, where="formula"))
        return given
    return given | {"expression": expression}


READERS: dict[type, Callable[[Any, Form, Doubts], dict[str, Any]]] = {
    SelectOne: choice,
    SelectMultiple: choice,
    Ranking: ranking,
    Points: points,
    Integer: number,
    Decimal: number,
    Date: moment,
    Time: moment,
    OpenText: own_words,
    Stance: own_words,
    Clause: own_words,
    UnitChoice: unit,
    File: file,
    Place: place,
    Calculation: calculation,
}


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


SETTINGS = (
    "other", "least", "most", "total", "low", "high", "unit", "longest", "long", "level", "within", "accepts", "most_mb", "bounds", "decimals", "expression",
)  # fmt: skip


def settings_of(kind: AnyKind) -> list[str]:
    """The settings beside words and lists that this kind has."""
    return [name for name in SETTINGS if name in kind.__struct_fields__]


def question_form(question: Question) -> dict[str, str]:
    """The fields of the form as `read_question` takes them, without the lists of options."""
    texts = {"label": question.label, "hint": question.hint, "alt": question.alt, "unit": getattr(question.kind, "unit", {})}
    form = {f"{field}_{language}": words for field, text in texts.items() for language, words in text.items()}
    for name in settings_of(question.kind):
        form |= field_of(name, getattr(question.kind, name))
    return form | ({"required": "yes"} if question.required else {})


def field_of(name: str, value: Any) -> dict[str, str]:
    if name == "accepts":
        return {f"accepts-{sort}": "yes" for sort in value}
    if name == "bounds":
        return {corner: f"{degree:g}" for corner, degree in zip(CORNERS, value or (), strict=False)}
    if name == "expression":
        return {"formula": "" if value == 0 else formula.written(value)}
    if name == "unit" or value is None or value is False:
        return {}
    return {name: "yes" if value is True else f"{value:g}" if isinstance(value, float) else str(value)}
