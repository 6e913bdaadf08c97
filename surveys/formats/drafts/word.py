"""A Word document → its paragraphs and tables. Tracked changes count as accepted; headers, footers and the table of contents are left out."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from lxml import etree

from surveys.formats.archive import DECLARATIONS
from surveys.formats.drafts import codes
from surveys.formats.drafts.numbering import Numbering, W, value
from surveys.formats.drafts.styles import Styles, is_on
from surveys.formats.taken import Unreadable
from surveys.plan.reading import Part

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MOST_BYTES = 15_000_000
"""Of one part of the archive, unpacked: a plan of 500 pages has less."""
MOST_MEMBERS = 5000
DEEPEST = 30

GONE = {f"{W}{tag}" for tag in ("del", "moveFrom", "instrText", "delText", "rPr", "pPr", "sectPr", "tblPr", "trPr", "tcPr", "commentRangeStart")}
PARSER: dict[str, Any] = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False, "remove_comments": True, "remove_pis": True}


def read(data: bytes, name: str) -> tuple[Part, ...]:
    """Raises Unreadable where it is no Word document, is locked, or unpacks to too much."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            if len(book.namelist()) > MOST_MEMBERS:
                raise Unreadable(codes.DRAFT_HEAVY, given=name)
            trees = {part: tree_of(book, f"word/{part}.xml", name) for part in ("document", "styles", "numbering", "footnotes")}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error, ValueError, OSError, etree.XMLSyntaxError):
        raise Unreadable(codes.DRAFT_BROKEN, given=name) from None
    body = trees["document"].find(f"{W}body") if trees["document"] is not None else None
    if body is None:
        raise Unreadable(codes.DRAFT_BROKEN, given=name)
    return tuple(Document(trees).parts(body))


def tree_of(book: zipfile.ZipFile, member: str, name: str) -> Any:
    """None where the archive has no such part."""
    try:
        info = book.getinfo(member)
    except KeyError:
        return None
    with book.open(info) as part:
        content = part.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise Unreadable(codes.DRAFT_HEAVY, given=name)
    if any(word in content for word in DECLARATIONS):
        raise Unreadable(codes.DRAFT_BROKEN, given=name)
    return etree.fromstring(content, etree.XMLParser(**PARSER))


class Document:
    """What a paragraph needs to know of the rest: styles, lists, footnotes, and the text that a deleted paragraph mark leaves to the next."""

    def __init__(self, trees: dict[str, Any]) -> None:
        self.styles = Styles(trees["styles"])
        self.numbering = Numbering(trees["numbering"], self.styles.lists)
        notes = trees["footnotes"]
        self.notes = {node.get(f"{W}id", ""): node for node in notes.iterfind(f"{W}footnote")} if notes is not None else {}
        self.runs: list[tuple[str, bool]] = []

    def parts(self, parent: Any, depth: int = 0) -> Iterator[Part]:
        """Paragraphs and tables of a body or a cell, in order."""
        for node in parent if depth < DEEPEST else ():
            if node.tag == f"{W}p":
                yield from self.paragraph(node, depth)
            elif node.tag == f"{W}tbl":
                yield from self.table(node, depth)
            elif node.tag == f"{W}sdt":
                content = node.find(f"{W}sdtContent")
                if content is not None and not is_contents(node):
                    yield from self.parts(content, depth + 1)
            elif node.tag in (f"{W}ins", f"{W}moveTo", f"{W}customXml", f"{W}smartTag"):
                yield from self.parts(node, depth + 1)
            elif node.tag == f"{MC}AlternateContent":
                choice = node.find(f"{MC}Choice")
                yield from self.parts(choice if choice is not None else (), depth + 1)

    def paragraph(self, node: Any, depth: int) -> Iterator[Part]:
        properties = node.find(f"{W}pPr")
        style = value(properties, "pStyle") or self.styles.default
        if style.lower().startswith("toc"):
            return
        for box in boxes(node):
            yield from self.parts(box, depth + 1)
        self.runs += runs_of(node, self.styles, self.styles.bold(style), self.notes)
        mark = properties.find(f"{W}rPr") if properties is not None else None
        if mark is not None and mark.find(f"{W}del") is not None:
            return
        runs, self.runs = self.runs, []
        label = self.label(properties, style)
        outline = self.styles.outline(style, properties)
        for line, lead in list(lines_of(runs)) or ([("", 0)] if label.strip("-") else []):
            yield Part(line, label=label, outline=outline, lead=lead)
            label = ""

    def label(self, properties: Any, style: str) -> str:
        number, level = self.styles.list_of(style, properties)
        if not number or number == "0":
            return ""
        by_style = self.numbering.level_by_style(number, style)
        return self.numbering.label(number, level if level is not None else by_style or 0)

    def table(self, node: Any, depth: int) -> Iterator[Part]:
        """A frame around text is no table: a single cell gives what stands in it."""
        lines = [list(row_cells(row)) for row in node.iter(f"{W}tr") if owner(row, f"{W}tbl") is node and not is_deleted(row)]
        if len(lines) == 1 and len(lines[0]) == 1:
            yield from self.parts(lines[0][0], depth + 1)
            return
        yield Part(rows=tuple(tuple(text for cell in line for text in self.cell(cell, depth)) for line in lines))

    def cell(self, cell: Any, depth: int) -> Iterator[str]:
        """Its text, and an empty one for each further column it spans; a cell merged into the one above is empty."""
        properties = cell.find(f"{W}tcPr")
        merged = properties.find(f"{W}vMerge") if properties is not None else None
        inside = list(self.parts(cell, depth + 1))
        lines = [line for part in inside for line in ([part.line] if not part.rows else [" ".join(row) for row in part.rows])]
        yield "" if merged is not None and merged.get(f"{W}val") != "restart" else "\n".join(line for line in lines if line.strip())
        span = value(properties, "gridSpan", "1")
        yield from ("" for _ in range(min(int(span) if span.isdecimal() and len(span) < 4 else 1, 100) - 1))


