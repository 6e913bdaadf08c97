"""The web application: wiring only."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

from litestar import Litestar
from litestar.datastructures import State
from litestar.di import Provide
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, SecurityScheme
from litestar.types import ControllerRouterHandler

from server import logs
from server.clock import Clock, SystemClock
from server.database import DB
from server.errors import HANDLERS
from server.gate import Gate
from server.intake import Intake
from server.people import officials
from server.processes import end_with_serve
from server.routes import (
    account,
    analysis_plan,
    api,
    council,
    design,
    files,
    import_form,
    library,
    life,
    links,
    media,
    operations,
    outcome,
    people,
    resident,
    results,
    run,
    sign_in,
    spread,
    trying,
    villages,
)
from server.settings import Settings, from_environment
from server.statics import static_file
from server.store.units import unit_names

BODY_LIMIT = 1024 * 1024
"""Bytes of a request; routes that take files name their own."""

PUBLIC: list[ControllerRouterHandler] = [
    static_file,
    api.router,
    *operations.handlers,
    *resident.handlers,
    *outcome.handlers,
    *links.handlers,
    *spread.public_handlers,
    *trying.handlers,
]
ROOMS = (sign_in, account, people, villages, library, analysis_plan, design, import_form, spread, run, life, results, files, council)
OFFICIAL = [*(handler for room in ROOMS for handler in room.handlers), *media.desk_handlers]


def create_app(settings: Settings, clock: Clock | None = None) -> Litestar:
    """The application over the database that `settings` name, by the time that `clock` tells."""
    logs.configure(settings.log)
    time = clock or SystemClock()
    intake = Intake(settings.secret)
    app = Litestar(
        route_handlers=[*PUBLIC, officials(settings, OFFICIAL)],
        lifespan=[connected(settings, intake)],
        dependencies={name: always(value) for name, value in {"clock": time, "settings": settings, "intake": intake}.items()},
        state=State({"settings": settings, "clock": time, "intake": intake, "unit_names": {}}, deep_copy=False),
        exception_handlers=HANDLERS,
        openapi_config=described(),
        request_max_body_size=BODY_LIMIT,
        logging_config=None,
        debug=False,
    )
    app.asgi_handler = Gate(app.asgi_handler, settings)
    return app


def described() -> OpenAPIConfig:
    """The frame of the API's description, which `/api/v1/openapi.json` gives; `token` is what officials' routes name as their lock."""
    tokens = Components(security_schemes={"token": SecurityScheme(type="http", scheme="bearer")})
    return OpenAPIConfig(title="Ý Dân", version="1", path="/api/schema", render_plugins=[JsonRenderPlugin()], components=tokens)


def always(value: Any) -> Provide:
    """A dependency that is the same for every request."""
    return Provide(lambda: value, sync_to_thread=False)


def connected(settings: Settings, intake: Intake) -> Callable[[Litestar], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: Litestar) -> AsyncIterator[None]:
        DB.point(settings.database_url)
        async with DB.open(), intake.running():
            app.state.unit_names = await unit_names()
            yield

    return lifespan


def from_settings() -> Litestar:
    """What each worker process of `ydan serve` builds, from the environment that `serve` left it."""
    end_with_serve()
    return create_app(from_environment())
