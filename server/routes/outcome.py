"""What everybody may read once a consultation is published: its results page, and the same as files."""

from typing import Any

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from analysis import workbook
from analysis.exports import tallies_json
from analysis.papers.figures import chapters, overview
from analysis.papers.takings import merges, taken
from server import counting
from server.clock import Clock
from server.pressed import press
from server.routes.frame import frame
from server.settings import Settings
from server.store import consultations, questionnaires, results
from server.web import language
from surveys import rights
from surveys.consultation import Consultation
from surveys.problems import NO_SUCH_CONSULTATION, NotFound
from templates import render

Visit = Request[Any, Any, Any]

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


async def published(slug: str, clock: Clock) -> Consultation:
    """Raises NotFound before it is published, Busy while its results are being counted."""
    consultation = await consultations.public(slug, clock.now())
    if consultation.state not in rights.PUBLIC_RESULTS:
        raise NotFound(NO_SUCH_CONSULTATION)
    await counting.ready(consultation)
    return consultation


@get("/c/{slug:str}/results", include_in_schema=False)
async def results_page(request: Visit, slug: FromPath[str], clock: NamedDependency[Clock]) -> Response[bytes]:
    """First the reply, then what most said, then every figure."""
    consultation = await published(slug, clock)
    report = await counting.report(consultation, results.PUBLIC)

    async def make() -> str:
        questionnaire = await questionnaires.questionnaire(consultation)
        context = {
            "report": report,
            "chapters": chapters(report, questionnaire),
            "overview": overview(report, questionnaire),
            "taken": list(taken(report)),
            "merges": list(merges(report)),
            "papers": await results.papers(consultation.id),
            "amended": await counting.amendments(consultation),
        }
        return render("resident/results.html", language(request), **frame(request, consultation), **context)

    return await press(request, ("results", language(request), consultation.id, await results.basis(consultation.id)), make)


async def file_of(consultation: Consultation, form: str, *, language: str, settings: Settings) -> Response[bytes]:
    """The results as json, csv, xlsx, or the council paper as pdf. Private figures are in none of them."""
    if form == "pdf":
        paper = next((one for one in await results.papers(consultation.id) if one.language == language), None)
        if paper is None:
            raise NotFound(NO_SUCH_CONSULTATION)
        return attached((settings.files / paper.sha256).read_bytes(), "application/pdf", consultation, form)
    report = await counting.report(consultation, results.PUBLIC)
    if form == "csv":
        from analysis.files import tables_csv  # with pandas, which a web worker does not carry until somebody asks

        return attached(tables_csv(report, language=language), "text/csv; charset=utf-8", consultation, form)
    if form == "xlsx":
        return attached(workbook.workbook(report, language=language), XLSX, consultation, form)
    return Response(tallies_json(report, language=language), media_type="application/json")


def attached(content: bytes, media_type: str, consultation: Consultation, form: str) -> Response[bytes]:
    return Response(content, media_type=media_type, headers={"Content-Disposition": f'attachment; filename="{consultation.slug}.{form}"'})


handlers = [results_page]
