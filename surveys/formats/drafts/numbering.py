"""Word's automatic numbers: numbering.xml and the styles that point into it, counted as Word counts them."""

import re
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LETTERS = "abcdefghijklmnopqrstuvwxyz"
PLACES = re.compile(r"%([1-9])")


class Level(Struct, frozen=True):
    """One of nine levels of a list: how its number looks and where it begins."""

    format: str = "decimal"
    text: str = ""
    start: int = 1
    style: str = ""
    legal: bool = False
    restart: int | None = None


def value(node: Any, tag: str, default: str = "") -> str:
    """The w:val of a child."""
    child = node.find(f"{W}{tag}") if node is not None else None
    return str(child.get(f"{W}val", default)) if child is not None else default


def whole(text: str, default: int) -> int:
    return int(text) if text.lstrip("-").isdecimal() and len(text) < 6 else default


def level_of(node: Any) -> Level:
    legal, restart = node.find(f"{W}isLgl"), value(node, "lvlRestart")
    return Level(
        value(node, "numFmt", "decimal"), value(node, "lvlText"), whole(value(node, "start", "1"), 1), value(node, "pStyle"),
        legal is not None and legal.get(f"{W}val", "1") not in ("0", "false"), whole(restart, 0) if restart else None,
    )  # fmt: skip


class Numbering:
    """Lists of a document, and where each of them has got to."""

    def __init__(self, root: Any, style_lists: Mapping[str, str]) -> None:
        """style_lists: list styles → the list (numId) each of them names."""
        self.levels: dict[str, dict[int, Level]] = {}
        self.abstract: dict[str, str] = {}
        self.starts: dict[str, dict[int, int]] = {}
        self.counts: dict[str, dict[int, int]] = {}
        self.begun: set[str] = set()
        if root is None:
            return
        links = {}
        for node in root.iterfind(f"{W}abstractNum"):
            key = node.get(f"{W}abstractNumId", "")
            self.levels[key] = {whole(one.get(f"{W}ilvl", "0"), 0): level_of(one) for one in node.iterfind(f"{W}lvl")}
            links[key] = value(node, "numStyleLink")
        for node in root.iterfind(f"{W}num"):
            self.add(node)
        for key, style in links.items():
            target = self.abstract.get(style_lists.get(style, ""), "")
            if style and not self.levels[key] and target != key:
                self.levels[key] = self.levels.get(target, {})

    def add(self, node: Any) -> None:
        number, abstract = node.get(f"{W}numId", ""), value(node, "abstractNumId")
        overrides = {whole(one.get(f"{W}ilvl", "0"), 0): one for one in node.iterfind(f"{W}lvlOverride")}
        own = {at: level_of(one.find(f"{W}lvl")) for at, one in overrides.items() if one.find(f"{W}lvl") is not None}
        if own:
            self.levels[f"num {number}"] = {**self.levels.get(abstract, {}), **own}
            abstract = f"num {number}"
        self.abstract[number] = abstract
        self.starts[number] = {at: whole(value(one, "startOverride"), 1) for at, one in overrides.items() if value(one, "startOverride")}

    def level_by_style(self, number: str, style: str) -> int | None:
        """The level that a paragraph style belongs to, where the list says so."""
        return next((at for at, level in self.levels.get(self.abstract.get(number, ""), {}).items() if style and level.style == style), None)

    def label(self, number: str, at: int) -> str:
        """Counts one on, and gives the number as printed: “Điều 5.”, “1.2.”, “đ)”; a dash for every bullet."""
        abstract = self.abstract.get(number, "")
        levels = self.levels.get(abstract, {})
        level = levels.get(at)
        if level is None:
            return ""
        counts = self.counts.setdefault(abstract, {})
        if number not in self.begun:
            self.begun.add(number)
            for place in self.starts.get(number, {}):
                counts.pop(place, None)
        start = self.starts.get(number, {}).get(at, level.start)
        counts[at] = counts[at] + 1 if at in counts else start
        for deeper in [place for place in counts if place > at]:
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or restart > at:
                counts.pop(deeper)
        return self.printed(levels, counts, level)

    def printed(self, levels: Mapping[int, Level], counts: dict[int, int], level: Level) -> str:
        if level.format == "bullet":
            return "-"
        if level.format == "none":
            return PLACES.sub("", level.text).strip()

        def counted(found: re.Match[str]) -> str:
            place = int(found[1]) - 1
            own = levels.get(place, Level())
            return in_format(counts.setdefault(place, own.start), "decimal" if level.legal else own.format)

        return PLACES.sub(counted, level.text).strip()


def in_format(number: int, style: str) -> str:
    if style in ("lowerLetter", "upperLetter"):
        letter = LETTERS[(number - 1) % 26] * ((number - 1) // 26 + 1) if 0 < number < 260 else str(number)
        return letter.upper() if style == "upperLetter" else letter
    if style in ("lowerRoman", "upperRoman"):
        return roman(number).lower() if style == "lowerRoman" else roman(number)
    if style == "decimalZero":
        return f"{number:02}"
    return "" if style in ("none", "bullet") else str(number)


def roman(number: int) -> str:
    written = ""
    for sign, worth in (
        ("M", 1000),
        ("CM", 900),
        ("D", 500),
        ("CD", 400),
        ("C", 100),
        ("XC", 90),
        ("L", 50),
        ("XL", 40),
        ("X", 10),
        ("IX", 9),
        ("V", 5),
        ("IV", 4),
        ("I", 1),
    ):
        while 0 < worth <= number < 4000:
            written, number = written + sign, number - worth
    return written or str(number)
