"""A source as a PDF: as Word prints it, and as a scanner makes it."""

import io
from html import escape

import pikepdf
import pypdfium2
from weasyprint import HTML

from tests.plans.source import Item, Source

STYLE = """
@page { size: A4; margin: 20mm 15mm 20mm 30mm; @top-center { content: counter(page); font: 13pt 'Liberation Serif' } }
@page :first { @top-center { content: none } }
body { font: 14pt/1.3 'Liberation Serif'; text-align: justify }
p { margin: 0 0 6pt; text-indent: 1.27cm }
.title { text-align: center; font-weight: bold; text-indent: 0 }
.plain { text-indent: 0; text-align: left }
table { border-collapse: collapse; width: 100%; font-size: 12pt; margin: 0 0 6pt }
table.ruled td { border: 0.6pt solid black; padding: 2pt 4pt; text-align: left }
table.bare td { vertical-align: top; text-align: center; width: 50% }
"""
TIGHT = """
@page { margin: 20mm 20mm 20mm 25mm; @bottom-right { content: 'Trang ' counter(page) '/' counter(pages); font: 11pt 'Liberation Serif' }
  @top-left { content: 'Dự thảo lần 2 – ngày 12/11/2026'; font: italic 11pt 'Liberation Serif' } @top-center { content: none } }
body { font: 13pt/1.15 'Liberation Serif'; text-align: left }
p { margin: 0; text-indent: 0 }
"""
"""No space between paragraphs, no indent, ragged lines, a running head: what a hurried office prints."""


def pdf(source: Source) -> bytes:
    following, lead = source.settings.get("headings") == "next", source.settings.get("lead") == "bold"
    tight = source.settings.get("paper") == "tight"
    body = [sides(["ỦY BAN NHÂN DÂN", "PHƯỜNG THANH KHÊ"], ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"])]
    body += [f'<p class="title">{escape(line)}</p>' for line in source.titles]
    body += [f"<p><i>{escape(line)}</i></p>" for line in source.before]
    for item in source.items:
        body += clause(item, following=following, lead=lead)
    if source.closing:
        at = next((place for place, line in enumerate(source.closing) if line.startswith("TM.")), len(source.closing))
        body.append(sides(source.closing[:at], source.closing[at:]))
    written: bytes = HTML(
        string=f"<html lang='vi'><head><title>{source.name}</title><style>{STYLE}{TIGHT if tight else ''}</style></head><body>{''.join(body)}</body></html>"
    ).write_pdf()
    return written


def clause(item: Item, *, following: bool, lead: bool) -> list[str]:
    found, body = [], list(item.body)
    number = f"{item.number}." if item.level == "article" else item.number
    bold = item.level in ("chapter", "section", "article", "part", "annex")
    if following and item.level in ("chapter", "part", "annex") and item.heading:
        found += [f'<p class="title">{escape(number)}</p>', f'<p class="title">{escape(item.heading)}</p>']
    elif lead and item.heading and body and isinstance(body[0], str) and item.level in ("clause", "point"):
        found.append(f"<p><b>{escape(f'{number} {item.heading}:')}</b> {escape(body.pop(0))}</p>")
    elif item.heading:
        words = escape(f"{number} {item.heading}".strip())
        found.append(f"<p>{f'<b>{words}</b>' if bold else words}</p>")
    elif number:
        first = body.pop(0) if body and isinstance(body[0], str) else ""
        found.append(f"<p>{escape(f'{number} {first}'.strip())}</p>")
    return found + [table(block) if isinstance(block, list) else f"<p>{escape(block)}</p>" for block in body]


def table(rows: list[list[str]]) -> str:
    lines = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return f'<table class="ruled">{lines}</table>'


def sides(left: list[str], right: list[str]) -> str:
    cells = "".join(f"<td>{'<br>'.join(escape(line) for line in side)}</td>" for side in (left, right))
    return f'<table class="bare"><tr>{cells}</tr></table>'


def scanned(content: bytes) -> bytes:
    """The same pages as pictures only."""
    with pypdfium2.PdfDocument(content) as document:
        images = [page.render(scale=1.2, grayscale=True).to_pil() for page in document]
    file = io.BytesIO()
    images[0].save(file, "PDF", save_all=True, append_images=images[1:])
    return file.getvalue()


def locked(content: bytes) -> bytes:
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as document:
        document.save(file, encryption=pikepdf.Encryption(user="bi-mat", owner="bi-mat"))
    return file.getvalue()
