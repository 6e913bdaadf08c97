"""Who sees and does what, in every state."""

import datetime

import pytest

from surveys import rights
from surveys.consultation import Consultation, Instrument, Person, Role, State

BEFORE = {"draft", "in_review", "approved", "cancelled"}
PUBLIC = {"published", "archived"}
WORK = {"author", "approver", "collector", "village_head", "replier", "auditor", "admin"}
EVERYBODY = {str(role) for role in Role}


def across(states, roles):
    return dict.fromkeys(states, roles)


EXPECTED = {
    "may_edit": {"draft": {"author"}},
    "may_comment": {"draft": {"author", "approver"}, "in_review": {"author", "approver"}},
    "may_see_turnout": {
        "open": {"author", "approver", "village_head"},
        **across(("closed", "sealed"), {"author", "approver", "village_head", "replier"}),
        **across(PUBLIC, EVERYBODY),
    },
    "may_see_results": {**across(("closed", "sealed"), {"author", "approver", "replier"}), **across(PUBLIC, EVERYBODY)},
    "may_read_words": across(("closed", "sealed", *PUBLIC), {"author", "approver", "replier"}),
    "may_reply": across(("closed", "sealed"), {"author", "approver", "replier"}),
    "may_enter_totals": across(("open", "closed"), {"author", "approver", "collector", "village_head"}),
    "may_export_answers": across(("sealed", *PUBLIC), {"author", "approver", "replier"}),
    "may_see": {**{str(state): WORK for state in State}, **across(PUBLIC, EVERYBODY)},
    "may_see_journal": {str(state): {"author", "approver", "auditor", "admin"} for state in State},
}
"""Right → state → roles that have it; a state that is not named, nobody."""


def consultation(state):
    day = datetime.date(2026, 11, 23)
    return Consultation(id="c", slug="s", unit="20209", instrument=Instrument.OPINION, state=state, title={"vi": "T"}, opens_on=day, closes_on=day)


def person(role, unit="20209"):
    return Person(id="p", name="p", full_name="P", unit=unit, roles=frozenset({role}))


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("right", EXPECTED)
def test_every_right_state_and_role(right, state):
    may = getattr(rights, right)

    assert {str(role) for role in Role if may(person(role), consultation(state))} == EXPECTED[right].get(state, set())


@pytest.mark.parametrize("right", EXPECTED)
def test_another_unit_has_only_what_is_public(right):
    may = getattr(rights, right)
    has = {str(state) for state in State for role in Role if may(person(role, unit="20197"), consultation(state))}

    assert has == (PUBLIC if right in ("may_see_results", "may_see_turnout") else set())


def test_people_villages_and_new_consultations_belong_to_the_unit():
    may = {
        right: {str(role) for role in Role if getattr(rights, right)(person(role), "20209")}
        for right in ("may_create", "may_manage_people", "may_manage_villages")
    }

    assert may == {"may_create": {"author"}, "may_manage_people": {"admin"}, "may_manage_villages": {"author", "approver", "admin"}}
    assert not any(getattr(rights, right)(person(role), "20197") for right in may for role in Role)
