"""Advice about the answers offered: ranges, a way out, length."""

import math

import pytest

from surveys.advice import lists
from surveys.advice.ranges import Range, range_of
from surveys.kinds import OpenText
from tests.surveys.advice.asking import RATED, WHICH, YES_NO, choice, rows, said

VI, EN = "vi", "en"


@pytest.mark.parametrize(
    ("labels", "language"),
    [
        (("18–25", "25–40", "40–60"), VI),
        (("Dưới 18 tuổi", "18 đến 30 tuổi", "30 đến 60 tuổi", "60 tuổi trở lên"), VI),
        (("Dưới 5 triệu", "5–10 triệu", "10–20 triệu", "Trên 20 triệu"), VI),
        (("500 nghìn đến 1 triệu đồng", "1 triệu đến 2 triệu đồng"), VI),
        (("Đến 3 lần", "3 lần trở lên"), VI),
        (("Từ 20 tuổi đến 40 tuổi", "Từ 35 tuổi đến 60 tuổi", "Không muốn trả lời"), VI),
        (("1.000.000–3.000.000 đồng", "2.000.000–5.000.000 đồng"), VI),
        (("18 to 30", "30 to 45", "over 45"), EN),
        (("Up to 2 km", "At least 2 km"), EN),
    ],
)
def test_ranges_that_overlap_are_seen(labels, language):
    assert said(lists.overlapping, "Khoảng nào?", choice(*labels, language=language), language=language) == ["overlapping_ranges"]


@pytest.mark.parametrize(
    ("labels", "language"),
    [
        (("Dưới 30 tuổi", "30 đến 44 tuổi", "45 đến 59 tuổi", "60 tuổi trở lên"), VI),
        (("Từ 18 đến dưới 30", "Từ 30 đến dưới 45", "Từ 45 trở lên"), VI),
        (("Dưới 5 triệu", "Từ 5 đến 10 triệu", "Trên 10 triệu"), VI),
        (("7–9 giờ", "9–11 giờ", "Buổi tối"), VI),
        (("1 lần", "2 lần", "3 lần", "4 lần trở lên", "Không phải đi lại"), VI),
        (("Tổ 1 đến tổ 5", "Tổ 5 đến tổ 9"), VI),
        (("5–10 người", "10–20 triệu đồng"), VI),
        (("60 tuổi trở lên", "Dưới 18 tuổi", "18 đến 59 tuổi"), VI),
        (("Under 18", "18 to 59", "60 or over"), EN),
        (("More than 10", "10 or less"), EN),
    ],
)
def test_ranges_that_only_meet_pass(labels, language):
    assert said(lists.overlapping, "Khoảng nào?", choice(*labels, language=language), language=language) == []


def test_several_answers_may_overlap():
    assert said(lists.overlapping, "Giờ nào?", WHICH) == []


@pytest.mark.parametrize(
    ("labels", "language"),
    [
        (("Dưới 30 tuổi", "Trên 30 tuổi"), VI),
        (("18–25 tuổi", "30–40 tuổi"), VI),
        (("Dưới 5 triệu", "6 triệu đến 10 triệu"), VI),
        (("5–10 triệu", "11–15 triệu"), VI),
        (("1 lần", "2 lần", "4 lần trở lên"), VI),
        (("Đến 29 tuổi", "Trên 30 tuổi"), VI),
        (("Under 18", "20 to 59", "60 or over"), EN),
        (("Less than 1 km", "More than 1 km"), EN),
    ],
)
def test_gaps_between_ranges_are_seen(labels, language):
    assert said(lists.with_gap, "Khoảng nào?", choice(*labels, language=language), language=language) == ["gap_between_ranges"]


