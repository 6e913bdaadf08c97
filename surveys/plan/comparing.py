"""Two versions of a plan clause by clause: what stayed, what changed and in which words, what is new, gone, moved, numbered anew."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from typing import Literal

from msgspec import Struct

from surveys.plan import Clause, Plan
from surveys.plan.blocks import words_of

TOKEN = re.compile(r"\s+|[^\W_]+|[\W_]")
MOST_TOKENS = 6000
"""Beyond it a clause is shown as a whole, old and new: the time to compare grows with the square."""

State = Literal["same", "changed", "added", "removed", "moved", "renumbered"]


class Piece(Struct, frozen=True):
    """A run of words that both have, or only the old, or only the new one."""

    what: Literal["same", "removed", "added"]
    text: str


class Change(Struct, frozen=True):
    """What became of one clause. `heading` and `text`: its words, old and new woven together."""

    old: Clause | None
    new: Clause | None
    heading: tuple[Piece, ...] = ()
    text: tuple[Piece, ...] = ()
    moved: bool = False

    @property
    def clause(self) -> Clause:
        """The newer of both."""
        found = self.new or self.old
        assert found
        return found

    @property
    def renumbered(self) -> bool:
        return bool(self.old and self.new and (self.old.number, self.old.level) != (self.new.number, self.new.level))

    @property
    def reworded(self) -> bool:
        return any(piece.what != "same" for piece in (*self.heading, *self.text))

    @property
    def state(self) -> State:
        """The weightiest of what happened to it."""
        if self.old is None:
            return "added"
        if self.new is None:
            return "removed"
        if self.reworded:
            return "changed"
        return "moved" if self.moved else "renumbered" if self.renumbered else "same"


def compared(old: Plan, new: Plan) -> tuple[Change, ...]:
    """In the new order; what is gone stands where it was. Clauses with the same id are the same one (`matching.carried`)."""
    before = {clause.id: clause for clause in old.clauses}
    kept = {clause.id for clause in new.clauses} & set(before)
    strayed = moved_ids(old, new, kept)
    found = []
    for clause in new.clauses:
        was = before.get(clause.id)
        if was is None:
            found.append(Change(None, clause, woven("", clause.heading), woven("", words_of(clause.blocks))))
        else:
            texts = words_of(was.blocks), words_of(clause.blocks)
            found.append(Change(was, clause, woven(was.heading, clause.heading), woven(*texts), moved=clause.id in strayed))
    return tuple(with_removed(old, found, kept))


def with_removed(old: Plan, changes: list[Change], kept: set[str]) -> Iterable[Change]:
    """What is gone follows the clause that it followed."""
    behind: dict[str, list[Clause]] = {}
    anchor = ""
    for clause in old.clauses:
        if clause.id in kept:
            anchor = clause.id
        else:
            behind.setdefault(anchor, []).append(clause)
    yield from (gone(clause) for clause in behind.get("", []))
    for change in changes:
        yield change
        yield from (gone(clause) for clause in behind.get(change.clause.id, []))


def gone(clause: Clause) -> Change:
    return Change(clause, None, woven(clause.heading, ""), woven(words_of(clause.blocks), ""))


def moved_ids(old: Plan, new: Plan, kept: set[str]) -> set[str]:
    """The fewest clauses that changed places: all but the longest run that kept its order, and what now lies in another clause."""
    places = {clause.id: at for at, clause in enumerate(old.clauses)}
    order = [clause.id for clause in new.clauses if clause.id in kept]
    steady = {order[at] for at in longest_rising([places[one] for one in order])}
    old_parents, new_parents = old.parents(), new.parents()
    rehoused = {one for one in kept if new_parents[one] in kept and old_parents[one] in kept and new_parents[one] != old_parents[one]}
    return (kept - steady) | rehoused


def longest_rising(values: Sequence[int]) -> list[int]:
    """Positions of a longest increasing run, after Fredman (1975)."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for at, value in enumerate(values):
        place = bisect_left(tails, value)
        tails[place : place + 1] = [value]
        ends[place : place + 1] = [at]
        before.append(ends[place - 1] if place else -1)
    found = []
    at = ends[-1] if ends else -1
    while at >= 0:
        found.append(at)
        at = before[at]
    return found[::-1]


def woven(old: str, new: str) -> tuple[Piece, ...]:
    """Both texts as one run of pieces: words only the old has stand before those that replace them."""
    if old == new:
        return (Piece("same", new),) if new else ()
    one, other = TOKEN.findall(old), TOKEN.findall(new)
    if max(len(one), len(other)) > MOST_TOKENS:
        return tuple(piece for piece in (Piece("removed", old), Piece("added", new)) if piece.text)
    pieces = []
    for what, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if what == "equal":
            pieces.append(Piece("same", "".join(other[c:d])))
        else:
            pieces += [Piece("removed", "".join(one[a:b]))] if a < b else []
            pieces += [Piece("added", "".join(other[c:d]))] if c < d else []
    return tuple(smoothed(pieces))


def smoothed(pieces: Sequence[Piece]) -> list[Piece]:
    """Changes that only a space parts become one: people read words, not letters."""
    runs: list[tuple[str, str]] = []
    found: list[Piece] = []
    for at, piece in enumerate(pieces):
        if piece.what == "same" and not (piece.text.isspace() and 0 < at < len(pieces) - 1):
            found += flushed(runs)
            runs = []
            found.append(piece)
        else:
            runs.append((piece.text if piece.what != "added" else "", piece.text if piece.what != "removed" else ""))
    return found + flushed(runs)


def flushed(runs: Sequence[tuple[str, str]]) -> list[Piece]:
    old, new = "".join(one for one, _ in runs), "".join(other for _, other in runs)
    return [piece for piece in (Piece("removed", old), Piece("added", new)) if piece.text]
