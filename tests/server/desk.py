"""Consultations of the desk's tests, and how to read its pages. Loaded as a plugin by tests/conftest.py."""

import contextlib
import datetime
import html
import re

import pytest

from surveys import library
from surveys.consultation import Consultation, Instrument, Verb

ENTRY = library.entry("one_stop_desk")
TITLE = {"vi": "Ông/bà có hài lòng với bộ phận một cửa?", "en": "Are you satisfied with the one-stop desk?"}
SLUG = "ong-ba-co-hai-long-voi-bo-phan-mot-cua"
HERE = f"/desk/{SLUG}"


def page_text(answer):
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text)))


def heading(answer):
    return html.unescape(re.sub(r"<[^>]+>", "", re.search(r"<h1[^>]*>(.*?)</h1>", answer.text, re.DOTALL)[1])).strip()


def summary(answer):
    """The problems of the error summary: (field, words)."""
    block = re.search(r'<div class="govuk-error-summary".*?</ul>', answer.text, re.DOTALL)
    found = re.findall(r'<li>(?:<a href="#([^"]*)">)?([^<]*)', block[0]) if block else []
    return {field: html.unescape(words) for field, words in found}


def field(answer, name):
    """What a text field holds."""
    found = re.search(rf'<input[^>]*name="{name}"[^>]*>', answer.text, re.DOTALL)
    if found:
        return html.unescape(re.search(r'value="([^"]*)"', found[0])[1])
    return html.unescape(re.search(rf'<textarea[^>]*name="{name}"[^>]*>([^<]*)<', answer.text, re.DOTALL)[1]).strip("\n")


@pytest.fixture
async def draft(persons, clock):
    """A satisfaction survey from the library, written by `author`."""
    from server.store import consultations

    given = Consultation(
        id="", slug="", unit="", instrument=Instrument.SATISFACTION, title=TITLE, summary=ENTRY.summary, legal_ground=ENTRY.legal_ground,
        opens_on=datetime.date(2026, 11, 24), closes_on=datetime.date(2026, 12, 24),
    )  # fmt: skip
    return await consultations.create(given, ENTRY.questionnaire, by=persons["author"], now=clock.now())


@pytest.fixture
async def queries(app):
    """`with queries() as told:` every statement sent meanwhile."""
    from server.database import DB

    told = []
    connections = [await DB.pool.acquire() for _ in range(3)]
    for connection in connections:
        connection.add_query_logger(lambda record: told.append(record.query))
    for connection in connections:
        await DB.pool.release(connection)

    @contextlib.contextmanager
    def counting():
        told.clear()
        found = []
        yield found
        found += told

    return counting


@pytest.fixture
async def in_review(draft, persons, clock):
    from server.store import consultations

    return await consultations.act(Verb.SUBMIT, draft.slug, by=persons["author"], now=clock.now())


@pytest.fixture
async def opened(in_review, persons, clock):
    from server.store import consultations

    await consultations.act(Verb.APPROVE, in_review.slug, by=persons["approver"], now=clock.now())
    clock.set("2026-11-24", "08:00")
    return await consultations.act(Verb.OPEN, in_review.slug, by=persons["author"], now=clock.now())


def scale_fields():
    options = ENTRY.questionnaire.question("overall").kind.options
    return {
        f"options-{at}{part}": words
        for at, option in enumerate(options)
        for part, words in (("-name", option.name), ("_vi", option.label["vi"]), ("_en", option.label.get("en", "")))
    }
