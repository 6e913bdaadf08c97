"""Sound: recognised by its first bytes; titles, places and pictures that a recorder wrote into it are wiped out."""

import struct

from server.cleaning.clean import Clean, UnfitError
from surveys.attachments import NOT_SUCH_A_FILE

WIPED = frozenset({b"udta", b"meta", b"uuid"})
HOLDING = frozenset({b"moov", b"trak", b"mdia", b"minf"})
"""Boxes of an MP4 file in which such boxes may lie."""


def looks_so(content: bytes) -> bool:
    return kind_of(content) is not None


def kind_of(content: bytes) -> tuple[str, str] | None:
    """Media type and ending; None where it is no sound."""
    if content[4:8] == b"ftyp":
        return "audio/mp4", "m4a"
    if content.startswith(b"OggS"):
        return "audio/ogg", "ogg"
    if content.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in content[:64]:
        return "audio/webm", "webm"
    return ("audio/mpeg", "mp3") if content.startswith(b"ID3") or is_frame(content) else None


def is_frame(content: bytes) -> bool:
    """Whether an MPEG audio frame begins here."""
    return (
        len(content) > 3 and content[0] == 0xFF and content[1] & 0xE0 == 0xE0 and content[1] & 0x18 != 0x08 and content[1] & 0x06 != 0 and content[2] >> 4 != 15
    )


def sound(content: bytes) -> Clean:
    known = kind_of(content)
    if known is None:
        raise UnfitError(NOT_SUCH_A_FILE)
    media_type, ending = known
    wipe = {"mp3": without_tags, "m4a": without_notes}.get(ending)
    return Clean(media_type, ending, wipe(content) if wipe else content)


def without_tags(content: bytes) -> bytes:
    """An MP3 without its ID3 tags, at the front and at the end."""
    while content.startswith(b"ID3") and len(content) > 10:
        length = sum((byte & 0x7F) << shift for byte, shift in zip(content[6:10], (21, 14, 7, 0), strict=True))
        content = content[10 + length + (10 if content[5] & 0x10 else 0) :].lstrip(b"\0")
    if not is_frame(content):
        raise UnfitError(NOT_SUCH_A_FILE)
    return content[:-128] if content[-128:-125] == b"TAG" else content


def without_notes(content: bytes) -> bytes:
    """An MP4 whose notes are free space now: nothing else moves, so that every offset in it still holds."""
    wiped = bytearray(content)
    seen = wipe(wiped, 0, len(wiped))
    if b"moov" not in seen:
        raise UnfitError(NOT_SUCH_A_FILE)
    return bytes(wiped)


def wipe(content: bytearray, start: int, end: int) -> set[bytes]:
    """Frees the boxes of notes between these places; gives the names of all that it saw."""
    seen: set[bytes] = set()
    while start + 8 <= end:
        size, name = struct.unpack_from(">I4s", content, start)
        head = 8
        if size == 1 and start + 16 <= end:
            size, head = struct.unpack_from(">Q", content, start + 8)[0], 16
        size = end - start if size == 0 else size
        if size < head or start + size > end:
            raise UnfitError(NOT_SUCH_A_FILE)
        seen.add(name)
        if name in WIPED:
            content[start + 4 : start + 8] = b"free"
            content[start + head : start + size] = bytes(size - head)
        elif name in HOLDING:
            seen |= wipe(content, start + head, start + size)
        start += size
    return seen
