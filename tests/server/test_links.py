"""Links of each channel: followed, carried, counted; with no trace of who came and which answer is theirs."""

import asyncio
import datetime
from typing import Any

import httpx
import pytest

from server.database import DB
from server.store import links
from server.store.links import Count
from surveys import spread
from surveys.consultation import Consultation, State
from surveys.problems import Conflict, NotFound
from tests.conftest import SetClock
from tests.server.asked import ANSWERS, asked
from tests.server.road import heading, hidden, stored
from tests.server.test_answers_store import opened

pytestmark = pytest.mark.anyio

DAY = datetime.date(2026, 11, 23)
PHONE = "Mozilla/5.0 (Linux; Android 13; CUBOT KINGKONG) AppleWebKit/537.36 Chrome/120 Mobile Safari/537.36 Zalo android/12090"


async def address(consultation: Consultation, via: str = "") -> str:
    return spread.path(await links.code_of(consultation.id), via)


async def test_code_is_made_once_however_many_ask_for_it(db: Any) -> None:
    one, two = await opened(db), await opened(db)

    codes = await asyncio.gather(*(links.code_of(one) for _ in range(8)))

    assert len(set(codes)) == 1
    assert await links.code_of(two) != codes[0]
    assert await links.slug_of(codes[0]) == await db.fetchval("SELECT slug FROM consultation WHERE id = $1", one)


