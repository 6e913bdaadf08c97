"""What an author writes about a consultation beside its questions: read from the form of a page, and written back into one."""

import datetime
import hashlib
import re
from typing import Any

import msgspec
from msgspec import structs

from surveys import problems
from surveys.consultation import Consultation, Contact
from surveys.kinds import Text, say
from surveys.language import fold
from surveys.problems import Code, Problem
from surveys.rewording import LONGEST_LABEL, Doubts, Form, read_text

TEXTS = ("title", "summary", "changes", "use", "legal_ground")
CONTACT = ("name", "phone", "place")
PARTICULARS = (*TEXTS, "contact", "opens_on", "closes_on", "shorter_by_law", "planning")
"""The fields of a consultation that this form can change."""

UNKNOWN_LANGUAGE = Code("unknown_language", "Không có ngôn ngữ “{given}”.", "Viết bằng vi, và en nếu cần.")

LONGEST_LINE = 300
LONGEST_SLUG = 60
RESERVED_SLUGS = {"new", "people", "villages", "account", "units", "deputies", "tokens", "library"}
"""Pages of the desk beside the consultations."""

WRITTEN_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


def read_particulars(consultation: Consultation, form: Form) -> tuple[Consultation, Doubts]:
    """The consultation as the form has it, with everything that is wrong; a wrong day keeps its former value."""
    doubts: Doubts = []
    given: dict[str, Any] = {field: read_text(form, field, doubts) for field in TEXTS}
    if not given["title"].get("vi"):
        doubts.append(Problem(problems.TITLE_MISSING, where="title_vi"))
    for field in ("opens_on", "closes_on"):
        given[field] = read_day(form, field, doubts) or getattr(consultation, field)
    if given["closes_on"] < given["opens_on"]:
        doubts.append(Problem(problems.DATES_CROSSED, where="closes_on", given={"opens_on": given["opens_on"], "closes_on": given["closes_on"]}))
    given["contact"] = Contact(**{part: read_line(form, f"contact_{part}", doubts) for part in CONTACT})
    given["shorter_by_law"] = read_line(form, "shorter_by_law", doubts)
    return structs.replace(consultation, **given, planning="planning" in form), doubts


def wrong_particulars(consultation: Consultation) -> list[Problem]:
    """What is wrong with them where a program wrote them; `where` is the field's name."""
    found = [] if consultation.title.get("vi", "").strip() else [Problem(problems.TITLE_MISSING, where="title")]
    if consultation.closes_on < consultation.opens_on:
        found.append(Problem(problems.DATES_CROSSED, where="closes_on", given={"opens_on": consultation.opens_on, "closes_on": consultation.closes_on}))
    for field in TEXTS:
        for language, words in getattr(consultation, field).items():
            found += too_long(words, field, LONGEST_LABEL)
            if language not in ("vi", "en"):
                found.append(Problem(UNKNOWN_LANGUAGE, where=field, given={"given": language[:20]}))
    for part in CONTACT:
        found += too_long(getattr(consultation.contact, part), f"contact/{part}", LONGEST_LINE)
    return found + too_long(consultation.shorter_by_law, "shorter_by_law", LONGEST_LINE)


def too_long(words: str, where: str, most: int) -> list[Problem]:
    return [Problem(problems.TOO_LONG, where=where, given={"given": len(words), "high": most})] if len(words) > most else []


def read_day(form: Form, field: str, doubts: Doubts) -> datetime.date | None:
    """A day as YYYY-MM-DD (a date field) or DD/MM/YYYY (typed)."""
    raw = form.get(field, "").strip()
    written = WRITTEN_DAY.fullmatch(raw)
    try:
        return datetime.date(*(int(part) for part in reversed(written.groups()))) if written else datetime.date.fromisoformat(raw)
    except ValueError:
        doubts.append(Problem(problems.NOT_A_DATE, where=field, given={"given": raw}))
        return None


def read_line(form: Form, field: str, doubts: Doubts) -> str:
    line = " ".join(form.get(field, "").split())
    if len(line) > LONGEST_LINE:
        doubts.append(Problem(problems.TOO_LONG, where=field, given={"given": len(line), "high": LONGEST_LINE}))
    return line


def particulars_form(consultation: Consultation) -> dict[str, str]:
    """The fields of the form as `read_particulars` takes them, with `was` to notice that somebody else changed them."""
    form = {f"{field}_{language}": words for field in TEXTS for language, words in getattr(consultation, field).items()}
    form |= {f"contact_{part}": getattr(consultation.contact, part) for part in CONTACT}
    form |= {"opens_on": consultation.opens_on.isoformat(), "closes_on": consultation.closes_on.isoformat()}
    form |= {"shorter_by_law": consultation.shorter_by_law, "was": print_of(consultation)}
    return form | ({"planning": "yes"} if consultation.planning else {})


def print_of(consultation: Consultation) -> str:
    """A short print of all that this form can change."""
    parts = {field: getattr(consultation, field) for field in PARTICULARS}
    return hashlib.sha256(msgspec.json.encode(parts, order="deterministic")).hexdigest()[:16]


def slug_of(title: Text) -> str:
    """“Đường số 5 nên rộng bao nhiêu?” → duong-so-5-nen-rong-bao-nhieu; whole words, never a page of the desk."""
    words = re.sub(r"[^a-z0-9]+", "-", fold(say(title, "vi"))).strip("-")
    slug = words if len(words) <= LONGEST_SLUG else words[: LONGEST_SLUG + 1].rpartition("-")[0] or words[:LONGEST_SLUG]
    return f"dot-{slug}".rstrip("-") if slug in RESERVED_SLUGS or not slug else slug
