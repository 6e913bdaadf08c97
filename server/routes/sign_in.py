"""In and out: by password, by a one-time link, and the end of every session."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from server import passwords, people
from server.clock import Clock
from server.forms import other_language, typed, wrong_fields
from server.people import OPEN_DOOR
from server.settings import Settings
from server.store import people as stored
from server.store import sign_in
from server.store.sign_in import Session, TooManyTries
from server.web import page, see_other
from server.web import person as somebody
from surveys.consultation import Person
from surveys.people import NAME_NEEDED, PASSWORD_NEEDED, check_password
from surveys.problems import NotAllowed, Problem

Visit = Request[Any, Any, Any]


@get("/sign-in", opt=OPEN_DOOR)
async def sign_in_page(request: Visit) -> Response[Any]:
    target = people.safe_next(request.query_params.get("next", ""))
    if somebody(request):
        return see_other(request, target)
    return page(request, "official/people/sign_in.html", form={"next": target}, wrong={})


@post("/sign-in", opt=OPEN_DOOR)
async def sign_in_by_password(request: Visit, clock: NamedDependency[Clock], settings: NamedDependency[Settings]) -> Response[Any]:
    form = await typed(request)
    name, password = form.get("name", ""), form.get("password", "")
    blank = [Problem(code, field) for field, value, code in (("name", name, NAME_NEEDED), ("password", password, PASSWORD_NEEDED)) if not value.strip()]
    if blank:
        return sign_in_again(request, form, blank)
    source = people.source_of_try(request, name, secret=settings.secret)
    try:
        session = await sign_in.sign_in(name, password, source=source, now=clock.now())
    except TooManyTries as slowed:
        return sign_in_again(request, form, [Problem(slowed.code, "", slowed.given)], status=429, headers={"Retry-After": str(slowed.given["seconds"])})
    except NotAllowed as refused:
        return sign_in_again(request, form, [Problem(refused.code, "name")])
    return let_in(request, session, people.safe_next(form.get("next", "")), settings=settings)


def sign_in_again(request: Visit, form: dict[str, str], problems: list[Problem], *, status: int = 422, headers: dict[str, str] | None = None) -> Response[Any]:
    kept = {"name": form.get("name", ""), "next": people.safe_next(form.get("next", ""))}
    return page(
        request, "official/people/sign_in.html", status=status, headers=headers, form=kept, wrong=wrong_fields(request, problems),
        switch=other_language(request, "/sign-in"),
    )  # fmt: skip


def let_in(request: Visit, session: Session, target: str, *, settings: Settings) -> Response[Any]:
    """A session of its own, whatever the browser brought along; this device is known from now on."""
    people.begin_session(request, session)
    answer = see_other(request, target)
    answer.set_cookie(people.device_cookie(request, session.person.name, settings=settings))
    return answer


@get("/sign-in/{link:str}", opt=OPEN_DOOR)
async def link_page(request: Visit, link: FromPath[str], clock: NamedDependency[Clock], settings: NamedDependency[Settings]) -> Response[Any]:
    owner = await sign_in.link_owner(link, secret=settings.secret, now=clock.now())
    return page(request, "official/people/new_password.html", owner=owner, link=link, wrong={})


@post("/sign-in/{link:str}", opt=OPEN_DOOR)
async def sign_in_by_link(request: Visit, link: FromPath[str], clock: NamedDependency[Clock], settings: NamedDependency[Settings]) -> Response[Any]:
    owner = await sign_in.link_owner(link, secret=settings.secret, now=clock.now())
    form = await typed(request)
    problems = check_password(form.get("password", ""), name=owner.name, again=form.get("again", ""))
    if problems:
        return page(request, "official/people/new_password.html", status=422, owner=owner, link=link, wrong=wrong_fields(request, problems))
    password_hash = await passwords.hashed(form["password"])
    session = await sign_in.use_link(link, password_hash=password_hash, secret=settings.secret, now=clock.now())
    return let_in(request, session, "/desk", settings=settings)


@post("/sign-out")
async def sign_out(request: Visit, person: NamedDependency[Person]) -> Response[Any]:
    """Ends all sessions of this person, so that a cookie somebody copied ends too."""
    await stored.end_sessions(person.id)
    request.clear_session()
    return see_other(request, "/sign-in", said="Đã đăng xuất trên mọi thiết bị.")


handlers: list[ControllerRouterHandler] = [sign_in_page, sign_in_by_password, link_page, sign_in_by_link, sign_out]
