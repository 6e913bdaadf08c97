"""Who asks: officials by a session cookie, programs by a bearer token, and what their roles open.

A session holds a person's id and session version, both checked in the database at each request. Resident routes have none.
"""

import ipaddress
import secrets
from collections.abc import Callable, Coroutine, Sequence
from typing import Any
from urllib.parse import quote, urlsplit

from cryptography.exceptions import InvalidTag
from litestar import Request, Response, Router
from litestar.config.csrf import CSRFConfig
from litestar.connection import ASGIConnection
from litestar.datastructures import Cookie
from litestar.di import Provide
from litestar.exceptions import PermissionDeniedException, SerializationException
from litestar.handlers import BaseRouteHandler
from litestar.middleware import DefineMiddleware
from litestar.middleware.csrf import CSRFMiddleware
from litestar.middleware.session.client_side import ClientSideSessionBackend, CookieBackendConfig
from litestar.response import Redirect
from litestar.types import ControllerRouterHandler, Receive, Scope, Send
from litestar.utils.scope.state import ScopeState
from markupsafe import Markup

from server.settings import Settings
from server.store import people
from server.store.sign_in import Session, keyed, token_owner
from surveys.consultation import Person
from surveys.people import sign_in_name
from surveys.problems import Code, NotAllowed, Refusal
from surveys.refusals import NOT_YOUR_RIGHT

SIGN_IN_NEEDED = Code("sign_in_needed", "Cần đăng nhập để xem trang này.", "Đăng nhập rồi thử lại.")
TOKEN_NEEDED = Code("token_needed", "Thiếu mã truy cập API, hoặc mã không còn dùng được.", "Gửi tiêu đề Authorization: Bearer với một mã còn hiệu lực.")
FORM_NOT_OURS = Code("form_not_ours", "Biểu mẫu này không đến từ trang đang mở, hoặc đã mở quá lâu.", "Quay lại, tải lại trang rồi gửi lại.")

SESSION_LASTS_S = 12 * 3600
DEVICE_LASTS_S = 365 * 24 * 3600
OPEN_DOOR = {"open_door": True}
"""`opt` of the few official routes that need nobody signed in."""

Guard = Callable[[ASGIConnection[Any, Any, Any, Any], BaseRouteHandler], Coroutine[Any, Any, None]]


class NotSignedIn(Refusal):
    """Nobody is known to ask, or not any more."""

    status = 401


def officials(settings: Settings, handlers: Sequence[ControllerRouterHandler]) -> Router:
    """Routes of officials: signed in unless OPEN_DOOR, forms sent from our own pages only, nothing kept by browsers or caches."""
    return Router(
        "/",
        route_handlers=handlers,
        middleware=[sessions(settings).middleware, DefineMiddleware(OwnFormsOnly, config=own_forms(settings))],
        guards=[somebody],
        dependencies={"person": Provide(asking)},
        exception_handlers={NotSignedIn: to_sign_in},
        after_request=keep_nowhere,
        include_in_schema=False,
    )


async def keep_nowhere(answer: Response[Any]) -> Response[Any]:
    """For what no page of ours is: files."""
    answer.headers["Cache-Control"] = "no-store"
    return answer


