"""How Vietnamese papers number their parts: “Chương II”, “Mục 1”, “Điều 5.”, “I.”, “1.”, “1.1.”, “a)”, “đ)”."""

import re
from collections.abc import Mapping

from msgspec import Struct

from surveys.plan import Level

LETTERS = "abcdđefghijklmnopqrstuvwxyz"
"""In the order of points: đ after d; f, j, w and z, which the law leaves out, because Word counts them."""

ROMAN = r"(?=[IVXLC])(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})"
ENDS = r"(?:\s*[.:–—-]\s*|\s*$)"
"""After a word and its number: a stop and the heading, or nothing more."""

ORDINALS = {
    word: n for n, words in enumerate(("nhất một", "hai nhì", "ba", "tư bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"), start=1) for word in words.split()
}


class Mark(Struct, frozen=True):
    """A number at the beginning of a paragraph. `style` parts sequences that count for themselves; `length` is how much of the text it takes.

    `sure`: a word such as “Điều” stands before it, so it is no accident of a line's end.
    """

    level: Level
    number: str
    order: int
    style: str
    length: int
    sure: bool = False


NUMBERS: Mapping[Level, tuple[str, str]] = {
    "part": ("phần", rf"thứ\s+\w+|{ROMAN}\b|\d{{1,2}}\b|[A-D]\b"),
    "chapter": ("chương", rf"{ROMAN}\b|\d{{1,2}}[a-z]?\b"),
    "subsection": ("tiểu mục", rf"\d{{1,2}}\b|{ROMAN}\b"),
    "section": ("mục", rf"\d{{1,2}}[a-z]?\b|{ROMAN}\b"),
    "article": ("điều", r"\d{1,3}[a-zđ]?\b"),
    "clause": ("khoản", r"\d{1,2}[a-zđ]?\b"),
    "point": ("điểm", rf"[{LETTERS}]\b"),
    "annex": (r"phụ lục(?:\s+số)?", rf"{ROMAN}\b|\d{{1,2}}[a-z]?\b|[A-Z]\b"),
}
"""The word that names a level, and what may number it."""

WORDED = {level: re.compile(rf"({word})\s+({numbers}){ENDS}", re.IGNORECASE) for level, (word, numbers) in NUMBERS.items()}
TITLED = re.compile(rf"((phần|chương|mục|phụ lục)(?:\s+số)?\s+(?:thứ\s+\w+|{ROMAN}|\d{{1,2}}))\s+(?=\S)", re.IGNORECASE)
"""“CHƯƠNG I QUY ĐỊNH CHUNG” without a stop: only where the heading is in capitals."""
TITLED_LEVELS: Mapping[str, Level] = {"phần": "part", "chương": "chapter", "mục": "section", "phụ lục": "annex"}

ANNEX = re.compile(r"phụ lục\s*[.:]?\s*$", re.IGNORECASE)
MANY = re.compile(r"(\d{1,2}(?:\.\d{1,2})+)[.)]?\s+(?=\D)")
ARABIC = re.compile(r"(?:(\d{1,3})\s*[./)]|\((\d{1,2})\))\s+(?=\S)")
UPPER = re.compile(rf"({ROMAN}|[A-H])\s*[./)–-]\s*(?=\S)")
LETTER = re.compile(rf"(?:\(([{LETTERS}])\)|([{LETTERS}])\s*[)./])\s+(?=\S)")
BARE = re.compile(rf"(\d{{1,3}}|\d{{1,2}}(?:\.\d{{1,2}})+|[{LETTERS}]|{ROMAN}|[A-H])\s*[./)]$")
"""A label that Word counted by itself: nothing follows it."""


def marks(text: str) -> tuple[Mark, ...]:
    """The readings of how a paragraph begins, likelier one first; none where it is not numbered. “C.” may be a letter or a hundred."""
    worded = worded_mark(text)
    if worded:
        return (worded,)
    if found := MANY.match(text):
        parts = found[1].split(".")
        return (Mark("subclause" if len(parts) == 2 else "point", found[0].strip(), int(parts[-1]), f"many{'.'.join(parts[:-1])}", found.end()),)
    if found := ARABIC.match(text):
        return (Mark("clause", found[0].strip(), int(found[1] or found[2]), "arabic" if found[1] else "bracketed", found.end()),)
    if found := LETTER.match(text):
        return (Mark("point", found[0].strip(), LETTERS.index(found[1] or found[2]) + 1, "letter", found.end()),)
    if found := UPPER.match(text):
        return upper_marks(found)
    return ()


def upper_marks(found: re.Match[str]) -> tuple[Mark, ...]:
    """“I.” and “II.” are sections, “A.” and “B.” parts; I, V, X, L, C and D can be both."""
    readings = []
    if roman_value(found[1]):
        readings.append(Mark("section", found[0].strip(), roman_value(found[1]), "roman", found.end()))
    if len(found[1]) == 1 and found[1] in "ABCDEFGH":
        readings.append(Mark("part", found[0].strip(), ord(found[1]) - 64, "upper", found.end()))
    return tuple(readings)


def worded_mark(text: str) -> Mark | None:
    for level, pattern in WORDED.items():
        if found := pattern.match(text):
            return Mark(level, found[0].strip(" .:–—-\t"), order_of(found[2]), level, found.end(), sure=True)
    if ANNEX.match(text):
        return Mark("annex", text.strip(" .:"), 1, "annex", len(text), sure=True)
    if (titled := TITLED.match(text)) and is_capitals(text[titled.end() :]):
        named: Level = TITLED_LEVELS[titled[2].lower()]
        return Mark(named, titled[1].strip(), order_of(titled[1]), named, titled.end(), sure=True)
    return None


def order_of(number: str) -> int:
    """Its place in its sequence: 5, V, “thứ năm”, “đ”; 0 where it has none."""
    number = number.strip().split()[-1]
    if digits := re.match(r"\d+", number):
        return int(digits[0])
    if number.lower() in ORDINALS:
        return ORDINALS[number.lower()]
    if roman_value(number.upper()) and len(number) + number.isupper() > 1:
        return roman_value(number.upper())
    return LETTERS.index(number.lower()) + 1 if number.lower() in LETTERS else 0


def roman_value(text: str) -> int:
    """0 where it is no Roman number."""
    if not text or not re.fullmatch(ROMAN, text):
        return 0
    values = [{"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}[letter] for letter in text]
    return sum(-value if value < max(values[at:]) else value for at, value in enumerate(values))


def is_capitals(text: str) -> bool:
    """Whether a line of words is written in capitals throughout; units such as m² may be small."""
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) >= 4 and sum(letter.isupper() for letter in letters) >= 0.9 * len(letters)
