"""Nothing vanishes in silence: each cell of a form is taken, named as lost, or plainly says nothing."""

import pytest

from surveys.formats import Taken, read
from surveys.formats.canonical import meaning
from surveys.kinds import Calculation
from surveys.problems import Invalid
from templates import words

SURVEY = [
    ("type", "name", "label::Tiếng Việt (vi)", "label::English (en)", "hint", "guidance_hint", "relevant", "required", "required_message", "constraint",
     "constraint_message", "appearance", "default", "read_only", "calculation", "choice_filter", "parameters", "image", "media::audio::English (en)",
     "bind::odk:length", "trigger", "repeat_count", "Ghi nội bộ", "comment"),
    ("start", "start"),
    ("select_one colours", "a", "Màu?", "Colour?", "gợi ý", "thêm", None, "yes", "cần có", None, None, "minimal", "red", None, None, "${start} != ''",
     "randomize=true", "a.jpg", "a.mp3", None, None, None, "x", "nói sau"),
    ("begin_group", "g", "Nhóm", "Group", "của nhóm", None, "${a} = 'red'", None, None, None, None, "field-list w3"),
    ("integer", "n", "Mấy?", "How many?", None, None, "${a} != '' and today() > ''", None, None, ". > 0 and . mod 2 = 0", "số chẵn", "numbers", 2, "no"),
    ("end_group", "g"),
    ("begin_repeat", "r", "Mỗi người", None, None, None, None, None, None, None, None, None, None, None, None, None, None, None, None, None, None, "2"),
    ("text", "who", "Ai?", "Who?", None, None, "${n} > 1"),
    ("end_repeat",),
    ("calculate", "c", None, None, None, None, None, None, None, None, None, None, None, None, "concat('a', 'b')"),
    ("note", "told", "Ông/bà chọn ${a}", "You chose ${a}"),
    ("barcode", "place", "Ở đâu?", "Where?"),
    ("text", "t", "Chữ", "Text", None, None, None, "${n} = 1", None, None, None, None, None, None, None, None, None, None, None, 5),
    (None, None, None, None, "chỉ có gợi ý"),
]  # fmt: skip
CHOICES = [
    ("list_name", "name", "label::Tiếng Việt (vi)", "label::English (en)", "image", "shade", "notes"),
    ("colours", "red", "Đỏ", "Red", "red.png", "dark", "xem lại"),
    ("colours", "blue", "Xanh", "Blue", None, "dark"),
    (None, "lost", "Lạc"),
    ("unused", "u", "U"),
    ("unused", "v", "V"),
]
SETTINGS = [("form_title", "form_id", "version", "default_language", "instance_name", "style"), ("Phiếu", "f", "1", "English (en)", "${a}", "pages")]
SILENT = {
    ("survey", "appearance", "minimal"), ("survey", "appearance", "field-list w3"), ("survey", "read_only", "no"), ("survey", "comment", "nói sau"),
    ("survey", "name", "g"), ("choices", "notes", "xem lại"), ("settings", "style", "pages"),
}  # fmt: skip
"""Looks, what is off anyway, what authors write to one another, and the name behind an end."""
WHOLE_ROWS = {"lost_metadata", "lost_type", "lost_formula", "lost_repeat", "lost_in_repeat", "lost_row"}


@pytest.fixture(scope="module")
def sheets():
    return {
        "survey": [list(row) for row in SURVEY],
        "choices": [list(row) for row in CHOICES],
        "settings": [list(row) for row in SETTINGS],
        "Hướng dẫn": [["Đọc tôi"]],
    }


