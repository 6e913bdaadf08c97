"""`ydan check` and `ydan convert` as a person at a terminal, or a script, meets them."""

import subprocess
import sys
from pathlib import Path

import pytest
import xlsxwriter
from click.testing import CliRunner, Result

from server.cli.forms import check, convert
from surveys import library
from surveys.formats import own, read

SURVEY = [("type", "name", "label", "relevant", "required"), ("text", "q", "Tên đường?", None, "yes")]
LOSSY = [*SURVEY, ("barcode", "p", "Ở đâu?")]
WRONG = [*SURVEY, ("text", "q", "Nữa", "${z} = 1")]
LATER = [*SURVEY, ("text", "r", "R", "${s} = 'a'"), ("text", "s", "S")]


@pytest.fixture
def form(tmp_path):
    def build(rows, name: str = "form.xlsx") -> Path:
        path = tmp_path / name
        with xlsxwriter.Workbook(str(path)) as book:
            for sheet, lines in (("survey", rows), ("settings", [("form_id",), ("f",)])):
                page = book.add_worksheet(sheet)
                for number, row in enumerate(lines):
                    page.write_row(number, 0, ["" if cell is None else cell for cell in row])
        return path

    return build


def run(command, *words: object) -> Result:
    return CliRunner().invoke(command, [str(word) for word in words], catch_exceptions=False)


def test_a_clean_form_is_silent(form):
    result = run(check, form(SURVEY))

    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")


def test_every_problem_is_one_line_with_file_sheet_and_row(form):
    path = form(WRONG)

    result = run(check, path)

    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        f"{path}:survey!3: duplicate_name: Tên “q” đã dùng ở survey!2.",
        f"{path}:survey!3: condition_unknown: Điều kiện nhắc đến “z”, không có câu hỏi nào tên như vậy.",
    ]


def test_problems_are_said_in_english_too(form):
    assert "duplicate_name: The name “q” is already used at survey!2." in run(check, form(WRONG), "--language", "en").stdout


def test_what_pyxform_lets_pass_is_said_once(form):
    path = form(LATER)

    result = run(check, path)

    assert result.exit_code == 1
    assert result.stdout.splitlines() == [f"{path}:survey!3: condition_later: Điều kiện nhắc đến “s”, câu này đứng sau."]


def test_losses_and_advice_are_told_apart_from_problems(form):
    path = form([*LOSSY, ("text", "name", "Họ và tên")])

    result = run(check, path)

    assert (result.exit_code, result.stdout) == (0, "")
    assert [line.removeprefix(f"{path}:").split(": ")[:2] for line in result.stderr.splitlines()] == [["survey!3", "lost_type"], ["survey!4", "personal_data"]]


def test_a_form_without_a_question_is_a_problem(form):
    path = form([("type", "name", "label"), ("barcode", "p", "Ở đâu?")])

    result = run(check, path)

    assert (result.exit_code, result.stdout.split(": ")[:2]) == (1, [f"{path}:survey!1", "no_questions"])


def test_problems_of_our_own_form_are_json_pointers(tmp_path):
    path = tmp_path / "form.json"
    path.write_text('{"sections": [{"name": "s", "questions": [{"name": "q", "kind": {"type": "select_one", "options": []}, "label": {"vi": "Q"}}]}]}')

    result = run(check, path)

    assert (result.exit_code, result.stdout.split(": ")[:2]) == (1, [f"{path}:/sections/0/questions/0", "no_options"])


@pytest.mark.parametrize("command", [check, convert])
@pytest.mark.parametrize("name", ["gone.xlsx", "form.lss", "broken.xlsx"])
def test_what_cannot_be_read_is_one_sentence_and_exit_2(tmp_path, command, name):
    path = tmp_path / name
    if name != "gone.xlsx":
        path.write_bytes(b"PK nothing")

    result = run(command, path)

    assert (result.exit_code, result.stdout, len(result.stderr.splitlines())) == (2, "", 1)
    assert result.stderr.startswith(f"{path}: ")


def test_convert_writes_json_to_stdout(form):
    path = form(SURVEY)

    result = run(convert, path)

    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout_bytes == own.write(read(path).questionnaire)


def test_convert_overwrites_the_named_file(form, tmp_path):
    target = tmp_path / "out.json"
    target.write_text("cũ")

    assert run(convert, form(SURVEY), "-o", target).exit_code == 0
    assert read(target).questionnaire.question("q").required


def test_what_is_lost_stops_the_conversion_unless_partial(form, tmp_path):
    path, target = form(LOSSY), tmp_path / "out.json"

    result = run(convert, path, "-o", target)

    assert (result.exit_code, target.exists(), result.stdout) == (3, False, "")
    assert result.stderr == f"{path}:survey!3: lost_type: Chưa nhận loại câu hỏi “barcode”; câu “p” không được lấy.\n"

    result = run(convert, path, "-o", target, "--partial")

    assert (result.exit_code, [question.name for question in read(target).questionnaire.questions()]) == (0, ["q"])
    assert "survey!3" in result.stderr


def test_partial_writes_even_if_no_question_remains(form, tmp_path):
    target = tmp_path / "out.json"

    assert run(convert, form([("type", "name", "label"), ("barcode", "p", "P")]), "-o", target, "--partial").exit_code == 0
    assert list(read(target).questionnaire.questions()) == []


def test_a_form_that_pyxform_refuses_is_exit_2_with_every_problem(form, tmp_path):
    target = tmp_path / "out.json"

    result = run(convert, form(WRONG), "-o", target, "--partial")

    assert (result.exit_code, target.exists(), len(result.stderr.splitlines())) == (2, False, 2)


def test_findings_of_check_do_not_stop_a_conversion(form, tmp_path):
    assert run(convert, form(LATER), "-o", tmp_path / "out.json").exit_code == 0


def test_json_becomes_xlsform_and_json_again(tmp_path):
    first, book, second = (tmp_path / name for name in ("a.json", "b.xlsx", "c.json"))
    first.write_bytes(own.write(library.entry("neighbourhood_plan").questionnaire))

    assert run(convert, first, "-o", book).exit_code == 0
    assert run(convert, book, "-o", second, "--to", "json").exit_code == 0

    assert second.read_bytes() == first.read_bytes()


def test_a_file_that_cannot_be_written_is_one_sentence(form, tmp_path):
    target = tmp_path / "no folder" / "out.json"

    result = run(convert, form(SURVEY), "-o", target)

    assert (result.exit_code, result.stderr) == (1, f"{target}: not_written: Không ghi được tệp “out.json”.\n")


def test_reading_forms_loads_no_web_and_no_database():
    loaded = "import sys, server.cli.forms; print(*sorted({name.partition('.')[0] for name in sys.modules} & {'litestar', 'piccolo', 'asyncpg', 'pandas'}))"

    assert subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2]).stdout == "\n"
