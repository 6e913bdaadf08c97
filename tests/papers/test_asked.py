"""How the questionnaire stands beside its results: every kind as it was asked, in both languages."""

import pytest

from analysis.papers.asked import Asked, Choice, asked
from surveys.kinds import Calculation, File, Integer, Option, Place, Points, Ranking, Scale, SelectMultiple, SelectOne, Time, UnitChoice
from surveys.questionnaire import Question, Questionnaire, Section
from tests.papers.questions import MORE, QUESTIONNAIRE

TWO = (Option("a", {"vi": "Chợ", "en": "Market"}), Option("b", {"vi": "Trường", "en": "School"}))


@pytest.mark.parametrize(
    ("kind", "vi", "en"),
    [
        (Ranking(TWO), "Xếp thứ tự tất cả lựa chọn: 1 là chọn trước nhất", "Rank all choices: 1 comes first"),
        (Ranking(TWO, most=1), "Xếp thứ tự 1 lựa chọn đầu: 1 là chọn trước nhất", "Rank your first 1 choices: 1 comes first"),
        (Points(TWO), "Chia 100 điểm cho các lựa chọn, cộng lại phải đủ 100", "Divide 100 points among the choices; they must add up to 100"),
        (
            Points(TWO, 1000, {"vi": "triệu đồng", "en": "million đồng"}),
            "Chia 1.000 triệu đồng cho các lựa chọn, cộng lại phải đủ 1.000",
            "Divide 1,000 million đồng among the choices; they must add up to 1,000",
        ),
        (UnitChoice("province"), "Chọn một tỉnh, thành phố", "Choose a province"),
        (UnitChoice(within="48"), "Chọn một xã, phường, đặc khu, thuộc Thành phố Đà Nẵng", "Choose a ward, commune or special zone, of Thành phố Đà Nẵng"),
        (Time(), "Điền một giờ trong ngày", "Enter a time of day"),
        (Time(low="06:00"), "Điền một giờ, từ 06:00 đến 23:59", "Enter a time from 06:00 to 23:59"),
        (File(most_mb=5), "Gửi kèm một tệp: ảnh, PDF; nặng nhất 5 MB", "Send a file: picture, PDF; at most 5 MB"),
        (Place(image="x.png"), "Chỉ một điểm trên hình", "Point at a place on the picture"),
        (Place(), "Chỉ một điểm trên bản đồ", "Point at a place on the map"),
        (Integer(unit={"vi": "người", "en": "people"}), "Điền một số (người)", "Enter a number (people)"),
        (SelectMultiple(TWO, most=2), "Được chọn nhiều ý, nhiều nhất 2", "Choose up to 2"),
        (SelectOne(TWO), "", ""),
    ],
)
def test_each_kind_says_how_it_is_answered(kind, vi, en):
    question = Question("q", kind)
    form = Questionnaire((Section("s", (question,)),))

    assert [asked(question, form, language).how for language in ("vi", "en")] == [vi, en]


def test_conditions_and_what_they_offer_are_sentences():
    photo, tree = (question for question in MORE.questions if question.name in ("photo", "tree"))

    assert asked(photo, QUESTIONNAIRE, "vi").when == "Chỉ hỏi nếu: “Chỗ nào thường ngập nhất? – vĩ độ” đã được trả lời."
    assert asked(tree, QUESTIONNAIRE, "en").choices == (
        Choice("Lim xẹt", pictured=True),
        Choice("Sấu", pictured=True),
        Choice("None in …", "offered only if: “Pave both sides and plant trees” is “Disagree”"),
    )


def test_a_long_scale_stands_on_one_line():
    trust = next(question for question in MORE.questions if question.name == "trust")

    found = asked(trust, QUESTIONNAIRE, "vi")

    assert (found.choices, found.steps) == ((), "0 (Không tin) – 1 – 2 – 3 – 4 – 5 – 6 – 7 – 8 – 9 – 10 (Rất tin)")
    assert asked(Question("q", Scale(TWO)), QUESTIONNAIRE, "vi").choices == (Choice("Chợ"), Choice("Trường"))


def test_a_clause_is_printed_with_its_text():
    first = MORE.questions[0]

    found = asked(first, QUESTIONNAIRE, "vi")

    assert (found.number, found.label, found.body) == ("Điều 4", "Thời gian thi công và hỗ trợ", first.kind.body)


def test_pictures_and_sound_are_named():
    spot, tree = (question for question in MORE.questions if question.name in ("spot", "tree"))

    assert (asked(spot, QUESTIONNAIRE, "vi").pictured, asked(spot, QUESTIONNAIRE, "vi").picture) == (True, "Sơ đồ đường số 5")
    assert asked(tree, QUESTIONNAIRE, "vi").sound


def test_what_is_worked_out_has_nothing_to_fill_in():
    assert asked(Question("q", Calculation(1), {"vi": "Số suất"}), QUESTIONNAIRE, "vi") == Asked("Số suất", "")
