"""Answers as the database keeps them, as a Frame: JSON maps, each given to one version of the questionnaire."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
import numpy as np
import pandas as pd
from msgspec import Struct, structs

from analysis.combining import distinct
from analysis.data import Codes
from analysis.frame import CONTEXT, Frame, blank, categorical, counted, framed
from analysis.skipping import asked_of
from surveys.kinds import AnyKind, Calculation, Clause, Matrix, Option, Place, Points, Ranking, Scale, SelectMultiple, SelectOne, UnitChoice
from surveys.questionnaire import Question, Questionnaire, Section

EARLIER = "earlier"
"""The section of questions that the newest version no longer asks, or asks in another way."""


class Answer(Struct, frozen=True):
    """One stored answer: `answers` as they were checked, the questionnaire's `version` they were given to, and where from."""

    answers: Mapping[str, Any]
    version: int = 1
    id: str = ""
    unit: str = ""
    village: str = ""
    channel: str = "web"
    assistance: str = "self"


def from_answers(questionnaires: Mapping[int, Questionnaire], answers: Iterable[Answer]) -> Frame:
    """The Frame of stored answers, each followed through the version it was given to. Raises KeyError for an unknown version."""
    by_version: dict[int, list[Answer]] = {version: [] for version in sorted(questionnaires)}
    for answer in answers:
        by_version[answer.version].append(answer)
    used = {version: questionnaires[version] for version, found in by_version.items() if found or version == max(questionnaires)}
    whole = merged(used)
    parts = [columns_of(questionnaire, by_version[version], version, whole) for version, questionnaire in used.items()]
    rows = [answer for version in used for answer in by_version[version]]
    columns = {name: chained([part[0][name] for part in parts]) for name in parts[0][0]}
    asked = {question.name: np.concatenate([part[1][question.name] for part in parts]) for question in counted(whole)}
    context: dict[str, Any] = {"id": pd.array([answer.id for answer in rows], dtype="str")}
    context |= {name: categorical(coded([str(getattr(answer, name)) or None for answer in rows])) for name in CONTEXT[1:]}
    return framed(whole, columns, context, rows=len(rows), asked=asked, missing={})


def columns_of(questionnaire: Questionnaire, answers: Sequence[Answer], version: int, whole: Questionnaire) -> tuple[dict[str, Codes], dict[str, np.ndarray]]:
    """Columns of the whole questionnaire, and who was asked each of its questions, of the answers to one version."""
    own: dict[str, Codes] = {}
    columns: dict[str, Codes] = {}
    questions = {question.name: question for question in counted(questionnaire)}
    for name, question in questions.items():
        own |= spread(question, [answer.answers.get(name) for answer in answers])
    masks, kept, _ = asked_of(questionnaire, own, len(answers))
    asked: dict[str, np.ndarray] = {}
    for question in counted(whole):
        name = question.name.removesuffix(f"@{version}")
        theirs = questions.get(name)
        if theirs is None or not alike(theirs.kind, question.kind):
            asked[question.name] = np.zeros(len(answers), dtype=bool)
            columns |= {column.name: blank(len(answers)) for column in question.kind.columns(question.name)}
            continue
        asked[question.name] = masks.get(name, np.ones(len(answers), dtype=bool))
        columns |= {column.name: kept_as(kept, column.name, question.name, theirs, len(answers)) for column in question.kind.columns(question.name)}
    return columns, asked


def kept_as(kept: Mapping[str, Codes], column: str, name: str, theirs: Question, rows: int) -> Codes:
    """A column under its name in the whole questionnaire; an option that this version did not offer was not chosen, and got no points."""
    original = f"{theirs.name}{column.removeprefix(name)}"
    if original in kept:
        return kept[original]
    parts = [kept[each.name].codes for each in theirs.kind.columns(theirs.name) if each.type != "text"]
    if not isinstance(theirs.kind, SelectMultiple | Points) or not parts or original == f"{theirs.name}/text":
        return blank(rows)
    return Codes(np.where(parts[0] >= 0, 0, -1), [0])


