"""Draft plans of our own, each written once: its clauses as they must be found, and from them the Word and PDF files that offices make.

A source is text. Head: `name: value` lines (numbering: typed or auto; headings: next or same), then a blank line. Body, a line each:
`= ` a title; `_ ` a line before the first clause; `level | number | heading | text` a clause; `. ` a further paragraph of the clause;
`| a | b |` a row of a table; `~ ` a line of the signatures.
"""

from dataclasses import dataclass, field
from pathlib import Path

SOURCES = Path(__file__).parent / "sources"


@dataclass
class Item:
    """A clause as it must be found: level, number as printed, heading, lines of text and tables (lists of rows)."""

    level: str
    number: str
    heading: str
    body: list[str | list[list[str]]] = field(default_factory=list)


@dataclass
class Source:
    name: str
    settings: dict[str, str]
    titles: list[str]
    before: list[str]
    items: list[Item]
    closing: list[str]


def sources() -> list[Source]:
    return [read(path) for path in sorted(SOURCES.glob("*.txt"))]


def source(name: str) -> Source:
    return read(SOURCES / f"{name}.txt")


def read(path: Path) -> Source:
    head, _, body = path.read_text("utf-8").partition("\n\n")
    settings = dict(line.split(": ", 1) for line in head.splitlines())
    found = Source(path.stem, settings, [], [], [], [])
    for line in body.splitlines():
        take(found, line.strip())
    return found


def take(found: Source, line: str) -> None:
    if not line:
        return
    if line[:2] in ("= ", "_ ", "~ "):
        {"= ": found.titles, "_ ": found.before, "~ ": found.closing}[line[:2]].append(line[2:])
    elif line.startswith(". "):
        found.items[-1].body.append(line[2:])
    elif line.startswith("|"):
        row = [cell.strip() for cell in line.strip("|").split("|")]
        body = found.items[-1].body
        if body and isinstance(body[-1], list):
            body[-1].append(row)
        else:
            body.append([row])
    else:
        level, number, heading, text = (part.strip() for part in line.split("|", 3))
        found.items.append(Item(level, number, heading, [text] if text else []))
