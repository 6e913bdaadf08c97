"""A calculation as somebody who knows Excel writes it: `so_nguoi * 2`, `MAX(a; b)`, `IF(tuoi >= 18; 1; 0)`.

Names are those of questions; one with a slash or a dash stands in square brackets: `[dien_tich/dat_o]`. Decimals by comma or point, so
that arguments are parted by a semicolon. × and ÷ are read too.
"""

import re
from collections.abc import Sequence
from typing import Any, NoReturn

from surveys import problems
from surveys.calculations import Expression
from surveys.guards import is_number, is_var
from surveys.problems import Problem

TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:[.,]\d+)?)|(?P<text>\"[^\"]*\"|“[^”]*”)|(?P<name>[^\W\d]\w*|\[[^\]\[]+\])|(?P<sign><=|>=|<>|!=|==|[-+*/×÷()=<>;])|(?P<odd>\S))"
)
SIGNS = {"×": "*", "÷": "/", "<>": "!=", "=": "=="}
COMPARED = ("==", "!=", "<", "<=", ">", ">=")
LONGEST = 1000
DEEPEST = 12


class FormulaError(ValueError):
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code.id)
        self.problem = problem


def parsed(words: str) -> Expression | Problem:
    """The expression of a formula, or what is wrong with it."""
    if len(words) > LONGEST:
        return Problem(problems.TOO_LONG, given={"given": len(words), "high": LONGEST})
    try:
        reader = Reader(tokens(words.strip().removeprefix("=")))
        found = reader.total(0)
        return found if reader.at_end() else reader.refuse()
    except FormulaError as error:
        return error.problem


def tokens(words: str) -> list[tuple[str, str]]:
    found = []
    for match in TOKEN.finditer(words):
        sort = match.lastgroup or "odd"
        piece = match[sort]
        found.append((sort, SIGNS.get(piece, piece) if sort == "sign" else piece))
    return found


class Reader:
    """Walks the tokens once, loosest signs first."""

    def __init__(self, given: Sequence[tuple[str, str]]) -> None:
        self.given = given
        self.at = 0

    def at_end(self) -> bool:
        return self.at >= len(self.given)

    def refuse(self) -> NoReturn:
        if self.at_end():
            raise FormulaError(Problem(problems.FORMULA_ENDS))
        raise FormulaError(Problem(problems.FORMULA_ODD, given={"given": self.given[self.at][1]}))

    def sees(self, *signs: str) -> bool:
        return not self.at_end() and self.given[self.at][0] == "sign" and self.given[self.at][1] in signs

    def next(self) -> tuple[str, str]:
        if self.at_end():
            self.refuse()
        self.at += 1
        return self.given[self.at - 1]

    def expect(self, sign: str) -> None:
        if not self.sees(sign):
            self.refuse()
        self.at += 1

    def total(self, depth: int) -> Expression:
        if depth > DEEPEST:
            self.refuse()
        found = self.product(depth)
        while self.sees("+", "-"):
            found = {self.next()[1]: [found, self.product(depth)]}
        return found

    def product(self, depth: int) -> Expression:
        found = self.factor(depth)
        while self.sees("*", "/"):
            found = {self.next()[1]: [found, self.factor(depth)]}
        return found

    def factor(self, depth: int) -> Expression:
        if self.sees("-"):
            self.at += 1
            inner = self.factor(depth + 1)
            return -inner if is_number(inner) else {"-": [0, inner]}
        if self.sees("("):
            self.at += 1
            found = self.total(depth + 1)
            self.expect(")")
            return found
        sort, piece = self.next()
        if sort == "number":
            number = float(piece.replace(",", "."))
            return int(number) if number.is_integer() else number
        if sort != "name":
            self.at -= 1
            self.refuse()
        return self.function(piece.casefold(), depth) if self.sees("(") else var(piece)

    def function(self, name: str, depth: int) -> Expression:
        if name in ("min", "max"):
            return {name: self.arguments(depth, self.total, 2)}
        if name not in ("if", "nếu"):
            self.at -= 1
            self.refuse()
        self.expect("(")
        condition = self.condition(depth + 1)
        self.expect(";")
        met = self.total(depth + 1)
        self.expect(";")
        unmet = self.total(depth + 1)
        self.expect(")")
        return {"if": [condition, met, unmet]}

    def arguments(self, depth: int, read: Any, least: int) -> list[Any]:
        self.expect("(")
        found = [read(depth + 1)]
        while self.sees(";"):
            self.at += 1
            found.append(read(depth + 1))
        if len(found) < least:
            self.refuse()
        self.expect(")")
        return found

    def condition(self, depth: int) -> Any:
        """AND(…; …), OR(…; …), NOT(…), or a comparison of a question with a value."""
        if depth > DEEPEST:
            self.refuse()
        sort, piece = self.next()
        joined = {"and": "and", "và": "and", "or": "or", "hoặc": "or", "not": "!", "không": "!"}.get(piece.casefold())
        if sort == "name" and joined and self.sees("("):
            return {joined: self.arguments(depth, self.condition, 1)}
        self.at -= 1
        left = self.side()
        if not self.sees(*COMPARED):
            self.refuse()
        sign = self.next()[1]
        return {sign: [left, self.side()]}

    def side(self) -> Any:
        minus = self.sees("-")
        self.at += minus
        sort, piece = self.next()
        if sort == "text" and not minus:
            return piece[1:-1]
        if sort == "number":
            number = float(piece.replace(",", ".")) * (-1 if minus else 1)
            return int(number) if number.is_integer() else number
        if sort != "name" or minus:
            self.at -= 1
            self.refuse()
        return var(piece)


def var(piece: str) -> dict[str, str]:
    return {"var": piece.strip("[]").strip()}


def written(expression: Expression) -> str:
    """The formula of an expression; `parsed` gives the expression back."""
    return put(expression, 0)


TIGHT = {"+": 1, "-": 1, "*": 2, "/": 2}


def put(expression: Expression, tight: int) -> str:
    if is_var(expression):
        name = expression["var"]
        return name if re.fullmatch(r"[^\W\d]\w*", name) else f"[{name}]"
    if is_number(expression):
        return f"{expression:g}".replace(".", ",") if isinstance(expression, float) else str(expression)
    if isinstance(expression, str):
        return f'"{expression}"'
    if not isinstance(expression, dict) or len(expression) != 1:
        return "?"
    operator, given = next(iter(expression.items()))
    if operator in TIGHT:
        mine = TIGHT[operator]
        said = put(given[0], mine) + "".join(f" {operator} {put(part, mine + 1)}" for part in given[1:])
        return f"({said})" if mine < tight else said
    if operator in COMPARED and len(given) == 2:
        sign = {"==": "=", "!=": "<>"}.get(operator, operator)
        return f"{put(given[0], 0)} {sign} {put(given[1], 0)}"
    name = {"!": "NOT"}.get(operator, operator.upper())
    return f"{name}({'; '.join(put(part, 0) for part in given)})"
