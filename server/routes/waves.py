"""A past consultation again: a new draft from it, and which of its questions repeat which of the earlier ones."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from server.clock import Clock
from server.desk import workspace
from server.forms import typed
from server.store import consultations, questionnaires
from server.store import waves as store
from server.web import language, page, see_other
from surveys import rights
from surveys.comparability import judged
from surveys.comparing import comparison
from surveys.consultation import Consultation, Person
from surveys.problems import Conflict
from surveys.refusals import NOT_A_WAVE
from surveys.waves import read_pairs

Visit = Request[Any, Any, Any]
Slug = FromPath[str]
Who = NamedDependency[Person]
Time = NamedDependency[Clock]


@get("/desk/{slug:str}/wave")
async def wave_room(request: Visit, slug: Slug, person: Who, clock: Time) -> Response[Any]:
    consultation = await consultations.to_see(person, slug, clock.now())
    around = await workspace(consultation, person, "wave", today=clock.today())
    context = {"may_repeat": rights.may_repeat(person, consultation), **await matching(request, consultation)}
    return page(request, "official/wave.html", **around | context)


async def matching(request: Visit, consultation: Consultation) -> dict[str, Any]:
    """Each question beside the one it repeats, and how far the two compare."""
    found = await store.earlier(consultation)
    if found is None:
        return {"earlier": None, "rows": [], "gone": [], "choices": []}
    earlier, before = found
    asked = await questionnaires.questionnaire(consultation)
    changes = comparison(before, asked, language=language(request), pairs=consultation.matches)
    rows = [(change, judged(change), change.was or (change.name if change.what != "added" else "")) for change in changes if change.what != "removed"]
    return {
        "earlier": earlier, "rows": [row for row in rows if row[0].asks], "gone": [change for change in changes if change.what == "removed" and change.asks],
        "choices": [(question.name, question.label) for question in before.questions() if question.kind.asks],
    }  # fmt: skip


@post("/desk/{slug:str}/wave")
async def match(request: Visit, slug: Slug, person: Who, clock: Time) -> Response[Any]:
    """Fields `match-<question>` name the earlier question that it repeats; '' where none does."""
    consultation = await consultations.to_edit(person, slug, clock.now())
    found = await store.earlier(consultation)
    if found is None:
        raise Conflict(NOT_A_WAVE)
    form = await typed(request)
    given = {name.removeprefix("match-"): value for name, value in form.items() if name.startswith("match-")}
    pairs = read_pairs(given, found[1], await questionnaires.questionnaire(consultation))
    await store.match(slug, pairs, by=person, now=clock.now())
    return see_other(request, f"/desk/{slug}/wave", said="Đã lưu cách ghép câu hỏi với đợt trước.")


@post("/desk/{slug:str}/repeat")
async def repeat(request: Visit, slug: Slug, person: Who, clock: Time) -> Response[Any]:
    made = await store.repeat(slug, by=person, now=clock.now())
    if made.wave_of:
        return see_other(request, f"/desk/{made.slug}/wave", said="Đã lập đợt mới từ đợt trước. Xem lại cách ghép câu hỏi, ngày mở và ngày đóng.")
    return see_other(request, f"/desk/{made.slug}/plan", said="Đã nhân bản. Đổi tên, ngày mở và ngày đóng của bản mới.")


handlers: list[ControllerRouterHandler] = [wave_room, match, repeat]
