"""A form and a data file from anywhere, counted: what `ydan analyse` does between reading its files and writing its papers."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from analysis import data, reporting, sentences, snapshot
from analysis.data import BadData, Table
from analysis.frame import Frame, Missing
from analysis.matching import match
from analysis.reading import Note, from_table
from analysis.report import LEAST_CELL, Report
from analysis.scaling import Range, with_likert, with_scales
from surveys.kinds import Matrix, SelectMultiple, Text
from surveys.questionnaire import Questionnaire


class Wishes(Struct, frozen=True, kw_only=True):
    """What is asked of the data. `by`: questions with one answer, or columns. `missing`: codes by question, under "" of all scales.

    `likert`: questions that are scales if their options allow it; `scales`: those that are, with their ends.
    """

    title: Text
    by: Sequence[str] = ()
    min_cell: int = LEAST_CELL
    missing: Missing = {}
    likert: frozenset[str] = frozenset()
    scales: Mapping[str, Range] = {}
    population: int | None = None
    encoding: str | None = None


class Study(Struct, frozen=True):
    """The Report, the questionnaire as it was counted, and what is to be said about the data."""

    report: Report
    questionnaire: Questionnaire
    frame: Frame
    notes: list[Note]


def study(questionnaire: Questionnaire, content: bytes, wishes: Wishes) -> Study:
    """Raises BadData; UnknownValues names every value that its question does not know."""
    table = data.read(content, encoding=wishes.encoding)
    if wishes.population and len(table) > wishes.population:
        raise BadData(sentences.POPULATION_TOO_SMALL, given=len(table), n=wishes.population)
    known(questionnaire, wishes.missing)
    scaled = with_likert(questionnaire, wishes.likert, wishes.missing)
    scaled = with_scales(scaled, wishes.scales, wishes.missing, frozenset(table.columns))
    groups = {name: group_column(scaled, table, name) for name in wishes.by}
    keep = [column for column in dict.fromkeys(groups.values()) if column in table.columns and column not in own_columns(scaled)]
    reading = from_table(scaled, table, missing=wishes.missing, keep=keep)
    report = reporting.make(
        reading.frame,
        title=wishes.title,
        audience="public",
        by=list(dict.fromkeys(groups.values())),
        min_cell=wishes.min_cell,
        population=wishes.population,
        data_hash=snapshot.content_hash(reading.frame),
    )
    return Study(report, scaled, reading.frame, reading.notes)


def known(questionnaire: Questionnaire, missing: Missing) -> None:
    """Raises BadData where a missing code is given for a question that is not there."""
    names = [question.name for question in questionnaire.questions()]
    for name in missing:
        if name and name not in names:
            raise BadData(sentences.NO_SUCH_QUESTION, given=name, known=", ".join(names))


def group_column(questionnaire: Questionnaire, table: Table, name: str) -> str:
    """The Frame's column that groups by this name: a question's, else the data's. Raises BadData."""
    questions = {question.name: question for question in questionnaire.questions() if question.kind.asks}
    held = {header: place for place, parts in match(questionnaire, table).parts.items() for part, header in parts.items() if not part}
    name = held.get(name, name)
    if name in questions:
        kind = questions[name].kind
        if isinstance(kind, SelectMultiple | Matrix):
            raise BadData(sentences.NO_GROUPS, given=name, example=kind.columns(name)[0].name)
        return name
    if name in own_columns(questionnaire) or name in table.columns:
        return name
    raise BadData(sentences.NO_SUCH_QUESTION, given=name, known=", ".join([*questions, *(header for header in table.columns if header not in held)]))


def own_columns(questionnaire: Questionnaire) -> set[str]:
    return {column.name for question in questionnaire.questions() for column in question.kind.columns(question.name)}
