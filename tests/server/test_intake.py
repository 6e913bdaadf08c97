"""Acknowledged only after commit; full, failing or stopping, nothing is half stored."""

import asyncio
import datetime

import pytest

from server.intake import Intake, Submission
from surveys.consultation import Consultation, Instrument, State
from surveys.problems import Busy, Conflict
from tests.server.test_answers_store import opened

pytestmark = pytest.mark.anyio

SECRET = b"s" * 32


@pytest.fixture
async def consultation(db):
    return consulted(await opened(db))


def consulted(consultation_id):
    days = {"opens_on": datetime.date(2026, 11, 20), "closes_on": datetime.date(2026, 12, 20)}
    return Consultation(id=consultation_id, slug="c", unit="20209", instrument=Instrument.OPINION, state=State.OPEN, title={"vi": "?"}, **days)


def submission(consultation, key, **other):
    given = {"version": 1, "answers": {"q1": 4}, "day": datetime.date(2026, 11, 23)}
    return Submission(consultation=consultation, key=key, **given | other)


async def test_fifty_at_once_with_one_key_are_one_answer_and_one_receipt(db, consultation):
    async with Intake(SECRET, batch=7).running() as one, Intake(SECRET, batch=7).running() as two:
        outcomes = await asyncio.gather(*((one, two)[n % 2].submit(submission(consultation, "key-0001")) for n in range(50)))

    assert len({outcome.receipt for outcome in outcomes}) == 1
    assert sorted(outcome.repeated for outcome in outcomes) == [False] + [True] * 49
    assert await db.fetchval("SELECT count(*) FROM answer") == 1
    assert await db.fetchval("SELECT sum(answered) FROM turnout") == 1


async def test_two_processes_never_wait_for_each_other_in_a_circle(db, consultation):
    keys = [f"key-{n:04}" for n in range(300)]

    async with Intake(SECRET, batch=50).running() as one, Intake(SECRET, batch=50).running() as two:
        forward = [one.submit(submission(consultation, key, village=f"v{int(key[4:]) % 5}")) for key in keys]
        backward = [two.submit(submission(consultation, key, village=f"v{int(key[4:]) % 5}")) for key in reversed(keys)]
        outcomes = await asyncio.gather(*forward, *backward)

    assert sum(not outcome.repeated for outcome in outcomes) == 300
    assert await db.fetchval("SELECT sum(answered) FROM turnout") == 300


async def test_many_answers_share_a_transaction(db, consultation):
    async with Intake(SECRET).running() as intake:
        await asyncio.gather(*(intake.submit(submission(consultation, f"key-{n:04}")) for n in range(200)))

    assert await db.fetchval("SELECT count(*) FROM answer") == 200
    assert await db.fetchval("SELECT count(DISTINCT xmin::text) FROM answer") <= 2


async def test_same_key_with_other_answers_is_a_conflict(db, consultation):
    async with Intake(SECRET).running() as intake:
        await intake.submit(submission(consultation, "key-0001"))
        with pytest.raises(Conflict):
            await intake.submit(submission(consultation, "key-0001", answers={"q1": 5}))
        with pytest.raises(Conflict):
            await intake.submit(submission(consultation, "key-0001", village="v1"))
        assert (await intake.submit(submission(consultation, "key-0001", language="en"))).repeated

    assert await db.fetchval("SELECT answers FROM answer") == '{"q1": 4}'


async def test_full_queue_says_come_again_and_stores_only_what_it_acknowledged(db, consultation):
    async with Intake(SECRET, capacity=10).running() as intake:
        outcomes = await asyncio.gather(*(intake.submit(submission(consultation, f"key-{n:04}")) for n in range(40)), return_exceptions=True)

    refused = [outcome for outcome in outcomes if isinstance(outcome, Busy)]
    assert len(refused) == 30
    assert await db.fetchval("SELECT count(*) FROM answer") == 10


async def test_database_failure_reaches_everybody_who_waits_and_the_next_batch_works(db, consultation):
    async with Intake(SECRET).running() as intake:
        await db.execute("ALTER TABLE turnout RENAME TO away")
        outcomes = await asyncio.gather(*(intake.submit(submission(consultation, f"key-{n:04}")) for n in range(5)), return_exceptions=True)
        await db.execute("ALTER TABLE away RENAME TO turnout")
        later = await intake.submit(submission(consultation, "key-0001"))

    assert [type(outcome) for outcome in outcomes] == [Busy] * 5
    assert not later.repeated
    assert await db.fetchval("SELECT count(*) FROM answer") == await db.fetchval("SELECT count(*) FROM submission") == 1


async def test_what_postgresql_cannot_hold_fails_alone(db, consultation):
    async with Intake(SECRET).running() as intake:
        good = [intake.submit(submission(consultation, f"key-{n:04}")) for n in range(3)]
        bad = intake.submit(submission(consultation, "key-0009", answers={"q1": "\x00"}))
        outcomes = await asyncio.gather(*good, bad, return_exceptions=True)

    assert [isinstance(outcome, Exception) for outcome in outcomes] == [False, False, False, True]
    assert await db.fetchval("SELECT count(*) FROM answer") == 3


async def test_stopping_stores_what_waits_and_takes_no_more(db, consultation):
    async with Intake(SECRET, batch=10).running() as intake:
        waiting = [asyncio.create_task(intake.submit(submission(consultation, f"key-{n:04}"))) for n in range(100)]
        await asyncio.sleep(0)

    assert all(not outcome.repeated for outcome in await asyncio.gather(*waiting))
    assert await db.fetchval("SELECT count(*) FROM answer") == 100
    with pytest.raises(Busy):
        await intake.submit(submission(consultation, "key-0999"))


async def test_someone_who_leaves_before_the_receipt_hinders_nobody(db, consultation):
    async with Intake(SECRET).running() as intake:
        leaving = asyncio.create_task(intake.submit(submission(consultation, "key-0001")))
        staying = asyncio.create_task(intake.submit(submission(consultation, "key-0002")))
        await asyncio.sleep(0)
        leaving.cancel()
        assert not (await staying).repeated
