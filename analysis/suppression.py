"""Which cells of published tables stay hidden, so that none of them can be bounded to fewer than k values.

A cell of 1 to k-1 people is primary; 0 counts nobody and is shown. Hiding it alone is not enough: its table's sums give it
away. So others are hidden with it (complementary suppression) until every hidden cell keeps k possible values, whatever
the published sums say. The bounds are those of two-way tables with known margins (Fréchet 1940; Dobra and Fienberg 2000),
which whole numbers reach; where an attacker knows less than is assumed here, the real range is only wider.

A table has a row a group and a column an option. Published beside its cells: each row's sum (its base), each column's sum
(the question's count), and of a scale of five the sum of the columns of either half (how many are satisfied).
"""

from collections.abc import Mapping

import numpy as np
from msgspec import Struct

Columns = tuple[int, ...]


class Hidden(Struct, frozen=True):
    """What of a table stays hidden: `cells` (rows, columns), `halves` and `bases` (rows,), all bool."""

    cells: np.ndarray
    halves: np.ndarray
    bases: np.ndarray


def complement(counts: Mapping[str, int], k: int, *, forced: frozenset[str] = frozenset()) -> frozenset[str]:
    """Which of these counts, whose sum is known, stay hidden: those under k, and the next smallest until k people are hidden in two."""
    hidden = {name for name, count in counts.items() if 0 < count < k} | {name for name in forced if counts[name]}
    rest = sorted((name for name, count in counts.items() if count and name not in hidden), key=lambda name: (-counts[name], name))
    while hidden and rest and (len(hidden) < 2 or sum(counts[name] for name in hidden) < k):
        hidden.add(rest.pop())
    return frozenset(hidden) | forced


def protect(
    cells: np.ndarray, *, halves: tuple[Columns, ...], totals_hidden: np.ndarray, bases_hidden: np.ndarray, k: int, forced: np.ndarray | None = None
) -> Hidden:
    """Hides what must be hidden of `cells` (rows, columns), none of whose rows is empty.

    `totals_hidden` (columns,): column sums that are not published; of a half, none or at least two. `bases_hidden` (rows,): row sums.
    `forced` (rows, columns): cells to hide besides the small ones.
    """
    if len(cells) == 1:
        return Hidden(np.broadcast_to(totals_hidden, cells.shape), np.zeros(1, dtype=bool), bases_hidden)
    small = (cells > 0) & (cells < k)
    table = Table(cells, halves, totals_hidden, bases_hidden, small if forced is None else small | forced, k)
    for _ in range(cells.size + len(cells)):
        if not table.repaired():
            return table.hidden()
    return Hidden(np.ones(cells.shape, dtype=bool), np.ones(len(cells), dtype=bool), np.ones(len(cells), dtype=bool))


def protect_several(chosen: np.ndarray, *, bases: np.ndarray, totals_hidden: np.ndarray, bases_hidden: np.ndarray, k: int) -> Hidden:
    """The same where a person may choose several: each option is a table of its own, of those who chose it and those who did not.

    `chosen` (rows, options) of `bases` (rows,). Where a question limits how many may be chosen, a row's counts nearly add up: so a row
    hides no option or at least two. What everybody chose is no secret and hides nothing.
    """
    some = (chosen < bases[:, None]).any(axis=0)
    forced = np.zeros((*chosen.shape, 2), dtype=bool)
    for _ in range(chosen.size + 1):
        tables = [
            protect(
                np.column_stack([chosen[:, place], bases - chosen[:, place]]),
                halves=((0, 1),),
                totals_hidden=np.repeat(hidden, 2),
                bases_hidden=bases_hidden,
                k=k,
                forced=forced[:, place],
            )
            for place, hidden in enumerate(totals_hidden)
        ]
        bare = np.any([table.bases for table in tables], axis=0)
        cells = np.column_stack([table.cells[:, 0] for table in tables])
        lonely = np.flatnonzero((cells.sum(axis=1) == 1) & ~bare & ((chosen > 0) & ~cells & some).any(axis=1))
        if not lonely.size and (bare == bases_hidden).all():
            break
        bases_hidden = bare
        for row in lonely:
            forced[row, np.where((chosen[row] > 0) & ~cells[row] & some, chosen[row], chosen.max() + 1).argmin()] = True
    return Hidden(cells, np.zeros(len(chosen), dtype=bool), bare)


