"""The command as somebody runs it, on a survey of eight people counted by hand."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest
from click.testing import CliRunner, Result

from server.cli import main

SMALL = Path(__file__).parent / "small"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["analyse", *map(str, arguments)])


def tallies(folder: Path) -> dict[str, dict[str, Any]]:
    content = json.loads((folder / "tallies.json").read_bytes())
    return {question["name"]: question for question in content["questions"]}


def counts(row: dict[str, Any]) -> list[int]:
    return [option["count"] for option in row["options"]]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    folder = tmp_path_factory.mktemp("small")
    result = run(SMALL / "form.json", SMALL / "data.csv", "-o", folder, "--min-cell", "0", "--by", "block", "--by", "used", "--no-pdf")
    assert result.exit_code == 0, result.output
    return tallies(folder)


def test_a_choice_is_counted_by_name_and_by_label(small):
    assert counts(small["used"]) == [6, 2]
    assert [option["percent"] for option in small["used"]["options"]] == [75.0, 25.0]


def test_a_scale_counts_only_those_asked_and_keeps_dont_know_outside_its_base(small):
    desk = small["desk"]

    assert (desk["kind"], desk["asked"], desk["answered"], desk["missing"]) == ("scale", 6, 4, 2)
    assert counts(desk) == [1, 1, 0, 1, 1]
    assert (desk["mean"], desk["satisfied_percent"]) == (3.0, 50.0)


def test_a_matrix_is_a_question_a_row(small):
    wait, staff = small["steps/wait"], small["steps/staff"]

    assert (wait["asked"], wait["answered"], counts(wait), wait["mean"], wait["satisfied_percent"]) == (6, 5, [1, 1, 1, 1, 1], 3.0, 40.0)
    assert (staff["answered"], counts(staff), staff["mean"], staff["satisfied_percent"]) == (4, [1, 0, 2, 1, 0], 2.75, 25.0)


def test_a_stance_counts_its_three_answers_and_holds_back_words_nobody_read(small):
    plan = small["plan"]

    assert ([option["value"] for option in plan["options"]], counts(plan)) == (["agree", "disagree", "other"], [4, 2, 1])
    assert (plan["asked"], plan["answered"], plan["missing"], plan["texts"], plan["texts_withheld"]) == (8, 7, 1, [], 1)


def test_several_choices_are_shares_of_people(small):
    lack = small["lack"]

    assert (lack["answered"], lack["missing"]) == (6, 2)
    assert [(option["value"], option["count"]) for option in lack["options"]] == [("water", 4), ("light", 1), ("drain", 3), ("other", 1)]
    assert lack["options"][0]["percent"] == pytest.approx(400 / 6)


def test_numbers_have_their_ends_median_mean_and_total(small):
    people = small["people"]

    assert (people["answered"], people["min"], people["max"], people["median"], people["total"]) == (7, 1, 25, 4, 44)
    assert people["mean"] == pytest.approx(44 / 7)


def test_words_are_only_counted(small):
    assert (small["note"]["answered"], small["note"]["missing"], small["note"]["options"]) == (3, 5, [])


def test_groups_come_from_a_column_of_the_data_or_a_question(small):
    blocks, used = small["plan"]["groups"]["block"], small["people"]["groups"]["used"]

    assert [(group["value"], group["responses"], group["answered"], counts(group)) for group in blocks] == [
        ("Tổ 1", 4, 4, [3, 1, 0]),
        ("Tổ 2", 3, 3, [1, 1, 1]),
    ]
    assert [(group["value"], group["label"]["en"], group["responses"], group["answered"]) for group in used] == [("yes", "Yes", 6, 6), ("no", "No", 2, 1)]
    assert used[0]["mean"] == pytest.approx(43 / 6)


def test_what_is_odd_about_the_data_is_said_and_stops_nothing(tmp_path):
    result = run(SMALL / "form.json", SMALL / "data.csv", "-o", tmp_path, "--no-pdf", "--language", "en")

    assert result.exit_code == 0
    assert result.stderr.splitlines() == [
        "Columns that the form does not have: _id, block",
        "Numbers outside the form's limits at question “people”, counted all the same: 1",
        "Answers to questions that the form's conditions do not ask, not counted: 1 (desk)",
    ]
    assert "Counted 8 responses" in result.stdout


def test_every_unknown_value_is_named_by_row_column_and_value(tmp_path):
    data = (SMALL / "data.csv").read_text(encoding="utf-8").replace("3,yes,1,", "3,maybe,7,").replace("5,no,,,,agree", "5,no,,,,abstain")
    (tmp_path / "data.csv").write_text(data, encoding="utf-8")

    result = run(SMALL / "form.json", tmp_path / "data.csv", "-o", tmp_path / "out", "--language", "en")

    assert result.exit_code == 1
    assert result.stderr.splitlines()[1:] == [
        "row 4, column g1/used: “maybe” is no value of this question",
        "row 4, column g1/desk: “7” is no value of this question",
        "row 6, column road/plan: “abstain” is no value of this question",
    ]
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--by", "nothing"], "There is no question or column “nothing”."),
        (["--by", "lack"], "“lack” makes no groups"),
        (["--missing", "nothing=9"], "There is no question or column “nothing”."),
        (["--scale", "lack=1..5"], "“lack” cannot be a scale of 1 to 5."),
        (["--scale", "used=1..5"], "“used” has options outside the scale of 1 to 5: yes, no."),
        (["--population", "7"], "8 responses are more than the 7 people given by --population."),
        (["--encoding", "klingon"], "There is no encoding “klingon”."),
        (["--encoding", "ascii"], "The data file cannot be read as “ascii”"),
    ],
)
def test_a_wish_that_cannot_be_met_is_one_sentence(tmp_path, arguments, sentence):
    result = run(SMALL / "form.json", SMALL / "data.csv", "-o", tmp_path, "--language", "en", *arguments)

    assert result.exit_code == 1
    assert result.stderr.startswith(sentence)
    assert len(result.stderr.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_files_that_are_not_there_are_one_sentence(tmp_path):
    for form, data in [(tmp_path / "no.json", SMALL / "data.csv"), (SMALL / "form.json", tmp_path / "no.csv")]:
        result = run(form, data, "-o", tmp_path / "out")

        assert (result.exit_code, len(result.stderr.splitlines())) == (1, 1)


def test_missing_codes_need_not_be_options(tmp_path):
    (tmp_path / "data.csv").write_text("desk,people,used\n5,99,yes\n4,3,yes\n98,98,yes\n3,,yes\n", encoding="utf-8")

    result = run(SMALL / "form.json", tmp_path / "data.csv", "-o", tmp_path, "--no-pdf", "--min-cell", "0", "--missing", "98,5", "--missing", "people=98,99")

    assert result.exit_code == 0, result.stderr
    desk, people = tallies(tmp_path)["desk"], tallies(tmp_path)["people"]
    assert ([option["value"] for option in desk["options"]], counts(desk), desk["answered"], desk["missing"]) == (["1", "2", "3", "4"], [0, 0, 1, 1], 2, 2)
    assert (people["answered"], people["total"]) == (1, 3)


def test_a_column_that_no_question_holds_can_be_a_scale(tmp_path):
    (tmp_path / "data.csv").write_text("used,trust,people\nyes,5,4\nyes,4,1\nno,1,2\nno,,5\n", encoding="utf-8")

    result = run(SMALL / "form.json", tmp_path / "data.csv", "-o", tmp_path, "--no-pdf", "--min-cell", "0", "--scale", "trust=1..5", "--scale", "people=0..10")

    assert result.exit_code == 0, result.stderr
    trust, people = tallies(tmp_path)["trust"], tallies(tmp_path)["people"]
    assert (trust["kind"], counts(trust), trust["satisfied_percent"]) == ("scale", [1, 0, 0, 1, 1], pytest.approx(200 / 3))
    assert (people["kind"], people["mean"], people["satisfied_percent"], len(people["options"])) == ("scale", 3.0, None, 11)


def test_small_cells_are_hidden_unless_one_says_otherwise(tmp_path):
    assert run(SMALL / "form.json", SMALL / "data.csv", "-o", tmp_path, "--no-pdf", "--by", "used").exit_code == 0

    used = tallies(tmp_path)["used"]
    assert [(option["count"], option["percent"], option["suppressed"]) for option in used["options"]] == [(None, None, True)] * 2
    assert [(group["responses"], group["answered"], group["mean"]) for group in used["groups"]["used"]] == [(None, None, None)] * 2


def test_the_workbook_says_the_same_and_runs_nothing(tmp_path):
    data = io.StringIO(newline="")
    csv.writer(data).writerows([["used", "block"], ["yes", "=1+1"], ["no", "@x"], ["no", "+A2"], ["no", "-5"]])
    (tmp_path / "data.csv").write_text(data.getvalue(), encoding="utf-8")

    assert run(SMALL / "form.json", tmp_path / "data.csv", "-o", tmp_path, "--no-pdf", "--min-cell", "0", "--by", "block", "--title", "=cmd").exit_code == 0

    book = openpyxl.load_workbook(tmp_path / "tables.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert book.sheetnames == ["Câu hỏi", "block"]
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    assert {"'=cmd", "'=1+1", "'@x", "'+A2", "-5"} <= {cell.value for cell in cells}


def test_the_paper_is_made_and_says_the_same(tmp_path):
    result = run(SMALL / "form.json", SMALL / "data.csv", "-o", tmp_path, "--min-cell", "0", "--title", "Đường số 5", "--population", "40")

    assert result.exit_code == 0, result.stderr
    with pypdfium2.PdfDocument(tmp_path / "report.pdf") as paper:
        first = " ".join(paper[0].get_textpage().get_text_range().split())
    assert {"Đường số 5", "8 phiếu trả lời", "20,00 % của 40 người"} <= {
        said for said in ("Đường số 5", "8 phiếu trả lời", "20,00 % của 40 người") if said in first
    }


def test_it_loads_no_web_and_no_database(tmp_path):
    asked = ["analyse", str(SMALL / "form.json"), str(SMALL / "data.csv"), "-o", str(tmp_path), "--no-pdf"]
    script = (
        "import sys\nfrom server.cli import main\n"
        f"try:\n    main({asked!r})\nexcept SystemExit as end:\n    assert not end.code\n"
        "print(sorted({'litestar', 'piccolo', 'asyncpg', 'weasyprint'} & {name.partition('.')[0] for name in sys.modules}))"
    )

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=Path(__file__).parents[2], check=True)

    assert done.stdout.splitlines()[-1] == "[]"
