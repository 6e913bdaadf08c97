"""Files that mean harm or are none at all: one sentence, quickly, within limits."""

import io
import resource
import struct
import time
import zipfile

import pytest

from server.uploads import read_form
from surveys.formats import LARGEST_MB, Unreadable, codes, read
from surveys.formats.archive import LARGEST_UNPACKED_MB

SURVEY = [("type", "name", "label"), ("text", "q", "Q")]


def repacked(data: bytes, *, changed: dict[str, bytes]) -> bytes:
    """The same workbook with some parts in other words, or with parts added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            new.writestr(member.filename, changed.pop(member.filename, None) or old.read(member))
        for name, text in changed.items():
            new.writestr(name, text)
    return out.getvalue()


def refused(data: bytes, name: str = "form.xlsx") -> object:
    with pytest.raises(Unreadable) as caught:
        read(data, name)
    return caught.value.code


@pytest.mark.parametrize("name", ["form.qsf", "form.csv", "form", "form.xlsm"])
def test_another_ending_is_an_unknown_format(name):
    assert refused(b"text", name) is codes.UNKNOWN_FORMAT


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 not a zip", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), b"<html>"])
@pytest.mark.parametrize("name", ["form.xlsx", "form.xls"])
def test_what_only_calls_itself_a_workbook_is_broken(data, name):
    assert refused(data, name) is codes.BROKEN_FILE


def test_an_old_workbook_named_as_a_new_one_is_broken(workbook):
    assert refused(workbook(survey=SURVEY), "form.xls") is codes.BROKEN_FILE


def test_a_workbook_without_a_survey_is_said_so(workbook):
    assert refused(workbook(questions=SURVEY, choices=[("list_name",)])) is codes.NO_SURVEY


def test_a_large_file_is_not_looked_at():
    assert refused(bytes(LARGEST_MB * 1_000_000 + 1)) is codes.TOO_BIG


def test_a_zip_bomb_is_not_unpacked(workbook):
    data = repacked(workbook(survey=SURVEY), changed={"xl/bomb.xml": bytes(LARGEST_UNPACKED_MB * 1_000_000)})

    began = time.perf_counter()
    assert refused(data) is codes.TOO_HEAVY
    assert len(data) < 200_000
    assert time.perf_counter() - began < 2


def test_a_zip_bomb_that_lies_about_its_size_is_refused(workbook):
    data = repacked(workbook(survey=SURVEY), changed={"xl/bomb.xml": bytes(3_000_000)})
    lying = data.replace(struct.pack("<L", 3_000_000), struct.pack("<L", 100))

    assert refused(lying) is codes.BROKEN_FILE


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_declarations_are_refused_before_any_parser_sees_them(workbook, encoding):
    data = workbook(survey=SURVEY)
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        head, _, body = book.read("xl/worksheets/sheet1.xml").decode().partition("?>")
    declared = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE worksheet [<!ENTITY e SYSTEM "file:///etc/hostname">]>{body}'.encode(encoding)

    assert head.startswith("<?xml")
    assert refused(repacked(data, changed={"xl/worksheets/sheet1.xml": declared})) is codes.BROKEN_FILE


def test_too_many_parts_are_not_unpacked(workbook):
    assert refused(repacked(workbook(survey=SURVEY), changed={f"xl/{number}.xml": b"" for number in range(2000)})) is codes.TOO_HEAVY


def test_broken_xml_inside_is_broken(workbook):
    assert refused(repacked(workbook(survey=SURVEY), changed={"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row"})) is codes.BROKEN_FILE


def test_deep_and_long_expressions_are_losses_not_crashes(workbook):
    deep = "not(" * 200 + "${q} = 'a'" + ")" * 200
    data = workbook(survey=[("type", "name", "label", "relevant", "constraint"), ("text", "q", "Q"), ("text", "p", "P", deep, "regex(., '(a+)+$')")])

    found = read(data, "form.xlsx")

    assert [loss.code.id for loss in found.losses] in (["lost_constraint"], ["lost_constraint", "lost_condition"])


def test_markup_and_formulas_are_only_letters(workbook):
    words = ('=HYPERLINK("http://evil")', "<script>alert(1)</script>", "{{ 7*7 }}", "@SUM(A1)", "-1+1")
    data = workbook(survey=[("type", "name", "label"), *(("text", f"q{number}", text) for number, text in enumerate(words))])

    assert [question.label["vi"] for question in read(data, "form.xlsx").questionnaire.questions()] == list(words)


def test_the_child_reads_what_the_parent_would(workbook, tmp_path):
    path = tmp_path / "form.xlsx"
    path.write_bytes(workbook(survey=[(*SURVEY[0], "relevant"), (*SURVEY[1], "today() > ''"), ("barcode", "p", "P")]))

    began = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    found = read_form(path)

    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - began < 2
    assert found == read(path)
    assert [loss.code.id for loss in found.losses] == ["lost_condition", "lost_type"]


def test_the_name_given_counts_where_the_path_says_nothing(workbook, tmp_path):
    path = tmp_path / "upload"
    path.write_bytes(workbook(survey=SURVEY))

    assert read_form(path, name="Phiếu.xlsx") == read(path.read_bytes(), "form.xlsx")


def test_a_file_that_is_not_there_is_unreadable(tmp_path):
    with pytest.raises(Unreadable) as caught:
        read_form(tmp_path / "gone.xlsx")

    assert caught.value.code == codes.NO_FILE


def test_a_sheet_that_grows_beyond_memory_is_stopped(workbook, tmp_path):
    far = b'<row r="3000"><c r="XFD3000" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    with zipfile.ZipFile(io.BytesIO(data := workbook(survey=SURVEY))) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").replace(b"</sheetData>", far)
    path = tmp_path / "form.xlsx"
    path.write_bytes(repacked(data, changed={"xl/worksheets/sheet1.xml": sheet}))

    with pytest.raises(Unreadable) as caught:
        read_form(path, within_mb=1000)

    assert caught.value.code == codes.TOO_HEAVY


def test_what_takes_too_long_is_stopped(workbook, tmp_path):
    path = tmp_path / "form.xlsx"
    path.write_bytes(workbook(survey=[SURVEY[0], *(("text", f"q{number}", f"${{q{number}}}" * 20) for number in range(20_000))]))

    began = time.perf_counter()
    with pytest.raises(Unreadable) as caught:
        read_form(path, within_s=2)

    assert caught.value.code == codes.TOO_HEAVY
    assert time.perf_counter() - began < 6
