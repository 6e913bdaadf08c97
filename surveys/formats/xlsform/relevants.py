"""`relevant` and `choice_filter` of XLSForms → our conditions: the XPath taken apart; what it compares is for comparing.py."""

from collections.abc import Mapping
from decimal import Decimal

from msgspec import Struct

from surveys.conditions import Condition
from surveys.formats import codes
from surveys.formats.comparing import SWAPPED, Literal, UntakenError, Variable, against, answered, chose, counted, joined, negated, pair
from surveys.formats.logic import constant
from surveys.formats.xlsform.expressions import Node, bare, element, literal, operands, parse, variable
from surveys.kinds import OTHER, Ranking, Scale, SelectMultiple, SelectOne
from surveys.kinds import Decimal as DecimalKind
from surveys.kinds import Place as Point

Places = Mapping[str, Variable]
PARTS = ("lat", "lon")


class Terms(Struct, frozen=True):
    """What names in an expression stand for: questions, and in a choice filter the columns of one option."""

    places: Places
    columns: Mapping[str, str] | None = None

    def place(self, name: str) -> Variable:
        if name not in self.places:
            raise UntakenError(codes.ABOUT_UNTAKEN)
        return self.places[name]

    def literal(self, token: Node) -> Literal | None:
        found = literal(token)
        if found is None and self.columns is not None and (name := element(token)):
            if name not in self.columns:
                raise UntakenError(codes.NO_SUCH_COLUMN)
            return self.columns[name]
        return found

    def answer(self, token: Node) -> Variable | None:
        """The answer that a token names: a question's, the first of a ranking, a part of a place."""
        if name := variable(token):
            return self.place(name)
        token = bare(token)
        if token.symbol != "selected-at" or not (name := variable(token[0])) or (at := literal(token[1])) not in {Decimal(0), Decimal(1)}:
            return None
        where = self.place(name)
        if isinstance(where.kind, Point):
            return Variable(f"{where.path}/{PARTS[int(at)]}", DecimalKind())
        return where if isinstance(where.kind, Ranking) and not at else None


def condition(expression: str, places: Places) -> Condition | None:
    """None where it always holds. Raises UntakenError."""
    made = said(parse(expression), Terms(places))
    if made is False:
        raise UntakenError(codes.UNSUPPORTED_PART)
    return None if made is True else made


def said(token: Node, terms: Terms) -> Condition | bool:
    token = bare(token)
    if token.symbol in {"and", "or"}:
        return joined(token.symbol, [said(operand, terms) for operand in operands(token, token.symbol)])
    if token.symbol == "not":
        return negated(said(token[0], terms))
    if token.symbol in {"true", "false"}:
        return token.symbol == "true"
    if token.symbol in SWAPPED:
        return compared(token[0], token.symbol, token[1], terms)
    if token.symbol == "selected":
        return selected(token, terms)
    if where := terms.answer(token):
        return answered(where)
    raise UntakenError(codes.UNSUPPORTED_PART)


def compared(left: Node, operator: str, right: Node, terms: Terms) -> Condition | bool:
    if terms.literal(left) is not None:
        left, operator, right = right, SWAPPED[operator], left
    value, where, other = terms.literal(right), terms.answer(left), terms.answer(right)
    if where and other:
        return pair(where, operator, other)
    if where and value is not None:
        if isinstance(where.kind, Ranking) and variable(left) and value != "":
            raise UntakenError(codes.WRONG_TYPES)
        return outside(where, operator, value) if is_outside(where, value, terms) else against(where, operator, value)
    if value is not None and (fixed := terms.literal(left)) is not None:
        return constant(fixed, operator, value)
    left = bare(left)
    if left.symbol in {"count-selected", "string-length"} and (name := variable(left[0])) and value is not None:
        return counted(terms.place(name), operator, value)
    if left.symbol == "selected" and bare(right).symbol in {"true", "false"}:
        inner = selected(left, terms)
        return inner if (bare(right).symbol == "true") == (operator == "=") else negated(inner)
    raise UntakenError(codes.UNSUPPORTED_PART)


def is_outside(where: Variable, value: Literal, terms: Terms) -> bool:
    """Whether the column of an option says what no answer to that question can be."""
    kind = where.kind
    if terms.columns is None or value == "" or not isinstance(kind, SelectOne | SelectMultiple | Scale):
        return False
    names = {option.name for option in (*kind.options, *getattr(kind, "missing", ()))} | ({OTHER} if getattr(kind, "other", False) else set())
    return str(value) not in names


def outside(where: Variable, operator: str, value: Literal) -> Condition | bool:
    if operator not in {"=", "!="}:
        return against(where, operator, value)
    return operator == "!="


def selected(token: Node, terms: Terms) -> Condition | bool:
    """One of several answers; or, turned round, an answer among the words of an option's column."""
    where, value = terms.answer(token[0]), terms.literal(token[1])
    if where and value is not None:
        return False if is_outside(where, value, terms) else chose(where, value)
    listed, where = terms.literal(token[0]), terms.answer(token[1])
    if listed is None or where is None:
        raise UntakenError(codes.UNSUPPORTED_PART)
    words = str(listed).split()
    return joined("or", [False if is_outside(where, word, terms) else against(where, "=", word) for word in words]) if words else False
