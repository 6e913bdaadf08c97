"""The plain editor of a draft's questions: words, options, order, sections; every change is a version, so undo is one too."""

from typing import Any

from anyio import to_thread
from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from server.clock import Clock
from server.desk import by_place, conditions_in, workspace
from server.forms import typed, wrong_fields
from server.statics import asset
from server.store import comments, consultations
from server.web import LANGUAGES, language, page, see_other
from surveys import editing, review
from surveys.conditions import words
from surveys.consultation import Consultation, Person
from surveys.formats.xlsform import write as xlsform_write
from surveys.kinds import say
from surveys.problems import CHANGED_MEANWHILE, LABEL_MISSING, NO_SUCH_CONSULTATION, UNKNOWN_QUESTION, Conflict, NotFound, Problem, Refusal
from surveys.questionnaire import Question, Questionnaire
from surveys.rewording import Form, lists_of, question_form, read_question, read_text, rearrange, settings_of
from templates import render

Visit = Request[Any, Any, Any]
Slug = FromPath[str]
Part = FromPath[str]
Who = NamedDependency[Person]
Time = NamedDependency[Clock]

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
STEPS = {"up": -1, "down": 1}


@get("/desk/{slug:str}/questions")
async def questions(request: Visit, slug: Slug, person: Who, clock: Time) -> Response[Any]:
    return await questions_page(request, await consultations.to_see(person, slug, clock.now()), person, clock)


async def questions_page(request: Visit, consultation: Consultation, person: Person, clock: Clock, *, refusal: Refusal | None = None) -> Response[Any]:
    around = await workspace(consultation, person, "questions", today=clock.today())
    questionnaire: Questionnaire = around["questionnaire"]
    problems = [Problem(refusal.code, "", refusal.given)] if refusal else []
    return page(
        request, "official/questions.html", status=refusal.status if refusal else 200,
        **around | {
            "asked": sum(question.kind.asks for question in questionnaire.questions()), "minutes": review.minutes(questionnaire),
            "conditions": conditions_in(questionnaire, language(request)), "found": by_place(around["forbidden"]), "starts": list(editing.STARTS),
            "remarks": await comments.waiting(consultation.id), "undo": around["may_edit"] and consultation.version > 1,
            "wrong": wrong_fields(request, problems),
        },
    )  # fmt: skip


