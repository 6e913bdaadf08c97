"""What all routes of the designer share: who edits which version, and what is sent back after a save."""

from collections.abc import Callable
from typing import Any

from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from server.clock import Clock
from server.designer import frame, opened_question, opened_section, outline, reviewed
from server.forms import typed
from server.store import comments, consultations, drafts, presence, questionnaires
from server.store.drafts import Saved
from server.web import language, page, see_other
from surveys import rights
from surveys.consultation import Consultation, Person
from surveys.kinds import say
from surveys.problems import CHANGED_MEANWHILE, UNKNOWN_QUESTION, Conflict, NotFound
from surveys.questionnaire import Question, Questionnaire, Section
from surveys.rewording import Form, lists_of, question_form, settings_of
from surveys.translation import with_languages
from templates import sentence

Visit = Request[Any, Any, Any]
Slug = FromPath[str]
Part = FromPath[str]
Who = NamedDependency[Person]
Time = NamedDependency[Clock]
Change = Callable[[Questionnaire], Questionnaire]


class Draft:
    """A request to change a draft: the form, the version it was shown with, the latest questionnaire."""

    def __init__(self, request: Visit, consultation: Consultation, latest: Questionnaire, form: Form, since: int, person: Person, clock: Clock) -> None:
        self.request = request
        self.consultation = consultation
        self.latest = latest
        self.form = form
        self.since = since
        self.person = person
        self.clock = clock

    @property
    def here(self) -> str:
        return f"/desk/{self.consultation.slug}"

    async def base(self) -> Questionnaire:
        """The questionnaire as the form was shown with it. Raises Conflict where that version is not kept."""
        return await drafts.version(self.consultation, self.since)

    async def save(self, mine: Questionnaire, *, since: int | None = None, part: str = "") -> Saved:
        """`since`: the version that `mine` was made from, the latest unless said."""
        mine = with_languages(mine)
        given = self.consultation.version if since is None else since
        return await drafts.save(self.consultation.slug, mine, since=given, by=self.person, now=self.clock.now(), part=part)


async def draft_of(request: Visit, slug: str, person: Person, clock: Clock) -> Draft:
    """Raises Conflict where the form names no version that this draft had."""
    consultation = await consultations.to_edit(person, slug, clock.now())
    form = await typed(request)
    version = form.get("version", "")
    if not version.isdecimal() or not 1 <= int(version[:9]) <= consultation.version:
        raise Conflict(CHANGED_MEANWHILE)
    return Draft(request, consultation, await questionnaires.questionnaire(consultation), form, int(version), person, clock)


def by_htmx(request: Visit) -> bool:
    return request.headers.get("hx-request") == "true" and not request.headers.get("hx-history-restore-request")


def found_question(questionnaire: Questionnaire, name: str) -> Question:
    try:
        return questionnaire.question(name)
    except KeyError:
        raise NotFound(UNKNOWN_QUESTION, given=name) from None


def found_section(questionnaire: Questionnaire, name: str) -> Section:
    found = next((section for section in questionnaire.sections if section.name == name), None)
    if found is None:
        raise NotFound(UNKNOWN_QUESTION, given=name)
    return found


async def question_context(
    request: Visit, consultation: Consultation, questionnaire: Questionnaire, question: Question, person: Person, clock: Clock, form: Form | None = None
) -> dict[str, Any]:
    """Everything the editor of one question needs."""
    told, query = language(request), request.query_params
    remarks = [remark for remark in await comments.remarks(consultation.id) if remark.question == question.name]
    shown = opened_question(questionnaire, question, told, more=query.get("when", ""), option=query.get("option", ""))
    return {
        "consultation": consultation, "questionnaire": questionnaire, "form": {**question_form(question), **(form or {})}, "version": consultation.version,
        "lists": lists_of(question.kind), "settings": settings_of(question.kind), "remarks": remarks, "section": None,
        "may_edit": rights.may_edit(person, consultation), "may_comment": rights.may_comment(person, consultation), "room": "questions",
        "labels_of": {one.name: one.label for one in questionnaire.questions()},
        "wrong": {}, "now": clock.now(), "clashes": [], "note": "", "focus": query.get("focus", ""), "fragment": by_htmx(request),
    } | shown  # fmt: skip


async def section_context(
    request: Visit, consultation: Consultation, questionnaire: Questionnaire, section: Section, person: Person, clock: Clock
) -> dict[str, Any]:
    shown = opened_section(questionnaire, section, language(request), more=request.query_params.get("when", ""))
    form = {f"label_{told}": words for told, words in section.label.items()}
    return {
        "consultation": consultation, "questionnaire": questionnaire, "form": form, "version": consultation.version, "now": clock.now(),
        "wrong": {}, "question": None,
        "may_edit": rights.may_edit(person, consultation), "clashes": [], "note": "", "focus": request.query_params.get("focus", ""),
        "fragment": by_htmx(request),
    } | shown  # fmt: skip


async def designer_page(request: Visit, consultation: Consultation, person: Person, clock: Clock, /, *, status: int = 200, **opened: Any) -> Response[Any]:
    """The whole page, with what is open in it."""
    questionnaire = await questionnaires.questionnaire(consultation)
    others = []
    if rights.may_edit(person, consultation):
        await presence.mark(consultation.id, person.id, opened.get("part", ""), clock.now())
        others = await presence.others(consultation.id, person.id, clock.now())
    around = await frame(consultation, questionnaire, person, today=clock.today())
    around |= await outline(consultation, questionnaire, person, today=clock.today(), others=others)
    labels = {part.name: part.label for part in questionnaire.parts()}
    given = around | {
        "part": "",
        "labels": labels,
        "version": consultation.version,
        "now": clock.now(),
        "findings_of": findings_of(consultation, questionnaire, clock, opened.get("part", "")),
    }
    return page(request, "official/questions.html", status=status, **given | opened)


def findings_of(consultation: Consultation, questionnaire: Questionnaire, clock: Clock, part: str) -> dict[str, Any]:
    """What is wrong with one question or section, and advice about it."""
    found = reviewed(consultation, questionnaire, clock.today())
    mine = [[problem for problem in problems if problem.where.partition("/")[0] == part and part] for problems in (found.forbidden, found.advice)]
    return {"forbidden": mine[0], "advice": mine[1]}


async def after(draft: Draft, saved: Saved, /, *, to: str, said: str = "", template: str = "official/designer/_changed.html", **context: Any) -> Response[Any]:
    """What a structural change answers: 303 to its place, or by htmx the outline anew with what is open now."""
    told = language(draft.request)
    values = {name: say(value, told) if isinstance(value, dict) else value for name, value in context.pop("values", {}).items()}
    if not by_htmx(draft.request):
        return see_other(draft.request, f"{draft.here}/{to}", said=said, **values)
    around = await outline(saved.consultation, saved.questionnaire, draft.person, today=draft.clock.today(), full=False)
    none: dict[str, Any] = {"findings_of": {"forbidden": [], "advice": []}}
    given = {
        "part": "",
        "version": saved.consultation.version,
        "now": draft.clock.now(),
        "told": sentence(said, told, values) if said else "",
        "who": saved.who,
    } | none
    given |= around | context
    return page(draft.request, template, status=200, private=True, headers={"HX-Push-Url": f"{draft.here}/{to.partition('#')[0]}"}, **given)


__all__ = [
    "Change", "Draft", "Part", "Slug", "Time", "Visit", "Who", "after", "by_htmx", "designer_page", "draft_of", "findings_of", "found_question",
    "found_section",
    "question_context", "section_context",
]  # fmt: skip
