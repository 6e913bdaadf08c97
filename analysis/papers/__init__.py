"""Papers as PDF, each made in a process of its own with a cap on time and memory. Importing this loads no WeasyPrint."""

from importlib.metadata import PackageNotFoundError, version

from analysis.papers.child import make, started
from analysis.papers.council import CouncilPaper
from analysis.papers.refusals import PaperFailed
from analysis.papers.study import StudyPaper
from analysis.report import Report
from surveys.questionnaire import Questionnaire

__all__ = ["CouncilPaper", "PaperFailed", "StudyPaper", "make", "make_analysis", "make_council", "software", "started"]


def make_analysis(report: Report, *, title: str = "", unit_name: str = "", language: str = "vi", questionnaire: Questionnaire | None = None) -> bytes:
    """The PDF of `ydan analyse`. Raises PaperFailed."""
    paper = StudyPaper(report=report, questionnaire=questionnaire, title=title, unit_name=unit_name, language=language, software=software())
    return make(paper)


def make_council(paper: CouncilPaper) -> bytes:
    """The PDF of the report to the council. Raises PaperFailed."""
    return make(paper)


def software() -> str:
    """This program's version; empty where it runs uninstalled from its source."""
    try:
        return version("ydan")
    except PackageNotFoundError:
        return ""
