"""Promises 12 to 14: whatever somebody writes into a title, question, option, name or answer stays text, on every page that shows it."""

import datetime
import re

import pytest
from msgspec import structs
from playwright.sync_api import Page, Request

from tests.journeys.conftest import DESK, Ward, elsewhere
from tests.journeys.served import FileClock
from tests.journeys.steps import open_results
from tests.server.personas import PASSWORD, WARD

HOSTILE = (
    "</title></textarea><script>alert(1)</script><img src=x onerror=alert(2)>"
    "\"'><div hx-get=/hx-was-here hx-trigger=load data-hx-get=/hx-was-here data-hx-trigger=load>{{7*7}}${7*7}{%raw%}"
)
GRABBER = "grabber"
ROOMS = (
    "", "/plan", "/draft", "/questions", "/questions/a", "/preview", "/preview/vi", "/watch", "/results", "/words", "/totals", "/reply", "/papers", "/journal",
)  # fmt: skip


@pytest.fixture(scope="module")
def slug(ward: Ward, password_hash: str) -> str:
    return str(elsewhere(lambda: seed(ward, password_hash)))


async def seed(ward: Ward, password_hash: str) -> str:
    """A closed consultation whose every text is hostile, with a released answer, made by somebody with such a name."""
    from server import counting
    from server.database import DB
    from server.intake import Intake, Submission
    from server.store import comments, consultations, people, readings, results, totals, units
    from surveys.channels import Total
    from surveys.consultation import Channel, Consultation, Contact, Instrument, Role, Verb
    from surveys.kinds import SATISFACTION, OpenText, Option, Scale, SelectOne
    from surveys.questionnaire import Question, Questionnaire, Section

    text = {"vi": HOSTILE, "en": HOSTILE}
    options = tuple(structs.replace(option, label=text) for option in SATISFACTION)
    asked = (
        Question("a", SelectOne((Option("x", text), Option("y", text)), other=True), text, hint=text),
        Question("b", Scale(options), text),
        Question("c", OpenText(long=True), text, relevant={"==": [{"var": "a"}, "x"]}),
    )
    now = datetime.datetime.fromisoformat(ward.clock.read_text())
    async with DB.open(size=3):
        all_roles = [role for role in Role if role is not Role.APPROVER]
        writes = await people.create_or_change(GRABBER, unit=WARD, roles=all_roles, full_name=HOSTILE, password_hash=password_hash, now=now)
        approves = await people.create_or_change("other", unit=WARD, roles=[Role.APPROVER], full_name=HOSTILE, now=now)
        await units.save_village(WARD, None, units.VillageRow(f"Tổ {HOSTILE}", 9), source=HOSTILE, as_of=None, by=None, now=now)
        made = Consultation(
            id="", slug="", unit=WARD, instrument=Instrument.SATISFACTION, title=text, summary=text, changes=text, use=text, legal_ground=text,
            contact=Contact(HOSTILE, HOSTILE, HOSTILE), opens_on=now.date(), closes_on=now.date() + datetime.timedelta(days=9),
        )  # fmt: skip
        made = await consultations.create(made, Questionnaire((Section("s", asked, text),), title=text), by=writes, now=now)
        await comments.comment(HOSTILE, consultation=made.id, question="a", by=approves.id, now=now)
        for verb, by in ((Verb.SUBMIT, writes), (Verb.APPROVE, approves)):
            made = await consultations.act(verb, made.slug, by=by, now=now)
        intake = Intake(ward.settings.secret)
        async with intake.running():
            for number in range(7):
                answers = {"a": {"choice": "other", "text": HOSTILE} if number else "x", "b": 4, "c": HOSTILE}
                await intake.submit(Submission(consultation=made, key=f"hostile-{number}", version=made.version, answers=answers, day=now.date()))
        total = Total(channel=Channel.MEETING, owner=HOSTILE, people=9, counts={"b": {"4": 6, "5": 3}})
        await totals.add(made.id, total, by=writes, now=now)
        made = await consultations.act(Verb.CLOSE, made.slug, by=writes, now=now, reason=HOSTILE)
        await counting.count(made.id, ward.settings, FileClock(ward.clock))
        official = await results.report(made.id, results.OFFICIAL)
        assert official is not None
        words = {(one.id, tally.name): True for tally in official.questions for one in tally.words}
        await readings.decide(made.id, words, by=writes, now=now)
        for verb, by in ((Verb.SEAL, writes), (Verb.PUBLISH, approves)):
            made = await consultations.act(verb, made.slug, by=by, now=now)
    return made.slug


def watched(page: Page) -> list[str]:
    """What hostile text has managed to do."""
    done: list[str] = []
    page.on("dialog", lambda dialog: (done.append(f"dialog {dialog.message}"), dialog.dismiss()))

    def asked(request: Request) -> None:
        if "hx-was-here" in request.url or request.url.endswith("/x"):
            done.append(f"request {request.url}")

    page.on("request", asked)
    return done


PRINT = re.compile(r"\b[0-9a-f]{16}\b")
"""The print of a plan, in which a 49 means nothing."""


def test_hostile_text_is_only_text(ward: Ward, slug: str) -> None:
    official = ward.visitor(size=DESK)
    official.goto("/sign-in")
    official.fill("[name=name]", GRABBER)
    official.fill("[name=password]", PASSWORD)
    official.locator("main form button[type=submit]").click()
    official.wait_for_url("**/desk")
    resident = ward.visitor()
    done = watched(official), watched(resident)
    open_results(resident, slug)

    rooms = [f"/desk/{slug}{room}" for room in ROOMS] + ["/desk", "/desk/people", "/desk/villages", "/desk/account", "/council"]
    shown = {address: said(official, address) for address in rooms}
    shown |= {address: said(resident, address) for address in ("/", f"/c/{slug}", f"/c/{slug}/results")}

    assert [address for address, text in shown.items() if "49" in PRINT.sub("", text).replace("{{7*7}}", "").replace("${7*7}", "")] == []
    for room in ("", "/questions", "/words", "/results"):
        assert "{{7*7}}${7*7}{%raw%}" in shown[f"/desk/{slug}{room}"]
    assert "{{7*7}}${7*7}{%raw%}" in shown[f"/c/{slug}/results"]
    assert done == ([], [])
    assert ward.violations == []


def said(page: Page, address: str) -> str:
    """All words of a page, after whatever it runs has had time to run."""
    answer = page.goto(address, timeout=60_000)
    assert answer is not None
    assert answer.status in (200, 403), address
    page.wait_for_load_state("load")
    return page.locator("body").inner_text()
