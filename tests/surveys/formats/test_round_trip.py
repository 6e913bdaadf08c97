"""Own JSON → XLSForm → own JSON says the same, for every questionnaire that can be asked."""

from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from msgspec import structs

from surveys import library, structure
from surveys.formats import read
from surveys.formats.canonical import canonical, meaning
from surveys.formats.own import write as write_json
from surveys.formats.xlsform.write import write as write_xlsform
from surveys.kinds import (
    AnyKind,
    Block,
    Calculation,
    Clause,
    Consent,
    Date,
    Decimal,
    File,
    Integer,
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

LETTERS = st.text("abcđêợ '’\"=+-@<&1.", min_size=1, max_size=12).map(str.strip).filter(bool)
TEXTS = st.fixed_dictionaries({"vi": LETTERS}, optional={"en": LETTERS})


def option_lists(least: int = 1) -> st.SearchStrategy[tuple[Option, ...]]:
    return st.lists(TEXTS, min_size=least, max_size=4).map(lambda texts: tuple(Option(f"o{number}", text) for number, text in enumerate(texts)))


@st.composite
def steps(draw: st.DrawFn) -> tuple[tuple[Option, ...], tuple[Option, ...]]:
    """A scale's options, and answers beside it under any names, such as the next number."""
    start, texts = draw(st.integers(-2, 5)), draw(st.lists(TEXTS, min_size=2, max_size=5))
    outside = draw(st.lists(st.sampled_from([str(start + len(texts)), "98", "dk", "x"]), unique=True, max_size=2))
    return tuple(Option(str(start + number), text) for number, text in enumerate(texts)), tuple(Option(name, draw(TEXTS)) for name in outside)


@st.composite
def ends(draw: st.DrawFn, values: st.SearchStrategy[Any]) -> tuple[Any, Any]:
    low, high = draw(st.none() | values), draw(st.none() | values)
    return (high, low) if low is not None and high is not None and low > high else (low, high)


@st.composite
def multiples(draw: st.DrawFn) -> SelectMultiple:
    options = draw(option_lists(2))
    alone = draw(st.integers(-1, len(options) - 1))
    chosen = tuple(Option(option.name, option.label, exclusive=number == alone) for number, option in enumerate(options))
    least, most = draw(ends(st.integers(1, len(options))))
    return SelectMultiple(chosen, other=draw(st.booleans()), least=least, most=most)


DAYS = st.dates().map(lambda day: day.isoformat())
SIZES = st.decimals(-(10**6), 10**6, places=3).map(float)
HOURS = st.times().map(lambda time: f"{time:%H:%M}")
MEDIA = st.sampled_from(["jpg", "mp3"]).flatmap(lambda ending: st.sampled_from("0a9").map(lambda digit: f"{digit * 64}.{ending}"))
BLOCKS = st.lists(st.builds(Block, LETTERS) | st.builds(lambda cell: Block(rows=((cell, ""), ("b", cell))), LETTERS), max_size=2).map(tuple)
BOUNDS = st.none() | st.tuples(*[st.decimals(-90, 90, places=4).map(float)] * 4)


@st.composite
def rankings(draw: st.DrawFn) -> Ranking:
    options = draw(option_lists(2))
    return Ranking(options, draw(st.none() | st.integers(1, len(options))))


@st.composite
def pictured(draw: st.DrawFn, kinds: st.SearchStrategy[AnyKind]) -> AnyKind:
    """With pictures beside some options."""
    kind = draw(kinds)
    return structs.replace(kind, options=tuple(structs.replace(option, image=draw(st.just("") | MEDIA)) for option in kind.options))


KINDS = st.one_of(
    pictured(st.builds(SelectOne, option_lists(), other=st.booleans())),
    pictured(rankings()),
    pictured(st.builds(Points, option_lists(2), st.integers(1, 500), st.just({}) | TEXTS)),
    st.builds(UnitChoice, st.sampled_from(["province", "ward", "village"]), st.sampled_from(["", "48"])),
    ends(HOURS).map(lambda limits: Time(*limits)),
    st.builds(File, st.lists(st.sampled_from(["image", "pdf", "office", "audio"]), min_size=1, unique=True).map(tuple), st.integers(1, 10)),
    st.builds(Place, st.just("") | MEDIA, BOUNDS),
    st.builds(Clause, st.sampled_from([2000, 300]), st.sampled_from(["", "c5"]), st.sampled_from(["", "Điều 5"]), BLOCKS),
    st.builds(SelectOne, option_lists(), other=st.booleans()),
    multiples(),
    st.builds(Stance, st.sampled_from([2000, 300])),
    steps().map(lambda scale: Scale(*scale)),
    st.builds(
        lambda scale, rows: Matrix(tuple(Option(f"r{n}", text) for n, text in enumerate(rows)), *scale), steps(), st.lists(TEXTS, min_size=1, max_size=3)
    ),
    st.builds(lambda limits, unit: Integer(*limits, unit), ends(st.integers(-(10**6), 10**6)), st.just({}) | TEXTS),
    st.builds(lambda limits, unit: Decimal(*limits, unit), ends(SIZES), st.just({}) | TEXTS),
    ends(DAYS).map(lambda limits: Date(*limits)),
    st.builds(OpenText, st.booleans(), st.integers(1, 5000)),
    st.just(Note()),
    st.just(Consent()),
)


def comparisons(question: Question) -> st.SearchStrategy[Any]:
    """Conditions about one earlier question, with literals in the type of its answers."""
    var, kind = {"var": question.name}, question.kind
    answered = st.sampled_from([{"==": [var, None]}, {"!=": [var, None]}])
    match kind:
        case SelectOne() | Stance() | Clause():
            names = [option.name for option in kind.options] if isinstance(kind, SelectOne) else ["agree", "disagree", "other"]
            return answered | st.sampled_from([{"==": [var, names[0]]}, {"!=": [var, names[-1]]}, {"in": [var, names]}])
        case SelectMultiple():
            return answered | st.just({"in": [kind.options[0].name, var]})
        case Scale():
            return st.builds(
                lambda operator, number: {operator: [var, number]},
                st.sampled_from(["==", "!=", "<", ">="]),
                st.sampled_from([int(o.name) for o in kind.options]),
            )
        case Matrix():
            return st.just({"<=": [{"var": f"{question.name}/{kind.rows[0].name}"}, int(kind.options[0].name)]})
        case Integer():
            return st.builds(
                lambda operator, number: {operator: [var, number]}, st.sampled_from(["<", "<=", ">", ">=", "==", "!="]), st.integers(-(10**6), 10**6)
            )
        case Decimal():
            return st.builds(lambda operator, number: {operator: [var, number]}, st.sampled_from(["<", ">="]), SIZES)
        case Date():
            return st.builds(lambda operator, day: {operator: [var, day]}, st.sampled_from(["<", ">=", "=="]), DAYS)
        case Consent():
            return st.just({"==": [var, True]})
    newer = newer_comparisons(question)
    return answered if newer is None else newer


def newer_comparisons(question: Question) -> st.SearchStrategy[Any] | None:
    var, kind = {"var": question.name}, question.kind
    answered = st.sampled_from([{"==": [var, None]}, {"!=": [var, None]}])
    match kind:
        case Calculation():
            return st.builds(lambda operator, number: {operator: [var, number]}, st.sampled_from(["<", ">="]), SIZES)
        case Ranking():
            return answered | st.sampled_from([{"==": [var, kind.options[0].name]}, {"in": [var, [option.name for option in kind.options]]}])
        case Points():
            return st.builds(lambda number: {">": [{"var": f"{question.name}/{kind.options[0].name}"}, number]}, st.integers(0, 100))
        case Place():
            return st.builds(lambda part, number: {"<": [{"var": f"{question.name}/{part}"}, number]}, st.sampled_from(["lat", "lon"]), SIZES)
        case Time():
            return answered | st.builds(lambda operator, hour: {operator: [var, hour]}, st.sampled_from(["<", ">=", "=="]), HOURS)
        case UnitChoice():
            return answered | st.just({"==": [var, "20209"]})
    return None


def conditions(earlier: list[Question]) -> st.SearchStrategy[Any]:
    known = [question for question in earlier if question.kind.asks or isinstance(question.kind, Calculation)]
    if not known:
        return st.none()
    simple = st.sampled_from(known).flatmap(comparisons)
    joined = st.builds(lambda operator, parts: {operator: parts}, st.sampled_from(["and", "or"]), st.lists(simple, min_size=2, max_size=3))
    return st.none() | simple | joined | simple.map(lambda inner: {"!": [inner]}) | st.builds(lambda first, second: {"or": [first, second]}, joined, simple)


def numbers(earlier: list[Question]) -> st.SearchStrategy[Any]:
    """Formulas over earlier answers that are numbers."""
    paths = [question.name for question in earlier if isinstance(question.kind, Integer | Decimal | Scale | Calculation)]
    paths += [f"{question.name}/{question.kind.options[0].name}" for question in earlier if isinstance(question.kind, Points)]
    paths += [f"{question.name}/{question.kind.rows[0].name}" for question in earlier if isinstance(question.kind, Matrix)]
    leaves = st.integers(-99, 99) | SIZES
    if paths:
        leaves |= st.sampled_from(paths).map(lambda path: {"var": path})
    asked = conditions(earlier).filter(lambda condition: condition is not None) if conditions_of(earlier) else None

    def grown(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        signed = st.builds(lambda sign, parts: {sign: parts}, st.sampled_from(["+", "-", "*", "/", "min", "max"]), st.lists(inner, min_size=2, max_size=3))
        return signed | st.builds(lambda condition, one, other: {"if": [condition, one, other]}, asked, inner, inner) if asked is not None else signed

    return st.recursive(leaves, grown, max_leaves=5)


def conditions_of(earlier: list[Question]) -> bool:
    return any(question.kind.asks or isinstance(question.kind, Calculation) for question in earlier)


@st.composite
def piped(draw: st.DrawFn, earlier: list[Question]) -> dict[str, str]:
    """Words with an earlier answer among them."""
    known = [question.name for question in earlier if question.kind.asks or isinstance(question.kind, Calculation)]
    text = draw(TEXTS)
    return {language: f"{words} ${{{draw(st.sampled_from(known))}}}" for language, words in text.items()} if known and draw(st.booleans()) else text


@st.composite
def linked(draw: st.DrawFn, kind: AnyKind, name: str, earlier: list[Question]) -> AnyKind:
    """With what a kind says about others: names of its rows, conditions and words of its options."""
    if isinstance(kind, Matrix):
        return structs.replace(kind, rows=tuple(structs.replace(row, name=f"{name}_{row.name}") for row in kind.rows))
    if isinstance(kind, SelectOne | SelectMultiple) and draw(st.booleans()):
        options = [structs.replace(one, relevant=draw(conditions(earlier)), label=draw(piped(earlier))) for one in kind.options]
        return structs.replace(kind, options=tuple(options))
    return kind


@st.composite
def questionnaires(draw: st.DrawFn) -> Questionnaire:
    earlier: list[Question] = []
    sections = []
    for number in range(draw(st.integers(1, 3))):
        relevant = draw(conditions(earlier))
        questions = []
        for place in range(draw(st.integers(1, 4))):
            name = f"q{number}_{place}"
            kind = draw(KINDS.flatmap(lambda kind, name=name: linked(kind, name, earlier)) | numbers(earlier).map(lambda formula: Calculation(formula, 1)))
            asked = kind.asks and draw(st.booleans())
            made = Question(name, kind, draw(piped(earlier)), draw(st.just({}) | piped(earlier)), asked, draw(conditions(earlier)))
            if draw(st.integers(0, 3)) == 0:
                made = structs.replace(made, image=draw(MEDIA), alt=draw(TEXTS), audio={"vi": draw(MEDIA), "ctu": draw(MEDIA)})
            earlier.append(made)
            questions.append(made)
        name = draw(st.sampled_from([f"part{number}", f"section_{number + 1}"]))
        sections.append(Section(name, tuple(questions), draw(st.just({}) | TEXTS), relevant))
    return Questionnaire(tuple(sections), draw(st.sampled_from(["", "form"])), draw(st.just({}) | TEXTS), draw(st.sampled_from(["", "2"])), ("vi", "en"))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(questionnaires())
def test_a_questionnaire_survives_xlsform(questionnaire):
    assume(any(question.kind.asks for question in questionnaire.questions()))
    assert structure.problems_of(questionnaire) == []

    book = write_xlsform(questionnaire)
    again = read(book.data, "form.xlsx")

    assert (book.losses, again.losses, again.problems) == ((), (), ())
    assert meaning(again.questionnaire) == meaning(questionnaire)
    assert meaning(read(write_json(again.questionnaire), "form.json").questionnaire) == meaning(questionnaire)


@pytest.mark.parametrize("key", library.KEYS)
def test_library_questionnaires_come_back_to_the_letter(key):
    questionnaire = library.entry(key).questionnaire

    again = read(write_xlsform(questionnaire).data, "form.xlsx").questionnaire

    assert write_json(again) == write_json(questionnaire)


def test_one_questionnaire_makes_one_file():
    questionnaire = library.entry("suggestions").questionnaire

    assert write_xlsform(questionnaire).data == write_xlsform(questionnaire).data


def test_what_xlsform_cannot_keep_is_named():
    scale = Scale(tuple(Option(name, {"vi": name}) for name in ("1", "3", "5")))
    quoted = {"==": [{"var": "t"}, "\"Dạ\" và 'vâng'"]}
    questions = (
        Question("t", OpenText(), {"vi": "T"}),
        Question("odd", scale, {"vi": "Lẻ"}),
        Question("said", OpenText(), {"vi": "S"}, relevant=quoted),
        Question("long", Note(), {"vi": "x" * 40_000}),
        Question("fine", OpenText(), {"vi": "F"}),
    )
    book = write_xlsform(Questionnaire((Section("s", questions, {"vi": "S"}),)))

    assert [(loss.code.id, loss.where) for loss in book.losses] == [("not_kept", "odd"), ("not_kept", "said"), ("not_kept", "long")]


def test_an_answer_in_words_that_nothing_gives_is_named():
    book = write_xlsform(Questionnaire((Section("s", (Question("q", OpenText(), {"vi": "Giá ${x} đồng"}),), {"vi": "S"}),), "giá"))

    assert book.losses[0].code.id == "not_kept"


def test_conditions_that_mean_the_same_are_the_same():
    a, b, c = ({"==": [{"var": name}, 1]} for name in "abc")

    assert canonical({"and": [{"and": [a, b]}, c]}) == canonical({"and": [a, {"and": [b, c]}]}) == {"and": [a, b, c]}
    assert canonical({"<": [3, {"var": "a"}]}) == {">": [{"var": "a"}, 3]}
    assert canonical({"in": [{"var": "a"}, [1]]}) == a
    assert canonical({"!=": [{"var": "a"}, 1]}) == canonical({"and": [{"!=": [{"var": "a"}, None]}, {"!": [a]}]})
