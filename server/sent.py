"""Files of residents on the disk: taken in, handed out by officials' right, thrown away."""

import os
import shutil
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

from anyio import to_thread
from litestar.datastructures import UploadFile

from server.media import cleaned
from server.settings import Settings
from server.store import uploads
from server.store.uploads import Upload
from surveys.attachments import LARGEST_MB, TOO_MANY_FILES
from surveys.consultation import Consultation
from surveys.kinds import File
from surveys.kinds.file import FILE_ID
from surveys.problems import Busy

ANY_FILE = File(accepts=("image", "pdf", "office", "audio"), most_mb=LARGEST_MB)
ORPHAN_S = 3600
"""After so long a file without a row was left behind by a process that died."""


async def take(upload: UploadFile, *, consultation: Consultation, kind: File, settings: Settings, day: date) -> Upload:
    """Cleans the file and keeps it under an id of chance; its name is forgotten. Raises BadFile, TooLarge, Busy."""
    with tempfile.NamedTemporaryFile(prefix="ydan-sent-") as draft:
        size = 0
        while part := await upload.read(1_000_000):
            size += len(part)
            draft.write(part)
        draft.flush()
        clean = await cleaned(Path(draft.name), sorts=kind.accepts, most_mb=min(kind.most_mb, LARGEST_MB))
    made = await uploads.add(clean.content, consultation=consultation.id, media_type=clean.media_type, day=day)
    if made is None:
        raise Busy(TOO_MANY_FILES)
    await to_thread.run_sync(write, clean.content, settings.sent / made.id)
    return made


def write(content: bytes, target: Path) -> None:
    """Durable before it returns; the time on it tells nothing."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = target.with_name(f".{uuid4().hex}")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.utime(draft, (0, 0))
    draft.replace(target)


async def throw_away(ids: Sequence[str], settings: Settings) -> None:
    for one in ids:
        with suppress(FileNotFoundError):
            await to_thread.run_sync((settings.sent / one).unlink)


async def tidy(settings: Settings, *, today: date) -> None:
    """What nobody claimed for a day goes; what a sealed consultation keeps is written anew, in an order of chance."""
    await throw_away(await uploads.purge(today - timedelta(days=1)), settings)
    left = await to_thread.run_sync(left_behind, settings.sent)
    rows = await uploads.known(left)
    await throw_away([one for one in left if one not in rows], settings)
    waiting = await uploads.unsettled()
    for one in waiting:
        await to_thread.run_sync(renewed, settings.sent / one)
    if waiting:
        await uploads.settle(waiting)


def left_behind(folder: Path) -> list[str]:
    """Files whose row may be missing: not those that are just being written."""
    if not folder.exists():
        return []
    old = time.time() - ORPHAN_S
    return [file.name for file in folder.iterdir() if FILE_ID.fullmatch(file.name) and file.stat().st_ctime < old]


def renewed(path: Path) -> None:
    """The same bytes in a new file, whose own times are those of sealing."""
    with suppress(FileNotFoundError):
        draft = path.with_name(f".{uuid4().hex}")
        shutil.copyfile(path, draft)
        os.utime(draft, (0, 0))
        draft.replace(path)
