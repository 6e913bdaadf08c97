"""The steps of a consultation: who may take which from where to where, and what the law says about the day.

Time comes in as `now`, an aware moment. Nothing here is stored; `act` gives the consultation as it is afterwards.
"""

import datetime
from collections.abc import Callable, Sequence
from typing import Any

from msgspec import Struct, structs

from surveys import law, refusals
from surveys.consultation import Consultation, Edition, Instrument, Person, Role, State, Verb
from surveys.language import VIETNAM
from surveys.names import ROLES, STATES, VERBS
from surveys.problems import Closed, Code, Conflict, Invalid, NotAllowed, NotFound, Problem, Refusal

BEFORE_OPEN = (State.DRAFT, State.IN_REVIEW, State.APPROVED)
BEFORE_PUBLISHED = (State.DRAFT, State.IN_REVIEW, State.APPROVED, State.OPEN, State.CLOSED, State.SEALED)


class Move(Struct, frozen=True):
    """A row of the table: who may, from which states, to which; None stays where it is."""

    roles: tuple[Role, ...]
    sources: tuple[State, ...]
    target: State | None


MOVES = {
    Verb.SUBMIT: Move((Role.AUTHOR,), (State.DRAFT,), State.IN_REVIEW),
    Verb.RETURN: Move((Role.APPROVER,), (State.IN_REVIEW,), State.DRAFT),
    Verb.APPROVE: Move((Role.APPROVER,), (State.IN_REVIEW,), State.APPROVED),
    Verb.OPEN: Move((Role.AUTHOR, Role.APPROVER), (State.APPROVED,), State.OPEN),
    Verb.EXTEND: Move((Role.APPROVER,), (State.OPEN,), None),
    Verb.CLOSE: Move((Role.AUTHOR, Role.APPROVER), (State.OPEN,), State.CLOSED),
    Verb.SEAL: Move((Role.AUTHOR, Role.APPROVER), (State.CLOSED,), State.SEALED),
    Verb.PUBLISH: Move((Role.APPROVER,), (State.SEALED,), State.PUBLISHED),
    Verb.CANCEL: Move((Role.APPROVER,), BEFORE_PUBLISHED, State.CANCELLED),
}


class Step(Struct, frozen=True):
    """The one next step: what it is, who takes it, until which day, and the verb that takes it (None: it happens by itself)."""

    words: Code
    roles: tuple[Role, ...]
    due: datetime.date | None = None
    verb: Verb | None = None


def opens_at(consultation: Consultation) -> datetime.datetime:
    return midnight(consultation.opens_on)


def closes_at(consultation: Consultation) -> datetime.datetime:
    """The first moment at which it takes no more answers: 0:00 after `closes_on`, in Vietnam."""
    return midnight(consultation.closes_on + datetime.timedelta(days=1))


def midnight(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(), tzinfo=VIETNAM)


def day_of(now: datetime.datetime) -> datetime.date:
    return now.astimezone(VIETNAM).date()


def at(consultation: Consultation, now: datetime.datetime) -> Consultation:
    """As the clock has it: open from 0:00 of its first day if it may open, closed when its last day is over.

    Looks only at what is stored, so that what was open once never turns back into approved.
    """
    if consultation.state == State.APPROVED and now >= opens_at(consultation) and not bars(consultation, consultation.opens_on):
        consultation = structs.replace(begun(consultation), state=State.OPEN)
    if consultation.state == State.OPEN and now >= closes_at(consultation):
        consultation = structs.replace(consultation, state=State.CLOSED)
    return consultation


def begun(consultation: Consultation) -> Consultation:
    """With its first edition: the questionnaire as it is now, open from its first day."""
    return structs.replace(consultation, editions=(Edition(consultation.version, consultation.opens_on),))


def open_versions(consultation: Consultation) -> tuple[int, ...]:
    """The questionnaires that residents could answer, oldest first: answers are taken under each of them."""
    return tuple(edition.version for edition in consultation.editions) or (consultation.version,)


