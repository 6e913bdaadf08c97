"""Pictures and sound of questions, and files of residents: cleaned in a child process, kept under their SHA-256."""

import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import msgspec
from anyio import CapacityLimiter, to_thread
from anyio import Path as AsyncPath
from msgspec import Struct

import surveys
from server.cleaning.clean import Clean
from server.store.documents import keep
from surveys import attachments
from surveys.attachments import FILE_TOO_HEAVY, MEDIA_TYPES, SORTS, BadFile, TooLarge
from surveys.problems import NO_SUCH_DOCUMENT, Code, NotFound

ROOT = Path(surveys.__file__).parents[1]
CLEAN_WITHIN_S = 10
CLEAN_WITHIN_MB = 1500
LARGEST_MB = {"image": 15, "audio": 5}
"""Of what officials put into questions; a picture comes out far smaller."""

NAME = re.compile(rf"([0-9a-f]{{64}})\.({'|'.join(MEDIA_TYPES)})")

AT_ONCE = CapacityLimiter(2)
"""Files opened at the same time in one process: each may need much memory."""


class Verdict(Struct):
    """The child's first line."""

    code: str = ""
    media_type: str = ""
    ending: str = ""


async def keep_media(path: Path, *, sort: Literal["image", "audio"], folder: Path) -> str:
    """Checks, cleans and keeps a picture or recording of a question; gives its media name, to stand in the questionnaire.

    `path`: the uploaded bytes, in a file of their own. `folder`: settings.files. A picture loses its EXIF and becomes a WebP
    of at most 1600 pixels and, where possible, 150 kB; sound (mp3, m4a, ogg, webm; at most 5 MB) loses its tags.
    Raises BadFile (TooLarge among them), a Refusal with `code` and `given`: the sentence to show beside the field.
    """
    clean = await cleaned(path, sorts=["picture" if sort == "image" else sort], most_mb=LARGEST_MB[sort])
    return f"{await to_thread.run_sync(keep, clean.content, folder)}.{clean.ending}"


async def cleaned(path: Path, *, sorts: Sequence[str], most_mb: int) -> Clean:
    """The file, harmless, as the first of these sorts that it is (server/cleaning). Raises BadFile, TooLarge."""
    if (await AsyncPath(path).stat()).st_size > most_mb * 1_000_000:
        raise TooLarge(attachments.FILE_TOO_BIG, high=most_mb)
    told = await to_thread.run_sync(said_by_child, path, sorts, limiter=AT_ONCE)
    line, _, content = told.partition(b"\n")
    try:
        verdict = msgspec.json.decode(line, type=Verdict)
    except msgspec.MsgspecError:
        raise BadFile(FILE_TOO_HEAVY) from None
    if verdict.code:
        raise BadFile(code_of(verdict.code), sorts=[SORTS["image" if sort == "picture" else sort] for sort in sorts])
    return Clean(verdict.media_type, verdict.ending, content)


def said_by_child(path: Path, sorts: Sequence[str]) -> bytes:
    """What it printed; cut short or nothing where the kernel stopped it."""
    command = [sys.executable, "-P", "-m", "server.cleaning", str(path), ",".join(sorts), str(CLEAN_WITHIN_S), str(CLEAN_WITHIN_MB)]
    try:
        child = subprocess.run(command, capture_output=True, timeout=CLEAN_WITHIN_S * 2, env={"PYTHONPATH": str(ROOT)}, check=False)
    except subprocess.TimeoutExpired:
        return b""
    return child.stdout if child.returncode == 0 else b""


def code_of(name: str) -> Code:
    return next(code for code in vars(attachments).values() if isinstance(code, Code) and code.id == name)


def media_name(name: str) -> tuple[str, str]:
    """The SHA-256 and the ending in a media name. Raises NotFound where it is none."""
    read = NAME.fullmatch(name)
    if read is None:
        raise NotFound(NO_SUCH_DOCUMENT)
    return read[1], read[2]
