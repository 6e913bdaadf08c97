"""Versions of a draft plan: compared clause by clause, their pairs corrected, the new one accepted or put away."""

from typing import Any

from anyio import to_thread
from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from server.clock import Clock
from server.desk import workspace
from server.forms import typed, wrong_fields
from server.routes.draft_clauses import revision_of, to_mend
from server.store import consultations, plans
from server.web import page, see_other
from surveys.consultation import Consultation, Person
from surveys.plan import asking, matching
from surveys.plan.comparing import compared
from surveys.problems import NO_SUCH_VERSION, Conflict, NotFound, Problem

Visit = Request[Any, Any, Any]
Slug = FromPath[str]
Who = NamedDependency[Person]
Time = NamedDependency[Clock]


@get("/desk/{slug:str}/draft/compare")
async def compare(request: Visit, slug: Slug, person: Who, clock: Time) -> Response[Any]:
    """`?new=` a version, against the one before it; without it the last one. `?match=` a clause whose pair is to be corrected."""
    return await compare_page(request, await consultations.to_see(person, slug, clock.now()), person, clock)


async def compare_page(request: Visit, consultation: Consultation, person: Person, clock: Clock, *, refusal: Conflict | None = None) -> Response[Any]:
    around = await workspace(consultation, person, "draft", today=clock.today())
    old, new = await two_versions(consultation, request.query_params.get("new", ""))
    changes = await to_thread.run_sync(compared, old.plan, new.plan)
    known = {clause.id for clause in new.plan.clauses}
    problems = [Problem(refusal.code, "", refusal.given)] if refusal else []
    return page(
        request, "official/compare.html", status=refusal.status if refusal else 200,
        **around | {
            "old": old, "new": new, "changes": changes, "match": request.query_params.get("match", ""), "wrong": wrong_fields(request, problems),
            "counts": {state: sum(change.state == state for change in changes) for state in STATES},
            "no_longer": [question for clause, question in asking.asked(around["questionnaire"]).items() if clause not in known] if new.waits else [],
        },
    )  # fmt: skip


STATES = ("changed", "added", "removed", "moved", "renumbered", "same")


async def two_versions(consultation: Consultation, wish: str) -> tuple[plans.Version, plans.Version]:
    """A version and the one before it. Raises NotFound where there are not two."""
    found = await plans.versions(consultation)
    at = next((place for place, one in enumerate(found) if str(one.number) == wish), len(found) - 1)
    if at < 1:
        raise NotFound(NO_SUCH_VERSION)
    return found[at - 1], found[at]


@post("/desk/{slug:str}/draft/match")
async def match(request: Visit, slug: Slug, person: Who, clock: Time) -> Response[Any]:
    """`clause` of the waiting version is `was` of the one before it; '' where it is new."""
    consultation = await consultations.to_edit(person, slug, clock.now())
    form = await typed(request)
    old, new = await two_versions(consultation, "")
    clause, was = form.get("clause", ""), form.get("was", "")
    new.plan.index(clause)
    if new.waits:
        try:
            changed = await plans.change(
                slug, new.number, lambda plan: matching.rematched(old.plan, plan, clause, was), revision=revision_of(form), by=person, now=clock.now()
            )  # fmt: skip
        except Conflict as refusal:
            return await compare_page(request, consultation, person, clock, refusal=refusal)
        clause = changed.plan.clauses[new.plan.index(clause)].id
    return see_other(request, f"/desk/{slug}/draft/compare#c-{clause}", said="Đã ghép lại.")


@post("/desk/{slug:str}/draft/accept")
async def accept(request: Visit, slug: Slug, person: Who, clock: Time) -> Response[Any]:
    """`do`: accept or discard."""
    consultation = await consultations.to_edit(person, slug, clock.now())
    form = await typed(request)
    new = await to_mend(consultation)
    step = plans.discard if form.get("do") == "discard" else plans.accept
    try:
        await step(slug, new.number, revision=revision_of(form), by=person, now=clock.now())
    except Conflict as refusal:
        return await compare_page(request, consultation, person, clock, refusal=refusal)
    said = (
        "Đã bỏ bản {n}; bản đang dùng giữ nguyên." if form.get("do") == "discard" else "Người dân sẽ đọc bản {n}. Các câu hỏi tại điều khoản đã theo bản này."
    )
    return see_other(request, f"/desk/{slug}/draft", said=said, n=new.number)


handlers: list[ControllerRouterHandler] = [compare, match, accept]
