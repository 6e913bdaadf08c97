"""One's own account: password, language, API tokens, and who approves in one's place."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from server import passwords
from server.clock import Clock
from server.forms import other_language, typed, wrong_fields
from server.people import begin_session
from server.settings import Settings
from server.store import deputies, people, sign_in
from server.store.sign_in import Session
from server.web import LANGUAGES, page, see_other
from surveys.consultation import Person, Role
from surveys.particulars import read_day
from surveys.people import DEPUTY_NOT_YOURS, PASSWORD_WRONG, check_deputy, check_password
from surveys.problems import NotAllowed, Problem

Visit = Request[Any, Any, Any]


@get("/desk/account")
async def account(request: Visit, person: NamedDependency[Person], clock: NamedDependency[Clock]) -> Response[Any]:
    return await account_page(request, person, clock, form={}, problems=[])


async def account_page(
    request: Visit, person: Person, clock: Clock, *, form: dict[str, str], problems: list[Problem], token: str = "", status: int = 200
) -> Response[Any]:
    """`token` is shown now and never again."""
    own = await people.account(person.id, unit=person.unit, today=clock.today())
    colleagues = [each.person for each in await people.accounts(person.unit, today=clock.today()) if not each.disabled and each.person.id != person.id]
    return page(
        request, "official/people/account.html", status=status, form=form, wrong=wrong_fields(request, problems), token=token,
        tokens=await sign_in.tokens(person.id), colleagues=colleagues, deputies=await deputies.current(person.unit, today=clock.today()),
        approves=Role.APPROVER in own.own_roles, switch=other_language(request, "/desk/account"),
    )  # fmt: skip


@post("/desk/account/password")
async def change_password(request: Visit, person: NamedDependency[Person], clock: NamedDependency[Clock]) -> Response[Any]:
    """Every other session ends; this one goes on."""
    form = await typed(request)
    problems = check_password(form.get("password", ""), name=person.name, again=form.get("again", ""))
    if not await sign_in.check_password(person.id, form.get("current", "")):
        problems = [Problem(PASSWORD_WRONG, "current"), *problems]
    if problems:
        return await account_page(request, person, clock, form={}, problems=problems, status=422)
    version = await people.set_password(person.id, password_hash=await passwords.hashed(form["password"]), now=clock.now())
    begin_session(request, Session(person, version))
    return see_other(request, "/desk/account", said="Đã đổi mật khẩu; các thiết bị khác phải đăng nhập lại.")


@post("/desk/account/language")
async def change_language(request: Visit, person: NamedDependency[Person]) -> Response[Any]:
    wish = (await typed(request)).get("language", "")
    if wish in LANGUAGES:
        await people.set_language(person.id, wish)
    return see_other(request, f"/desk/account?lang={wish if wish in LANGUAGES else 'vi'}", said="Đã lưu ngôn ngữ.")


@post("/desk/account/tokens", status_code=200)
async def make_token(request: Visit, person: NamedDependency[Person], clock: NamedDependency[Clock], settings: NamedDependency[Settings]) -> Response[Any]:
    """Answered with the page itself, not with a way to it: the token is kept nowhere."""
    token = await sign_in.make_token(person.id, secret=settings.secret, now=clock.now())
    return await account_page(request, person, clock, form={}, problems=[], token=token)


@post("/desk/account/tokens/{token_id:str}/revoke")
async def revoke_token(request: Visit, token_id: FromPath[str], person: NamedDependency[Person], clock: NamedDependency[Clock]) -> Response[Any]:
    await sign_in.revoke_token(person.id, token_id, now=clock.now())
    return see_other(request, "/desk/account", said="Đã thu hồi mã truy cập.")


@post("/desk/account/deputies")
async def name_deputy(request: Visit, person: NamedDependency[Person], clock: NamedDependency[Clock]) -> Response[Any]:
    form = await typed(request)
    own = await people.account(person.id, unit=person.unit, today=clock.today())
    if Role.APPROVER not in own.own_roles:
        raise NotAllowed(DEPUTY_NOT_YOURS)
    colleagues = {each.person.id: each.person for each in await people.accounts(person.unit, today=clock.today()) if not each.disabled}
    problems: list[Problem] = []
    starts_on, ends_on = read_day(form, "starts_on", problems), read_day(form, "ends_on", problems)
    deputy = colleagues.get(form.get("deputy", ""))
    problems += check_deputy(person, deputy, own_roles=own.own_roles, starts_on=starts_on, ends_on=ends_on, today=clock.today())
    if problems or deputy is None or starts_on is None or ends_on is None:
        return await account_page(request, person, clock, form=form, problems=problems, status=422)
    await deputies.add(person.id, deputy=deputy.id, starts_on=starts_on, ends_on=ends_on, now=clock.now())
    named = {"name": deputy.full_name, "starts_on": starts_on, "ends_on": ends_on}
    return see_other(request, "/desk/account", said="Đã cử {name} phê duyệt thay từ {starts_on} đến hết {ends_on}.", **named)


@post("/desk/account/deputies/{deputy_id:uuid}/end")
async def end_deputy(request: Visit, deputy_id: FromPath[UUID], person: NamedDependency[Person], clock: NamedDependency[Clock]) -> Response[Any]:
    await deputies.end(deputy_id, person_id=person.id, now=clock.now())
    return see_other(request, "/desk/account", said="Đã thôi cử người làm thay.")


handlers: list[ControllerRouterHandler] = [account, change_password, change_language, make_token, revoke_token, name_deputy, end_deputy]
