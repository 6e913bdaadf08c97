"""The draft plan as residents read it: clause by clause on a phone, with the way to the question at a clause, and what a new version changed."""

from collections.abc import Mapping
from typing import Any

from anyio import to_thread
from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from server.clock import Clock
from server.pressed import press
from server.routes.frame import frame
from server.store import consultations, documents, plans, questionnaires
from server.web import language
from surveys.consultation import State
from surveys.plan import RANKS, Plan, asking
from surveys.plan.comparing import Change, compared
from surveys.problems import NO_PLAN, NotFound
from surveys.questionnaire import Question
from templates import render

Visit = Request[Any, Any, Any]

IN_CONTENTS = 12
"""From so many clauses on the contents list articles and what they lie in, not every clause."""


@get("/c/{slug:str}/plan", include_in_schema=False)
async def read(request: Visit, slug: FromPath[str], clock: NamedDependency[Clock]) -> Response[bytes]:
    consultation = await consultations.public(slug, clock.now())
    found = plans.public(await plans.versions(consultation), consultation)
    if not found:
        raise NotFound(NO_PLAN)
    newest, before = found[-1], found[-2] if len(found) > 1 else None

    async def make() -> str:
        questionnaire = await questionnaires.questionnaire(consultation)
        changes = await to_thread.run_sync(compared, before.plan, newest.plan) if before else ()
        context = {
            "plan": newest.plan, "contents": contents(newest.plan), "inner": inner(newest.plan),
            "asked": answered_after(newest.plan, asking.asked(questionnaire)),
            "open": consultation.state == State.OPEN,
            "newest": newest, "before": before, "changed": changed(changes), "gone": [change for change in changes if change.state == "removed"],
            "documents": await documents.documents(consultation.id),
        }  # fmt: skip
        return render("resident/draft.html", language(request), **frame(request, consultation), **context)

    key = ("draft", language(request), consultation.id, consultation.state, consultation.version, newest.number, newest.revision, before and before.number)
    return await press(request, key, make)


def answered_after(plan: Plan, asked: Mapping[str, Question]) -> dict[str, list[Question]]:
    """The questions by the clause behind which they are offered: the last one that lies in the clause they are about."""
    found: dict[str, list[Question]] = {}
    for clause in plan.clauses:
        if clause.id in asked:
            last = (clause, *plan.within(clause.id))[-1]
            found.setdefault(last.id, []).insert(0, asked[clause.id])
    return found


def inner(plan: Plan) -> set[str]:
    """Clauses that lie in one with a heading or a number: theirs are headings of the second rank."""
    titled = {clause.id for clause in plan.clauses if clause.heading or clause.number}
    return {clause for clause, parent in plan.parents().items() if parent in titled}


def contents(plan: Plan) -> list[Any]:
    """What the table of contents lists: everything with a heading, in a long plan down to the articles only."""
    named = [clause for clause in plan.clauses if clause.heading or clause.level == "article"]
    upper = [clause for clause in named if clause.rank <= RANKS["article"]]
    return upper if len(named) > IN_CONTENTS and upper else named


def changed(changes: tuple[Change, ...]) -> dict[str, Change]:
    """By clause, what is new in it; moving and renumbering alone is no news to who reads."""
    return {change.new.id: change for change in changes if change.new and change.state in ("changed", "added")}


handlers = [read]
