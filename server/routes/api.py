"""The JSON API for anybody: what is asked, answering, the receipt, the results."""

import datetime
from contextlib import suppress
from typing import Annotated, Any

from litestar import Request, Response, Router, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, HeaderParameter, JSONBody
from msgspec import Struct

from server.clock import Clock
from server.intake import Intake, Submission
from server.references import references
from server.routes import api_desk, outcome, sending
from server.sent import throw_away
from server.store import answers, consultations, documents, questionnaires, units
from surveys import attachments, lifecycle, receipts
from surveys.answers import check
from surveys.consultation import Assistance, Consultation, Contact, Edition, Instrument, State
from surveys.kinds import Text
from surveys.problems import (
    BAD_KEY,
    CODE_NOT_ACCEPTED,
    NO_SUCH_RECEIPT,
    NO_VILLAGE_NAMED_SO,
    OTHER_VERSION,
    BadRequest,
    Invalid,
    NotAllowed,
    NotFound,
    Problem,
)
from surveys.questionnaire import Questionnaire


class ListedConsultation(Struct):
    """One line of the public list."""

    slug: str
    title: Text
    unit: str
    instrument: Instrument
    state: State
    opens_on: datetime.date
    closes_on: datetime.date


class DocumentOut(Struct):
    """A file of the draft plan."""

    name: str
    media_type: str
    bytes: int
    pages: int | None
    url: str


class Definition(Struct):
    """All that a program needs to ask a consultation's questions itself. `editions`: the versions that were open; answers may name any."""

    slug: str
    title: Text
    unit: str
    unit_name: str
    instrument: Instrument
    state: State
    opens_on: datetime.date
    closes_on: datetime.date
    version: int
    summary: Text
    changes: Text
    use: Text
    legal_ground: Text
    contact: Contact
    documents: list[DocumentOut]
    villages: list[str]
    sample: bool
    editions: tuple[Edition, ...]
    questionnaire: Questionnaire
    media: dict[str, str]
    """Where each picture and recording that the questionnaire names is found."""


class Answers(Struct, omit_defaults=True):
    """A respondent's answers. `receipt`: of a withdrawn answer that this one replaces. `village`: the name of one of the unit's."""

    answers: dict[str, Any]
    version: int | None = None
    code: str | None = None
    receipt: str | None = None
    village: str | None = None
    assistance: Assistance = Assistance.SELF
    language: str = "vi"


class Receipt(Struct):
    receipt: str


class ReceiptState(Struct):
    state: str


IdempotencyKey = Annotated[str, HeaderParameter(name="Idempotency-Key", required=False, min_length=0)]


@get("/consultations", summary="Consultations that are open or past")
async def list_consultations(clock: NamedDependency[Clock]) -> list[ListedConsultation]:
    found = await consultations.public_list(None, clock.now())
    return [listed(consultation) for consultation in found]


def listed(consultation: Consultation) -> ListedConsultation:
    return ListedConsultation(**{field: getattr(consultation, field) for field in ListedConsultation.__struct_fields__})


@get("/consultations/{slug:str}", summary="One consultation with its questionnaire")
async def define_consultation(slug: FromPath[str], clock: NamedDependency[Clock]) -> Definition:
    consultation = await consultations.public(slug, clock.now())
    unit = await units.unit(consultation.unit)
    files = await documents.documents(consultation.id)
    questionnaire = await questionnaires.questionnaire(consultation)
    own = {field: getattr(consultation, field) for field in Definition.__struct_fields__ if hasattr(consultation, field)}
    return Definition(
        **own,
        unit_name=unit.name,
        documents=[DocumentOut(file.name, file.media_type, file.bytes, file.pages, f"/c/{slug}/documents/{file.id}") for file in files],
        villages=[village.name for village in await units.villages(consultation.unit)],
        questionnaire=questionnaire,
        media={name: f"/c/{slug}/media/{name}" for name in sorted(attachments.names(questionnaire))},
    )


@post("/consultations/{slug:str}/responses", summary="Answer; 201 once it is durable, 200 for a repeat", status_code=201)
async def respond(
    request: Request[Any, Any, Any], slug: FromPath[str], data: JSONBody[Answers], clock: NamedDependency[Clock], key: IdempotencyKey = ""
) -> Response[Receipt]:
    consultation = await consultations.public(slug, clock.now())
    lifecycle.refuse_answers(consultation)
    secret = request.app.state.settings.secret
    submission = await repeat_of(consultation, data, key=key, day=clock.today(), secret=secret) or await submission_of(
        consultation, data, key=key, day=clock.today()
    )
    outcome = await intake_of(request).submit(submission)
    return Response(Receipt(receipts.grouped(outcome.receipt)), status_code=200 if outcome.repeated else 201)


