"""Paragraphs and tables in the order of a paper → its clauses."""

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct, structs

from surveys.kinds import Block
from surveys.language import normalise
from surveys.plan import RANKS, Clause, Level, Plan, with_fresh_ids
from surveys.plan.blocks import even
from surveys.plan.marks import Mark, is_capitals, marks


class Part(Struct, frozen=True, omit_defaults=True):
    """A paragraph of a file, or a table (`rows`).

    label: the number that Word counted by itself, not part of `text`. outline: the level of its heading style, 1 to 9; 0 is body text.
    lead: how many characters of `text` are bold from its beginning on.
    """

    text: str = ""
    label: str = ""
    outline: int = 0
    lead: int = 0
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def bold(self) -> bool:
        return bool(self.text) and self.lead >= len(self.text)

    @property
    def line(self) -> str:
        """As printed, with its number."""
        return f"{self.label} {self.text}".strip()


LONGEST_HEADING = 250
LONGEST_PLAIN_HEADING = 90
SKIPPED = 3
"""How many numbers of a sequence may be missing before a number is taken for an accident."""

ON_NEXT_LINE: tuple[Level, ...] = ("part", "annex", "chapter", "section", "subsection")
NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
CLOSING = re.compile(r"(nơi nhận\s*:|(TM|KT|TL|TUQ)\.\s*[A-ZĐÀ-Ỹ]{2})", re.IGNORECASE)
ATTACHED = re.compile(r"(QUY ƯỚC|HƯƠNG ƯỚC|QUY CHẾ|QUY ĐỊNH|KẾ HOẠCH|PHƯƠNG ÁN|ĐỀ ÁN|DANH MỤC|DANH SÁCH|DỰ TOÁN|BẢNG|BIỂU)\b")
"""How a paper that comes behind the signatures names itself."""

STYLE_RANKS: dict[str, int] = {"upper": 1, "roman": 3, "arabic": 6, "bracketed": 6, "letter": 8, **RANKS}


def read(parts: Iterable[Part]) -> Plan:
    """Ids are d1, d2, … in the order of the paper. A paper without any number becomes a clause a paragraph."""
    known = [cleaned for part in unframed(parts) if (cleaned := clean(part)).line or cleaned.rows]
    if not known:
        return Plan()
    reader = Reader(known)
    for at in range(len(known)):
        reader.take(at)
    clauses = reader.clauses if reader.numbered else paragraphs(known)
    return with_fresh_ids(tuple(clauses), 0)


def clean(part: Part) -> Part:
    """Composed letters, single spaces, rows of one length without the empty ones."""
    rows = even([tuple("\n".join(normalise(line) for line in cell.splitlines() if line.strip()) for cell in row) for row in part.rows])
    filled = tuple(row for row in rows if any(row))
    text = part.text.lstrip()
    lead = max(0, part.lead - (len(part.text) - len(text)))
    return structs.replace(part, text=normalise(text), label=normalise(part.label), lead=len(normalise(text[:lead])), rows=filled)


def unframed(parts: Iterable[Part]) -> Iterable[Part]:
    """The letterhead and the signatures, which papers lay out as a table, become lines."""
    for part in parts:
        cells = [cell for row in part.rows for cell in row if cell.strip()]
        if cells and (any(NATION in cell.upper() for cell in cells) or any(CLOSING.match(cell.strip()) for cell in cells)):
            yield from (Part(line) for cell in cells for line in cell.splitlines())
        else:
            yield part


def paragraphs(parts: Sequence[Part]) -> list[Clause]:
    """A paper that numbers nothing: its headings in capitals or bold, and each paragraph for itself."""
    found: list[Clause] = []
    for part in parts:
        if part.rows and found:
            found[-1] = structs.replace(found[-1], blocks=(*found[-1].blocks, Block(rows=part.rows)))
        elif is_heading_line(part):
            found.append(Clause("", "section", heading=part.text))
        else:
            found.append(Clause("", "paragraph", blocks=(Block(rows=part.rows) if part.rows else Block(part.text),)))
    return found


def is_heading_line(part: Part) -> bool:
    if part.rows or len(part.text) > LONGEST_HEADING or part.text.endswith((".", ";")):
        return False
    return bool(part.outline) or (is_capitals(part.text) and len(part.text.split()) > 1) or (part.bold and len(part.text) <= LONGEST_PLAIN_HEADING)


