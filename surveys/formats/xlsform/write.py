"""Questionnaire → XLSForm (.xlsx) that ODK, KoboToolbox and we ourselves read; what does not survive it is named."""

import datetime
import io
import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec
import xlsxwriter
from msgspec import Struct
from pyxform.parsing.expression import is_xml_tag

from surveys.formats import codes
from surveys.formats.canonical import meaning
from surveys.formats.taken import Unreadable
from surveys.formats.xlsform import formulas
from surveys.formats.xlsform import read as xlsform
from surveys.formats.xlsform.columns import language_header
from surveys.kinds import (
    OTHER,
    OTHER_LABEL,
    STANCE_LABELS,
    STANCES,
    AnyKind,
    Calculation,
    Clause,
    Consent,
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
    Stance,
    Text,
    Time,
    UnitChoice,
)
from surveys.kinds import Place as Point
from surveys.problems import Invalid, Problem
from surveys.questionnaire import Question, Questionnaire, Section

TYPES: dict[type, str] = {
    Integer: "integer", Decimal: "decimal", Date: "date", Time: "time", OpenText: "text", Note: "note", Consent: "acknowledge", Calculation: "calculate",
    UnitChoice: "text", Point: "geopoint",
}  # fmt: skip
LOOKS: dict[type, str] = {Scale: "likert", Stance: "stance", Clause: "stance clause", UnitChoice: "unit"}
SENT: dict[tuple[str, ...], str] = {("image",): "image", ("audio",): "audio"}
"""Types of files that people send; any other sorts are `file`, and stand in a column of ours."""
MADE = datetime.datetime(2026, 1, 1)  # noqa: DTZ001 - a workbook's date has no zone; one fixed day makes equal forms equal files

Cells = dict[str, str]
"""One row: header → text."""


class Written(Struct, frozen=True):
    """The workbook, and what of the questionnaire it does not keep; `where` of these is a question's or section's place."""

    data: bytes
    losses: tuple[Problem, ...]


def write(questionnaire: Questionnaire) -> Written:
    """Writes, reads back and compares, so that no difference stays unsaid."""
    data = workbook(questionnaire)
    try:
        again = xlsform.read(data, ".xlsx")
    except Invalid as refused:
        return Written(data, (Problem(codes.NOT_KEPT, "", {"given": questionnaire.name}), *refused.problems))
    except Unreadable:
        return Written(data, (Problem(codes.NOT_KEPT, "", {"given": questionnaire.name}),))
    return Written(data, tuple(differences(questionnaire, again.questionnaire)))


def differences(before: Questionnaire, after: Questionnaire) -> Iterator[Problem]:
    """Where two questionnaires do not mean the same: questions, sections, then title, version and languages."""
    found = {question.name: meaning(question) for question in after.questions()}
    for question in before.questions():
        if found.get(question.name) != meaning(question):
            yield Problem(codes.NOT_KEPT, question.name, {"given": question.name})
    outlines = {section.name: outline(section) for section in after.sections}
    for section in before.sections:
        if outlines.get(section.name) != outline(section):
            yield Problem(codes.NOT_KEPT, section.name, {"given": section.name})
    for field in ("name", "title", "version", "languages"):
        if getattr(before, field) != getattr(after, field):
            yield Problem(codes.NOT_KEPT, "", {"given": field})


def outline(section: Section) -> object:
    return meaning(Section(section.name, (), section.label, section.relevant)), [question.name for question in section.questions]


def workbook(questionnaire: Questionnaire) -> bytes:
    sheet = Sheets(questionnaire)
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False})
    book.set_properties({"created": MADE})
    bold = book.add_format({"bold": True})
    for name, rows in (("survey", sheet.survey), ("choices", sheet.choices), ("settings", [sheet.settings])):
        page = book.add_worksheet(name)
        page.freeze_panes(1, 0)
        page.set_column(0, 20, 22)
        header = list(dict.fromkeys([*sheet.headers[name], *(column for row in rows for column in row)]))
        for column, title in enumerate(header):
            page.write_string(0, column, title, bold)
        for number, row in enumerate(rows, start=1):
            for title, text in row.items():
                page.write_string(number, header.index(title), text)
    book.close()
    return out.getvalue()


