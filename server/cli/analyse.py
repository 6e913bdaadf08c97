"""`ydan analyse`: a form and a data file collected anywhere → tallies, tables and a paper, without web or database."""

import re
import sys
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from analysis.papers import StudyPaper, software, started
from server.uploads import read_form
from surveys.formats.taken import Taken
from surveys.problems import Code, Invalid, Refusal
from templates import next_words, sentence, words

if TYPE_CHECKING:
    from analysis.papers.child import Paper
    from analysis.reading import Note
    from analysis.study import Study

RANGE = re.compile(r"(-?\d+)\.\.(-?\d+)")
MOST_POINTS = 101

# What the bar says
READING = Code("reading", "Đọc biểu mẫu và dữ liệu")
COUNTING = Code("counting", "Tổng hợp")
PRINTING = Code("printing", "Làm bảng và báo cáo")

WRITTEN = Code("written", "Đã tổng hợp {n} phiếu vào {folder}: {names}.")
UNKNOWN_VALUE = Code("unknown_value", "dòng {row}, cột {column}: “{value}” không phải là giá trị của câu này")
NOT_WRITTEN = Code("not_written_to", "Không ghi được vào {given}: {reason}.", "Kiểm tra quyền ghi và chỗ trống của đĩa.")
NOT_A_RANGE = Code("not_a_range", "“{given}” không phải là thang điểm.", "Ghi dạng TÊN=1..5, số nhỏ trước, nhiều nhất 101 mức.")


class ScaleType(click.ParamType[tuple[str, int, int]]):
    """NAME=1..5 as (name, low, high)."""

    name = "scale"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, int, int]:
        question, _, bounds = value.rpartition("=")
        found = RANGE.fullmatch(bounds)
        if not question or not found or not 0 < int(found[2]) - int(found[1]) < MOST_POINTS:
            self.fail(f"{words(Refusal(NOT_A_RANGE, given=value), 'vi')} {next_words(NOT_A_RANGE, 'vi')}", param, ctx)
        return question, int(found[1]), int(found[2])


@click.command()
@click.argument("form", type=click.Path(path_type=Path))
@click.argument("data", type=click.Path(path_type=Path))
@click.option("-o", "output", required=True, type=click.Path(path_type=Path, file_okay=False), help="Thư mục ghi tallies.json, tables.xlsx, report.pdf.")
@click.option("--by", multiple=True, metavar="COL", help="Chia nhóm theo câu hỏi hoặc cột này; dùng được nhiều lần.")
@click.option("--min-cell", default=5, show_default=True, type=click.IntRange(0), metavar="K", help="Không nêu số dưới K người; 0 là nêu hết.")
@click.option("--missing", multiple=True, metavar="[Q=]VALUES", help="Mã không biết, từ chối (ví dụ 98,99) của mọi thang điểm, hoặc của câu Q.")
@click.option("--scale", "scales", multiple=True, type=ScaleType(), metavar="NAME=1..5", help="Coi cột số hoặc câu chọn một này là thang điểm.")
@click.option("--language", type=click.Choice(["vi", "en"]), default="vi", show_default=True, help="Ngôn ngữ của báo cáo và thông báo.")
@click.option("--title", default="", help="Tên báo cáo; mặc định là tên biểu mẫu.")
@click.option("--unit-name", default="", help="Tên đơn vị in trên báo cáo.")
@click.option("--population", type=click.IntRange(1), metavar="N", help="Tổng số người mà các phiếu này lấy ra từ đó.")
@click.option("--encoding", help="Bảng mã của tệp CSV; mặc định là UTF-8.")
@click.option("--no-pdf", is_flag=True, help="Không làm report.pdf.")
def analyse(
    form: Path, data: Path, output: Path, by: tuple[str, ...], min_cell: int, missing: tuple[str, ...], scales: tuple[tuple[str, int, int], ...],
    language: str, title: str, unit_name: str, population: int | None, encoding: str | None, no_pdf: bool,
) -> None:  # fmt: skip
    """Tổng hợp DATA (CSV hoặc XLSX, mỗi dòng một phiếu) theo biểu mẫu FORM."""
    try:
        with bar() as shown, ExitStack() as children:
            task = shown.add_task(said(READING, language), total=4)
            finish = None if no_pdf else children.enter_context(started())
            taken, content = read(form, data)
            shown.update(task, advance=1, description=said(COUNTING, language))
            done = count(
                taken, content, title={language: title} if title else taken.questionnaire.title or {language: form.stem}, by=by, min_cell=min_cell,
                missing=missing_codes(missing), scales={name: (low, high) for name, low, high in scales}, population=population, encoding=encoding,
            )  # fmt: skip
            shown.update(task, advance=1, description=said(PRINTING, language))
            files = made(done, finish, language=language, title=title, unit_name=unit_name)
            write(files, output)
            shown.update(task, completed=4)
    except Refusal as refusal:
        fail(form, refusal, language)
    tell(done.notes, language)
    click.echo(said(WRITTEN, language, n=done.report.responses, folder=str(output), names=", ".join(files)))


