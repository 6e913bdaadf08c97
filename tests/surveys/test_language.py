"""Vietnamese letters, whichever way they were typed."""

import datetime
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from surveys.language import date_words, fold, normalise, number_words, sort_key

VIETNAMESE = st.text("aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ '’-", max_size=20)


@given(st.text())
def test_composed_and_decomposed_text_are_one(text):
    assert normalise(unicodedata.normalize("NFD", text)) == normalise(unicodedata.normalize("NFC", text))
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@given(VIETNAMESE, VIETNAMESE)
def test_search_finds_without_tones(before, after):
    name = f"{before}Thanh Khê{after}"

    assert "thanh khe" in fold(name)
    assert fold(fold(name)) == fold(name)


@given(VIETNAMESE)
def test_apostrophes_of_cotu_spelling_stay(text):
    assert fold(text).count("'") == text.count("'")
    assert normalise(text).count("’") == text.count("’")


def test_folding_takes_d_with_stroke_and_capitals():
    assert fold("  ĐÀ   NẴNG ") == "da nang"
    assert fold("bh'rợ, chr’hoong") == "bh'ro, chr’hoong"


def test_words_sort_as_in_a_vietnamese_dictionary():
    words = ["đa", "da", "ô", "ơ", "o", "bạ", "bá", "bã", "bả", "bà", "ba", "ă", "â", "a", "ưa", "ua", "Bà Nà", "10", "Ân"]

    assert sorted(words, key=sort_key) == ["10", "a", "ă", "â", "Ân", "ba", "bà", "bả", "bã", "bá", "bạ", "Bà Nà", "da", "đa", "o", "ô", "ơ", "ua", "ưa"]


@given(VIETNAMESE)
def test_sorting_does_not_see_how_letters_were_typed(text):
    assert sort_key(unicodedata.normalize("NFD", text)) == sort_key(text)


def test_numbers_are_written_by_language():
    assert number_words(3065628, "vi") == "3.065.628"
    assert number_words(3065628, "en") == "3,065,628"
    assert number_words(99.77, "vi", decimals=2) == "99,77"
    assert number_words(5.0, "vi") == "5"
    assert number_words(-1234.5, "vi") == "-1.234,5"


def test_days_are_those_of_vietnam():
    assert date_words(datetime.date(2026, 2, 5)) == "05/02/2026"
    assert date_words(datetime.datetime(2026, 11, 22, 17, 30, tzinfo=datetime.UTC)) == "23/11/2026"
