"""Results of every kind of question as residents and officials see them: for axe, on a phone, in both languages."""

import datetime

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import DESK, SMALL_PHONE, Ward, elsewhere
from tests.journeys.looking import found_by_axe, left_vietnamese, width
from tests.journeys.steps import open_results
from tests.papers.questions import QUESTIONNAIRE


@pytest.fixture(scope="module")
def published(ward: Ward) -> str:
    """The slug of a published consultation whose people answered every kind."""
    slug: str = elsewhere(lambda: publish(ward))
    open_results(ward.visitor(), slug)
    return slug


async def publish(ward: Ward) -> str:
    from server.database import DB
    from server.demo import life
    from server.demo.ward import UNIT, settle
    from server.store import consultations
    from surveys.consultation import Consultation, Instrument, Verb
    from tests.server.personas import PASSWORD

    now = datetime.datetime.fromisoformat(ward.clock.read_text())
    async with DB.open(size=3):
        cast = life.Cast(await settle(PASSWORD, now=now), ward.settings, now)
        draft = Consultation(
            id="", slug="", unit=UNIT, instrument=Instrument.OPINION, title={"vi": "Mọi kiểu câu hỏi", "en": "Every kind of question"},
            summary={"vi": "Thử.", "en": "A trial."}, changes={"vi": "Thử.", "en": "A trial."}, legal_ground={"vi": "Luật 10/2022/QH15", "en": "Law 10/2022"},
            contact=life.CONTACT, sample=True, opens_on=cast.ago(45).date(), closes_on=cast.ago(5).date(),
        )  # fmt: skip
        made = await consultations.create(draft, QUESTIONNAIRE, by=cast.author, now=cast.ago(50))
        for verb, ago in ((Verb.SUBMIT, 48), (Verb.APPROVE, 47), (Verb.OPEN, 45)):
            made = await life.act(cast, verb, made, ago=ago)
        await life.answer(cast, made, count=180, last=6, seed=4)
        made = await life.act(cast, Verb.CLOSE, made, ago=4)
        made = await life.act(cast, Verb.SEAL, made, ago=3)

        def anybody(_: object, __: object) -> None:
            return None

        await consultations.change(made.slug, "edit_reply", by=cast.approver, now=cast.ago(2), allowed=anybody, reply=life.REPLY, proposals=life.PROPOSALS)
        return (await life.act(cast, Verb.PUBLISH, made, ago=1)).slug


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("size", [SMALL_PHONE, DESK], ids=["phone", "desk"])
def test_results_of_every_kind_can_be_read_by_everybody(ward: Ward, published: str, language: str, size: dict[str, int]) -> None:
    page: Page = ward.visitor(size=size)
    page.goto(f"/c/{published}/results?lang={language}")

    assert found_by_axe(page) == []
    assert width(page) <= size["width"]
    assert page.locator(".result__question").count() == 23
    assert (language, left_vietnamese(page)) == (language, left_vietnamese(page) if language == "vi" else [])
    assert ward.violations == []


def test_files_of_the_results_hold_mean_ranks_and_shares(ward: Ward, published: str) -> None:
    page = ward.visitor()
    base = f"/api/v1/consultations/{published}/results"

    found = {question["name"]: question for question in page.request.get(f"{base}.json").json()["questions"]}
    table = page.request.get(f"{base}.csv").text()

    assert sum(option["count"] or 0 for option in found["order"]["options"]) <= found["order"]["answered"]
    assert [question["kind"] for name, question in found.items() if name in ("order", "budget", "home", "spot", "double")] == [
        "ranking", "points", "unit", "place", "calculation",
    ]  # fmt: skip
    assert table.splitlines()[0].endswith("mean_rank,mean_share,suppressed")
    assert page.request.get(f"{base}.xlsx").ok
    assert page.request.get(f"{base}.pdf").status in (200, 404)
