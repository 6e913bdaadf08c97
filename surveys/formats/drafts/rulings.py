"""Tables on a page of a PDF, found by the lines that are drawn around their cells."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium
from msgspec import Struct

THIN = 3.0
"""Points: a path thinner than this is a line."""
NEAR = 3.0
"""Points: lines this close are one."""
SHORTEST = 6.0
MOST_PATHS = 20_000
MOST_RULINGS = 4000

Box = tuple[float, float, float, float]
"""left, bottom, right, top."""


class Grid(Struct, frozen=True):
    """Rulings that touch each other: upright (x, from, to) and level (y, from, to)."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    upright: tuple[tuple[float, float, float], ...]

    @property
    def top(self) -> float:
        return self.ys[-1]

    def holds(self, x: float, y: float) -> bool:
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]

    def cells(self) -> Iterator[list[Box | None]]:
        """Rows from the top; a cell that spans columns stands in the first of them, the others are None."""
        for bottom, top in zip(self.ys[-2::-1], self.ys[:0:-1], strict=True):
            middle = (bottom + top) / 2
            walls = [
                at
                for at, x in enumerate(self.xs)
                if at in (0, len(self.xs) - 1) or any(abs(one - x) < NEAR and low <= middle <= high for one, low, high in self.upright)
            ]
            row: list[Box | None] = [None] * (len(self.xs) - 1)
            for left, right in pairwise(walls):
                row[left] = (self.xs[left], bottom, self.xs[right], top)
            yield row


def grids_of(page: Any) -> list[Grid]:
    """Tables with at least two rows or two columns."""
    upright, level = rulings_of(page)
    if len(upright) + len(level) > MOST_RULINGS:
        return []
    found = []
    for walls, floors in components(upright, level):
        xs, ys = merged([x for x, _, _ in walls]), merged([y for y, _, _ in floors])
        if len(xs) >= 2 and len(ys) >= 2 and (len(xs) - 1) * (len(ys) - 1) >= 2:
            found.append(Grid(tuple(xs), tuple(ys), tuple(walls)))
    return found


def rulings_of(page: Any) -> tuple[list[tuple[float, float, float]], list[tuple[float, float, float]]]:
    upright, level = [], []
    for count, path in enumerate(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=4)):
        if count > MOST_PATHS:
            break
        left, bottom, right, top = path.get_bounds()
        wide, tall = right - left, top - bottom
        if wide <= THIN and tall >= SHORTEST:
            upright.append(((left + right) / 2, bottom, top))
        elif tall <= THIN and wide >= SHORTEST:
            level.append(((bottom + top) / 2, left, right))
        elif wide >= SHORTEST and tall >= SHORTEST:
            upright += [(left, bottom, top), (right, bottom, top)]
            level += [(bottom, left, right), (top, left, right)]
    return upright, level


def components(upright: Sequence[tuple[float, float, float]], level: Sequence[tuple[float, float, float]]) -> list[tuple[list[Any], list[Any]]]:
    """Rulings grouped by whether they meet."""
    group = list(range(len(upright) + len(level)))

    def root(at: int) -> int:
        while group[at] != at:
            group[at] = group[group[at]]
            at = group[at]
        return at

    for one, (x, low, high) in enumerate(upright):
        for other, (y, left, right) in enumerate(level, start=len(upright)):
            if left - NEAR <= x <= right + NEAR and low - NEAR <= y <= high + NEAR:
                group[root(one)] = root(other)
    found: dict[int, tuple[list[Any], list[Any]]] = {}
    for at, ruling in enumerate((*upright, *level)):
        found.setdefault(root(at), ([], []))[0 if at < len(upright) else 1].append(ruling)
    return list(found.values())


def merged(values: Sequence[float]) -> list[float]:
    """Sorted, those that are near each other as one."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > NEAR:
            found.append(value)
    return found
