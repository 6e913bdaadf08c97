"""A question of SurveyJS, by its type → questions of ours; none where we have no such kind."""

from collections.abc import Callable, Mapping

from msgspec import structs

from surveys.conditions import is_day, is_time
from surveys.formats import codes
from surveys.formats.comparing import UntakenError, Variable
from surveys.formats.limesurvey.kinds import ENDINGS
from surveys.formats.surveyjs.choices import choices, code_of, spoken, steps
from surveys.formats.surveyjs.form import Form
from surveys.formats.surveyjs.part import Part
from surveys.formats.surveyjs.script import calculation
from surveys.kinds import (
    OTHER,
    AnyKind,
    Calculation,
    Date,
    Decimal,
    File,
    Integer,
    Matrix,
    Note,
    OpenText,
    Option,
    Ranking,
    Scale,
    SelectMultiple,
    SelectOne,
    Text,
    Time,
)
from surveys.kinds.file import Sort
from surveys.problems import Problem
from surveys.questionnaire import Question

LONGEST = OpenText().longest
YES_NO = (("true", {"vi": "Có", "en": "Yes"}), ("false", {"vi": "Không", "en": "No"}))
WORDS = frozenset({"text", "email", "tel", "url", "password", "color"})


class Asked:
    """One question while it is being read."""

    def __init__(self, part: Part, form: Form, above: str = "") -> None:
        self.part = part
        self.form = form
        self.type = str(part.take("type") or "text")
        self.lost = Problem(codes.LOST_TYPE, part.where, {"given": self.type, "name": str(part.peek("name") or "")})
        self.written = str(part.peek("valueName") or part.peek("name") or "")
        self.name = form.name(part, f"{above}question")
        title = form.text(part, "title", about=self.name)
        self.label = title or ({} if self.type in {"html", "image", "expression"} else dict.fromkeys(form.languages[:1], self.written or self.name))
        self.hint = form.text(part, "description", about=self.name)
        self.required = part.on("isRequired")

    def one(self, kind: AnyKind, codes_of: Mapping[str, str] | None = None) -> list[Question]:
        self.form.places.setdefault(self.written, Variable(self.name, kind, codes=codes_of or {}))
        return [Question(self.name, kind, self.label, self.hint, self.required and kind.asks, source=self.part.where)]

    def validator(self, sort: str) -> Part | None:
        for one in self.part.parts("validators"):
            if str(one.peek("type")).removesuffix("validator") == sort:
                one.take("type")
                return one
        return None


def choice(asked: Asked) -> list[Question]:
    found = choices(asked.part, asked.form, asked.name)
    kind = SelectOne(tuple(structs.replace(option, exclusive=False) for option in found.options), has_other(asked))
    if kind.other:
        asked.form.places.setdefault(f"{asked.written}-Comment", Variable(asked.name, kind, option=OTHER))
    return asked.one(kind, found.codes)


def has_other(asked: Asked) -> bool:
    return asked.part.on("showOtherItem", "hasOther")


def multiple(asked: Asked) -> list[Question]:
    found = choices(asked.part, asked.form, asked.name)
    return asked.one(counted(SelectMultiple(found.options, has_other(asked)), asked), found.codes)


def counted(kind: SelectMultiple, asked: Asked) -> SelectMultiple:
    least, most = asked.part.whole("minSelectedChoices"), asked.part.whole("maxSelectedChoices")
    if rule := asked.validator("answercount"):
        least, most = least or rule.whole("minCount"), most or rule.whole("maxCount")
    return structs.replace(kind, least=least or None, most=most or None)


def ranking(asked: Asked) -> list[Question]:
    found = choices(asked.part, asked.form, asked.name)
    most = asked.part.whole("maxSelectedChoices") if asked.part.on("selectToRankEnabled") else None
    plain = tuple(structs.replace(option, exclusive=False, relevant=None) for option in found.options)
    for option in found.options:
        if option.relevant is not None:
            asked.form.note(asked.part.where, codes.LOST_FILTER, given=option.name, why=codes.NO_SUCH_LIMIT)
    return asked.one(Ranking(plain, most if most and 0 < most < len(plain) else None), found.codes)


