"""A receipt in the hand of its holder: what became of the answer, and its withdrawal. Never what was answered.

The receipt comes in a body, so that no address, log or referrer holds it.
"""

from typing import Any

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from server.clock import Clock
from server.routes.answering import first
from server.routes.frame import frame
from server.sent import throw_away
from server.settings import Settings
from server.store import answers, consultations
from server.store.answers import ReceiptState
from server.web import form as form_of
from server.web import page
from surveys import lifecycle, receipts
from surveys.consultation import Consultation
from surveys.problems import NO_SUCH_RECEIPT, NotFound, Refusal

Visit = Request[Any, Any, Any]


@get("/c/{slug:str}/receipt", include_in_schema=False)
async def ask(request: Visit, slug: FromPath[str], clock: NamedDependency[Clock]) -> Response[Any]:
    return shown(request, await consultations.public(slug, clock.now()))


@post("/c/{slug:str}/receipt", status_code=200, include_in_schema=False)
async def tell(request: Visit, slug: FromPath[str], clock: NamedDependency[Clock], settings: NamedDependency[Settings]) -> Response[Any]:
    consultation = await consultations.public(slug, clock.now())
    given = first(await form_of(request), "receipt")
    try:
        state = await state_of(consultation, given, settings.secret)
    except NotFound as refusal:
        return shown(request, consultation, given=given, refusal=refusal)
    return shown(request, consultation, given=given, found=state)


@post("/c/{slug:str}/withdraw", status_code=200, include_in_schema=False)
async def withdraw(request: Visit, slug: FromPath[str], clock: NamedDependency[Clock], settings: NamedDependency[Settings]) -> Response[Any]:
    """Deletes the answer while answers are taken; again, it only says so."""
    consultation = await consultations.public(slug, clock.now())
    given = first(await form_of(request), "receipt")
    try:
        lifecycle.refuse_answers(consultation)
        before = await state_of(consultation, given, settings.secret)
        await throw_away(await answers.withdraw(consultation.id, **hashes(given, settings.secret), day=clock.today()), settings)
        after = await state_of(consultation, given, settings.secret)
    except Refusal as refusal:
        return shown(request, consultation, given=given, refusal=refusal)
    return shown(request, consultation, given=given, found=after, just=before.state == "counted")


async def state_of(consultation: Consultation, given: str, secret: bytes) -> ReceiptState:
    return await answers.receipt_state(consultation.id, **hashes(given, secret))


def hashes(given: str, secret: bytes) -> dict[str, bytes]:
    """Under which the answer of this receipt, or its withdrawal, is stored. Raises NotFound where it cannot be a receipt."""
    receipt = receipts.parse(given)
    if receipt is None:
        raise NotFound(NO_SUCH_RECEIPT)
    return {"answer": receipts.answer_id(secret, receipt), "receipt_hash": receipts.withdrawal_hash(secret, receipt)}


def shown(
    request: Visit, consultation: Consultation, *, given: str = "", found: ReceiptState | None = None, just: bool = False, refusal: Refusal | None = None
) -> Response[Any]:
    receipt = receipts.grouped(receipts.parse(given) or "") if found else ""
    context: dict[str, Any] = {"given": "" if found else given, "found": found, "receipt": receipt, "just": just, "refusal": refusal}
    framed = frame(request, consultation, back=f"/c/{consultation.slug}/receipt")
    return page(request, "resident/receipt_state.html", status=refusal.status if refusal else 200, private=True, **context, **framed)


handlers = [ask, tell, withdraw]
