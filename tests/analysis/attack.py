"""A reader of tallies.json who knows arithmetic: the least and most that each hidden count can be, given everything published."""

import itertools
from collections.abc import Iterator
from typing import Any

import numpy as np
from scipy.optimize import linprog

NO_GROUP = "no group"


class Attack:
    """Linear equations over what one question of tallies.json says and leaves out; every unknown is 0 or more.

    That no more answered than took part is left out: how many of a group gave no reply is not a secret (analysis/disclosure.py).
    """

    def __init__(self, question: dict[str, Any], responses: int) -> None:
        self.names: dict[tuple[str, ...], int] = {}
        self.equal: list[tuple[dict[int, float], float]] = []
        self.at_most: list[tuple[dict[int, float], float]] = []
        self.question, self.several = question, question["kind"] in ("select_multiple", "points")
        self.table(("all",), question, responses)
        for by, groups in question["groups"].items():
            rows = [(by, group["value"]) for group in groups]
            for row, group in zip(rows, groups, strict=True):
                self.table(row, group, group["responses"])
            self.table((by, NO_GROUP), {"answered": None, "options": [{**option, "count": None} for option in question["options"]]}, None)
            rows.append((by, NO_GROUP))
            for part in ("responses", "answered", *(option["value"] for option in question["options"])):
                self.add({(*row, part): 1.0 for row in rows} | {("all", part): -1.0}, 0)

    def unknown(self, name: tuple[str, ...]) -> int:
        return self.names.setdefault(name, len(self.names))

    def add(self, terms: dict[tuple[str, ...], float], value: float) -> None:
        self.equal.append(({self.unknown(name): factor for name, factor in terms.items()}, value))

    def table(self, row: tuple[str, ...], said: dict[str, Any], responses: int | None) -> None:
        """Everything one row of a table says."""
        answered, options = (*row, "answered"), [(*row, option["value"]) for option in said["options"]]
        for name, value in [((*row, "responses"), responses), (answered, said["answered"])]:
            if value is not None:
                self.add({name: 1.0}, value)
        if row[-1] == NO_GROUP:
            self.at_most.append(({self.unknown(answered): 1.0, self.unknown((*row, "responses")): -1.0}, 0))
        for name, option in zip(options, said["options"], strict=True):
            if option["count"] is not None:
                self.add({name: 1.0}, option["count"])
            self.at_most.append(({self.unknown(name): 1.0, self.unknown(answered): -1.0}, 0))
        if options and not self.several:
            self.add(dict.fromkeys(options, 1.0) | {answered: -1.0}, 0)
        if said["answered"] and said.get("satisfied_percent") is not None:
            self.add(dict.fromkeys(options[-2:], 1.0), round(said["satisfied_percent"] * said["answered"] / 100))
        if said["answered"] and said.get("mean") is not None and options:
            self.add({name: float(name[-1]) for name in options}, round(said["mean"] * said["answered"]))

    def ranges(self) -> Iterator[tuple[tuple[str, ...], float, float]]:
        """(cell, least, most) of every option that is hidden."""
        equal = np.zeros((len(self.equal), len(self.names)))
        for place, (terms, _) in enumerate(self.equal):
            equal[place, list(terms)] = list(terms.values())
        at_most = np.zeros((len(self.at_most), len(self.names)))
        for place, (terms, _) in enumerate(self.at_most):
            at_most[place, list(terms)] = list(terms.values())
        for name in self.hidden():
            aim = np.zeros(len(self.names))
            aim[self.names[name]] = 1
            ends = [
                linprog(sign * aim, A_eq=equal, b_eq=[value for _, value in self.equal], A_ub=at_most, b_ub=[value for _, value in self.at_most])
                for sign in (1, -1)
            ]
            assert all(end.status in (0, 3) for end in ends), [end.message for end in ends]
            yield name, ends[0].fun, -ends[1].fun if ends[1].status == 0 else np.inf

    def hidden(self) -> Iterator[tuple[str, ...]]:
        rows = [(("all",), self.question)] + [((by, group["value"]), group) for by, groups in self.question["groups"].items() for group in groups]
        for row, said in rows:
            yield from ((*row, option["value"]) for option in said["options"] if option["count"] is None)


class RankAttack:
    """The same over a ranking: whoever ranks puts all options in some order, so every row has an unknown an order."""

    def __init__(self, question: dict[str, Any], full: dict[str, Any]) -> None:
        self.names = [option["value"] for option in question["options"]]
        self.orders = list(itertools.permutations(range(len(self.names))))
        self.rows: list[tuple[str, dict[str, Any]]] = [("all", full)]
        self.equal: list[dict[int, float]] = []
        self.right: list[float] = []
        self.table(0, question)
        for by, groups in question["groups"].items():
            first = len(self.rows)
            for group, whole in zip(groups, full["groups"][by], strict=True):
                self.rows.append((f"{by}/{group['value']}", whole))
                self.table(len(self.rows) - 1, group)
            self.rows.append((f"{by}/{NO_GROUP}", {"options": []}))
            for order in range(len(self.orders)):
                self.add({at * len(self.orders) + order: 1.0 for at in range(first, len(self.rows))} | {order: -1.0}, 0)

    def add(self, terms: dict[int, float], value: float) -> None:
        self.equal.append(terms)
        self.right.append(value)

    def row(self, at: int, factors: list[float]) -> dict[int, float]:
        return {at * len(self.orders) + order: factor for order, factor in enumerate(factors) if factor}

    def table(self, at: int, said: dict[str, Any]) -> None:
        """Everything one row of a table says."""
        if said["answered"] is not None:
            self.add(self.row(at, [1.0] * len(self.orders)), said["answered"])
        for place, option in enumerate(said["options"]):
            if option["count"] is not None:
                self.add(self.row(at, [float(order[0] == place) for order in self.orders]), option["count"])
            if option["mean_rank"] is not None:
                self.add(self.row(at, [float(order.index(place) + 1) for order in self.orders]), round(option["mean_rank"] * option["ranked"]))

    def ranges(self, k: int) -> Iterator[tuple[str, str, int, float, float]]:
        """(row, option, rank, least, most) of every rank that fewer than k people gave an option."""
        lines = np.zeros((len(self.equal), len(self.rows) * len(self.orders)))
        for place, terms in enumerate(self.equal):
            lines[place, list(terms)] = list(terms.values())
        for at, (name, whole) in enumerate(self.rows):
            for place, option in enumerate(whole["options"]):
                for rank in (rank for rank, people in enumerate(option["ranks"] or []) if 0 < people < k):
                    aim = np.zeros(lines.shape[1])
                    terms = self.row(at, [float(order[rank] == place) for order in self.orders])
                    aim[list(terms)] = list(terms.values())
                    ends = [linprog(sign * aim, A_eq=lines, b_eq=self.right) for sign in (1, -1)]
                    assert all(end.status in (0, 3) for end in ends), [end.message for end in ends]
                    yield name, self.names[place], rank + 1, ends[0].fun, -ends[1].fun if ends[1].status == 0 else np.inf
