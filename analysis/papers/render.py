"""HTML → PDF: tagged, titled, in its language, from our own style sheets alone."""

import base64
import binascii
import hashlib
import io
from collections.abc import Iterable
from importlib.resources import files
from typing import Any

import pikepdf
import segno
from weasyprint import HTML
from weasyprint.text.ffi import fontconfig
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcherResponse

from analysis.papers.refusals import FONT, FONT_MISSING, PaperFailed

SCHEME = "paper:/"
STYLE_SHEETS = ("paper.css", "results.css", "leaflets.css")
QR = f"{SCHEME}qr/"
LONGEST_QR = 300
PIXELS_A_POINT = 96 / 72
UNIVERSAL = b"""
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"><pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema><pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category><pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""
"""PDF/A wants to be told what the word of PDF/UA means."""


def our_files(url: str) -> URLFetcherResponse:
    """Gives the style sheets of templates/paper by name, draws QR codes of what the address itself says, and refuses everything
    else: no file, no network, no data: URL."""
    if url.startswith(QR):
        return URLFetcherResponse(url, qr_code(url.removeprefix(QR)), {"Content-Type": "image/svg+xml"})
    name = url.removeprefix(SCHEME)
    if name not in STYLE_SHEETS or url == name:
        raise FatalURLFetchingError(f"a paper may not fetch {url[:200]}")
    return URLFetcherResponse(url, (files("templates") / "paper" / name).read_bytes(), {"Content-Type": "text/css"})


def qr_code(encoded: str) -> bytes:
    """The QR code, as SVG with its quiet zone on whatever lies under it, of a text in URL-safe Base64."""
    try:
        text = base64.b64decode(encoded, altchars=b"-_", validate=True).decode()
    except (binascii.Error, ValueError):
        raise FatalURLFetchingError("a paper may not draw this code") from None
    if not 0 < len(text) <= LONGEST_QR:
        raise FatalURLFetchingError("a paper may not draw this code")
    drawn = io.BytesIO()
    segno.make(text, error="m", micro=False).save(drawn, kind="svg", border=4, dark="#1b1f24", xmldecl=False)
    return drawn.getvalue()


def render(html: str, *, font: str = FONT) -> bytes:
    """The PDF of a page that links `paper.css`: PDF/A-2a and PDF/UA-1, the same bytes for the same page and versions.

    Raises PaperFailed where the font (that of Decree 30/2020) is missing on this machine.
    """
    fonts = installed_fonts()
    return written(laid_out(html, fonts), html, font)


def fitted(tries: Iterable[str], *, font: str) -> bytes:
    """The PDF of the first of these pages that is one page, else of the last. Raises like `render`."""
    fonts = installed_fonts()
    for html in tries:
        document = laid_out(html, fonts)
        if len(document.pages) == 1:
            break
    return written(document, html, font)


def laid_out(html: str, fonts: FontConfiguration) -> Any:
    return HTML(string=html, url_fetcher=our_files).render(font_config=fonts)


def written(document: Any, html: str, font: str) -> bytes:
    pdf = document.write_pdf(pdf_variant="pdf/a-2a", pdf_identifier=hashlib.sha256(html.encode()).digest()[:16])
    if not any(font.replace(" ", "-") in str(one.name) or font in str(one.family) for one in document.fonts.values()):
        raise PaperFailed(FONT_MISSING, font=font)
    return also_accessible(bytes(pdf))


def also_accessible(pdf: bytes) -> bytes:
    """The archival file says of itself that it is PDF/UA-1 too: WeasyPrint writes either name, and tags alike for both."""
    changed = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        told = document.Root.Metadata.read_bytes()
        document.Root.Metadata.write(told.replace(b"</rdf:RDF>", UNIVERSAL + b"</rdf:RDF>"))
        document.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        document.save(changed, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return changed.getvalue()


def picture(pdf: bytes) -> bytes:
    """The first page as a PNG, a CSS pixel a pixel."""
    import pypdfium2

    drawn = io.BytesIO()
    with pypdfium2.PdfDocument(pdf) as document:
        document[0].render(scale=PIXELS_A_POINT).to_pil().save(drawn, "PNG", optimize=True)
    return drawn.getvalue()


def installed_fonts() -> FontConfiguration:
    """Raises PaperFailed on a machine without a single font, where Pango would crash."""
    config = fontconfig.FcInitLoadConfigAndFonts()
    if not fontconfig.FcConfigGetFonts(config, fontconfig.FcSetSystem).nfont:
        raise PaperFailed(FONT_MISSING, font=FONT)
    return FontConfiguration()
