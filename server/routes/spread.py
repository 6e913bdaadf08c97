"""The room “Đến người dân”: posters, letters, the loudspeaker's text, the picture of a shared link, and a link for each channel."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from analysis.papers import software
from analysis.papers.leaflets import AnyLeaflet, Card, Letter, Poster
from server import leaflets, outreach
from server.clock import Clock
from server.desk import workspace
from server.forms import typed, wrong_fields
from server.settings import Settings
from server.store import answers, consultations, links, questionnaires, units
from server.web import language, page, see_other
from surveys import aloud, problems, rights
from surveys.consultation import Consultation, Person, State
from surveys.particulars import read_line
from surveys.problems import NO_SUCH_DOCUMENT, NotAllowed, NotFound, Problem
from surveys.refusals import NOT_YOUR_RIGHT
from surveys.review import minutes
from surveys.rewording import Doubts
from surveys.spread import VIAS, Via, path

Visit = Request[Any, Any, Any]
Slug = FromPath[str]
Who = NamedDependency[Person]
Time = NamedDependency[Clock]
Set = NamedDependency[Settings]

TRIAL = (State.DRAFT, State.IN_REVIEW)
FILES: dict[str, tuple[type[Poster | Letter | Card], Via, dict[str, Any]]] = {
    "poster-a4.pdf": (Poster, Via.POSTER, {"size": "a4"}),
    "poster-a3.pdf": (Poster, Via.POSTER, {"size": "a3"}),
    "letter.pdf": (Letter, Via.LETTER, {}),
    "preview.png": (Card, Via.ZALO, {}),
}
"""Name of the file → what it is, whose link it carries."""


async def to_spread(person: Person, slug: str, clock: Clock) -> Consultation:
    consultation = await consultations.to_see(person, slug, clock.now())
    demand(rights.may_spread(person, consultation))
    return consultation


def demand(allowed: bool) -> None:
    if not allowed:
        raise NotAllowed(NOT_YOUR_RIGHT)


@get("/desk/{slug:str}/spread")
async def room(request: Visit, slug: Slug, person: Who, clock: Time, settings: Set) -> Response[Any]:
    consultation = await consultations.to_see(person, slug, clock.now())
    demand(rights.may_see_spread(person, consultation))
    return await room_page(request, consultation, person, clock, settings, form={}, doubts=[])


async def room_page(
    request: Visit, consultation: Consultation, person: Person, clock: Clock, settings: Settings, *, form: dict[str, str], doubts: Doubts, status: int = 200
) -> Response[Any]:
    around = await workspace(consultation, person, "spread", today=clock.today())
    named = await links.named(consultation.id)
    counted = rights.may_see_turnout(person, consultation)
    more = {
        "form": form,
        "wrong": wrong_fields(request, doubts),
        "trial": consultation.state in TRIAL,
        "prints": rights.may_spread(person, consultation),
        "may_name": rights.may_name_links(person, consultation),
        "links": outreach.links(await links.code_of(consultation.id), named, base_url=settings.base_url),
        "reached": outreach.reached(await links.counts(consultation.id), await answers.turnout_rows(consultation.id), named) if counted else None,
    }
    return page(request, "official/spread.html", status=status, **around | more)


@post("/desk/{slug:str}/spread")
async def name_channel(request: Visit, slug: Slug, person: Who, clock: Time, settings: Set) -> Response[Any]:
    """A new channel, or (`via`) another name for one of them."""
    consultation = await to_spread(person, slug, clock)
    demand(rights.may_name_links(person, consultation))
    form = await typed(request)
    doubts: Doubts = []
    name = read_line(form, "name", doubts)
    if not name:
        doubts.append(Problem(problems.REQUIRED, where="name"))
    if doubts:
        return await room_page(request, consultation, person, clock, settings, form=form, doubts=doubts, status=422)
    await links.name(consultation.id, name, by=person, now=clock.now(), via=form.get("via", ""))
    return see_other(request, f"/desk/{slug}/spread#links", said="Đã đặt tên kênh “{name}”.", name=name)


@get("/desk/{slug:str}/spread/loudspeaker")
async def loudspeaker(request: Visit, slug: Slug, person: Who, clock: Time, settings: Set) -> Response[Any]:
    """What is read out, always in Vietnamese."""
    consultation = await to_spread(person, slug, clock)
    around = await workspace(consultation, person, "spread", today=clock.today())
    unit = await units.unit(consultation.unit)
    address = settings.base_url.partition("://")[2] + path(await links.code_of(consultation.id), Via.LOUDSPEAKER)
    told = aloud.announcement(consultation, unit=unit.name[:1].lower() + unit.name[1:], address=address, minutes=minutes(around["questionnaire"]))
    shown: dict[str, Any] = {"paragraphs": told, "seconds": aloud.seconds(told), "address": address, "trial": consultation.state in TRIAL}
    return page(request, "official/loudspeaker.html", **around, **shown)


@get("/desk/{slug:str}/spread/{name:str}")
async def download(request: Visit, slug: Slug, name: FromPath[str], person: Who, clock: Time, settings: Set) -> Response[bytes]:
    """`poster-a4.pdf`, `letter.pdf`, `preview.png` (in the language asked for), or the QR code of a channel: `qr-board.png`."""
    consultation = await to_spread(person, slug, clock)
    via = name.removeprefix("qr-").removesuffix(".png")
    if name == f"qr-{via}.png" and via in VIAS:
        return attached(outreach.qr_png(settings.base_url + path(await links.code_of(consultation.id), via)), "image/png", f"{slug}-{name}")
    if name not in FILES:
        raise NotFound(NO_SUCH_DOCUMENT)
    content = await leaflets.made(await leaflet(consultation, name, language=language(request), settings=settings), settings)
    stem, _, ending = name.rpartition(".")
    return attached(content, "image/png" if ending == "png" else "application/pdf", f"{slug}-{stem}-{language(request)}.{ending}")


async def leaflet(consultation: Consultation, name: str, *, language: str, settings: Settings) -> AnyLeaflet:
    """One of FILES."""
    kind, via, more = FILES[name]
    return kind(
        consultation=consultation,
        unit=await units.unit(consultation.unit),
        link=settings.base_url + path(await links.code_of(consultation.id), via),
        minutes=minutes(await questionnaires.questionnaire(consultation)),
        language=language,
        trial=consultation.state in TRIAL,
        software=software(),
        **more,
    )


def attached(content: bytes, media_type: str, filename: str) -> Response[bytes]:
    headers = {"Content-Disposition": f'inline; filename="{filename}"', "Cache-Control": "no-store"}
    return Response(content, media_type=media_type, headers=headers)


@get("/c/{slug:str}/preview.png", include_in_schema=False)
async def preview(request: Visit, slug: Slug, clock: Time, settings: Set) -> Response[bytes]:
    """What Zalo and Facebook show of a link to this consultation. Other sites may show it."""
    consultation = await consultations.public(slug, clock.now())
    content = await leaflets.made(await leaflet(consultation, "preview.png", language=language(request), settings=settings), settings)
    return Response(content, media_type="image/png", headers={"Cache-Control": "public, max-age=3600", "Cross-Origin-Resource-Policy": "cross-origin"})


handlers: list[ControllerRouterHandler] = [room, name_channel, loudspeaker, download]
public_handlers: list[ControllerRouterHandler] = [preview]