async def somebody(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """Finds who asks, once a request. Raises NotSignedIn where the route needs somebody."""
    session = connection.session
    found = None
    if {"person", "version"} <= session.keys():
        found = await people.in_session(session["person"], session["version"], today=connection.app.state.clock.today())
    if session and found is None:
        connection.clear_session()
    connection.scope["user"] = found
    if found is None and not handler.opt.get("open_door"):
        raise NotSignedIn(SIGN_IN_NEEDED)


async def asking(request: Request[Any, Any, Any]) -> Person | None:
    """The dependency `person`: never None but on an OPEN_DOOR."""
    found: Person | None = request.scope["user"]
    return found


def only(may: Callable[[Person, str], bool]) -> Guard:
    """Guard of a route for those who `may` (a right of surveys.rights) in their own unit. Raises NotAllowed."""

    async def guard(connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler) -> None:
        person: Person = connection.scope["user"]
        if not may(person, person.unit):
            raise NotAllowed(NOT_YOUR_RIGHT)

    return guard


async def caller(request: Request[Any, Any, Any]) -> Person:
    """The dependency of API routes that need somebody. Raises NotSignedIn without a token that works."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    state = request.app.state
    found = await token_owner(token.strip(), secret=state.settings.secret, today=state.clock.today()) if scheme.lower() == "bearer" else None
    if found is None:
        raise NotSignedIn(TOKEN_NEEDED)
    return found


def to_sign_in(request: Request[Any, Any, Any], _: NotSignedIn) -> Response[Any]:
    """303 to the sign-in page and back; a fragment asked for by htmx makes the whole page go there."""
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    target = f"/sign-in?next={quote(here if request.method == 'GET' else '/desk', safe='/')}"
    if request.headers.get("hx-request"):
        return Response(None, status_code=401, headers={"HX-Redirect": f"/sign-in?next={quote(page_behind(request), safe='/')}"})
    return Redirect(target, status_code=303)


def page_behind(request: Request[Any, Any, Any]) -> str:
    """Path of the page that an htmx request came from."""
    shown = urlsplit(request.headers.get("hx-current-url", ""))
    return safe_next(shown.path + (f"?{shown.query}" if shown.query else ""))


def safe_next(target: str) -> str:
    """Where to go after signing in: a path of ours, /desk for anything else."""
    local = target.startswith("/") and not target.startswith(("//", "/sign-")) and "\\" not in target and target.isprintable()
    return target if local and len(target) <= 500 and not urlsplit(target).netloc else "/desk"


def begin_session(request: Request[Any, Any, Any], session: Session) -> None:
    """Whatever the browser brought along is dropped."""
    request.set_session({"person": session.person.id, "version": session.version})


class SessionBackend(ClientSideSessionBackend):
    """Litestar's, but a cookie that is not ours is no session instead of an error."""

    def __deepcopy__(self, _: dict[int, Any]) -> "SessionBackend":
        """Itself: Litestar copies a router with its middleware, and the cipher cannot be copied."""
        return self

    def load_data(self, data: list[bytes]) -> dict[str, Any]:
        try:
            found = super().load_data(data)
        except (InvalidTag, SerializationException, ValueError, KeyError, TypeError):
            return {}
        return found if isinstance(found, dict) else {}


class SessionConfig(CookieBackendConfig):
    _backend_class = SessionBackend


def sessions(settings: Settings) -> SessionConfig:
    return SessionConfig(
        secret=keyed(settings.secret, "session"), key=cookie_name(settings, "ydan"), max_age=SESSION_LASTS_S, secure=settings.secure, samesite="lax"
    )


class OwnFormsOnly(CSRFMiddleware):
    """Litestar's check against forged forms, refusing in our words."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        except PermissionDeniedException as error:
            raise NotAllowed(FORM_NOT_OURS) from error


def own_forms(settings: Settings) -> CSRFConfig:
    secret = keyed(settings.secret, "forms").hex()
    return CSRFConfig(secret=secret, cookie_name=cookie_name(settings, "ydan-form"), cookie_secure=settings.secure, cookie_httponly=True)


def csrf_input(request: Request[Any, Any, Any]) -> Markup:
    """The hidden field of every official form; empty on pages of residents."""
    token = ScopeState.from_scope(request.scope).csrf_token
    return Markup('<input type="hidden" name="_csrf_token" value="{}">').format(token) if isinstance(token, str) else Markup("")


def cookie_name(settings: Settings, name: str) -> str:
    """With https under a name that no other host of the domain can set."""
    return f"__Host-{name}" if settings.secure else name


def source_of_try(request: Request[Any, Any, Any], name: str, *, secret: bytes) -> bytes:
    """What counts a try at this name: the device where it has signed in before, else the address."""
    name = sign_in_name(name)
    device = known_device(request, name, secret=secret)
    return keyed(secret, "try", name, "device", device) if device else keyed(secret, "try", name, "address", network(request))


def network(request: Request[Any, Any, Any]) -> str:
    """The client's address; of IPv6 the half that one subscriber holds."""
    host = request.client.host if request.client else ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    return host if address.version == 4 else str(ipaddress.ip_network((int(address) >> 64 << 64, 64)).network_address)


def known_device(request: Request[Any, Any, Any], name: str, *, secret: bytes) -> str:
    """The id of this device if it has signed in under this name, else ''."""
    device, _, proof = request.cookies.get(device_cookie_name(name, secret=secret), "").partition(".")
    expected = keyed(secret, "device", name, device).hex()
    return device if device and secrets.compare_digest(proof.encode(), expected.encode()) else ""


def device_cookie(request: Request[Any, Any, Any], name: str, *, settings: Settings) -> Cookie:
    """Remembers that this device signed in under this name; it opens nothing."""
    name = sign_in_name(name)
    device = known_device(request, name, secret=settings.secret) or secrets.token_urlsafe(16)
    value = f"{device}.{keyed(settings.secret, 'device', name, device).hex()}"
    key = device_cookie_name(name, secret=settings.secret)
    return Cookie(key=key, value=value, path="/sign-in", max_age=DEVICE_LASTS_S, secure=settings.secure, httponly=True, samesite="lax")


def device_cookie_name(name: str, *, secret: bytes) -> str:
    return f"ydan-device-{keyed(secret, 'device name', name).hex()[:12]}"
