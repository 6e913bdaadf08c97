"""Questionnaires of every kind with conditions, and answers to them, for property tests."""

import datetime
from typing import Any

from hypothesis import strategies as st
from msgspec import structs

from surveys.conditions import Operand, operands
from surveys.kinds import (
    OTHER,
    SATISFACTION,
    STANCES,
    Block,
    Calculation,
    Clause,
    Consent,
    Date,
    Decimal,
    File,
    Integer,
    Kind,
    Matrix,
    Note,
    OpenText,
    Option,
    Place,
    Points,
    Ranking,
    Scale,
    SelectMultiple,
    SelectOne,
    Stance,
    Time,
    UnitChoice,
)
from surveys.questionnaire import Question, Questionnaire, Section

names = st.sampled_from(["a", "b", "c", "1d", "24h", "5", "05", "true", "2026-01-01", "bh'rợ"])
"""Option names, those among them that evaluators mistake for durations, numbers or days."""

words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40).filter(lambda text: text.strip())
stances = st.one_of(
    st.sampled_from(STANCES[:2]).map(lambda stance: {"stance": stance}),
    words.map(lambda text: {"stance": OTHER, "text": text}).map(Stance().read).filter(lambda value: isinstance(value, dict)),
)
hours = st.times().map(lambda time: f"{time:%H:%M}")
PLAIN_VALUES = {
    Stance: stances,
    Clause: stances,
    Time: hours,
    UnitChoice: st.sampled_from(["20209", "20197", "20285", "00004"]),
    File: st.binary(min_size=16, max_size=16).map(bytes.hex),
    Integer: st.integers(-(2**53), 2**53),
    Decimal: st.floats(allow_nan=False, allow_infinity=False),
    Date: st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 12, 31)).map(str),
    Consent: st.just(True),
}
option_lists = st.lists(names, min_size=1, max_size=5, unique=True).map(lambda found: tuple(Option(name, {"vi": f"Nhãn {name}"}) for name in found))

kinds: st.SearchStrategy[Kind] = st.one_of(
    st.builds(SelectOne, option_lists, other=st.booleans()),
    st.builds(SelectMultiple, option_lists, other=st.booleans()),
    st.builds(Stance),
    st.builds(Scale, st.just(SATISFACTION), st.sampled_from([(), (Option("dk"),), (Option("99"),)])),
    st.builds(Matrix, st.just((Option("r1"), Option("r2"))), st.just(SATISFACTION), st.sampled_from([(), (Option("dk"),)])),
    st.builds(Integer),
    st.builds(Decimal),
    st.builds(Date),
    st.builds(OpenText),
    st.builds(Ranking, option_lists),
    st.builds(Points, option_lists, st.sampled_from([10, 100])),
    st.builds(Clause, clause=st.just("c1"), number=st.just("Điều 5"), body=st.just((Block("Mở rộng đường."), Block(rows=(("a", "b"),))))),
    st.builds(Time),
    st.builds(UnitChoice),
    st.builds(Place),
    st.builds(File),
    st.builds(Note),
    st.builds(Consent),
)


def values_of(kind: Kind) -> st.SearchStrategy[Any]:
    """What `read` may give for this kind."""
    match kind:
        case SelectOne():
            return choices(kind.options, kind.other)
        case SelectMultiple():
            return st.lists(choices(kind.options, kind.other), min_size=1, unique_by=str).map(kind.read)
        case Scale():
            return st.sampled_from([int(option.name) for option in kind.options] + [option.name for option in kind.missing])
        case Matrix():
            return st.dictionaries(st.sampled_from([row.name for row in kind.rows]), values_of(kind.scale), min_size=1).map(kind.read)
        case OpenText():
            return words.map(kind.read).filter(bool)
        case Ranking():
            return st.permutations([option.name for option in kind.options]).map(lambda order: order[: kind.ranks])
        case Points():
            cuts = st.lists(st.integers(0, kind.total), min_size=len(kind.options) - 1, max_size=len(kind.options) - 1).map(sorted)
            return cuts.map(lambda found: [after - before for before, after in zip([0, *found], [*found, kind.total], strict=True)]).map(
                lambda given: {option.name: points for option, points in zip(kind.options, given, strict=True) if points}
            )
        case Place():
            south, west, north, east = kind.frame
            return st.tuples(st.floats(south, north), st.floats(west, east)).map(list).map(kind.read).filter(lambda point: isinstance(point, list))
    return PLAIN_VALUES.get(type(kind), st.nothing())


def choices(options: tuple[Option, ...], other: bool) -> st.SearchStrategy[Any]:
    named = st.sampled_from([option.name for option in options])
    return (
        st.one_of(named, words.map(lambda text: SelectOne(options, other=True).read({"choice": OTHER, "text": text})).filter(lambda v: isinstance(v, dict)))
        if other
        else named
    )


junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
"""What JSON can carry."""


def literal_of(operand: Operand) -> st.SearchStrategy[Any]:
    match operand.type:
        case "number":
            return st.sampled_from([1, 2, 3, 4, 5]) if operand.names else st.integers(-100, 100)
        case "day":
            return PLAIN_VALUES[Date]
        case "text":
            return words
        case "time":
            return hours
        case "unit" | "file":
            return PLAIN_VALUES[type(operand.question.kind)]
        case "consent":
            return st.just(True)
    return st.sampled_from(operand.names)


@st.composite
def comparisons(draw: st.DrawFn, known: dict[str, Operand]) -> Any:
    path = draw(st.sampled_from(sorted(known)))
    operand, var = known[path], {"var": path}
    if draw(st.integers(0, 5)) == 0:
        return {draw(st.sampled_from(["==", "!="])): [var, None]}
    if operand.type == "choices":
        return {"in": [draw(literal_of(operand)), var]}
    if operand.type in ("number", "day", "time"):
        operator = draw(st.sampled_from(["==", "!=", "<", "<=", ">", ">="]))
        sides = [var, draw(literal_of(operand))]
        return {operator: sides if draw(st.booleans()) else sides[::-1]}
    if draw(st.booleans()):
        return {"in": [var, draw(st.lists(literal_of(operand), min_size=1, max_size=3))]}
    return {draw(st.sampled_from(["==", "!="])): [var, draw(literal_of(operand))]}


def conditions_over(known: dict[str, Operand]) -> st.SearchStrategy[Any]:
    """Conditions without any problem over these operands; None where there are none."""
    if not known:
        return st.none()
    return st.recursive(
        comparisons(known),
        lambda inner: st.one_of(
            st.lists(inner, min_size=1, max_size=3).map(lambda found: {"and": found}),
            st.lists(inner, min_size=1, max_size=3).map(lambda found: {"or": found}),
            inner.map(lambda found: {"!": [found]}),
        ),
        max_leaves=4,
    )


def expressions(known: dict[str, Operand]) -> st.SearchStrategy[Any]:
    """Calculations without any problem over these operands."""
    numbers = sorted(path for path, operand in known.items() if operand.type == "number")
    leaves = st.one_of(st.sampled_from([{"var": path} for path in numbers]), st.integers(-20, 20), st.sampled_from([0.5, 1.5]))
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.builds(lambda operator, parts: {operator: parts}, st.sampled_from(["+", "-", "*", "/", "min", "max"]), st.lists(inner, min_size=2, max_size=3)),
            st.builds(lambda condition, yes, no: {"if": [condition, yes, no]}, comparisons(known), inner, inner),
        ),
        max_leaves=5,
    )


def worked_out(known: dict[str, Operand]) -> st.SearchStrategy[Kind]:
    return st.builds(Calculation, expressions(known))


@st.composite
def filtered(draw: st.DrawFn, kind: Kind, known: dict[str, Operand]) -> Kind:
    """The kind with conditions on some of its choices, where it may have them."""
    if not isinstance(kind, SelectOne | SelectMultiple) or not known:
        return kind
    options = tuple(structs.replace(option, relevant=draw(st.none() | conditions_over(known))) for option in kind.options)
    return structs.replace(kind, options=options)


@st.composite
def questionnaires(draw: st.DrawFn) -> Questionnaire:
    sections, earlier = [], []
    for place in range(draw(st.integers(1, 3))):
        relevant = draw(st.none() | conditions_over(operands(earlier)))
        questions = []
        for _ in range(draw(st.integers(1, 4))):
            condition = draw(st.none() | conditions_over(operands(earlier)))
            kind = draw(worked_out(operands(earlier)) | kinds if any(one.type == "number" for one in operands(earlier).values()) else kinds)
            if draw(st.integers(0, 2)) == 0:
                kind = draw(filtered(kind, operands(earlier)))
            required = kind.asks and draw(st.booleans())
            question = Question(f"q{len(earlier)}", kind, {"vi": f"Câu {len(earlier)}"}, required=required, relevant=condition)
            questions.append(question)
            earlier.append(question)
        sections.append(Section(f"s{place}", tuple(questions), {"vi": "Phần"}, relevant=relevant))
    return Questionnaire(tuple(sections))


@st.composite
def answered(draw: st.DrawFn) -> tuple[Questionnaire, dict[str, Any]]:
    """A questionnaire and a value for some of its questions, asked or not."""
    questionnaire = draw(questionnaires())
    asking = [question for question in questionnaire.questions() if question.kind.asks]
    given = [question for question in asking if draw(st.integers(0, 3))]
    return questionnaire, {question.name: draw(values_of(question.kind)) for question in given}
