"""The table of the contract: states, verbs, roles and days."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from msgspec import structs

from surveys import findings, law, refusals
from surveys.consultation import Consultation, Instrument, Person, Role, State, Verb
from surveys.language import VIETNAM
from surveys.lifecycle import act, at, closes_at, may, next_step, opens_at, possible, refuse_answers, wrong_length
from surveys.problems import Closed, Conflict, Invalid, NotAllowed, NotFound, Problem, Refusal

MONDAY = datetime.date(2026, 11, 23)
NOON = datetime.datetime(2026, 11, 23, 12, tzinfo=VIETNAM)

TABLE = {
    ("draft", "submit"): ("in_review", {"author"}),
    ("in_review", "return"): ("draft", {"approver"}),
    ("in_review", "approve"): ("approved", {"approver"}),
    ("approved", "open"): ("open", {"author", "approver"}),
    ("open", "extend"): ("open", {"approver"}),
    ("open", "close"): ("closed", {"author", "approver"}),
    ("closed", "seal"): ("sealed", {"author", "approver"}),
    ("sealed", "publish"): ("published", {"approver"}),
    **{(state, "cancel"): ("cancelled", {"approver"}) for state in ("draft", "in_review", "approved", "open", "closed", "sealed")},
}
"""(state, verb) → (state afterwards, who may), as contract.md has it, written down a second time."""

ALLOWED = {verb: roles for (_, verb), (_, roles) in TABLE.items()}
TARGETS = {verb: after for (_, verb), (after, _) in TABLE.items() if verb != "extend"}


def days(number):
    return datetime.timedelta(days=number)


def consultation(state=State.DRAFT, instrument=Instrument.SATISFACTION, **fields):
    plan = {"opens_on": MONDAY, "closes_on": MONDAY + days(20), "authors": frozenset({"writer"}), **fields}
    return Consultation(id="c1", slug="duong-so-5", unit="20209", title={"vi": "Mở đường số 5?"}, state=state, instrument=instrument, **plan)


def person(*roles, name="other", unit="20209"):
    return Person(id=name, name=name, full_name=name, unit=unit, roles=frozenset(roles))


def in_state(state):
    """Of which the clock of NOON changes nothing: an approved one opens tomorrow."""
    tomorrow = {"opens_on": MONDAY + days(1)} if state == State.APPROVED else {}
    return consultation(state, **tomorrow)


def refusal(verb, given, by, **how):
    with pytest.raises(Refusal) as caught:
        act(verb, given, by=by, now=how.pop("now", NOON), **how)
    return caught.value


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("verb", Verb)
@pytest.mark.parametrize("state", State)
def test_every_state_verb_and_role(state, verb, role):
    given, now = in_state(state), NOON
    if (state, verb) == (State.APPROVED, Verb.OPEN):
        given, now = structs.replace(given, closes_on=MONDAY), NOON + days(1)
    how = {"reason": "Có lý do", "closes_on": MONDAY + days(30)}

    if role not in ALLOWED[verb]:
        assert isinstance(refusal(verb, given, person(role), **how), NotAllowed)
        assert not may(verb, given, person(role))
        return
    if (state, verb) in TABLE:
        after, _ = TABLE[state, verb]
        assert act(verb, given, by=person(role), now=now, **how).state == after
        assert may(verb, given, person(role))
        return
    assert not may(verb, given, person(role))
    if TARGETS.get(verb) == state:
        assert act(verb, given, by=person(role), now=NOON, **how) == given
        return
    assert refusal(verb, given, person(role), **how).code.id == "wrong_state"


@pytest.mark.parametrize("verb", Verb)
def test_nobody_of_another_unit_learns_that_it_exists(verb):
    refused = refusal(verb, in_state(State.DRAFT), person(*Role, unit="20197"), reason="x")

    assert isinstance(refused, NotFound)
    assert refused.code == refusals.NO_SUCH_CONSULTATION


@pytest.mark.parametrize("roles", [(Role.APPROVER,), (Role.AUTHOR, Role.APPROVER)])
def test_nobody_approves_what_they_wrote_as_deputy_or_not(roles):
    given = consultation(State.IN_REVIEW, authors=frozenset({"writer", "second"}))

    assert refusal(Verb.APPROVE, given, person(*roles, name="second")).code == refusals.FOUR_EYES
    assert not may(Verb.APPROVE, given, person(*roles, name="second"))
    assert act(Verb.APPROVE, given, by=person(Role.APPROVER), now=NOON).state == State.APPROVED


def test_wrong_state_names_the_state_and_what_is_possible():
    refused = refusal(Verb.APPROVE, consultation(State.CLOSED), person(Role.APPROVER))

    assert isinstance(refused, Conflict)
    assert refused.given["state"].sentence == "đã đóng"
    assert [code.id for code in refused.given["possible"]] == ["seal", "cancel"]
    assert refusal(Verb.SEAL, consultation(State.CANCELLED), person(Role.APPROVER)).code == refusals.WRONG_STATE_FINAL


@pytest.mark.parametrize("verb", [Verb.SUBMIT, Verb.APPROVE, Verb.OPEN])
def test_what_the_law_forbids_stops_every_step_towards_opening(verb):
    state = {Verb.SUBMIT: State.DRAFT, Verb.APPROVE: State.IN_REVIEW, Verb.OPEN: State.APPROVED}[verb]
    given = structs.replace(in_state(state), closes_on=MONDAY) if verb == Verb.OPEN else in_state(state)
    wrong = [Problem(findings.SILENCE, "summary"), Problem(findings.NO_QUESTIONS)]

    refused = refusal(verb, given, person(Role.AUTHOR, Role.APPROVER), findings=wrong, now=NOON + days(1))

    assert isinstance(refused, Invalid)
    assert refused.problems == wrong


@pytest.mark.parametrize(
    ("verb", "state", "where", "code"),
    [
        (Verb.CANCEL, State.OPEN, "reason", refusals.REASON_NEEDED),
        (Verb.CLOSE, State.OPEN, "reason", refusals.REASON_NEEDED),
        (Verb.RETURN, State.IN_REVIEW, "reason", refusals.COMMENT_NEEDED),
        (Verb.EXTEND, State.OPEN, "closes_on", refusals.DAY_NEEDED),
    ],
)
def test_what_a_verb_needs_is_asked_for(verb, state, where, code):
    refused = refusal(verb, consultation(state), person(Role.APPROVER), reason=" \n ")

    assert [(problem.code, problem.where) for problem in refused.problems] == [(code, where)]


def test_comments_at_questions_are_enough_to_return_it():
    assert act(Verb.RETURN, consultation(State.IN_REVIEW), by=person(Role.APPROVER), now=NOON, comments=1).state == State.DRAFT


def test_reasons_are_kept():
    approver = person(Role.APPROVER)

    assert act(Verb.CANCEL, consultation(State.OPEN), by=approver, now=NOON, reason=" Dự án  dừng. ").cancel_reason == "Dự án dừng."
    assert act(Verb.SEAL, consultation(State.CLOSED), by=approver, now=NOON, reason="Thiếu 2 phiếu").seal_reason == "Thiếu 2 phiếu"
    closed = act(Verb.CLOSE, consultation(State.OPEN), by=approver, now=NOON, reason="Đủ mẫu")
    assert (closed.state, closed.close_reason, closed.closes_on) == (State.CLOSED, "Đủ mẫu", MONDAY)


def test_only_satisfaction_closes_early():
    given = consultation(State.OPEN, Instrument.OPINION)

    assert refusal(Verb.CLOSE, given, person(Role.AUTHOR), reason="Đủ rồi").code == refusals.NOT_EARLIER
    assert not may(Verb.CLOSE, given, person(Role.AUTHOR))
    assert act(Verb.CLOSE, given, by=person(Role.AUTHOR), now=closes_at(given)).state == State.CLOSED


def test_extending_goes_later_only():
    given, approver = consultation(State.OPEN), person(Role.APPROVER)

    assert refusal(Verb.EXTEND, given, approver, closes_on=given.closes_on - days(1)).code == refusals.ONLY_LATER
    assert act(Verb.EXTEND, given, by=approver, now=NOON, closes_on=given.closes_on) == given
    assert act(Verb.EXTEND, given, by=approver, now=NOON, closes_on=given.closes_on + days(1)).closes_on == given.closes_on + days(1)


def test_planning_is_not_extended_beyond_its_most():
    given = consultation(State.OPEN, Instrument.OPINION, planning=True)

    assert act(Verb.EXTEND, given, by=person(Role.APPROVER), now=NOON, closes_on=MONDAY + days(30)).closes_on == MONDAY + days(30)
    assert refusal(Verb.EXTEND, given, person(Role.APPROVER), closes_on=MONDAY + days(31)).code == refusals.TOO_LONG_OPEN


def test_household_decisions_are_not_opened_yet():
    given = consultation(State.APPROVED, Instrument.HOUSEHOLD_DECISION)

    refused = refusal(Verb.OPEN, given, person(Role.APPROVER), now=NOON)

    assert isinstance(refused, Conflict)
    assert refused.code.id == "instrument_not_ready"
    assert at(given, NOON).state == State.APPROVED
    assert Verb.OPEN not in possible(given, person(Role.APPROVER))


def test_opening_before_its_day_says_which_day():
    given = consultation(State.APPROVED, opens_on=MONDAY + days(1))

    refused = refusal(Verb.OPEN, given, person(Role.AUTHOR))

    assert (refused.code, refused.given) == (refusals.TOO_EARLY, {"opens_on": MONDAY + days(1)})
    assert Verb.OPEN not in possible(given, person(Role.AUTHOR), now=NOON)
    assert Verb.OPEN in possible(given, person(Role.AUTHOR), now=NOON + days(1))


def test_it_opens_and_closes_by_the_clock_of_vietnam():
    given = consultation(State.APPROVED, Instrument.OPINION)
    second = datetime.timedelta(seconds=1)
    opening = datetime.datetime(2026, 11, 22, 17, 0, tzinfo=datetime.UTC)
    closing = datetime.datetime(2026, 12, 13, 17, 0, tzinfo=datetime.UTC)

    assert (opens_at(given), closes_at(given)) == (opening, closing)
    assert [at(given, now).state for now in (opening - second, opening, closing - second, closing)] == ["approved", "open", "open", "closed"]


def test_approved_late_it_opens_today_and_too_short_waits_for_a_later_day():
    late = consultation(State.IN_REVIEW, Instrument.OPINION, opens_on=MONDAY - days(5), closes_on=MONDAY + days(15))
    approver = person(Role.APPROVER)

    approved = act(Verb.APPROVE, late, by=approver, now=NOON)

    assert (approved.state, approved.opens_on) == (State.APPROVED, MONDAY)
    assert at(approved, NOON + days(2)).state == State.APPROVED
    refused = refusal(Verb.OPEN, approved, approver, now=NOON + days(2))
    assert (refused.code, refused.given["days"], refused.given["earliest"]) == (refusals.TOO_SHORT, 13, MONDAY + days(22))
    opened = act(Verb.OPEN, approved, by=approver, now=NOON + days(2), closes_on=MONDAY + days(22))
    assert (opened.state, opened.opens_on, opened.closes_on) == (State.OPEN, MONDAY + days(2), MONDAY + days(22))
    assert next_step(approved).words == refusals.STEP_OPEN


def test_what_is_over_before_it_opened_stays_approved():
    late = consultation(State.IN_REVIEW, opens_on=MONDAY - days(9), closes_on=MONDAY - days(2))

    approved = act(Verb.APPROVE, late, by=person(Role.APPROVER), now=NOON)

    assert at(approved, NOON).state == State.APPROVED
    assert refusal(Verb.OPEN, approved, person(Role.APPROVER)).code == refusals.ALREADY_OVER


@given(st.integers(0, 60), st.booleans(), st.sampled_from(Instrument), st.sampled_from(["", "Luật Đất đai, Điều 3"]))
def test_no_opinion_opens_for_fewer_days_than_the_law_unless_a_law_is_named(length, planning, instrument, named):
    given = consultation(State.APPROVED, instrument, closes_on=MONDAY + days(length), planning=planning, shorter_by_law=named)
    lawful = instrument != Instrument.OPINION or bool(named) or (length >= 20 and not (planning and length > 30))

    assert (wrong_length(given) is None) == lawful
    if instrument != Instrument.HOUSEHOLD_DECISION:
        assert (at(given, NOON).state == State.OPEN) == lawful


def test_lengths_before_a_law_was_in_force_are_not_judged_by_it():
    assert law.period(consultation(instrument=Instrument.OPINION, opens_on=datetime.date(2023, 6, 30))) is None
    assert law.period(consultation(instrument=Instrument.OPINION, opens_on=datetime.date(2023, 7, 1))).minimum == 20


@pytest.mark.parametrize("state", State)
def test_answers_are_taken_only_while_open_and_refused_with_the_day(state):
    given = consultation(state, cancel_reason="Dự án dừng")
    if state == State.OPEN:
        refuse_answers(given)
        return
    with pytest.raises(Closed) as caught:
        refuse_answers(given)
    assert caught.value.code.id == "closed"
    day = {"opens_on": MONDAY, "closes_on": MONDAY + days(20)}
    assert caught.value.given == ({"reason": "Dự án dừng"} if state == State.CANCELLED else day)


@pytest.mark.parametrize("state", State)
def test_every_unfinished_state_has_a_next_step_and_somebody_for_it(state):
    step = next_step(in_state(state))

    if state in (State.PUBLISHED, State.ARCHIVED, State.CANCELLED):
        assert step is None
        return
    assert step.roles
    if step.verb is not None:
        assert set(step.roles) <= {Role(role) for role in TABLE[state, step.verb][1]}


class Life(RuleBasedStateMachine):
    """Anybody tries anything on any day: what was approved was seen by two, what closed never reopens, days stay lawful."""

    def __init__(self):
        super().__init__()
        self.now = NOON
        self.consultation = consultation(instrument=Instrument.OPINION, closes_on=MONDAY + days(25))
        self.approver = ""
        self.seen = [State.DRAFT]

    @rule(
        verb=st.sampled_from(Verb),
        who=st.sampled_from(["writer", "an", "binh"]),
        roles=st.sets(st.sampled_from([Role.AUTHOR, Role.APPROVER])),
        longer=st.integers(-3, 40),
    )
    def somebody_tries(self, verb, who, roles, longer):
        before = at(self.consultation, self.now)
        by = person(*roles, name=who)
        try:
            after = act(verb, before, by=by, now=self.now, reason="lý do", closes_on=self.consultation.closes_on + days(longer))
        except Refusal:
            return
        if verb == Verb.APPROVE and before.state != State.APPROVED:
            self.approver = who
        self.become(after)

    @rule(later=st.integers(0, 15))
    def days_pass(self, later):
        self.now += days(later)
        self.become(at(self.consultation, self.now))

    @precondition(lambda self: self.consultation.state == State.OPEN)
    @rule(back=st.integers(1, 3))
    def the_clock_steps_back(self, back):
        assert at(self.consultation, self.now - days(back)).state == State.OPEN

    def become(self, after):
        if after.state != self.seen[-1]:
            self.seen.append(after.state)
        self.consultation = after

    @invariant()
    def approved_by_somebody_else(self):
        if self.consultation.state not in (State.DRAFT, State.IN_REVIEW, State.CANCELLED):
            assert self.approver not in ("", "writer")

    @invariant()
    def open_for_the_legal_days(self):
        if State.OPEN in self.seen:
            assert (self.consultation.closes_on - self.consultation.opens_on).days >= 20

    @invariant()
    def never_reopened(self):
        assert self.seen.count(State.OPEN) <= 1
        assert self.seen.count(State.CLOSED) <= 1


TestLife = Life.TestCase
