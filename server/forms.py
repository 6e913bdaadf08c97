"""A form of an official page: what was typed, and what is wrong with it, by field."""

from collections.abc import Iterable
from typing import Any

from litestar import Request

from server.web import form, language
from surveys.problems import Problem
from templates import next_words, words

Visit = Request[Any, Any, Any]


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
