"""Short addresses: what is printed is what is read, however it is typed."""

import random
import re

import pytest
from hypothesis import given
from hypothesis.strategies import integers, sampled_from

from surveys import spread
from surveys.spread import VIAS, Via, path, read, via_of


def code(seed: int) -> str:
    return spread.new_code(random.Random(seed).choice)


@given(integers(0), sampled_from(("", *VIAS)), sampled_from((str.lower, str.upper, str)))
def test_what_is_printed_is_read_back_in_any_case(seed, via, typed):
    printed = path(code(seed), via).removeprefix("/s/")

    assert read(typed(printed)) == (code(seed), via)
    assert read(f" {printed[:3]}-{printed[3:]} ") == (code(seed), via)


@given(integers(0))
def test_code_has_no_vowel_and_no_letter_that_print_or_a_vietnamese_keyboard_confuses(seed):
    assert re.fullmatch(r"[CFHJKMNPRTVX234679]{5}", code(seed))


def test_every_channel_has_an_ending_of_its_own():
    endings = [spread.LETTERS[via] for via in VIAS]

    assert len(set(endings)) == len(endings) == len(Via) + 9


@pytest.mark.parametrize(
    ("typed", "expected"), [("K7MPT", ("K7MPT", "")), ("K7MPTQ", ("K7MPT", "")), ("K7MPTPP", ("K7MPT", "")), ("K7", ("K7", "")), ("", ("", ""))]
)
def test_wrong_ending_still_leads_to_the_code(typed, expected):
    assert read(typed) == expected


@pytest.mark.parametrize(("given", "expected"), [("zalo", "zalo"), ("other9", "other9"), ("other10", ""), ("Zalo", ""), ("<b>", ""), (None, "")])
def test_only_our_channels_are_carried(given, expected):
    assert via_of(given) == expected
