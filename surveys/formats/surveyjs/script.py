"""SurveyJS expressions: visibleIf, choicesVisibleIf, expression, and `{q}` in texts."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from surveys.conditions import Condition
from surveys.formats import codes, logic
from surveys.formats.comparing import UntakenError, Variable, joined, unanswered
from surveys.formats.infix import Grammar, Node, parse
from surveys.formats.logic import Lookup

GRAMMAR = Grammar(
    tokens=re.compile(
        r"(?P<braced>\{[^{}]+\})|(?P<number>\d+(?:\.\d+)?(?![\w-]))|(?P<string>\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*')"
        r"|(?P<symbol>==|=|!=|<>|<=|>=|&&|\|\||\*=|[-+*/%^<>!(),\[\]])|(?P<word>[\w.#$@:][\w.#$@:-]*)"
    ),
    words={
        "=": "=", "==": "=", "equal": "=", "equals": "=", "!=": "!=", "<>": "!=", "notequal": "!=", "notequals": "!=", "<": "<", "less": "<", "<=": "<=",
        "lessorequal": "<=", ">": ">", "greater": ">", ">=": ">=", "greaterorequal": ">=", "and": "and", "&&": "and", "or": "or", "||": "or", "+": "+",
        "-": "-", "*": "*", "/": "/", "%": "%", "^": "^", "power": "^", "empty": "empty", "notempty": "notempty", "contains": "contains",
        "contain": "contains", "*=": "contains", "notcontains": "notcontains", "notcontain": "notcontains", "anyof": "anyof", "allof": "allof",
        "negate": "!",
    },
    constants={"true": True, "false": False, "undefined": None, "null": None},
    names=False,
)  # fmt: skip
INSERT = re.compile(r"\{([^{}]+)\}")


def lookup(places: Mapping[str, Variable]) -> Lookup:
    def find(name: str) -> Variable:
        if name not in places:
            raise UntakenError(codes.ABOUT_UNTAKEN)
        return places[name]

    return find


def is_empty(node: Node, find: Lookup) -> Condition | bool:
    if len(node.parts) != 1:
        raise UntakenError(codes.UNSUPPORTED_PART)
    return unanswered(logic.named(node.parts[0], find))


FUNCTIONS: logic.Functions = {"isempty": is_empty}


def condition(expression: str, places: Mapping[str, Variable]) -> Condition | None:
    """None where it always holds. Raises UntakenError."""
    return logic.condition(parse(expression, GRAMMAR), lookup(places), FUNCTIONS)


def of_item(expression: str, value: Any, places: Mapping[str, Variable]) -> Condition | bool:
    """The condition of one choice: `{item}` is its value. Raises UntakenError."""
    return logic.said(replaced(parse(expression, GRAMMAR), value), lookup(places), FUNCTIONS)


def replaced(node: Node, value: Any) -> Node:
    if node.op == "name" and node.value in {"item", "choice"}:
        return Node("literal", value if isinstance(value, str | bool) else Decimal(str(value)))
    return Node(node.op, node.value, tuple(replaced(part, value) for part in node.parts))


def calculation(expression: str, places: Mapping[str, Variable]) -> Any:
    return logic.expression(parse(expression, GRAMMAR), lookup(places), FUNCTIONS)


def both(first: Condition | None, second: Condition | None) -> Condition | None:
    found = [one for one in (first, second) if one is not None]
    made: Any = joined("and", found) if found else None
    return made
