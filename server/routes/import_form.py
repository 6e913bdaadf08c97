"""Another form in place of a draft's questions: its file is read, what would be lost is shown, and nothing is stored before that is accepted."""

import json
from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.types import ControllerRouterHandler

from server.desk import workspace
from server.forms import ROOM_FOR_FIELDS, typed, wrong_fields
from server.routes.design import FILE, LARGEST_FORM_MB, chosen_questions
from server.routes.drafting import Draft, Slug, Time, Visit, Who
from server.settings import Settings
from server.store import consultations, questionnaires
from server.web import page, see_other
from surveys import rights
from surveys.consultation import Consultation
from surveys.formats import own
from surveys.formats.taken import Taken
from surveys.problems import CHANGED_MEANWHILE, FILE_REFUSED, Invalid, Problem
from surveys.questionnaire import Questionnaire


@get("/desk/{slug:str}/import")
async def import_form(request: Visit, slug: Slug, person: Who, clock: Time) -> Response[Any]:
    consultation = await consultations.to_edit(person, slug, clock.now())
    return await import_page(request, consultation, person, clock)


async def import_page(request: Visit, consultation: Consultation, person: Who, clock: Time, /, *, status: int = 200, **found: Any) -> Response[Any]:
    """`taken`: what the file gave, to be accepted; `takings`: what is wrong in a file that was refused."""
    around = await workspace(consultation, person, "questions", today=clock.today())
    asked = sum(question.kind.asks for question in (await questionnaires.questionnaire(consultation)).questions())
    given: dict[str, Any] = {"wrong": {}, "takings": (), "taken": None, "kept": "", "asked": asked, "may_edit": rights.may_edit(person, consultation)}
    return page(request, "official/import.html", status=status, **around | given | found)


@post("/desk/{slug:str}/import", request_max_body_size=2 * LARGEST_FORM_MB * 1_000_000 + ROOM_FOR_FIELDS)
async def replace(request: Visit, slug: Slug, person: Who, clock: Time, settings: NamedDependency[Settings]) -> Response[Any]:
    """`do`: look reads the file and says what it gives; accept stores what was shown."""
    consultation = await consultations.to_edit(person, slug, clock.now())
    form = await typed(request)
    if form.get("do") == "accept":
        return await accept(request, consultation, form, person, clock)
    try:
        taken = await chosen_questions(request, {"ready": FILE}, settings)
    except Invalid as refusal:
        said = [problem for problem in refusal.problems if problem.where == FILE]
        in_file = tuple(problem for problem in refusal.problems if problem.where != FILE)
        wrong = wrong_fields(request, said or [Problem(FILE_REFUSED, FILE, {"n": len(in_file)})])
        return await import_page(request, consultation, person, clock, status=422, wrong=wrong, takings=in_file)
    return await import_page(request, consultation, person, clock, **shown(taken))


def shown(taken: Taken) -> dict[str, Any]:
    """What is there to accept: how much, what is lost, and the questionnaire itself for the next request."""
    asked = sum(question.kind.asks for question in taken.questionnaire.questions())
    listed = (*taken.problems, *taken.losses)
    return {"taken": taken, "listed": listed, "new": asked, "kept": own.write(taken.questionnaire).decode()}


async def accept(request: Visit, consultation: Consultation, form: dict[str, str], person: Who, clock: Time) -> Response[Any]:
    """As one step, which undo takes back. Refused where somebody changed the questions since."""
    try:
        questionnaire = kept_questionnaire(form.get("kept", ""))
    except Invalid as refusal:
        return await import_page(request, consultation, person, clock, status=422, wrong=wrong_fields(request, refusal.problems))
    if form.get("version") != str(consultation.version):
        wrong = wrong_fields(request, [Problem(CHANGED_MEANWHILE, "")])
        return await import_page(request, consultation, person, clock, status=409, wrong=wrong, **shown(Taken(questionnaire)))
    latest = await questionnaires.questionnaire(consultation)
    draft = Draft(request, consultation, latest, form, consultation.version, person, clock)
    await draft.save(questionnaire)
    return see_other(request, f"/desk/{consultation.slug}/questions", said="Đã thay các câu hỏi bằng tệp. “Hoàn tác” lấy lại các câu trước.")


def kept_questionnaire(text: str) -> Questionnaire:
    """What the page before showed. Raises Invalid where it is none."""
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError):
        raise Invalid([Problem(FILE_REFUSED, FILE, {"n": 1})]) from None
    if not isinstance(raw, dict) or not own.is_one(raw):
        raise Invalid([Problem(FILE_REFUSED, FILE, {"n": 1})])
    return own.read(raw).questionnaire


handlers: list[ControllerRouterHandler] = [import_form, replace]
