"""A PDF that holds text → its paragraphs and tables. Scans without text are refused; page numbers and running heads are left out."""

import ctypes
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from msgspec import Struct

from surveys.formats.drafts import codes
from surveys.formats.drafts.draft import Draft
from surveys.formats.drafts.rulings import Grid, grids_of
from surveys.formats.taken import Unreadable
from surveys.plan.marks import marks
from surveys.plan.reading import Part
from surveys.problems import Problem

MOST_PAGES = 400
MOST_CHARACTERS = 2_000_000
FEWEST_LETTERS = 15
"""A page with fewer letters than this, and a picture, is a scan."""
FONT_BOLD = 1 << 18
MARGIN = 0.09
"""The part of a page's height, above and below, where running heads and page numbers stand."""

EDGE = 0.06
"""So near the edge of the paper stands nothing else: the law's own margins are wider."""

NUMBER = re.compile(r"(?:trang\s+|page\s+)?[-–—\s]*\d{1,4}[-–—\s]*(?:\s*[/|]\s*\d{1,4})?$", re.IGNORECASE)


class Line(Struct, frozen=True):
    """A line of print. Sizes in points from the lower left corner; `lead`: how many of its characters are bold from the beginning on."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    lead: int = 0


class Page(Struct, frozen=True):
    """What stands on a page: lines outside tables, and tables with where they begin."""

    lines: tuple[Line, ...]
    grids: tuple[tuple[float, tuple[tuple[str, ...], ...]], ...]
    width: float
    height: float
    scanned: bool = False


def read(data: bytes, name: str) -> Draft:
    """Raises Unreadable where it is no PDF that opens, or one without text."""
    pages = list(pages_of(data, name))
    scans = [at for at, page in enumerate(pages, start=1) if page.scanned]
    if scans and len(scans) * 2 >= len(pages):
        raise Unreadable(codes.DRAFT_SCANNED, given=name)
    problems = (Problem(codes.PAGES_WITHOUT_TEXT, given={"given": ", ".join(map(str, scans))}),) if scans else ()
    return Draft(tuple(joined(without_heads(pages))), problems, len(pages))


def pages_of(data: bytes, name: str) -> Iterator[Page]:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD
        raise Unreadable(codes.DRAFT_LOCKED if locked else codes.DRAFT_BROKEN, given=name) from None
    if len(document) > MOST_PAGES:
        raise Unreadable(codes.DRAFT_HEAVY, given=name)
    left = MOST_CHARACTERS
    for number in range(len(document)):
        try:
            page = document[number]
            text = page.get_textpage()
        except pypdfium2.PdfiumError:
            raise Unreadable(codes.DRAFT_BROKEN, given=name) from None
        left -= text.count_chars()
        if left < 0:
            raise Unreadable(codes.DRAFT_HEAVY, given=name)
        yield page_of(page, text)
        text.close()
        page.close()


def page_of(page: Any, text: Any) -> Page:
    width, height = page.get_size()
    grids = grids_of(page)
    lines = list(lines_of(text))
    letters = sum(letter.isalpha() for line in lines for letter in line.text)
    outside = tuple(line for line in lines if not any(grid.holds((line.left + line.right) / 2, (line.bottom + line.top) / 2) for grid in grids))
    tables = tuple((grid.top, rows_of(grid, text)) for grid in grids)
    pictured = letters < FEWEST_LETTERS and next(iter(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3)), None) is not None
    return Page(outside, tables, width, height, scanned=pictured)


def rows_of(grid: Grid, text: Any) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(tidy(text.get_text_bounded(*cell)) if cell else "" for cell in row) for row in grid.cells())


def tidy(text: str) -> str:
    """Words of a cell as running text: its line breaks come from its width."""
    return " ".join(text.replace("\ufffe", "").replace("\u00ad", "").split())


def lines_of(text: Any) -> Iterator[Line]:
    """Lines as PDFium parts them, each with its place. Letters come one by one, for PDFium's index counts what its text leaves out."""
    raw = text.raw
    letters = [chr(code) if (code := pdfium.FPDFText_GetUnicode(raw, at)) else "" for at in range(text.count_chars())]
    start = 0
    for at in range(len(letters) + 1):
        if at < len(letters) and letters[at] not in "\r\n":
            continue
        if line := line_of(text, letters, start, at):
            yield line
        start = at + 1


def line_of(text: Any, letters: Sequence[str], start: int, end: int) -> Line | None:
    inked = [at for at in range(start, end) if letters[at] and not letters[at].isspace()]
    if not inked:
        return None
    first, last = text.get_charbox(inked[0], loose=True), text.get_charbox(inked[-1], loose=True)
    words = "".join(letters[inked[0] : inked[-1] + 1]).replace("\ufffe", "").replace("\u00ad", "")
    lead = bold_lead(text, letters, inked)
    return Line(" ".join(words.split()), first[0], last[2], min(first[1], last[1]), max(first[3], last[3]), lead)


