"""The one place where an exception becomes an answer: a page, or problem JSON (RFC 9457) under /api."""

from functools import cache
from pathlib import Path
from typing import Any

import asyncpg
import msgspec
from litestar import Request, Response
from litestar.exceptions import HTTPException
from litestar.types import ExceptionHandlersMap

import templates
from server import sentences
from server.database import DatabaseAwayError
from server.logs import frames, log
from server.web import is_official, language, page
from surveys.problems import Code, Invalid, Problem, Refusal
from templates import next_words, words

Visit = Request[Any, Any, Any]

CODES = {
    404: sentences.NO_PAGE,
    405: sentences.NO_METHOD,
    408: sentences.TOO_SLOW,
    413: sentences.TOO_LARGE,
    415: sentences.UNREADABLE_TYPE,
    429: sentences.TOO_MANY_REQUESTS,
    503: sentences.UNAVAILABLE,
}
AWAY = (DatabaseAwayError, asyncpg.PostgresConnectionError, asyncpg.InsufficientResourcesError, asyncpg.OperatorInterventionError, asyncpg.InterfaceError)
"""PostgreSQL is away, restarting or out of room: the request may succeed a moment later."""

RETRY_AFTER = {"Retry-After": "5"}


class Failure(Refusal):
    """A refusal made of a status and a sentence, for what no rule of ours refused."""

    def __init__(self, status: int, code: Code, **given: Any) -> None:
        super().__init__(code, **given)
        self.status = status


def refused(request: Visit, refusal: Refusal) -> Response[Any]:
    return answer(request, refusal)


def unroutable(request: Visit, error: HTTPException) -> Response[Any]:
    """What Litestar itself refuses: no such page, wrong method, a value of the wrong type, a body too large."""
    code = CODES.get(error.status_code, sentences.BAD_REQUEST if error.status_code < 500 else sentences.UNAVAILABLE)
    return answer(request, Failure(error.status_code, code, method=request.method), headers=error.headers or {})


def away(request: Visit, error: Exception) -> Response[Any]:
    log.error("database away", **frames(error))
    return answer(request, Failure(503, sentences.UNAVAILABLE), headers=RETRY_AFTER)


def nested(request: Visit, error: Exception) -> Response[Any]:
    """JSON nested deeper than a program can read."""
    log.warning("nested too deeply", **frames(error))
    return answer(request, Failure(400, sentences.BAD_REQUEST))


def bug(request: Visit, error: Exception) -> Response[Any]:
    log.error("bug", **frames(error))
    return answer(request, Failure(500, sentences.BUG, request_id=request_id(request)))


def answer(request: Visit, refusal: Refusal, *, headers: dict[str, str] | None = None) -> Response[Any]:
    if request.url.path.startswith("/api/"):
        return problem_json(request, refusal, headers or {})
    return page(
        request, template(refusal.status), status=refusal.status, private=True, headers=headers,
        code=refusal.code.id, sentence=words(refusal, language(request)), next=next_words(refusal, language(request)),
        problems=problems(request, refusal), request_id=request_id(request), official=is_official(request), home="/", place="",
    )  # fmt: skip


def problem_json(request: Visit, refusal: Refusal, headers: dict[str, str]) -> Response[bytes]:
    told = language(request)
    content: dict[str, Any] = {
        "type": "about:blank",
        "title": words(refusal, told),
        "status": refusal.status,
        "detail": next_words(refusal, told),
        "code": refusal.code.id,
        "instance": f"urn:ydan:request:{request_id(request)}",
    }
    if isinstance(refusal, Invalid):
        content["problems"] = problems(request, refusal)
    return Response(
        msgspec.json.encode(content), status_code=refusal.status, media_type="application/problem+json", headers={"Cache-Control": "no-store", **headers}
    )


def problems(request: Visit, refusal: Refusal) -> list[dict[str, str]]:
    """Each problem of what was given: its code, the field, what is wrong and what to do."""
    found: list[Problem] = refusal.problems if isinstance(refusal, Invalid) else []
    told = language(request)
    return [{"code": one.code.id, "where": one.where, "message": str(words(one, told)), "next": str(next_words(one, told))} for one in found]


def request_id(request: Visit) -> str:
    return str(request.scope["state"].get("request_id", ""))


@cache
def template(status: int) -> str:
    """`errors/404.html` where there is a page for this status, else `errors/error.html`."""
    own = f"errors/{status}.html"
    return own if (Path(templates.__file__).parent / own).exists() else "errors/error.html"


HANDLERS: ExceptionHandlersMap = {Refusal: refused, HTTPException: unroutable, RecursionError: nested, Exception: bug, **dict.fromkeys(AWAY, away)}
