"""XLSForm (.xlsx, .xls) → Questionnaire: what our kinds can say is taken, everything else is named with its sheet and row."""

import python_calamine

from surveys.formats import archive, codes
from surveys.formats.taken import Taken, Unreadable
from surveys.formats.xlsform import checks, ledger
from surveys.formats.xlsform.questions import Form, sections
from surveys.formats.xlsform.refusal import refusal, with_refusal
from surveys.formats.xlsform.settings import settings
from surveys.formats.xlsform.sheets import Sheet, sheets
from surveys.problems import Invalid
from surveys.questionnaire import Questionnaire


def read(data: bytes, ending: str) -> Taken:
    """Raises Unreadable where it is no workbook with a survey, Invalid with every problem where pyxform refuses the form."""
    archive.check(data, ending)
    book = workbook(data)
    found = checks.problems(book)
    if message := refusal(data, ending):
        raise Invalid(with_refusal(found, message, book))
    form = Form(book=book, settings=settings(book.get("settings"), *(book[key] for key in ("survey", "choices") if key in book)))
    questionnaire = taken(form)
    likert = tuple(row.peek("name") for row in book["survey"].rows if "likert" in row.peek("appearance").split())
    return Taken(questionnaire, tuple(ledger.losses(form)), tuple(found), likert)


def workbook(data: bytes) -> dict[str, Sheet]:
    try:
        book = sheets(data)
    except (python_calamine.CalamineError, ValueError, OSError):
        raise Unreadable(codes.BROKEN_FILE) from None
    if "survey" not in book:
        raise Unreadable(codes.NO_SURVEY)
    return book


def taken(form: Form) -> Questionnaire:
    said = form.settings
    return Questionnaire(sections=sections(form), name=said.name, title=said.title, version=said.version, languages=said.languages)
