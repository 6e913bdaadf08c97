"""Files from outside made harmless: judged by their content, without the place, the device and the person they came from.

Runs as a child process with limits (server/media.py): only this package opens such files.
"""

from collections.abc import Callable

from server.cleaning import images, papers, sounds
from server.cleaning.clean import Clean, UnfitError
from surveys.attachments import FILE_TOO_HEAVY, NOT_SUCH_A_FILE

__all__ = ["Clean", "UnfitError", "cleaned"]

SORTS: dict[str, Callable[[bytes], Clean]] = {
    "image": images.photo,
    "picture": images.picture,
    "pdf": papers.pdf,
    "office": papers.office,
    "audio": sounds.sound,
}
"""How each sort is cleaned. `picture` is one of a question, made small enough for a slow network."""

BEGINNINGS: dict[str, Callable[[bytes], bool]] = {
    "image": images.looks_so, "picture": images.looks_so, "pdf": papers.looks_like_pdf, "office": papers.looks_like_office, "audio": sounds.looks_so,
}  # fmt: skip


def cleaned(content: bytes, sorts: list[str]) -> Clean:
    """The file as it may be kept, as the first of these sorts that it looks like. Raises UnfitError."""
    sort = next((sort for sort in sorts if BEGINNINGS[sort](content)), None)
    if sort is None:
        raise UnfitError(NOT_SUCH_A_FILE)
    try:
        return SORTS[sort](content)
    except MemoryError:
        raise UnfitError(FILE_TOO_HEAVY) from None
