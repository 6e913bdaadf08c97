"""Between a request and its page: which language, which form fields, what to print, where to go next."""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from operator import itemgetter
from typing import Any
from urllib.parse import urlencode

import msgspec
from litestar import Request, Response
from litestar.datastructures import Cookie, UploadFile
from litestar.response import Redirect

from server.people import csrf_input
from server.settings import Settings
from server.statics import asset
from surveys.consultation import Person
from surveys.spread import via_of
from templates import render, sentence

LANGUAGES = ("vi", "en")
LANGUAGE_COOKIE = "ydan-language"
SAID_COOKIE = "ydan-said"
YEAR_S = 365 * 24 * 3600

Visit = Request[Any, Any, Any]


def page(
    request: Visit, template: str, /, *, status: int = 200, private: bool = False, headers: Mapping[str, str] | None = None, **context: Any
) -> Response[str]:
    """The template, printed for this request with what every layout needs. `private`: no cache may keep it."""
    who = person(request)
    given = {
        "asset": asset,
        "person": who,
        "unit": request.app.state.unit_names.get(who.unit, "") if who else "",
        "switch": switch(request),
        "said": said(request),
        "csrf_input": csrf_input(request),
        "path": request.url.path,
        "sample": False,
        **context,
    }
    answer = Response(render(template, language(request), **given), status_code=status, media_type="text/html", headers=dict(headers or {}))
    if is_official(request):
        answer.headers["Vary"] = "HX-Request"
        remember_language(request, answer)
        if given["said"]:
            answer.delete_cookie(SAID_COOKIE)
    if private or is_official(request):
        answer.headers["Cache-Control"] = "no-store"
    return answer


def see_other(request: Visit, url: str, *, said: str = "", **values: Any) -> Response[Any]:
    """303 to a page of ours, which then says this sentence once (`_` with its values). By htmx the whole page goes there."""
    answer: Response[Any] = Redirect(url, status_code=303)
    if request.headers.get("hx-request") and not request.headers.get("hx-boosted"):
        answer = Response(None, status_code=204, headers={"HX-Redirect": url})
    if said:
        answer.set_cookie(short_cookie(request, SAID_COOKIE, seal([said, values], settings(request)), max_age=60))
    return answer


async def form(request: Visit) -> dict[str, list[str]]:
    """Every field's values as text, in the order sent. NUL, which PostgreSQL cannot store, is dropped; files are `uploads`."""
    fields: dict[str, list[str]] = {}
    for name, value in (await request.form()).multi_items():
        if isinstance(value, str):
            fields.setdefault(name, []).append(value.replace("\0", ""))
    return fields


async def uploads(request: Visit, name: str) -> list[UploadFile]:
    """The files of this field that were really chosen."""
    return [value for field, value in (await request.form()).multi_items() if field == name and isinstance(value, UploadFile) and value.filename]


def language(request: Visit) -> str:
    """`?lang=` first; on official pages then the cookie it leaves, then the person's own; of the API its Accept-Language; else Vietnamese."""
    wishes = [request.query_params.get("lang")]
    if request.url.path.startswith("/api/"):
        wishes += accepted(request.headers.get("accept-language", ""))
    if is_official(request):
        who = person(request)
        wishes += [request.cookies.get(LANGUAGE_COOKIE), who.language if who else None]
    return next((wish for wish in wishes if wish in LANGUAGES), "vi")


def via(request: Visit) -> str:
    """The channel by whose link somebody came to a consultation; '' where by none."""
    return via_of(request.query_params.get("via"))


def accepted(header: str) -> list[str]:
    """Languages of an Accept-Language header without their regions, best first: "vi;q=0.4, en-GB" gives en, vi."""
    weighed = []
    for part in header[:200].split(","):
        language, _, weight = part.partition(";q=")
        try:
            weighed.append((-float(weight or 1), language.strip().partition("-")[0].lower()))
        except ValueError:
            continue
    return [language for _, language in sorted(weighed, key=itemgetter(0))]


def switch(request: Visit) -> str:
    """The same page in the other language."""
    query = [(name, value) for name, value in request.query_params.multi_items() if name != "lang"]
    other = "en" if language(request) == "vi" else "vi"
    return f"{request.url.path}?{urlencode([*query, ('lang', other)])}"


def person(request: Visit) -> Person | None:
    """Who is signed in; always None on pages of residents and where no route was found."""
    found = request.scope.get("user")
    return found if isinstance(found, Person) else None


def is_official(request: Visit) -> bool:
    """Whether the request came through a route of officials: only those have a session."""
    return "session" in request.scope


def remember_language(request: Visit, answer: Response[Any]) -> None:
    wish = request.query_params.get("lang")
    if wish in LANGUAGES:
        answer.set_cookie(short_cookie(request, LANGUAGE_COOKIE, wish, max_age=YEAR_S))


def short_cookie(request: Visit, name: str, value: str, *, max_age: int) -> Cookie:
    return Cookie(key=name, value=value, path="/", max_age=max_age, httponly=True, secure=settings(request).secure, samesite="lax")


def said(request: Visit) -> str:
    """What the page before wanted said here, in the language of this one; '' where nothing, or nothing of ours."""
    if not is_official(request):
        return ""
    opened = unseal(request.cookies.get(SAID_COOKIE, ""), settings(request))
    return str(sentence(opened[0], language(request), opened[1])) if opened else ""


def settings(request: Visit) -> Settings:
    found: Settings = request.app.state.settings
    return found


def seal(content: Any, known: Settings) -> str:
    body = base64.urlsafe_b64encode(msgspec.json.encode(content))
    return f"{body.decode()}.{proof(body, known)}"


def unseal(sealed: str, known: Settings) -> tuple[str, dict[str, Any]] | None:
    body, _, given = sealed.partition(".")
    if not body or not hmac.compare_digest(given.encode(), proof(body.encode(), known).encode()):
        return None
    return msgspec.json.decode(base64.urlsafe_b64decode(body), type=tuple[str, dict[str, Any]])


def proof(body: bytes, known: Settings) -> str:
    return hmac.new(known.secret, b"said:" + body, hashlib.sha256).hexdigest()[:32]
