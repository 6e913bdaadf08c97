"""What will be made of the answers, said before they come: shown in every state, changed while a draft."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from server.clock import Clock
from server.desk import workspace
from server.forms import typed, wrong_fields
from server.routes.library import planned
from server.store import consultations, questionnaires
from server.web import page, see_other
from surveys.analysis_plan import aligned, missing_names
from surveys.consultation import Consultation, Person
from surveys.planning_form import plan_form, print_of, read_plan, weighable
from surveys.problems import CHANGED_MEANWHILE, Problem
from surveys.rewording import Form

Visit = Request[Any, Any, Any]
Slug = FromPath[str]
Who = NamedDependency[Person]
Time = NamedDependency[Clock]


@get("/desk/{slug:str}/analysis")
async def plan(request: Visit, slug: Slug, person: Who, clock: Time) -> Response[Any]:
    consultation = await consultations.to_see(person, slug, clock.now())
    return await plan_page(request, consultation, person, clock, form=plan_form(consultation.analysis))


async def plan_page(
    request: Visit, consultation: Consultation, person: Person, clock: Clock, *, form: Form, problems: tuple[Problem, ...] = (), status: int = 200
) -> Response[Any]:
    around = await workspace(consultation, person, "plan", today=clock.today())
    questionnaire = around["questionnaire"]
    return page(
        request, "official/analysis.html", status=status,
        **around | planned(consultation.analysis, questionnaire) | {
            "form": form, "wrong": wrong_fields(request, problems), "rows": weighable(questionnaire),
            "gone": missing_names(consultation.analysis, questionnaire), "behind": aligned(consultation.analysis, questionnaire) != consultation.analysis,
        },
    )  # fmt: skip


@post("/desk/{slug:str}/analysis")
async def save(request: Visit, slug: Slug, person: Who, clock: Time) -> Response[Any]:
    """`do`: save its words and weights, or bring its figures in line with the questions."""
    consultation = await consultations.to_edit(person, slug, clock.now())
    form = await typed(request)
    questionnaire = await questionnaires.questionnaire(consultation)
    if form.get("was") != print_of(consultation.analysis):
        again = {**form, "was": print_of(consultation.analysis)}
        return await plan_page(request, consultation, person, clock, form=again, problems=(Problem(CHANGED_MEANWHILE),), status=409)
    if form.get("do") == "align":
        made, said = aligned(consultation.analysis, questionnaire), "Đã đưa kế hoạch phân tích về đúng các câu đang hỏi."
    else:
        made, problems = read_plan(consultation.analysis, questionnaire, form)
        if problems:
            return await plan_page(request, consultation, person, clock, form=form, problems=tuple(problems), status=422)
        said = SAVED
    await consultations.change(slug, "edit_analysis", by=person, now=clock.now(), allowed=consultations.editable, analysis=made)
    return see_other(request, f"/desk/{slug}/analysis", said=said)


SAVED = "Đã lưu kế hoạch phân tích."

handlers: list[ControllerRouterHandler] = [plan, save]