class Reader:
    """Takes parts one by one; `numbered` once a real number was met. `last`: the order that each sequence has reached."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self.parts = parts
        self.clauses: list[Clause] = []
        self.numbered = False
        self.last: dict[str, int] = {}
        self.awaits_heading = False

    def take(self, at: int) -> None:
        part = self.parts[at]
        if part.rows:
            self.add(Block(rows=part.rows))
        elif mark := self.mark_of(part):
            self.begin(mark, part, at)
        elif self.awaits_heading and self.continues_heading(part):
            self.add_heading(part.text)
        elif level := self.unnumbered_level(part):
            self.clauses.append(Clause("", level, heading="" if level == "closing" else part.line))
            self.awaits_heading = level == "annex"
            if level == "closing":
                self.add(Block(part.line))
        else:
            self.add(Block(part.line))

    def add(self, block: Block) -> None:
        if not self.clauses:
            self.clauses.append(Clause("", "preamble"))
        last = self.clauses[-1]
        self.clauses[-1] = structs.replace(last, blocks=(*last.blocks, block))
        self.awaits_heading = False

    def mark_of(self, part: Part) -> Mark | None:
        """The likeliest reading of its number that fits where the paper stands."""
        return next((mark for mark in marks(part.line) if part.label or part.outline or self.fits(mark, part)), None)

    def fits(self, mark: Mark, part: Part) -> bool:
        """The next of its sequence, or the first of a new one. Bold lines after a word such as “Điều” are believed."""
        last = self.last.get(mark.style, 0)
        if mark.order == 1 or last < mark.order <= last + SKIPPED or (mark.sure and mark.order == 0):
            return True
        return mark.sure and part.lead >= len(mark.number)

    def begin(self, mark: Mark, part: Part, at: int) -> None:
        rank = RANKS[mark.level]
        kept = {style for style in self.last if STYLE_RANKS.get(style, RANKS["subclause"]) <= rank or (style == "article" and mark.level != "annex")}
        self.last = {style: order for style, order in self.last.items() if style in kept} | {mark.style: mark.order}
        self.numbered = True
        rest = part.line[mark.length :].strip()
        lead = max(0, part.lead - len(part.text) + len(rest))
        heading, body = self.parted(mark, rest, lead, at)
        self.clauses.append(Clause("", mark.level, mark.number, heading, (Block(body),) if body else ()))
        bare = not heading and not body
        self.awaits_heading = bare if mark.level == "article" else mark.level in ON_NEXT_LINE and not body and (bare or is_capitals(heading))

    def parted(self, mark: Mark, rest: str, lead: int, at: int) -> tuple[str, str]:
        """Heading and text of what follows a number on its line."""
        if 0 < lead < len(rest) and rest[:lead].strip(" .:"):
            return rest[:lead].strip().rstrip(" .:"), rest[lead:].lstrip(" .:")
        if len(rest) > LONGEST_HEADING or rest.endswith(";"):
            return "", rest
        if (mark.sure and mark.level in ON_NEXT_LINE) or lead >= len(rest) or is_capitals(rest):
            return rest.rstrip(" .:"), ""
        if rest.endswith((".", ":", ",", "./")):
            return "", rest
        if mark.level in ("article", "section") or (len(rest) <= LONGEST_PLAIN_HEADING and self.leads_on(mark, at)):
            return rest, ""
        return "", rest

    def leads_on(self, mark: Mark, at: int) -> bool:
        """Whether text or a deeper number follows: a short line without a stop is a heading only then."""
        following = self.parts[at + 1] if at + 1 < len(self.parts) else Part()
        readings = marks(following.line)
        if following.rows or readings:
            return bool(following.rows) or any(RANKS[one.level] > RANKS[mark.level] for one in readings)
        return bool(following.line) and not CLOSING.match(following.line) and not is_heading_line(following)

    def continues_heading(self, part: Part) -> bool:
        """A heading on the lines after “Chương I”; the first of them may be in small letters, the others continue capitals."""
        if part.text.endswith((".", ";", ":")) or len(part.text) > LONGEST_HEADING or part.label:
            return False
        so_far = self.clauses[-1].heading
        if so_far:
            return is_capitals(part.text) and is_capitals(so_far)
        return is_capitals(part.text) or part.bold or bool(part.outline) or len(part.text) <= LONGEST_PLAIN_HEADING

    def add_heading(self, text: str) -> None:
        last = self.clauses[-1]
        self.clauses[-1] = structs.replace(last, heading=f"{last.heading} {text}".strip())

    def unnumbered_level(self, part: Part) -> Level | None:
        """Signatures, a paper attached behind them, and headings that carry no number."""
        if not self.numbered:
            return None
        closed = self.clauses[-1].level == "closing"
        if CLOSING.match(part.text):
            return None if closed else "closing"
        if closed:
            return "annex" if ATTACHED.match(part.text) and is_capitals(part.text) else None
        heading = part.outline or (is_capitals(part.text) and len(part.text.split()) > 2)
        return "section" if heading and is_heading_line(part) else None
