"""Posters, letters and preview pictures, made when somebody asks and kept on the disk under a print of all that they show."""

import asyncio
import hashlib
from functools import cache
from importlib.resources import files
from pathlib import Path
from uuid import uuid4

from anyio import CapacityLimiter, to_thread

from analysis import papers
from analysis.papers import leaflets
from analysis.papers.leaflets import AnyLeaflet, Card
from server.settings import Settings

KEPT = 500
"""Files; the oldest go first. Whatever is gone is made again."""

AT_ONCE = 2
"""Children that make papers for one web worker: each takes about a second and 150 MB."""

WITHIN_S = 30
WITHIN_MB = 1024

making: dict[str, asyncio.Lock] = {}
limiters: dict[asyncio.AbstractEventLoop, CapacityLimiter] = {}


async def made(paper: AnyLeaflet, settings: Settings) -> bytes:
    """The PDF, or the PNG of a card. Many who ask at once for the same one wait for one child. Raises PaperFailed."""
    folder = settings.data / "leaflets"
    name = f"{digest(paper)}.{'png' if isinstance(paper, Card) else 'pdf'}"
    async with making.setdefault(name, asyncio.Lock()):
        try:
            kept = await to_thread.run_sync(read, folder / name)
            if kept is None:
                kept = await to_thread.run_sync(make, paper, folder / name, limiter=limiter())
        finally:
            making.pop(name, None)
    return kept


def limiter() -> CapacityLimiter:
    return limiters.setdefault(asyncio.get_running_loop(), CapacityLimiter(AT_ONCE))


def digest(paper: AnyLeaflet) -> str:
    """Changes with every word that the paper shows, and with what draws it."""
    return hashlib.sha256(look() + next(leaflets.tries(paper)).encode()).hexdigest()[:32]


@cache
def look() -> bytes:
    """A print of the templates and the program."""
    drawn = sorted(file.name for file in (files("templates") / "paper").iterdir() if file.name.endswith((".html", ".css")))
    parts = [(files("templates") / "paper" / name).read_bytes() for name in drawn]
    return hashlib.sha256(b"\0".join([papers.software().encode(), *parts])).digest()


def read(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None


def make(paper: AnyLeaflet, file: Path) -> bytes:
    content = papers.make(paper, timeout_s=WITHIN_S, memory_mb=WITHIN_MB)
    file.parent.mkdir(mode=0o700, exist_ok=True)
    draft = file.with_name(f".{uuid4().hex}")
    draft.write_bytes(content)
    draft.replace(file)
    prune(file.parent)
    return content


def prune(folder: Path) -> None:
    """Another process may prune at the same time: what is gone is gone."""
    known = [file for file in folder.iterdir() if not file.name.startswith(".")]
    if len(known) > KEPT:
        for file in sorted(known, key=written)[: len(known) - KEPT]:
            file.unlink(missing_ok=True)


def written(file: Path) -> float:
    try:
        return file.stat().st_mtime
    except FileNotFoundError:
        return 0.0
