"""Leading a consultation through its states: the next step, the approver's page, every verb, who answered so far, the journal."""

import datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from server.clock import Clock
from server.desk import conditions_in, legal_days, verbs_for, workspace
from server.forms import typed, wrong_fields
from server.routes.revisions import changes_of
from server.routes.versions import differing
from server.store import answers, comments, consultations, documents, journal, revisions, units, versions
from server.turnout import watch
from server.web import language, page, see_other
from surveys import lifecycle, review, rights
from surveys.comparing import comparison
from surveys.consultation import Consultation, Person, State, Verb
from surveys.language import fold
from surveys.names import ROLES, VERBS
from surveys.particulars import print_of, read_day
from surveys.problems import NO_SUCH_VERB, TYPE_TO_CONFIRM, Invalid, NotAllowed, NotFound, Problem, Refusal
from surveys.refusals import NOT_YOUR_RIGHT
from surveys.rewording import Form
from templates import words

Visit = Request[Any, Any, Any]
Slug = FromPath[str]
Part = FromPath[str]
Who = NamedDependency[Person]
Time = NamedDependency[Clock]

CONFIRMED = (Verb.OPEN, Verb.CLOSE, Verb.PUBLISH, Verb.CANCEL)
"""Steps that touch people or cannot be taken back: their word is typed."""

ASKS = {
    Verb.OPEN: ("closes_on",), Verb.EXTEND: ("closes_on",), Verb.CLOSE: ("reason",), Verb.CANCEL: ("reason",), Verb.SEAL: ("reason",), Verb.RETURN: ("reason",)
}  # fmt: skip
IN_REVIEW_ROOM = (Verb.APPROVE, Verb.RETURN)

SAID = {
    Verb.SUBMIT: "Đã gửi phê duyệt.",
    Verb.RETURN: "Đã trả lại để sửa.",
    Verb.APPROVE: "Đã phê duyệt.",
    Verb.OPEN: "Đã mở: người dân trả lời được.",
    Verb.EXTEND: "Đã gia hạn.",
    Verb.CLOSE: "Đã đóng.",
    Verb.SEAL: "Đã niêm phong. Số liệu đang được tính.",
    Verb.PUBLISH: "Đã công bố.",
    Verb.CANCEL: "Đã hủy.",
}


@get("/desk/{slug:str}")
async def overview(request: Visit, slug: Slug, person: Who, clock: Time) -> Response[Any]:
    return await overview_page(request, await consultations.to_see(person, slug, clock.now()), person, clock)


async def overview_page(
    request: Visit, consultation: Consultation, person: Person, clock: Clock, *, problems: tuple[Problem, ...] = (), status: int = 200
) -> Response[Any]:
    around = await workspace(consultation, person, "", today=clock.today())
    step = lifecycle.next_step(consultation)
    public = consultation.state in consultations.PUBLIC
    return page(
        request, "official/overview.html", status=status,
        **around | {
            "step": step, "step_roles": [ROLES[role] for role in step.roles] if step else [], "remarks": await comments.remarks(consultation.id),
            "verbs": verbs_for(consultation, person, clock.now()), "at_once": (Verb.SUBMIT,), "in_review_room": IN_REVIEW_ROOM,
            "public_address": f"/c/{consultation.slug}" if public else "", **await life_of(consultation, person), "wrong": wrong_fields(request, problems),
        },
    )  # fmt: skip


async def life_of(consultation: Consultation, person: Person) -> dict[str, Any]:
    """Who signed it off, and what else may be done with it than its next step."""
    return {
        "sign_offs": await versions.sign_offs(consultation.id), "plan_print": print_of(consultation),
        "under_way": await revisions.under_way(consultation) if consultation.state is State.OPEN else None,
        "may_revise": rights.may_revise(person, consultation), "may_repeat": rights.may_repeat(person, consultation),
    }  # fmt: skip


@get("/desk/{slug:str}/do/{verb:str}")
async def before_act(request: Visit, slug: Slug, verb: Part, person: Who, clock: Time) -> Response[Any]:
    """The page of one step: what it does, what it asks, its word to type."""
    step = verb_of(verb)
    consultation = await consultations.to_run(person, slug, clock.now())
    if not lifecycle.may(step, consultation, person):
        lifecycle.act(step, consultation, by=person, now=clock.now())
        return see_other(request, f"/desk/{slug}")
    return await act_page(request, step, consultation, person, clock, form={})


async def act_page(
    request: Visit, verb: Verb, consultation: Consultation, person: Person, clock: Clock, *, form: Form, problems: tuple[Problem, ...] = (), status: int = 200
) -> Response[Any]:
    around = await workspace(consultation, person, "", today=clock.today())
    return page(
        request, "official/act.html", status=status,
        **around | {"verb": verb, "asks": ASKS.get(verb, ()), "word": word_of(verb, language(request)), "form": form, "wrong": wrong_fields(request, problems)},
    )  # fmt: skip


@post("/desk/{slug:str}/do/{verb:str}")
async def act(request: Visit, slug: Slug, verb: Part, person: Who, clock: Time) -> Response[Any]:
    """Takes the step; a refusal comes back on the page it was sent from, with everything typed."""
    step = verb_of(verb)
    form = await typed(request)
    consultation = await consultations.to_run(person, slug, clock.now())
    try:
        reason, closes_on = read_step(step, form)
        await consultations.act(step, slug, by=person, now=clock.now(), reason=reason, closes_on=closes_on)
    except Refusal as refusal:
        problems = tuple(refusal.problems) if isinstance(refusal, Invalid) else (Problem(refusal.code, field_of(step, refusal), refusal.given),)
        return await refused_page(request, step, consultation, person, clock, form=form, problems=problems, status=refusal.status)
    return see_other(request, f"/desk/{slug}", said=SAID[step])


