"""The units of Vietnam, and the villages of each with their households."""

import datetime

import asyncpg
import pytest

from server.store import units
from surveys.problems import Conflict, NotFound
from surveys.units import VillageRow

pytestmark = pytest.mark.anyio
NOW = datetime.datetime(2026, 11, 23, 9, 0, tzinfo=datetime.UTC)
DAY = datetime.date(2026, 11, 1)


async def test_units_are_34_provinces_and_3321_wards(db: asyncpg.Pool) -> None:
    counts = await db.fetch("SELECT parent IS NULL AS province, count(*) AS n FROM unit GROUP BY 1 ORDER BY 1")
    assert [tuple(row) for row in counts] == [(False, 3321), (True, 34)]


async def test_unit_knows_its_province_and_its_past(db: asyncpg.Pool) -> None:
    found = await units.unit("20209")
    assert (found.name, found.kind, found.parent_name) == ("Phường Thanh Khê", "phường", "Thành phố Đà Nẵng")
    assert "Phường Xuân Hà" in found.formed_from


async def test_unknown_unit_is_not_found(db: asyncpg.Pool) -> None:
    with pytest.raises(NotFound):
        await units.unit("99999")


@pytest.mark.parametrize("words", ["Thanh Khê", "thanh khe", "20209", "Thanh  Khê Đà Nẵng"])
async def test_search_needs_no_tones(db: asyncpg.Pool, words: str) -> None:
    assert (await units.search_units(words))[0].code == "20209"


async def test_search_reads_wildcards_as_letters(db: asyncpg.Pool) -> None:
    assert await units.search_units("%") == []


async def test_villages_keep_their_ids_when_a_new_list_replaces_them(db: asyncpg.Pool) -> None:
    rows = [VillageRow("Tổ 1", 40), VillageRow("Tổ 2", 50)]
    before = await units.replace_villages("20209", rows, source="UBND", as_of=DAY, by=None, now=NOW)
    after = await units.replace_villages("20209", [VillageRow("TỔ 2", 55), VillageRow("Tổ 3")], source="UBND", as_of=DAY, by=None, now=NOW)
    assert [(v.name, v.kind, v.households) for v in after] == [("TỔ 2", "tổ dân phố", 55), ("Tổ 3", "tổ dân phố", None)]
    assert after[0].id == before[1].id
    assert set((await units.village_names("20209")).values()) == {"Tổ 1", "TỔ 2", "Tổ 3"}


async def test_households_have_no_sum_while_one_village_is_uncounted(db: asyncpg.Pool) -> None:
    assert await units.households("20209") is None
    await units.replace_villages("20209", [VillageRow("Tổ 1", 40), VillageRow("Tổ 2", 50)], source="UBND", as_of=DAY, by=None, now=NOW)
    assert await units.households("20209") == 90
    await units.save_village("20209", None, VillageRow("Tổ 3"), source="", as_of=None, by=None, now=NOW)
    assert await units.households("20209") is None


async def test_a_village_is_added_changed_and_ended(db: asyncpg.Pool) -> None:
    added = await units.save_village("20320", None, VillageRow("Thôn Đông"), source="", as_of=None, by=None, now=NOW)
    changed = await units.save_village("20320", added.id, VillageRow("Thôn Đông", 120), source="Trưởng thôn", as_of=DAY, by=None, now=NOW)
    assert (changed.id, changed.households, changed.kind) == (added.id, 120, "thôn")
    with pytest.raises(Conflict):
        await units.save_village("20320", None, VillageRow("thôn đông"), source="", as_of=None, by=None, now=NOW)
    await units.end_village("20320", added.id, by=None, now=NOW)
    assert await units.villages("20320") == []
    back = await units.save_village("20320", None, VillageRow("Thôn Đông", 121), source="", as_of=None, by=None, now=NOW)
    assert back.id == added.id


async def test_a_village_of_another_unit_is_not_found(db: asyncpg.Pool) -> None:
    added = await units.save_village("20320", None, VillageRow("Thôn Đông"), source="", as_of=None, by=None, now=NOW)
    with pytest.raises(NotFound):
        await units.save_village("20209", added.id, VillageRow("Tổ 1"), source="", as_of=None, by=None, now=NOW)


async def test_what_was_done_is_in_the_journal(db: asyncpg.Pool) -> None:
    await units.replace_villages("20209", [VillageRow("Tổ 1", 40)], source="UBND", as_of=DAY, by=None, now=NOW)
    event = await db.fetchrow("SELECT verb, detail FROM event")
    assert event["verb"] == "villages"
    assert '"villages": 1' in event["detail"]
