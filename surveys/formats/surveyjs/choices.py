"""Choices, columns and ratings of SurveyJS → options and scales of ours."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct, structs

from surveys.conditions import Condition
from surveys.formats import codes, scales
from surveys.formats.comparing import UntakenError, negated
from surveys.formats.surveyjs.form import Form
from surveys.formats.surveyjs.part import Part, float_is_whole
from surveys.formats.surveyjs.script import both, condition, of_item
from surveys.kinds import Option, SelectMultiple, Text

NOT_IN_OPTIONS = re.compile(r"[\s/]+")
NONE: tuple[tuple[str, str, str, Text], ...] = (
    ("showNoneItem", "hasNone", "none", {"vi": "Không có", "en": "None"}),
    ("showRefuseItem", "", "refused", {"vi": "Từ chối trả lời", "en": "Refuse to answer"}),
    ("showDontKnowItem", "", "dontknow", {"vi": "Không biết", "en": "Don't know"}),
)
"""Choices of SurveyJS's own: the property, its older name, the value, the words."""


class Choices(Struct, frozen=True):
    """Options, and how the definition wrote their values."""

    options: tuple[Option, ...]
    codes: Mapping[str, str]


def code_of(value: Any) -> str:
    """A value as an option's name: true, 3, text without spaces."""
    if isinstance(value, bool):
        return str(value).lower()
    text = str(int(value)) if float_is_whole(value) else str(value)
    return NOT_IN_OPTIONS.sub("_", text.strip())[:64].strip("_") or "_"


def choices(part: Part, form: Form, name: str) -> Choices:
    """Its list, or that of another question, with the choices that SurveyJS adds."""
    options, values = listed(part, form, name)
    for prop, older, code, words in NONE:
        if part.on(prop, *([older] if older else [])):
            label = form.text(part, f"{code_word(prop)}Text", about=name) or spoken(words, form)
            options.append(Option(code, label, exclusive=True))
    return Choices(tuple(options), values)


def code_word(prop: str) -> str:
    """`showDontKnowItem` is worded by dontKnowText."""
    word = prop.removeprefix("show").removesuffix("Item")
    return word[0].lower() + word[1:]


def spoken(text: Text, form: Form) -> Text:
    return {language: text.get(language.partition("-")[0], text["en"]) for language in form.languages}


def listed(part: Part, form: Form, name: str) -> tuple[list[Option], dict[str, str]]:
    filter_by = part.said("choicesVisibleIf")
    options: dict[str, Option] = {}
    values: dict[str, str] = {}
    for choice in part.parts("choices"):
        value = choice.take("value", "name")
        made = Option(code_of(value), words_of(choice, value, form, name))
        if made.name in options:
            form.note(choice.where, codes.LOST_OPTION, given=made.name, list=name)
            continue
        values[str(value)] = made.name
        relevant = filtered(filter_by, choice, value, form)
        options[made.name] = structs.replace(made, relevant=relevant, exclusive=choice.on("isExclusive"))
    if not options and (other := part.said("choicesFromQuestion")):
        options = {option.name: option for option in borrowed(part, other, form)}
    return list(options.values()), {written: code for written, code in values.items() if written != code}


def words_of(choice: Part, value: Any, form: Form, name: str) -> Text:
    """Its text, or else its value; a value that had to be written otherwise is kept in its words, or said."""
    label = form.text(choice, "text", about=f"{name}/{value}")
    if label and code_of(value) != str(value) and str(value) not in label.values() and not isinstance(value, bool | float):
        form.note(choice.where, codes.RENAMED, given=str(value), name=code_of(value))
    return label or form.said(str(value), choice.where, name)


def filtered(filter_by: str, choice: Part, value: Any, form: Form) -> Condition | None:
    own = choice.said("visibleIf")
    try:
        made = of_item(filter_by, value, form.places) if filter_by else None
        return both(None if made is True else never() if made is False else made, condition(own, form.places) if own else None)
    except UntakenError as left:
        form.note(choice.where, codes.LOST_FILTER, given=own or filter_by, why=left.why)
        return None


def never() -> Condition:
    raise UntakenError(codes.UNSUPPORTED_PART)


def borrowed(part: Part, other: str, form: Form) -> Sequence[Option]:
    """The choices of another question; of those, what was chosen there, or what was not."""
    place, mode = form.places.get(other), part.peek("choicesFromQuestionMode") or "all"
    options: Sequence[Option] = getattr(place.kind, "options", ()) if place else ()
    if place is None or not options or (mode != "all" and not isinstance(place.kind, SelectMultiple)):
        form.note(part.where, codes.LOST_ELEMENT, column="choicesFromQuestion", given=other)
        return ()
    part.take("choicesFromQuestionMode")
    plain = [structs.replace(option, relevant=None, exclusive=False) for option in options]
    if mode == "all":
        return plain
    chosen = [{"in": [option.name, place.var]} for option in plain]
    return [structs.replace(option, relevant=asked if mode == "selected" else negated(asked)) for option, asked in zip(plain, chosen, strict=True)]


def steps(columns: Sequence[Part], form: Form, name: str, where: str) -> tuple[tuple[Option, ...], tuple[Option, ...], dict[str, str]]:
    """Columns of a table as a scale; values that are no numbers in a row are numbered, and that is said."""
    made, values = [], {}
    for column in columns:
        value = column.take("value", "name")
        made.append(Option(code_of(value), words_of(column, value, form, name)))
        values[str(value)] = made[-1].name
    if found := scales.scale(made):
        return found.options, found.missing, {written: code for written, code in values.items() if written != code}
    missing = tuple(one for one in made if scales.says_missing(one))
    numbered = {one.name: str(number) for number, one in enumerate((one for one in made if one not in missing), start=1)}
    form.note(where, codes.RENUMBERED, name=name, given=[f"{old} → {new}" for old, new in numbered.items()])
    options = tuple(Option(numbered[one.name], one.label) for one in made if one.name in numbered)
    return options, missing, {written: numbered.get(code, code) for written, code in values.items()}
