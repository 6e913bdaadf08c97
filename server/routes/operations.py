"""For whoever runs the server: is it alive, what does it do."""

from litestar import MediaType, Response, get

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


handlers = [health, figures]
