"""A PDF as its reader finds it: words and pages."""

import pypdfium2


def text_of(content: bytes) -> str:
    pdf = pypdfium2.PdfDocument(content)
    return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in pdf).split())


def pages_of(content: bytes) -> int:
    return len(pypdfium2.PdfDocument(content))
