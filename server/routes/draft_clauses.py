"""Mending the clauses of a draft plan, and asking at some of them. By htmx the list alone comes back; without script the page does."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from server.clock import Clock
from server.desk import workspace
from server.forms import typed, wrong_fields
from server.store import consultations, plans, questionnaires
from server.web import form as every_value
from server.web import page, see_other
from surveys import review
from surveys.consultation import Consultation, Person
from surveys.plan import LEVELS, Plan, asking, mending
from surveys.plan.blocks import words_of
from surveys.problems import CHANGED_MEANWHILE, NO_PLAN, Conflict, Invalid, NotFound, Problem
from surveys.rewording import Form

Visit = Request[Any, Any, Any]
Slug = FromPath[str]
Part = FromPath[str]
Who = NamedDependency[Person]
Time = NamedDependency[Clock]

ACTS: dict[str, Any] = {
    "join": mending.joined,
    "split": mending.split,
    "out": lambda plan, clause: mending.levelled(plan, clause, step=-1),
    "in": lambda plan, clause: mending.levelled(plan, clause, step=1),
    "up": lambda plan, clause: mending.moved(plan, clause, step=-1),
    "down": lambda plan, clause: mending.moved(plan, clause, step=1),
    "remove": mending.removed,
}  # fmt: skip
"""What the small buttons of a clause do."""


@get("/desk/{slug:str}/draft/clauses")
async def clauses(request: Visit, slug: Slug, person: Who, clock: Time) -> Response[Any]:
    return await clauses_page(request, await consultations.to_see(person, slug, clock.now()), person, clock)


async def clauses_page(
    request: Visit,
    consultation: Consultation,
    person: Person,
    clock: Clock,
    *,
    at: str = "",
    editing: str = "",
    form: Form | None = None,
    problems: tuple[Problem, ...] = (),
    status: int = 200,
) -> Response[Any]:
    """`at`: the clause that was just worked on, whose tools stay open. `editing`: the one whose form stands in its place."""
    around = await workspace(consultation, person, "draft", today=clock.today())
    shown = await to_mend(consultation)
    template = "official/_clauses.html" if by_htmx(request) else "official/clauses.html"
    return page(
        request, template, status=status,
        **around | {
            "version": shown, "at": at, "editing": editing, "form": form or {}, "levels": LEVELS, "wrong": wrong_fields(request, problems),
            "asked": asking.asked(around["questionnaire"]),
        },
    )  # fmt: skip


def by_htmx(request: Visit) -> bool:
    return bool(request.headers.get("hx-request")) and not request.headers.get("hx-boosted")


async def to_mend(consultation: Consultation) -> plans.Version:
    """The last version, which alone is mended. Raises NotFound where there is no plan."""
    found = await plans.versions(consultation)
    if not found:
        raise NotFound(NO_PLAN)
    return found[-1]


@get("/desk/{slug:str}/draft/clauses/{clause:str}")
async def clause(request: Visit, slug: Slug, clause: Part, person: Who, clock: Time) -> Response[Any]:
    consultation = await consultations.to_see(person, slug, clock.now())
    version = await to_mend(consultation)
    found = version.plan.clause(clause)
    form = {"level": found.level, "number": found.number, "heading": found.heading, "text": words_of(found.blocks), "revision": str(version.revision)}
    return await clause_page(request, consultation, person, clock, clause=clause, form=form)


async def clause_page(
    request: Visit, consultation: Consultation, person: Person, clock: Clock, *, clause: str, form: Form, problems: tuple[Problem, ...] = (), status: int = 200
) -> Response[Any]:
    """On a page of its own; by htmx in its place in the list."""
    if by_htmx(request):
        return await clauses_page(request, consultation, person, clock, editing=clause, form=form, problems=problems, status=status)
    around = await workspace(consultation, person, "draft", today=clock.today())
    version = await to_mend(consultation)
    return page(
        request, "official/clause.html", status=status,
        **around | {"version": version, "clause": version.plan.clause(clause), "form": form, "levels": LEVELS, "wrong": wrong_fields(request, problems)},
    )  # fmt: skip


@post("/desk/{slug:str}/draft/clauses/{clause:str}")
async def change_clause(request: Visit, slug: Slug, clause: Part, person: Who, clock: Time) -> Response[Any]:
    """`do`: save (its words), or what a small button says."""
    consultation = await consultations.to_edit(person, slug, clock.now())
    form = await typed(request)
    do = form.get("do", "save")
    version = await to_mend(consultation)
    version.plan.index(clause)

    def act(plan: Plan) -> Plan:
        if do != "save":
            return ACTS[do](plan, clause) if do in ACTS else plan
        return mending.edited(
            plan, clause, level=form.get("level", ""), number=form.get("number", ""), heading=form.get("heading", ""), text=form.get("text", "")
        )  # fmt: skip

    try:
        await plans.change(slug, version.number, act, revision=revision_of(form), by=person, now=clock.now())
    except (Invalid, Conflict) as refusal:
        problems = tuple(refusal.problems) if isinstance(refusal, Invalid) else (Problem(refusal.code, "", refusal.given),)
        if do == "save":
            newest = {**form, "revision": str((await to_mend(consultation)).revision)}
            return await clause_page(request, consultation, person, clock, clause=clause, form=newest, problems=problems, status=refusal.status)
        return await clauses_page(request, consultation, person, clock, at=clause, problems=problems, status=refusal.status)
    if by_htmx(request):
        return await clauses_page(request, await consultations.to_see(person, slug, clock.now()), person, clock, at=clause)
    there = clause if do not in ("join", "remove") else neighbour(version.plan, clause)
    said = "Đã bỏ. Bấm Hoàn tác nếu bỏ nhầm." if do == "remove" else "Đã lưu." if do == "save" else ""
    return see_other(request, f"/desk/{slug}/draft/clauses#c-{there}", said=said)


def revision_of(form: Form) -> int:
    given = form.get("revision", "")
    return int(given) if given.isdecimal() and len(given) < 8 else 0


def neighbour(plan: Plan, clause: str) -> str:
    return plan.clauses[max(0, plan.index(clause) - 1)].id


@post("/desk/{slug:str}/draft/undo")
async def undo(request: Visit, slug: Slug, person: Who, clock: Time) -> Response[Any]:
    consultation = await consultations.to_edit(person, slug, clock.now())
    form = await typed(request)
    version = await to_mend(consultation)
    try:
        await plans.undo(slug, version.number, revision=revision_of(form), by=person, now=clock.now())
    except Conflict as refusal:
        return await clauses_page(request, consultation, person, clock, problems=(Problem(refusal.code),), status=409)
    if by_htmx(request):
        return await clauses_page(request, consultation, person, clock)
    return see_other(request, f"/desk/{slug}/draft/clauses", said="Đã hoàn tác.")


@get("/desk/{slug:str}/draft/ask")
async def ask(request: Visit, slug: Slug, person: Who, clock: Time) -> Response[Any]:
    consultation = await consultations.to_see(person, slug, clock.now())
    questionnaire = await questionnaires.questionnaire(consultation)
    known = asking.asked(questionnaire)
    return await ask_page(request, consultation, person, clock, chosen=set(known), whole=asking.asks_whole(questionnaire) or not known)


async def ask_page(
    request: Visit, consultation: Consultation, person: Person, clock: Clock, *, chosen: set[str], whole: bool, refusal: Conflict | None = None
) -> Response[Any]:
    around = await workspace(consultation, person, "draft", today=clock.today())
    version = await accepted(consultation)
    problems = [Problem(refusal.code, "", refusal.given)] if refusal else []
    counts = {level: sum(one.level == level for one in version.plan.clauses) for level in ("chapter", "section", "article", "clause", "point")}
    return page(
        request, "official/ask.html", status=refusal.status if refusal else 200,
        **around | {
            "version": version, "chosen": chosen, "whole": whole, "minutes": review.minutes(around["questionnaire"]),
            "levels": {level: count for level, count in counts.items() if count}, "wrong": wrong_fields(request, problems),
        },
    )  # fmt: skip


async def accepted(consultation: Consultation) -> plans.Version:
    found = await plans.current(consultation)
    if found is None:
        raise NotFound(NO_PLAN)
    return found


@post("/desk/{slug:str}/draft/ask")
async def save_ask(request: Visit, slug: Slug, person: Who, clock: Time) -> Response[Any]:
    """`do`: save, or the level whose clauses are to be ticked; the rest of what was ticked stays."""
    consultation = await consultations.to_edit(person, slug, clock.now())
    fields = await every_value(request)
    version = await accepted(consultation)
    known = {clause.id for clause in version.plan.clauses}
    chosen, whole, do = set(fields.get("clause", [])) & known, "whole" in fields, fields.get("do", ["save"])[-1]
    if do != "save":
        chosen = {clause.id for clause in version.plan.clauses if clause.level == do} if do != "none" else set()
        return await ask_page(request, consultation, person, clock, chosen=chosen, whole=whole)
    try:
        if fields.get("version", [""])[-1] != str(consultation.version):
            raise Conflict(CHANGED_MEANWHILE)
        before = await questionnaires.questionnaire(consultation)
        after = asking.asking(before, version.plan, chosen, whole=whole)
        if after != before:
            await consultations.save_questionnaire(consultation, after, by=person, now=clock.now(), verb="ask_clauses")
    except Conflict as refusal:
        return await ask_page(request, consultation, person, clock, chosen=chosen, whole=whole, refusal=refusal)
    return see_other(request, f"/desk/{slug}/draft", said="Bộ câu hỏi hỏi ý kiến tại {n} điều khoản.", n=len(chosen))


handlers: list[ControllerRouterHandler] = [clauses, clause, change_clause, undo, ask, save_ask]
