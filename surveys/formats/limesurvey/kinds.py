"""A question of LimeSurvey, by its letter → questions of ours; none where we have no such kind."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec import structs

from surveys.conditions import is_day
from surveys.formats import codes
from surveys.formats.comparing import UntakenError, Variable
from surveys.formats.limesurvey import choices, script
from surveys.formats.limesurvey.choices import Steps
from surveys.formats.limesurvey.form import Attributes, Form, clean_name
from surveys.formats.limesurvey.items import Item, of_question
from surveys.formats.limesurvey.script import OTHER_CODE
from surveys.formats.plain import plain
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
    Points,
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

MOST_CELLS = 60
"""Cells of a table of texts that still make questions of their own."""

LONGEST = OpenText().longest
ENDINGS: Mapping[Sort, frozenset[str]] = {
    "image": frozenset({"jpg", "jpeg", "png", "gif", "webp", "heic", "bmp", "tif", "tiff"}),
    "pdf": frozenset({"pdf"}),
    "office": frozenset({"doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "ods", "odp"}),
    "audio": frozenset({"mp3", "m4a", "ogg", "oga", "webm", "wav", "aac"}),
}


class Asked:
    """One question while it is being read."""

    def __init__(self, item: Item, form: Form) -> None:
        self.item = item
        self.form = form
        self.title = item.take("title")
        self.letter = item.take("type")
        self.name = clean_name(self.title, form.names)
        form.names.add(self.name)
        if self.name != self.title:
            form.note(item.where, codes.RENAMED, given=self.title, name=self.name)
        self.attributes: Attributes = form.attributes_of(item.peek("qid"))
        self.lost = Problem(codes.LOST_TYPE, item.where, {"given": self.letter, "name": self.title})
        self.formula = self.take_formula() if self.letter == "*" and not self.attributes.peek("equation") else ""
        self.label = {} if self.formula else form.text(item, "question", self.title)
        self.hint = form.text(item, "help", self.title)
        self.required = item.peek("mandatory") == "Y"
        if self.required:
            item.take("mandatory")

    @property
    def where(self) -> str:
        return self.item.where

    def take_formula(self) -> str:
        """The words of an equation that are its formula, alike in all languages."""
        found = ""
        for row in self.item.worded or [self.item.row]:
            found = found or row.peek("question")
            row.take_if("question", found)
        return found

    def question(self, kind: AnyKind, **changed: Any) -> Question:
        made = Question(self.name, kind, self.label, self.hint, self.required and kind.asks, source=self.where)
        return structs.replace(made, **changed)

    def one(self, kind: AnyKind, codes_of: Mapping[str, str] | None = None) -> list[Question]:
        """A question that is one of ours too."""
        self.place("", Variable(self.name, kind, codes=codes_of or {}))
        return [self.question(kind)]

    def place(self, code: str, place: Variable) -> None:
        """Where expressions find an answer: by title, and by the numbers of older ones."""
        numbered = f"{self.form.sid}X{self.item.peek('gid')}X{self.item.peek('qid')}"
        self.form.places.setdefault(f"{self.title}_{code}" if code else self.title, place)
        self.form.places.setdefault(f"{numbered}{code}", place)

    def parts(self, scale: str = "0") -> list[Item]:
        return of_question(self.form.questions, self.item.peek("qid"), scale)

    def listed(self, scale: str = "0") -> tuple[Option, ...]:
        return choices.listed(self.form.answers.get(self.item.peek("qid"), []), self.form, self.title, scale=scale)

    def rows(self, scale: str = "0") -> tuple[Option, ...]:
        return tuple(choices.option(item, "title", "question", self.form, self.title) for item in self.parts(scale))

    def has_other(self) -> bool:
        return self.item.peek("other") == "Y" and self.item.take("other") == "Y"


def choice(asked: Asked) -> list[Question]:
    other = asked.has_other()
    kind = SelectOne(asked.listed(), other)
    if other:
        asked.place("other", Variable(asked.name, kind, option=OTHER))
    return asked.one(kind, {OTHER_CODE: OTHER})


def choice_with_comment(asked: Asked) -> list[Question]:
    asked.form.note(asked.where, codes.LOST_COMMENT, name=asked.title)
    return choice(asked)


def choices_(asked: Asked) -> list[Question]:
    """`exclude_all_others` names the options that go with no other."""
    alone = [code.strip() for code in asked.attributes.take("exclude_all_others").split(";")]
    options = tuple(structs.replace(option, exclusive=option.name in alone) for option in asked.rows())
    kind = SelectMultiple(options, asked.has_other(), asked.attributes.whole("min_answers") or None, asked.attributes.whole("max_answers") or None)
    for name in [*(option.name for option in options), *([OTHER] if kind.other else [])]:
        asked.place(name, Variable(asked.name, kind, option=name))
    return asked.one(kind)


def choices_with_comments(asked: Asked) -> list[Question]:
    asked.form.note(asked.where, codes.LOST_COMMENT, name=asked.title)
    return choices_(asked)


def built_in(pairs: choices.Built) -> Callable[[Asked], list[Question]]:
    return lambda asked: asked.one(SelectOne(choices.built_in(pairs, asked.form)))


def five_points(asked: Asked) -> list[Question]:
    return asked.one(Scale(choices.points(5, asked.form).options))


def table(steps: Callable[[Asked], Steps]) -> Callable[[Asked], list[Question]]:
    return lambda asked: [matrix(asked, asked.name, asked.rows(), steps(asked))]


def matrix(asked: Asked, name: str, rows: tuple[Option, ...], steps: Steps, *, column: str = "", header: Text | None = None) -> Question:
    kind = Matrix(rows, steps.options, steps.missing)
    for row in rows:
        asked.place(f"{row.name}{column}", Variable(f"{name}/{row.name}", kind.scale, codes=steps.codes))
    return asked.question(kind, name=name, label=together(asked.label, header or {}))


def own_steps(asked: Asked, scale: str = "0") -> Steps:
    return choices.steps(asked.listed(scale), asked.form, asked.title, asked.where)


def two_scales(asked: Asked) -> list[Question]:
    """A table answered on two scales is two tables of the same rows."""
    rows, made = asked.rows(), []
    for scale, letter in (("0", "A"), ("1", "B")):
        name = clean_name(f"{asked.title}_{scale}", asked.form.names)
        asked.form.names.add(name)
        header = asked.attributes.text(f"dualscale_header{letter}", asked.form, asked.title)
        made.append(matrix(asked, name, rows, own_steps(asked, scale), column=f"_{scale}", header=header))
    return made


def number(asked: Asked) -> list[Question]:
    low, high = asked.attributes.number("min_num_value_n"), asked.attributes.number("max_num_value_n")
    digits = asked.attributes.whole("maximum_chars") if high is not None and high >= 0 else None
    if digits is not None and len(str(int(high or 0))) > digits:
        high = float(10**digits - 1)
    return asked.one(numeric(asked, low, high))


def numeric(asked: Asked, low: float | None, high: float | None) -> Integer | Decimal:
    unit = asked.attributes.text("suffix", asked.form, asked.title)
    if asked.attributes.is_on("num_value_int_only"):
        return Integer(None if low is None else round(low), None if high is None else round(high), unit)
    return Decimal(low, high, unit)


def numbers(asked: Asked) -> list[Question]:
    """One question a row, under the words of the whole; points where all together must be one whole number. Any other sum is left."""
    rows, total = asked.rows(), asked.attributes.peek("equals_num_value")
    if total.isdecimal() and 0 < int(total) < 10**6 and len(rows) > 1:
        asked.attributes.take("equals_num_value")
        asked.attributes.take("num_value_int_only")
        kind = Points(rows, int(total), asked.attributes.text("suffix", asked.form, asked.title))
        for row in rows:
            asked.place(row.name, Variable(f"{asked.name}/{row.name}", Integer()))
        return asked.one(kind)
    number = numeric(asked, asked.attributes.number("min_num_value_n"), asked.attributes.number("max_num_value_n"))
    return each(asked, [(row.name, row.label, number) for row in rows])


def texts(asked: Asked) -> list[Question]:
    kind = text_kind(asked, long=False)
    return each(asked, [(row.name, row.label, kind) for row in asked.rows()])


def each(asked: Asked, parts: Sequence[tuple[str, Text, AnyKind]]) -> list[Question]:
    """The words of the whole, then its parts as questions named as LimeSurvey names their columns."""
    made = [asked.question(Note())] if asked.label or asked.hint else []
    for code, label, kind in parts:
        name = clean_name(f"{asked.title}_{code}", asked.form.names)
        asked.form.names.add(name)
        asked.place(code, Variable(name, kind))
        made.append(asked.question(kind, name=name, label=label, hint={}))
    return made


def table_of(kind_of: Callable[[Asked], AnyKind]) -> Callable[[Asked], list[Question]]:
    """A table whose cells are filled in: a question a cell."""

    def read(asked: Asked) -> list[Question]:
        rows, columns, kind = asked.rows(), asked.rows("1"), kind_of(asked)
        if len(rows) * len(columns) > MOST_CELLS:
            return []
        cells = [(f"{row.name}_{column.name}", together(row.label, column.label), kind) for row in rows for column in columns]
        return each(asked, cells)

    return read


def table_of_numbers(asked: Asked) -> list[Question]:
    if asked.attributes.is_on("multiflexible_checkbox"):
        columns = asked.rows("1")
        return each(asked, [(row.name, row.label, SelectMultiple(columns)) for row in asked.rows()])
    low, high = asked.attributes.number("multiflexible_min"), asked.attributes.number("multiflexible_max")
    return table_of(lambda one: numeric(one, low, high))(asked)


def together(first: Text, second: Text) -> Text:
    """“row – column” in each language that both have, or the one that there is."""
    both = {language: f"{words} – {second[language]}" if second.get(language) else words for language, words in first.items()}
    return {**{language: words for language, words in second.items() if language not in both}, **both}


def text_kind(asked: Asked, *, long: bool) -> OpenText | Decimal | Integer:
    """A text of which only digits are allowed is a number."""
    if asked.attributes.is_on("numbers_only"):
        return numeric(asked, None, None)
    most = asked.attributes.whole("maximum_chars")
    return OpenText(long, most if most and most > 0 else LONGEST)


def short_text(asked: Asked) -> list[Question]:
    return asked.one(text_kind(asked, long=False))


def long_text(asked: Asked) -> list[Question]:
    return asked.one(text_kind(asked, long=True))


def boilerplate(asked: Asked) -> list[Question]:
    return asked.one(Note())


def day(asked: Asked) -> list[Question]:
    """A day, or an hour; both at once are none of ours, and are said lost."""
    shown = asked.attributes.peek("date_format")
    if "h" in shown.lower():
        if any(letter in shown.lower() for letter in "dy"):
            return []
        asked.attributes.take("date_format")
        return asked.one(Time())
    if all(letter in shown.lower() for letter in "dmy") or not shown:
        asked.attributes.take("date_format")
    return asked.one(Date(limit(asked, "date_min", "01-01"), limit(asked, "date_max", "12-31")))


def limit(asked: Asked, name: str, rest_of_year: str) -> str | None:
    """A day, or the first or last one of a year; anything worked out is left."""
    given = asked.attributes.peek(name).partition(" ")[0]
    made = f"{given}-{rest_of_year}" if len(given) == 4 and given.isdecimal() else given
    return asked.attributes.take(name) and made if is_day(made) else None


def ranking(asked: Asked) -> list[Question]:
    options = asked.listed() or asked.rows()
    most = asked.attributes.whole("max_answers")
    return asked.one(Ranking(options, most if most and 0 < most < len(options) else None))


def sent(asked: Asked) -> list[Question]:
    """A file of the sorts that are allowed; where none of ours is among them, of any of ours, and the attribute is left."""
    given = {ending.strip().lstrip(".").lower() for ending in asked.attributes.peek("allowed_filetypes").split(",") if ending.strip()}
    sorts = tuple(sort for sort, endings in ENDINGS.items() if endings & given)
    if given <= {ending for sort in sorts for ending in ENDINGS[sort]}:
        asked.attributes.take("allowed_filetypes")
    kilobytes = asked.attributes.peek("max_filesize")
    most = -(-int(kilobytes) // 1024) if kilobytes.isdecimal() and len(kilobytes) < 9 else 0
    if 0 < most <= File().most_mb and asked.attributes.take("max_filesize"):
        return asked.one(File(sorts or File().accepts, most))
    return asked.one(File(sorts or File().accepts))


def equation(asked: Asked) -> list[Question]:
    """Its formula stands in an attribute, or else in its words."""
    written = asked.attributes.peek("equation") or asked.formula
    try:
        made = script.calculation(plain(written)[0], asked.form.places)
    except UntakenError as left:
        asked.lost = Problem(codes.LOST_FORMULA, asked.where, {"name": asked.title, "given": written, "why": left.why})
        return []
    asked.attributes.take("equation")
    asked.attributes.take("hidden")
    return asked.one(Calculation(made))


READ: Mapping[str, Callable[[Asked], list[Question]]] = {
    "L": choice, "!": choice, "O": choice_with_comment, "M": choices_, "P": choices_with_comments, "Y": built_in(choices.YES_NO),
    "G": built_in(choices.GENDER), "5": five_points, "A": table(lambda asked: choices.points(5, asked.form)),
    "B": table(lambda asked: choices.points(10, asked.form)), "C": table(lambda asked: choices.in_order(choices.UNCERTAIN, asked.form)),
    "E": table(lambda asked: choices.in_order(choices.CHANGE, asked.form)), "F": table(own_steps), "H": table(own_steps), "1": two_scales,
    "N": number, "K": numbers, "S": short_text, "T": long_text, "U": long_text, "Q": texts, ";": table_of(lambda asked: text_kind(asked, long=False)),
    ":": table_of_numbers, "D": day, "X": boilerplate, "R": ranking, "|": sent,
    "*": equation,
}  # fmt: skip
