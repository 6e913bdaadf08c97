"""What people may type into the form of a questionnaire: right, wrong, half, in other spellings."""

import unicodedata
from typing import Any

from hypothesis import strategies as st

from surveys.kinds import (
    OTHER,
    STANCES,
    Consent,
    Date,
    Decimal,
    File,
    Integer,
    Kind,
    Matrix,
    OpenText,
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
from surveys.questionnaire import Questionnaire
from tests.surveys.strategies import PLAIN_VALUES, hours, words

Form = dict[str, list[str]]

NUMBERS = ["0", "1", "-1", "1,5", "1.5", "1.234", "12.34", "+7", " 3 ", "1e3", "x", "", "  ", "999999999999999999999", "0,1", "5.0", "٣", "100", "4"]
texts = st.one_of(
    st.sampled_from(["", " ", "  chào\r\n ", "Thanh Khê", unicodedata.normalize("NFD", "Thanh Khê"), "\x1f", "a" * 501, "\u200b"]), words, st.text(max_size=12)
)
days = st.one_of(PLAIN_VALUES[Date], st.sampled_from(["5/2/2026", "30/2/2026", "31-12-2025", "2026-13-01", "0000-01-01", "20261123", "", "hôm nay"]))
times = st.one_of(hours, st.sampled_from(["7h30", "7 giờ", "24:00", "7:5", "07:30:59", "", "7 GIỜ 05 phút", "12.15"]))
places = st.sampled_from(["16,0678", "108.2208", "0", "-90", "91", "181", "", "x", "0.0078125", "12,3456785"])
files = st.one_of(PLAIN_VALUES[File], st.sampled_from(["", "../etc"]))
SINGLE: dict[type[Kind], st.SearchStrategy[str]] = {
    Integer: st.sampled_from(NUMBERS) | st.integers(-50, 150).map(str), Decimal: st.sampled_from(NUMBERS), Date: days, Time: times, OpenText: texts,
    File: files,
}  # fmt: skip


def one_of(names: list[str]) -> st.SearchStrategy[list[str]]:
    """One radio button, or none."""
    return st.just([]) | st.sampled_from(names).map(lambda name: [name])


def fields_of(kind: Kind, name: str) -> st.SearchStrategy[Form]:
    """What a browser may send of one question."""
    typed = f"{name}/text"
    match kind:
        case SelectOne() | SelectMultiple():
            chosen = one_of(named(kind)) if isinstance(kind, SelectOne) else some_of(named(kind))
            return st.fixed_dictionaries({name: chosen, typed: lists(texts)} if kind.other else {name: chosen})
        case Stance():
            return st.fixed_dictionaries({name: one_of(list(STANCES)), typed: lists(texts)})
        case Scale() | Matrix():
            scale = one_of([option.name for option in (*kind.options, *kind.missing)])
            return st.fixed_dictionaries(dict.fromkeys(kind.fields(name), scale))
        case Ranking() | Points():
            return ranks_of(kind, name) if isinstance(kind, Ranking) else points_of(kind, name)
        case Place():
            return st.fixed_dictionaries({field: lists(places) for field in kind.fields(name)})
        case UnitChoice():
            return st.sampled_from(["", "20209", "20197"]).map(lambda code: {f"{name}/code": [code]})
        case Consent():
            return st.fixed_dictionaries({name: one_of(["true"])})
    return st.fixed_dictionaries({name: lists(SINGLE[type(kind)])}) if type(kind) in SINGLE else st.just({})


def named(kind: SelectOne | SelectMultiple) -> list[str]:
    return [option.name for option in kind.options] + [OTHER] * kind.other


def some_of(names: list[str]) -> st.SearchStrategy[list[str]]:
    """Ticked boxes, in the order they stand in."""
    return st.lists(st.sampled_from(names), unique=True).map(lambda chosen: sorted(chosen, key=names.index))


def lists(values: st.SearchStrategy[str]) -> st.SearchStrategy[list[str]]:
    return values.map(lambda value: [value])


def ranks_of(kind: Ranking, name: str) -> st.SearchStrategy[Form]:
    count = len(kind.options)
    right = st.permutations([str(place + 1) for place in range(count)])
    wild = st.lists(st.sampled_from(NUMBERS), min_size=count, max_size=count)
    return (right | wild).map(lambda given: {field: [rank] for field, rank in zip(kind.fields(name), given, strict=True)})


def points_of(kind: Points, name: str) -> st.SearchStrategy[Form]:
    count = len(kind.options)
    wild = st.lists(st.sampled_from(NUMBERS), min_size=count, max_size=count)
    whole = st.integers(0, kind.total).map(lambda given: [str(given), str(kind.total - given), *[""] * count][:count])
    return (wild | whole).map(lambda given: {f"{name}/{option.name}": [points] for option, points in zip(kind.options, given, strict=True)})


@st.composite
def typed_forms(draw: st.DrawFn, questionnaire: Questionnaire) -> Form:
    form: dict[str, Any] = {}
    for question in questionnaire.questions():
        if draw(st.integers(0, 5)):
            form |= {field: values for field, values in draw(fields_of(question.kind, question.name)).items() if values}
    return form
