"""How a clause is called in a sentence: “Điểm a khoản 2 Điều 5”; in English “Article 5, clause 2, point a”."""

import re

from surveys.plan import Clause, Level, Plan

WORDS: dict[Level, tuple[str, str]] = {
    "part": ("phần", "part"), "annex": ("phụ lục", "annex"), "chapter": ("chương", "chapter"), "section": ("mục", "section"),
    "subsection": ("tiểu mục", "subsection"), "article": ("điều", "article"), "clause": ("khoản", "clause"), "subclause": ("khoản", "clause"),
    "point": ("điểm", "point"), "paragraph": ("đoạn", "paragraph"), "preamble": ("phần mở đầu", "preamble"), "closing": ("phần ký", "signatures"),
}  # fmt: skip
ENOUGH: tuple[Level, ...] = ("part", "annex", "chapter", "article")
"""Articles count through the whole paper: nobody says of which chapter they are."""


def cited(plan: Plan, clause: str, language: str = "vi") -> str:
    """'' where neither it nor anything it lies in has a number."""
    parts: list[str] = []
    for one in reversed(plan.path(clause)):
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
    """Its call and its heading as one line; its first words where it has neither."""
    one = plan.clause(clause)
    call = cited(plan, clause, language)
    if call and one.heading:
        return f"{call}. {one.heading}"
    return call or one.heading or one.title
