"""The real form before it opens, for whoever has the secret link: answered with script or without, stored apart, never counted."""

import datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import File
from litestar.types import ControllerRouterHandler

from server.clock import Clock
from server.routes import answering, asking, choosing, media
from server.routes.frame import frame
from server.routes.sending import BODY_WITH_FILES, FileOut, taken_of
from server.settings import Settings
from server.store import consultations, questionnaires, trials, units
from server.web import form as form_of
from server.web import language, page
from surveys import lifecycle, receipts
from surveys.consultation import Consultation
from surveys.problems import Conflict, NotFound
from surveys.refusals import NO_TRIAL

Visit = Request[Any, Any, Any]
Token = FromPath[str]
Time = NamedDependency[Clock]

HIDDEN = {"X-Robots-Tag": "noindex, nofollow"}
"""What no search engine may keep."""


async def tried(token: str, clock: Clock) -> Consultation:
    """The consultation that this link tries. Raises NotFound from the very moment it opens."""
    consultation = lifecycle.at(await consultations.load(await trials.slug_of(token)), clock.now())
    if not lifecycle.is_trying(consultation):
        raise NotFound(NO_TRIAL)
    return consultation


@get(["/thu/{token:str}", "/thu/{token:str}/form"], include_in_schema=False)
async def form(request: Visit, token: Token, clock: Time) -> Response[Any]:
    consultation = await tried(token, clock)
    questionnaire = await questionnaires.questionnaire(consultation)
    villages = await units.villages(consultation.unit)
    context = asking.form_context(consultation, questionnaire, villages, version=consultation.version, spoken=language(request), trial=token)
    framed = frame(request, consultation, back=f"/thu/{token}/form", trial=token)
    return page(request, "resident/form.html", private=True, headers=HIDDEN, **context | {"fresh": True}, **framed)


@post("/thu/{token:str}/form", status_code=200, include_in_schema=False)
async def change(request: Visit, token: Token, clock: Time) -> Response[Any]:
    return answering.filled(request, await sheet_of(request, token, clock))


@post("/thu/{token:str}/check", status_code=200, include_in_schema=False)
async def check(request: Visit, token: Token, clock: Time) -> Response[Any]:
    return await checked(request, token, clock)


@post("/thu/{token:str}/check/files", status_code=200, include_in_schema=False, request_max_body_size=BODY_WITH_FILES)
async def check_with_files(request: Visit, token: Token, clock: Time) -> Response[Any]:
    return await checked(request, token, clock)


async def checked(request: Visit, token: str, clock: Clock) -> Response[Any]:
    """Files of a trial run are taken like others; nothing claims them, so that a day later they are gone."""
    sheet = await sheet_of(request, token, clock, day=clock.today())
    return wrong(request, sheet) or answering.review(request, sheet)


@post("/thu/{token:str}/send", status_code=200, include_in_schema=False)
async def send(request: Visit, token: Token, clock: Time, settings: NamedDependency[Settings]) -> Response[Any]:
    sheet = await sheet_of(request, token, clock)
    if mistaken := wrong(request, sheet):
        return mistaken
    key = receipts.key_hash(settings.secret, sheet.consultation.id, sheet.key)
    try:
        await trials.answer(sheet.consultation.id, key_hash=key, version=sheet.version, answers=sheet.checked.values)
    except Conflict as full:
        return answering.review(request, sheet, status=full.status, refusal=full)
    framed = frame(request, sheet.consultation, back=f"/thu/{token}/form", trial=token)
    return page(request, "resident/tried.html", private=True, headers=HIDDEN, **framed)


async def sheet_of(request: Visit, token: str, clock: Clock, *, day: datetime.date | None = None) -> answering.Sheet:
    return await answering.sheet_of(request, await form_of(request), await tried(token, clock), day=day, trial=token)


def wrong(request: Visit, sheet: answering.Sheet) -> Response[Any] | None:
    return answering.filled(request, sheet, status=422, problems=sheet.checked.problems) if sheet.checked.problems else None


@get("/thu/{token:str}/media/{name:str}", include_in_schema=False)
async def medium(token: Token, name: FromPath[str], clock: Time, settings: NamedDependency[Settings]) -> File:
    return await media.shown(name, await tried(token, clock), settings)


@get("/thu/{token:str}/choices/{question:str}", include_in_schema=False)
async def options(request: Visit, token: Token, question: FromPath[str], clock: Time) -> Response[bytes]:
    return await choosing.choices(request, await tried(token, clock), question)


@post("/thu/{token:str}/files", status_code=201, include_in_schema=False, request_max_body_size=BODY_WITH_FILES)
async def send_file(request: Visit, token: Token, clock: Time, settings: NamedDependency[Settings]) -> FileOut:
    return await taken_of(request, await tried(token, clock), settings, day=clock.today())


handlers: list[ControllerRouterHandler] = [form, change, check, check_with_files, send, medium, options, send_file]