async def repeat_of(consultation: Consultation, body: Answers, *, key: str, day: datetime.date, secret: bytes) -> Submission | None:
    """What came before with this key, read as it was read then: the form may have been changed in between. Bodies that name a version need no search."""
    versions = lifecycle.open_versions(consultation)
    if body.version is not None or len(versions) == 1 or not receipts.is_key(key):
        return None
    known = await answers.body_of(consultation.id, receipts.key_hash(secret, consultation.id, key))
    for version in reversed(versions) if known else ():
        with suppress(Invalid):
            submission = await submission_of(consultation, body, key=key, day=day, version=version)
            if submission.body_hash(secret) == known:
                return submission
    return None


async def submission_of(consultation: Consultation, body: Answers, *, key: str, day: datetime.date, version: int | None = None) -> Submission:
    """What was sent, checked: under `version`, or the one it names, or the newest. Raises BadRequest without a usable key, Invalid
    with all that is wrong, NotAllowed for any code."""
    if not receipts.is_key(key):
        raise BadRequest(BAD_KEY)
    if body.code is not None:
        raise NotAllowed(CODE_NOT_ACCEPTED)
    named = None if body.receipt is None else receipts.parse(body.receipt)
    if body.receipt is not None and named is None:
        raise NotAllowed(CODE_NOT_ACCEPTED)
    known = body.version in (*lifecycle.open_versions(consultation), consultation.version)
    version = version or (body.version if known else None) or consultation.version
    questionnaire = await questionnaires.questionnaire(consultation, version=version)
    checked = check(questionnaire, body.answers)
    pointed = await references(consultation, questionnaire, checked.values)
    village, problems = await village_of(consultation, body.village)
    if body.version is not None and not known:
        problems.append(Problem(OTHER_VERSION, where="version", given={"given": body.version, "version": consultation.version}))
    if checked.problems or pointed.problems or problems:
        raise Invalid([*checked.problems, *pointed.problems, *problems])
    return Submission(
        consultation=consultation,
        key=key,
        version=version,
        named=body.version,
        answers=checked.values,
        day=day,
        village=village,
        assistance=body.assistance,
        language=body.language if body.language in ("vi", "en") else "vi",
        receipt=named,
    )


async def village_of(consultation: Consultation, given: str | None) -> tuple[str | None, list[Problem]]:
    """The id of a village given by name or id."""
    if given is None or not given.strip():
        return None, []
    for village in await units.villages(consultation.unit):
        if given.strip() in (village.id, village.name):
            return village.id, []
    return None, [Problem(NO_VILLAGE_NAMED_SO, where="village", given={"given": given[:60]})]


@get("/consultations/{slug:str}/receipts/{receipt:str}", summary="Whether the answer of this receipt counts")
async def receipt_state(request: Request[Any, Any, Any], slug: FromPath[str], receipt: FromPath[str], clock: NamedDependency[Clock]) -> ReceiptState:
    consultation = await consultations.public(slug, clock.now())
    found = await answers.receipt_state(consultation.id, **hashes(request, receipt))
    return ReceiptState(found.state)


@delete("/consultations/{slug:str}/receipts/{receipt:str}", summary="Withdraw the answer of this receipt", status_code=200)
async def withdraw(request: Request[Any, Any, Any], slug: FromPath[str], receipt: FromPath[str], clock: NamedDependency[Clock]) -> ReceiptState:
    consultation = await consultations.public(slug, clock.now())
    named = hashes(request, receipt)
    await answers.receipt_state(consultation.id, **named)
    lifecycle.refuse_answers(consultation)
    await throw_away(await answers.withdraw(consultation.id, **named, day=clock.today()), request.app.state.settings)
    return ReceiptState("withdrawn")


def hashes(request: Request[Any, Any, Any], receipt: str) -> dict[str, bytes]:
    """Under what the store knows this receipt. Raises NotFound where it cannot be one."""
    named = receipts.parse(receipt)
    if named is None:
        raise NotFound(NO_SUCH_RECEIPT)
    secret = request.app.state.settings.secret
    return {"answer": receipts.answer_id(secret, named), "receipt_hash": receipts.withdrawal_hash(secret, named)}


def intake_of(request: Request[Any, Any, Any]) -> Intake:
    found: Intake = request.app.state.intake
    return found


@get(
    [
        "/consultations/{slug:str}/results",
        "/consultations/{slug:str}/results.json",
        "/consultations/{slug:str}/results.csv",
        "/consultations/{slug:str}/results.xlsx",
        "/consultations/{slug:str}/results.pdf",
    ],
    summary="Results, once published: tallies as JSON, CSV or XLSX, and the council paper as PDF",
)
async def results(request: Request[Any, Any, Any], slug: FromPath[str], clock: NamedDependency[Clock], lang: FromQuery[str] = "vi") -> Response[bytes]:
    consultation = await outcome.published(slug, clock)
    form = request.url.path.rpartition("/results")[2].removeprefix(".") or "json"
    return await outcome.file_of(consultation, form, language="en" if lang == "en" else "vi", settings=request.app.state.settings)


router = Router(
    "/api/v1",
    route_handlers=[list_consultations, define_consultation, respond, sending.send_file, receipt_state, withdraw, results, api_desk.router],
)