def pictures(asked: Asked) -> list[Question]:
    """The pictures themselves are no part of the file, and are found as left."""
    return multiple(asked) if asked.part.on("multiSelect") else choice(asked)


def boolean(asked: Asked) -> list[Question]:
    """Yes or no, under the values that the definition gives them."""
    options = []
    for (code, spoken_words), end in zip(YES_NO, ("True", "False"), strict=True):
        value = asked.part.take(f"value{end}")
        label = asked.form.text(asked.part, f"label{end}", about=asked.name) or spoken(spoken_words, asked.form)
        options.append(Option(code if value is None else code_of(value), label))
    return asked.one(SelectOne(tuple(options)))


def rating(asked: Asked) -> list[Question]:
    """Numbers, the ends of which may have words."""
    part = asked.part
    low, high = part.whole("rateMin"), part.whole("rateMax")
    ends = [asked.form.text(part, name, about=asked.name) for name in ("minRateDescription", "maxRateDescription")]
    if part.parts("rateValues"):
        part.inner["choices"] = part.parts("rateValues")
        found = choices(part, asked.form, asked.name)
        options, missing, values = numbered(found.options)
    else:
        count, step = part.whole("rateCount"), part.whole("rateStep") or 1
        low = 1 if low is None else low
        high = high if high is not None else low + (count or 5) - 1
        if not 0 < high - low <= 100 or step < 1:
            return []
        numbers = range(low, high + 1, step)
        options = tuple(Option(str(number), dict.fromkeys(asked.form.languages, str(number))) for number in numbers)
        missing, values = (), {}
    if options and any(ends):
        options = (worded(options[0], ends[0]), *options[1:-1], worded(options[-1], ends[1]))
    whole = all(option.name.lstrip("-").isdecimal() for option in options)
    return asked.one(Scale(options, missing) if whole else SelectOne(options), values)


def numbered(options: tuple[Option, ...]) -> tuple[tuple[Option, ...], tuple[Option, ...], dict[str, str]]:
    whole = all(option.name.lstrip("-").isdecimal() for option in options)
    return (tuple(sorted(options, key=lambda option: int(option.name))) if whole else options), (), {}


def worded(option: Option, words: Text) -> Option:
    """A number with the words of its end."""
    said = {language: f"{label} – {words[language]}" if words.get(language) else label for language, label in option.label.items()}
    return structs.replace(option, label=said)


def slider(asked: Asked) -> list[Question]:
    """One handle on a line of numbers."""
    if asked.part.peek("sliderType") == "range":
        return []
    low, high, step = asked.part.number("min"), asked.part.number("max"), asked.part.number("step")
    return asked.one(ranged(0 if low is None else low, 100 if high is None else high, whole=step is None or step == 1))


def ranged(low: float | None, high: float | None, *, whole: bool) -> Integer | Decimal:
    if whole and all(end is None or float(end).is_integer() for end in (low, high)):
        return Integer(None if low is None else int(low), None if high is None else int(high))
    return Decimal(None if low is None else float(low), None if high is None else float(high))


def text(asked: Asked) -> list[Question]:
    sort = str(asked.part.peek("inputType") or "text")
    if sort in WORDS:
        if sort in {"text", "password", "color"}:
            asked.part.take("inputType")
        return asked.one(words(asked, long=False))
    asked.part.take("inputType")
    if sort in {"number", "range"}:
        return asked.one(number(asked))
    if sort in {"date", "time"}:
        return asked.one(moment(asked, sort))
    return []


def words(asked: Asked, *, long: bool) -> OpenText:
    most = asked.part.whole("maxLength")
    if rule := asked.validator("text"):
        most = most or rule.whole("maxLength")
    return OpenText(long, most if most and most > 0 else LONGEST)


def number(asked: Asked) -> Integer | Decimal:
    low, high = asked.part.number("min"), asked.part.number("max")
    if rule := asked.validator("numeric"):
        low = low if low is not None else rule.number("minValue")
        high = high if high is not None else rule.number("maxValue")
    return ranged(low, high, whole=asked.part.peek("step") == 1 and asked.part.take("step") == 1)