def test_losses_name_sheet_row_and_reason(workbook, sheets):
    found = read(workbook(**sheets), "form.xlsx")

    assert [(loss.where, loss.code.id, loss.given.get("column") or loss.given.get("given")) for loss in found.losses] == [
        ("survey!1", "lost_column", "Ghi nội bộ"),
        ("survey!2", "lost_metadata", "start"),
        ("survey!3", "lost_filter", "${start} != ''"),
        ("survey!3", "lost_cell", "guidance_hint"),
        ("survey!3", "lost_cell", "required_message"),
        ("survey!3", "lost_cell", "default"),
        ("survey!3", "lost_cell", "parameters"),
        ("survey!3", "lost_media", "image"),
        ("survey!3", "lost_media", "media::audio::English (en)"),
        ("survey!4", "lost_cell", "hint"),
        ("survey!5", "lost_constraint", ". > 0 and . mod 2 = 0"),
        ("survey!5", "lost_condition", "${a} != '' and today() > ''"),
        ("survey!5", "lost_cell", "constraint_message"),
        ("survey!5", "lost_cell", "appearance"),
        ("survey!5", "lost_cell", "default"),
        ("survey!7", "lost_repeat", "r"),
        ("survey!8", "lost_in_repeat", "who"),
        ("survey!10", "lost_formula", "concat('a', 'b')"),
        ("survey!12", "lost_type", "barcode"),
        ("survey!13", "lost_cell", "required"),
        ("survey!13", "lost_cell", "bind::odk:length"),
        ("survey!14", "lost_row", "chỉ có gợi ý"),
        ("choices!1", "lost_column", "shade"),
        ("choices!2", "lost_media", "image"),
        ("choices!4", "lost_cell", "name"),
        ("choices!4", "lost_cell", "label::Tiếng Việt (vi)"),
        ("choices!5", "lost_list", "unused"),
        ("settings!2", "lost_setting", "instance_name"),
        ("Hướng dẫn!1", "lost_sheet", "Hướng dẫn"),
    ]
    assert [question.name for question in found.questionnaire.questions()] == ["a", "n", "told", "t"]
    assert found.questionnaire.question("told").label == {"vi": "Ông/bà chọn ${a}", "en": "You chose ${a}"}


def outcome(data: bytes) -> object:
    """All that reading gives to people: the questionnaire's meaning and every sentence."""
    try:
        found: Taken = read(data, "form.xlsx")
    except Invalid as refusal:
        return [(problem.where, words(problem, "vi")) for problem in refusal.problems]
    return meaning(found.questionnaire), [(problem.where, words(problem, "vi")) for problem in (*found.losses, *found.problems)]


def test_changing_any_cell_changes_what_is_taken_or_said(workbook, sheets):
    before = outcome(workbook(**sheets))
    gone = {loss.where for loss in read(workbook(**sheets), "form.xlsx").losses if loss.code.id in WHOLE_ROWS} | {"survey!9", "choices!5", "choices!6"}
    silent = set()
    for sheet, rows in sheets.items():
        for number, row in enumerate(rows[1:], start=1):
            for column, cell in enumerate(row):
                if cell is not None and f"{sheet}!{number + 1}" not in gone:
                    changed = [list(line) for line in rows]
                    changed[number][column] = None
                    if outcome(workbook(**{**sheets, sheet: changed})) == before:
                        silent.add((sheet, rows[0][column], str(cell)))

    assert silent == SILENT


def test_a_form_of_which_nothing_remains_is_an_empty_questionnaire(workbook):
    found = read(workbook(survey=[("type", "name", "label"), ("barcode", "p", "Ở đâu?")]), "form.xlsx")

    assert (list(found.questionnaire.questions()), [loss.where for loss in found.losses]) == ([], ["survey!2"])


def test_a_hidden_calculation_is_one_and_asks_nothing(workbook):
    rows = [("integer", "q", "Q", None), ("text", "c", None, "${q} * 2"), ("text", "d", None, "concat(${q}, 'x')"), ("note", "n", "${c} ${d}", None)]

    found = read(workbook(survey=[("type", "name", "label", "calculation"), *rows]), "form.xlsx")

    assert found.questionnaire.question("c").kind == Calculation({"*": [{"var": "q"}, 2]})
    assert [question.name for question in found.questionnaire.questions()] == ["q", "c", "n"]
    assert found.questionnaire.question("n").label == {"vi": "${c} …"}
    assert [(loss.where, loss.code.id) for loss in found.losses] == [("survey!4", "lost_formula"), ("survey!5", "lost_reference")]


def test_a_second_option_of_one_name_is_named_where_the_form_allows_it(workbook):
    choices = [("list_name", "name", "label"), ("l", "a", "A"), ("l", "a", "A nữa"), ("l", "b", "B")]
    data = workbook(
        survey=[("type", "name", "label"), ("select_one l", "q", "Q")], choices=choices, settings=[("form_id", "allow_choice_duplicates"), ("f", "yes")]
    )

    found = read(data, "form.xlsx")

    assert [(loss.where, loss.code.id) for loss in found.losses] == [("choices!3", "lost_option")]
    assert found.problems == ()


def test_rows_far_below_the_others_are_named(workbook):
    rows = [("type", "name", "label"), ("text", "q", "Q"), *[()] * 60, ("text", "r", "R"), *[()] * 61, ("text", "s", "S")]

    found = read(workbook(survey=rows), "form.xlsx")

    assert [question.name for question in found.questionnaire.questions()] == ["q", "r"]
    assert [(loss.where, loss.code.id) for loss in found.losses] == [("survey!125", "lost_beyond")]