@get("/desk/{slug:str}/questions.xlsx")
async def export(slug: Slug, person: Who, clock: Time) -> Response[bytes]:
    """The questionnaire as an XLSForm, which this desk, KoboToolbox and ODK read."""
    consultation = await consultations.to_see(person, slug, clock.now())
    questionnaire = await consultations.questionnaire(consultation)
    data = await to_thread.run_sync(xlsform_write.workbook, questionnaire)
    return Response(data, media_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{slug}.xlsx"'})


@post("/desk/{slug:str}/questions")
async def add(request: Visit, slug: Slug, person: Who, clock: Time) -> Response[Any]:
    form = await typed(request)
    consultation, questionnaire = await shown(slug, form, person, clock)
    grown, question = editing.add_question(questionnaire, form.get("start", ""), section=form.get("section", ""))
    return await saved(request, consultation, grown, person, clock, to=f"questions/{question.name}", said="Đã thêm câu hỏi. Viết lời cho câu này.")


@get("/desk/{slug:str}/questions/{name:str}")
async def question(request: Visit, slug: Slug, name: Part, person: Who, clock: Time) -> Response[Any]:
    consultation = await consultations.to_see(person, slug, clock.now())
    found = asked(await consultations.questionnaire(consultation), name)
    return await question_page(request, consultation, found, person, clock, form=question_form(found))


async def question_page(
    request: Visit,
    consultation: Consultation,
    found: Question,
    person: Person,
    clock: Clock,
    *,
    form: Form,
    problems: tuple[Problem, ...] = (),
    status: int = 200,
) -> Response[Any]:
    around = await workspace(consultation, person, "questions", today=clock.today())
    remarks = [remark for remark in await comments.remarks(consultation.id) if remark.question == found.name]
    condition = words(found.relevant, around["questionnaire"], language(request)) if found.relevant is not None else ""
    return page(
        request, "official/question.html", status=status,
        **around | {
            "question": found, "form": {**form, "version": str(consultation.version)}, "lists": lists_of(found.kind), "settings": settings_of(found.kind),
            "remarks": remarks, "condition": condition, "found": by_place(around["forbidden"]).get(found.name, []), "wrong": wrong_fields(request, problems),
        },
    )  # fmt: skip


@post("/desk/{slug:str}/questions/{name:str}")
async def reword(request: Visit, slug: Slug, name: Part, person: Who, clock: Time) -> Response[Any]:
    """`do`: save, or one thing with a list of options. A question without words may still get its options."""
    consultation = await consultations.to_edit(person, slug, clock.now())
    questionnaire = await consultations.questionnaire(consultation)
    form = await typed(request)
    do = form.get("do", "save")
    found, problems = read_question(asked(questionnaire, name), form)
    problems = [problem for problem in problems if do == "save" or problem.code != LABEL_MISSING]
    if form.get("version") != str(consultation.version):
        problems = [Problem(CHANGED_MEANWHILE), *problems]
    if problems:
        status = 409 if problems[0].code == CHANGED_MEANWHILE else 422
        return await question_page(request, consultation, found, person, clock, form=form, problems=tuple(problems), status=status)
    changed = Question(**{field: getattr(found, field) for field in Question.__struct_fields__} | {"kind": rearrange(found.kind, do)})
    to, said = (f"questions#q-{name}", "Đã lưu câu hỏi.") if do == "save" else (f"questions/{name}#{do.split(':')[1:2][0] if ':' in do else ''}", "")
    return await saved(request, consultation, editing.replace_question(questionnaire, changed), person, clock, to=to, said=said)


@post("/desk/{slug:str}/questions/{name:str}/place")
async def place(request: Visit, slug: Slug, name: Part, person: Who, clock: Time) -> Response[Any]:
    """`do`: up, down or remove."""
    form = await typed(request)
    consultation, questionnaire = await shown(slug, form, person, clock)
    found, do = asked(questionnaire, name), form.get("do", "")
    try:
        changed = editing.remove_question(questionnaire, name) if do == "remove" else editing.move_question(questionnaire, name, step=STEPS.get(do, 0))
    except Conflict as refusal:
        return await questions_page(request, consultation, person, clock, refusal=refusal)
    said = "Đã bỏ câu “{question}”. Bấm Hoàn tác nếu bỏ nhầm." if do == "remove" else ""
    to = "questions" if do == "remove" else f"questions#q-{name}"
    return await saved(request, consultation, changed, person, clock, to=to, said=said, question=found.label or name)


@post("/desk/{slug:str}/sections")
async def add_section(request: Visit, slug: Slug, person: Who, clock: Time) -> Response[Any]:
    consultation, questionnaire = await shown(slug, await typed(request), person, clock)
    changed = editing.add_section(questionnaire, {})
    return await saved(request, consultation, changed, person, clock, to=f"questions#s-{changed.sections[-1].name}", said="Đã thêm một phần.")


@post("/desk/{slug:str}/sections/{name:str}")
async def change_section(request: Visit, slug: Slug, name: Part, person: Who, clock: Time) -> Response[Any]:
    """`do`: rename, up, down or remove."""
    form = await typed(request)
    consultation, questionnaire = await shown(slug, form, person, clock)
    do = form.get("do", "")
    try:
        if do == "remove":
            changed, said = editing.remove_section(questionnaire, name), "Đã bỏ cả phần. Bấm Hoàn tác nếu bỏ nhầm."
        elif do == "rename":
            changed, said = editing.rename_section(questionnaire, name, read_text(form, "label", [])), "Đã lưu tên phần."
        else:
            changed, said = editing.move_section(questionnaire, name, step=STEPS.get(do, 0)), ""
    except Conflict as refusal:
        return await questions_page(request, consultation, person, clock, refusal=refusal)
    return await saved(request, consultation, changed, person, clock, to="questions" if do == "remove" else f"questions#s-{name}", said=said)


@post("/desk/{slug:str}/undo")
async def undo(request: Visit, slug: Slug, person: Who, clock: Time) -> Response[Any]:
    """The version before becomes the latest one; doing it twice brings back what was undone."""
    consultation, _ = await shown(slug, await typed(request), person, clock)
    before = await consultations.questionnaire(consultation, version=max(1, consultation.version - 1))
    return await saved(request, consultation, before, person, clock, to="questions", said="Đã trở lại bản trước.", verb="undo")


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
    questionnaire = await consultations.questionnaire(consultation)
    here = f"/desk/{slug}/preview"
    context = {"consultation": consultation, "questionnaire": questionnaire, "conditions": conditions_in(questionnaire, told), "asset": asset}
    frame = {"place": "", "home": f"{here}/{told}", "switch": f"{here}/{'en' if told == 'vi' else 'vi'}", "sample": consultation.sample}
    return Response(render("official/phone.html", told, **context, **frame), media_type="text/html; charset=utf-8")


async def shown(slug: str, form: Form, person: Person, clock: Clock) -> tuple[Consultation, Questionnaire]:
    """The draft and its questionnaire, as they were when the form was shown. Raises Conflict where somebody changed them since."""
    consultation = await consultations.to_edit(person, slug, clock.now())
    if form.get("version") != str(consultation.version):
        raise Conflict(CHANGED_MEANWHILE)
    return consultation, await consultations.questionnaire(consultation)


async def saved(
    request: Visit,
    consultation: Consultation,
    questionnaire: Questionnaire,
    person: Person,
    clock: Clock,
    *,
    to: str,
    said: str,
    verb: str = "edit_questions",
    **given: Any,
) -> Response[Any]:
    """A new version where something changed, and on to a room of this consultation."""
    if questionnaire != await consultations.questionnaire(consultation):
        await consultations.save_questionnaire(consultation, questionnaire, by=person, now=clock.now(), verb=verb)
    told = language(request)
    values = {name: say(value, told) if isinstance(value, dict) else value for name, value in given.items()}
    return see_other(request, f"/desk/{consultation.slug}/{to}", said=said, **values)


def asked(questionnaire: Questionnaire, name: str) -> Question:
    try:
        return questionnaire.question(name)
    except KeyError:
        raise NotFound(UNKNOWN_QUESTION, given=name) from None


handlers: list[ControllerRouterHandler] = [questions, export, add, question, reword, place, add_section, change_section, undo, preview, phone]
