"""Wards, communes and their villages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.units import Unit, Village, households, kind_of

THANH_KHE = Unit("20209", "Phường Thanh Khê", "phường")
HOA_VANG = Unit("20320", "Xã Hòa Vang", "xã")


@pytest.mark.parametrize(
    ("name", "unit", "kind"),
    [
        ("Thôn Phú Hòa", THANH_KHE, "thôn"),
        ("Tổ 5", HOA_VANG, "tổ dân phố"),
        ("Phú Hòa", HOA_VANG, "thôn"),
        ("Phú Hòa", THANH_KHE, "tổ dân phố"),
        ("", HOA_VANG, "thôn"),
    ],
)
def test_a_village_is_a_thon_or_a_block_by_its_name_else_by_its_unit(name, unit, kind):
    assert kind_of(name, unit) == kind


def village(count):
    return Village(id="v", unit="20209", name="Tổ 1", kind="tổ dân phố", households=count)


@given(st.lists(st.none() | st.integers(0, 500)))
def test_one_village_without_a_count_leaves_no_base(counts):
    total = households(village(count) for count in counts)

    assert total == (None if not counts or None in counts else sum(counts))
