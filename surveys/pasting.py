"""A list of choices that somebody copied from Excel or Word: a line each, `vi | en`, or cells that a tab parts."""

import re
from collections.abc import Sequence

from msgspec import structs

from surveys.editing import option_name
from surveys.kinds import Option, Text, say
from surveys.language import normalise

MARK = re.compile(r"^\s*(?:[-–•*+]|\(?[a-zđ0-9]{1,3}[.)])\s+")
"""What Word puts before a line of a list."""

MOST_BY_ROW = 100
"""Longer lists are edited only as text."""


def pasted(words: str, *, kept: Sequence[Option] = (), scale: bool = False) -> tuple[Option, ...]:
    """An option a line. Whoever has the same Vietnamese words, or the name in a third cell, keeps all that belonged to it."""
    by_name = {option.name: option for option in kept}
    by_words: dict[str, list[Option]] = {}
    for option in kept:
        by_words.setdefault(key(option.label), []).append(option)
    found: list[Option] = []
    for line in words.splitlines():
        label, name = cells(line)
        if say(label, "vi"):
            found.append(matched(label, name, by_name, by_words, {option.name for option in found}))
    return renumbered(found) if scale else named(found)


def cells(line: str) -> tuple[Text, str]:
    """Words in both languages, the English only where a second cell is there; and the name of a third cell."""
    parts = [" ".join(cell.split()) for cell in (line.split("\t") if "\t" in line else line.split("|"))]
    vietnamese = parts[0] if "\t" in line else MARK.sub("", f"{parts[0]} ").strip()
    return dict(zip(("vi", "en"), (vietnamese, *parts[1:2]), strict=False)), "".join(parts[2:3])


def matched(label: Text, name: str, by_name: dict[str, Option], by_words: dict[str, list[Option]], used: set[str]) -> Option:
    """The option that was meant, with these words; one without a name where it is new."""
    waiting = [option for option in by_words.get(key(label), []) if option.name not in used]
    option = by_name.get(name) if name and name not in used else waiting[0] if waiting and not name else None
    if option is None and waiting:
        option = structs.replace(waiting[0], name=name)
    if option is None:
        return Option(name if name not in used else "", {language: said for language, said in label.items() if said})
    return structs.replace(option, label={language: said for language, said in {**option.label, **label}.items() if said})


def key(label: Text) -> str:
    return normalise(say(label, "vi")).casefold()


def named(options: Sequence[Option]) -> tuple[Option, ...]:
    """Names from their words for those that have none."""
    taken = {option.name for option in options} - {""}
    found = []
    for option in options:
        if not option.name:
            option = structs.replace(option, name=option_name(say(option.label, "vi"), taken))
            taken.add(option.name)
        found.append(option)
    return tuple(found)


def renumbered(options: Sequence[Option]) -> tuple[Option, ...]:
    """The steps of a scale count on from the first one's number."""
    first = next((int(option.name) for option in options if option.name.lstrip("-").isdecimal()), 1)
    first = min(first, 1)
    return tuple(structs.replace(option, name=str(first + at)) for at, option in enumerate(options))


def as_lines(options: Sequence[Option]) -> str:
    """The list as it may be pasted again, with the names, so that nothing is lost on the way."""
    return "\n".join(" | ".join((option.label.get("vi", ""), option.label.get("en", ""), option.name)) for option in options)
