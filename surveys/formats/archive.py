"""Whether bytes are the workbook they say they are, small enough unpacked, and without anything that XML could be made to fetch."""

import io
import zipfile
import zlib

from surveys.formats import codes
from surveys.formats.taken import Unreadable

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LARGEST_UNPACKED_MB = 60
MOST_MEMBERS = 2000
DECLARATIONS = tuple(word.encode(encoding) for word in ("<!DOCTYPE", "<!ENTITY") for encoding in ("utf-8", "utf-16-le", "utf-16-be"))


def check(data: bytes, ending: str) -> None:
    """Raises Unreadable: another kind of file, a zip bomb, or a document type declaration, which no spreadsheet program writes."""
    if ending == ".xls":
        if not data.startswith(OLE):
            raise Unreadable(codes.BROKEN_FILE)
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            check_members(book)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error, ValueError, OSError):
        raise Unreadable(codes.BROKEN_FILE) from None


def check_members(book: zipfile.ZipFile) -> None:
    """Unpacks each part once, counting what really comes out: the sizes that an archive states may be lies."""
    members = book.infolist()
    allowed = LARGEST_UNPACKED_MB * 1_000_000
    if len(members) > MOST_MEMBERS:
        raise Unreadable(codes.TOO_HEAVY)
    for member in members:
        with book.open(member) as part:
            text = part.read(allowed + 1)
        allowed -= len(text)
        if allowed < 0:
            raise Unreadable(codes.TOO_HEAVY)
        if member.filename.endswith((".xml", ".rels")) and any(word in text for word in DECLARATIONS):
            raise Unreadable(codes.BROKEN_FILE)
