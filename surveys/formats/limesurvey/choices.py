"""Lists of answers of LimeSurvey → options and scales of ours."""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from surveys.formats import codes, scales
from surveys.formats.limesurvey.form import Form
from surveys.formats.limesurvey.items import Item
from surveys.kinds import Option, Text

YES_NO = (("Y", {"vi": "Có", "en": "Yes"}), ("N", {"vi": "Không", "en": "No"}))
GENDER = (("F", {"vi": "Nữ", "en": "Female"}), ("M", {"vi": "Nam", "en": "Male"}))
UNCERTAIN = (("N", {"vi": "Không", "en": "No"}), ("U", {"vi": "Không chắc", "en": "Uncertain"}), ("Y", {"vi": "Có", "en": "Yes"}))
CHANGE = (("D", {"vi": "Giảm", "en": "Decrease"}), ("S", {"vi": "Không đổi", "en": "Same"}), ("I", {"vi": "Tăng", "en": "Increase"}))
Built = tuple[tuple[str, dict[str, str]], ...]


class Steps(Struct, frozen=True):
    """The columns of a table: a scale, the answers beside it, and how LimeSurvey wrote their codes."""

    options: tuple[Option, ...]
    missing: tuple[Option, ...] = ()
    codes: Mapping[str, str] = {}


def spoken(text: Text, form: Form) -> Text:
    """Words of ours in the survey's languages; where we have none, in English, which LimeSurvey falls back on too."""
    return {language: text.get(language.partition("-")[0], text["en"]) for language in form.languages}


def built_in(pairs: Built, form: Form) -> tuple[Option, ...]:
    return tuple(Option(name, spoken(words, form)) for name, words in pairs)


def points(high: int, form: Form) -> Steps:
    """Numbers without words: 1 to 5, 1 to 10."""
    return Steps(tuple(Option(str(number), dict.fromkeys(form.languages, str(number))) for number in range(1, high + 1)))


def in_order(pairs: Built, form: Form) -> Steps:
    """Letters that LimeSurvey gives to steps, lowest first."""
    steps = tuple(Option(str(number), spoken(words, form)) for number, (_, words) in enumerate(pairs, start=1))
    return Steps(steps, codes={letter: step.name for (letter, _), step in zip(pairs, steps, strict=True)})


def option(item: Item, field: str, words: str, form: Form, name: str) -> Option:
    code = item.take(field)
    return Option(code, form.text(item, words, f"{name}/{code}"))


def listed(found: Iterable[Item], form: Form, name: str, *, scale: str = "0") -> tuple[Option, ...]:
    """The answers of one scale. One code twice counts once."""
    options: dict[str, Option] = {}
    for item in found:
        if (item.peek("scale_id") or "0") == scale:
            made = option(item, "code", "answer", form, name)
            if made.name in options:
                form.note(item.where, codes.LOST_OPTION, given=made.name, list=name)
            options.setdefault(made.name, made)
    return tuple(options.values())


def steps(options: tuple[Option, ...], form: Form, name: str, where: str) -> Steps:
    """As a scale. Codes that are no numbers in a row are numbered in the order of the table, and that is said."""
    if found := scales.scale(options):
        return Steps(found.options, found.missing)
    missing = tuple(one for one in options if scales.says_missing(one))
    numbered = {one.name: str(number) for number, one in enumerate((one for one in options if one not in missing), start=1)}
    if missing and {one.name for one in missing} & set(numbered.values()):
        missing, numbered = (), {one.name: str(number) for number, one in enumerate(options, start=1)}
    form.note(where, codes.RENUMBERED, name=name, given=[f"{old} → {new}" for old, new in numbered.items()])
    return Steps(tuple(Option(numbered[one.name], one.label) for one in options if one.name in numbered), missing, numbered)
