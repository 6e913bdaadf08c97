"""Bytes of other programs → Questionnaire, and everything that could not be taken."""

import json
from pathlib import Path

from surveys.formats import codes
from surveys.formats.taken import Taken, Unreadable

__all__ = ["Taken", "Unreadable", "read"]

LARGEST_MB = 10


def read(source: Path | str | bytes, name: str = "") -> Taken:
    """The questionnaire in a file, or in bytes whose `name` says by its ending what they are.

    Raises Unreadable where it is no such file, and Invalid with every problem where the form itself is refused.
    Files from outside go through server.uploads.read_form, which does this in a child with limits.
    """
    data = source if isinstance(source, bytes) else load(Path(source))
    if len(data) > LARGEST_MB * 1_000_000:
        raise Unreadable(codes.TOO_BIG, high=LARGEST_MB)
    ending = Path(name or ("" if isinstance(source, bytes) else source)).suffix.lower()
    if ending in {".xlsx", ".xls"}:
        from surveys.formats.xlsform import read as xlsform  # pyxform alone takes half a second to load, and most who import this package read nothing

        return xlsform.read(data, ending)
    if ending == ".json":
        return read_json(data)
    if ending == ".lss":
        from surveys.formats.limesurvey import read as limesurvey

        return limesurvey.read(data)
    raise Unreadable(codes.UNKNOWN_FORMAT)


def read_json(data: bytes) -> Taken:
    """Ours, or a definition of SurveyJS; what it holds says which."""
    from surveys.formats import own
    from surveys.formats.surveyjs import read as surveyjs

    try:
        raw = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise Unreadable(codes.BROKEN_FILE) from None
    if isinstance(raw, dict) and own.is_one(raw):
        return own.read(raw)
    if isinstance(raw, dict) and surveyjs.is_one(raw):
        return surveyjs.read(raw)
    raise Unreadable(codes.UNKNOWN_FORMAT)


def load(path: Path) -> bytes:
    """Its bytes, at most one more than may be read. Raises Unreadable where there is no such file."""
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_MB * 1_000_000 + 1)
    except OSError:
        raise Unreadable(codes.NO_FILE, given=path.name) from None
