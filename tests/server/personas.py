"""The people of the tests, each in a browser of their own. Loaded as a plugin by tests/conftest.py.

`persons["author"]` is the Person; the fixtures `author`, `approver`, … are signed-in clients. `stranger` works in another ward,
`reader` in the same ward with less right.
"""

from collections.abc import AsyncIterator, Mapping
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    import asyncpg
    import httpx
    from litestar import Litestar

    from server.clock import Clock
    from surveys.consultation import Person
    from tests.conftest import SetClock

WARD = "20209"
"""Phường Thanh Khê."""
OTHER_WARD = "20197"
"""Phường Liên Chiểu."""
PASSWORD = "đường hoa phượng đỏ"

PERSONS: Mapping[str, tuple[str, str, tuple[str, ...]]] = {
    "author": ("Nguyễn Thị Soạn", WARD, ("author",)),
    "approver": ("Trần Văn Duyệt", WARD, ("approver",)),
    "replier": ("Lê Thị Giải", WARD, ("replier",)),
    "village_head": ("Phạm Văn Tổ", WARD, ("village_head",)),
    "collector": ("Võ Thị Thu", WARD, ("collector",)),
    "reader": ("Đặng Văn Biểu", WARD, ("council",)),
    "front": ("Bùi Thị Trận", WARD, ("front",)),
    "auditor": ("Đỗ Văn Kiểm", WARD, ("auditor",)),
    "admin": ("Hồ Thị Quản", WARD, ("admin",)),
    "stranger": ("Dương Văn Xa", OTHER_WARD, ("author", "approver", "replier", "village_head", "collector", "auditor", "admin")),
}
"""Full name, unit and roles by sign-in name."""


@pytest.fixture(scope="session")
def password_hash() -> str:
    from server.passwords import HASHER

    return HASHER.hash(PASSWORD)


async def made_persons(password_hash: str, clock: "Clock") -> dict[str, "Person"]:
    """Everybody of PERSONS, in the database that is open."""
    from server.store import people
    from surveys.consultation import Role

    return {
        name: await people.create_or_change(
            name, unit=unit, roles=[Role(role) for role in roles], full_name=full_name, password_hash=password_hash, now=clock.now()
        )
        for name, (full_name, unit, roles) in PERSONS.items()
    }


@pytest.fixture
async def persons(app: "Litestar", password_hash: str, clock: "SetClock") -> dict[str, "Person"]:
    """Everybody of PERSONS by name, for tests of the web."""
    return await made_persons(password_hash, clock)


@pytest.fixture
async def stored_persons(db: "asyncpg.Pool", password_hash: str, clock: "SetClock") -> dict[str, "Person"]:
    """Everybody of PERSONS by name, for tests of the store without the web."""
    return await made_persons(password_hash, clock)


async def signed_in(app: "Litestar", name: str) -> AsyncIterator["httpx.AsyncClient"]:
    """A browser of its own in which this person has signed in: with the cookie that signing in gives, without the hashing."""
    from server.people import SessionBackend, sessions
    from server.store import people
    from tests.conftest import another

    account = await people.by_name(name, today=app.state.clock.today())
    assert account is not None
    backend = SessionBackend(config=sessions(app.state.settings))
    [cookie] = backend.dump_data({"person": account.person.id, "version": account.session_version})
    async with another(app) as client:
        client.cookies.set(backend.config.key, cookie.decode(), domain="127.0.0.1", path="/")
        yield client


async def post(client: "httpx.AsyncClient", url: str, fields: Mapping[str, Any] | None = None, **more: Any) -> "httpx.Response":
    """Sends a form as our own pages do, with the token against forged forms. `more` is httpx's: files, headers."""
    token = client.cookies.get("ydan-form")
    if token is None:
        await client.get("/sign-in")
        token = client.cookies["ydan-form"]
    return await client.post(url, data={"_csrf_token": token, **(fields or {})}, **more)


async def bearer(app: "Litestar", person: "Person", clock: "SetClock") -> dict[str, str]:
    """Headers of an API call with this person's rights."""
    from server.store import sign_in

    return {"Authorization": f"Bearer {await sign_in.make_token(person.id, secret=app.state.settings.secret, now=clock.now())}"}


@pytest.fixture
async def author(app: "Litestar", persons: dict[str, "Person"]) -> AsyncIterator["httpx.AsyncClient"]:
    async for client in signed_in(app, "author"):
        yield client


@pytest.fixture
async def approver(app: "Litestar", persons: dict[str, "Person"]) -> AsyncIterator["httpx.AsyncClient"]:
    async for client in signed_in(app, "approver"):
        yield client


@pytest.fixture
async def replier(app: "Litestar", persons: dict[str, "Person"]) -> AsyncIterator["httpx.AsyncClient"]:
    async for client in signed_in(app, "replier"):
        yield client


@pytest.fixture
async def village_head(app: "Litestar", persons: dict[str, "Person"]) -> AsyncIterator["httpx.AsyncClient"]:
    async for client in signed_in(app, "village_head"):
        yield client


@pytest.fixture
async def collector(app: "Litestar", persons: dict[str, "Person"]) -> AsyncIterator["httpx.AsyncClient"]:
    async for client in signed_in(app, "collector"):
        yield client


@pytest.fixture
async def reader(app: "Litestar", persons: dict[str, "Person"]) -> AsyncIterator["httpx.AsyncClient"]:
    """A council member: of the same ward, with less right."""
    async for client in signed_in(app, "reader"):
        yield client


@pytest.fixture
async def front(app: "Litestar", persons: dict[str, "Person"]) -> AsyncIterator["httpx.AsyncClient"]:
    async for client in signed_in(app, "front"):
        yield client


@pytest.fixture
async def auditor(app: "Litestar", persons: dict[str, "Person"]) -> AsyncIterator["httpx.AsyncClient"]:
    async for client in signed_in(app, "auditor"):
        yield client


@pytest.fixture
async def admin(app: "Litestar", persons: dict[str, "Person"]) -> AsyncIterator["httpx.AsyncClient"]:
    async for client in signed_in(app, "admin"):
        yield client


@pytest.fixture
async def stranger(app: "Litestar", persons: dict[str, "Person"]) -> AsyncIterator["httpx.AsyncClient"]:
    """Of another ward, with every right there."""
    async for client in signed_in(app, "stranger"):
        yield client
