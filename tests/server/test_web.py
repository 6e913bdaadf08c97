"""Between request and page: language, forms, and what the page before wanted said."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from litestar import Litestar, Request, Response, get, post

from server import app as application
from server.people import OPEN_DOOR
from server.settings import Settings
from server.web import form, page, seal, see_other, unseal, uploads

pytestmark = pytest.mark.anyio
Visit = Request[Any, Any, Any]


@get("/desk/said", opt=OPEN_DOOR)
async def ask(request: Visit) -> Response[str]:
    return page(request, "errors/error.html", sentence="Trang", next="", problems=[], official=True, code="", request_id="", home="/", place="")


@post("/desk/told", opt=OPEN_DOOR)
async def tell(request: Visit) -> Response[Any]:
    return see_other(request, "/desk/said", said="Không có đơn vị mang mã {given}.", given="20209")


@post("/echo", include_in_schema=False)
async def echo(request: Visit) -> dict[str, list[str]]:
    return {**await form(request), "files": [file.filename for file in await uploads(request, "file")]}


@get(["/broken", "/api/v1/broken"], include_in_schema=False)
async def break_down() -> None:
    raise ValueError("what somebody answered")


@pytest.fixture
async def app(settings: Settings, clock: Any, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Litestar]:
    monkeypatch.setattr(application, "OFFICIAL", [*application.OFFICIAL, ask, tell])
    monkeypatch.setattr(application, "PUBLIC", [*application.PUBLIC, echo, break_down])
    made = application.create_app(settings, clock)
    async with made.lifespan():
        yield made


async def told(client: httpx.AsyncClient, **headers: str) -> httpx.Response:
    token = (await client.get("/desk/said")).cookies["ydan-form"]
    return await client.post("/desk/told", data={"_csrf_token": token}, headers=headers)


async def test_what_was_done_is_said_once_on_the_next_page(client: httpx.AsyncClient) -> None:
    answer = await told(client)
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk/said")
    assert "Không có đơn vị mang mã 20209." in (await client.get("/desk/said")).text
    assert "20209" not in (await client.get("/desk/said")).text


async def test_what_was_done_is_said_in_the_language_of_the_next_page(client: httpx.AsyncClient) -> None:
    await told(client)
    assert "There is no unit with the code 20209." in (await client.get("/desk/said?lang=en")).text
    assert '<html lang="en"' in (await client.get("/desk/said")).text


async def test_htmx_is_sent_to_the_whole_page(client: httpx.AsyncClient) -> None:
    answer = await told(client, **{"HX-Request": "true"})
    assert (answer.status_code, answer.headers["hx-redirect"]) == (204, "/desk/said")


async def test_nobody_else_can_make_a_page_say_something(client: httpx.AsyncClient, settings: Settings) -> None:
    sealed = seal(["Chuyển tiền ngay", {}], settings)
    assert unseal(sealed, settings) == ("Chuyển tiền ngay", {})
    body, _, proof = sealed.partition(".")
    for forged in ("", "x", f"{body}.", f"{body}x.{proof}", f"{body}.{proof[:-1]}0", "é.é"):
        assert unseal(forged, settings) is None


async def test_official_pages_are_kept_by_no_cache(client: httpx.AsyncClient) -> None:
    answer = await client.get("/desk/said")
    assert answer.headers["cache-control"] == "no-store"


async def test_form_keeps_every_value_in_order_and_drops_nul(client: httpx.AsyncClient) -> None:
    answer = await client.post("/echo", content="a=1&a=2&b=x%00y&c=", headers={"Content-Type": "application/x-www-form-urlencoded"})
    assert answer.json() == {"a": ["1", "2"], "b": ["xy"], "c": [""], "files": []}


async def test_uploads_are_files_that_were_chosen(client: httpx.AsyncClient) -> None:
    answer = await client.post("/echo", data={"a": "1"}, files=[("file", ("a.pdf", b"x")), ("other", ("b.pdf", b"x"))])
    assert answer.json() == {"a": ["1"], "files": ["a.pdf"]}


async def test_form_that_is_none_is_no_bug(client: httpx.AsyncClient) -> None:
    for kind in ("application/x-www-form-urlencoded", "multipart/form-data", "multipart/form-data; boundary=x", "text/plain"):
        answer = await client.post("/echo", content=b"\xff\xfe%zz=&&--x\r\n", headers={"Content-Type": kind})
        assert answer.status_code < 500


async def test_a_bug_is_one_page_with_the_code_to_read_out(client: httpx.AsyncClient) -> None:
    answer = await client.get("/broken")
    assert answer.status_code == 500
    assert answer.headers["x-request-id"] in answer.text
    assert "answered" not in answer.text
    assert "Traceback" not in answer.text


async def test_a_bug_of_the_api_is_problem_json(client: httpx.AsyncClient) -> None:
    answer = await client.get("/api/v1/broken")
    assert (answer.status_code, answer.json()["code"]) == (500, "internal")
    assert answer.json()["instance"].endswith(answer.headers["x-request-id"])
