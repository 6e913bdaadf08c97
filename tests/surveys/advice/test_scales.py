"""Advice about scales: steps up and down, and who cannot say."""

import pytest

from surveys.advice import scales
from surveys.kinds import SATISFACTION, Matrix, OpenText, Option, Scale
from tests.surveys.advice.asking import OUTSIDE, RATED, WHICH, choice, options, said, scale

VI, EN = "vi", "en"


def numbered(*names):
    words = ("Rất không hài lòng", "Không hài lòng", "Hài lòng", "Rất hài lòng")
    return Scale(tuple(Option(name, {"vi": label}) for name, label in zip(names, words, strict=True)), OUTSIDE)


@pytest.mark.parametrize(
    ("kind", "language", "code"),
    [
        (scale("Kém", "Bình thường", "Tốt", "Rất tốt", "Xuất sắc"), VI, "unbalanced_scale"),
        (scale("Không hài lòng", "Bình thường", "Hài lòng", "Rất hài lòng"), VI, "unbalanced_scale"),
        (choice("Rất đồng ý", "Đồng ý", "Không đồng ý"), VI, "unbalanced_scale"),
        (choice("Hoàn toàn ủng hộ", "Ủng hộ", "Không ủng hộ", "Không có ý kiến"), VI, "unbalanced_scale"),
        (Matrix((Option("r", {"vi": "Bàn ghế"}),), options("Rất tệ", "Tệ", "Tốt"), OUTSIDE), VI, "unbalanced_scale"),
        (scale("Poor", "Fair", "Good", "Very good", "Excellent", language=EN), EN, "unbalanced_scale"),
        (scale("Dissatisfied", "Satisfied", "Very satisfied", language=EN), EN, "unbalanced_scale"),
        (numbered("1", "2", "4", "5"), VI, "no_middle"),
    ],
)
def test_more_steps_on_one_side_are_seen(kind, language, code):
    assert said(scales.unbalanced, "Mức nào?", kind, language=language) == [code]


@pytest.mark.parametrize(
    ("kind", "language"),
    [
        (RATED, VI),
        (numbered("1", "2", "3", "4"), VI),
        (numbered("-2", "-1", "1", "2"), VI),
        (scale("Rất kém", "Kém", "Trung bình", "Tốt", "Rất tốt"), VI),
        (scale("Không quan trọng", "Ít quan trọng", "Quan trọng", "Rất quan trọng"), VI),
        (scale("Không bao giờ", "Một, hai lần", "Ba lần trở lên"), VI),
        (choice("Đồng ý", "Không đồng ý", "Ý kiến khác"), VI),
        (choice("Tốt", "Chưa tốt", "Không biết"), VI),
        (scale("Khó", "Bình thường", "Dễ"), VI),
        (Scale(tuple(Option(str(n)) for n in range(11)), OUTSIDE), VI),
        (scale("Very dissatisfied", "Dissatisfied", "Neither", "Satisfied", "Very satisfied", language=EN), EN),
        (scale("Not important", "Slightly important", "Important", language=EN), EN),
        (WHICH, VI),
        (OpenText(), VI),
    ],
)
def test_balanced_scales_and_those_that_grow_from_nothing_pass(kind, language):
    assert said(scales.unbalanced, "Mức nào?", kind, language=language) == []


@pytest.mark.parametrize(
    ("label", "kind", "language"),
    [
        ("Ông/bà hài lòng ở mức nào?", Scale(SATISFACTION), VI),
        ("Ông/bà hài lòng với từng mặt ở mức nào?", Matrix((Option("r", {"vi": "Thái độ"}),), SATISFACTION), VI),
        ("Ông/bà cho mấy điểm?", Scale(tuple(Option(str(n)) for n in range(11))), VI),
        ("Theo ông/bà, trường học thế nào?", choice("Kém", "Bình thường", "Tốt"), VI),
        ("Ông/bà có đồng ý không?", choice("Rất đồng ý", "Đồng ý", "Không đồng ý", "Rất không đồng ý"), VI),
        ("How good is the school?", choice("Bad", "Average", "Good", language=EN), EN),
        ("How important is it?", Scale(options("Not important", "Important", "Very important", language=EN)), EN),
    ],
)
def test_scales_with_no_place_for_who_cannot_say_are_seen(label, kind, language):
    assert said(scales.without_dont_know, label, kind, language=language) == ["no_dont_know"]


@pytest.mark.parametrize(
    ("label", "kind", "language"),
    [
        ("Ông/bà hài lòng ở mức nào?", RATED, VI),
        ("Theo ông/bà, trường học thế nào?", choice("Kém", "Bình thường", "Tốt", "Chưa rõ"), VI),
        ("Ông/bà thấy thế nào?", Scale(options("Kém", "Bình thường", "Tốt", "Không có ý kiến")), VI),
        ("Ông/bà đi họp mấy lần?", Scale(options("Không lần nào", "1 lần", "2 lần trở lên")), VI),
        ("Ông/bà đi họp mấy lần?", Scale(options("Chưa bao giờ", "Một lần", "Nhiều lần")), VI),
        ("Tuổi của ông/bà", choice("Dưới 30 tuổi", "30 đến 59 tuổi", "60 tuổi trở lên"), VI),
        ("Nhà ông/bà ở đâu?", choice("Mặt tiền", "Trong ngõ", "Nơi khác"), VI),
        ("Ông/bà có đi họp không?", choice("Có", "Không"), VI),
        ("How good is the school?", choice("Bad", "Average", "Good", "Don't know", language=EN), EN),
        ("How many times?", Scale(options("Never", "Once", "More than once", language=EN)), EN),
    ],
)
def test_scales_with_such_a_place_and_what_one_knows_oneself_pass(label, kind, language):
    assert said(scales.without_dont_know, label, kind, language=language) == []
