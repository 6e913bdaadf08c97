"""The frame around every page: headers, errors, limits, proxies."""

import httpx
import pytest

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