def row_cells(row: Any) -> Iterator[Any]:
    for node in row:
        if node.tag == f"{W}tc":
            yield node
        elif node.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins"):
            yield from row_cells(node)


def is_deleted(row: Any) -> bool:
    properties = row.find(f"{W}trPr")
    return properties is not None and properties.find(f"{W}del") is not None


def owner(node: Any, tag: str) -> Any:
    return next(node.iterancestors(tag), None)


def is_contents(node: Any) -> bool:
    """Whether a block is the table of contents that Word made."""
    return any("contents" in gallery.get(f"{W}val", "").lower() for gallery in node.iterfind(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery"))


def boxes(node: Any) -> Iterator[Any]:
    """Text boxes that hang on a paragraph; Word writes each of them twice."""
    for box in node.iter(f"{W}txbxContent"):
        if owner(box, f"{W}txbxContent") is None and owner(box, f"{MC}Fallback") is None:
            yield box


def runs_of(node: Any, styles: Styles, bold: bool, notes: dict[str, Any]) -> Iterator[tuple[str, bool]]:
    """(text, bold) of each run that counts; a line break is a new line."""
    for child in node:
        if child.tag in GONE or child.tag in (f"{W}drawing", f"{W}pict", f"{W}object"):
            continue
        if child.tag == f"{W}r":
            yield from run_text(child, styles, bold, notes)
        elif child.tag == f"{M}t":
            yield child.text or "", bold
        elif child.tag == f"{MC}AlternateContent":
            continue
        else:
            yield from runs_of(child, styles, bold, notes)


def run_text(run: Any, styles: Styles, bold: bool, notes: dict[str, Any]) -> Iterator[tuple[str, bool]]:
    properties = run.find(f"{W}rPr")
    if properties is not None and is_on(properties.find(f"{W}vanish")):
        return
    own = properties.find(f"{W}b") if properties is not None else None
    strong = is_on(own) if own is not None else bold or styles.bold(value(properties, "rStyle"))
    capitals = properties is not None and is_on(properties.find(f"{W}caps"))
    for child in run:
        words = SIGNS.get(child.tag, "")
        if child.tag == f"{W}t":
            words = (child.text or "").upper() if capitals else child.text or ""
        elif child.tag == f"{W}footnoteReference" and child.get(f"{W}id") in notes:
            note = " ".join("".join(part.text or "" for part in notes[child.get(f"{W}id")].iter(f"{W}t")).split())
            words = f" (chú thích: {note})" if note else ""
        if words:
            yield words, strong


SIGNS = {f"{W}tab": " ", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}ptab": " "}


def lines_of(runs: list[tuple[str, bool]]) -> Iterator[tuple[str, int]]:
    """Each line of a paragraph, and how many of its characters are bold from the beginning on."""
    text, lead, leading = "", 0, True
    for words, bold in [*runs, ("\n", True)]:
        for at, piece in enumerate(words.split("\n")):
            if at:
                if text.strip():
                    yield text, lead
                text, lead, leading = "", 0, True
            text += piece
            leading = leading and (bold or not piece.strip())
            lead = len(text) if leading and bold else lead