def bar() -> Progress:
    """Drawn on a terminal only, beside what is printed."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)


def read(form: Path, data: Path) -> tuple[Taken, bytes]:
    """Both files. The form is read in its child process, and the paper's child loads its libraries, while this one loads pandas."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        taken = pool.submit(read_form, form)
        from analysis import sentences
        from analysis.data import BadData

        try:
            content = data.read_bytes()
        except OSError as wrong:
            raise BadData(sentences.NO_DATA_FILE, given=str(data), reason=wrong.strerror or "") from None
        return taken.result(), content


def count(taken: Taken, content: bytes, **wishes: Any) -> "Study":
    """What `Wishes` asks of the data. Raises BadData."""
    from analysis.study import Wishes, study

    return study(taken.questionnaire, content, Wishes(likert=frozenset(taken.likert), **wishes))


def missing_codes(given: Iterable[str]) -> Mapping[str, frozenset[str]]:
    """Codes by question, those of all scales under ""."""
    codes: dict[str, frozenset[str]] = {}
    for each in given:
        question, _, values = each.rpartition("=")
        codes[question] = codes.get(question, frozenset()) | {value.strip() for value in values.split(",") if value.strip()}
    return codes


def made(done: "Study", finish: "Callable[[Paper], bytes] | None", *, language: str, title: str, unit_name: str) -> dict[str, bytes]:
    """The files by name; the paper is printed in its own process meanwhile."""
    from analysis import exports, workbook

    with ThreadPoolExecutor(max_workers=1) as pool:
        paper = StudyPaper(report=done.report, questionnaire=done.questionnaire, title=title, unit_name=unit_name, language=language, software=software())
        printed = pool.submit(finish, paper) if finish else None
        files = {"tallies.json": exports.tallies_json(done.report, language=language), "tables.xlsx": workbook.workbook(done.report, language=language)}
        return files | ({"report.pdf": printed.result()} if printed else {})


def write(files: Mapping[str, bytes], output: Path) -> None:
    try:
        output.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (output / name).write_bytes(content)
    except OSError as wrong:
        raise Refusal(NOT_WRITTEN, given=str(output), reason=wrong.strerror or "") from None


def said(code: Code, language: str, **given: object) -> str:
    return str(sentence(code.sentence, language, given))


def tell(notes: "Iterable[Note]", language: str) -> None:
    for note in notes:
        click.echo(said(note.code, language, **note.given), err=True)


def fail(form: Path, refusal: Refusal, language: str) -> NoReturn:
    """One sentence on stderr; a line each where a form has several problems or the data several unknown values."""
    if isinstance(refusal, Invalid):
        for problem in refusal.problems:
            click.echo(f"{form}:{problem.where}: {problem.code.id}: {on_one_line(words(problem, language))}", err=True)
        sys.exit(1)
    click.echo(on_one_line(f"{words(refusal, language)} {next_words(refusal, language)}"), err=True)
    for row, column, value in getattr(refusal, "first", ()):
        click.echo(said(UNKNOWN_VALUE, language, row=str(row), column=column, value=value[:60]), err=True)
    sys.exit(1)


def on_one_line(text: str) -> str:
    return " ".join(text.split())
