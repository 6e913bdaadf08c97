"""The files of a draft plan: what they are in the database, their bytes under their SHA-256."""

import datetime
import hashlib
import os
from pathlib import Path
from uuid import UUID, uuid4

from anyio import to_thread
from msgspec import Struct

from server.database import DB
from server.store import consultations, journal
from server.tables import Document as Row
from surveys.consultation import Person
from surveys.editing import moved
from surveys.problems import NO_SUCH_DOCUMENT, NotFound


class Document(Struct, frozen=True):
    """A file that residents can open. `pages` None where its kind has none."""

    id: str
    name: str
    media_type: str
    bytes: int
    pages: int | None
    sha256: str


async def documents(consultation: str) -> list[Document]:
    """In the order that the authors gave them."""
    rows = await Row.select().where(Row.consultation == UUID(consultation)).order_by(Row.position)
    return [from_row(row) for row in rows]


async def document(document_id: str, *, consultation: str) -> Document:
    """Raises NotFound where this consultation has no such file."""
    try:
        row = await Row.select().where((Row.id == UUID(document_id)) & (Row.consultation == UUID(consultation))).first()
    except ValueError:
        row = None
    if row is None:
        raise NotFound(NO_SUCH_DOCUMENT)
    return from_row(row)


async def add(content: bytes, *, folder: Path, name: str, media_type: str, pages: int | None, slug: str, by: Person, now: datetime.datetime) -> Document:
    """Keeps the bytes, durable, then says so in the database; last in order; a revision may bring one along. Raises like `consultations.editing`."""
    kept = Document(str(uuid4()), name, media_type, len(content), pages, await to_thread.run_sync(keep, content, folder))
    async with DB.transaction():
        draft = await consultations.editing(slug, by=by, now=now, only_questions=True)
        last = await Row.select(Row.position).where(Row.consultation == UUID(draft.id)).order_by(Row.position, ascending=False).first()
        await Row.insert(Row({
            Row.id: UUID(kept.id), Row.consultation: UUID(draft.id), Row.name: name, Row.media_type: media_type, Row.bytes: kept.bytes,
            Row.pages: pages, Row.sha256: kept.sha256, Row.position: last["position"] + 1 if last else 0,
        }))  # fmt: skip
        await journal.note("add_document", consultation=draft.id, by=by.id, now=now, name=name, sha256=kept.sha256)
    return kept


async def remove(document_id: str, *, slug: str, by: Person, now: datetime.datetime) -> Document:
    """Takes it off the draft; its bytes stay, another may hold the same."""
    async with DB.transaction():
        draft = await consultations.editing(slug, by=by, now=now)
        gone = await document(document_id, consultation=draft.id)
        await Row.delete().where(Row.id == UUID(document_id))
        await journal.note("remove_document", consultation=draft.id, by=by.id, now=now, name=gone.name, sha256=gone.sha256)
    return gone


async def move(document_id: str, *, step: int, slug: str, by: Person, now: datetime.datetime) -> None:
    """One place up (-1) or down (+1)."""
    async with DB.transaction():
        draft = await consultations.editing(slug, by=by, now=now)
        order = [one.id for one in await documents(draft.id)]
        if document_id not in order:
            raise NotFound(NO_SUCH_DOCUMENT)
        for position, one in enumerate(moved(order, order.index(document_id), step)):
            await Row.update({Row.position: position}).where(Row.id == UUID(one))


def keep(content: bytes, folder: Path) -> str:
    """Writes the bytes under their hash, on the disk before it returns; the same content is kept once."""
    digest = hashlib.sha256(content).hexdigest()
    target = folder / digest
    if not target.exists():
        folder.mkdir(parents=True, exist_ok=True)
        draft = folder / f".{digest}.{uuid4().hex}"
        with draft.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
    return digest


def from_row(row: dict[str, object]) -> Document:
    return Document(**{name: row[name] for name in Document.__struct_fields__} | {"id": str(row["id"])})  # type: ignore[arg-type]
