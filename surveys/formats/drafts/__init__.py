"""The file of a draft plan, or pasted text → its paragraphs and tables in order. Word (.docx), and PDF that holds text."""

from pathlib import Path

from surveys.formats.drafts import codes
from surveys.formats.drafts.draft import Draft
from surveys.formats.taken import Unreadable
from surveys.plan.marks import marks
from surveys.plan.reading import Part

LARGEST_MB = 20
MOST_PARTS = 20_000
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def read(data: bytes, name: str) -> Draft:
    """By what the bytes are, whatever their name says. Raises Unreadable.

    Files from outside go through server.uploads.read_draft, which does this in a child with limits.
    """
    draft = by_content(data, name)
    if not draft.parts:
        raise Unreadable(codes.DRAFT_EMPTY, given=name)
    if len(draft.parts) > MOST_PARTS:
        raise Unreadable(codes.DRAFT_LONG, given=name, high=MOST_PARTS)
    return draft


def by_content(data: bytes, name: str) -> Draft:
    if len(data) > LARGEST_MB * 1_000_000:
        raise Unreadable(codes.DRAFT_HEAVY, given=name)
    if data.startswith(b"%PDF-"):
        from surveys.formats.drafts import pdf

        return pdf.read(data, name)
    if data.startswith(b"PK"):
        from surveys.formats.drafts import word

        return Draft(word.read(data, name))
    if data.startswith(OLE):
        raise Unreadable(codes.DRAFT_LOCKED if ENCRYPTED in data else codes.DRAFT_OLD_WORD, given=name)
    raise Unreadable(codes.DRAFT_BROKEN if Path(name).suffix.lower() in (".pdf", ".docx") else codes.DRAFT_UNKNOWN, given=name)


def pasted(text: str) -> tuple[Part, ...]:
    """Lines of pasted text; cells that a spreadsheet or Word parted by tabs become rows of a table."""
    parts: list[Part] = []
    for line in text.splitlines():
        cells = tuple(cell.strip() for cell in line.split("\t"))
        numbered = len(cells) == 2 and bool(marks(" ".join(cells)))
        if len([cell for cell in cells if cell]) < 2 or numbered:
            parts.append(Part(" ".join(cells)))
        elif parts and parts[-1].rows:
            parts[-1] = Part(rows=(*parts[-1].rows, cells))
        else:
            parts.append(Part(rows=(cells,)))
    return tuple(part for part in parts if part.text.strip() or part.rows)