@pytest.mark.parametrize(
    ("labels", "language"),
    [
        (("Dưới 30 tuổi", "30 đến 44 tuổi", "45 tuổi trở lên"), VI),
        (("18–29", "30–44", "45–59"), VI),
        (("Dưới 1,5 km", "Từ 1,5 km đến 3 km", "Trên 3 km"), VI),
        (("1–1,9 km", "2–2,9 km", "3 km trở lên"), VI),
        (("5 mét", "7 mét", "10 mét"), VI),
        (("0–100.000 đồng", "100.001–200.000 đồng", "Trên 200.000 đồng"), VI),
        (("1960–1979", "1980–1999"), VI),
        (("Không phải chờ", "1–15 phút", "16–30 phút", "Trên 30 phút"), VI),
        (("Under 18", "18 to 59", "60+"), EN),
        (("0–25%", "26–50%", "51–100%"), EN),
    ],
)
def test_ranges_without_a_gap_pass(labels, language):
    assert said(lists.with_gap, "Khoảng nào?", choice(*labels, language=language), language=language) == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("18–25 tuổi", Range(18, 25, False, False, "tuổi", 1)),
        ("từ 30 đến dưới 45", Range(30, 45, False, True, "", 1)),
        ("trên 10 triệu đồng", Range(10e6, math.inf, True, True, "đồng", 0)),
        ("500 nghìn đến 1 triệu đồng", Range(500e3, 1e6, False, False, "đồng", 0)),
        ("60 or over", Range(60, math.inf, False, True, "", 1)),
        ("1.250.000 đồng", Range(1250e3, 1250e3, False, False, "đồng", 1)),
        ("không quá 2,5 km", Range(-math.inf, 2.5, True, False, "km", 0.1)),
        ("tổ 5", None),
        ("từ 7 giờ 30 đến 8 giờ", None),
        ("khoảng giữa tháng 3 năm 2026", None),
    ],
)
def test_ranges_are_read_as_people_write_them(words, expected):
    assert range_of(words) == expected


@pytest.mark.parametrize(
    ("label", "kind", "language"),
    [
        ("Vì sao ông/bà chưa hài lòng?", choice("Chờ lâu", "Hướng dẫn không rõ", "Thái độ chưa tốt"), VI),
        ("Khi làm thủ tục, ông/bà gặp khó khăn gì?", choice("Đi lại xa", "Thiếu giấy tờ", "Phí cao"), VI),
        ("Ông/bà biết tin qua kênh nào?", choice("Loa", "Zalo", "Họp tổ"), VI),
        ("Lý do chính ông/bà không đi họp?", choice("Bận", "Không biết", "Không quan tâm"), VI),
        ("Theo ông/bà, việc gì cần làm trước?", choice("Đường", "Đèn", "Cống"), VI),
        ("Why are you not satisfied?", choice("Slow", "Unclear", "Rude", language=EN), EN),
        ("How did you hear of the meeting?", choice("Loudspeaker", "Zalo", "A neighbour", language=EN), EN),
    ],
)
def test_lists_that_nobody_can_complete_want_other(label, kind, language):
    assert said(lists.without_other, label, kind, language=language) == ["no_other"]


@pytest.mark.parametrize(
    ("label", "kind", "language"),
    [
        ("Vì sao ông/bà chưa hài lòng?", choice("Chờ lâu", "Hướng dẫn không rõ", "Thái độ chưa tốt", other=True), VI),
        ("Vì sao ông/bà chưa hài lòng?", choice("Chờ lâu", "Hướng dẫn không rõ", "Lý do khác"), VI),
        ("Ông/bà là", choice("Nữ", "Nam", "Không muốn trả lời"), VI),
        ("Nhà ông/bà ở đâu?", choice("Mặt tiền", "Trong ngõ", "Xa đường"), VI),
        ("Vì sao ông/bà chưa hài lòng?", OpenText(), VI),
        ("Ông/bà hài lòng ở mức nào?", RATED, VI),
        ("Việc đó gấp đến mức nào?", choice("Ngay", "Trong năm", "Sau"), VI),
        ("Why did you come?", choice("A paper", "A question", "Something else", language=EN), EN),
        ("When should the works start?", choice("Spring", "Summer", "Autumn", language=EN), EN),
    ],
)
def test_complete_lists_and_those_with_a_way_out_pass(label, kind, language):
    assert said(lists.without_other, label, kind, language=language) == []


LONG = "Làm đường bê tông rộng 5,5 mét, hai bên có rãnh thoát nước, nắp đậy, vỉa hè lát gạch và trồng cây bóng mát"


@pytest.mark.parametrize(
    ("kind", "language"),
    [
        (choice("Ngắn", LONG), VI),
        (choice(LONG, "Ngắn", other=True), VI),
        (rows("Ngắn", LONG), VI),
        (choice("Build the road 5.5 metres wide with drains on both sides, covers, paved walkways and shady trees", "No", language=EN), EN),
        (choice(LONG.upper(), "Không"), VI),
    ],
)
def test_options_too_long_for_a_phone_are_seen(kind, language):
    assert said(lists.long_option, "Chọn phương án", kind, language=language) == ["long_option"]


@pytest.mark.parametrize("kind", [YES_NO, RATED, WHICH, OpenText(), choice(LONG[:90], "Không"), rows("Bàn ghế", "Phòng chờ")])
def test_options_of_a_line_or_two_pass(kind):
    assert said(lists.long_option, "Chọn phương án", kind) == []
