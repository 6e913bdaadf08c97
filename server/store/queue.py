"""Work that follows a change, queued in the transaction of the change: a rollback leaves no job."""

import msgspec
from pgqueuer.db import AsyncpgDriver
from pgqueuer.queries import Queries

from server.database import DB


async def enqueue(job: str, *, consultation: str, occasion: str) -> None:
    """Queues `job` with {"consultation": id} once an occasion (the state that asks for it), however often it is called."""
    payload = msgspec.json.encode({"consultation": consultation})
    async with DB.connection() as connection:
        await Queries(AsyncpgDriver(connection)).enqueue(job, payload, dedupe_key=f"{job}:{consultation}:{occasion}", on_conflict="skip")
