"""pyxform's word on a form. It stops at its first mistake, so it comes after our own checks and adds what they did not see."""

import logging
import re
from collections.abc import Mapping

from pyxform.errors import PyXFormError
from pyxform.xls2xform import convert

from surveys.formats import codes
from surveys.formats.xlsform.sheets import Sheet
from surveys.problems import CONDITION_LATER, Problem

ROW = re.compile(r"\[row : (\d+)\]")
SHEET = re.compile(r"the '(survey|choices|settings|entities)' sheet")
NAMED = re.compile(r"'([^']+)'")

logging.getLogger("pyxform").setLevel(logging.CRITICAL)


def refusal(data: bytes, ending: str) -> str:
    """What pyxform says against the form; empty where it takes it. Some mistakes it meets only by stumbling over them."""
    try:
        convert(data, file_type=ending)
    except (PyXFormError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError, RecursionError) as error:
        return " ".join(str(error).split()) or type(error).__name__
    return ""


def with_refusal(found: list[Problem], message: str, book: Mapping[str, Sheet]) -> list[Problem]:
    """Our own problems, and pyxform's unless we have one at its row, or it names no row and we have one that it would refuse too."""
    where = place(message, book)
    ours = [problem for problem in found if problem.code is not CONDITION_LATER]
    if any(problem.where == where for problem in ours) or (ours and not where):
        return found
    return [*found, Problem(codes.REFUSED, where or book["survey"].where, {"given": {"en": ROW.sub("", message).strip()}})]


def place(message: str, book: Mapping[str, Sheet]) -> str:
    """The row it names, or the one of the question it names; empty for neither."""
    named = SHEET.search(message)
    sheet = book.get(named[1] if named else "survey", book["survey"])
    if row := ROW.search(message):
        return f"{sheet.name}!{row[1]}"
    words = NAMED.findall(message)
    return next((line.where for line in book["survey"].rows if line.peek("name") in words), "")
