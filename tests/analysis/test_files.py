"""Files for other programs hold what was answered, and nothing that runs."""

import io
import json
from pathlib import Path

import openpyxl
import pandas as pd
import pyreadstat
import pytest

from analysis import data, files, folding
from analysis.cells import inert
from analysis.frame import Frame
from analysis.reading import from_table
from analysis.stored import Answer, from_answers
from surveys.kinds import SATISFACTION, OpenText, Option, Scale, SelectMultiple, SelectOne
from surveys.questionnaire import Question, Questionnaire, Section

FORM = Questionnaire(
    (
        Section(
            "s",
            (
                Question("rated", Scale(SATISFACTION, (Option("9", {"vi": "Không biết"}),)), {"vi": "Hài lòng"}),
                Question("home", SelectOne((Option("a", {"vi": "Nhà"}), Option("b")), other=True), {"vi": "Chỗ ở"}),
                Question("lacks", SelectMultiple((Option("water", {"vi": "Nước"}), Option("light"))), {"vi": "Thiếu"}),
                Question("note", OpenText(), {"vi": "Ý kiến"}),
            ),
        ),
    )
)
ANSWERS = [
    Answer({"rated": 5, "home": "a", "lacks": ["water"], "note": '=HYPERLINK("http://x")'}, id="1", village="v1"),
    Answer({"rated": "9", "home": {"choice": "other", "text": "@thuyền"}, "note": "-5"}, id="2", channel="paper"),
    Answer({"note": "x"}, id="3"),
]


@pytest.fixture
def frame() -> Frame:
    return from_answers({1: FORM}, ANSWERS)


def test_a_csv_of_answers_can_be_imported_again(frame):
    content = files.answers_file(frame, "csv").decode("utf-8-sig").replace("'=", "=").replace("'@", "@")

    found = list(folding.answers(from_table(FORM, data.read(content.encode())).frame))

    assert sorted(found, key=str) == sorted((dict(each.answers) for each in ANSWERS), key=str)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_no_cell_is_a_formula(frame, form):
    content = files.answers_file(frame, form)

    if form == "csv":
        notes = set(pd.read_csv(io.BytesIO(content), dtype=str)["note"])
    else:
        sheet = openpyxl.load_workbook(io.BytesIO(content)).active
        notes = {cell.value for row in sheet.iter_rows() for cell in row if str(cell.value).startswith(("'", "-"))} - {"'@thuyền"}
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert {'\'=HYPERLINK("http://x")', "-5"} <= notes


def test_spss_has_scales_as_numbers_and_words_for_its_codes(frame, tmp_path: Path):
    (tmp_path / "answers.sav").write_bytes(files.answers_file(frame, "sav"))

    table, about = pyreadstat.read_sav(tmp_path / "answers.sav")

    assert sorted(table["rated"].dropna()) == [5.0, 9.0]
    assert about.variable_value_labels["rated"][9.0] == "Không biết"
    assert about.column_names_to_labels["rated"] == "Hài lòng"


def test_json_holds_answers_as_the_api_takes_them(frame):
    found = json.loads(files.answers_file(frame, "json"))

    assert sorted((each["answers"] for each in found), key=str) == sorted((dict(each.answers) for each in ANSWERS), key=str)
    assert sorted(each.get("village", "") for each in found) == ["", "", "v1"]


def test_no_file_of_answers_holds_their_ids(frame):
    assert "id" not in pd.read_csv(io.BytesIO(files.answers_file(frame, "csv")))
    assert "id" not in pd.read_parquet(io.BytesIO(files.answers_file(frame, "parquet")))
    assert all(set(each) <= {"answers", "village", "channel", "assistance", "version"} for each in json.loads(files.answers_file(frame, "json")))


@pytest.mark.parametrize("cell", ["=1+1", "+A1", "-A1", "@x", "\tx", "\rx", "=-1", "--1"])
def test_what_a_spreadsheet_would_run_stands_behind_an_apostrophe(cell):
    assert inert(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "x", "-5", "+84", "-1,5", "1=1", 7, -7.5, None])
def test_everything_else_stays_as_it_is(cell):
    assert inert(cell) is cell
