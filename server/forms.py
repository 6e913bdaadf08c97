"""A form of an official page: what was typed, which file was chosen, and what is wrong with it, by field."""

from collections.abc import Iterable
from typing import Any

from litestar import Request

from server.web import form, language, uploads
from surveys.problems import FILE_MISSING, FILE_TOO_LARGE, Invalid, Problem
from templates import next_words, words

Visit = Request[Any, Any, Any]

ROOM_FOR_FIELDS = 1_000_000
"""Bytes of a request beside its file."""


async def typed(request: Visit) -> dict[str, str]:
    """The last value of each field."""
    return {name: values[-1] for name, values in (await form(request)).items()}


def wrong_fields(request: Visit, problems: Iterable[Problem]) -> dict[str, str]:
    """The first problem of each field and what to do about it, in the language of the page; '' is the form as a whole."""
    told = language(request)
    found: dict[str, str] = {}
    for problem in problems:
        found.setdefault(problem.where, f"{words(problem, told)} {next_words(problem, told)}".strip())
    return found


def other_language(request: Visit, path: str) -> str:
    """The language switch of a page that answers a form: to the page the form stands on, which a browser can ask for."""
    return f"{path}?lang={'en' if language(request) == 'vi' else 'vi'}"


async def one_upload(request: Visit, *, largest_mb: int, field: str = "file") -> tuple[str, bytes]:
    """Name and bytes of the file that was chosen. Raises Invalid at the field where there is none, or it is too large."""
    chosen = await uploads(request, field)
    content = await chosen[0].read() if chosen else b""
    if not content:
        raise Invalid([Problem(FILE_MISSING, field)])
    if len(content) > largest_mb * 1_000_000:
        raise Invalid([Problem(FILE_TOO_LARGE, field, {"high": largest_mb})])
    return file_name(chosen[0].filename), content


def file_name(given: str) -> str:
    """The last part of a path, printable, of a length that every disk takes."""
    name = "".join(letter for letter in given.replace("\\", "/").rpartition("/")[2] if letter.isprintable()).strip() or "tep"
    stem, dot, ending = name.rpartition(".")
    return f"{stem[:100]}{dot}{ending[:10]}" if stem else name[:100]
