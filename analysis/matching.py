"""Which column of a data file holds which question, or which part of one."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from msgspec import Struct

from analysis import sentences
from analysis.data import BadData, Table
from surveys.kinds import OTHER, Calculation, Matrix, Place, Points, Ranking, SelectMultiple, SelectOne, Stance
from surveys.questionnaire import Question, Questionnaire

WHOLE = ""
TEXT = "text"
LATITUDE, LONGITUDE = "lat", "lon"

Claim = tuple[str, str]
"""A question and the part of it that a column holds."""


class Match(Struct, frozen=True):
    """`parts[question][part]` is a header. A part is an option, a matrix row, `text` of a worded choice, a coordinate, or WHOLE."""

    parts: Mapping[str, Mapping[str, str]]
    unknown: tuple[str, ...]
    absent: tuple[str, ...]


def match(questionnaire: Questionnaire, table: Table) -> Match:
    """By name, else by an alias, else by the end of a group path. Raises BadData where two columns claim one place, or none finds any."""
    names, others = dict(known_names(questionnaire)), dict(aliases(questionnaire))
    taken: dict[Claim, str] = {}
    for find in (names.get, others.get, lambda header: placed_by_path(header, others | names)):
        found = [(place, header) for header in table.columns if header not in taken.values() and (place := find(header))]
        found = [(place, header) for place, header in found if place not in taken]
        for place, header in found:
            if taken.setdefault(place, header) != header:
                raise BadData(sentences.TWO_COLUMNS, first=taken[place], second=header, name="/".join(filter(None, place)))
    parts: dict[str, dict[str, str]] = {}
    for (question, part), header in taken.items():
        parts.setdefault(question, {})[part] = header
    asking = [question.name for question in questionnaire.questions() if question.kind.asks]
    if not parts:
        raise BadData(sentences.NOTHING_MATCHES, example=", ".join(asking[:3]))
    used = set(taken.values())
    return Match(parts, tuple(header for header in table.columns if header not in used), tuple(name for name in asking if name not in parts))


def known_names(questionnaire: Questionnaire) -> Iterator[tuple[str, Claim]]:
    for question in questionnaire.questions():
        if not (question.kind.asks or isinstance(question.kind, Calculation)):
            continue
        if not isinstance(question.kind, Matrix | Points):
            yield question.name, (question.name, WHOLE)
        for part in parts_of(question):
            yield f"{question.name}/{part}", (question.name, part)


def parts_of(question: Question) -> list[str]:
    kind = question.kind
    if isinstance(kind, Matrix):
        return [row.name for row in kind.rows]
    if isinstance(kind, Place):
        return [LATITUDE, LONGITUDE]
    chosen = [option.name for option in kind.options] if isinstance(kind, SelectMultiple | Ranking | Points) else []
    if isinstance(kind, SelectOne | SelectMultiple) and kind.other:
        return [*chosen, *([OTHER] if isinstance(kind, SelectMultiple) else []), TEXT]
    return [*chosen, *([TEXT] if isinstance(kind, Stance) else [])]


def aliases(questionnaire: Questionnaire) -> Iterator[tuple[str, Claim]]:
    """Names that other programs give to parts: `{q}_other` of XLSForm's or_other, coordinates as KoboToolbox and ODK export them,
    a matrix row by itself where only one matrix has it."""
    matrices = [question for question in questionnaire.questions() if isinstance(question.kind, Matrix)]
    times = Counter(part for question in matrices for part in parts_of(question))
    for question in questionnaire.questions():
        if isinstance(question.kind, SelectOne | SelectMultiple) and question.kind.other:
            yield f"{question.name}_other", (question.name, TEXT)
        if isinstance(question.kind, Place):
            for part, word in ((LATITUDE, "latitude"), (LONGITUDE, "longitude")):
                yield from ((header, (question.name, part)) for header in (f"_{question.name}_{word}", f"{question.name}-{word.title()}"))
    for question in matrices:
        yield from ((part, (question.name, part)) for part in parts_of(question) if times[part] == 1)


def placed_by_path(header: str, places: Mapping[str, Claim]) -> Claim | None:
    """`group/question` and `group-question`: the longest end of the header that names something."""
    ends = (header[separator.end() :] for separator in re.finditer(r"[/-]", header))
    return next((places[end] for end in ends if end in places), None)
