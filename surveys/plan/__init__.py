"""The draft plan as numbered clauses: what an authority proposes, in pieces that residents can answer at."""

from collections.abc import Iterator, Mapping
from typing import Literal, get_args

from msgspec import Struct, structs

from surveys.kinds import Block
from surveys.plan.blocks import words_of
from surveys.problems import NO_SUCH_CLAUSE, NotFound

Level = Literal[
    "preamble", "part", "annex", "chapter", "section", "subsection", "article", "clause", "subclause", "point", "paragraph", "closing"
]  # fmt: skip

RANKS: Mapping[str, int] = {
    "preamble": 0, "closing": 0, "part": 1, "annex": 1, "chapter": 2, "section": 3, "subsection": 4, "article": 5, "clause": 6, "subclause": 7,
    "point": 8, "paragraph": 9,
}  # fmt: skip
"""How deep each level stands: phần, phụ lục; chương; mục; tiểu mục; điều; khoản; khoản nhỏ (1.1); điểm; đoạn."""

LEVELS: tuple[Level, ...] = get_args(Level)


class Clause(Struct, frozen=True, omit_defaults=True):
    """One piece with its number as printed (“Điều 5”, “1.”, “đ)”). `id` stays its own over all versions of the plan."""

    id: str
    level: Level
    number: str = ""
    heading: str = ""
    blocks: tuple[Block, ...] = ()

    @property
    def rank(self) -> int:
        return RANKS[self.level]

    @property
    def title(self) -> str:
        """Number and heading as one line; without a heading its first words."""
        words = "" if self.heading else " ".join(words_of(self.blocks[:2]).split())
        shown = words if len(words) <= 80 else f"{words[:80].rpartition(' ')[0]}…"
        return " ".join(part for part in (self.number, self.heading, shown) if part)


class Plan(Struct, frozen=True, omit_defaults=True):
    """Clauses in their order. `given`: the highest id ever handed out, so that none is used twice."""

    clauses: tuple[Clause, ...] = ()
    given: int = 0

    def index(self, clause: str) -> int:
        """Raises NotFound where there is none of that id."""
        for at, one in enumerate(self.clauses):
            if one.id == clause:
                return at
        raise NotFound(NO_SUCH_CLAUSE)

    def clause(self, clause: str) -> Clause:
        return self.clauses[self.index(clause)]

    def parents(self) -> dict[str, str]:
        """By id, the id of the clause that each one lies in; '' at the top."""
        found: dict[str, str] = {}
        open_ones: list[Clause] = []
        for clause in self.clauses:
            while open_ones and open_ones[-1].rank >= clause.rank:
                open_ones.pop()
            found[clause.id] = open_ones[-1].id if open_ones else ""
            open_ones.append(clause)
        return found

    def within(self, clause: str) -> tuple[Clause, ...]:
        """The clauses that lie in this one, at any depth."""
        at = self.index(clause)
        return tuple(deeper(self.clauses, at))

    def path(self, clause: str) -> tuple[Clause, ...]:
        """What the clause lies in, outermost first, and itself."""
        parents = self.parents()
        found = [self.clause(clause)]
        while parents[found[0].id]:
            found.insert(0, self.clause(parents[found[0].id]))
        return tuple(found)


def deeper(clauses: tuple[Clause, ...], at: int) -> Iterator[Clause]:
    for clause in clauses[at + 1 :]:
        if clause.rank <= clauses[at].rank:
            return
        yield clause


def named(n: int) -> str:
    """The id of the n-th clause that was ever made."""
    return f"d{n}"


def with_fresh_ids(clauses: tuple[Clause, ...], given: int) -> Plan:
    """The clauses without an id get the next ones."""
    numbered = []
    for clause in clauses:
        if not clause.id:
            given += 1
        numbered.append(clause if clause.id else structs.replace(clause, id=named(given)))
    return Plan(tuple(numbered), given)
