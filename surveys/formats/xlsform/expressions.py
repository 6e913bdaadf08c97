"""XPath of XLSForms as trees: elementpath reads it, with ODK's functions made known by name.

Nothing here is evaluated. `${question}` is read as the variable `$question`.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from elementpath import ElementPathError, XPath1Parser
from elementpath.tdop import Parser, Token

from surveys.formats import codes
from surveys.formats.comparing import UntakenError

LONGEST = 4000
QUOTES = str.maketrans("‘’“”", "''\"\"")
REFERENCE = re.compile(r"\$\{\s*([^}\s]+)\s*\}")
LITERAL = re.compile(r"'[^']*'|\"[^\"]*\"")
UNREAD: dict[str, int | tuple[int, int | None]] = {
    "selected": 2, "count-selected": 1, "selected-at": 2, "today": 0, "now": 0, "date": 1, "regex": 2, "if": 3, "int": 1, "once": 1,
    "coalesce": 2, "format-date": 2, "min": (1, None), "max": (1, None), "decimal-date-time": 1, "uuid": 0, "random": 0, "indexed-repeat": 3, "pulldata": 4,
}  # fmt: skip
"""ODK's functions by number of arguments; what is called otherwise is an expression that we do not read."""

Node = Token[Any]
"""Part of an expression, with its operands as items."""


class OdkParser(XPath1Parser):
    """XPath 1.0 with the functions that forms use."""


for _name, _count in UNREAD.items():
    if _name not in OdkParser.symbol_table:
        OdkParser.function(_name, nargs=_count)
OdkParser.unregister("round")
OdkParser.function("round", nargs=(1, 2))
OdkParser.build()


def parse(expression: str) -> Node:
    """Raises UntakenError where it is no XPath, too long or too deep."""
    if len(expression) > LONGEST:
        raise UntakenError(codes.TOO_LONG_EXPRESSION)
    try:
        return Parser.parse(OdkParser(), as_variables(expression.translate(QUOTES)))  # XPath1Parser.parse would also try to run it
    except RecursionError:
        raise UntakenError(codes.TOO_LONG_EXPRESSION) from None
    except (ElementPathError, ValueError):
        raise UntakenError(codes.UNREADABLE_EXPRESSION) from None


def as_variables(expression: str) -> str:
    """`${a} = '${b}'` → `$a = '${b}'`."""
    parts, end = [], 0
    for literal in LITERAL.finditer(expression):
        parts += [REFERENCE.sub(r"$\1", expression[end : literal.start()]), literal[0]]
        end = literal.end()
    return "".join([*parts, REFERENCE.sub(r"$\1", expression[end:])])


def references(text: str) -> list[str]:
    """The questions that an expression or a text names, each once; also those of which the last answer is wanted."""
    return list(dict.fromkeys(name.removeprefix("last-saved#") for name in REFERENCE.findall(text)))


def bare(token: Node) -> Node:
    """Without the brackets around it, and without functions that only state a type."""
    while token.symbol == "(" or (token.symbol in {"string", "number", "once"} and len(token) == 1):
        token = token[0]
    return token


def operands(token: Node, operator: str) -> Iterator[Node]:
    """`a and b and c` one by one. What stands in brackets stays together."""
    if token.symbol == operator:
        yield from operands(token[0], operator)
        yield token[1]
    else:
        yield token


def literal(token: Node) -> str | Decimal | None:
    """What is written down: text, a number, or the day inside date('2026-11-23'); else None."""
    token = bare(token)
    if token.symbol == "(string)":
        return str(token.value)
    if token.symbol in {"(integer)", "(decimal)", "(float)"}:
        return Decimal(str(token.value))
    if token.symbol in {"-", "+"} and len(token) == 1 and isinstance(number := literal(token[0]), Decimal):
        return -number if token.symbol == "-" else number
    if token.symbol == "date" and bare(token[0]).symbol == "(string)":
        return str(bare(token[0]).value)
    return None


def variable(token: Node) -> str | None:
    """The question that a token names."""
    token = bare(token)
    return str(token.value) if token.symbol == "$" else None


def element(token: Node) -> str | None:
    """The column of the choices sheet that a token names, in a choice filter."""
    token = bare(token)
    return str(token.value) if token.symbol == "(name)" else None
