"""The designer's list of questions: looked at, added to, its findings."""

from typing import Any

from litestar import Response, get, post
from litestar.types import ControllerRouterHandler

from server.designer import outline
from server.routes.drafting import Slug, Time, Visit, Who, after, designer_page, draft_of, findings_of, question_context
from server.store import consultations, presence, questionnaires
from server.web import page
from surveys import editing


@get("/desk/{slug:str}/questions")
async def questions(request: Visit, slug: Slug, person: Who, clock: Time) -> Response[Any]:
    return await designer_page(request, await consultations.to_see(person, slug, clock.now()), person, clock)


@post("/desk/{slug:str}/questions")
async def add(request: Visit, slug: Slug, person: Who, clock: Time) -> Response[Any]:
    draft = await draft_of(request, slug, person, clock)
    form = draft.form
    grown, question = editing.add_question(draft.latest, form.get("start", ""), section=form.get("section", ""), after=form.get("after", ""))
    saved = await draft.save(grown)
    opened = await question_context(request, saved.consultation, saved.questionnaire, question, person, clock)
    return await after(draft, saved, to=f"questions/{question.name}", said="Đã thêm câu hỏi. Viết lời cho câu này.", **opened | {"focus": "label_vi"})


@get("/desk/{slug:str}/findings")
async def findings(request: Visit, slug: Slug, person: Who, clock: Time) -> Response[Any]:
    """What is wrong with what is open (`part`), and the list with its marks: asked for after each save."""
    consultation = await consultations.to_see(person, slug, clock.now())
    questionnaire = await questionnaires.questionnaire(consultation)
    others = await presence.others(consultation.id, person.id, clock.now())
    part = request.query_params.get("part", "")
    around = await outline(consultation, questionnaire, person, today=clock.today(), others=others)
    return page(
        request, "official/designer/_found.html", **around, part=part, version=consultation.version,
        findings_of=findings_of(consultation, questionnaire, clock, part),
    )  # fmt: skip


handlers: list[ControllerRouterHandler] = [questions, add, findings]
