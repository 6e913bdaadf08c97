"""The people of a unit, kept by its administrator: accounts, roles, one-time links."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from server.clock import Clock
from server.forms import other_language, typed, wrong_fields
from server.people import only
from server.settings import Settings
from server.store import deputies, people, sign_in
from server.store.people import Account
from server.web import form as fields_of
from server.web import page, see_other
from surveys import rights
from surveys.consultation import Person, Role
from surveys.names import ROLES
from surveys.people import ADMIN_NEEDED, ROLE_WORK, check_name, read_roles
from surveys.problems import Conflict, Problem

Visit = Request[Any, Any, Any]
ADMINS = [only(rights.may_manage_people)]


@get("/desk/people", guards=ADMINS)
async def colleagues(request: Visit, person: NamedDependency[Person], clock: NamedDependency[Clock]) -> Response[Any]:
    accounts = await people.accounts(person.unit, today=clock.today())
    standing_in = await deputies.current(person.unit, today=clock.today())
    return page(request, "official/people/list.html", accounts=accounts, deputies=standing_in, roles=ROLES)


@get("/desk/people/new", guards=ADMINS)
async def new_colleague(request: Visit) -> Response[Any]:
    return edit_page(request, None, form={}, chosen=[], problems=[])


@post("/desk/people/new", guards=ADMINS)
async def create_colleague(request: Visit, person: NamedDependency[Person], clock: NamedDependency[Clock]) -> Response[Any]:
    form, chosen = await typed(request), (await fields_of(request)).get("roles", [])
    roles, problems = read_roles(chosen)
    problems = [*check_name(form.get("name", "")), *check_full_name(form), *problems]
    if not problems:
        try:
            made = await people.create(form["name"], unit=person.unit, roles=roles, full_name=form.get("full_name", ""), by=person.id, now=clock.now())
            return see_other(request, f"/desk/people/{made.id}", said="Đã lập tài khoản {name}. Gửi cho họ một liên kết đăng nhập.", name=made.name)
        except Conflict as taken:
            problems = [Problem(taken.code, "name", taken.given)]
    return edit_page(request, None, form=form, chosen=chosen, problems=problems, status=422)


@get("/desk/people/{colleague:uuid}", guards=ADMINS)
async def colleague_page(request: Visit, colleague: FromPath[UUID], person: NamedDependency[Person], clock: NamedDependency[Clock]) -> Response[Any]:
    theirs = await people.account(str(colleague), unit=person.unit, today=clock.today())
    return edit_page(request, theirs, form={"full_name": theirs.person.full_name}, chosen=list(theirs.own_roles), problems=[])


@post("/desk/people/{colleague:uuid}", guards=ADMINS)
async def change_colleague(request: Visit, colleague: FromPath[UUID], person: NamedDependency[Person], clock: NamedDependency[Clock]) -> Response[Any]:
    theirs = await people.account(str(colleague), unit=person.unit, today=clock.today())
    form, chosen = await typed(request), (await fields_of(request)).get("roles", [])
    roles, problems = read_roles(chosen)
    if theirs.person.id == person.id and Role.ADMIN not in roles:
        problems.append(Problem(ADMIN_NEEDED, "roles"))
    problems = [*check_full_name(form), *problems]
    if problems:
        return edit_page(request, theirs, form=form, chosen=chosen, problems=problems, status=422)
    full_name = form.get("full_name", "").strip() or theirs.person.full_name
    await people.change(theirs.person.id, unit=person.unit, roles=roles, full_name=full_name, by=person.id, now=clock.now())
    return see_other(request, "/desk/people", said="Đã lưu {name}.", name=full_name)


@post("/desk/people/{colleague:uuid}/disable", guards=ADMINS)
async def disable_colleague(request: Visit, colleague: FromPath[UUID], person: NamedDependency[Person], clock: NamedDependency[Clock]) -> Response[Any]:
    theirs = await people.account(str(colleague), unit=person.unit, today=clock.today())
    if theirs.person.id == person.id:
        raise Conflict(ADMIN_NEEDED)
    await people.disable(theirs.person.id, unit=person.unit, by=person.id, now=clock.now())
    return see_other(request, "/desk/people", said="Đã khóa tài khoản {name}; họ bị đăng xuất ngay.", name=theirs.person.full_name)


@post("/desk/people/{colleague:uuid}/enable", guards=ADMINS)
async def enable_colleague(request: Visit, colleague: FromPath[UUID], person: NamedDependency[Person], clock: NamedDependency[Clock]) -> Response[Any]:
    theirs = await people.account(str(colleague), unit=person.unit, today=clock.today())
    await people.enable(theirs.person.id, unit=person.unit, by=person.id, now=clock.now())
    return see_other(request, "/desk/people", said="Đã mở lại tài khoản {name}.", name=theirs.person.full_name)


@post("/desk/people/{colleague:uuid}/link", status_code=200, guards=ADMINS)
async def make_link(
    request: Visit, colleague: FromPath[UUID], person: NamedDependency[Person], clock: NamedDependency[Clock], settings: NamedDependency[Settings]
) -> Response[Any]:
    """Answered with the page itself, not with a way to it: the link is kept nowhere."""
    theirs = await people.account(str(colleague), unit=person.unit, today=clock.today())
    if theirs.disabled:
        raise Conflict(people.IS_DISABLED, name=theirs.person.name)
    link = await sign_in.make_link(theirs.person.id, secret=settings.secret, now=clock.now(), by=person.id)
    return edit_page(
        request, theirs, form={"full_name": theirs.person.full_name}, chosen=list(theirs.own_roles), problems=[], link=f"{settings.base_url}/sign-in/{link}"
    )


def edit_page(
    request: Visit, theirs: Account | None, *, form: dict[str, str], chosen: list[Any], problems: list[Problem], link: str = "", status: int = 200
) -> Response[Any]:
    """`theirs` None: somebody new. `link` is shown now and never again."""
    here = f"/desk/people/{theirs.person.id}" if theirs else "/desk/people/new"
    return page(
        request, "official/people/edit.html", status=status, theirs=theirs, form=form, chosen=chosen, wrong=wrong_fields(request, problems),
        link=link, action=here, roles=ROLES, work=ROLE_WORK, switch=other_language(request, here),
    )  # fmt: skip


def check_full_name(form: dict[str, str]) -> list[Problem]:
    """It may be left out."""
    return check_name(form["full_name"], where="full_name") if form.get("full_name", "").strip() else []


handlers: list[ControllerRouterHandler] = [
    colleagues, new_colleague, create_colleague, colleague_page, change_colleague, disable_colleague, enable_colleague, make_link,
]  # fmt: skip
