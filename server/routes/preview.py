"""The questionnaire as residents see it, and as an XLSForm."""

from typing import Any

from anyio import to_thread
from litestar import Response, get
from litestar.types import ControllerRouterHandler

from server.desk import conditions_in, workspace
from server.routes.drafting import Part, Slug, Time, Visit, Who
from server.statics import asset
from server.store import consultations, questionnaires
from server.web import LANGUAGES, page
from surveys.formats.xlsform import write as xlsform_write
from surveys.problems import NO_SUCH_CONSULTATION, NotFound
from templates import render

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@get("/desk/{slug:str}/questions.xlsx")
async def export(slug: Slug, person: Who, clock: Time) -> Response[bytes]:
    """The questionnaire as an XLSForm, which this desk, KoboToolbox and ODK read."""
    consultation = await consultations.to_see(person, slug, clock.now())
    questionnaire = await questionnaires.questionnaire(consultation)
    data = await to_thread.run_sync(xlsform_write.workbook, questionnaire)
    return Response(data, media_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{slug}.xlsx"'})


@get("/desk/{slug:str}/preview")
async def preview(request: Visit, slug: Slug, person: Who, clock: Time) -> Response[Any]:
    consultation = await consultations.to_see(person, slug, clock.now())
    return page(request, "official/preview.html", **await workspace(consultation, person, "preview", today=clock.today()))


@get("/desk/{slug:str}/preview/{told:str}")
async def phone(slug: Slug, told: Part, person: Who, clock: Time) -> Response[str]:
    """The questions as residents see them, in a language that is not the official's own."""
    consultation = await consultations.to_see(person, slug, clock.now())
    if told not in LANGUAGES:
        raise NotFound(NO_SUCH_CONSULTATION)
    questionnaire = await questionnaires.questionnaire(consultation)
    here = f"/desk/{slug}/preview"
    context = {"consultation": consultation, "questionnaire": questionnaire, "conditions": conditions_in(questionnaire, told), "asset": asset}
    frame = {"place": "", "home": f"{here}/{told}", "switch": f"{here}/{'en' if told == 'vi' else 'vi'}", "sample": consultation.sample}
    return Response(render("official/phone.html", told, **context, **frame), media_type="text/html; charset=utf-8")


handlers: list[ControllerRouterHandler] = [export, preview, phone]
