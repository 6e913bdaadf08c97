"""Lists of choices copied from Excel and Word."""

import pytest

from surveys.kinds import SATISFACTION, Option, Scale, SelectMultiple, SelectOne
from surveys.lists import rearrange
from surveys.pasting import as_lines, pasted

ROAD = Option("duong", {"vi": "Đường", "en": "Road"}, image="a" * 64 + ".jpg", relevant={"==": [{"var": "q"}, "y"]})


@pytest.mark.parametrize(
    ("words", "options"),
    [
        ("Đường\nVỉa hè\n", [("duong", {"vi": "Đường"}), ("via_he", {"vi": "Vỉa hè"})]),
        ("Đường | Road\r\nVỉa hè|Pavement", [("duong", {"vi": "Đường", "en": "Road"}), ("via_he", {"vi": "Vỉa hè", "en": "Pavement"})]),
        ("Đường\tRoad\nHẻm\t", [("duong", {"vi": "Đường", "en": "Road"}), ("hem", {"vi": "Hẻm"})]),
        ("1. Đường\n2) Hẻm\n- Cầu\n• Cống\na) Cây", [(name, {"vi": label}) for name, label in
         (("duong", "Đường"), ("hem", "Hẻm"), ("cau", "Cầu"), ("cong", "Cống"), ("cay", "Cây"))]),
        ("Hòa Bình\nHòa Bình", [("hoa_binh", {"vi": "Hòa Bình"}), ("hoa_binh_1", {"vi": "Hòa Bình"})]),
        ("Ba\nBà", [("ba", {"vi": "Ba"}), ("ba_1", {"vi": "Bà"})]),
        ("Phường A | Ward A | 20209", [("20209", {"vi": "Phường A", "en": "Ward A"})]),
        ("\n  \n | \n", []),
        ("Khác", [("khac", {"vi": "Khác"})]),
    ],
)  # fmt: skip
def test_a_line_is_an_option(words, options):
    assert [(option.name, option.label) for option in pasted(words)] == options


def test_who_has_the_same_words_keeps_all_that_belonged_to_it():
    assert pasted("Hẻm\nĐường", kept=[ROAD])[1] == ROAD
    assert pasted("Đường | ", kept=[ROAD])[0].label == {"vi": "Đường"}


def test_a_long_list_comes_back_as_it_was():
    options = tuple(Option(str(20000 + at), {"vi": f"Hòa Bình {at % 7}", "en": f"Ward {at}"}, image="x" if at == 3 else "") for at in range(500))

    assert pasted(as_lines(options), kept=options) == options


def test_paste_goes_behind_the_list_or_in_its_place():
    kind = SelectOne((ROAD, Option("hem", {"vi": "Hẻm"})))

    behind = rearrange(kind, "paste:options", {"options-paste": "Đường\nCầu"})
    instead = rearrange(kind, "paste:options", {"options-paste": "Cầu\nĐường", "options-how": "replace"})

    assert [option.name for option in behind.options] == ["duong", "hem", "cau"]
    assert instead.options == (Option("cau", {"vi": "Cầu"}), ROAD)
    assert rearrange(kind, "paste:options", {"options-paste": " "}) == kind


def test_a_pasted_scale_counts_from_one():
    kind = rearrange(Scale(SATISFACTION), "paste:options", {"options-paste": "Kém\nĐạt\nTốt", "options-how": "replace"})

    assert [(option.name, option.label["vi"]) for option in kind.options] == [("1", "Kém"), ("2", "Đạt"), ("3", "Tốt")]


def test_names_of_several_choices_hold_no_space():
    kind = rearrange(SelectMultiple(()), "paste:options", {"options-paste": "Bụi và ồn"})

    assert [option.name for option in kind.options] == ["bui_va_on"]
