"""How a clause is called in a sentence: “Điểm a khoản 2 Điều 5”; in English “Article 5, clause 2, point a”."""

import re

from surveys.plan import Clause, Level, Plan
from surveys.plan.blocks import words_of

WORDS: dict[Level, tuple[str, str]] = {
    "part": ("phần", "part"), "annex": ("phụ lục", "annex"), "chapter": ("chương", "chapter"), "section": ("mục", "section"),
    "subsection": ("tiểu mục", "subsection"), "article": ("điều", "article"), "clause": ("khoản", "clause"), "subclause": ("khoản", "clause"),
    "point": ("điểm", "point"), "paragraph": ("đoạn", "paragraph"), "preamble": ("phần mở đầu", "preamble"), "closing": ("phần ký", "signatures"),
}  # fmt: skip
ENOUGH: tuple[Level, ...] = ("part", "annex", "chapter", "article")
"""Articles count through the whole paper: nobody says of which chapter they are."""


def cited(plan: Plan, clause: str, language: str = "vi") -> str:
    """“1.1.” says by itself of which “1.” it is. '' where neither it nor anything it lies in has a number."""
    parts: list[str] = []
    path = plan.path(clause)
    for one in reversed(path):
        if one.level == "clause" and path[-1].level == "subclause":
            continue
        if one.number:
            parts.append(called(one, language))
        elif one.id == clause:
            return ""
        if one.level in ENOUGH:
            break
    if language == "en":
        parts.reverse()
    words = (", " if language == "en" else " ").join(parts)
    return words[:1].upper() + words[1:]


def called(clause: Clause, language: str) -> str:
    """One level of it: “Điều 5” keeps its capital, “a)” becomes “điểm a”."""
    word = WORDS[clause.level][language == "en"]
    bare = re.sub(r"^[^\W\d_]+(?:\s+số)?\s+", "", clause.number) if len(clause.number.split()) > 1 else clause.number
    bare = bare.strip(" .:)(/–-")
    vietnamese = "Điều" if clause.level == "article" else word
    return f"{word} {bare}" if language == "en" else f"{vietnamese} {bare}"


def headline(plan: Plan, clause: str, language: str = "vi") -> str:
    """Its call and its heading as one line; without a heading its first words."""
    one = plan.clause(clause)
    call = cited(plan, clause, language)
    if one.heading:
        return f"{call}. {one.heading}" if call else one.heading
    words = shortened(words_of(one.blocks[:1]))
    return f"{call}: {words}" if call and words else call or words


def shortened(text: str, longest: int = 90) -> str:
    """Whole words, and “…” where some are left out."""
    if len(text) <= longest:
        return text.rstrip(" ;:,")
    return text[:longest].rpartition(" ")[0].rstrip(" ,;:.–-") + "…"
