"""Names, passwords, pauses and deputies, as rules without a database."""

import datetime
import unicodedata

import pytest
from hypothesis import given
from hypothesis.strategies import integers, text

from surveys import people
from surveys.consultation import Person, Role
from surveys.problems import Problem

TODAY = datetime.date(2026, 11, 23)
LAN = Person(id="1", name="lan", full_name="Trần Thị Lan", unit="20209", roles=frozenset({Role.APPROVER}))
AN = Person(id="2", name="an", full_name="Nguyễn Văn An", unit="20209", roles=frozenset({Role.AUTHOR}))


def codes(problems: list[Problem]) -> list[str]:
    return [problem.code.id for problem in problems]


def test_sign_in_name_is_one_for_every_keyboard():
    typed = unicodedata.normalize("NFD", "  Lân  Nguyễn ")

    assert people.sign_in_name(typed) == people.sign_in_name("lân nguyễn") == "lân nguyễn"


def test_sign_in_name_keeps_tones_apart():
    assert people.sign_in_name("lan") != people.sign_in_name("lân")


@pytest.mark.parametrize(("name", "expected"), [
    ("an.nguyen", []),
    ("Trưởng thôn 3", []),
    ("   ", ["name_needed"]),
    ("a" * 101, ["name_too_long"]),
    ("an\x00", ["name_unreadable"]),
])  # fmt: skip
def test_names_are_checked(name, expected):
    assert codes(people.check_name(name)) == expected


@pytest.mark.parametrize(("password", "expected"), [
    ("đường hoa phượng đỏ", []),
    ("mười hai con giáp", []),
    ("", ["password_needed"]),
    ("ngắn", ["password_too_short"]),
    ("x" * 1001, ["password_too_long"]),
    ("Matkhau123", ["password_common"]),
    ("Mậtkhẩu123", ["password_common"]),
    ("aaaaaaaaaaaa", ["password_common"]),
    ("an.nguyen1", ["password_common"]),
    ("AN.NGUYEN2026!", ["password_common"]),
    ("an.nguyen qua cầu gió bay", []),
])  # fmt: skip
def test_passwords_that_anybody_guesses_are_refused(password, expected):
    assert codes(people.check_password(password, name="an.nguyen")) == expected


def test_password_is_typed_the_same_twice_on_any_keyboard():
    password = "đường hoa phượng đỏ"

    assert people.check_password(password, name="an", again=unicodedata.normalize("NFD", password)) == []
    assert codes(people.check_password(password, name="an", again=password + "x")) == ["password_differs"]


@given(text())
def test_no_problem_repeats_the_password(password):
    assert all(password not in problem.given.values() for problem in people.check_password(password, name="an") if password)


@given(integers(0, 100_000))
def test_pause_grows_and_never_locks(failures):
    assert 0 <= people.pause_s(failures) <= people.pause_s(failures + 1) <= people.LONGEST_PAUSE_S


def test_first_tries_are_free_and_guessing_gets_slow():
    assert [people.pause_s(failures) for failures in (0, 4, 5, 6, 7, 14, 50)] == [0, 0, 2, 4, 8, 900, 900]


def deputy_codes(*, person=LAN, deputy=AN, own_roles=frozenset({Role.APPROVER}), starts_on=TODAY, ends_on=TODAY):
    return codes(people.check_deputy(person, deputy, own_roles=own_roles, starts_on=starts_on, ends_on=ends_on, today=TODAY))


def test_approver_names_a_colleague_from_today_on():
    assert deputy_codes() == []


@pytest.mark.parametrize(("wrong", "expected"), [
    ({"own_roles": frozenset({Role.AUTHOR})}, ["deputy_not_yours"]),
    ({"deputy": LAN}, ["deputy_strange"]),
    ({"deputy": None}, ["deputy_needed"]),
    ({"deputy": Person(id="3", name="x", full_name="X", unit="20197", roles=frozenset())}, ["deputy_strange"]),
    ({"starts_on": TODAY - datetime.timedelta(1)}, ["deputy_past"]),
    ({"ends_on": TODAY - datetime.timedelta(1)}, ["deputy_days"]),
    ({"deputy": None, "starts_on": None, "ends_on": None}, ["deputy_needed"]),
])  # fmt: skip
def test_deputies_are_checked(wrong, expected):
    assert deputy_codes(**wrong) == expected
