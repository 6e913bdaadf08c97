"""Pages that are the same for everybody: printed once, compressed once, kept in memory, answered with an ETag."""

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Any

import brotli
from litestar import Request, Response
from msgspec import Struct

from server.statics import accepted
from server.web import via

KEPT = 300
"""Pages at most; the one unused for longest goes first."""


class Pressed(Struct, frozen=True):
    etag: str
    plain: bytes
    encoded: dict[str, bytes]


pages: OrderedDict[Any, Pressed] = OrderedDict()


HTML, JSON = "text/html; charset=utf-8", "application/json"


async def press(request: Request[Any, Any, Any], key: Any, make: Callable[[], Awaitable[str]], media_type: str = HTML) -> Response[bytes]:
    """The page under `key`, which must name everything that it shows; made where it is not kept. Each channel's links are its own."""
    key = (via(request), key)
    if key not in pages:
        pages[key] = pressed(await make())
        if len(pages) > KEPT:
            pages.popitem(last=False)
    pages.move_to_end(key)
    return answer(request, pages[key], media_type)


def pressed(html: str) -> Pressed:
    plain = html.encode()
    encoded = {"br": brotli.compress(plain, quality=9), "gzip": gzip.compress(plain, 9, mtime=0)}
    return Pressed(f'"{hashlib.sha256(plain).hexdigest()[:20]}"', plain, encoded)


def answer(request: Request[Any, Any, Any], page: Pressed, media_type: str = HTML) -> Response[bytes]:
    """`no-cache`: a browser keeps it, and asks each time whether it still holds."""
    headers = {"ETag": page.etag, "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
    if page.etag in request.headers.get("if-none-match", ""):
        return Response(b"", status_code=304, headers=headers, media_type=media_type)
    encoding = accepted(request, page.encoded)
    if encoding:
        headers["Content-Encoding"] = encoding
    return Response(page.encoded.get(encoding, page.plain), headers=headers, media_type=media_type)
