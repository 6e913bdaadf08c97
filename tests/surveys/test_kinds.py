"""Every kind of question: what it reads, which cells it fills, how it sounds."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys import problems
from surveys.kinds import (
    SATISFACTION,
    Consent,
    Date,
    Decimal,
    Integer,
    Matrix,
    OpenText,
    Option,
    Scale,
    SelectMultiple,
    SelectOne,
    Stance,
)
from surveys.problems import Problem
from surveys.reading import clean, is_blank
from tests.surveys.strategies import junk, kinds, values_of

FRUIT = (Option("cam", {"vi": "Cam"}), Option("buoi", {"vi": "Bưởi"}), Option("khong", {"vi": "Không loại nào"}, exclusive=True))
ROADS = Matrix((Option("den", {"vi": "Đèn đường"}), Option("cay", {"vi": "Cây xanh"})), SATISFACTION, (Option("khong_biet", {"vi": "Không biết"}),))

asking = kinds.filter(lambda kind: kind.asks)


@given(st.data())
def test_a_value_reads_back_as_itself(data):
    kind = data.draw(asking)
    value = data.draw(values_of(kind))

    assert kind.read(value) == value
    assert kind.read(json.loads(json.dumps(value))) == value


@given(st.data())
def test_cells_stand_in_the_columns(data):
    kind = data.draw(asking)
    value = data.draw(values_of(kind))
    columns = {column.name: column for column in kind.columns("q")}

    cells = kind.cells("q", value)

    assert set(cells) <= set(columns)
    assert [name for name, cell in cells.items() if cell is not None and not stands_in(columns[name], cell)] == []


def stands_in(column, cell):
    types = {"flag": int, "number": int | float}
    return isinstance(cell, types.get(column.type, str)) and (not column.levels or cell in column.levels)


@given(st.data())
def test_every_value_has_words_in_both_languages(data):
    kind = data.draw(asking)
    value = data.draw(values_of(kind))

    assert all(kind.words(value, language).strip() for language in ("vi", "en"))


@given(asking, junk)
def test_junk_gives_a_value_or_problems_and_never_breaks(kind, raw):
    if is_blank(raw):
        return
    reading = kind.read(raw)

    if isinstance(reading, Problem):
        return
    if isinstance(reading, tuple):
        assert reading
        assert all(isinstance(problem, Problem) for problem in reading)
        return
    assert kind.read(reading) == reading


@pytest.mark.parametrize(
    ("kind", "raw", "code"),
    [
        (SelectOne(FRUIT), "tao", problems.NOT_AN_OPTION),
        (SelectOne(FRUIT), 3, problems.NOT_AN_OPTION),
        (SelectOne(FRUIT), {"choice": "other", "text": "Mít"}, problems.NOT_AN_OPTION),
        (SelectOne(FRUIT, other=True), {"choice": "other", "text": " "}, problems.OTHER_WITHOUT_TEXT),
        (SelectOne(FRUIT, other=True), "other", problems.OTHER_WITHOUT_TEXT),
        (SelectOne(FRUIT, other=True), {"choice": "", "text": "Mít"}, problems.TEXT_WITHOUT_CHOICE),
        (SelectOne(FRUIT, other=True), {"choice": "other", "text": "x" * 501}, problems.TOO_LONG),
        (SelectMultiple(FRUIT), ["cam", "khong"], problems.EXCLUSIVE),
        (SelectMultiple(FRUIT, most=1), ["cam", "buoi"], problems.TOO_MANY),
        (SelectMultiple(FRUIT, least=2), ["cam"], problems.TOO_FEW),
        (SelectMultiple(FRUIT), ["cam", "tao"], problems.NOT_AN_OPTION),
        (Stance(), "co", problems.NOT_AN_OPTION),
        (Stance(), {"stance": "other"}, problems.OTHER_WITHOUT_TEXT),
        (Stance(), {"stance": "", "text": "Nên lùi lại"}, problems.TEXT_WITHOUT_CHOICE),
        (Stance(longest=3), {"stance": "agree", "text": "dài quá"}, problems.TOO_LONG),
        (Scale(SATISFACTION), 6, problems.NOT_AN_OPTION),
        (Scale(SATISFACTION), True, problems.NOT_AN_OPTION),
        (Scale(SATISFACTION), 10**400, problems.NOT_AN_OPTION),
        (Integer(0, 120), "12,5", problems.NOT_AN_INTEGER),
        (Integer(0, 120), 121, problems.TOO_LARGE),
        (Integer(0, 120), -1, problems.TOO_SMALL),
        (Integer(), True, problems.NOT_AN_INTEGER),
        (Decimal(), "mười", problems.NOT_A_NUMBER),
        (Decimal(), 10**400, problems.NOT_A_NUMBER),
        (Decimal(), float("nan"), problems.NOT_A_NUMBER),
        (Integer(), 10**400, problems.NOT_AN_INTEGER),
        (Decimal(high=1), "1,5", problems.TOO_LARGE),
        (Date(), "30/02/2026", problems.NOT_A_DATE),
        (Date(low="2026-01-01"), "2025-12-31", problems.TOO_EARLY_DATE),
        (Date(high="2026-01-01"), "2026-01-02", problems.TOO_LATE_DATE),
        (OpenText(longest=5), "dài hơn", problems.TOO_LONG),
        (OpenText(), 5, problems.WRONG_SHAPE),
        (Consent(), "không", problems.NOT_CONSENTED),
        (ROADS, ["den"], problems.WRONG_SHAPE),
    ],
)
def test_wrong_answers_say_what_is_wrong(kind, raw, code):
    assert kind.read(raw).code == code


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        (SelectOne(FRUIT), " cam ", "cam"),
        (SelectOne(FRUIT, other=True), {"choice": "other", "text": " Mít "}, {"choice": "other", "text": "Mít"}),
        (SelectMultiple(FRUIT, other=True), [{"choice": "other", "text": "Mít"}, "buoi", "cam"], ["cam", "buoi", {"choice": "other", "text": "Mít"}]),
        (SelectMultiple(FRUIT, least=2), ["khong"], ["khong"]),
        (Stance(), "agree", {"stance": "agree"}),
        (Stance(), {"stance": "disagree", "text": "Đường hẹp\r\nquá"}, {"stance": "disagree", "text": "Đường hẹp\nquá"}),
        (Scale(SATISFACTION), "4", 4),
        (ROADS, {"cay": 5, "den": "khong_biet", "x": ""}, {"den": "khong_biet", "cay": 5}),
        (Integer(), "3.065.628", 3065628),
        (Integer(), 12.0, 12),
        (Decimal(), "99,77", 99.77),
        (Date(), "5/2/2026", "2026-02-05"),
        (Date(), "2026-02-05", "2026-02-05"),
        (OpenText(), "To\u0302i bh'rợ chr’hoong\x00", "Tôi bh'rợ chr’hoong"),
        (Consent(), "on", True),
    ],
)
def test_right_answers_are_stored_in_one_form(kind, raw, value):
    assert kind.read(raw) == value


def test_matrix_names_every_wrong_row():
    found = ROADS.read({"den": 9, "cay": "4", "nha": 1})

    assert [(problem.code, problem.where, dict(problem.given)) for problem in found] == [
        (problems.NOT_AN_OPTION, "den", {"given": "9"}),
        (problems.NOT_AN_OPTION, "nha", {"given": "nha"}),
    ]


def test_numbers_and_days_sound_vietnamese():
    assert Integer(unit={"vi": "hộ"}).words(3065628, "vi") == "3.065.628 hộ"
    assert Decimal().words(99.77, "vi") == "99,77"
    assert Decimal().words(99.77, "en") == "99.77"
    assert Date().words("2026-11-23", "vi") == "23/11/2026"


@given(st.text())
def test_clean_text_is_stable_and_can_be_stored(text):
    assert clean(clean(text)) == clean(text)
    assert "\x00" not in clean(text)
    clean(text).encode()
