"""Infix expressions as trees: LimeSurvey's ExpressionScript and SurveyJS's conditions differ in words only, and each gives its Grammar.

Nothing here is evaluated. Operators of the tree: or and = != < <= > >= + - * / % ^ contains notcontains anyof allof, ! and empty notempty of one part.
"""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from msgspec import Struct

from surveys.formats import codes
from surveys.formats.comparing import UntakenError

LONGEST = 4000
DEEPEST = 60
BINDING = {
    "or": 1, "and": 2, "=": 3, "!=": 3, "<": 3, "<=": 3, ">": 3, ">=": 3, "contains": 3, "notcontains": 3, "anyof": 3, "allof": 3, "empty": 3, "notempty": 3,
    "+": 4, "-": 4, "*": 5, "/": 5, "%": 5, "^": 6,
}  # fmt: skip
TIGHTEST = 7


class Node(Struct, frozen=True):
    """`literal` and `name` hold a value, `call` the function's name; of the others `op` is the operator. `list` holds parts."""

    op: str
    value: Any = None
    parts: tuple["Node", ...] = ()

    def walk(self) -> Iterator["Node"]:
        yield self
        for part in self.parts:
            yield from part.walk()


class Grammar(Struct, frozen=True):
    """`tokens`: a pattern with the groups number, string, braced, word, symbol. `words` are operators as they are written.

    `names`: whether a word that is no operator names a question (else it is a text without quotes).
    """

    tokens: re.Pattern[str]
    words: Mapping[str, str]
    constants: Mapping[str, Any]
    names: bool


Token = tuple[str, str]


def parse(text: str, grammar: Grammar) -> Node:
    """Raises UntakenError where it cannot be read, is too long or too deep."""
    if len(text) > LONGEST:
        raise UntakenError(codes.TOO_LONG_EXPRESSION)
    reader = Reader(tokens(text, grammar), grammar)
    node = reader.expression(0, 0)
    if reader.at < len(reader.tokens):
        raise UntakenError(codes.UNREADABLE_EXPRESSION)
    return node


def tokens(text: str, grammar: Grammar) -> list[Token]:
    found, end = [], 0
    for match in grammar.tokens.finditer(text):
        if text[end : match.start()].strip():
            raise UntakenError(codes.UNREADABLE_EXPRESSION)
        found.append((str(match.lastgroup), match[0]))
        end = match.end()
    if text[end:].strip():
        raise UntakenError(codes.UNREADABLE_EXPRESSION)
    return found


class Reader:
    """Reads tokens by how tightly operators bind."""

    def __init__(self, found: list[Token], grammar: Grammar) -> None:
        self.tokens = found
        self.grammar = grammar
        self.at = 0

    def peek(self) -> Token:
        return self.tokens[self.at] if self.at < len(self.tokens) else ("end", "")

    def next(self) -> Token:
        token = self.peek()
        self.at += 1
        return token

    def expect(self, symbol: str) -> None:
        if self.next()[1] != symbol:
            raise UntakenError(codes.UNREADABLE_EXPRESSION)

    def operator(self) -> str | None:
        kind, text = self.peek()
        return self.grammar.words.get(text.lower()) if kind in {"word", "symbol"} else None

    def expression(self, binding: int, depth: int) -> Node:
        if depth > DEEPEST:
            raise UntakenError(codes.TOO_LONG_EXPRESSION)
        left = self.operand(depth)
        while (operator := self.operator()) and BINDING.get(operator, 0) > binding:
            self.next()
            if operator in {"empty", "notempty"}:
                left = Node(operator, parts=(left,))
            else:
                left = Node(operator, parts=(left, self.expression(BINDING[operator], depth + 1)))
        return left

    def operand(self, depth: int) -> Node:
        kind, text = self.next()
        match kind:
            case "number":
                return Node("literal", Decimal(text))
            case "string":
                return Node("literal", re.sub(r"\\(.)", r"\1", text[1:-1]))
            case "braced":
                return Node("name", text[1:-1].strip())
            case "word":
                return self.word(text, depth)
            case "symbol":
                return self.symbol(text, depth)
        raise UntakenError(codes.UNREADABLE_EXPRESSION)

    def word(self, text: str, depth: int) -> Node:
        if self.peek()[1] == "(":
            self.next()
            return Node("call", text, self.listed(")", depth))
        if self.grammar.words.get(text.lower()) == "!":
            return Node("!", parts=(self.expression(TIGHTEST, depth + 1),))
        if text.lower() in self.grammar.constants:
            return Node("literal", self.grammar.constants[text.lower()])
        return Node("name" if self.grammar.names else "literal", text)

    def symbol(self, text: str, depth: int) -> Node:
        if text == "(":
            inner = self.expression(0, depth + 1)
            self.expect(")")
            return inner
        if text == "[":
            return Node("list", parts=self.listed("]", depth))
        if text == "!":
            return Node("!", parts=(self.expression(TIGHTEST, depth + 1),))
        if text in {"-", "+"}:
            inner = self.expression(TIGHTEST, depth + 1)
            if isinstance(inner.value, Decimal):
                return Node("literal", -inner.value if text == "-" else inner.value)
            return inner if text == "+" else Node("-", parts=(Node("literal", Decimal(0)), inner))
        raise UntakenError(codes.UNREADABLE_EXPRESSION)

    def listed(self, end: str, depth: int) -> tuple[Node, ...]:
        """What stands between commas, up to the closing sign."""
        found: list[Node] = []
        if self.peek()[1] == end:
            self.next()
            return ()
        while True:
            found.append(self.expression(0, depth + 1))
            sign = self.next()[1]
            if sign == end:
                return tuple(found)
            if sign != ",":
                raise UntakenError(codes.UNREADABLE_EXPRESSION)
