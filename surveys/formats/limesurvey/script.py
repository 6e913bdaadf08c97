"""ExpressionScript: relevance, `{…}` in texts, equations."""

import re
from collections.abc import Mapping
from typing import Any

from surveys.conditions import Condition
from surveys.formats import codes, logic
from surveys.formats.comparing import UntakenError, Variable, answered, joined, negated, unanswered
from surveys.formats.infix import Grammar, Node, parse
from surveys.formats.logic import Lookup

GRAMMAR = Grammar(
    tokens=re.compile(
        r"(?P<word>\d+X\d+X\d+\w*(?:\.\w+)?|[A-Za-z_]\w*(?:[.:]\w+)*)|(?P<number>\d+(?:\.\d+)?|\.\d+)"
        r"|(?P<string>\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*')|(?P<symbol>==|!=|<=|>=|&&|\|\||[-+*/%<>!(),])"
    ),
    words={
        "==": "=", "eq": "=", "!=": "!=", "ne": "!=", "<": "<", "lt": "<", "<=": "<=", "le": "<=", ">": ">", "gt": ">", ">=": ">=", "ge": ">=",
        "and": "and", "&&": "and", "or": "or", "||": "or", "+": "+", "-": "-", "*": "*", "/": "/", "%": "%",
    },
    constants={"true": True, "false": False},
    names=True,
)  # fmt: skip
INSERT = re.compile(r"\{(?!\s)([^{}]+)\}")
ANSWER = re.compile(r"\.(NAOK|code|value|valueNAOK)$")
OLD = re.compile(r"^(INSERTANS:)")
OTHER_CODE = "-oth-"


def lookup(places: Mapping[str, Variable]) -> Lookup:
    """Names with or without what LimeSurvey hangs on them; another suffix means something that is no answer."""

    def find(name: str) -> Variable:
        bare = ANSWER.sub("", OLD.sub("", name)).removeprefix("that.")
        if bare not in places:
            raise UntakenError(codes.ABOUT_UNTAKEN)
        return places[bare]

    return find


def is_empty(node: Node, find: Lookup) -> Condition | bool:
    if len(node.parts) != 1:
        raise UntakenError(codes.UNSUPPORTED_PART)
    return unanswered(logic.named(node.parts[0], find))


def whether(node: Node, find: Lookup) -> Condition | bool:
    """`count(Q2_1, Q2_2)` alone: whether any of them was chosen."""
    return joined("or", [answered(logic.named(part, find)) for part in node.parts])


def not_empty(node: Node, find: Lookup) -> Condition | bool:
    return negated(is_empty(node, find))


FUNCTIONS: logic.Functions = {"is_empty": is_empty, "empty": is_empty, "count": whether, "strlen": whether, "isset": not_empty}


def condition(expression: str, places: Mapping[str, Variable]) -> Condition | None:
    """None where it always holds. Raises UntakenError."""
    text = expression.strip()
    if text.startswith("{") and text.endswith("}"):
        text = text[1:-1]
    return logic.condition(parse(text, GRAMMAR), lookup(places), FUNCTIONS)


def calculation(text: str, places: Mapping[str, Variable]) -> Any:
    """What stands in the braces of an equation. Raises UntakenError."""
    inner = text.strip()
    return logic.expression(parse(inner[1:-1] if inner.startswith("{") and inner.endswith("}") else inner, GRAMMAR), lookup(places), FUNCTIONS)


def inserted(expression: str, places: Mapping[str, Variable]) -> str | None:
    """The question whose answer alone stands in these braces; None for anything else."""
    name = OLD.sub("", expression.strip())
    place = places.get(ANSWER.sub("", name.removesuffix(".shown")))
    return place.path if place and not place.option and place.path else None
