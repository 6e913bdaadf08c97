"""HTML → PDF: tagged, titled, in its language, from our own style sheets alone."""

import hashlib
from importlib.resources import files

from weasyprint import HTML
from weasyprint.text.ffi import fontconfig
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcherResponse

from analysis.papers.refusals import FONT, FONT_MISSING, PaperFailed

SCHEME = "paper:/"
STYLE_SHEETS = ("paper.css", "results.css")


def our_files(url: str) -> URLFetcherResponse:
    """Gives the style sheets of templates/paper by name and refuses everything else: no file, no network, no data: URL."""
    name = url.removeprefix(SCHEME)
    if name not in STYLE_SHEETS or url == name:
        raise FatalURLFetchingError(f"a paper may not fetch {url[:200]}")
    return URLFetcherResponse(url, (files("templates") / "paper" / name).read_bytes(), {"Content-Type": "text/css"})


def render(html: str) -> bytes:
    """The PDF of a page that links `paper.css`: PDF/UA-1 tags, the same bytes for the same page and versions.

    Raises PaperFailed where the font of Decree 30/2020 is missing on this machine.
    """
    fonts = installed_fonts()
    document = HTML(string=html, url_fetcher=our_files).render(font_config=fonts)
    pdf = document.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=hashlib.sha256(html.encode()).digest()[:16])
    if not any(FONT.replace(" ", "-") in str(font.name) or FONT in str(font.family) for font in document.fonts.values()):
        raise PaperFailed(FONT_MISSING, font=FONT)
    return bytes(pdf)


def installed_fonts() -> FontConfiguration:
    """Raises PaperFailed on a machine without a single font, where Pango would crash."""
    config = fontconfig.FcInitLoadConfigAndFonts()
    if not fontconfig.FcConfigGetFonts(config, fontconfig.FcSetSystem).nfont:
        raise PaperFailed(FONT_MISSING, font=FONT)
    return FontConfiguration()
