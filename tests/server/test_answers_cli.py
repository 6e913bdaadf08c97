"""Answers in and out by command: imported whole or not at all, exported as five kinds of files, reported, verified."""

import io
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import openpyxl
import pandas as pd
import pyreadstat
import pytest

from surveys.consultation import Consultation, State
from surveys.formats.taken import Taken
from tests.conftest import cloned
from tests.papers.reading import pages
from tests.server.stored import Desk, desk

__all__ = ["desk"]

HEADER = "dong_y,vi_sao,hai_long,tung_mat/den,uu_tien,xe,so_nguoi,mat_tien,ngay,gop_y,cho_phep,village"
ROWS = (
    'agree,,4,5,,,3,4.5,2021-05-01,"=1+1",1,Tổ 1',
    "disagree,Mất sân,2,1,den cay,may,4,,,Cảm ơn,1,tổ 2",
    "Đồng ý,,Hài lòng,,,,,,,,1,",
)
BAD = ("maybe,,4,,,,,,,,1,Tổ 1", "agree,,9,,,,99,,,,1,Tổ 9", "agree,,,,,,,,,,1,")


def file_of(desk: Desk, *rows: str, header: str = HEADER) -> Path:
    file = desk.folder / "answers.csv"
    file.write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
    return file


@pytest.fixture
def road(desk: Desk) -> Consultation:
    return desk.make()


@pytest.fixture
def filled(desk: Desk, road: Consultation) -> Consultation:
    """With answers of its own."""
    assert desk.run("import", road.slug, file_of(desk, *ROWS * 4)).exit_code == 0
    return road


# import


def test_good_rows_enter_checked_with_village_and_channel(desk: Desk, road: Consultation) -> None:
    result = desk.run("import", road.slug, file_of(desk, *ROWS), "--channel", "paper")

    assert (result.exit_code, result.stdout) == (0, "")
    assert "Đã nhập 3 phiếu; bỏ qua 0 dòng." in result.stderr
    rows = desk.store(lambda pool: pool.fetch("SELECT answers::text, channel, v.name FROM answer a LEFT JOIN village v ON v.id::text = a.village"))
    stored = sorted((json.dumps(json.loads(row["answers"]), ensure_ascii=False, sort_keys=True), row["channel"], row["name"]) for row in rows)
    assert {row[1:] for row in stored} == {("paper", None), ("paper", "Tổ 1"), ("paper", "Tổ 2")}
    [second] = [json.loads(row[0]) for row in stored if row[2] == "Tổ 2"]
    assert second == {
        "dong_y": {"stance": "disagree"}, "vi_sao": "Mất sân", "hai_long": 2, "tung_mat": {"den": 1}, "uu_tien": ["den", "cay"], "xe": "may", "so_nguoi": 4,
        "gop_y": "Cảm ơn", "cho_phep": True,
    }  # fmt: skip
    assert desk.sql("SELECT sum(answered) FROM turnout WHERE channel = 'paper'") == 3


def test_wrong_rows_are_named_and_nothing_enters(desk: Desk, road: Consultation) -> None:
    result = desk.run("import", road.slug, file_of(desk, ROWS[0], *BAD))

    told = result.stderr
    assert result.exit_code == 1
    assert "answers.csv:3: dong_y: " in told
    assert "maybe" in told
    assert all(f"answers.csv:4: {where}: " in told for where in ("hai_long", "so_nguoi", "village"))
    assert "answers.csv:5: hai_long: " in told
    assert "3 dòng có chỗ sai; chưa nhập dòng nào." in told
    assert desk.sql("SELECT count(*) FROM answer") == 0


def test_wrong_rows_may_be_skipped(desk: Desk, road: Consultation) -> None:
    result = desk.run("import", road.slug, file_of(desk, *ROWS, *BAD), "--skip-bad")

    assert result.exit_code == 0
    assert "Đã nhập 3 phiếu; bỏ qua 3 dòng." in result.stderr
    assert desk.sql("SELECT count(*) FROM answer") == 3


def test_unknown_columns_are_told(desk: Desk, road: Consultation) -> None:
    result = desk.run("import", road.slug, file_of(desk, f"{ROWS[0]},x", header=f"{HEADER},ghi_tay"))

    assert result.exit_code == 0
    assert "ghi_tay" in result.stderr
    assert "village" not in result.stderr


@pytest.mark.parametrize("state", [State.DRAFT, State.APPROVED, State.SEALED, State.PUBLISHED, State.CANCELLED])
def test_nothing_enters_outside_open_and_closed(desk: Desk, road: Consultation, state: State) -> None:
    desk.sql("UPDATE consultation SET state = $1, opens_on = current_date + 3", state.value)

    result = desk.run("import", road.slug, file_of(desk, *ROWS))

    assert result.exit_code == 1
    assert "không nhập câu trả lời được" in result.stderr
    assert desk.sql("SELECT count(*) FROM answer") == 0


