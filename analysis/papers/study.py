"""A report on any set of answers, from anywhere: no unit and no law, the figures alone."""

from msgspec import Struct

import templates
from analysis.papers.figures import chapters, crosses, overview
from analysis.papers.takings import merges, taken
from analysis.report import Report
from surveys.kinds import say
from surveys.questionnaire import Questionnaire


class StudyPaper(Struct, frozen=True, kw_only=True, tag="study"):
    """What `ydan analyse` prints. `title` empty is the report's; the questionnaire gives sections and hints."""

    report: Report
    questionnaire: Questionnaire | None = None
    title: str = ""
    unit_name: str = ""
    language: str = "vi"
    software: str = ""


def html(paper: StudyPaper) -> str:
    arranged = chapters(paper.report, paper.questionnaire)
    lines = overview(paper.report, paper.questionnaire)
    figures = [figure for chapter in arranged for figure in chapter.figures]
    return templates.render(
        "paper/study.html",
        paper.language,
        paper=paper,
        style="study",
        author=paper.unit_name or "Ý Dân",
        marks=[],
        title=paper.title or say(paper.report.title, paper.language),
        asked=sum(figure.tallies[0].kind != "calculation" for figure in figures),
        reach=100 * paper.report.responses / paper.report.population if paper.report.population else None,
        chapters=arranged,
        overview=lines,
        crosses=list(crosses(paper.report, lines.satisfaction)),
        grouped=[figure for figure in figures if figure.groupings],
        taken=list(taken(paper.report)),
        merges=list(merges(paper.report)),
    )
