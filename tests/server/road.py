"""Road 5, where residents are asked, and what a browser without script does there. Its fixtures are loaded by tests/conftest.py."""

import re
from collections.abc import Mapping
from html import unescape
from typing import Any

import httpx
import pytest
from litestar import Litestar

from server.database import DB
from surveys.consultation import Consultation, Person
from tests.conftest import SetClock
from tests.server.asked import ANSWERS, asked


@pytest.fixture
async def road(app: Litestar, persons: dict[str, Person], clock: SetClock) -> Consultation:
    """An open consultation on road 5, until 20/12/2026."""
    return await asked(DB.pool, persons["author"], clock.now())


@pytest.fixture
async def villages(app: Litestar, clock: SetClock) -> list[Any]:
    from server.store import units

    rows = [units.VillageRow("Tổ dân phố 1", 120), units.VillageRow("Tổ dân phố 2", 90)]
    return await units.replace_villages("20209", rows, source="UBND", as_of=clock.today(), by=None, now=clock.now())


def hidden(page: httpx.Response) -> dict[str, list[str]]:
    """The fields that a page carries on, as a browser would send them."""
    fields: dict[str, list[str]] = {}
    for tag in re.findall(r'<input type="hidden"[^>]*>', page.text):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        assert name
        assert value
        fields.setdefault(unescape(name[1]), []).append(unescape(value[1]))
    return fields


def flat(page: httpx.Response) -> str:
    """The page with every run of white space as one space."""
    return " ".join(page.text.split())


def heading(page: httpx.Response) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", page.text, re.DOTALL)
    assert found
    return unescape(found[1]).strip()


def code(page: httpx.Response) -> str:
    found = re.search(r'data-code="([^"]+)"', page.text)
    assert found
    return found[1]


async def stored() -> list[dict[str, Any]]:
    return [dict(row) for row in await DB.pool.fetch("SELECT village, channel, language, version, answers::text FROM answer")]  # type: ignore[union-attr]


async def sent(client: httpx.AsyncClient, slug: str, fields: Mapping[str, Any] = ANSWERS, lang: str = "") -> httpx.Response:
    page = await client.post(f"/c/{slug}/check{lang}", data=dict(fields))
    assert page.status_code == 200, page.text
    return await client.post(f"/c/{slug}/send{lang}", data=hidden(page))
