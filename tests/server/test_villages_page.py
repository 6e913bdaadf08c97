"""The villages of a unit: typed, imported, read by everybody of the unit."""

import datetime
import io

import httpx
import openpyxl
import pytest

from server.store import units
from surveys.consultation import Person
from surveys.units import VillageRow
from tests.conftest import SetClock
from tests.server import pages
from tests.server.personas import OTHER_WARD, WARD, post

pytestmark = pytest.mark.anyio
Persons = dict[str, Person]
SOURCE = {"source": "Công an phường", "as_of": "2026-11-01"}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(rows: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


async def send(client: httpx.AsyncClient, content: bytes, name: str = "thon.xlsx", **fields: str) -> httpx.Response:
    return await post(client, "/desk/villages/file", {**SOURCE, **fields}, files={"file": (name, content, XLSX)})


async def kept(unit: str = WARD) -> list[tuple[str, int | None]]:
    return [(village.name, village.households) for village in await units.villages(unit)]


async def test_typed_list_is_kept_with_source_and_day(author: httpx.AsyncClient) -> None:
    fields = {"name": ["Tổ 1", "", "Tổ 2", ""], "households": ["1.145", "", "", ""], **SOURCE}

    answer = await post(author, "/desk/villages", fields)

    assert (answer.status_code, answer.headers["location"]) == (303, "/desk/villages")
    page = await author.get("/desk/villages")
    assert pages.said(page) == "Đã lưu 2 thôn, tổ."
    assert pages.field(page, "name") == ["Tổ 1", "Tổ 2", "", "", "", "", ""]
    assert pages.field(page, "households") == ["1145", "", "", "", "", "", ""]
    [first, second] = await units.villages(WARD)
    assert (first.households, second.households) == (1145, None)
    assert {(village.source, village.as_of) for village in (first, second)} == {("Công an phường", datetime.date(2026, 11, 1))}
    assert await units.households(WARD) is None


async def test_emptied_line_ends_the_village_and_the_others_keep_their_id(author: httpx.AsyncClient) -> None:
    await post(author, "/desk/villages", {"name": ["Tổ 1", "Tổ 2"], "households": ["40", "50"], **SOURCE})
    [_, second] = await units.villages(WARD)

    await post(author, "/desk/villages", {"name": ["", "Tổ 2"], "households": ["", "55"], **SOURCE})

    assert [(village.id, village.households) for village in await units.villages(WARD)] == [(second.id, 55)]


async def test_wrong_lines_are_all_named_and_everything_typed_stays(author: httpx.AsyncClient) -> None:
    await post(author, "/desk/villages", {"name": ["Tổ 1"], "households": ["40"], **SOURCE})
    fields = {"name": ["Tổ 1", "tổ 1", "", "Tổ 4"], "households": ["40", "41", "7", "nhiều"], "source": "", "as_of": "hôm nay"}

    answer = await post(author, "/desk/villages", fields)

    assert (answer.status_code, pages.error_links(answer)) == (422, ["#line-1", "#line-2", "#line-3", "#as_of", "#source"])
    assert pages.field(answer, "name")[:4] == fields["name"]
    assert pages.field(answer, "households")[:4] == fields["households"]
    assert pages.field(answer, "as_of")[0] == "hôm nay"
    assert await kept() == [("Tổ 1", 40)]


async def test_list_without_villages_or_fields_is_refused(author: httpx.AsyncClient) -> None:
    for fields in ({}, {"name": ["", ""], "households": ["", ""], **SOURCE}, {"name": ["Tổ 1"], "households": ["1", "2"], **SOURCE}):
        assert (await post(author, "/desk/villages", fields)).status_code == 422
    assert await kept() == []


async def test_workbook_replaces_the_list(author: httpx.AsyncClient) -> None:
    await post(author, "/desk/villages", {"name": ["Tổ 1", "Tổ cũ"], "households": ["40", "50"], **SOURCE})
    [first, _] = await units.villages(WARD)

    answer = await send(author, workbook([["UBND PHƯỜNG"], ["STT", "Tổ dân phố", "Số hộ"], [1, "Tổ 1", 45], [2, "Tổ 2", None], [None, "Tổng cộng", 45]]))

    assert answer.status_code == 303
    assert await kept() == [("Tổ 1", 45), ("Tổ 2", None)]
    assert (await units.villages(WARD))[0].id == first.id


async def test_workbook_with_mistakes_changes_nothing_and_names_sheet_and_row(author: httpx.AsyncClient) -> None:
    await post(author, "/desk/villages", {"name": ["Tổ 1"], "households": ["40"], **SOURCE})

    answer = await send(author, workbook([["Tổ dân phố", "Số hộ"], ["Tổ 1", "bốn"], ["", 3], ["Tổ 3", -3]]))

    assert answer.status_code == 422
    assert [row[0] for row in pages.rows(answer)] == ["Sheet!2", "Sheet!3", "Sheet!4"]
    assert pages.field(answer, "name")[0] == "Tổ 1"
    assert await kept() == [("Tổ 1", 40)]


@pytest.mark.parametrize(("content", "name", "words"), [
    (b"", "thon.xlsx", "Tệp hỏng"),
    (b"PK\x03\x04 not a zip", "thon.xlsx", "Tệp hỏng"),
    (b"name;households", "thon.csv", "Tệp này không thuộc dạng nào đọc được"),
    (b"\0" * 10_100_000, "thon.xlsx", "Tệp lớn hơn 10 MB."),
    (b"", "", "Chưa chọn tệp."),
])  # fmt: skip
async def test_file_that_cannot_be_read_says_why(author: httpx.AsyncClient, content: bytes, name: str, words: str) -> None:
    answer = await send(author, content, name)

    assert (answer.status_code, pages.error_links(answer)) == (422, ["#file"])
    assert pages.errors(answer)[0].startswith(words)


async def test_workbook_without_the_columns_says_so(author: httpx.AsyncClient) -> None:
    answer = await send(author, workbook([["Họ tên", "Chủ hộ"], ["A", "B"]]))

    assert answer.status_code == 422
    assert "Không thấy dòng tiêu đề" in pages.text(answer)


async def test_import_needs_source_and_day(author: httpx.AsyncClient) -> None:
    answer = await send(author, workbook([["Thôn", "Số hộ"], ["Thôn 1", 4]]), source="", as_of="")

    assert (answer.status_code, pages.error_links(answer)) == (422, ["#as_of", "#source"])
    assert await kept() == []


async def test_file_over_the_limit_is_413(author: httpx.AsyncClient) -> None:
    assert (await send(author, b"\0" * 12_000_000)).status_code == 413


async def test_everybody_of_the_unit_reads_and_only_its_keepers_write(
    reader: httpx.AsyncClient, stranger: httpx.AsyncClient, persons: Persons, clock: SetClock
) -> None:
    await units.replace_villages(WARD, [VillageRow("Tổ 1", 40)], source="UBND", as_of=clock.today(), by=None, now=clock.now())

    page = await reader.get("/desk/villages")
    assert (pages.rows(page), pages.field(page, "name")) == ([["Tổ 1", "40"]], [])
    assert "Nguồn: UBND, đến ngày 23/11/2026." in pages.text(page)
    assert (await post(reader, "/desk/villages", {"name": "Tổ 2", "households": "1", **SOURCE})).status_code == 403

    await post(stranger, "/desk/villages", {"name": "Tổ lạ", "households": "1", **SOURCE})
    assert (await kept(), await kept(OTHER_WARD)) == ([("Tổ 1", 40)], [("Tổ lạ", 1)])


async def test_names_are_inert(author: httpx.AsyncClient) -> None:
    await post(author, "/desk/villages", {"name": '"><script>alert(1)</script>', "households": "1", **SOURCE})

    page = await author.get("/desk/villages")

    assert "<script>alert" not in page.text
    assert pages.field(page, "name")[0] == '"><script>alert(1)</script>'
