"""Trial runs: the real form before it opens, for whoever has the link; gone with all it brought at opening."""

import re

import pytest

from server.database import DB
from server.store import consultations, trials
from surveys.consultation import State, Verb
from tests.conftest import another
from tests.server.desk import HERE, page_text
from tests.server.personas import post
from tests.server.road import hidden

pytestmark = pytest.mark.anyio
ANSWERS = {"visit": "counter", "overall": "4"}


async def counts(table):
    return await DB.pool.fetchval(f"SELECT count(*) FROM {table}")


async def started(author):
    await post(author, f"{HERE}/trial", {"do": "start"})
    return re.search(r'href="[^"]*(/thu/[\w-]+)"', (await author.get(f"{HERE}/trial")).text)[1]


async def tried(client, address, fields):
    page = await client.post(f"{address}/check", data=fields)
    return await client.post(f"{address}/send", data=hidden(page))


async def test_colleague_answers_the_real_form_before_it_opens(author, client, draft):
    address = await started(author)

    form = await client.get(address)
    assert (form.status_code, form.headers["x-robots-tag"], form.headers["cache-control"]) == (200, "noindex, nofollow", "no-store")
    assert "Chạy thử – câu trả lời sẽ bị xóa" in page_text(form)
    done = await tried(client, address, ANSWERS)
    assert "Đã nhận phiếu thử" in page_text(done)
    assert not client.cookies
    assert "Chạy thử – câu trả lời sẽ bị xóa" in page_text(done)

    room = page_text(await author.get(f"{HERE}/trial"))
    assert "Đã có 1 phiếu thử" in room
    assert "1 Hài lòng" in room
    assert (await counts("answer"), await counts("submission"), await counts("turnout")) == (0, 0, 0)


async def test_wrong_answers_come_back_with_what_was_typed(author, client, draft):
    address = await started(author)

    page = await client.post(f"{address}/check", data={"visit": "counter", "overall": "9"})

    assert page.status_code == 422
    assert await counts("trial_answer") == 0


async def test_sending_twice_is_one_trial_answer(author, client, draft):
    address = await started(author)
    page = await client.post(f"{address}/check", data=ANSWERS)

    for _ in range(2):
        await client.post(f"{address}/send", data=hidden(page))

    assert await counts("trial_answer") == 1


async def test_trial_ends_with_everything_when_it_opens_by_hand(author, approver, client, in_review, clock, persons):
    address = await started(author)
    await tried(client, address, ANSWERS)
    await consultations.act(Verb.APPROVE, in_review.slug, by=persons["approver"], now=clock.now())
    await tried(client, address, ANSWERS)
    assert await counts("trial_answer") == 2
    clock.set("2026-11-24", "08:00")

    await consultations.act(Verb.OPEN, in_review.slug, by=persons["author"], now=clock.now())

    assert (await counts("trial"), await counts("trial_answer")) == (0, 0)
    assert (await client.get(address)).status_code == 404
    assert "xóa 2 phiếu thử" in page_text(await author.get(f"{HERE}/journal"))
    assert (await author.get(f"{HERE}/trial")).status_code == 409


async def test_trial_takes_nothing_from_midnight_on_even_before_the_opening_is_written_down(author, client, in_review, clock, persons):
    address = await started(author)
    await consultations.act(Verb.APPROVE, in_review.slug, by=persons["approver"], now=clock.now())
    clock.set("2026-11-23", "23:59")
    page = await client.post(f"{address}/check", data=ANSWERS)
    clock.set("2026-11-24", "00:00")

    assert (await client.post(f"{address}/send", data=hidden(page))).status_code == 404
    assert (await consultations.load(in_review.slug)).state is State.APPROVED
    await consultations.settle_due(clock.now())
    assert (await counts("trial"), await counts("trial_answer")) == (0, 0)


async def test_clearing_keeps_the_link_and_ending_does_not(author, client, draft):
    address = await started(author)
    await tried(client, address, ANSWERS)

    await post(author, f"{HERE}/trial", {"do": "clear"})
    assert (await client.get(address)).status_code == 200
    assert await counts("trial_answer") == 0
    await post(author, f"{HERE}/trial", {"do": "end"})
    assert (await client.get(address)).status_code == 404


async def test_nobody_finds_a_trial_without_its_link(app, author, draft):
    address = await started(author)

    async with another(app) as stranger:
        assert [(await stranger.get(path)).status_code for path in (f"{address}x", "/thu/1", f"/c/{draft.slug}", f"/c/{draft.slug}/form")] == [404] * 4


async def test_full_trial_says_so(author, client, draft, monkeypatch):
    monkeypatch.setattr(trials, "MOST", 1)
    address = await started(author)
    await tried(client, address, ANSWERS)

    full = await tried(client, address, ANSWERS)

    assert full.status_code == 409
    assert "đã đủ 1 phiếu" in page_text(full)
