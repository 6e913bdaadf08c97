"""A form with mistakes: every one at once, with its sheet and row, and nothing taken."""

import pytest

from surveys.formats import read
from surveys.problems import Invalid

SURVEY = ("type", "name", "label", "relevant")


def refused(data: bytes) -> list[tuple[str, str]]:
    with pytest.raises(Invalid) as caught:
        read(data, "form.xlsx")
    return [(problem.where, problem.code.id) for problem in caught.value.problems]


def test_every_mistake_is_named_at_once(workbook, yes_no):
    data = workbook(
        survey=[
            SURVEY,
            ("select_one yes_no", "a", "A", "${b} = 'x'"),
            ("chọn một", "b", "B", None),
            ("text", "a", "A nữa", None),
            ("select_one gone", "c", "C", "${nothing} = 1"),
            ("select_one", "d", "D", None),
            ("text", None, "Không tên", None),
            ("text", "1e", "E", None),
            (None, "f", "F", None),
            ("select_multiple spaced", "g", "G", None),
            ("text", "h", None, None),
            ("end_group", None, None, None),
            ("begin_group", "i", "I", None),
        ],
        choices=[*yes_no, ("yes_no", "no", "Không nữa"), ("yes_no", None, "Không tên"), ("spaced", "a b", "A B")],
    )

    assert refused(data) == [
        ("survey!2", "condition_later"),
        ("survey!3", "unknown_type"),
        ("survey!4", "duplicate_name"),
        ("survey!5", "condition_unknown"),
        ("survey!5", "unknown_list"),
        ("survey!6", "no_list"),
        ("survey!7", "no_name"),
        ("survey!8", "bad_name"),
        ("survey!9", "no_type"),
        ("survey!11", "no_label"),
        ("survey!12", "end_without_begin"),
        ("survey!13", "begin_without_end"),
        ("choices!4", "duplicate_option"),
        ("choices!5", "option_without_name"),
        ("choices!6", "option_with_space"),
    ]


def test_a_list_without_any_option_is_named(workbook):
    data = workbook(survey=[SURVEY, ("select_one empty", "q", "Q")], choices=[("list_name", "name", "label"), ("empty", None, "Chỉ có nhãn")])

    assert refused(data) == [("survey!2", "empty_list"), ("choices!2", "option_without_name")]


def test_a_form_without_a_choices_sheet_is_named_at_each_question(workbook):
    data = workbook(survey=[SURVEY, ("select_one a", "q", "Q"), ("select_multiple b", "p", "P")], settings=[("form_id",), ("f",)])

    assert refused(data) == [("survey!2", "unknown_list"), ("survey!3", "unknown_list")]


def test_two_columns_of_one_field_are_named(workbook):
    data = workbook(survey=[("type", "name", "label", "caption"), ("text", "q", "Q", "Q")])

    assert refused(data) == [("survey!1", "duplicate_column")]


def test_what_only_pyxform_sees_is_its_own_problem_at_its_row(workbook, yes_no):
    data = workbook(survey=[(*SURVEY, "parameters"), ("select_one yes_no", "q", "Q", "${p} = 1", "randomize=perhaps"), ("integer", "p", "P")], choices=yes_no)

    assert refused(data) == [("survey!2", "condition_later"), ("survey!1", "refused_by_pyxform")]


def test_pyxforms_word_is_found_by_the_name_it_says(workbook, yes_no):
    survey = [
        SURVEY,
        ("begin_group", "g1"),
        ("text", "x", "X"),
        ("end_group",),
        ("begin_group", "g2"),
        ("text", "x", "X"),
        ("end_group",),
        ("text", "y", "Y", "${x} = 1"),
    ]

    assert refused(workbook(survey=survey)) == [("survey!8", "refused_by_pyxform")]


def test_a_condition_on_a_later_question_is_a_problem_that_pyxform_lets_pass(workbook, yes_no):
    found = read(workbook(survey=[SURVEY, ("text", "a", "A", "${b} = 'yes'"), ("select_one yes_no", "b", "B")], choices=yes_no), "form.xlsx")

    assert [(problem.where, problem.code.id) for problem in found.problems] == [("survey!2", "condition_later")]
    assert found.questionnaire.question("a").relevant == {"==": [{"var": "b"}, "yes"]}


def test_one_name_in_two_tables_is_no_mistake(workbook):
    table = [("select_one s", "r1", "R", None, "likert"), ("select_one s", "r2", "R", None, "likert"), ("end_group",)]
    survey = [(*SURVEY, "appearance"), ("begin_group", "t1", "T", None, "table-list"), *table, ("begin_group", "t2", "T", None, "table-list"), *table]
    choices = [("list_name", "name", "label"), ("s", 1, "1"), ("s", 2, "2"), ("s", 3, "3")]

    found = read(workbook(survey=survey, choices=choices), "form.xlsx")

    assert ([question.name for question in found.questionnaire.questions()], found.problems, found.losses) == (["t1", "t2"], (), ())


def test_remarks_of_authors_are_no_mistakes(workbook):
    found = read(workbook(survey=[(*SURVEY, "comment"), (None, None, None, None, "để sau"), ("text", "b", "B")]), "form.xlsx")

    assert (found.problems, found.losses) == ((), ())
