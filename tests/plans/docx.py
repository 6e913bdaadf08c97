"""A source as a Word file, with real styles and numbering.xml, as offices' machines write it."""

import io
import zipfile
from xml.sax.saxutils import escape

from tests.plans.source import Item, Source

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
    "</Relationships>"
)
STYLES = (
    f'<w:styles {W}><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="u1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr>'
    "<w:rPr><w:b/></w:rPr></w:style>"
    '<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style></w:styles>'
)
LEVELS = {
    "chapter": ("upperRoman", "Chương %1"), "section": ("upperRoman", "%2."), "article": ("decimal", "Điều %3."), "clause": ("decimal", "%4."),
    "subclause": ("decimal", "%4.%5."), "point": ("lowerLetter", "%6)"),
}  # fmt: skip
"""Word's nine levels as offices set them up for legal papers."""

ON = '<w:lvlRestart w:val="0"/>'
"""Articles count on through chapters."""


def docx(source: Source, *, tracked: bool = False) -> bytes:
    """`tracked`: with a deletion and an insertion that nobody has accepted, a header, a footer and a table of contents."""
    return packed(document(source, tracked=tracked))


def packed(xml: str, **more: str) -> bytes:
    parts = {"[Content_Types].xml": TYPES, "_rels/.rels": RELATIONS, "word/document.xml": xml, "word/styles.xml": STYLES, "word/numbering.xml": numbering()}
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in (parts | more).items():
            book.writestr(name, content)
    return file.getvalue()


def numbering() -> str:
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>{ON if text.startswith("Điều") else ""}'
        f'<w:lvlText w:val="{escape(text)}"/></w:lvl>'
        for at, (style, text) in enumerate(LEVELS.values())
    )
    bullet = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="-"/></w:lvl>'
    return (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum><w:abstractNum w:abstractNumId="1">{bullet}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )


def document(source: Source, *, tracked: bool) -> str:
    auto = source.settings.get("numbering") == "auto"
    body = [letterhead()]
    body += [paragraph(line, bold=True) for line in source.titles]
    body += [paragraph(line) for line in source.before]
    if tracked:
        body.append('<w:p><w:pPr><w:pStyle w:val="TOC1"/></w:pPr><w:r><w:t>Điều 1. Mục lục\t1</w:t></w:r></w:p>')
    for item in source.items:
        body += clause(item, auto=auto, following=source.settings.get("headings") == "next", lead=source.settings.get("lead") == "bold")
    if tracked:
        body.append("<w:p><w:del><w:r><w:delText>Câu đã bỏ.</w:delText></w:r></w:del><w:ins><w:r><w:t>Câu mới thêm.</w:t></w:r></w:ins></w:p>")
    body += signatures(source.closing)
    return f"<w:document {W}><w:body>{''.join(body)}</w:body></w:document>"


def run(text: str, *, bold: bool = False) -> str:
    return f'<w:r>{"<w:rPr><w:b/></w:rPr>" if bold else ""}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(text: str, *, bold: bool = False, level: int | None = None, number: int = 1, style: str = "") -> str:
    listed = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>' if level is not None else ""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{listed}</w:pPr>{run(text, bold=bold)}</w:p>"


def clause(item: Item, *, auto: bool, following: bool, lead: bool) -> list[str]:
    found, body = [], list(item.body)
    listed = auto and item.level in LEVELS
    level = list(LEVELS).index(item.level) if listed else None
    stop = "." if item.level == "article" else ""
    number = "" if listed else f"{item.number}{stop}"
    if following and item.level in ("chapter", "part", "annex") and item.heading:
        found += [paragraph(number, bold=True, level=level), paragraph(item.heading, bold=True)]
    elif lead and item.heading and body and isinstance(body[0], str) and item.level in ("clause", "point"):
        shown = f"{number} {item.heading}: ".strip() + " "
        found.append(
            f"<w:p><w:pPr>{f'<w:numPr><w:ilvl w:val={chr(34)}{level}{chr(34)}/><w:numId w:val={chr(34)}1{chr(34)}/></w:numPr>' if listed else ''}</w:pPr>"
            f"{run(shown, bold=True)}{run(body.pop(0))}</w:p>"
        )
    elif item.heading:
        found.append(paragraph(f"{number} {item.heading}".strip(), bold=item.level in ("chapter", "section", "article", "part"), level=level))
    elif number or listed:
        first = body.pop(0) if body and isinstance(body[0], str) else ""
        found.append(paragraph(f"{number} {first}".strip(), level=level))
    for block in body:
        if isinstance(block, list):
            found.append(table(block))
        elif block.startswith("- ") and auto:
            found.append(paragraph(block[2:], level=0, number=2))
        else:
            found.append(paragraph(block))
    return found


def table(rows: list[list[str]]) -> str:
    lines = "".join(f"<w:tr>{''.join(f'<w:tc><w:tcPr/>{paragraph(cell)}</w:tc>' for cell in row)}</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr/>{lines}</w:tbl>"


def letterhead() -> str:
    left, right = ("ỦY BAN NHÂN DÂN", "PHƯỜNG THANH KHÊ"), ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
    cells = "".join(f"<w:tc>{''.join(paragraph(line, bold=True) for line in side)}</w:tc>" for side in (left, right))
    return f"<w:tbl><w:tblPr/><w:tr>{cells}</w:tr></w:tbl>"


def signatures(lines: list[str]) -> list[str]:
    if not lines:
        return []
    at = next((place for place, line in enumerate(lines) if line.startswith("TM.")), len(lines))
    cells = "".join(f"<w:tc>{''.join(paragraph(line) for line in side) or '<w:p/>'}</w:tc>" for side in (lines[:at], lines[at:]))
    return [f"<w:tbl><w:tblPr/><w:tr>{cells}</w:tr></w:tbl>"]
