"""A PDF read back: its words, headings and properties."""

import io

import pikepdf
import pypdfium2


def pages(pdf):
    """The text of each page, white space as single spaces."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [" ".join(page.get_textpage().get_text_range().replace("\ufffe", "").split()) for page in document]


def headings(pdf):
    """(level, title) of each bookmark."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [(item.level, " ".join(item.get_title().split())) for item in document.get_toc()]


def opened(pdf):
    return pikepdf.open(io.BytesIO(pdf))
