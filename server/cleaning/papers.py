"""PDF and office files: refused where they hold programs or are locked; who made them is wiped out."""

import io
import re
import zipfile
from typing import Any

import pikepdf

from server.cleaning.clean import Clean, UnfitError
from surveys.attachments import FILE_ACTIVE, FILE_LOCKED, NOT_SUCH_A_FILE
from surveys.formats import archive
from surveys.formats.taken import Unreadable

ACTIVE_NAMES = frozenset({"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/RichMedia", "/Rendition"})
ACTIVE_KEYS = frozenset({"/JS", "/JavaScript", "/EmbeddedFiles", "/XFA", "/EF"})
ZIP = b"PK\x03\x04"
OOXML = "application/vnd.openxmlformats-officedocument."
OFFICE = {
    "word/document.xml": (f"{OOXML}wordprocessingml.document", "docx"),
    "xl/workbook.xml": (f"{OOXML}spreadsheetml.sheet", "xlsx"),
    "ppt/presentation.xml": (f"{OOXML}presentationml.presentation", "pptx"),
}
"""What each sort of office file holds."""

MAKERS = re.compile(rb"(<(dc:creator|cp:lastModifiedBy|dc:publisher|Company|Manager)[^>]*>)[^<]*(</)")
OUTWARD = re.compile(rb"<Relationship [^>]*TargetMode=[\"']External[\"'][^>]*>")


def looks_like_pdf(content: bytes) -> bool:
    return content.startswith(b"%PDF-")


def looks_like_office(content: bytes) -> bool:
    return content.startswith(ZIP)


def pdf(content: bytes) -> Clean:
    """Raises UnfitError where it is locked, runs something, or hides files."""
    try:
        with pikepdf.open(io.BytesIO(content)) as paper:
            if paper.is_encrypted:
                raise UnfitError(FILE_LOCKED)
            if not len(paper.pages):
                raise UnfitError(NOT_SUCH_A_FILE)
            if any(is_active(thing) for thing in paper.objects):
                raise UnfitError(FILE_ACTIVE)
            return Clean("application/pdf", "pdf", anonymous(paper))
    except pikepdf.PasswordError:
        raise UnfitError(FILE_LOCKED) from None
    except (pikepdf.PdfError, ValueError, RuntimeError, RecursionError):
        raise UnfitError(NOT_SUCH_A_FILE) from None


def is_active(thing: Any, depth: int = 0) -> bool:
    """Whether a dictionary, or one within it, acts by itself. Objects of their own are looked at where they stand."""
    if isinstance(thing, pikepdf.Array):
        return depth < 20 and any(is_active(part, depth + 1) for part in thing if not getattr(part, "is_indirect", False))
    if not isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        return False
    keys = set(thing.keys())
    if keys & ACTIVE_KEYS or {str(thing.get("/S")), str(thing.get("/Subtype"))} & ACTIVE_NAMES:
        return True
    return depth < 20 and any(is_active(thing[key], depth + 1) for key in keys if not getattr(thing[key], "is_indirect", False))


def anonymous(paper: pikepdf.Pdf) -> bytes:
    for key in ("/Metadata", "/OpenAction", "/AA"):
        if key in paper.Root:
            del paper.Root[key]
    del paper.docinfo
    target = io.BytesIO()
    paper.save(target)
    return target.getvalue()


def office(content: bytes) -> Clean:
    """Word, Excel or PowerPoint without macros, and without links that open by themselves."""
    try:
        archive.check(content, ".xlsx")
    except Unreadable:
        raise UnfitError(NOT_SUCH_A_FILE) from None
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        parts = {member.filename: book.read(member) for member in book.infolist()}
    known = next((found for part, found in OFFICE.items() if part in parts), None)
    if known is None or "[Content_Types].xml" not in parts:
        raise UnfitError(NOT_SUCH_A_FILE)
    if any(acts(name, part) for name, part in parts.items()):
        raise UnfitError(FILE_ACTIVE)
    return Clean(known[0], known[1], zipped({name: MAKERS.sub(rb"\1\3", part) if name.startswith("docProps/") else part for name, part in parts.items()}))


def acts(name: str, part: bytes) -> bool:
    if name.lower().endswith((".bin", ".exe", ".dll", ".js", ".vbs")) and "printerSettings" not in name:
        return True
    if name == "[Content_Types].xml":
        return b"macroEnabled" in part
    return name.endswith(".rels") and any(b"/hyperlink" not in link for link in OUTWARD.findall(part))


def zipped(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as book:
        for name, part in parts.items():
            book.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return target.getvalue()
