"""What is read out over the loudspeaker: numbers, days, addresses in words."""

import datetime
import re

import pytest
from hypothesis import given
from hypothesis.strategies import dates, integers, text

from surveys.aloud import DIGITS, address_aloud, aloud, announcement, day_aloud, digits_aloud, number_aloud, seconds, syllables
from surveys.consultation import Contact, Instrument
from tests.server.asked import consultation

NUMBERS = {
    0: "không", 1: "một", 4: "bốn", 5: "năm", 10: "mười", 11: "mười một", 14: "mười bốn", 15: "mười lăm", 20: "hai mươi", 21: "hai mươi mốt",
    24: "hai mươi tư", 25: "hai mươi lăm", 31: "ba mươi mốt", 44: "bốn mươi tư", 55: "năm mươi lăm", 59: "năm mươi chín", 100: "một trăm",
    101: "một trăm linh một", 105: "một trăm linh năm", 110: "một trăm mười", 115: "một trăm mười lăm",
    121: "một trăm hai mươi mốt", 999: "chín trăm chín mươi chín",
    1000: "một nghìn", 1005: "một nghìn không trăm linh năm", 1010: "một nghìn không trăm mười", 2026: "hai nghìn không trăm hai mươi sáu",
    10_500: "mười nghìn năm trăm", 31_385: "ba mươi mốt nghìn ba trăm tám mươi lăm", 1_000_000: "một triệu", 1_000_001: "một triệu không trăm linh một",
    3_065_628: "ba triệu không trăm sáu mươi lăm nghìn sáu trăm hai mươi tám", 2_000_000_000: "hai tỷ",
}  # fmt: skip
DAYS = {
    "2026-12-20": "ngày hai mươi tháng mười hai năm hai nghìn không trăm hai mươi sáu",
    "2027-04-01": "ngày mùng một tháng tư năm hai nghìn không trăm hai mươi bảy",
    "2026-01-10": "ngày mùng mười tháng một năm hai nghìn không trăm hai mươi sáu",
    "2030-10-11": "ngày mười một tháng mười năm hai nghìn không trăm ba mươi",
    "2026-05-31": "ngày ba mươi mốt tháng năm năm hai nghìn không trăm hai mươi sáu",
}
WRITTEN = {
    "UBND phường lùi hàng rào 1,5 m": "Ủy ban nhân dân phường lùi hàng rào một phẩy năm mét",
    "Dài 640 m, rộng 4,05m, diện tích 2.880 m2": "Dài sáu trăm bốn mươi mét, rộng bốn phẩy không năm mét, diện tích hai nghìn tám trăm tám mươi mét vuông",
    "HĐND, UBMTTQ và MTTQ": "Hội đồng nhân dân, Ủy ban Mặt trận Tổ quốc và Mặt trận Tổ quốc",
    "từ 12/01/2027": "từ ngày mười hai tháng một năm hai nghìn không trăm hai mươi bảy",
    "từ ngày 5/4/2027": "từ ngày mùng năm tháng tư năm hai nghìn không trăm hai mươi bảy",
    "ngày 45/13/2027": "ngày bốn mươi lăm/mười ba/hai nghìn không trăm hai mươi bảy",
    "gọi 0905 123 456": "gọi không chín không năm, một hai ba, bốn năm sáu",
    "đạt 99,77 %": "đạt chín mươi chín phẩy bảy bảy phần trăm",
    "Luật Thực hiện dân chủ ở cơ sở số 10/2022/QH15": "Luật Thực hiện dân chủ ở cơ sở",
    "Trường THCS ở TP. Đà Nẵng": "Trường trung học cơ sở ở thành phố Đà Nẵng",
    "Có vỉa hè hai bên": "Có vỉa hè hai bên",
    "Ông/bà hài lòng với ông/bà tổ trưởng?": "Ông bà hài lòng với ông bà tổ trưởng?",
}


@pytest.mark.parametrize(("number", "words"), NUMBERS.items())
def test_number_is_read_as_people_say_it(number, words):
    assert number_aloud(number) == words


@pytest.mark.parametrize(("day", "words"), DAYS.items())
def test_day_is_read_as_people_say_it(day, words):
    assert day_aloud(datetime.date.fromisoformat(day)) == words


@pytest.mark.parametrize(("written", "words"), WRITTEN.items())
def test_what_an_official_wrote_is_read_in_whole_words(written, words):
    assert aloud(written) == words