async def test_code_that_is_taken_is_drawn_again(db: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = await opened(db), await opened(db)
    drawn = iter(["CCCCC", "CCCCC", "FFFFF"])
    monkeypatch.setattr(spread, "new_code", lambda choose: next(drawn))

    assert [await links.code_of(one), await links.code_of(two)] == ["CCCCC", "FFFFF"]


async def test_unknown_code_is_not_found(db: Any) -> None:
    with pytest.raises(NotFound):
        await links.slug_of("K7MPT")


async def test_channels_are_named_renamed_and_never_more_than_nine(db: Any, stored_persons: Any, clock: SetClock) -> None:
    one = await opened(db)
    by = {"by": stored_persons["author"], "now": clock.now()}
    for n in range(9):
        await links.name(one, f"Nhóm {n}", **by)
    await links.name(one, "Trường học", via="other2", **by)

    with pytest.raises(Conflict):
        await links.name(one, "Thêm", **by)
    with pytest.raises(NotFound):
        await links.name(await opened(db), "Không có", via="other1", **by)
    assert list((await links.named(one)).items())[:3] == [("other1", "Nhóm 0"), ("other2", "Trường học"), ("other3", "Nhóm 2")]


async def test_a_hundred_openings_at_once_are_a_hundred(db: Any) -> None:
    one = await opened(db)

    await asyncio.gather(*(links.count_opening(one, "zalo", DAY) for _ in range(100)))

    assert await links.counts(one) == [Count("zalo", DAY, 100, 0)]


async def test_counts_hold_no_time_no_person_and_no_answer(db: Any) -> None:
    columns = {row["column_name"]: row["data_type"] for row in await db.fetch("SELECT * FROM information_schema.columns WHERE table_name = 'link_count'")}

    assert columns == {"consultation": "uuid", "via": "text", "day": "date", "opened": "integer", "answered": "integer"}


@pytest.mark.parametrize("lang", ["", "?lang=en"])
async def test_link_of_a_channel_leads_to_the_plan_and_is_counted(client: httpx.AsyncClient, road: Consultation, lang: str) -> None:
    answer = await client.get(await address(road, "zalo") + lang, headers={"User-Agent": PHONE})

    assert (answer.status_code, answer.headers["cache-control"]) == (302, "no-store")
    assert answer.headers["location"] == f"/c/{road.slug}?{'lang=en&' if lang else ''}via=zalo"
    assert "set-cookie" not in answer.headers
    assert await links.counts(road.id) == [Count("zalo", DAY, 1, 0)]


async def test_bare_code_in_small_letters_leads_to_the_plan_too(client: httpx.AsyncClient, road: Consultation) -> None:
    answer = await client.get((await address(road)).lower())

    assert (answer.status_code, answer.headers["location"]) == (302, f"/c/{road.slug}")
    assert await links.counts(road.id) == [Count("", DAY, 1, 0)]


@pytest.mark.parametrize(
    "headers",
    [
        {"User-Agent": "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)"},
        {"User-Agent": "Mozilla/5.0 (compatible; coccocbot-web/1.0)"},
        {"User-Agent": PHONE, "Sec-Purpose": "prefetch;prerender"},
        {"User-Agent": PHONE, "Purpose": "prefetch"},
    ],
)
async def test_programs_that_only_look_are_led_on_and_not_counted(client: httpx.AsyncClient, road: Consultation, headers: dict[str, str]) -> None:
    answer = await client.get(await address(road, "facebook"), headers=headers)

    assert answer.status_code == 302
    assert await links.counts(road.id) == []


async def test_head_is_answered_and_not_counted(client: httpx.AsyncClient, road: Consultation) -> None:
    answer = await client.head(await address(road, "poster"))

    assert answer.status_code == 302
    assert await links.counts(road.id) == []


@pytest.mark.parametrize("typed", ["ZZZZZ", "K7MPT<script>", "x" * 300, "%00", "K7%2FMPT"])
async def test_unknown_code_shows_how_to_find_the_ward(client: httpx.AsyncClient, road: Consultation, typed: str) -> None:
    page = await client.get(f"/s/{typed}?lang=en")

    assert page.status_code == 404
    if typed != "K7%2FMPT":
        assert heading(page) == "No such code"
        assert 'name="q"' in page.text
        assert "<script>" not in page.text


@pytest.mark.parametrize("state", [State.DRAFT, State.IN_REVIEW])
async def test_code_of_what_nobody_approved_leads_nowhere(client: httpx.AsyncClient, persons: Any, clock: SetClock, state: State) -> None:
    hidden_one = await asked(DB.pool, persons["author"], clock.now(), state=state)

    page = await client.get(await address(hidden_one, "poster"))

    assert page.status_code == 404
    assert await links.counts(hidden_one.id) == []


@pytest.mark.parametrize("lang", ["", "lang=en&"])
async def test_channel_is_carried_from_the_link_to_the_answer_without_script(client: httpx.AsyncClient, road: Consultation, lang: str) -> None:
    query = f"?{lang}via=poster".replace("&", "&amp;")
    plan = await client.get(f"/c/{road.slug}?{lang}via=poster")
    form = await client.get(f"/c/{road.slug}/form?{lang}via=poster")
    assert f'href="/c/{road.slug}/form{query}"' in plan.text
    assert f'action="/c/{road.slug}/check{query}"' in form.text
    check = await client.post(f"/c/{road.slug}/check?{lang}via=poster", data=ANSWERS)
    assert f'action="/c/{road.slug}/send{query}"' in check.text

    for _ in range(2):
        await client.post(f"/c/{road.slug}/send?{lang}via=poster", data=hidden(check))

    assert await links.counts(road.id) == [Count("poster", DAY, 0, 1)]
    assert len(await stored()) == 1


async def test_language_switch_keeps_the_channel(client: httpx.AsyncClient, road: Consultation) -> None:
    page = await client.get(f"/c/{road.slug}?via=front")

    assert f'href="/c/{road.slug}?lang=en&amp;via=front"' in page.text
    assert f'href="/c/{road.slug}?via=front"' in (await client.get(f"/c/{road.slug}?lang=en&via=front")).text


async def test_kept_page_of_one_channel_is_never_given_to_another(client: httpx.AsyncClient, road: Consultation) -> None:
    pages = [await client.get(f"/c/{road.slug}/form{query}") for query in ("", "?via=zalo", "?via=facebook", "?via=bogus")]

    assert ["via=zalo" in page.text for page in pages] == [False, True, False, False]
    assert ["via=" in page.text for page in pages] == [False, True, True, False]
    assert pages[0].headers["etag"] == pages[3].headers["etag"]


async def test_answer_by_no_link_or_a_channel_there_is_not_is_counted_nowhere(client: httpx.AsyncClient, road: Consultation) -> None:
    for query in ("", "?via=bogus"):
        check = await client.post(f"/c/{road.slug}/check{query}", data=ANSWERS)
        await client.post(f"/c/{road.slug}/send{query}", data=hidden(check))

    assert len(await stored()) == 2
    assert await links.counts(road.id) == []


async def test_mistakes_keep_the_channel(client: httpx.AsyncClient, road: Consultation) -> None:
    page = await client.post(f"/c/{road.slug}/check?via=letter", data={**ANSWERS, "so_nguoi": "bốn"})

    assert page.status_code == 422
    assert f'action="/c/{road.slug}/check?via=letter"' in page.text


async def test_answer_that_was_not_stored_is_not_counted(client: httpx.AsyncClient, road: Consultation) -> None:
    """The count belongs to the transaction of the answer."""
    await DB.pool.execute("ALTER TABLE link_count RENAME TO away")  # type: ignore[union-attr]
    check = await client.post(f"/c/{road.slug}/check?via=board", data=ANSWERS)
    busy = await client.post(f"/c/{road.slug}/send?via=board", data=hidden(check))
    await DB.pool.execute("ALTER TABLE away RENAME TO link_count")  # type: ignore[union-attr]

    assert busy.status_code == 503
    assert await stored() == []
    assert (await client.post(f"/c/{road.slug}/send?via=board", data=hidden(check))).status_code == 200
    assert await links.counts(road.id) == [Count("board", DAY, 0, 1)]


async def test_nothing_of_an_answer_stands_where_links_are_counted(client: httpx.AsyncClient, road: Consultation) -> None:
    check = await client.post(f"/c/{road.slug}/check?via=zalo", data=ANSWERS)
    await client.post(f"/c/{road.slug}/send?via=zalo", data=hidden(check))

    answer = await DB.pool.fetchrow("SELECT * FROM answer")  # type: ignore[union-attr]
    counted = str([dict(row) for row in await DB.pool.fetch("SELECT * FROM link_count")])  # type: ignore[union-attr]

    assert "zalo" not in str(dict(answer))
    assert answer["id"].hex() not in counted
    assert all(str(value) not in counted for value in ANSWERS.values() if isinstance(value, str) and len(value) > 3)
