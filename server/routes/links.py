"""The short address that people type from a poster or follow from Zalo: counted by channel, then on to the plan."""

import re
from typing import Any

from litestar import HttpMethod, Request, Response, route
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from server.clock import Clock
from server.routes.frame import suffix
from server.store import consultations, links
from server.web import language, page
from surveys import spread
from surveys.consultation import Consultation
from surveys.problems import NotFound

Visit = Request[Any, Any, Any]

PREVIEWERS = re.compile(
    r"facebookexternalhit|facebookcatalog|facebot|meta-external|zalobot|zalo-?crawler|whatsapp|telegrambot|twitterbot|slackbot|discordbot|linkedinbot|skypeuripreview"
    r"|viberbot|googlebot|google-inspectiontool|bingbot|coccocbot|applebot|yandexbot|petalbot|bytespider|gptbot",
    re.IGNORECASE,
)
"""Programs that look at an address for its picture, or to index it, and say so. Never “bot” alone: there are phones named CUBOT."""


@route("/s/{typed:str}", http_method=[HttpMethod.GET, HttpMethod.HEAD], include_in_schema=False)
async def short_link(request: Visit, typed: FromPath[str], clock: NamedDependency[Clock]) -> Response[Any]:
    code, via = spread.read(typed)
    try:
        consultation = await consultations.public(await links.slug_of(code), clock.now())
    except NotFound:
        return nowhere(request, typed)
    if is_person(request):
        await links.count_opening(consultation.id, via, clock.today())
    return Redirect(onward(request, consultation, via), status_code=302, headers={"Cache-Control": "no-store"})


def onward(request: Visit, consultation: Consultation, via: str) -> str:
    """The plan, in the language asked for, by the channel that the address names."""
    query = "&".join(part for part in (suffix(request, ""), f"via={via}" if via else "") if part)
    return f"/c/{consultation.slug}{'?' if query else ''}{query}"


def is_person(request: Visit) -> bool:
    """Whether this looks like somebody who opens a page: only they are counted. Nobody is refused."""
    ahead = request.headers.get("sec-purpose", "") + request.headers.get("purpose", "") + request.headers.get("x-moz", "")
    return request.method == "GET" and "prefetch" not in ahead and not PREVIEWERS.search(request.headers.get("user-agent", "")[:400])


def nowhere(request: Visit, typed: str) -> Response[Any]:
    """No such code: what was typed, and the way to the ward by its name."""
    other = "vi" if language(request) == "en" else "en"
    shown: dict[str, Any] = {"given": typed[:20], "home": f"/{suffix(request)}", "lang": suffix(request), "switch": f"?lang={other}", "place": ""}
    return page(request, "resident/no_link.html", status=404, private=True, **shown)


handlers = [short_link]
