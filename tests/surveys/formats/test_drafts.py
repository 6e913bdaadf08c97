"""Files of draft plans: Word with its numbers and tracked changes, PDF with its lines and tables; scans, locked, old and hostile files refused."""

import io
import os
import random
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from server.uploads import READ_DRAFT_WITHIN_MB, read_draft
from surveys.formats import drafts
from surveys.formats.drafts import codes, pasted
from surveys.formats.taken import Unreadable
from surveys.kinds import Block
from surveys.plan.reading import Part, read
from tests.plans.counting import expected, found_in
from tests.plans.docx import W, document, docx, numbering, packed, paragraph, run
from tests.plans.paper import locked, pdf, scanned
from tests.plans.source import source

ROAD = source("road")


def body(*inner):
    return f"<w:document {W}><w:body>{''.join(inner)}</w:body></w:document>"


def parts_of(*inner, **more):
    return [(part.line, part.rows) for part in drafts.read(packed(body(*inner), **more), "a.docx").parts]


def refused(data, name):
    with pytest.raises(Unreadable) as refusal:
        drafts.read(data, name)
    return refusal.value.code


def test_tracked_changes_count_as_accepted_and_contents_are_left_out():
    found = read(drafts.read(docx(ROAD, tracked=True), "a.docx").parts)

    words = " ".join(block.text for clause in found.clauses for block in clause.blocks)
    assert ("Câu mới thêm." in words, "Câu đã bỏ" in words, "Mục lục" in words) == (True, False, False)


def test_a_deleted_paragraph_mark_joins_two_paragraphs():
    gone = f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('Mở từ 5 m ')}</w:p>"

    assert parts_of(gone, paragraph("lên 8 m.")) == [("Mở từ 5 m lên 8 m.", ())]


def test_moved_hidden_and_field_text():
    inner = (
        f"<w:p><w:moveFrom>{run('Chỗ cũ')}</w:moveFrom><w:moveTo>{run('Chỗ mới')}</w:moveTo></w:p>"
        f"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r>{run('hiện')}</w:p>"
        f"<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:fldSimple w:instr='DATE'>{run('ngày 1')}</w:fldSimple><w:r><w:tab/><w:t>xong</w:t></w:r></w:p>"
        f"<w:p>{run('Chương I')}<w:r><w:br/></w:r>{run('QUY ĐỊNH CHUNG')}</w:p>"
    )

    assert parts_of(inner) == [("Chỗ mới", ()), ("hiện", ()), ("ngày 1 xong", ()), ("Chương I", ()), ("QUY ĐỊNH CHUNG", ())]


def test_cells_that_span_and_merge_keep_their_column():
    def cell(text, more=""):
        return f"<w:tc><w:tcPr>{more}</w:tcPr>{paragraph(text)}</w:tc>"

    down, wide = '<w:vMerge w:val="restart"/>', '<w:gridSpan w:val="2"/>'
    first = f"<w:tr>{cell('Loại', down)}{cell('Giá', wide)}</w:tr>"
    table = f"<w:tbl>{first}<w:tr>{cell('', '<w:vMerge/>')}{cell('Vị trí 1')}{cell('Vị trí 2')}</w:tr></w:tbl>"

    assert parts_of(table) == [("", (("Loại", "Giá", ""), ("", "Vị trí 1", "Vị trí 2")))]


def test_a_footnote_stands_in_brackets_and_a_text_box_before_its_paragraph():
    notes = f'<w:footnotes {W}><w:footnote w:id="2"><w:p>{run("Theo giá 2026.")}</w:p></w:footnote></w:footnotes>'
    inner = (
        f'<w:p>{run("Giá đất")}<w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
        f"<w:p><w:r><w:pict><w:txbxContent>{paragraph('DỰ THẢO')}</w:txbxContent></w:pict></w:r>{run('Phường')}</w:p>"
    )

    assert parts_of(inner, **{"word/footnotes.xml": notes}) == [("Giá đất (chú thích: Theo giá 2026.)", ()), ("DỰ THẢO", ()), ("Phường", ())]


