"""The background count: what it makes, when it is made anew, and what sealing freezes for good."""

import asyncio
import datetime

import httpx
import pytest
from litestar import Litestar

from server import counting
from server.database import DB
from server.store import consultations, readings, results, totals, units
from server.store.units import VillageRow
from surveys.channels import Total
from surveys.consultation import Channel, Consultation, Verb
from surveys.problems import Busy, NotFound
from tests.conftest import SetClock
from tests.server.test_results import closed, count

pytestmark = pytest.mark.anyio
__all__ = ["closed"]

HANDS = Total(
    channel=Channel.MEETING, owner="Tổ trưởng", held_on=datetime.date(2026, 12, 10), people=9, counts={"dong_y": {"agree": 9, "disagree": 0, "other": 0}}
)


async def files(app: Litestar) -> set[str]:
    folder = app.state.settings.files
    return await asyncio.to_thread(lambda: {file.name for file in folder.iterdir()})


async def test_a_count_holds_until_something_it_was_made_of_changes(app: Litestar, closed: Consultation, persons, clock: SetClock) -> None:
    changes = {
        "a total": lambda: totals.add(closed.id, HANDS, by=persons["author"], now=clock.now()),
        "an answer read": lambda: readings.decide(closed.id, {("0" * 64, "gop_y"): True}, by=persons["author"], now=clock.now()),
        "the same read anew": lambda: readings.decide(closed.id, {("0" * 64, "gop_y"): False}, by=persons["author"], now=clock.now()),
        "paper that came in": lambda: DB.pool.execute("UPDATE turnout SET answered = answered + 1"),
        "the reply": lambda: DB.pool.execute("UPDATE consultation SET details = jsonb_set(details::jsonb, '{reply}', '{\"vi\": \"x\"}')"),
        "sealing": lambda: DB.pool.execute("UPDATE consultation SET state = 'sealed'"),
    }
    before = [await results.basis(closed.id)]
    for change in changes.values():
        await change()
        before.append(await results.basis(closed.id))

    assert len(set(before)) == len(changes) + 1
    assert await results.basis(closed.id) == before[-1]


async def test_what_is_asked_for_before_it_is_counted_is_told_to_wait(closed: Consultation) -> None:
    with pytest.raises(Busy):
        await counting.ready(closed, within_s=0.3)
    with pytest.raises(Busy):
        await counting.report(closed, results.PUBLIC)
    assert await DB.pool.fetchval("SELECT count(*) FROM pgqueuer WHERE entrypoint = 'count'") == 2  # closing, and being wanted


async def test_sealing_freezes_the_answers_for_good(app: Litestar, client: httpx.AsyncClient, closed: Consultation, persons, clock: SetClock) -> None:
    assert await DB.pool.fetchval("SELECT count(*) FROM submission") == 12
    await count(app, closed, clock)
    assert await results.snapshot(closed.id) is None
    assert (await results.report(closed.id, results.PUBLIC)).provisional

    sealed = await consultations.act(Verb.SEAL, closed.slug, by=persons["author"], now=clock.now())
    assert await DB.pool.fetchval("SELECT count(*) FROM submission") == 0
    await asyncio.gather(counting.reports(sealed, app.state.settings, clock), counting.reports(sealed, app.state.settings, clock))
    frozen = await results.snapshot(sealed.id)
    assert (frozen.rows, frozen.file in await files(app)) == (12, True)

    await DB.pool.execute("UPDATE answer SET answers = '{}'")
    await count(app, sealed, clock)
    report = await results.report(sealed.id, results.PUBLIC)
    assert await results.snapshot(sealed.id) == frozen
    assert (report.responses, report.provisional, report.data_hash) == (12, False, frozen.sha256)
    assert report.questions[0].answered == 12


async def test_once_published_a_change_in_the_unit_changes_nothing(app: Litestar, closed: Consultation, persons, clock: SetClock) -> None:
    await consultations.act(Verb.SEAL, closed.slug, by=persons["author"], now=clock.now())
    await count(app, closed, clock)
    published = await consultations.act(Verb.PUBLISH, closed.slug, by=persons["approver"], now=clock.now())
    assert not await results.counted(published)
    await count(app, published, clock)
    assert await results.counted(published)

    rows = [VillageRow("Tổ mới", 5, "tổ dân phố")]
    await units.replace_villages(closed.unit, rows, source="UBND", as_of=clock.today(), by=persons["author"].id, now=clock.now())

    assert await results.counted(published)


async def test_a_count_that_fails_leaves_the_last_one(app: Litestar, closed: Consultation, clock: SetClock) -> None:
    await count(app, closed, clock)
    report, papers = await results.report(closed.id, results.OFFICIAL), await results.papers(closed.id)
    await DB.pool.execute("UPDATE answer SET version = 99")

    with pytest.raises(NotFound):
        await count(app, closed, clock)

    assert await results.report(closed.id, results.OFFICIAL) == report
    assert await results.papers(closed.id) == papers
    assert not [name for name in await asyncio.to_thread(lambda: [file.name for file in app.state.settings.data.iterdir()]) if name.startswith("counting-")]


async def test_a_village_that_is_no_more_keeps_its_name(app: Litestar, closed: Consultation, persons, clock: SetClock) -> None:
    async def replace(*names: str) -> None:
        rows = [VillageRow(name, 40, "tổ dân phố") for name in names]
        await units.replace_villages(closed.unit, rows, source="UBND", as_of=clock.today(), by=persons["author"].id, now=clock.now())

    await replace("Tổ cũ", "Tổ 2")
    [old, _] = await units.villages(closed.unit)
    await DB.pool.execute("UPDATE answer SET village = $1", old.id)
    await replace("Tổ 2", "Tổ 3")

    report = (await counting.reports(closed, app.state.settings, clock)).public

    assert [(village.name, village.households, village.answered) for village in report.turnout.villages] == [
        ("Tổ 2", 40, 0),
        ("Tổ 3", 40, 0),
        ("Tổ cũ", None, 12),
    ]
    assert [group.label for group in report.questions[0].groups["village"]] == [{"vi": "Tổ cũ"}]
