"""Where the parts of a questionnaire stand in the file it came from: `survey!12`, or a JSON pointer in our own form."""

from msgspec import structs

from surveys.problems import Problem
from surveys.questionnaire import Questionnaire


def located(problem: Problem, questionnaire: Questionnaire, *, whole: str) -> Problem:
    """The same problem of a question, a section or `question/option`, at its place in the file; `whole` for what has none of its own."""
    known = places(questionnaire, last=problem.code.id == "duplicate_name")
    where = known.get(problem.where) or known.get(problem.where.partition("/")[0]) or whole
    return structs.replace(problem, where=where)


def places(questionnaire: Questionnaire, *, last: bool = False) -> dict[str, str]:
    """By name; a question counts before a section that is called alike, the first of several (or the last) before the others."""
    found: dict[str, str] = {}
    outer: dict[str, str] = {}
    for number, section in enumerate(questionnaire.sections):
        first = section.questions[0].source if section.questions else ""
        outer.setdefault(section.name, section.source or first or f"/sections/{number}")
        for place, question in enumerate(section.questions):
            if last or question.name not in found:
                found[question.name] = question.source or f"/sections/{number}/questions/{place}"
    return outer | found