def test_numbers_restart_continue_and_follow_their_style():
    lists = (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%2)"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num></w:numbering>'
    )
    inner = [paragraph("một", level=0), paragraph("hai", level=1), paragraph("ba", level=1), paragraph("bốn", level=0), paragraph("năm", level=1)]
    again = [paragraph("sáu", level=0, number=2), paragraph("bảy", level=0, number=2)]

    assert [line for line, _ in parts_of(*inner, *again, **{"word/numbering.xml": lists})] == [
        "3. một", "a) hai", "b) ba", "4. bốn", "a) năm", "1. sáu", "2. bảy"
    ]  # fmt: skip
    assert "Điều %3." in numbering()


def test_a_pdf_keeps_paragraphs_over_pages_and_drops_page_numbers():
    found = read(drafts.read(pdf(source("drainage")), "a.pdf").parts)

    assert drafts.read(pdf(source("drainage")), "a.pdf").pages == 2
    assert found_in(found) == expected(source("drainage"))


def test_pasted_text_has_tables_where_cells_were_parted_by_tabs():
    found = read(pasted("Điều 1. Giá\n1.\tTrong chợ\nLoại\tGiá\tGhi chú\nRau\t60\t\n\nĐiều 2. Giờ"))

    assert [(clause.number, clause.heading, clause.blocks) for clause in found.clauses] == [
        ("Điều 1", "Giá", ()), ("1.", "Trong chợ", (Block(rows=(("Loại", "Giá", "Ghi chú"), ("Rau", "60", ""))),)), ("Điều 2", "Giờ", ())
    ]  # fmt: skip


def test_a_scan_is_refused_with_what_to_do():
    assert refused(scanned(pdf(ROAD)), "quet.pdf") == codes.DRAFT_SCANNED


def test_a_page_of_pictures_among_text_is_told():
    import pikepdf

    whole = pikepdf.open(io.BytesIO(pdf(source("drainage"))))
    with pikepdf.open(io.BytesIO(scanned(pdf(ROAD)))) as pictures:
        whole.pages.append(pictures.pages[0])
    file = io.BytesIO()
    whole.save(file)

    assert [(problem.code, problem.given) for problem in drafts.read(file.getvalue(), "a.pdf").problems] == [(codes.PAGES_WITHOUT_TEXT, {"given": "3"})]


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.docx", codes.DRAFT_BROKEN),
        (b"<html>", "a.html", codes.DRAFT_UNKNOWN),
        (b"%PDF-1.7 nothing", "a.pdf", codes.DRAFT_BROKEN),
        (b"PK\x03\x04 nothing", "a.docx", codes.DRAFT_BROKEN),
        (drafts.OLE + b"\0" * 600, "a.doc", codes.DRAFT_OLD_WORD),
        (drafts.OLE + b"\0" * 600, "named.docx", codes.DRAFT_OLD_WORD),
        (drafts.OLE + b"\0" * 600 + drafts.ENCRYPTED, "a.docx", codes.DRAFT_LOCKED),
        (packed(body()), "a.docx", codes.DRAFT_EMPTY),
        (b"0" * 20_000_001, "a.docx", codes.DRAFT_HEAVY),
    ],
)
def test_what_cannot_be_read_is_told_apart(data, name, code):
    assert refused(data, name) == code


def test_a_locked_pdf_is_refused():
    assert refused(locked(pdf(ROAD)), "a.pdf") == codes.DRAFT_LOCKED


def bomb():
    return packed(body(paragraph("a" * 200_000_000)))


def billion_laughs():
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return packed(f'<!DOCTYPE w [<!ENTITY l0 "ha">{entities}]>{body(paragraph("x")).replace(">x<", ">&l9;<")}')


def outside_entity():
    return packed(f'<!DOCTYPE w [<!ENTITY f SYSTEM "file:///etc/passwd">]>{body(paragraph("x")).replace(">x<", ">&f;<")}')