def verb_of(verb: str) -> Verb:
    if verb not in list(Verb):
        raise NotFound(NO_SUCH_VERB, given=verb)
    return Verb(verb)


def read_step(verb: Verb, form: Form) -> tuple[str, datetime.date | None]:
    """The reason and the day that were typed. Raises Invalid for a day that is none, and for a word not typed."""
    problems: list[Problem] = []
    closes_on = read_day(form, "closes_on", problems) if form.get("closes_on", "").strip() else None
    if verb in CONFIRMED and fold(form.get("confirm", "")) not in {fold(word_of(verb, told)) for told in ("vi", "en")}:
        problems.append(Problem(TYPE_TO_CONFIRM, "confirm", {"word": VERBS[verb]}))
    if problems:
        raise Invalid(problems)
    return form.get("statement" if verb is Verb.APPROVE else "reason", ""), closes_on


def word_of(verb: Verb, told: str) -> str:
    """What is typed to confirm; '' where nothing is."""
    return words(VERBS[verb], told) if verb in CONFIRMED else ""


def field_of(verb: Verb, refusal: Refusal) -> str:
    """The field a refusal is about."""
    return "closes_on" if "closes_on" in ASKS.get(verb, ()) and "closes_on" in refusal.given else ""


async def refused_page(
    request: Visit, verb: Verb, consultation: Consultation, person: Person, clock: Clock, *, form: Form, problems: tuple[Problem, ...], status: int
) -> Response[Any]:
    if verb in IN_REVIEW_ROOM:
        return await review_page(request, consultation, person, clock, form=form, problems=problems, status=status)
    if verb is Verb.SUBMIT:
        return await overview_page(request, consultation, person, clock, problems=problems, status=status)
    return await act_page(request, verb, consultation, person, clock, form=form, problems=problems, status=status)


@get("/desk/{slug:str}/review")
async def approvers_page(request: Visit, slug: Slug, person: Who, clock: Time) -> Response[Any]:
    return await review_page(request, await consultations.to_see(person, slug, clock.now()), person, clock)


async def review_page(
    request: Visit, consultation: Consultation, person: Person, clock: Clock, *, form: Form | None = None, problems: tuple[Problem, ...] = (), status: int = 200
) -> Response[Any]:
    """All that an approver decides on, and what changed since it was last submitted."""
    around = await workspace(consultation, person, "review", today=clock.today())
    questionnaire = around["questionnaire"]
    before = await consultations.submitted_before(consultation)
    changes = differing(comparison(before.questionnaire, questionnaire, language=language(request))) if before else None
    if consultation.revision_of:
        changes = await changes_of(request, consultation)
    return page(
        request, "official/review.html", status=status,
        **around | legal_days(consultation) | {
            "households": await units.households(consultation.unit), "documents": await documents.documents(consultation.id),
            "asked": sum(question.kind.asks for question in questionnaire.questions()), "minutes": review.minutes(questionnaire),
            "conditions": conditions_in(questionnaire, language(request)), "remarks": await comments.remarks(consultation.id),
            "changes": changes, "plan_changed": bool(before and before.plan_changed), "verbs": verbs_for(consultation, person, clock.now()),
            "wrote": person.id in consultation.authors, "form": form or {}, "wrong": wrong_fields(request, problems),
        },
    )  # fmt: skip


async def turnout_context(consultation: Consultation, clock: Clock) -> dict[str, Any]:
    rows = await answers.turnout_rows(consultation.id)
    villages = await units.villages(consultation.unit)
    return {"watch": watch(rows, villages, await units.village_names(consultation.unit)), "now": clock.now()}


async def to_watch(person: Person, slug: str, clock: Clock) -> Consultation:
    consultation = await consultations.to_see(person, slug, clock.now())
    if not rights.may_see_turnout(person, consultation):
        raise NotAllowed(NOT_YOUR_RIGHT)
    return consultation


@get("/desk/{slug:str}/watch")
async def watch_room(request: Visit, slug: Slug, person: Who, clock: Time) -> Response[Any]:
    consultation = await to_watch(person, slug, clock)
    around = await workspace(consultation, person, "watch", today=clock.today())
    context = await turnout_context(consultation, clock) | {"may_count": rights.may_enter_totals(person, consultation)}
    return page(request, "official/watch.html", **around | context)


@get("/desk/{slug:str}/watch/turnout")
async def turnout(request: Visit, slug: Slug, person: Who, clock: Time) -> Response[Any]:
    """The figures alone, for the page that is open."""
    consultation = await to_watch(person, slug, clock)
    return page(request, "official/_turnout.html", consultation=consultation, **await turnout_context(consultation, clock))


@get("/desk/{slug:str}/journal")
async def journal_room(request: Visit, slug: Slug, person: Who, clock: Time) -> Response[Any]:
    consultation = await consultations.to_see(person, slug, clock.now())
    if not rights.may_see_journal(person, consultation):
        raise NotAllowed(NOT_YOUR_RIGHT)
    before = request.query_params.get("before", "")
    entries = await journal.entries(consultation.id, before=int(before) if before.isdecimal() and len(before) < 18 else None)
    around = await workspace(consultation, person, "journal", today=clock.today())
    return page(request, "official/journal.html", **around | {"entries": entries, "older": entries[-1].id if len(entries) == journal.PAGE else None})


handlers: list[ControllerRouterHandler] = [
    overview, before_act, act, approvers_page, watch_room, turnout, journal_room
]  # fmt: skip