def moment(asked: Asked, sort: str) -> Date | Time:
    fits = is_day if sort == "date" else is_time
    ends = [asked.part.take(name) if isinstance(asked.part.peek(name), str) and fits(asked.part.peek(name)) else None for name in ("min", "max")]
    return Date(*ends) if sort == "date" else Time(*ends)


def comment(asked: Asked) -> list[Question]:
    asked.part.take("rows")
    return asked.one(words(asked, long=True))


def several(asked: Asked) -> list[Question]:
    """One question an item, under the words of the whole."""
    made = asked.one(Note())
    del asked.form.places[asked.written]
    for item in asked.part.parts("items"):
        inner = Asked(item, asked.form, f"{asked.name}_")
        inner.type, inner.written = "text", f"{asked.written}.{inner.written}"
        inner.required = inner.required or asked.required
        made += text(inner)
    return made


def matrix(asked: Asked) -> list[Question]:
    part, form = asked.part, asked.form
    asked.required = asked.required or part.on("eachRowRequired", "isAllRowRequired")
    options, missing, values = steps(part.parts("columns"), form, asked.name, part.where)
    rows = []
    for row in part.parts("rows"):
        value = row.take("value")
        label = form.text(row, "text", about=f"{asked.name}/{value}") or form.said(str(value), row.where, asked.name)
        rows.append(Option(form_name(str(value)), label))
        place = Variable(f"{asked.name}/{rows[-1].name}", Scale(options, missing), codes=values)
        form.places.setdefault(f"{asked.written}.{value}", place)
    made = Question(asked.name, Matrix(tuple(rows), options, missing), asked.label, asked.hint, asked.required, source=part.where)
    return [made] if rows and options else []


def form_name(value: str) -> str:
    clean = "".join(letter if letter.isalnum() or letter in "_.-" else "_" for letter in value.strip())[:64] or "row"
    return clean if clean[0].isalpha() or clean[0] == "_" else f"r_{clean}"


def html(asked: Asked) -> list[Question]:
    asked.label = asked.form.text(asked.part, "html", about=asked.name) or asked.label
    return asked.one(Note())


def image(asked: Asked) -> list[Question]:
    """Where the picture lies is found as left; what it shows are words."""
    asked.label = asked.label or asked.form.text(asked.part, "altText", about=asked.name)
    return asked.one(Note()) if asked.label else []


def sent(asked: Asked) -> list[Question]:
    given = {word.strip().lower() for word in str(asked.part.peek("acceptedTypes") or "").split(",") if word.strip()}
    known = {word: sort for word in given for sort in ENDINGS if is_of(word, sort)}
    sorts = tuple(sort for sort in ENDINGS if sort in known.values())
    if given and given == set(known):
        asked.part.take("acceptedTypes")
    size = asked.part.peek("maxSize")
    most = -(-int(size) // 1_048_576) if isinstance(size, int | float) and 0 < size < 1e12 else 0
    if 0 < most <= File().most_mb:
        asked.part.take("maxSize")
    return asked.one(File(sorts or File().accepts, most if 0 < most <= File().most_mb else File().most_mb))


def is_of(word: str, sort: Sort) -> bool:
    """`.png`, `image/*`, `application/pdf`."""
    return word.lstrip(".") in ENDINGS[sort] or word.startswith((f"{sort}/", f"application/{sort}"))


def formula(asked: Asked) -> list[Question]:
    written = asked.part.said("expression")
    try:
        made = calculation(written, asked.form.places)
    except UntakenError as left:
        asked.lost = Problem(codes.LOST_FORMULA, asked.part.where, {"name": asked.name, "given": written, "why": left.why})
        return []
    decimals = asked.part.whole("maximumFractionDigits")
    return asked.one(Calculation(made, decimals if decimals is not None and 0 <= decimals <= 9 else 2))


READ: Mapping[str, Callable[[Asked], list[Question]]] = {
    "text": text, "comment": comment, "radiogroup": choice, "dropdown": choice, "buttongroup": choice, "checkbox": multiple, "tagbox": multiple,
    "ranking": ranking, "imagepicker": pictures, "boolean": boolean, "rating": rating, "slider": slider, "multipletext": several, "matrix": matrix,
    "html": html, "image": image, "file": sent, "expression": formula,
}  # fmt: skip
