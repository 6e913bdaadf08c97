"""For whoever runs the server: is it alive, what does it do."""

from typing import Any

from litestar import MediaType, Request, Response, get

from server import metrics
from server.database import DB


@get("/health", include_in_schema=False, media_type=MediaType.JSON)
async def health() -> dict[str, str]:
    """200 when the database answers; else the 503 that every page gives then."""
    async with DB.connection() as connection:
        await connection.fetchval("SELECT 1")
    return {"status": "ok"}


@get("/metrics", include_in_schema=False, sync_to_thread=False)
def figures() -> Response[bytes]:
    return Response(metrics.exposition(), media_type="text/plain; version=0.0.4; charset=utf-8", headers={"Cache-Control": "no-store"})


@get("/api/v1/openapi.json", include_in_schema=False, media_type=MediaType.JSON, sync_to_thread=False)
def schema(request: Request[Any, Any, Any]) -> dict[str, Any]:
    """What the API takes and gives, as OpenAPI."""
    return request.app.openapi_schema.to_schema()


handlers = [schema, health, figures]
