"""Secrecy 1, 3 and 4 in the database: once, without time or order, withdrawn by receipt alone."""

import datetime
from itertools import count
from uuid import uuid4

import pytest

from server.store import answers
from server.store.answers import Entry, ReceiptState
from surveys.problems import Closed, Conflict, NotAllowed, NotFound

pytestmark = pytest.mark.anyio

DAY = datetime.date(2026, 11, 23)
numbers = count(1)


@pytest.fixture
async def consultation(db):
    return await opened(db)


async def opened(db, state="open"):
    made = uuid4()
    await db.execute(
        "INSERT INTO consultation (id, slug, unit, instrument, state, opens_on, closes_on, version, details, created_at, changed_at) "
        "VALUES ($1, $2, '20209', 'opinion', $3, '2026-11-20', '2026-12-20', 1, '{}', now(), now())",
        made, f"c{next(numbers)}", state,
    )  # fmt: skip
    return str(made)


def entry(consultation, key, body="same", **other):
    given = {"village": None, "channel": "web", "assistance": "self", "language": "vi", "day": DAY, "answers": '{"q1": 4}'}
    hashes = {"id": f"id of {key}".encode(), "key_hash": key.encode(), "body_hash": body.encode()}
    return Entry(consultation=consultation, unit="20209", version=1, **given | hashes | other)


async def rows(db, table):
    return [tuple(row) for row in await db.fetch(f"SELECT * FROM {table} ORDER BY 1, 2")]


async def test_batch_stores_each_key_once_and_counts_it(db, consultation):
    batch = [entry(consultation, "a"), entry(consultation, "b", village="v1"), entry(consultation, "a"), entry(consultation, "a", "other")]

    fates = await answers.submit_batch(batch)
    again = await answers.submit_batch(batch[1:2])

    assert fates[:3] == ["stored", "stored", "repeated"]
    assert isinstance(fates[3], Conflict)
    assert fates[3].code.id == "key_reused"
    assert again == ["repeated"]
    assert [stored.id async for page in answers.answers(consultation, page=1) for stored in page] == [b"id of a", b"id of b"]
    assert [(row.village, row.answered, row.withdrawn) for row in await answers.turnout_rows(consultation)] == [("", 1, 0), ("v1", 1, 0)]


async def test_other_body_under_a_stored_key_is_refused_and_changes_nothing(db, consultation):
    await answers.submit_batch([entry(consultation, "a")])
    before = await rows(db, "answer")

    fates = await answers.submit_batch([entry(consultation, "a", "other", answers='{"q1": 1}')])

    assert [fate.code.id for fate in fates] == ["key_reused"]
    assert await rows(db, "answer") == before


async def test_same_key_in_another_consultation_is_another_answer(db, consultation):
    other = await opened(db)

    assert await answers.submit_batch([entry(consultation, "a"), entry(other, "a")]) == ["stored", "stored"]


@pytest.mark.parametrize("state", ["draft", "in_review", "sealed", "published", "archived", "cancelled"])
async def test_no_answer_enters_a_consultation_that_takes_none(db, state):
    closed = await opened(db, state)

    fates = await answers.submit_batch([entry(closed, "a")])

    assert isinstance(fates[0], Closed)
    assert await rows(db, "answer") == await rows(db, "submission") == await rows(db, "turnout") == []


async def test_withdrawal_deletes_the_answer_and_one_new_one_may_follow(db, consultation):
    await answers.submit_batch([entry(consultation, "a")])

    for _ in range(2):
        await answers.withdraw(consultation, answer=b"id of a", receipt_hash=b"w", day=DAY)

    assert await rows(db, "answer") == []
    assert [(row.answered, row.withdrawn) for row in await answers.turnout_rows(consultation)] == [(1, 1)]
    assert await answers.receipt_state(consultation, answer=b"id of a", receipt_hash=b"w") == ReceiptState("withdrawn")
    fates = await answers.submit_batch([entry(consultation, "b", replaces=b"w"), entry(consultation, "c", replaces=b"w")])
    assert [fate if isinstance(fate, str) else fate.code.id for fate in fates] == ["stored", "code_not_accepted"]
    assert await answers.submit_batch([entry(consultation, "b", replaces=b"w")]) == ["repeated"]
    assert await answers.receipt_state(consultation, answer=b"id of a", receipt_hash=b"w") == ReceiptState("withdrawn", replaced=True)
    assert [row[1] for row in await rows(db, "submission")] == [b"a", b"b"]


async def test_answer_naming_a_receipt_that_was_not_withdrawn_is_refused(db, consultation):
    other = await opened(db)
    await answers.submit_batch([entry(other, "a")])
    await answers.withdraw(other, answer=b"id of a", receipt_hash=b"w", day=DAY)

    fates = await answers.submit_batch([entry(consultation, "b", replaces=b"w")])

    assert isinstance(fates[0], NotAllowed)
    assert await answers.submit_batch([entry(consultation, "b", "blank")]) == ["stored"]


async def test_unknown_receipt_is_not_found_and_late_withdrawal_is_refused(db, consultation):
    await answers.submit_batch([entry(consultation, "a")])

    with pytest.raises(NotFound):
        await answers.receipt_state(consultation, answer=b"nobody's", receipt_hash=b"w")
    with pytest.raises(NotFound):
        await answers.withdraw(consultation, answer=b"nobody's", receipt_hash=b"w", day=DAY)
    await db.execute("UPDATE consultation SET state = 'closed'")
    with pytest.raises(Closed):
        await answers.withdraw(consultation, answer=b"id of a", receipt_hash=b"w", day=DAY)
    assert len(await rows(db, "answer")) == 1


async def test_rewriting_keeps_the_answers_and_loses_order_and_keys(db, consultation):
    other = await opened(db)
    for number in range(40):
        await answers.submit_batch([entry(consultation, f"{number:02}")])
    await answers.submit_batch([entry(other, "kept")])
    before = await rows(db, "answer")

    await answers.rewrite(consultation)

    order = [row["id"] for row in await db.fetch("SELECT id FROM answer WHERE consultation = $1 ORDER BY ctid", consultation)]
    transactions = await db.fetchval("SELECT count(DISTINCT xmin::text) FROM answer WHERE consultation = $1", consultation)
    assert await rows(db, "answer") == before
    assert order != sorted(order)
    assert transactions == 1
    assert [row[1] for row in await rows(db, "submission")] == [b"kept"]


async def test_an_answer_has_no_column_for_time_or_order(db):
    columns = {row["column_name"]: row["data_type"] for row in await db.fetch("SELECT * FROM information_schema.columns WHERE table_name = 'answer'")}

    assert columns == {
        "id": "bytea", "consultation": "uuid", "unit": "text", "version": "integer", "village": "text",
        "channel": "text", "assistance": "text", "language": "text", "answers": "jsonb",
    }  # fmt: skip