def bold_lead(text: Any, letters: Sequence[str], inked: Sequence[int]) -> int:
    """Looks at the first letter of each word until one is not bold."""
    lead = 0
    for place, at in enumerate(inked):
        if place and inked[place - 1] == at - 1:
            continue
        if not is_bold(text.raw, at):
            return lead
        ends = next((after for after in range(place, len(inked) - 1) if inked[after + 1] != inked[after] + 1), len(inked) - 1)
        lead = len(" ".join("".join(letters[inked[0] : inked[ends] + 1]).split()))
    return lead


def is_bold(raw: Any, at: int) -> bool:
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(raw, at, name, 128, ctypes.byref(flags))
    return b"bold" in name.value.lower() or pdfium.FPDFText_GetFontWeight(raw, at) >= 600 or bool(flags.value & FONT_BOLD)


def without_heads(pages: Sequence[Page]) -> list[Page]:
    """Page numbers, and lines that stand in the margin of at least two pages and of half of all."""
    seen = Counter(key for page in pages for key in {key_of(line) for line in page.lines if in_margin(line, page)})
    running = {key for key, times in seen.items() if times >= 2 and times * 2 >= len(pages)}
    found = []
    for page in pages:
        kept = tuple(line for line in page.lines if not is_head(line, page, running))
        found.append(Page(kept, page.grids, page.width, page.height))
    return found


def is_head(line: Line, page: Page, running: set[str]) -> bool:
    if line.bottom > page.height * (1 - EDGE) or line.top < page.height * EDGE:
        return True
    return in_margin(line, page) and bool(NUMBER.fullmatch(line.text) or key_of(line) in running)


def key_of(line: Line) -> str:
    return re.sub(r"\d+", "#", line.text)


def in_margin(line: Line, page: Page) -> bool:
    return line.bottom > page.height * (1 - MARGIN) or line.top < page.height * MARGIN


def joined(pages: Sequence[Page]) -> Iterator[Part]:
    """Lines of all pages put together to paragraphs, tables between them where they stand."""
    lefts = Counter(round(line.left) for page in pages for line in page.lines)
    rights = sorted(line.right for page in pages for line in page.lines)
    right = rights[int(len(rights) * 0.9)] if rights else 0
    left = min((place for place, times in lefts.items() if times >= max(2, sum(lefts.values()) * 0.04)), default=min(lefts, default=0))
    open_lines: list[Line] = []
    for page in pages:
        for item in in_order(page):
            if isinstance(item, Line) and open_lines and continues(open_lines[-1], item, left=left, right=right):
                open_lines.append(item)
                continue
            yield from paragraph(open_lines)
            open_lines = [item] if isinstance(item, Line) else []
            if not isinstance(item, Line):
                yield Part(rows=item)
    yield from paragraph(open_lines)


def in_order(page: Page) -> list[Line | tuple[tuple[str, ...], ...]]:
    """From top to bottom; lines keep PDFium's order among themselves, which follows columns."""
    found: list[Line | tuple[tuple[str, ...], ...]] = list(page.lines)
    for top, rows in sorted(page.grids, reverse=True):
        at = next((place for place, item in enumerate(found) if isinstance(item, Line) and item.top <= top), len(found))
        found.insert(at, rows)
    return found


def continues(before: Line, line: Line, *, left: float, right: float) -> bool:
    """Whether a line goes on with the paragraph of the line before it."""
    size = before.top - before.bottom
    if marks(line.text) and not (line.text[:1].islower() and before.right > right - 2 * size and not before.text.endswith((".", ";", ":"))):
        return False
    if line.text.startswith(("- ", "+ ", "– ", "• ", "* ")):
        return False
    ended = before.right < right - 5 * size
    indented = line.left > left + size and line.left > before.left + size * 0.8
    centred = before.left > left + 3 * size and line.left > left + 3 * size
    if centred:
        return False
    far = before.bottom - line.top > size * 1.1 and before.bottom > line.top
    if far or ended or (indented and before.text.endswith((".", ";", ":", ",", "/"))):
        return False
    return not (indented and line.left > left + size)


def paragraph(lines: Sequence[Line]) -> Iterator[Part]:
    if not lines:
        return
    text, lead = lines[0].text, lines[0].lead
    for line in lines[1:]:
        lead = len(text) + 1 + line.lead if lead >= len(text) else lead
        text = f"{text} {line.text}"
    yield Part(text, lead=lead)
