"""Constraints of a select_multiple: which options go with no other, and how many may be chosen.

Authors say “none of these” in many ways. What a part of a constraint allows is tried on every set of options, so that each way counts.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from decimal import Decimal
from itertools import chain, combinations

from msgspec import structs

from surveys.formats import codes
from surveys.formats.comparing import UntakenError
from surveys.formats.xlsform.expressions import Node, bare, literal, operands
from surveys.kinds import SelectMultiple

MOST_TRIED = 12
"""Options beyond which the sets would be too many."""

COMPARE: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    "=": lambda left, right: left == right,
    "!=": lambda left, right: left != right,
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
}


def with_exclusive(kind: SelectMultiple, token: Node) -> SelectMultiple:
    """The kind with the option of which the token says that it goes with no other; of two that may not go together, the one named first.

    Raises UntakenError where it says anything else.
    """
    named = [str(literal(part[1])) for part in token.iter("selected")]
    names = sorted((option.name for option in kind.options), key=lambda name: named.index(name) if name in named else len(named))
    if len(names) > MOST_TRIED:
        raise UntakenError(codes.UNSUPPORTED_PART)
    allowed = {frozenset(chosen): allows(token, chosen) for chosen in sets(names)}
    for name in names:
        if all(good == (name not in chosen or len(chosen) == 1) for chosen, good in allowed.items()):
            options = tuple(structs.replace(option, exclusive=option.exclusive or option.name == name) for option in kind.options)
            return structs.replace(kind, options=options)
    raise UntakenError(codes.UNSUPPORTED_PART)


def sets(names: Collection[str]) -> Iterator[tuple[str, ...]]:
    """Every way to choose at least one: a constraint is not asked about blanks."""
    return chain.from_iterable(combinations(names, size) for size in range(1, len(names) + 1))


def allows(token: Node, chosen: Collection[str]) -> bool:
    """Whether an expression over `.` holds of these options. Raises UntakenError where it speaks of anything else."""
    token = bare(token)
    match token.symbol:
        case "and":
            return allows(token[0], chosen) and allows(token[1], chosen)
        case "or":
            return allows(token[0], chosen) or allows(token[1], chosen)
        case "not":
            return not allows(token[0], chosen)
        case "if":
            return allows(token[1] if allows(token[0], chosen) else token[2], chosen)
        case "true" | "false":
            return bool(token.symbol == "true")
        case "selected" if bare(token[0]).symbol == ".":
            return str(literal(token[1])) in chosen
        case symbol if symbol in COMPARE:
            return compares(token, chosen)
    raise UntakenError(codes.UNSUPPORTED_PART)


def compares(token: Node, chosen: Collection[str]) -> bool:
    """`count-selected(.) > 1`, `. = 'none'`."""
    what, limit = bare(token[0]), literal(token[1])
    if counts_here(what) and isinstance(limit, Decimal):
        return COMPARE[token.symbol](Decimal(len(chosen)), limit)
    if what.symbol == "." and isinstance(limit, str) and token.symbol in {"=", "!="}:
        return (list(chosen) == [limit]) == (token.symbol == "=")
    raise UntakenError(codes.UNSUPPORTED_PART)


def counts_here(token: Node) -> bool:
    return bool(token.symbol == "count-selected" and bare(token[0]).symbol == ".")


def least_or_alone(kind: SelectMultiple, token: Node) -> tuple[str, str | Decimal] | None:
    """(`>=`, n) of `count-selected(.) >= n or selected(., 'x')`, where x go with no other anyway."""
    parts = [bare(part) for part in operands(token, "or")]
    counts = [part for part in parts if part.symbol in {">", ">="} and counts_here(bare(part[0]))]
    alone = {option.name for option in kind.options if option.exclusive}
    others = [part for part in parts if part not in counts]
    if len(counts) != 1 or not all(part.symbol == "selected" and bare(part[0]).symbol == "." and literal(part[1]) in alone for part in others):
        return None
    limit = literal(counts[0][1])
    return None if limit is None else (str(counts[0].symbol), limit)
