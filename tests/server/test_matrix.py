"""Every official route against every person, nobody, a foreign ward, a forged form and a wrong method (promises 19 and 21)."""

import re
from uuid import UUID

import httpx
import pytest
from litestar import Litestar

from server import counting
from server.database import DB
from server.people import somebody
from surveys.consultation import Consultation, Person
from tests.conftest import another
from tests.server.desk import ENTRY, SLUG
from tests.server.matrix import LINES, OPEN_DOORS, Line
from tests.server.personas import PERSONS, WARD, post, signed_in

pytestmark = pytest.mark.anyio
NOTHING = str(UUID(int=1))
NAMES = [f"{line.method} {line.path} {line.state}" for line in LINES]
ACTS = [line for line in LINES if line.method != "GET"]
QUESTION = next(ENTRY.questionnaire.questions()).name
SECTION = ENTRY.questionnaire.sections[0].name
REFUSED, HIDDEN = 403, 404
BROKEN = {401, 403, 405, 500}


def official_routes(app: Litestar) -> set[tuple[str, str]]:
    """Method and path, with {names} for parameters, of all that `officials` wraps."""
    return {
        (method, re.sub(r"\{(\w+):\w+\}", r"{\1}", route.path))
        for route in app.routes
        for handler in getattr(route, "route_handlers", [])
        for method in handler.http_methods
        if method != "OPTIONS" and somebody in (handler.resolve_guards() or [])
    }


def fits(route: tuple[str, str], method: str, path: str) -> bool:
    """Whether a line's method and path ask for this route."""
    pattern = re.sub(r"\{\w+\}", r"[^/]+", route[1])
    return route[0] == method and re.fullmatch(pattern.replace(".", r"\."), path) is not None


def filled(text: str, persons: dict[str, Person], *, asking: str = "admin") -> str:
    """`{colleague}` is somebody else of the ward of whoever asks."""
    unit = PERSONS[asking][1]
    colleague = next((person.id for name, person in persons.items() if person.unit == unit and name != asking), NOTHING)
    things = {"person": persons["reader"].id, "colleague": colleague, "nothing": NOTHING, "slug": SLUG, "question": QUESTION, "section": SECTION}
    for name, value in things.items():
        text = text.replace("{" + name + "}", value)
    return text


async def ask(client: httpx.AsyncClient, line: Line, persons: dict[str, Person], *, asking: str) -> httpx.Response:
    path, fields = (
        filled(line.path, persons, asking=asking),
        {filled(field, persons): filled(value, persons, asking=asking) for field, value in line.fields.items()},
    )
    return await (client.get(path) if line.method == "GET" else post(client, path, fields))


async def brought_to(consultation: Consultation, state: str) -> None:
    """Just so, without the steps between: here only rights count. Its days fit the state by the tests' clock."""
    opens_on, closes_on = ("2026-10-01", "2026-11-20") if state in ("closed", "sealed", "published") else ("2026-11-20", "2026-12-24")
    async with DB.connection() as connection:
        await connection.execute(
            "UPDATE consultation SET state = $2, opens_on = $3::text::date, closes_on = $4::text::date WHERE slug = $1",
            consultation.slug, state, opens_on, closes_on,
        )  # fmt: skip


def right(line: Line, name: str, status: int) -> bool:
    """Whether this is what this person should get: what they may do is answered, though it may be refused for other reasons."""
    if name in line.may:
        return status not in BROKEN and (status != HIDDEN or line.absent)
    if PERSONS[name][1] != WARD and line.of_the_ward:
        return status == HIDDEN
    return status == REFUSED or (status == HIDDEN and line.absent)


async def test_every_official_route_has_its_line_and_every_line_a_route(app: Litestar) -> None:
    routes = official_routes(app)

    assert {route for route in routes if route[1] not in OPEN_DOORS and not any(fits(route, line.method, line.path) for line in LINES)} == set()
    assert {line[:2] for line in LINES if not any(fits(route, line.method, line.path) for route in routes)} == set()


@pytest.mark.parametrize("state", sorted({line.state for line in LINES}))
async def test_pages_open_for_these_people_only(
    app: Litestar, persons: dict[str, Person], draft: Consultation, state: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No worker counts here: pages that wait for figures wait shortly."""
    monkeypatch.setitem(counting.ready.__kwdefaults__, "within_s", 0.05)
    await brought_to(draft, state)
    wrong = {}
    for name in PERSONS:
        async for client in signed_in(app, name):
            for line in LINES:
                if (line.method, line.state) == ("GET", state):
                    status = (await ask(client, line, persons, asking=name)).status_code
                    if not right(line, name, status):
                        wrong[name, line.path] = status

    assert wrong == {}


@pytest.mark.parametrize("line", ACTS, ids=[f"{line.path} {line.state}" for line in ACTS])
async def test_acts_are_open_to_these_people_only(app: Litestar, persons: dict[str, Person], draft: Consultation, line: Line) -> None:
    wrong = {}
    for name in sorted(PERSONS, key=lambda name: name in line.may):
        await brought_to(draft, line.state)
        async for client in signed_in(app, name):
            status = (await ask(client, line, persons, asking=name)).status_code
            if not right(line, name, status):
                wrong[name] = status

    assert wrong == {}


async def test_nobody_is_sent_to_sign_in(app: Litestar, persons: dict[str, Person], draft: Consultation) -> None:
    answers = {}
    async with another(app) as client:
        for name, line in zip(NAMES, LINES, strict=True):
            answer = await ask(client, line, persons, asking="admin")
            answers[name] = (answer.status_code, answer.headers.get("location", "").partition("?")[0])

    assert {name: answer for name, answer in answers.items() if answer != (303, "/sign-in")} == {}


async def test_forms_of_another_site_are_refused(app: Litestar, persons: dict[str, Person], draft: Consultation) -> None:
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