def test_paper_enters_after_closing(desk: Desk, road: Consultation) -> None:
    desk.bring(road, State.CLOSED)

    assert desk.run("import", road.slug, file_of(desk, *ROWS), "--channel", "paper").exit_code == 0
    assert desk.sql("SELECT count(*) FROM answer") == 3


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("import", "nothing", "{file}"), "Không có đợt"), (("import", "{slug}", "/nowhere.csv"), "/nowhere.csv"),
        (("export", "nothing", "--format", "csv", "-o", "{out}"), "Không có đợt"),
        (("report", "nothing", "-o", "{out}"), "Không có đợt"), (("verify", "nothing"), "Không có đợt"), (("verify", "{slug}"), "chưa niêm phong"),
        (("export", "{slug}", "--format", "csv", "-o", "{out}", "--public"), "chưa công bố"),
        (("export", "{slug}", "--format", "csv", "-o", "/nowhere/x.csv"), "/nowhere"),
        (("report", "{slug}", "-o", "/nowhere/x.pdf"), "/nowhere"),
    ],
)  # fmt: skip
def test_a_failure_is_one_sentence(desk: Desk, road: Consultation, words: tuple[str, ...], said: str) -> None:
    known = {"file": file_of(desk, *ROWS), "slug": road.slug, "out": desk.folder / "out"}

    result = desk.run(*(word.format(**known) for word in words))

    assert (result.exit_code, result.stdout) == (1, "")
    assert said in result.stderr
    assert "ngoài dự kiến" not in result.stderr
    assert result.stderr.count("\n") == 1


# export


def exported(desk: Desk, consultation: Consultation, form: str, *more: str) -> Path:
    file = desk.folder / f"out.{form}"
    result = desk.run("export", consultation.slug, "--format", form, "-o", file, *more)
    assert (result.exit_code, result.stdout) == (0, ""), result.stderr
    return file


def test_csv_can_be_imported_again(desk: Desk, filled: Consultation) -> None:
    file = exported(desk, filled, "csv")
    table = pd.read_csv(file, dtype=str)

    assert len(table) == 12
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    assert set(table["village"].dropna()) == {"Tổ 1", "Tổ 2"}
    assert set(table["dong_y"]) == {"agree", "disagree"}
    assert sorted(table["gop_y"].dropna())[:4] == ["'=1+1"] * 4
    assert "id" not in table
    assert desk.run("import", filled.slug, file).exit_code == 0
    assert desk.sql("SELECT count(*) FROM answer") == 24


def test_xlsx_holds_no_formula(desk: Desk, filled: Consultation) -> None:
    sheet = openpyxl.load_workbook(exported(desk, filled, "xlsx")).active
    cells = [cell for row in sheet.iter_rows() for cell in row]

    assert sheet.max_row == 13
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert [cell.value for cell in cells if "1+1" in str(cell.value)] == ["'=1+1"] * 4


def test_sav_has_labels(desk: Desk, filled: Consultation) -> None:
    table, about = pyreadstat.read_sav(str(exported(desk, filled, "sav")))

    assert len(table) == 12
    assert sorted(table["hai_long"].value_counts().to_dict().items()) == [("2", 4), ("4", 8)]
    assert about.variable_value_labels["hai_long"]["4"] == "Hài lòng"
    assert about.column_names_to_labels["hai_long"].startswith("Ông/bà hài lòng")


def test_parquet_and_json_say_the_same(desk: Desk, filled: Consultation) -> None:
    table = pd.read_parquet(exported(desk, filled, "parquet"))
    people = json.loads(exported(desk, filled, "json").read_bytes())

    assert len(table) == len(people) == 12
    assert (
        sorted(table["so_nguoi"].dropna()) == sorted(person["answers"]["so_nguoi"] for person in people if "so_nguoi" in person["answers"]) == [3] * 4 + [4] * 4
    )
    assert {person.get("village") for person in people} == {"Tổ 1", "Tổ 2", None}


@pytest.mark.parametrize("form", ["csv", "xlsx", "sav", "parquet", "json"])
def test_open_data_is_protected(desk: Desk, filled: Consultation, form: str) -> None:
    desk.bring(filled, State.PUBLISHED)

    content = exported(desk, filled, form, "--public").read_bytes()

    assert content
    if form == "csv":
        table = pd.read_csv(io.BytesIO(content))
        whole = table[(table["question"] == "dong_y") & table["group_by"].isna()]
        assert dict(zip(whole["option"], whole["suppressed"], strict=True)) == {"agree": 1, "disagree": 1, "other": 0}
        assert whole["count"].dropna().tolist() == [0]
    assert "Mất sân".encode() not in content


# report and verify


def test_the_report_prints_what_was_answered(desk: Desk, filled: Consultation) -> None:
    file = desk.folder / "report.pdf"

    result = desk.run("report", filled.slug, "-o", file, "--min-cell", "0")

    assert (result.exit_code, result.stdout) == (0, ""), result.stderr
    text = " ".join(pages(file.read_bytes()))
    assert file.read_bytes().startswith(b"%PDF")
    assert "tạm tính" in text.lower()
    assert "12" in text