class Sheets:
    """The rows of the three sheets while they are being written."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.languages = questionnaire.languages
        self.kinds = dict(paths(questionnaire))
        self.names = {question.name for question in questionnaire.questions()} | {section.name for section in questionnaire.sections}
        self.listed: dict[object, str] = {}
        self.choices: list[Cells] = []
        self.survey = list(self.of_sections(questionnaire.sections))
        self.settings = settings(questionnaire)
        labels = [f"label::{language_header(language)}" for language in self.languages]
        self.headers = {"survey": ["type", "name", *labels], "choices": ["list_name", "name", *labels], "settings": []}

    def of_sections(self, sections: Iterable[Section]) -> Iterator[Cells]:
        """A section that only holds what stands together needs no group; it gets the same name again when it is read."""
        loose, before = 0, False
        for section in sections:
            before = not before and not section.label and section.relevant is None and section.name == f"section_{loose + 1}"
            inner = [row for question in section.questions for row in self.of_question(question)]
            if before:
                loose += 1
                yield from inner
                continue
            yield {"type": "begin_group", "name": xml_name(section.name), **self.text("label", section.label), **self.condition(section.relevant)}
            yield from inner
            yield {"type": "end_group"}

    def of_question(self, question: Question) -> Iterator[Cells]:
        kind = question.kind
        head = {"name": xml_name(question.name), **self.text("label", question.label), **self.text("hint", question.hint)}
        head |= self.condition(question.relevant) | self.media(question)
        demanded = {"required": "yes"} if question.required else {}
        if isinstance(kind, Matrix | Points):
            yield {"type": "begin_group", **head, **self.of_group(kind)}
            yield from ({**row, **demanded} for row in self.rows_of(question, kind))
            yield {"type": "end_group"}
            return
        limited = {} if isinstance(kind, Stance) else limits(kind)
        yield {"type": self.type_of(question), **head, **demanded, **looks(kind), **limited, **self.own(kind), **self.filter(question)}
        if isinstance(kind, Stance):
            yield self.stance_text(question, kind)

    def of_group(self, kind: Matrix | Points) -> Cells:
        if isinstance(kind, Matrix):
            return {"appearance": "table-list"}
        return {"appearance": "field-list points", "total": str(kind.total), **self.text("unit", kind.unit)}

    def rows_of(self, question: Question, kind: Matrix | Points) -> Iterator[Cells]:
        if isinstance(kind, Points):
            for option in kind.options:
                yield {"type": "integer", "name": xml_name(formulas.row_name(question.name, option.name)), **self.worded(option)}
            return
        listed = self.listed_as(question.name, kind.options, kind.missing, scale=True)
        for row in kind.rows:
            yield {"type": f"select_one {listed}", "name": xml_name(row.name), **self.worded(row), "appearance": "likert"}

    def worded(self, option: Option) -> Cells:
        return {**self.text("label", option.label), **filled("media::image", option.image)}

    def media(self, question: Question) -> Cells:
        sound = {f"media::audio::{language_header(language)}": name for language, name in question.audio.items()}
        return {**filled("media::image", question.image), **self.text("alt", question.alt), **sound}

    def type_of(self, question: Question) -> str:
        kind = question.kind
        match kind:
            case SelectOne() | SelectMultiple():
                sort = "select_one" if isinstance(kind, SelectOne) else "select_multiple"
                filtered = bool(filter_keys(kind.options))  # pyxform takes no filter beside or_other
                options = (*kind.options, Option(OTHER, self.spoken(OTHER_LABEL))) if kind.other and filtered else kind.options
                return f"{sort} {self.listed_as(question.name, options, (), other=kind.other)}" + (" or_other" if kind.other and not filtered else "")
            case Ranking():
                return f"rank {self.listed_as(question.name, kind.options, ())}"
            case File():
                return SENT.get(kind.accepts, "file")
            case Scale():
                return f"select_one {self.listed_as(question.name, kind.options, kind.missing, scale=True)}"
            case Stance():
                return f"select_one {self.listed_as('stance', [Option(name, self.spoken(STANCE_LABELS[name])) for name in STANCES], ())}"
        return TYPES[type(kind)]

    def listed_as(self, name: str, options: Sequence[Option], missing: Sequence[Option], *, scale: bool = False, other: bool = False) -> str:
        """The list of these options, shared by all questions that have the same."""
        plain = [(option.name, tuple(sorted(option.label.items())), option.image, repr(option.relevant)) for option in (*options, *missing)]
        key = (tuple(plain), len(missing), scale, other)
        if key not in self.listed:
            taken = set(self.listed.values())
            self.listed[key] = next(found for found in numbered(xml_name(name)) if found not in taken)
            filters = filter_keys(options)
            for option in (*options, *missing):
                mark = {"missing": "yes" if option in missing else "no"} if scale else {}
                self.choices.append(
                    {"list_name": self.listed[key], "name": option.name, **self.worded(option), **mark, **filled("filter", filters.get(option.name, ""))}
                )
        return self.listed[key]

    def stance_text(self, question: Question, kind: Stance) -> Cells:
        """Where another opinion is written: a row of its own in XLSForm, part of the stance with us."""
        name = next(found for found in numbered(f"{xml_name(question.name)}_text") if found not in self.names)
        return {
            "type": "text",
            "name": name,
            **self.text("label", self.spoken(STANCE_LABELS[OTHER])),
            "required": "yes",
            "relevant": stance_condition(xml_name(question.name)),
            "appearance": "multiline stance",
            **limits(kind),
        }

    def condition(self, condition: object) -> Cells:
        try:
            return filled("relevant", formulas.relevant(condition, self.kinds))
        except formulas.UnwritableError:
            return {}

    def text(self, field: str, text: Text) -> Cells:
        return {f"{field}::{language_header(language)}": words for language, words in text.items() if words}

    def spoken(self, text: Text) -> Text:
        return {language: words for language, words in text.items() if language in self.languages}

    def filter(self, question: Question) -> Cells:
        """Each option is in a group of those that are offered together; what the groups wait for stands in one expression."""
        kind = question.kind
        keys = filter_keys(kind.options) if isinstance(kind, SelectOne | SelectMultiple) else {}
        conditions = {keys[option.name]: option.relevant for option in getattr(kind, "options", ()) if option.name in keys}
        try:
            said = [f"(filter = '{key}' and {formulas.enclosed(condition, self.kinds)})" for key, condition in conditions.items() if condition is not None]
        except formulas.UnwritableError:
            return {}
        if not said:
            return {}
        return {"choice_filter": " or ".join(["filter = 'all'", *said]), **({"other": "yes"} if getattr(kind, "other", False) else {})}

    def own(self, kind: AnyKind) -> Cells:
        """What stands in columns of ours."""
        match kind:
            case Integer() | Decimal():
                return self.text("unit", kind.unit)
            case Calculation():
                return {**self.formula(kind), "decimals": str(kind.decimals), **self.text("unit", kind.unit)}
            case Ranking() if kind.most is not None:
                return {"ranks": str(kind.most)}
            case UnitChoice():
                return {"level": kind.level, **filled("within", kind.within)}
            case File():
                return {"accepts": " ".join(kind.accepts), "most_mb": str(kind.most_mb)}
            case Point():
                bounds = " ".join(map(formulas.plain_number, kind.bounds or ()))
                return {**filled("map_image", kind.image), **filled("map_bounds", bounds)}
            case Clause():
                body = msgspec.json.encode(kind.body).decode() if kind.body else ""
                return {**filled("clause", kind.clause), **filled("clause_number", kind.number), **filled("clause_body", body)}
        return {}

    def formula(self, kind: Calculation) -> Cells:
        try:
            return {"calculation": formulas.calculation(kind.expression, self.kinds)}
        except formulas.UnwritableError:
            return {}


def filter_keys(options: Sequence[Option]) -> dict[str, str]:
    """By option: `all` where it is always offered, else one key for each condition; none where all are always."""
    if all(option.relevant is None for option in options):
        return {}
    known: dict[str, str] = {}
    return {option.name: "all" if option.relevant is None else known.setdefault(repr(option.relevant), f"f{len(known) + 1}") for option in options}


def paths(questionnaire: Questionnaire) -> Iterator[tuple[str, AnyKind]]:
    for question in questionnaire.questions():
        yield question.name, question.kind
        if isinstance(question.kind, Matrix):
            yield from ((f"{question.name}/{row.name}", question.kind.scale) for row in question.kind.rows)
        if isinstance(question.kind, Points):
            yield from ((f"{question.name}/{option.name}", Integer()) for option in question.kind.options)
        if isinstance(question.kind, Point):
            yield from ((f"{question.name}/{part}", Decimal()) for part in ("lat", "lon"))


def looks(kind: AnyKind) -> Cells:
    return filled("appearance", LOOKS.get(type(kind), "multiline" if isinstance(kind, OpenText) and kind.long else ""))


def limits(kind: AnyKind) -> Cells:
    try:
        return filled("constraint", formulas.constraint(kind))
    except formulas.UnwritableError:
        return {}


def stance_condition(name: str) -> str:
    return f"${{{name}}} = '{OTHER}'"


def settings(questionnaire: Questionnaire) -> Cells:
    """A title in other languages stands in columns of ours, `form_title_en`: XLSForm knows one title only."""
    first = questionnaire.languages[0]
    others = {f"form_title_{language}": words for language, words in questionnaire.title.items() if language != first}
    return {
        **filled("form_title", questionnaire.title.get(first, "")),
        **{header: words for header, words in others.items() if words},
        **filled("form_id", questionnaire.name),
        **filled("version", questionnaire.version),
        "default_language": language_header(first),
    }


def filled(header: str, text: str) -> Cells:
    return {header: text} if text else {}


def numbered(name: str) -> Iterator[str]:
    yield name
    yield from (f"{name}_{number}" for number in range(2, 10_000))


def xml_name(name: str) -> str:
    """The name itself where XML allows it; else one that is, and `differences` says that it changed."""
    return name if is_xml_tag(name) else "_" + re.sub(r"[^\w.-]", "_", name)