def spread(question: Question, values: Sequence[Any]) -> dict[str, Codes]:
    """Stored values of a question over the columns of its kind."""
    column = coded(values)
    cells = [question.kind.cells(question.name, value) for value in column.values]
    return {each.name: distinct(column.codes, [cell.get(each.name) for cell in cells]) for each in question.kind.columns(question.name)}


def coded(values: Sequence[Any]) -> Codes:
    """Each distinct value once; None is blank."""
    seen: dict[Any, int] = {}
    known: list[Any] = []
    codes = np.full(len(values), -1, dtype=np.int64)
    for row, value in enumerate(values):
        if value is not None:
            key = msgspec.json.encode(value) if isinstance(value, dict | list) else (type(value), value)
            codes[row] = seen.setdefault(key, len(known))
            if len(seen) > len(known):
                known.append(value)
    return Codes(codes, known)


def chained(parts: Sequence[Codes]) -> Codes:
    """Columns one below the other."""
    if len(parts) == 1:
        return parts[0]
    values = [value for part in parts for value in part.values]
    starts = np.cumsum([0, *(len(part.values) for part in parts)])
    codes = [np.where(part.codes < 0, -1, part.codes + start) for part, start in zip(parts, starts, strict=False)]
    return distinct(np.concatenate(codes), values)


def merged(questionnaires: Mapping[int, Questionnaire]) -> Questionnaire:
    """The newest version with every option that any version offered; what it no longer asks so follows, named `question@version`
    where the newest asks something else under that name."""
    newest = max(questionnaires)
    whole = {question.name: question for question in counted(questionnaires[newest])}
    gone: dict[str, Question] = {}
    for version in sorted(set(questionnaires) - {newest}, reverse=True):
        for question in counted(questionnaires[version]):
            known = whole.get(question.name) or gone.get(question.name)
            if known is None:
                gone[question.name] = structs.replace(question, relevant=None)
            elif alike(known.kind, question.kind):
                place = whole if question.name in whole else gone
                place[question.name] = structs.replace(known, kind=widened(known.kind, question.kind))
            else:
                gone[f"{question.name}@{version}"] = structs.replace(question, name=f"{question.name}@{version}", relevant=None)
    base = questionnaires[newest]
    sections = tuple(structs.replace(section, questions=tuple(whole.get(each.name, each) for each in section.questions)) for section in base.sections)
    return structs.replace(base, sections=(*sections, Section(EARLIER, tuple(gone.values()))) if gone else sections)


def alike(kind: AnyKind, earlier: AnyKind) -> bool:
    """Whether answers to both can be counted together: points of one total, places of one map, numbers worked out in one way."""
    return type(kind) is type(earlier) and bool(sense(kind) == sense(earlier))


def sense(kind: AnyKind) -> Any:
    """What must be equal for two questions of one sort to ask the same."""
    match kind:
        case Points():
            return kind.total
        case UnitChoice():
            return kind.level
        case Place():
            return kind.image if kind.image and not kind.bounds else ""
        case Calculation():
            return kind.expression
        case Clause():
            return kind.clause
    return None


def widened(kind: AnyKind, earlier: AnyKind) -> AnyKind:
    """The kind with the options and rows that an earlier one of the same sort had beside its own."""
    if isinstance(kind, Scale | Matrix) and isinstance(earlier, Scale | Matrix):
        missing = union(kind.missing, earlier.missing)
        outside = {option.name for option in missing}
        steps = sorted((option for option in union(kind.options, earlier.options) if option.name not in outside), key=lambda option: int(option.name))
        wider = structs.replace(kind, options=tuple(steps), missing=missing)
        return structs.replace(wider, rows=union(kind.rows, earlier.rows)) if isinstance(kind, Matrix) and isinstance(earlier, Matrix) else wider
    if isinstance(kind, SelectOne | SelectMultiple) and isinstance(earlier, SelectOne | SelectMultiple):
        return structs.replace(kind, options=union(kind.options, earlier.options), other=kind.other or earlier.other)
    if isinstance(kind, Ranking | Points) and isinstance(earlier, Ranking | Points):
        return structs.replace(kind, options=union(kind.options, earlier.options))
    return kind


def union(options: tuple[Option, ...], earlier: tuple[Option, ...]) -> tuple[Option, ...]:
    names = {option.name for option in options}
    return (*options, *(option for option in earlier if option.name not in names))
