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
from surveys.kinds import SATISFACTION, Calculation, Clause, File, OpenText, Option, Place, Points, Ranking, Scale, SelectMultiple, SelectOne, Time, UnitChoice
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


WORKS = (Option("road", {"vi": "Đường"}), Option("=drain", {"vi": "Cống"}))
NEWER = Questionnaire(
    (
        Section(
            "s",
            (
                Question("order", Ranking(WORKS), {"vi": "Thứ tự"}),
                Question("budget", Points(WORKS), {"vi": "Chia điểm"}),
                Question("home", UnitChoice(), {"vi": "Nơi ở"}),
                Question("when", Time(), {"vi": "Mấy giờ"}),
                Question("spot", Place(), {"vi": "Ở đâu"}),
                Question("photo", File(), {"vi": "Ảnh"}),
                Question("half", Calculation({"/": [{"var": "budget/road"}, 2]}), {"vi": "Một nửa của ${order}"}),
                Question("c5", Clause(number="Điều 5"), {"vi": "Đền bù"}),
            ),
        ),
    )
)
ALL_KINDS = [
    Answer(
        {
            "order": ["=drain", "road"],
            "budget": {"road": 75, "=drain": 25},
            "home": "20209",
            "when": "07:30",
            "spot": [16.05, 108.2],
            "photo": "0" * 32,
            "half": 37.5,
            "c5": {"stance": "disagree", "text": "+84"},
        },
        id="1",
    )
]


def test_every_kind_comes_back_from_an_exported_csv():
    content = files.answers_file(from_answers({1: NEWER}, ALL_KINDS), "csv")

    assert list(folding.answers(from_table(NEWER, data.read(content)).frame)) == [ALL_KINDS[0].answers]


def test_columns_of_every_kind_are_labelled_and_their_values_too(tmp_path: Path):
    (tmp_path / "answers.sav").write_bytes(files.answers_file(from_answers({1: NEWER}, ALL_KINDS), "sav"))

    table, about = pyreadstat.read_sav(tmp_path / "answers.sav")

    labels = dict(about.column_names_to_labels)
    ranks, points = (next(name for name, label in labels.items() if label == wanted) for wanted in ("Thứ tự: Cống", "Chia điểm: Đường"))
    assert (table[ranks][0], table[points][0], table["half"][0], table["when"][0]) == (1.0, 75.0, 37.5, "07:30")
    assert {"Ở đâu: Vĩ độ", "Ở đâu: Kinh độ", "Một nửa của …", "Điều 5. Đền bù"} <= set(labels.values())
    assert about.variable_value_labels["home"] == {"20209": "Phường Thanh Khê, Thành phố Đà Nẵng"}
    assert about.variable_value_labels["c5"]["disagree"] == "Không đồng ý"


def test_what_was_worked_out_stands_beside_the_answers_that_the_api_takes():
    (found,) = json.loads(files.answers_file(from_answers({1: NEWER}, ALL_KINDS), "json"))

    assert found["answers"] == {name: value for name, value in ALL_KINDS[0].answers.items() if name != "half"}
    assert found["calculations"] == {"half": 37.5}


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_no_name_of_a_column_is_a_formula(form):
    content = files.answers_file(from_answers({1: NEWER}, ALL_KINDS), form)

    header = (
        content.decode("utf-8-sig").splitlines()[0].split(",")
        if form == "csv"
        else [cell.value for cell in openpyxl.load_workbook(io.BytesIO(content)).active[1]]
    )
    assert "order/=drain" in header
    assert not [name for name in header if name.startswith(("=", "+", "-", "@"))]