def is_trying(consultation: Consultation) -> bool:
    """Whether colleagues may try its form. Give it `at(consultation, now)`: what opened takes no trial answers."""
    return consultation.state in BEFORE_OPEN


def bars(consultation: Consultation, opens_on: datetime.date) -> Refusal | None:
    """What forbids opening on this day."""
    if consultation.instrument == Instrument.HOUSEHOLD_DECISION:
        return Conflict(refusals.INSTRUMENT_NOT_READY)
    if consultation.closes_on < opens_on:
        return Conflict(refusals.ALREADY_OVER, closes_on=consultation.closes_on)
    return wrong_length(structs.replace(consultation, opens_on=opens_on))


def wrong_length(consultation: Consultation) -> Conflict | None:
    """Fewer or more days than the law of its instrument allows, the first day not counted. None where the official names a law that allows it."""
    period = law.period(consultation)
    if period is None or consultation.shorter_by_law.strip():
        return None
    opens_on, closes_on = consultation.opens_on, consultation.closes_on
    days = (closes_on - opens_on).days
    given: dict[str, Any] = {"opens_on": opens_on, "closes_on": closes_on, "days": days, "law": law.cited(period)}
    if period.minimum is not None and days < period.minimum:
        return Conflict(refusals.TOO_SHORT, **given, minimum=period.minimum, earliest=opens_on + datetime.timedelta(days=period.minimum))
    if period.maximum is not None and days > period.maximum:
        return Conflict(refusals.TOO_LONG_OPEN, **given, maximum=period.maximum, latest=opens_on + datetime.timedelta(days=period.maximum))
    return None


def act(
    verb: Verb,
    consultation: Consultation,
    *,
    by: Person,
    now: datetime.datetime,
    reason: str = "",
    closes_on: datetime.date | None = None,
    findings: Sequence[Problem] = (),
    comments: int = 0,
) -> Consultation:
    """The consultation after this step; unchanged where it is already there.

    findings: what `review` says the law forbids; comments: how many open ones an approver leaves when returning it.
    Raises NotFound for a person of another unit, NotAllowed without the right, Conflict in the wrong state or on the
    wrong day, Invalid where the reason, comment or day is missing or findings stand against it.
    """
    consultation = at(consultation, now)
    move = MOVES[verb]
    authorise(verb, consultation, by=by)
    target = State.CANCELLED if verb == Verb.APPROVE and consultation.revision_of else move.target
    if consultation.state == target and (verb != Verb.APPROVE or not consultation.revision_of or consultation.applied_as):
        return consultation
    if consultation.state not in move.sources:
        raise wrong_state(verb, consultation, by=by, now=now)
    moved = RULES[verb](consultation, now=now, reason=" ".join(reason.split()), closes_on=closes_on, findings=findings, comments=comments)
    return structs.replace(moved, state=target or moved.state)


def authorise(verb: Verb, consultation: Consultation, *, by: Person) -> None:
    if by.unit != consultation.unit:
        raise NotFound(refusals.NO_SUCH_CONSULTATION)
    roles = MOVES[verb].roles
    if not by.roles.intersection(roles):
        raise NotAllowed(refusals.NOT_YOUR_ROLE, roles=[ROLES[role] for role in roles], verb=VERBS[verb])
    if verb == Verb.APPROVE and by.id in consultation.authors:
        raise NotAllowed(refusals.FOUR_EYES)


def wrong_state(verb: Verb, consultation: Consultation, *, by: Person, now: datetime.datetime) -> Conflict:
    verbs = possible(consultation, by, now=now)
    given = {"state": STATES[consultation.state], "verb": VERBS[verb]}
    if not any(consultation.state in move.sources for move in MOVES.values()):
        return Conflict(refusals.WRONG_STATE_FINAL, **given)
    names = [VERBS[verb] for verb in verbs] or [VERBS[verb] for verb, move in MOVES.items() if consultation.state in move.sources]
    return Conflict(refusals.WRONG_STATE, **given, possible=names)


