"""Columns back to answers: the JSON values that the API takes and the database keeps, from the cells of a table."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from analysis.frame import Frame, counted
from surveys.kinds import OTHER, Consent, Kind, Matrix, Place, Points, Ranking, Scale, SelectMultiple, SelectOne, Stance

Cells = Mapping[str, Sequence[Any]]
"""Cells by column, None where blank."""


def answers(frame: Frame) -> Iterator[dict[str, Any]]:
    """One map of answers a person, in the frame's order; what was not answered is absent. Calculations stand among them, as they are stored."""
    columns = {
        question.name: folded(question.kind, question.name, listed(frame.table, question.kind, question.name)) for question in counted(frame.questionnaire)
    }
    for row in range(len(frame)):
        yield {name: values[row] for name, values in columns.items() if values[row] is not None}


def listed(table: pd.DataFrame, kind: Kind, name: str) -> dict[str, list[Any]]:
    """Plain Python values of a question's columns."""
    return {column.name: plain(table[column.name]) for column in kind.columns(name)}


def plain(column: pd.Series) -> list[Any]:
    """Its cells as Python has them, None where blank."""
    return column.astype("object").where(column.notna(), None).tolist()


def folded(kind: Kind, name: str, cells: Cells) -> list[Any]:
    """The stored value of each row, None where there is none: what `kind.cells` spread, put together again."""
    if isinstance(kind, SelectMultiple):
        return several(kind, name, cells)
    if isinstance(kind, Matrix):
        return [row or None for row in rows(kind, name, cells)]
    if isinstance(kind, Ranking | Points):
        return [by_option(kind, row) for row in zip(*(cells[column.name] for column in kind.columns(name)), strict=True)]
    if isinstance(kind, Place):
        return [None if latitude is None else [latitude, longitude] for latitude, longitude in zip(cells[f"{name}/lat"], cells[f"{name}/lon"], strict=True)]
    if isinstance(kind, Scale):
        return [step(kind, cell) for cell in cells[name]]
    if isinstance(kind, Consent):
        return [None if cell is None else True for cell in cells[name]]
    if isinstance(kind, Stance):
        return [worded({"stance": cell}, text) if cell else None for cell, text in zip(cells[name], cells[f"{name}/text"], strict=True)]
    if isinstance(kind, SelectOne) and kind.other:
        return [worded({"choice": OTHER}, text) if cell == OTHER else cell for cell, text in zip(cells[name], cells[f"{name}/text"], strict=True)]
    return list(cells[name])


def several(kind: SelectMultiple, name: str, cells: Cells) -> list[Any]:
    flags = [column.name for column in kind.columns(name) if column.type == "flag"]
    texts = cells[f"{name}/text"] if kind.other else [None] * len(cells[flags[0]])
    names = [flag.removeprefix(f"{name}/") for flag in flags]
    chosen = ([option for option, tick in zip(names, row, strict=True) if tick] for row in zip(*(cells[flag] for flag in flags), strict=True))
    if not kind.other:
        return [each or None for each in chosen]
    return [[worded({"choice": OTHER}, text) if option == OTHER else option for option in each] or None for each, text in zip(chosen, texts, strict=True)]


def rows(kind: Matrix, name: str, cells: Cells) -> Iterator[dict[str, Any]]:
    columns = [cells[f"{name}/{row.name}"] for row in kind.rows]
    for steps in zip(*columns, strict=True):
        yield {row.name: step(kind.scale, cell) for row, cell in zip(kind.rows, steps, strict=True) if cell is not None}


def by_option(kind: Ranking | Points, numbers: Sequence[int | None]) -> Any:
    """Names in the order of their ranks, or the points of those that got any."""
    given = {option.name: number for option, number in zip(kind.options, numbers, strict=True) if number}
    return (sorted(given, key=lambda option: given[option]) if isinstance(kind, Ranking) else given) or None


def step(scale: Scale, cell: Any) -> Any:
    """A number, or the name of an answer outside the scale."""
    return cell if cell is None or any(option.name == cell for option in scale.missing) else int(cell)


def worded(choice: dict[str, Any], text: str | None) -> dict[str, Any]:
    return choice | {"text": text} if text else choice
