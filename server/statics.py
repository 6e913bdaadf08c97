"""The built files of server/static: addressed by their content, so that a browser keeps them for a year; compressed once."""

import gzip
import hashlib
from functools import cache
from pathlib import Path
from typing import Any

import brotli
from litestar import MediaType, Request, Response, get
from litestar.params import FromPath
from msgspec import Struct

from surveys.problems import Code, NotFound

STATIC = Path(__file__).parent / "static"
TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
NO_FILE = Code("no_file", "Không có tệp này.")


class Static(Struct, frozen=True):
    """One file with its compressed forms, smallest first, by Content-Encoding."""

    media_type: str
    digest: str
    plain: bytes
    encoded: dict[str, bytes]


@cache
def files() -> dict[str, Static]:
    return {path.name: load(path) for path in sorted(STATIC.iterdir()) if path.suffix in TYPES}


def load(path: Path) -> Static:
    content = path.read_bytes()
    return Static(TYPES[path.suffix], hashlib.sha256(content).hexdigest()[:12], content, encodings(content))


def encodings(content: bytes) -> dict[str, bytes]:
    return {"br": brotli.compress(content), "gzip": gzip.compress(content, 9, mtime=0)}


def asset(name: str) -> str:
    """The address of a built file; it changes with its content."""
    return f"/static/{name}?{files()[name].digest}"


def accepted(request: Request[Any, Any, Any], encoded: dict[str, bytes]) -> str:
    """The first of these encodings that the browser takes, else an empty string."""
    offered = request.headers.get("accept-encoding", "")
    return next((name for name in encoded if name in offered), "")


@get("/static/{name:str}", media_type=MediaType.TEXT, include_in_schema=False, sync_to_thread=False)
def static_file(request: Request[Any, Any, Any], name: FromPath[str]) -> Response[bytes]:
    file = files().get(name)
    if file is None:
        raise NotFound(NO_FILE)
    encoding = accepted(request, file.encoded)
    headers = {"Cache-Control": cache_control(request, file), "Vary": "Accept-Encoding", "ETag": f'"{file.digest}"'}
    if encoding:
        headers["Content-Encoding"] = encoding
    return Response(file.encoded.get(encoding, file.plain), media_type=file.media_type, headers=headers)


def cache_control(request: Request[Any, Any, Any], file: Static) -> str:
    if request.scope.get("query_string", b"").decode() == file.digest:
        return "public, max-age=31536000, immutable"
    return "public, max-age=300"
