"""Every official route against every person, nobody, a foreign ward, a forged form and a wrong method (promises 19 and 21)."""

import re
from typing import Any
from uuid import UUID

import httpx
import pytest
from litestar import Litestar

from server.people import somebody
from surveys.consultation import Person
from tests.conftest import another
from tests.server.matrix import LINES, OPEN_DOORS, Line
from tests.server.personas import PERSONS, WARD, post, signed_in

pytestmark = pytest.mark.anyio
NOTHING = str(UUID(int=1))
NAMES = [f"{line.method} {line.path}" for line in LINES]


def official_routes(app: Litestar) -> set[tuple[str, str]]:
    """Method and path, with {names} for parameters, of all that `officials` wraps."""
    return {
        (method, re.sub(r"\{(\w+):\w+\}", r"{\1}", route.path))
        for route in app.routes
        for handler in getattr(route, "route_handlers", [])
        for method in handler.http_methods
        if method != "OPTIONS" and somebody in (handler.resolve_guards() or [])
    }


def shape(path: str) -> str:
    return re.sub(r"\{\w+\}", "{}", path)


def filled(text: str, persons: dict[str, Person], *, asking: str = "admin") -> str:
    """`{colleague}` is somebody else of the ward of whoever asks."""
    unit = PERSONS[asking][1]
    colleague = next((person.id for name, person in persons.items() if person.unit == unit and name != asking), persons["author"].id)
    for name, value in {"person": persons["reader"].id, "token": "0" * 12, "deputy": NOTHING, "colleague": colleague}.items():
        text = text.replace("{" + name + "}", value)
    return text


async def ask(client: httpx.AsyncClient, line: Line, persons: dict[str, Person], *, asking: str) -> httpx.Response:
    path, fields = filled(line.path, persons, asking=asking), {field: filled(value, persons, asking=asking) for field, value in line.fields.items()}
    return await (client.get(path) if line.method == "GET" else post(client, path, fields))


async def test_every_official_route_has_its_line(app: Litestar) -> None:
    lined = {(line.method, shape(line.path)) for line in LINES} | {(method, shape(path)) for path in OPEN_DOORS for method in ("GET", "POST")}

    missing = {(method, path) for method, path in official_routes(app) if (method, shape(path)) not in lined}

    assert missing == set()


async def test_every_line_is_a_route(app: Litestar) -> None:
    routes = {(method, shape(path)) for method, path in official_routes(app)}

    assert {(line.method, line.path) for line in LINES if (line.method, shape(line.path)) not in routes} == set()


@pytest.mark.parametrize("line", LINES, ids=NAMES)
async def test_route_opens_for_these_people_only(app: Litestar, persons: dict[str, Person], line: Line) -> None:
    answers: dict[str, Any] = {}
    for name in sorted(PERSONS, key=lambda name: name in line.may):
        async for client in signed_in(app, name):
            answers[name] = (await ask(client, line, persons, asking=name)).status_code

    refused = {name: (line.foreign if line.foreign and PERSONS[name][1] != WARD else 403) for name in PERSONS if name not in line.may}
    assert {name: status for name, status in answers.items() if name in refused} == refused
    assert {name: status for name, status in answers.items() if name in line.may and status in (401, 403, 404, 405, 500)} == {}


async def test_nobody_is_sent_to_sign_in(app: Litestar, persons: dict[str, Person]) -> None:
    answers = {}
    async with another(app) as client:
        for name, line in zip(NAMES, LINES, strict=True):
            answer = await ask(client, line, persons, asking="admin")
            answers[name] = (answer.status_code, answer.headers.get("location", "").partition("?")[0])

    assert {name: answer for name, answer in answers.items() if answer != (303, "/sign-in")} == {}


async def test_forms_of_another_site_are_refused(app: Litestar, persons: dict[str, Person]) -> None:
    taken = {}
    for name, line in zip(NAMES, LINES, strict=True):
        if line.method == "GET":
            continue
        who = min(line.may)
        path = filled(line.path, persons, asking=who)
        async for client in signed_in(app, who):
            for forged in ({"data": dict(line.fields)}, {"data": {**line.fields, "_csrf_token": "0" * 128}}, {"json": dict(line.fields)}):
                answer = await client.post(path, **forged)
                if answer.status_code != 403:
                    taken[name] = (forged, answer.status_code)

    assert taken == {}


async def test_wrong_methods_are_405(app: Litestar, persons: dict[str, Person], admin: httpx.AsyncClient) -> None:
    answers = {line.path: (await admin.request("PUT", filled(line.path, persons))).status_code for line in LINES}

    assert {path: status for path, status in answers.items() if status != 405} == {}
