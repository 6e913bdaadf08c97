"""What author and approver tell each other at a question or at the whole: threads with answers, dealt with or taken up again."""

from typing import Any

from litestar import Request, Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from server.clock import Clock
from server.forms import typed
from server.routes.run import review_page
from server.store import comments, consultations, questionnaires
from server.web import see_other
from surveys import rights
from surveys.consultation import Consultation, Person
from surveys.problems import UNKNOWN_QUESTION, NotAllowed, NotFound, Problem
from surveys.refusals import NOT_YOUR_RIGHT
from surveys.rewording import Form

Visit = Request[Any, Any, Any]
Slug = FromPath[str]
Part = FromPath[str]
Who = NamedDependency[Person]
Time = NamedDependency[Clock]

ROOMS = {"": "", "questions": "/questions", "review": "/review"}
"""Pages that show threads, and where one comes back to."""


async def to_discuss(person: Person, slug: str, clock: Clock) -> Consultation:
    consultation = await consultations.to_see(person, slug, clock.now())
    if not rights.may_comment(person, consultation):
        raise NotAllowed(NOT_YOUR_RIGHT)
    return consultation


@post("/desk/{slug:str}/remarks")
async def remark(request: Visit, slug: Slug, person: Who, clock: Time) -> Response[Any]:
    """A comment at a question; without one, at the whole."""
    consultation = await to_discuss(person, slug, clock)
    form = await typed(request)
    question = form.get("question", "")
    field = f"text-{question}"
    if question and question not in {one.name for one in (await questionnaires.questionnaire(consultation)).questions()}:
        raise NotFound(UNKNOWN_QUESTION, given=question)
    problems = comments.wrong_comment(form.get(field, ""), where=field)
    if problems:
        return await refused(request, consultation, person, clock, form=form, problems=problems)
    await comments.comment(form[field].strip(), consultation=consultation.id, question=question, by=person.id, now=clock.now())
    return see_other(request, back(slug, form, question), said="Đã ghi ý kiến.")


@post("/desk/{slug:str}/remarks/{remark_id:str}")
async def continue_remark(request: Visit, slug: Slug, remark_id: Part, person: Who, clock: Time) -> Response[Any]:
    """`do`: answer (with `text-<id>`), reopen, or resolve."""
    consultation = await to_discuss(person, slug, clock)
    form = await typed(request)
    do, field = form.get("do", "resolve"), f"text-{remark_id}"
    given: dict[str, Any] = {"consultation": consultation.id, "by": person.id, "now": clock.now()}
    if do == "answer":
        problems = comments.wrong_comment(form.get(field, ""), where=field)
        if problems:
            await comments.thread(remark_id, consultation.id)
            return await refused(request, consultation, person, clock, form=form, problems=problems)
        question, said = await comments.reply(remark_id, form[field].strip(), **given), "Đã trả lời."
    else:
        question = await comments.resolve(remark_id, resolved=do != "reopen", **given)
        said = "Đã mở lại ý kiến." if do == "reopen" else "Đã đánh dấu ý kiến là đã xử lý."
    return see_other(request, back(slug, form, question, remark_id), said=said)


async def refused(request: Visit, consultation: Consultation, person: Person, clock: Clock, *, form: Form, problems: list[Problem]) -> Response[Any]:
    return await review_page(request, consultation, person, clock, form=form, problems=tuple(problems), status=422)


def back(slug: str, form: Form, question: str, remark_id: str = "") -> str:
    """The page that the form stood on, at its question or thread."""
    room = ROOMS.get(form.get("room", "review"), "/review")
    at = f"#remark-{remark_id}" if remark_id else f"#q-at-{question}" if question else "#remarks"
    return f"/desk/{slug}{room}{at}"


handlers: list[ControllerRouterHandler] = [remark, continue_remark]
