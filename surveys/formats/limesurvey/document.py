"""An .lss as tables of rows that remember what was taken from them; a place in it is `table!row`, rows counted from 1."""

from collections.abc import Iterator

from lxml import etree
from msgspec import Struct

from surveys.formats import codes
from surveys.formats.taken import Unreadable
from surveys.language import normalise

MOST_ELEMENTS = 400_000


class Row:
    """One row of a table. `cells` holds what is not empty; a cell that comes twice, or lies within another, has its path as its name."""

    def __init__(self, table: str, number: int, cells: dict[str, str]) -> None:
        self.table = table
        self.where = f"{table}!{number}"
        self.number = number
        self.cells = cells
        self.taken: set[str] = set()

    def take(self, field: str) -> str:
        """The cell of this field; empty where there is none."""
        if field in self.cells:
            self.taken.add(field)
        return self.cells.get(field, "")

    def peek(self, field: str) -> str:
        """The same, without taking it."""
        return self.cells.get(field, "")

    def take_if(self, field: str, value: str) -> None:
        """Takes the cell where it says this, and nothing else."""
        if self.cells.get(field) == value:
            self.taken.add(field)

    def take_all(self) -> None:
        """Marks the whole row as spoken for: what became of it is said elsewhere."""
        self.taken.update(self.cells)

    @property
    def left(self) -> Iterator[tuple[str, str]]:
        """What nobody took."""
        return ((field, text) for field, text in self.cells.items() if field not in self.taken)


class Document(Struct, frozen=True):
    """`tables` in the order of the file; the first language is the survey's own. `beside`: what stands in no row, as one row for each part."""

    version: str
    languages: tuple[str, ...]
    tables: dict[str, list[Row]]
    beside: tuple[Row, ...]

    def rows(self, table: str) -> list[Row]:
        return self.tables.get(table, [])


def document(data: bytes) -> Document:
    """Raises Unreadable where it is no XML, declares entities, or is no survey of LimeSurvey."""
    root = parsed(data)
    if root.tag != "document" or text_of(root.find("LimeSurveyDocType")) != "Survey":
        raise Unreadable(codes.UNKNOWN_FORMAT)
    tables: dict[str, list[Row]] = {}
    beside: list[Row] = []
    for part in root:
        name = str(part.tag)
        if part.find("rows") is not None and name not in tables:
            tables[name] = [Row(name, number, cells(row)) for number, row in enumerate(part.findall("rows/row"), start=1)]
            beside.append(Row(name, 0, {path: text for path, text in leaves(part) if not path.startswith(("rows/row/", "fields/"))}))
        elif name not in {"LimeSurveyDocType", "DBVersion", "languages"}:
            beside.append(Row(name, 0, dict(leaves(part))))
    own = tables.get("surveys", [])
    spoken = [own[0].take("language"), *own[0].take("additional_languages").split()] if own else []
    languages = dict.fromkeys([*spoken, *(text_of(language) for language in root.findall("languages/language"))])
    return Document(text_of(root.find("DBVersion")), tuple(language for language in languages if language) or ("vi",), tables, tuple(beside))


def parsed(data: bytes) -> etree._Element:
    """No entity is resolved and nothing is fetched; a document type is refused, for LimeSurvey writes none."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise Unreadable(codes.BROKEN_FILE) from None
    if root.getroottree().docinfo.internalDTD is not None or any(isinstance(part, etree._Entity) for part in root.iter(etree.Entity)):
        raise Unreadable(codes.BROKEN_FILE)
    if sum(1 for _ in root.iter()) > MOST_ELEMENTS:
        raise Unreadable(codes.TOO_HEAVY)
    return root


def cells(row: etree._Element) -> dict[str, str]:
    """By name; what comes twice, or deeper, by its path."""
    found: dict[str, str] = {}
    for path, text in leaves(row):
        found[path if path not in found else f"{path}[{len(found)}]"] = text
    return found


def leaves(element: etree._Element, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text and attribute within, by its path."""
    for name, value in element.attrib.items():
        yield f"{path}@{name}", str(value)
    for child in element:
        inner = f"{path}{child.tag}"
        if text := text_of(child):
            yield inner, text
        yield from leaves(child, f"{inner}/")
        if child.tail and child.tail.strip():
            yield f"{inner}/#", child.tail.strip()


def text_of(element: etree._Element | None) -> str:
    return "" if element is None or not element.text else normalise_lines(element.text)


def normalise_lines(text: str) -> str:
    """Composed letters; lines stay lines."""
    return "\n".join(normalise(line) for line in text.strip().splitlines())
