"""What goes out to the people before they answer: a poster, a letter to households, the picture of a shared link. Each is one page."""

import base64
from collections.abc import Iterator
from typing import Any, Literal

from msgspec import Struct

import templates
from analysis.papers.letterhead import SAMPLE, bare_name, date_parts, grounds, lower_first, paragraphs, superior
from surveys.consultation import Consultation, Instrument
from surveys.kinds import say
from surveys.problems import Code
from surveys.units import Unit
from templates.sentences import sentence

TRIAL = Code("trial", "BẢN THỬ, CHƯA PHÊ DUYỆT")
OPINION = Code("leaflet_opinion", "Về việc lấy ý kiến Nhân dân: “{title}”")
SATISFACTION = Code("leaflet_satisfaction", "Về việc đo lường sự hài lòng của người dân: “{title}”")
COMMITTEE = Code("committee_of", "Ủy ban nhân dân {unit}")
BLANK = "\u2002" * 6
"""Room for a pen."""


class Leaflet(Struct, frozen=True, kw_only=True):
    """`link`: the whole address of this channel. `minutes`: that answering takes. `trial`: not approved yet, which the paper says."""

    consultation: Consultation
    unit: Unit
    link: str
    minutes: int
    language: str = "vi"
    trial: bool = False
    software: str = ""


class Poster(Leaflet, frozen=True, kw_only=True, tag="poster"):
    size: Literal["a4", "a3"] = "a4"


class Letter(Leaflet, frozen=True, kw_only=True, tag="letter"):
    """To every household, A4, in the form of Decree 30/2020/NĐ-CP; number, day and name are left to pen and ink."""

    symbol: str = "TB-UBND"


class Card(Leaflet, frozen=True, kw_only=True, tag="card"):
    """1200 × 630 pixels: what Zalo and Facebook show of a link."""


AnyLeaflet = Poster | Letter | Card


class Fit(Struct, frozen=True):
    """One try at one page: letters by `scale`, the texts of the official cut to `letters` in all."""

    scale: int
    letters: int


FITS = {
    "poster": [Fit(scale, 420) for scale in (125, 115, 107, 100, 92, 85)] + [Fit(85, 260), Fit(76, 200), Fit(68, 120)],
    "letter": [Fit(scale, 2400) for scale in (107, 100, 95, 90, 85)] + [Fit(85, letters) for letters in (1800, 1300, 900, 600)] + [Fit(80, 300), Fit(74, 150)],
    "card": [Fit(scale, 0) for scale in (130, 115, 100, 88, 76, 66, 58)],
}
"""Tried in this order until the page is one; the last one holds the longest title there may be."""


def name(paper: Leaflet) -> str:
    return type(paper).__name__.lower()


def tries(paper: Leaflet) -> Iterator[str]:
    """The page, larger first."""
    for fit in FITS[name(paper)]:
        yield templates.render(f"paper/{name(paper)}.html", paper.language, **context(paper, fit))


def context(paper: Leaflet, fit: Fit) -> dict[str, Any]:
    held, language = paper.consultation, paper.language
    unit = lower_first(paper.unit.name)
    title = say(held.title, language)
    marks = ((SAMPLE, held.sample), (TRIAL, paper.trial))
    return {
        "paper": paper,
        "style": " ".join(["leaflet", name(paper), getattr(paper, "size", "a4"), f"scale-{fit.scale}"]),
        "title": sentence((SATISFACTION if held.instrument == Instrument.SATISFACTION else OPINION).sentence, language, {"title": title}),
        "author": sentence(COMMITTEE.sentence, language, {"unit": unit}),
        "question": title,
        "unit": unit,
        "superior": superior(paper.unit, language),
        "number": BLANK,
        "place": bare_name(paper.unit),
        "date": date_parts(None),
        "marks": [sentence(code.sentence, language, {}) for code, wanted in marks if wanted],
        "grounds": grounds(paper),
        "summary": cut(paragraphs(held.summary, language), fit.letters // 2 if isinstance(paper, Letter) else fit.letters),
        "changes": cut(paragraphs(held.changes, language), fit.letters // 3),
        "use": cut(paragraphs(held.use, language), fit.letters // 5),
        "qr": qr_source(paper.link),
        "address": bare_address(paper.link),
        "long_address": len(bare_address(paper.link)) > 34,
    }


def cut(lines: list[str], letters: int) -> list[str]:
    """As many of these as so many letters hold, the last one ended at a word."""
    kept: list[str] = []
    for line in lines:
        if len(line) > letters:
            short = line[:letters].rpartition(" ")[0].rstrip(" ,;:.-")
            return [*kept, f"{short}…"] if len(short) > 20 else kept
        kept.append(line)
        letters -= len(line)
    return kept


def bare_address(link: str) -> str:
    """As it is typed by hand: browsers add the scheme."""
    return link.partition("://")[2] or link


def qr_source(link: str) -> str:
    """The address at which `render.our_files` draws the QR code of this link."""
    return f"paper:/qr/{base64.urlsafe_b64encode(link.encode()).decode()}"
