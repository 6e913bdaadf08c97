"""The room of councillors and of the Fatherland Front: what their ward's residents said, once it is published."""

from typing import Any

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import File
from litestar.types import ControllerRouterHandler

from server import counting
from server.clock import Clock
from server.settings import Settings
from server.store import consultations, results
from server.store.results import Paper
from server.web import page
from surveys import rights
from surveys.consultation import Consultation, Person
from surveys.problems import NO_SUCH_DOCUMENT, NotFound

Visit = Request[Any, Any, Any]


@get("/council")
async def council(request: Visit, person: NamedDependency[Person], clock: NamedDependency[Clock]) -> Response[Any]:
    """Published consultations of the person's unit with their papers, latest first; and what is open or being counted."""
    found = await consultations.public_list(person.unit, clock.now())
    papers = await results.papers_of([one.id for one in found if is_published(one)])
    return page(
        request,
        "council/council.html",
        published=[(one, papers.get(one.id, [])) for one in found if is_published(one)],
        running=[one for one in found if not is_published(one)],
    )


def is_published(consultation: Consultation) -> bool:
    return consultation.state in rights.PUBLIC_RESULTS


@get("/council/{slug:str}/{name:str}")
async def paper(
    slug: FromPath[str], name: FromPath[str], person: NamedDependency[Person], clock: NamedDependency[Clock], settings: NamedDependency[Settings]
) -> File:
    """`report.vi.pdf` of a published consultation of the person's unit."""
    consultation = await consultations.public(slug, clock.now())
    if consultation.unit != person.unit or not is_published(consultation):
        raise NotFound(NO_SUCH_DOCUMENT)
    await counting.ready(consultation)
    return paper_file(await results.papers(consultation.id), name, slug=slug, settings=settings)


def paper_file(papers: list[Paper], name: str, *, slug: str, settings: Settings) -> File:
    """The one of these called `report.vi.pdf`. Raises NotFound."""
    for one in papers:
        if name == f"{one.name}.{one.language}.pdf":
            return File(path=settings.files / one.sha256, filename=f"{slug}-{name}", media_type="application/pdf", etag=None, content_disposition_type="inline")
    raise NotFound(NO_SUCH_DOCUMENT)


handlers: list[ControllerRouterHandler] = [council, paper]
