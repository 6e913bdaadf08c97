"""What pages of the desk show around their own content: the tasks of a unit, the rooms of a consultation, what is wrong in it."""

import datetime
from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from server.store import questionnaires
from surveys import law, lifecycle, review, rights
from surveys.conditions import sentences
from surveys.consultation import Consultation, Person, State, Verb
from surveys.lifecycle import Step
from surveys.names import ROLES
from surveys.particulars import PARTICULARS
from surveys.problems import Code, Problem
from surveys.questionnaire import Questionnaire

STEPS_DONE = {State.DRAFT: 0, State.IN_REVIEW: 1, State.APPROVED: 2, State.OPEN: 3, State.CLOSED: 4, State.SEALED: 5, State.PUBLISHED: 7, State.ARCHIVED: 7}
"""How many of the seven steps on the bar are behind: soạn, duyệt, mở, đóng, phân tích, tiếp thu, công bố."""

NEAR_DAYS = 5


class Task(Struct, frozen=True):
    """A consultation with its one next step. `near`: the legal day is close; `yours`: whoever looks may take the step."""

    consultation: Consultation
    step: Step | None
    roles: list[Code]
    yours: bool
    near: bool


class Finding(Struct, frozen=True):
    """Something wrong, with the address of the place where it is mended."""

    problem: Problem
    href: str


def tasks(found: Sequence[Consultation], person: Person, *, today: datetime.date) -> list[Task]:
    """What waits for this person first, then by legal day, then as they came."""
    made = [task(consultation, person, today) for consultation in found]
    return sorted(made, key=lambda one: (not one.yours, (one.step and one.step.due) or datetime.date.max))


def task(consultation: Consultation, person: Person, today: datetime.date) -> Task:
    step = lifecycle.next_step(consultation)
    if step is None:
        return Task(consultation, None, [], yours=False, near=False)
    yours = not person.roles.isdisjoint(step.roles) and (step.verb is None or lifecycle.may(step.verb, consultation, person))
    return Task(consultation, step, [ROLES[role] for role in step.roles], yours, near=step.due is not None and (step.due - today).days <= NEAR_DAYS)


async def workspace(consultation: Consultation, person: Person, room: str, *, today: datetime.date) -> dict[str, Any]:
    """What `official/_workspace.html` needs, and the findings while there is something to mend."""
    questionnaire = await questionnaires.questionnaire(consultation)
    drafted = consultation.state in (State.DRAFT, State.IN_REVIEW)
    reviewed = review.review(consultation, questionnaire, today=today) if drafted else review.Review([], [])
    return {
        "consultation": consultation,
        "questionnaire": questionnaire,
        "room": room,
        "rooms": rooms(consultation, person, reviewed.forbidden),
        "step_at": STEPS_DONE.get(consultation.state, -1),
        "forbidden": findings(consultation, questionnaire, reviewed.forbidden),
        "advice": findings(consultation, questionnaire, reviewed.advice),
        "may_edit": rights.may_edit(person, consultation),
        "may_comment": rights.may_comment(person, consultation),
        "labels_of": {question.name: question.label for question in questionnaire.questions()},
        "wrong": {},
        "form": {},
    }


def rooms(consultation: Consultation, person: Person, forbidden: Sequence[Problem]) -> list[tuple[str, str, int]]:
    """Name, address and number of problems of each room that this person may enter."""
    here = f"/desk/{consultation.slug}"
    in_plan = sum(is_particular(problem) for problem in forbidden)
    found = [("", here, 0)]
    found += [("change", f"{here}/change", 0)] if consultation.revision_of else [("plan", f"{here}/plan", in_plan)]
    found.append(("draft", f"{here}/draft", 0))
    found += [("questions", f"{here}/questions", len(forbidden) - in_plan), ("preview", f"{here}/preview", 0)]
    if rights.may_try(person, consultation):
        found.append(("trial", f"{here}/trial", 0))
    if consultation.state is State.IN_REVIEW:
        found.append(("review", f"{here}/review", 0))
    if rights.may_see_spread(person, consultation) and not consultation.revision_of:
        found.append(("spread", f"{here}/spread", 0))
    if consultation.wave_of:
        found.append(("wave", f"{here}/wave", 0))
    if rights.may_see_turnout(person, consultation):
        found.append(("watch", f"{here}/watch", 0))
    if consultation.state in rights.FROM_CLOSED and rights.may_see_results(person, consultation):
        found += [(room, f"{here}/{room}", 0) for room in ("results", "reply", "papers")]
    if rights.within(person, consultation, *rights.WORKERS):
        found.append(("versions", f"{here}/versions", 0))
    if rights.may_see_journal(person, consultation):
        found.append(("journal", f"{here}/journal", 0))
    return found


def findings(consultation: Consultation, questionnaire: Questionnaire, problems: Sequence[Problem]) -> list[Finding]:
    return [Finding(problem, place_of(problem, consultation, questionnaire)) for problem in problems]


def place_of(problem: Problem, consultation: Consultation, questionnaire: Questionnaire) -> str:
    """The field of the plan, the question, or the section that a problem names."""
    here, name = f"/desk/{consultation.slug}", problem.where.partition("/")[0]
    if is_particular(problem):
        return f"{here}/plan#{problem.where}"
    if any(question.name == name for question in questionnaire.questions()):
        return f"{here}/questions/{name}"
    return f"{here}/questions#s-{name}" if name else f"{here}/questions"


def is_particular(problem: Problem) -> bool:
    return problem.where.partition("_vi")[0] in PARTICULARS


def by_place(problems: Sequence[Finding]) -> dict[str, list[Problem]]:
    """Problems of the questionnaire by question or section."""
    found: dict[str, list[Problem]] = {}
    for finding in problems:
        if not is_particular(finding.problem):
            found.setdefault(finding.problem.where.partition("/")[0], []).append(finding.problem)
    return found


def conditions_in(questionnaire: Questionnaire, language: str) -> dict[str, str]:
    """The conditions in words, by question or section."""
    return sentences(questionnaire, language)


def legal_days(consultation: Consultation) -> dict[str, Any]:
    """The days that the law of its instrument demands, for pages that show them."""
    period = law.period(consultation)
    if period is None:
        return {"period": None, "law": "", "earliest": None}
    earliest = consultation.opens_on + datetime.timedelta(days=period.minimum or 0)
    return {"period": period, "law": law.cited(period), "earliest": earliest}


def verbs_for(consultation: Consultation, person: Person, now: datetime.datetime) -> list[Verb]:
    return lifecycle.possible(consultation, person, now=now)