def utf16_entity():
    text = f'<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE w [<!ENTITY f SYSTEM "file:///etc/passwd">]>{body(paragraph("x")).replace(">x<", ">&f;<")}'
    return packed(text.encode("utf-16"))


def deep():
    return packed(body("<w:sdt><w:sdtContent>" * 3000 + paragraph("sâu") + "</w:sdtContent></w:sdt>" * 3000))


def many_members():
    file = io.BytesIO(docx(ROAD))
    with zipfile.ZipFile(file, "a") as book:
        for n in range(6000):
            book.writestr(f"x/{n}", "")
    return file.getvalue()


def many_numbers():
    return packed(body(*(paragraph("x", level=0) for _ in range(30_000))))


def noise_after_header():
    return b"%PDF-1.7\n" + random.Random(5).randbytes(2_000_000)


def endless_pdf():
    import pikepdf

    made = pikepdf.new()
    for _ in range(600):
        made.add_blank_page()
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


HOSTILE = (bomb, billion_laughs, outside_entity, utf16_entity, many_members, many_numbers, noise_after_header, endless_pdf)


@pytest.mark.parametrize("make", HOSTILE, ids=lambda make: make.__name__)
def test_hostile_files_are_refused_in_time_and_memory(make, tmp_path):
    path = tmp_path / "draft"
    path.write_bytes(make())
    name = "a.pdf" if path.read_bytes()[:5] == b"%PDF-" else "a.docx"

    began = time.process_time(), os.times().children_user + os.times().children_system
    with pytest.raises(Unreadable) as refusal:
        read_draft(path, name=name)

    assert os.times().children_user + os.times().children_system - began[1] < 2.5
    assert refusal.value.code.id in {"draft_heavy", "draft_broken", "draft_long"}
    assert READ_DRAFT_WITHIN_MB == 300


def test_deep_nesting_is_inert(tmp_path):
    path = tmp_path / "draft"
    path.write_bytes(deep())

    with pytest.raises(Unreadable) as refusal:
        read_draft(path, name="a.docx")
    assert refusal.value.code.id in {"draft_broken", "draft_empty"}


def test_the_child_gives_what_reading_gives(tmp_path):
    path = tmp_path / "draft"
    path.write_bytes(docx(ROAD))

    assert read_draft(path, name="a.docx") == drafts.read(docx(ROAD), "a.docx")
    path.write_bytes(scanned(pdf(ROAD)))
    with pytest.raises(Unreadable) as refusal:
        read_draft(path, name="quét.pdf")
    assert (refusal.value.code, refusal.value.given) == (codes.DRAFT_SCANNED, {"given": "quét.pdf"})


def test_a_killed_child_is_one_sentence(tmp_path):
    path = tmp_path / "draft"
    path.write_bytes(docx(ROAD))

    with pytest.raises(Unreadable) as refusal:
        read_draft(path, name="a.docx", within_mb=20)
    assert refusal.value.code == codes.DRAFT_HEAVY


def test_the_limits_stop_what_really_grows(tmp_path):
    """The same limits around a program that takes memory: the kernel says no."""
    script = tmp_path / "grow.py"
    script.write_text("from surveys.formats.__main__ import stay_within\nstay_within('2', '300')\nx = bytearray(400_000_000)\n")
    root = Path(drafts.__file__).parents[3]

    ended = subprocess.run([sys.executable, str(script)], env={"PYTHONPATH": str(root)}, capture_output=True, check=False)

    assert b"MemoryError" in ended.stderr


def test_the_original_document_says_what_was_written():
    assert "KẾ HOẠCH" in document(ROAD, tracked=False)
    assert [part.text for part in drafts.read(docx(ROAD), "a.docx").parts][:2] == ["", "KẾ HOẠCH"]
    assert isinstance(drafts.read(docx(ROAD), "a.docx").parts[0], Part)
