"""`ydan check` and `ydan convert`: questionnaire files, without web or database."""

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NoReturn

import click

from server.uploads import read_form
from surveys import review
from surveys.formats import codes, own
from surveys.formats.places import located
from surveys.formats.taken import Taken, Unreadable
from surveys.problems import Invalid, Problem, Refusal
from templates import words

PROBLEMS = 1
UNREADABLE = 2
LOSSES = 3

LANGUAGE = click.option("--language", type=click.Choice(["vi", "en"]), default="vi", show_default=True, help="Ngôn ngữ của thông báo.")


@click.command()
@click.argument("form", type=click.Path(path_type=Path))
@LANGUAGE
def check(form: Path, language: str) -> None:
    """Nêu mọi chỗ sai của bộ câu hỏi FORM, mỗi chỗ một dòng.

    Mã thoát: 0 không có chỗ sai, 1 có chỗ sai, 2 không đọc được. Lời khuyên và những gì không lấy được ghi ra stderr, không tính là sai.
    """
    try:
        taken = read_form(form)
    except Unreadable as refusal:
        fail(form, refusal, language)
    except Invalid as refusal:
        say(form, refusal.problems, language)
        sys.exit(PROBLEMS)
    wrong, advice = findings(taken, whole=whole_of(form))
    say(form, [*taken.losses, *advice], language, err=True)
    say(form, wrong, language)
    sys.exit(PROBLEMS if wrong else 0)


@click.command()
@click.argument("form", type=click.Path(path_type=Path))
@click.option("-o", "output", type=click.Path(path_type=Path, dir_okay=False), help="Ghi vào tệp này (ghi đè); không có thì ghi ra stdout.")
@click.option("--to", "to", type=click.Choice(["json", "xlsx"]), help="Dạng ghi ra; mặc định theo đuôi của -o, không có thì json.")
@click.option("--partial", is_flag=True, help="Vẫn ghi phần lấy được khi có phần không lấy được.")
@LANGUAGE
def convert(form: Path, output: Path | None, to: str | None, partial: bool, language: str) -> None:
    """Chuyển FORM (XLSForm .xlsx, .xls, LimeSurvey .lss, SurveyJS .json hoặc bộ câu hỏi .json) thành bộ câu hỏi .json hoặc XLSForm.

    Mã thoát: 0 đã chuyển, 2 không đọc được hoặc pyxform không nhận, 3 có phần không lấy được (nêu ở stderr) và không có --partial.
    """
    to = to or ("xlsx" if output and output.suffix.lower() == ".xlsx" else "json")
    if to == "xlsx" and output is None and sys.stdout.isatty():
        raise click.UsageError("Thêm -o TỆP.xlsx: tệp xlsx không in ra màn hình được.")
    try:
        taken = read_form(form)
    except Unreadable as refusal:
        fail(form, refusal, language)
    except Invalid as refusal:
        say(form, refusal.problems, language, err=True)
        sys.exit(UNREADABLE)
    data, losses = written(taken, to, whole=whole_of(form))
    say(form, losses, language, err=True)
    if losses and not partial:
        sys.exit(LOSSES)
    put(data, output, language)


def findings(taken: Taken, *, whole: str) -> tuple[list[Problem], list[Problem]]:
    """What is wrong and what is only advice, each at its place in the file; what reading found already is not said twice."""
    reviewed = review.check(taken.questionnaire)
    said = {(problem.code.id, problem.given.get("given")) for problem in taken.problems}
    wrong = [problem for problem in reviewed.forbidden if (problem.code.id, problem.given.get("given")) not in said]
    return [*taken.problems, *placed(wrong, taken, whole)], placed(reviewed.advice, taken, whole)


def placed(problems: Iterable[Problem], taken: Taken, whole: str) -> list[Problem]:
    return [located(problem, taken.questionnaire, whole=whole) for problem in problems]


def whole_of(form: Path) -> str:
    """Where what concerns all of a file stands."""
    return {".json": "/", ".lss": "surveys!1"}.get(form.suffix.lower(), "survey!1")


def written(taken: Taken, to: str, *, whole: str) -> tuple[bytes, list[Problem]]:
    """The file to write, and everything that is not in it."""
    if to == "json":
        return own.write(taken.questionnaire), list(taken.losses)
    from surveys.formats.xlsform import write as xlsform_write  # loads pyxform

    book = xlsform_write.write(taken.questionnaire)
    return book.data, [*taken.losses, *placed(book.losses, taken, whole)]


def put(data: bytes, output: Path | None, language: str) -> None:
    """Writes beside the file first, so that a full disk leaves the old one whole."""
    if output is None:
        sys.stdout.buffer.write(data)
        return
    beside = output.with_name(f".{output.name}.{os.getpid()}")
    try:
        beside.write_bytes(data)
        beside.replace(output)
    except OSError:
        beside.unlink(missing_ok=True)
        fail(output, Refusal(codes.NOT_WRITTEN, given=output.name), language, status=1)


def say(form: Path, problems: Iterable[Problem], language: str, *, err: bool = False) -> None:
    """One line each: `file:sheet!row: code: sentence`."""
    for problem in problems:
        click.echo(f"{form}:{problem.where}: {problem.code.id}: {on_one_line(words(problem, language))}", err=err)


def on_one_line(text: str) -> str:
    return " ".join(text.split())


def fail(form: Path, refusal: Refusal, language: str, *, status: int = UNREADABLE) -> NoReturn:
    click.echo(f"{form}: {refusal.code.id}: {on_one_line(words(refusal, language))}", err=True)
    sys.exit(status)
