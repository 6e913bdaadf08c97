"""The frame around every page: headers, errors, limits, proxies."""

from collections.abc import AsyncIterator

import asyncpg
import httpx
import pytest
from litestar import Litestar

from server.database import DB, POOL_SIZE
from server.settings import Settings

pytestmark = pytest.mark.anyio


async def test_health_says_that_the_database_answers(client: httpx.AsyncClient) -> None:
    answer = await client.get("/health")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


async def test_unknown_page_is_a_page_without_session(client: httpx.AsyncClient) -> None:
    answer = await client.get("/nowhere")
    assert answer.status_code == 404
    assert "Không có trang này." in answer.text
    assert "set-cookie" not in answer.headers
    assert answer.headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'")
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_unknown_page_speaks_english_when_asked(client: httpx.AsyncClient) -> None:
    assert "There is no such page." in (await client.get("/nowhere?lang=en")).text


async def test_unknown_api_address_is_problem_json(client: httpx.AsyncClient) -> None:
    answer = await client.get("/api/v1/nowhere")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == "not_found"


async def test_openapi_is_where_programs_look_for_it(client: httpx.AsyncClient) -> None:
    assert (await client.get("/api/v1/openapi.json")).json()["info"]["title"] == "Ý Dân"


async def test_a_body_over_one_megabyte_is_refused(client: httpx.AsyncClient) -> None:
    answer = await client.post("/api/v1/consultations/none/responses", content=b"[" + b"1," * 600_000 + b"1]", headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large_body")


async def test_a_body_without_length_over_one_megabyte_is_refused(client: httpx.AsyncClient) -> None:
    async def body() -> AsyncIterator[bytes]:
        for _ in range(20):
            yield b"x" * 100_000

    answer = await client.post("/api/v1/consultations/none/responses", content=body(), headers={"Content-Type": "application/json"})
    assert answer.status_code == 413


async def test_a_wrong_method_is_told_with_what_is_allowed(client: httpx.AsyncClient) -> None:
    answer = await client.put("/health")
    assert answer.status_code == 405
    assert "GET" in answer.headers["allow"]


async def test_without_database_every_page_says_so_and_comes_back(client: httpx.AsyncClient, app: Litestar, settings: Settings) -> None:
    pool = DB.pool
    DB.pool = await asyncpg.create_pool(settings.database_url, min_size=0, server_settings={"search_path": "nowhere"}, timeout=1)
    name = settings.database_url.split("/")[-1].split("?")[0]
    await DB.pool.close()
    answer = await client.get("/health")
    DB.pool = pool
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert name not in answer.text
    assert (await client.get("/health")).status_code == 200


async def test_a_connection_that_dies_at_commit_is_replaced(db: asyncpg.Pool) -> None:
    for _ in range(POOL_SIZE + 5):
        with pytest.raises((asyncpg.PostgresConnectionError, asyncpg.InterfaceError)):
            async with DB.transaction() as transaction:
                transaction.connection.terminate()
    async with DB.transaction() as transaction:
        assert await transaction.connection.fetchval("SELECT 1") == 1


async def test_metrics_count_by_route(client: httpx.AsyncClient) -> None:
    await client.get("/health")
    text = (await client.get("/metrics")).text
    assert 'ydan_requests_total{method="GET",route="/health",status="2xx"}' in text


async def test_static_files_are_kept_a_year_and_pages_name_them_by_content(client: httpx.AsyncClient) -> None:
    page = (await client.get("/nowhere")).text
    address = page.split('rel="stylesheet" href="')[1].split('"')[0]
    answer = await client.get(address)
    assert answer.status_code == 200
    assert "immutable" in answer.headers["cache-control"]
