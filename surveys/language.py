"""Vietnamese letters, numbers and dates: one form for each, found without tones, sorted by its own alphabet."""

import datetime
import unicodedata
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = "\u0300\u0309\u0303\u0301\u0323"
"""Combining marks in dictionary order: huyền, hỏi, ngã, sắc, nặng; no mark comes first."""


def normalise(text: str) -> str:
    """Composed letters (NFC) and single spaces; apostrophes of Cơ Tu spelling stay."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def fold(text: str) -> str:
    """What a search compares: lower case, no tones or hats, đ as d. “Thanh Khê” and “thanh khe” fold alike."""
    decomposed = unicodedata.normalize("NFD", normalise(text).casefold().replace("đ", "d"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def sort_key(text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Orders as a Vietnamese dictionary does: letters first, tones only where letters are equal."""
    letters, tones = [], []
    for letter in normalise(text).lower():
        marks = [mark for mark in unicodedata.normalize("NFD", letter) if mark in TONES]
        bare = unicodedata.normalize("NFC", "".join(part for part in unicodedata.normalize("NFD", letter) if part not in TONES))
        letters.append(ALPHABET.index(bare) + 128 if bare in ALPHABET else min(ord(bare[0]), 127) if bare.isascii() else ord(bare[0]) + 256)
        tones.append(TONES.index(marks[0]) + 1 if marks else 0)
    return tuple(letters), tuple(tones)


def number_words(number: float, language: str, *, decimals: int | None = None) -> str:
    """3.065.628 and 99,77 in Vietnamese; 3,065,628 and 99.77 in English. Without `decimals`, as many as the number has."""
    if decimals is not None:
        written = f"{number:,.{decimals}f}"
    else:
        written = f"{number:,}" if isinstance(number, int) or not float(number).is_integer() else f"{int(number):,}"
    return written if language != "vi" else written.translate(str.maketrans(",.", ".,"))


def date_words(day: datetime.date) -> str:
    """23/11/2026, in Vietnam's time where a moment is given."""
    if isinstance(day, datetime.datetime):
        day = day.astimezone(VIETNAM)
    return f"{day:%d/%m/%Y}"