class Sealed(NamedTuple):
    """What is copied for every test that damages it."""

    consultation: Consultation
    database_url: str
    data: Path


@pytest.fixture(scope="module")
def sealed_once(cluster: Path, template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sealed]:
    """A consultation with answers, its snapshot made by the job."""
    for database_url in cloned((cluster / "url").read_text(), "template_ydan"):
        with pytest.MonkeyPatch.context() as environment:
            desk = Desk(database_url, tmp_path_factory.mktemp("sealed"), environment)
            made = desk.make()
            assert desk.run("import", made.slug, file_of(desk, *ROWS * 4)).exit_code == 0
            desk.bring(made, State.SEALED)
            desk.count(made)
        yield Sealed(made, database_url, desk.folder / "data")


@pytest.fixture
def sealed(cluster: Path, sealed_once: Sealed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Desk, str]]:
    """A copy of it to damage: the desk over it, and its slug."""
    for database_url in cloned((cluster / "url").read_text(), urlsplit(sealed_once.database_url).path.strip("/")):
        shutil.copytree(sealed_once.data, tmp_path / "data")
        yield Desk(database_url, tmp_path, monkeypatch), sealed_once.consultation.slug


def test_what_nobody_touched_verifies(sealed: tuple[Desk, str]) -> None:
    desk, slug = sealed
    for words in (("verify", slug), ("verify",)):
        result = desk.run(*words)
        assert (result.exit_code, result.stdout) == (0, "")
        assert "Đã kiểm tra 1 đợt: còn nguyên vẹn." in result.stderr


ONE = "(SELECT id FROM answer ORDER BY id LIMIT 1)"


@pytest.mark.parametrize(
    ("damage", "said", "names_answer"),
    [
        (f"UPDATE answer SET answers = jsonb_set(answers, '{{gop_y}}', '\"khác\"') WHERE id = {ONE}", "gop_y", True),
        (f"UPDATE answer SET village = NULL, channel = 'paper' WHERE id = {ONE}", "khác bản đã niêm phong", True),
        (f"DELETE FROM answer WHERE id = {ONE}", "thiếu phiếu", True),
        (f"UPDATE answer SET id = sha256(id) WHERE id = {ONE}", "phiếu", False),
        ("UPDATE turnout SET answered = answered + 1", "sổ đếm", False),
        ("DELETE FROM snapshot", "không có bản chụp", False),
        ("UPDATE snapshot SET sha256 = repeat('0', 64)", "0000", False),
        ("UPDATE snapshot SET file = 'gone.parquet'", "gone.parquet", False),
    ],
)
def test_the_first_thing_that_is_wrong_is_named(sealed: tuple[Desk, str], damage: str, said: str, names_answer: bool) -> None:
    desk, slug = sealed
    first = desk.sql("SELECT encode(id, 'hex') FROM answer ORDER BY id LIMIT 1")
    desk.sql(damage)

    for words in (("verify", slug), ("verify",)):
        result = desk.run(*words)
        assert (result.exit_code, result.stdout) == (1, "")
        assert said in result.stderr
        assert first in result.stderr or not names_answer
        assert "ngoài dự kiến" not in result.stderr


def test_a_damaged_snapshot_is_told(sealed: tuple[Desk, str]) -> None:
    desk, _ = sealed
    file = desk.settings.files / desk.sql("SELECT file FROM snapshot")
    content = bytearray(file.read_bytes())
    content[60] ^= 1
    file.chmod(0o600)
    file.write_bytes(content)

    result = desk.run("verify")

    assert result.exit_code == 1
    assert file.stem in result.stderr
    assert "ngoài dự kiến" not in result.stderr


# The real survey


ROUND = Path(__file__).parents[2] / ".." / "shared" / "data" / "perception_round1"


@pytest.mark.skipif(not ROUND.is_dir(), reason="the real data is not here")
def test_the_real_survey_enters_and_its_figures_are_those_expected(desk: Desk) -> None:
    from server import counting, uploads
    from server.clock import SystemClock
    from server.store import consultations

    taken: Taken = uploads.read_form(ROUND / "form.xlsx")
    made = desk.make(taken.questionnaire)

    result = desk.run("import", made.slug, ROUND / "data.csv")
    assert result.exit_code == 0, result.stderr[:2000]

    async def counted(_: object) -> counting.Counted:
        return await counting.reports(await consultations.load(made.slug), desk.settings, SystemClock(), min_cell=0)

    report = desk.store(counted).public
    expected = json.loads((ROUND / "expected.json").read_bytes())
    figures = {question.name: question for question in report.questions}
    assert report.responses == expected["responses"]
    assert {name: figures[name].answered for name in expected["questions"]} == {name: question["answered"] for name, question in expected["questions"].items()}
    for name, question in expected["questions"].items():
        if "options" in question:
            assert {option.value: option.count for option in figures[name].options if option.count} == question["options"]