def may(verb: Verb, consultation: Consultation, person: Person) -> bool:
    """Whether this person may take this step in the state the consultation is in; days are left to `act`."""
    try:
        authorise(verb, consultation, by=person)
    except Refusal:
        return False
    if consultation.state not in MOVES[verb].sources:
        return False
    if verb == Verb.CLOSE:
        return consultation.instrument == Instrument.SATISFACTION
    return verb != Verb.OPEN or consultation.instrument != Instrument.HOUSEHOLD_DECISION


def possible(consultation: Consultation, person: Person, *, now: datetime.datetime | None = None) -> list[Verb]:
    """The steps this person may take; with `now`, opening only from its first day on."""
    verbs = [verb for verb in Verb if may(verb, consultation, person)]
    return [verb for verb in verbs if verb != Verb.OPEN or now is None or now >= opens_at(consultation)]


def submitted(consultation: Consultation, *, findings: Sequence[Problem], **_: Any) -> Consultation:
    """A revision also says why: residents read that."""
    lacking = [Problem(refusals.REASON_NEEDED, "reason")] if consultation.revision_of and not consultation.reason.strip() else []
    if findings or lacking:
        raise Invalid([*lacking, *findings])
    return consultation


def returned(consultation: Consultation, *, reason: str, comments: int, **_: Any) -> Consultation:
    if not reason and not comments:
        raise Invalid([Problem(refusals.COMMENT_NEEDED, "reason")])
    return consultation


def approved(consultation: Consultation, *, now: datetime.datetime, findings: Sequence[Problem], **_: Any) -> Consultation:
    """Approved after its first day, it opens at the earliest today: the days that passed before were not open. A revision has no
    days of its own: it is done with."""
    if findings:
        raise Invalid(list(findings))
    if consultation.revision_of:
        return consultation
    return structs.replace(consultation, opens_on=max(consultation.opens_on, day_of(now)))


def opened(consultation: Consultation, *, now: datetime.datetime, closes_on: datetime.date | None, findings: Sequence[Problem], **_: Any) -> Consultation:
    """Opened late, its days are counted from today; a later `closes_on` makes up for them."""
    if consultation.instrument == Instrument.HOUSEHOLD_DECISION:
        raise Conflict(refusals.INSTRUMENT_NOT_READY)
    if now < opens_at(consultation):
        raise Conflict(refusals.TOO_EARLY, opens_on=consultation.opens_on)
    if findings:
        raise Invalid(list(findings))
    if closes_on is not None:
        consultation = later(consultation, closes_on)
    today = day_of(now)
    refusal = bars(consultation, today)
    if refusal is not None:
        raise refusal
    return begun(structs.replace(consultation, opens_on=today))


def extended(consultation: Consultation, *, closes_on: datetime.date | None, **_: Any) -> Consultation:
    if closes_on is None:
        raise Invalid([Problem(refusals.DAY_NEEDED, "closes_on")])
    consultation = later(consultation, closes_on)
    refusal = wrong_length(consultation)
    if refusal is not None and refusal.code == refusals.TOO_LONG_OPEN:
        raise refusal
    return consultation


def later(consultation: Consultation, closes_on: datetime.date) -> Consultation:
    if closes_on < consultation.closes_on:
        raise Conflict(refusals.ONLY_LATER, given=closes_on, closes_on=consultation.closes_on)
    return structs.replace(consultation, closes_on=closes_on)


def closed(consultation: Consultation, *, now: datetime.datetime, reason: str, **_: Any) -> Consultation:
    """Closed early, today becomes its last day."""
    if consultation.instrument != Instrument.SATISFACTION:
        raise Conflict(refusals.NOT_EARLIER, closes_on=consultation.closes_on)
    return structs.replace(consultation, close_reason=needed(reason), closes_on=min(consultation.closes_on, day_of(now)))


def sealed(consultation: Consultation, *, reason: str, **_: Any) -> Consultation:
    return structs.replace(consultation, seal_reason=reason)


