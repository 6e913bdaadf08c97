"""What every page of one consultation tells its residents: the ward, the way home, the same page in the other language."""

from typing import Any

from litestar import Request

from server.statics import asset
from server.web import language, settings, via
from surveys.consultation import Consultation

Visit = Request[Any, Any, Any]


def suffix(request: Visit, mark: str = "?") -> str:
    """Carries the language along a link: residents have no cookie for it."""
    return f"{mark}lang=en" if language(request) == "en" else ""


def carried(request: Visit, *, spoken: str) -> str:
    """The query that goes along from page to page of one consultation: the language and the channel."""
    pairs = [("lang", spoken if spoken == "en" else ""), ("via", via(request))]
    query = "&".join(f"{name}={value}" for name, value in pairs if value)
    return f"?{query}" if query else ""


def frame(request: Visit, consultation: Consultation, *, back: str | None = None, trial: str = "") -> dict[str, Any]:
    """`back`: the page that the language switch leads to, where this one is the answer to a form. `trial`: the token of a trial run."""
    path = back or request.url.path
    return {
        "asset": asset,
        "consultation": consultation,
        "place": request.app.state.unit_names.get(consultation.unit, ""),
        "home": f"/?unit={consultation.unit}{suffix(request, '&')}",
        "lang": carried(request, spoken=language(request)),
        "switch": path + carried(request, spoken="vi" if language(request) == "en" else "en"),
        "sample": consultation.sample,
        "picture": f"{settings(request).base_url}/c/{consultation.slug}/preview.png{suffix(request)}",
        "base": base_of(consultation, trial),
        "kept_as": trial or consultation.id,
        "trial": bool(trial),
    }


def base_of(consultation: Consultation, trial: str = "") -> str:
    """The address that the form and its pages stand under."""
    return f"/thu/{trial}" if trial else f"/c/{consultation.slug}"
