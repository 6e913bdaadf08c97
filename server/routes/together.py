"""Several officials at one draft: who else is here, undo and redo, and the overview of who is asked what."""

from typing import Any

from anyio import to_thread
from litestar import Response, get, post
from litestar.types import ControllerRouterHandler

from server.designer import frame, outline
from server.desk import conditions_in
from server.forms import typed, wrong_fields
from server.routes.drafting import (
    Draft,
    Slug,
    Time,
    Visit,
    Who,
    after,
    by_htmx,
    designer_page,
    draft_of,
    question_context,
    section_context,
)  # fmt: skip
from server.store import consultations, drafts, presence, questionnaires
from server.web import language, page, see_other
from surveys.problems import Conflict, Problem
from surveys.questionnaire import Questionnaire
from surveys.reach import reach


@post("/desk/{slug:str}/presence")
async def be_present(request: Visit, slug: Slug, person: Who, clock: Time) -> Response[Any]:
    """Says which part is open here (`part`), and answers who else is there; with the list where it changed since the version `seen`."""
    consultation = await consultations.to_edit(person, slug, clock.now())
    form = await typed(request)
    await presence.mark(consultation.id, person.id, form.get("part", ""), clock.now())
    if not by_htmx(request):
        return see_other(request, f"/desk/{slug}/questions")
    others = await presence.others(consultation.id, person.id, clock.now())
    questionnaire = await questionnaires.questionnaire(consultation)
    labels = {part.name: part.label for part in questionnaire.parts()}
    fresh = form.get("seen") != str(consultation.version)
    around = await outline(consultation, questionnaire, person, today=clock.today(), others=others, full=False) if fresh else {}
    given = {"consultation": consultation, "part": form.get("part", ""), "version": consultation.version, "fresh": fresh, "labels": labels}
    return page(request, "official/designer/_present.html", **around | given | {"others": others})


@post("/desk/{slug:str}/undo")
async def undo(request: Visit, slug: Slug, person: Who, clock: Time) -> Response[Any]:
    """One's own latest step; what others did since stays."""
    return await taken_back(await draft_of(request, slug, person, clock), redo=False)


@post("/desk/{slug:str}/redo")
async def redo(request: Visit, slug: Slug, person: Who, clock: Time) -> Response[Any]:
    return await taken_back(await draft_of(request, slug, person, clock), redo=True)


async def taken_back(draft: Draft, *, redo: bool) -> Response[Any]:
    try:
        saved = await drafts.undo(draft.consultation.slug, by=draft.person, now=draft.clock.now(), redo=redo)
    except Conflict as refusal:
        told = wrong_fields(draft.request, [Problem(refusal.code, "", refusal.given)])
        if by_htmx(draft.request):
            opened = await still_open(draft, draft.latest)
            return page(draft.request, "official/designer/_opened.html", status=409, **opened | {"wrong": told}, findings_of={"forbidden": [], "advice": []})
        return await designer_page(draft.request, draft.consultation, draft.person, draft.clock, status=409, refused=told)
    draft.consultation = saved.consultation
    opened = await still_open(draft, saved.questionnaire)
    name = opened["part"]
    to = f"{'questions' if opened.get('question') or not name else 'sections'}/{name}".rstrip("/") if by_htmx(draft.request) else "questions"
    return await after(draft, saved, to=to, said="Đã làm lại." if redo else "Đã hoàn tác.", **opened)


async def still_open(draft: Draft, questionnaire: Questionnaire) -> dict[str, Any]:
    """What was open, if it is still there."""
    part = draft.form.get("part", "")
    given = (draft.person, draft.clock)
    for question in questionnaire.questions():
        if question.name == part:
            return await question_context(draft.request, draft.consultation, questionnaire, question, *given) | {"focus": "undo"}
    for section in questionnaire.sections:
        if section.name == part:
            return await section_context(draft.request, draft.consultation, questionnaire, section, *given) | {"focus": "undo"}
    return {"question": None, "section": None, "part": "", "questionnaire": questionnaire, "consultation": draft.consultation, "wrong": {}}


@get("/desk/{slug:str}/asked")
async def asked(request: Visit, slug: Slug, person: Who, clock: Time) -> Response[Any]:
    """Every question with whom it is asked, and the ways through the form."""
    consultation = await consultations.to_see(person, slug, clock.now())
    questionnaire = await questionnaires.questionnaire(consultation)
    around = await frame(consultation, questionnaire, person, today=clock.today())
    found = await to_thread.run_sync(reach, questionnaire)
    return page(request, "official/asked.html", **around, reach=found, conditions=conditions_in(questionnaire, language(request)))


handlers: list[ControllerRouterHandler] = [be_present, undo, redo, asked]
