"""The outermost layer: every request passes it, also one that no route knows. It believes a proxy only when told to,
sets the security headers, writes one line to the log and counts."""

import asyncio
import time
from ipaddress import ip_address
from typing import Any
from uuid import uuid4

import structlog
from litestar.datastructures import MutableScopeHeaders
from litestar.exceptions import ClientException
from litestar.types import ASGIApp, Message, Receive, Send

from server import metrics
from server.logs import frames, log
from server.settings import Network, Settings

BODY_TIMEOUT_S = 30.0
"""A client that sends nothing of its body for so long is dropped."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self' blob:; connect-src 'self'; frame-src 'self'; "
    "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(self), geolocation=(self), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
HTTPS_ONLY = {"Strict-Transport-Security": "max-age=31536000"}


class TooSlow(ClientException):
    status_code = 408


class Gate:
    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.proxies = settings.trusted_proxies
        self.headers = {**HEADERS, **(HTTPS_ONLY if settings.secure else {})}

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id = uuid4().hex[:12]
        scope["state"]["request_id"] = request_id
        believe(scope, self.proxies)
        began = time.perf_counter()
        status = 500

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                self.dress(message, request_id)
            await send(message)

        with structlog.contextvars.bound_contextvars(request=request_id):
            try:
                await self.app(scope, in_time(receive), answer)
            except Exception as error:
                log.error("unanswered", **frames(error))
                raise
            finally:
                self.report(scope, status, time.perf_counter() - began)

    def dress(self, message: Any, request_id: str) -> None:
        message.setdefault("headers", [])
        headers = MutableScopeHeaders.from_message(message)
        for name, value in self.headers.items():
            headers.setdefault(name, value)
        headers["X-Request-ID"] = request_id

    def report(self, scope: Any, status: int, seconds: float) -> None:
        """The route's pattern is told, not the path: that may hold a receipt."""
        route = str(scope.get("path_template") or "-")
        metrics.observe(scope["method"], route, status, seconds)
        log.info("answered", method=scope["method"], route=route, status=status, ms=round(seconds * 1000, 1))


def believe(scope: Any, proxies: tuple[Network, ...]) -> None:
    """Takes client, scheme and host from X-Forwarded-* where the peer is a trusted proxy; drops those headers in any case."""
    given = {name: value.decode("latin-1") for name, value in scope["headers"] if name.startswith(b"x-forwarded-")}
    if not given:
        return
    kept = [(name, value) for name, value in scope["headers"] if not name.startswith(b"x-forwarded-")]
    client = scope.get("client")
    if client is not None and trusted(client[0], proxies):
        scope["client"] = (first_stranger(given.get(b"x-forwarded-for", ""), proxies) or client[0], 0)
        if given.get(b"x-forwarded-proto") in {"http", "https"}:
            scope["scheme"] = given[b"x-forwarded-proto"]
        if given.get(b"x-forwarded-host"):
            kept = [(name, value) for name, value in kept if name != b"host"] + [(b"host", given[b"x-forwarded-host"].encode("latin-1"))]
    scope["headers"] = kept


def first_stranger(forwarded: str, proxies: tuple[Network, ...]) -> str:
    """The last address of X-Forwarded-For that is not one of our proxies: what stands before it anybody may have written."""
    hops = [hop.strip() for hop in forwarded.split(",") if hop.strip()]
    return next((hop for hop in reversed(hops) if not trusted(hop, proxies)), "")


def trusted(address: str, proxies: tuple[Network, ...]) -> bool:
    try:
        known = ip_address(address)
    except ValueError:
        return False
    return any(known in network for network in proxies)


def in_time(receive: Receive) -> Receive:
    """Receiving the body, each part of it within BODY_TIMEOUT_S. Waiting for the client to leave may take as long as it likes."""
    whole = False

    async def next_part() -> Any:
        nonlocal whole
        if whole:
            return await receive()
        try:
            async with asyncio.timeout(BODY_TIMEOUT_S):
                message = await receive()
        except TimeoutError as error:
            raise TooSlow("the body came too slowly") from error
        whole = message["type"] != "http.request" or not message.get("more_body", False)
        return message

    return next_part
