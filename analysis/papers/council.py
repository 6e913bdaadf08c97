"""The report on a consultation to the council and the Front (Báo cáo, BC), laid out by Decree 30/2020/NĐ-CP, Annex I."""

import datetime
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

import templates
from analysis.papers.asked import asked, headed
from analysis.papers.figures import Chapter, Line, Overview, chapters, overview
from analysis.papers.letterhead import letterhead, paragraphs
from analysis.papers.takings import merges, taken
from analysis.report import Report
from surveys.consultation import Consultation
from surveys.editions import Amended
from surveys.questionnaire import Questionnaire
from surveys.units import Unit

FACTS = 5
"""Questions that page 1 names, so that it stays one page."""


class CouncilPaper(Struct, frozen=True, kw_only=True, tag="council"):
    """Everything the paper prints. `number` and `signed_on` None leave room for pen and ink; `readers` empty is council and Front.

    `superior`: the body above the issuing one; empty is the province's committee. `software`: this program's version.
    `amended`: what was changed while open, by question.
    """

    consultation: Consultation
    questionnaire: Questionnaire
    report: Report
    unit: Unit
    superior: str = ""
    number: int | None = None
    symbol: str = "BC-UBND"
    signed_on: datetime.date | None = None
    place: str = ""
    signer_post: str = ""
    signer_name: str = ""
    drafter: str = ""
    readers: tuple[str, ...] = ()
    language: str = "vi"
    software: str = ""
    amended: dict[str, tuple[Amended, ...]] = {}


class Facts(Struct, frozen=True):
    """What page 1 names; `left` questions that could stand there do not."""

    stances: tuple[Line, ...]
    satisfaction: tuple[Line, ...]
    choices: tuple[Line, ...]
    left: int


def html(paper: CouncilPaper) -> str:
    return templates.render("paper/council.html", paper.language, **context(paper))


def context(paper: CouncilPaper) -> dict[str, Any]:
    """What the template prints beside the paper itself."""
    held, language = paper.consultation, paper.language
    arranged = chapters(paper.report, paper.questionnaire)
    lines = overview(paper.report, paper.questionnaire)
    figures = [figure for chapter in arranged for figure in chapter.figures]
    form = paper.questionnaire
    return letterhead(paper) | {
        "paper": paper,
        "style": "decree",
        "turnout": paper.report.turnout,
        "chapters": arranged,
        "overview": lines,
        "facts": facts(lines),
        "grouped": [figure for figure in figures if figure.groupings],
        "worded": [figure for figure in figures if figure.released or figure.unreleased],
        "taken": list(taken(paper.report)),
        "merges": list(merges(paper.report)),
        "numbers": numbers(arranged),
        "asked": {question.name: asked(question, form, language) for question in form.questions()},
        "headings": {section.name: headed(section, form, language) for section in form.sections},
        "asking": sum(question.kind.asks for question in form.questions()),
        "days": (held.closes_on - held.opens_on).days,
        "summary": paragraphs(held.summary, language),
        "changes": paragraphs(held.changes, language),
        "reply": paragraphs(held.reply, language),
        "proposals": paragraphs(held.proposals, language),
    }


def facts(lines: Overview) -> Facts:
    """The questions a vote turns on: stances first, then the lowest satisfaction, then choices where there is neither."""
    stances = lines.stances[:FACTS]
    rated = sorted((line for line in lines.satisfaction if line.tally.satisfied_percent is not None), key=satisfied)
    satisfaction = tuple(rated[: FACTS - len(stances)])
    choices = () if stances or satisfaction else tuple(line for line in (*lines.preferences, *lines.choices) if line.top)[:FACTS]
    shown = len(stances) + len(satisfaction) + len(choices)
    return Facts(stances, satisfaction, choices, len(lines.stances) + len(lines.satisfaction) + len(lines.choices) + len(lines.preferences) - shown)


def satisfied(line: Line) -> float:
    return line.tally.satisfied_percent or 0.0


def numbers(arranged: tuple[Chapter, ...]) -> Mapping[str, int]:
    """Question → the number that its figure has."""
    return {figure.tallies[0].name.split("/")[0]: figure.number for chapter in arranged for figure in chapter.figures}
