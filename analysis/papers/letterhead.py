"""Names, number, date and legal grounds, as Decree 30/2020/NĐ-CP has them at the head and foot of a paper."""

import datetime
from typing import TYPE_CHECKING, Any

from surveys import law
from surveys.consultation import Instrument
from surveys.kinds import Text, say
from surveys.problems import Code
from surveys.units import Unit
from templates.sentences import sentence

if TYPE_CHECKING:
    from analysis.papers.council import CouncilPaper
    from analysis.papers.leaflets import Leaflet

PROVISIONAL = Code("provisional", "TẠM TÍNH, CHƯA NIÊM PHONG")
SAMPLE = Code("sample", "DỮ LIỆU MẪU")
OPINION = Code("opinion_subject", "Kết quả lấy ý kiến Nhân dân về “{title}”")
SATISFACTION = Code("satisfaction_subject", "Kết quả đo lường sự hài lòng: “{title}”")
ATTACHED = Code("attached", "(Kèm theo Báo cáo số {number} của Ủy ban nhân dân {unit})")
COUNCIL = Code("to_council", "Hội đồng nhân dân {unit}")
FRONT = Code("to_front", "Ủy ban Mặt trận Tổ quốc Việt Nam {unit}")
COMMITTEE = Code("committee", "Ủy ban nhân dân {unit}")
COMMITTEES = Code("committees", "Ủy ban nhân dân")

BLANK = "\u2002" * 4
"""Room for a pen."""


def letterhead(paper: "CouncilPaper") -> dict[str, Any]:
    unit = lower_first(paper.unit.name)
    number = f"{paper.number:02}" if paper.number is not None else BLANK
    values = {"unit": unit, "number": f"{number}/{paper.symbol}", "title": say(paper.consultation.title, paper.language)}

    def spoken(code: Code) -> str:
        return sentence(code.sentence, paper.language, values)

    marks = ((SAMPLE, paper.consultation.sample), (PROVISIONAL, paper.report.provisional))
    return {
        "unit": unit,
        "number": number,
        "superior": paper.superior.splitlines() or superior(paper.unit, paper.language),
        "place": paper.place or bare_name(paper.unit),
        "date": date_parts(paper.signed_on),
        "title": spoken(SATISFACTION if paper.consultation.instrument == Instrument.SATISFACTION else OPINION),
        "author": spoken(COMMITTEE),
        "attached": spoken(ATTACHED),
        "readers": list(paper.readers) or [spoken(COUNCIL), spoken(FRONT)],
        "grounds": grounds(paper),
        "marks": [spoken(code) for code, wanted in marks if wanted],
    }


def grounds(paper: "CouncilPaper | Leaflet") -> list[str]:
    """The law of its instrument, then what the official cited, one a line or parted by “;”; each once."""
    rule = law.ground(paper.consultation)
    own = [say(law.cited(rule), paper.language)] if rule else []
    cited = [part.strip(". ") for line in paragraphs(paper.consultation.legal_ground, paper.language) for part in line.split(";")]
    return list(dict.fromkeys(ground for ground in (*own, *cited) if ground))


def superior(unit: Unit, language: str) -> list[str]:
    """The committee of the unit's province, in two lines; none where it has no province."""
    return [sentence(COMMITTEES.sentence, language, {}), unit.parent_name] if unit.parent_name else []


def bare_name(unit: Unit) -> str:
    """“Thanh Khê” of “Phường Thanh Khê”: the place a paper is dated at."""
    return unit.name[len(unit.kind) :].strip() if unit.name.lower().startswith(unit.kind.lower()) else unit.name


def date_parts(day: datetime.date | None) -> dict[str, str]:
    """Day and month as the decree writes them: a leading 0 for days below 10 and for January and February."""
    if day is None:
        return {"day": BLANK, "month": BLANK, "year": BLANK}
    return {"day": f"{day.day:02}", "month": f"{day.month:02}" if day.month < 3 else str(day.month), "year": str(day.year)}


def lower_first(name: str) -> str:
    return name[:1].lower() + name[1:]


def paragraphs(text: Text, language: str) -> list[str]:
    return [line.strip() for line in say(text, language).splitlines() if line.strip()]