class Table:
    """A table on its way to being safe. Rows are hidden in three ways, and every repair hides one row or one column more:

    without a base, all cells (`bare`); with a base but without the sums of its halves, all cells (`closed`); and within
    one half only the cells of `columns[half]`, which are the same for all rows in `partly[half]`.
    """

    def __init__(self, cells: np.ndarray, halves: tuple[Columns, ...], totals_hidden: np.ndarray, bases_hidden: np.ndarray, small: np.ndarray, k: int) -> None:
        self.cells, self.halves, self.totals_hidden, self.k = cells, halves, totals_hidden, k
        self.bases = cells.sum(axis=1)
        self.bare = bases_hidden.copy()
        sums = np.column_stack([cells[:, list(half)].sum(axis=1) for half in halves])
        self.closed = ~self.bare & ((sums > 0) & (sums < k)).any(axis=1) & (len(halves) > 1)
        self.partly = [~self.wholly & small[:, list(half)].any(axis=1) for half in halves]
        self.columns = [self.within(half) & (small[~self.wholly].any(axis=0) | totals_hidden) for half in halves]

    def within(self, half: Columns) -> np.ndarray:
        return np.isin(np.arange(self.cells.shape[1]), half)

    @property
    def wholly(self) -> np.ndarray:
        """(rows,) bool: all of whose cells are hidden."""
        return self.bare | self.closed

    def hidden(self) -> Hidden:
        cells = np.zeros(self.cells.shape, dtype=bool)
        for half, columns, partly in zip(self.halves, self.columns, self.partly, strict=True):
            own = self.cells[:, columns].sum(axis=1)
            shared = (self.wholly & (own[self.wholly].sum() > 0)) | (partly & (own > 0))
            known_zero = (self.cells[shared].sum(axis=0) == 0) & ~self.totals_hidden
            cells |= np.outer(shared, columns & ~known_zero)
            cells |= np.outer(self.wholly, self.within(half) & ~columns & (self.cells[self.wholly].sum(axis=0) > 0))
        return Hidden(cells, self.wholly & (len(self.halves) > 1), self.bare)

    def repaired(self) -> bool:
        """Hides a little more where some hidden cell has too few values; False where none has."""
        if len(self.halves) > 1 and self.halves_bounded():
            return self.close()
        return any(self.repair(place) for place in range(len(self.halves)))

    def halves_bounded(self) -> bool:
        """Whether how many of a closed row are in the first half is known too well."""
        wholly = self.wholly
        first, people = self.cells[wholly][:, list(self.halves[0])].sum(), self.bases[wholly].sum()
        low, high = self.spread(int(first))
        return bool(0 < first < people and (high - low + 1 < self.k)[wholly].any())

    def spread(self, column: int) -> tuple[np.ndarray, np.ndarray]:
        """(rows,) least and most that wholly hidden rows can have of a column that holds this many of them."""
        people = int(self.bases[self.wholly].sum())
        most = np.where(self.bare, int(self.bases[self.bare].sum()), self.bases)
        least = np.where(self.bare, 0, np.maximum(0, self.bases + column - people))
        return least, np.minimum(most, column)

    def repair(self, place: int) -> bool:
        """Mends the cell of one half that has the fewest values."""
        columns, partly, wholly = self.columns[place], self.partly[place], self.wholly
        for column in np.flatnonzero(self.within(self.halves[place]) & ~columns):
            low, high = self.spread(int(self.cells[wholly, column].sum()))
            if high.any() and (high - low + 1 < self.k)[wholly & (high > 0)].any():
                self.columns[place] = columns | (np.arange(len(columns)) == column)
                return True
        secret = columns & self.totals_hidden
        if secret.any() and self.cells[wholly | partly][:, secret].sum() < self.k - 1:
            return self.widen(place, secret)
        return self.repair_shared(place, secret)

    def repair_shared(self, place: int, secret: np.ndarray) -> bool:
        """The same among the columns that all rows of a half hide together. `secret`: those whose sum is not published."""
        columns, wholly = self.columns[place], self.wholly
        own = self.cells[:, columns].sum(axis=1)
        rows = wholly | (self.partly[place] & (own > 0))
        least, most = self.spread(int(own[wholly].sum()))
        least, most = np.where(wholly, least, own), np.where(wholly, most, own)
        sums = np.where(secret, self.cells[rows][:, secret].sum(), self.cells[rows].sum(axis=0))
        high = np.minimum(most[:, None], sums[None, :])
        low = np.where(secret[None, :], 0, np.maximum(0, least[:, None] + sums[None, :] - own[rows].sum()))
        values = np.where(np.outer(rows, columns & (sums > 0)) & (most[:, None] > 0), high - low + 1, self.k)
        row, column = np.unravel_index(values.argmin(), values.shape)
        if values[row, column] >= self.k:
            return False
        if most[row] < self.k - 1:
            return self.broaden(place, int(row)) or self.close()
        held = secret if secret[column] else np.arange(len(columns)) == column
        return self.widen(place, held) or self.widen(place, columns) or self.broaden(place, int(row)) or self.close()

    def widen(self, place: int, held: np.ndarray) -> bool:
        """Hides the shared columns in the smallest row more that has anybody in the columns `held`."""
        rows = ~self.wholly & ~self.partly[place] & (self.cells[:, held].sum(axis=1) > 0)
        if not rows.any():
            return False
        self.partly[place][np.flatnonzero(rows)[self.bases[rows].argmin()]] = True
        return True

    def broaden(self, place: int, row: int) -> bool:
        """Shares one column more, the smallest in which this row, or any wholly hidden one, has somebody."""
        held = self.cells[self.wholly].sum(axis=0) if self.wholly[row] else self.cells[row]
        more = self.within(self.halves[place]) & ~self.columns[place] & (held > 0)
        if not more.any():
            return False
        self.columns[place][np.flatnonzero(more)[self.cells.sum(axis=0)[more].argmin()]] = True
        return True

    def close(self) -> bool:
        """Closes the smallest row that is not yet; where all are, takes every base."""
        rows = ~self.wholly
        if rows.any() and len(self.halves) > 1:
            self.closed[np.flatnonzero(rows)[self.bases[rows].argmin()]] = True
            return True
        if self.bare.all():
            return False
        self.bare[:] = True
        return True