@pytest.mark.parametrize(
    ("number", "words"), [("0236 3712 345", "không hai ba sáu, ba bảy một hai, ba bốn năm"), ("0905123456", "không chín không năm, một hai ba, bốn năm sáu")]
)
def test_telephone_is_read_digit_by_digit(number, words):
    assert digits_aloud(number) == words


def test_address_is_spelt():
    assert address_aloud("ykien.danang.gov.vn/s/K7MPTR") == "ykien chấm danang chấm gov chấm vn, gạch chéo, s, gạch chéo, ca, bảy, em, pê, tê, e rờ"


def value(words: str) -> int:
    """The number back from its words, by the rules of reading alone."""
    total = group = 0
    pending = 0
    for word in words.split():
        if word in ("nghìn", "triệu", "tỷ"):
            total += (group + pending) * {"nghìn": 10**3, "triệu": 10**6, "tỷ": 10**9}[word]
            group = pending = 0
        elif word == "trăm":
            group, pending = pending * 100, 0
        elif word == "mươi":
            group, pending = group + pending * 10, 0
        elif word == "mười":
            group += 10
        elif word != "linh":
            pending = {"mốt": 1, "tư": 4, "lăm": 5}.get(word) or DIGITS.index(word)
    return total + group + pending


@given(integers(0, 10**12 - 1))
def test_every_number_can_be_understood_back(number):
    assert value(number_aloud(number)) == number


@given(dates(datetime.date(2020, 1, 1), datetime.date(2099, 12, 31)))
def test_no_day_is_read_with_digits(day):
    assert not re.search(r"\d", day_aloud(day))


@given(text(max_size=200))
def test_any_text_can_be_read(written):
    assert isinstance(aloud(written), str)


def test_announcement_says_what_when_how_and_whom_to_ask_in_whole_words():
    said = announcement(consultation(), unit="phường Thanh Khê", address="ykien.danang.gov.vn/s/K7MPTR", minutes=6)

    assert said == [
        "Kính thưa bà con!",
        "Ủy ban nhân dân phường Thanh Khê lấy ý kiến người dân trước khi quyết định, về nội dung: Có nên mở rộng đường số năm?",
        "Đường số năm hẹp và hay ngập. Phường định mở rộng từ sáu lên chín mét. Phường muốn biết ý kiến người dân trước khi quyết định.",
        (
            "Thời gian trả lời: từ ngày hai mươi tháng mười một năm hai nghìn không trăm hai mươi sáu, "
            "đến hết hai mươi ba giờ năm mươi chín phút ngày hai mươi tháng mười hai năm hai nghìn không trăm hai mươi sáu."
        ),
        (
            "Bà con trả lời trên điện thoại bằng cách quét mã in trên áp phích hoặc trên thư gửi gia đình, hoặc mở trang: "
            "ykien chấm danang chấm gov chấm vn, gạch chéo, s, gạch chéo, ca, bảy, em, pê, tê, e rờ."
        ),
        "Bà con không dùng điện thoại thì nhận và nộp phiếu giấy tại Trụ sở Ủy ban nhân dân phường, năm trăm linh ba Trần Cao Vân.",
        "Cần hỏi thêm, xin gặp Bà Nguyễn Thị Soạn, số điện thoại không hai ba sáu, ba bảy một hai, ba bốn năm.",
        "Kính mong bà con dành khoảng sáu phút cho ý kiến. Xin trân trọng cảm ơn!",
    ]
    assert 60 <= seconds(said) <= 90
    assert not re.search(r"\d|UBND", " ".join(said))


def test_long_summary_is_cut_at_a_sentence_so_that_it_takes_a_minute_and_a_half():
    said = announcement(consultation(summary={"vi": "Đường hẹp và hay ngập khi mưa lớn. " * 100}), unit="xã Hòa Vang", address="a.vn/s/K7MPTR", minutes=0)

    assert seconds(said) <= 90
    assert said[2].endswith("mưa lớn.")


def test_announcement_without_contact_or_summary_leaves_them_out():
    said = announcement(consultation(summary={}, contact=Contact(), instrument=Instrument.SATISFACTION), unit="xã Hòa Vang", address="a.vn/s/K7MPTR", minutes=0)

    assert len(said) == 5
    assert "đo lường sự hài lòng" in said[1]
    assert seconds(said) == -(-sum(map(syllables, said)) * 60 // 165 // 5) * 5


def test_nothing_takes_no_time():
    assert seconds([]) == 0
