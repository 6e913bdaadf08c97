"""What residents read: what is open, the plan, its documents, the empty form. No cookie, nothing stored."""

import datetime
from typing import Any

import msgspec
from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import File
from msgspec import Struct

from server.clock import Clock
from server.pressed import press
from server.routes import answering, asking, choosing, draft_reading, media, receipt
from server.routes.frame import frame, suffix
from server.settings import Settings
from server.store import consultations, documents, plans, questionnaires, units
from server.web import language, page
from surveys import lifecycle
from surveys.consultation import Consultation, State
from surveys.problems import Closed
from surveys.review import minutes
from templates import render

Visit = Request[Any, Any, Any]

PAST = 30
"""Past consultations that the front page lists."""


class Notice(Struct, frozen=True):
    """A consultation as the front page lists it."""

    consultation: Consultation
    unit: str
    days_left: int
    minutes: int = 0

    @property
    def published(self) -> bool:
        return self.consultation.state in (State.PUBLISHED, State.ARCHIVED)


@get("/", include_in_schema=False)
async def home(request: Visit, clock: NamedDependency[Clock]) -> Response[Any]:
    """Of all wards, of one (`?unit=`), or those found by typing (`?q=`)."""
    names: dict[str, str] = request.app.state.unit_names
    code, typed = request.query_params.get("unit", ""), request.query_params.get("q", "").strip()[:100]
    ward = code if code in names else None
    listed = await consultations.public_list(ward, clock.now())
    forms = await questionnaires.latest([one for one in listed if one.state == State.OPEN])
    notices = [Notice(one, names.get(one.unit, ""), days_left(one, clock.today()), minutes(forms[one.id]) if one.id in forms else 0) for one in listed]
    context: dict[str, Any] = {
        "place": names.get(code, ""),
        "home": f"/?unit={code}{suffix(request, '&')}" if ward else f"/{suffix(request)}",
        "lang": suffix(request),
        "q": typed,
        "found": await units.search_units(typed) if typed else [],
        "open": [notice for notice in notices if notice.consultation.state == State.OPEN],
        "earlier": [notice for notice in notices if notice.consultation.state != State.OPEN][:PAST],
        "sample": bool(notices) and all(notice.consultation.sample for notice in notices),
    }
    return page(request, "resident/home.html", headers={"Cache-Control": "no-cache"}, **context)


def days_left(consultation: Consultation, today: datetime.date) -> int:
    return max(0, (consultation.closes_on - today).days)


@get("/c/{slug:str}", include_in_schema=False)
async def plan(request: Visit, slug: FromPath[str], clock: NamedDependency[Clock]) -> Response[bytes]:
    consultation = await consultations.public(slug, clock.now())
    files = await documents.documents(consultation.id)
    clauses = await plans.current(consultation)

    async def make() -> str:
        context = {
            "unit": await units.unit(consultation.unit),
            "documents": files,
            "clauses": len(clauses.plan.clauses) if clauses else 0,
            "minutes": minutes(await questionnaires.questionnaire(consultation)),
            "days_left": days_left(consultation, clock.today()),
        }
        return render("resident/plan.html", language(request), **frame(request, consultation), **context)

    return await press(request, ("plan", language(request), clock.today(), print_of(consultation), print_of(files), clauses is None), make)


@get("/c/{slug:str}/form", include_in_schema=False)
async def form(request: Visit, slug: FromPath[str], clock: NamedDependency[Clock]) -> Response[bytes]:
    """The empty form, one document with all sections."""
    consultation = await consultations.public(slug, clock.now())
    try:
        lifecycle.refuse_answers(consultation)
    except Closed as closed:
        return answering.refused_page(request, consultation, closed, lines=[])
    villages = await units.villages(consultation.unit)

    async def make() -> str:
        questionnaire = await questionnaires.questionnaire(consultation)
        context = asking.form_context(consultation, questionnaire, villages, version=consultation.version, spoken=language(request)) | {"fresh": True}
        return render("resident/form.html", language(request), **frame(request, consultation), **context)

    return await press(request, ("form", language(request), print_of(consultation), print_of(villages)), make)


def print_of(content: Any) -> bytes:
    return msgspec.json.encode(content, order="deterministic")


@get("/c/{slug:str}/documents/{document_id:str}", include_in_schema=False)
async def document(slug: FromPath[str], document_id: FromPath[str], clock: NamedDependency[Clock], settings: NamedDependency[Settings]) -> File:
    consultation = await consultations.public(slug, clock.now())
    found = await documents.document(document_id, consultation=consultation.id)
    return File(
        path=settings.files / found.sha256, filename=found.name, media_type=found.media_type, etag=None,
        content_disposition_type="inline" if found.media_type == "application/pdf" else "attachment", headers={"Cache-Control": "public, max-age=3600"},
    )  # fmt: skip


handlers = [home, plan, form, document, *draft_reading.handlers, *answering.handlers, *receipt.handlers, *media.handlers, *choosing.handlers]