def published(consultation: Consultation, **_: Any) -> Consultation:
    return consultation


def cancelled(consultation: Consultation, *, reason: str, **_: Any) -> Consultation:
    return structs.replace(consultation, cancel_reason=needed(reason))


def applied(original: Consultation, revision: Consultation, *, now: datetime.datetime) -> Consultation:
    """What is open, with the questionnaire of an approved revision as its next version. Raises Conflict once it is not open."""
    if original.state != State.OPEN:
        raise Conflict(refusals.NOT_OPEN_TO_CHANGE, state=STATES[original.state])
    version = original.version + 1
    earlier = original.editions or begun(original).editions
    return structs.replace(original, version=version, editions=(*earlier, Edition(version, day_of(now), revision.reason, revision.same_meaning)))


def needed(reason: str) -> str:
    if not reason:
        raise Invalid([Problem(refusals.REASON_NEEDED, "reason")])
    return reason


RULES: dict[Verb, Callable[..., Consultation]] = {
    Verb.SUBMIT: submitted,
    Verb.RETURN: returned,
    Verb.APPROVE: approved,
    Verb.OPEN: opened,
    Verb.EXTEND: extended,
    Verb.CLOSE: closed,
    Verb.SEAL: sealed,
    Verb.PUBLISH: published,
    Verb.CANCEL: cancelled,
}


def next_step(consultation: Consultation) -> Step | None:
    """What has to happen next, for “Việc cần làm”; None once it is published or cancelled. Give it `at(consultation, now)`."""
    opens_on, closes_on = consultation.opens_on, consultation.closes_on
    if consultation.revision_of:
        return next_of_revision(consultation)
    match consultation.state:
        case State.DRAFT:
            return Step(refusals.STEP_WRITE, (Role.AUTHOR,), opens_on, Verb.SUBMIT)
        case State.IN_REVIEW:
            return Step(refusals.STEP_REVIEW, (Role.APPROVER,), opens_on, Verb.APPROVE)
        case State.APPROVED if consultation.instrument == Instrument.HOUSEHOLD_DECISION:
            return Step(refusals.STEP_NOT_READY, (Role.AUTHOR, Role.APPROVER))
        case State.APPROVED if bars(consultation, opens_on):
            return Step(refusals.STEP_OPEN, (Role.AUTHOR, Role.APPROVER), opens_on, Verb.OPEN)
        case State.APPROVED:
            return Step(refusals.STEP_WAIT, (Role.AUTHOR, Role.APPROVER), opens_on)
        case State.OPEN:
            return Step(refusals.STEP_WATCH, (Role.AUTHOR, Role.VILLAGE_HEAD), closes_on)
        case State.CLOSED:
            return Step(refusals.STEP_SEAL, (Role.AUTHOR, Role.APPROVER), None, Verb.SEAL)
        case State.SEALED:
            return Step(refusals.STEP_PUBLISH, (Role.APPROVER,), None, Verb.PUBLISH)
    return None


def next_of_revision(revision: Consultation) -> Step | None:
    """A change of what is open is of use only until that closes."""
    if revision.state == State.DRAFT:
        return Step(refusals.STEP_REVISE, (Role.AUTHOR,), revision.closes_on, Verb.SUBMIT)
    return Step(refusals.STEP_APPLY, (Role.APPROVER,), revision.closes_on, Verb.APPROVE) if revision.state == State.IN_REVIEW else None


def refuse_answers(consultation: Consultation) -> None:
    """Raises Closed, with the day, unless it takes answers. Give it `at(consultation, now)`."""
    from_to = {"opens_on": consultation.opens_on, "closes_on": consultation.closes_on}
    match consultation.state:
        case State.OPEN:
            return
        case State.CANCELLED:
            raise Closed(refusals.CANCELLED, reason=consultation.cancel_reason)
        case State.DRAFT | State.IN_REVIEW | State.APPROVED:
            raise Closed(refusals.NOT_OPEN_YET, **from_to)
    raise Closed(refusals.CLOSED_ALREADY, **from_to)
