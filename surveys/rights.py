"""Who may see and do what, apart from the steps in lifecycle.py. Give each of them `lifecycle.at(consultation, now)`.

Everybody acts within their own unit. A deputy's roles are already among their own (Person.roles).
"""

from surveys.consultation import Consultation, Person, Role, State

WORKERS = frozenset({Role.AUTHOR, Role.APPROVER, Role.COLLECTOR, Role.VILLAGE_HEAD, Role.REPLIER, Role.AUDITOR, Role.ADMIN})
"""Roles of those who work on a consultation before it is public."""

FROM_CLOSED = (State.CLOSED, State.SEALED, State.PUBLISHED, State.ARCHIVED)
PUBLIC_RESULTS = (State.PUBLISHED, State.ARCHIVED)


def within(person: Person, consultation: Consultation, *roles: Role) -> bool:
    return person.unit == consultation.unit and not person.roles.isdisjoint(roles)


def may_create(person: Person, unit: str) -> bool:
    return person.unit == unit and Role.AUTHOR in person.roles


def may_use_library(person: Person) -> bool:
    """Ready questionnaires and blocks, and those that their own unit keeps: whoever works on consultations."""
    return not person.roles.isdisjoint(WORKERS)


def may_see(person: Person, consultation: Consultation) -> bool:
    """Its rooms at the desk: whoever works on it; council and Front from publication."""
    if within(person, consultation, *WORKERS):
        return True
    return within(person, consultation, Role.COUNCIL, Role.FRONT) and consultation.state in PUBLIC_RESULTS


def may_edit(person: Person, consultation: Consultation) -> bool:
    """Its plan, questions and documents, while it is a draft."""
    return consultation.state == State.DRAFT and within(person, consultation, Role.AUTHOR)


def may_comment(person: Person, consultation: Consultation) -> bool:
    return consultation.state in (State.DRAFT, State.IN_REVIEW) and within(person, consultation, Role.AUTHOR, Role.APPROVER)


def may_try(person: Person, consultation: Consultation) -> bool:
    """Starting a trial run, seeing what it brought and ending it, before opening."""
    return consultation.state in (State.DRAFT, State.IN_REVIEW, State.APPROVED) and within(person, consultation, Role.AUTHOR, Role.APPROVER)


def may_revise(person: Person, consultation: Consultation) -> bool:
    """Writing a change of the questionnaire that is open; an approver decides on it."""
    return consultation.state == State.OPEN and within(person, consultation, Role.AUTHOR)


def may_repeat(person: Person, consultation: Consultation) -> bool:
    """Making a new wave of what is over, or a copy of a draft."""
    over = consultation.state in (*FROM_CLOSED, State.CANCELLED, State.DRAFT) and not consultation.revision_of
    return over and within(person, consultation, Role.AUTHOR)


def may_see_turnout(person: Person, consultation: Consultation) -> bool:
    """How many answered: author, approver, village head while open; from closed on also the replier; then whoever sees results."""
    if consultation.state == State.OPEN:
        return within(person, consultation, Role.AUTHOR, Role.APPROVER, Role.VILLAGE_HEAD)
    if consultation.state not in FROM_CLOSED:
        return False
    return within(person, consultation, Role.AUTHOR, Role.APPROVER, Role.VILLAGE_HEAD, Role.REPLIER) or may_see_results(person, consultation)


def may_see_results(person: Person, consultation: Consultation) -> bool:
    """What was answered: author, approver, replier from closed on; everybody from published on."""
    if consultation.state in PUBLIC_RESULTS:
        return True
    return consultation.state in FROM_CLOSED and within(person, consultation, Role.AUTHOR, Role.APPROVER, Role.REPLIER)


def may_read_words(person: Person, consultation: Consultation) -> bool:
    """Open answers as they were written, and releasing them for public papers."""
    return consultation.state in FROM_CLOSED and within(person, consultation, Role.AUTHOR, Role.APPROVER, Role.REPLIER)


def may_reply(person: Person, consultation: Consultation) -> bool:
    """Writing the reply and the proposals, from closed until published."""
    return consultation.state in (State.CLOSED, State.SEALED) and within(person, consultation, Role.AUTHOR, Role.APPROVER, Role.REPLIER)


def may_enter_totals(person: Person, consultation: Consultation) -> bool:
    """Totals of a channel by its owner, and paper answers: while open and until sealing."""
    roles = (Role.AUTHOR, Role.APPROVER, Role.COLLECTOR, Role.VILLAGE_HEAD)
    return consultation.state in (State.OPEN, State.CLOSED) and within(person, consultation, *roles)


def may_export_answers(person: Person, consultation: Consultation) -> bool:
    """The full file of answers, from sealing on: before it their order could tell who answered."""
    return consultation.state in (State.SEALED, *PUBLIC_RESULTS) and within(person, consultation, Role.AUTHOR, Role.APPROVER, Role.REPLIER)


def may_spread(person: Person, consultation: Consultation) -> bool:
    """What goes out to the people: posters, letters, links. Before approval they are marked as a trial."""
    roles = (Role.AUTHOR, Role.APPROVER, Role.COLLECTOR, Role.VILLAGE_HEAD)
    return consultation.state in (State.DRAFT, State.IN_REVIEW, State.APPROVED, State.OPEN) and within(person, consultation, *roles)


def may_see_spread(person: Person, consultation: Consultation) -> bool:
    """The room of it; after closing for those who look back at which channel brought how many."""
    if may_spread(person, consultation):
        return True
    return consultation.state in FROM_CLOSED and within(person, consultation, Role.AUTHOR, Role.APPROVER, Role.VILLAGE_HEAD)


def may_name_links(person: Person, consultation: Consultation) -> bool:
    """Naming channels of its own."""
    return may_spread(person, consultation) and within(person, consultation, Role.AUTHOR, Role.APPROVER)


def may_see_journal(person: Person, consultation: Consultation) -> bool:
    return within(person, consultation, Role.AUTHOR, Role.APPROVER, Role.AUDITOR, Role.ADMIN)


def may_manage_people(person: Person, unit: str) -> bool:
    return person.unit == unit and Role.ADMIN in person.roles


def may_manage_villages(person: Person, unit: str) -> bool:
    return person.unit == unit and not person.roles.isdisjoint((Role.AUTHOR, Role.APPROVER, Role.ADMIN))
