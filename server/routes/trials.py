"""A trial run at the desk: its secret link, what it brought, clearing and ending it."""

from typing import Any

import segno
from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from server.clock import Clock
from server.desk import workspace
from server.forms import typed
from server.settings import Settings
from server.store import consultations
from server.store import trials as store
from server.web import language, page, see_other
from surveys import rights, trial
from surveys.consultation import Consultation, Person
from surveys.problems import Conflict, NotAllowed
from surveys.refusals import NOT_YOUR_RIGHT, TRIAL_OVER

Visit = Request[Any, Any, Any]
Slug = FromPath[str]
Who = NamedDependency[Person]
Time = NamedDependency[Clock]

SAID = {"start": "Đã có đường dẫn chạy thử.", "clear": "Đã xóa các phiếu thử.", "end": "Đã kết thúc chạy thử và xóa các phiếu thử."}


async def to_try(person: Person, slug: str, clock: Clock) -> Consultation:
    """Raises Conflict once it opened."""
    consultation = await consultations.to_run(person, slug, clock.now())
    if not rights.may_try(person, consultation):
        raise Conflict(TRIAL_OVER)
    return consultation


@get("/desk/{slug:str}/trial")
async def trial_room(request: Visit, slug: Slug, person: Who, clock: Time, settings: NamedDependency[Settings]) -> Response[Any]:
    consultation = await to_try(person, slug, clock)
    around = await workspace(consultation, person, "trial", today=clock.today())
    running = await store.trial(consultation.id)
    address = f"{settings.base_url}/thu/{running.token}" if running else ""
    context = {
        "run": running, "address": address, "qr": segno.make(address, error="m").png_data_uri(scale=5, border=2) if running else "",
        "tried": trial.tried(around["questionnaire"], await store.answers(consultation.id), language(request)) if running else [],
    }  # fmt: skip
    return page(request, "official/trial.html", **around | context)


@post("/desk/{slug:str}/trial")
async def run_trial(request: Visit, slug: Slug, person: Who, clock: Time) -> Response[Any]:
    """`do`: start, clear or end."""
    consultation = await to_try(person, slug, clock)
    do = (await typed(request)).get("do", "")
    if do not in SAID:
        raise NotAllowed(NOT_YOUR_RIGHT)
    await store.run(do, consultation, by=person, now=clock.now())
    return see_other(request, f"/desk/{slug}/trial", said=SAID[do])


handlers: list[ControllerRouterHandler] = [trial_room, run_trial]
