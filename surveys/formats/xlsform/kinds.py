"""A row of the survey sheet → a kind of question of ours, or None where we have none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from msgspec import structs
from pyxform.question_type_dictionary import QUESTION_TYPE_DICT

from surveys.formats import codes
from surveys.formats.scales import WHOLE
from surveys.formats.xlsform.expressions import references
from surveys.formats.xlsform.limits import limited
from surveys.formats.xlsform.lists import YES, OptionList, is_stance, scale, without_other
from surveys.formats.xlsform.ours import NUMBER, body, place, sent, unit_choice, whole
from surveys.formats.xlsform.survey import Group, Select, is_calculated, select, type_of
from surveys.kinds import (
    OTHER,
    OTHER_LABEL,
    AnyKind,
    Calculation,
    Clause,
    Consent,
    Date,
    Decimal,
    Integer,
    Note,
    OpenText,
    Place,
    Ranking,
    SelectMultiple,
    SelectOne,
    Stance,
    Time,
)

if TYPE_CHECKING:
    from surveys.formats.xlsform.questions import Form
    from surveys.formats.xlsform.sheets import Row

METADATA = frozenset({"audit", "start-geopoint", "background-audio", "background-geopoint"})
PLAIN: dict[str, type[Integer | Decimal | Date | Time | OpenText | Place]] = {
    "int": Integer, "decimal": Decimal, "date": Date, "time": Time, "string": OpenText, "geopoint": Place,
}  # fmt: skip


def kind(row: Row, text: str, form: Form) -> AnyKind | None:
    """With its options and limits. A limit that could not be taken is said so; what may only be read is a note."""
    if is_calculated(row):
        return unit(Calculation(0), row, form)
    made = select_kind(row, chosen, form) if (chosen := select(text)) else plain_kind(row, text)
    if made and row.peek("read_only").casefold() in YES:
        return read_only(row, made)
    return made and unit(constrained(made, row, text, form), row, form)


def read_only(row: Row, made: AnyKind) -> Note:
    """What may only be read; that it was another kind, with an answer of its own, stays in the row and is found there as lost."""
    if isinstance(made, Note):
        row.take("read_only")
    return Note()


def select_kind(row: Row, chosen: Select, form: Form) -> AnyKind | None:
    listed = form.lists.get(chosen.listed)
    if listed is None or chosen.from_file or references(chosen.listed) or chosen.sort not in {"select one", "select all that apply", "rank"}:
        return None
    form.use(listed)
    words = appearance(row)
    if "label" in words:
        return Note()
    if row.peek("other").casefold() in YES and row.take("other"):
        chosen = structs.replace(chosen, other=True)
    if chosen.other:
        other_label(listed, form)
    if chosen.sort == "rank":
        return Ranking(listed.options, whole(row, "ranks"))
    if chosen.sort == "select one" and not chosen.other and not is_filtered(row):
        if "likert" in words and (found := scale(listed)):
            return found
        if "clause" in words and is_stance(listed):
            return Clause(clause=row.take("clause"), number=row.take("clause_number"), body=body(row))
        if "stance" in words and is_stance(listed):
            return Stance()
    options = without_other(listed) if chosen.other else listed.options
    return SelectOne(options, other=chosen.other) if chosen.sort == "select one" else SelectMultiple(options, other=chosen.other)


def plain_kind(row: Row, text: str) -> AnyKind | None:
    known: dict[str, Any] = QUESTION_TYPE_DICT.get(text, {})
    tag, bind = known.get("control", {}).get("tag"), known.get("bind", {})
    if tag == "range":
        return whole_range(row)
    if tag == "trigger" and bind.get("type") != "geopoint":
        return Consent()
    if tag == "upload":
        return sent(row, text)
    if tag != "input" or bind.get("type") not in PLAIN or text == "select one external":
        return None
    if bind.get("readonly"):
        return Note()
    if bind["type"] == "geopoint":
        return place(row)
    if bind["type"] == "string" and "unit" in appearance(row):
        return unit_choice(row)
    if bind["type"] == "string":
        return OpenText(long="multiline" in appearance(row) or lines(row) > 1)
    return PLAIN[bind["type"]]()


def is_filtered(row: Row) -> bool:
    """Whether the answers before decide which options there are."""
    return row.peek("choice_filter") not in {"", "true()"}


def whole_range(row: Row) -> Integer | Decimal | None:
    """A slider: over whole numbers one by one, or over any; other steps are left."""
    given = {"start": "1", "end": "10", "step": "1", **parameters(row)}
    if set(given) == {"start", "end", "step"} and given["step"] == "1" and all(WHOLE.fullmatch(number) for number in given.values()):
        row.take("parameters")
        return Integer(int(given["start"]), int(given["end"]))
    low, high = given["start"], given["end"]
    return Decimal(float(low), float(high)) if NUMBER.fullmatch(low) and NUMBER.fullmatch(high) else None


def lines(row: Row) -> int:
    """How many lines a text field is drawn with."""
    given = parameters(row)
    if set(given) != {"rows"} or not WHOLE.fullmatch(given["rows"]):
        return 1
    row.take("parameters")
    return int(given["rows"])


def parameters(row: Row) -> dict[str, str]:
    """`start=0; end=10` as pairs; one without a value has an empty one."""
    return {key.lower(): value for key, _, value in (part.partition("=") for part in re.split(r"[\s,;]+", row.peek("parameters")) if part)}


def constrained(made: AnyKind, row: Row, text: str, form: Form) -> AnyKind:
    expression = row.take("constraint") or QUESTION_TYPE_DICT.get(text, {}).get("bind", {}).get("constraint", "")
    if not expression:
        return made
    kept, left_out = limited(made, expression, name=row.peek("name"))
    if left_out:
        form.note(row, codes.LOST_CONSTRAINT, given=expression, why=left_out[0])
    return kept


def unit(made: AnyKind, row: Row, form: Form) -> AnyKind:
    """What a number counts: a column of ours."""
    return structs.replace(made, unit=form.text(row, "unit")) if isinstance(made, Integer | Decimal | Calculation) else made


def appearance(row: Row) -> set[str]:
    """Its words; those that only decide looks stay untaken and are known to ledger.py."""
    return {word for column, text in row.cells.items() if column.field == "appearance" for word in text.split()}


def is_metadata(text: str) -> bool:
    """What a phone would fill in by itself: times, device, place."""
    return text in METADATA or "jr:preload" in QUESTION_TYPE_DICT.get(text, {}).get("bind", {})


def is_stance_text(made: AnyKind, following: Group | Row | None) -> bool:
    """Whether the next row is where another opinion is written."""
    return (
        isinstance(made, Stance)
        and following is not None
        and not isinstance(following, Group)
        and "stance" in appearance(following)
        and type_of(following) == "text"
    )


def other_label(listed: OptionList, form: Form) -> None:
    """A label of its own for the choice that people word themselves cannot be kept."""
    for row, option in zip(listed.rows, listed.options, strict=True):
        if option.name == OTHER and any(OTHER_LABEL.get(language) != words for language, words in option.label.items()):
            form.note(row, codes.LOST_OTHER, list=listed.name)
