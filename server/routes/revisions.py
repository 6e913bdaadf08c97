"""Changing a questionnaire while it is open: a working copy, what it does to comparing answers, and its approval by somebody else."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from server.clock import Clock
from server.desk import workspace
from server.forms import typed, wrong_fields
from server.routes.versions import differing
from server.store import consultations, questionnaires
from server.store import revisions as store
from server.store.comments import wrong_comment
from server.web import form as form_of
from server.web import language, page, see_other
from surveys import rights
from surveys.comparing import comparison
from surveys.consultation import Consultation, Person
from surveys.problems import NotAllowed, Problem
from surveys.refusals import NOT_YOUR_RIGHT
from surveys.rewording import Form

Visit = Request[Any, Any, Any]
Slug = FromPath[str]
Who = NamedDependency[Person]
Time = NamedDependency[Clock]


@get("/desk/{slug:str}/change")
async def change_room(request: Visit, slug: Slug, person: Who, clock: Time) -> Response[Any]:
    """Of what is open: what may be changed and what is under way. Of a working copy: what it changes, and why."""
    consultation = await consultations.to_run(person, slug, clock.now())
    return await change_page(request, consultation, person, clock)


async def change_page(
    request: Visit, consultation: Consultation, person: Person, clock: Clock, *, form: Form | None = None, problems: tuple[Problem, ...] = (), status: int = 200
) -> Response[Any]:
    around = await workspace(consultation, person, "change", today=clock.today())
    context: dict[str, Any] = {"wrong": wrong_fields(request, problems)}
    if not consultation.revision_of:
        context |= {"under_way": await store.under_way(consultation), "may_revise": rights.may_revise(person, consultation)}
        return page(request, "official/change.html", status=status, **around | context)
    context |= {"original": await store.original(consultation), "changes": await changes_of(request, consultation)}
    context |= {"form": form or {"reason": consultation.reason}}
    return page(request, "official/revision.html", status=status, **around | context)


async def changes_of(request: Visit, revision: Consultation) -> list[Any]:
    """What it changes in the questionnaire that is open, and what each change does to comparing answers."""
    before = await questionnaires.questionnaire(await store.original(revision))
    changes = comparison(before, await questionnaires.questionnaire(revision), language=language(request))
    return differing(changes, revision.same_meaning)


@post("/desk/{slug:str}/change")
async def change(request: Visit, slug: Slug, person: Who, clock: Time) -> Response[Any]:
    """`do`: begin a working copy; explain why, and which words only were mended; drop it."""
    consultation = await consultations.to_run(person, slug, clock.now())
    fields, form = await form_of(request), await typed(request)
    do = form.get("do", "")
    if do == "begin":
        copy = await store.begin(slug, by=person, now=clock.now())
        return see_other(request, f"/desk/{copy.slug}/questions", said="Đã lập bản sửa. Người dân vẫn trả lời phiếu cũ cho đến khi bản sửa được phê duyệt.")
    if not consultation.revision_of:
        raise NotAllowed(NOT_YOUR_RIGHT)
    if do == "drop":
        return see_other(request, f"/desk/{await store.drop(slug, by=person, now=clock.now())}/change", said="Đã hủy bản sửa. Phiếu đang mở vẫn như cũ.")
    reason = " ".join(form.get("reason", "").split())
    problems = wrong_comment(reason, where="reason") if len(reason) else []
    if problems:
        return await change_page(request, consultation, person, clock, form=form, problems=tuple(problems), status=422)
    await store.explain(slug, reason=reason, same_meaning=fields.get("same_meaning", []), by=person, now=clock.now())
    return see_other(request, f"/desk/{slug}/change", said="Đã lưu lý do sửa.")


handlers: list[ControllerRouterHandler] = [change_room, change]
