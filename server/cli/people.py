"""`ydan official` and `ydan token`: the first person of an installation, and keys for programs."""

import sys

import click

from server import passwords, sentences
from server.cli.database import with_store
from server.clock import SystemClock
from server.settings import Settings
from server.store import people, sign_in
from surveys.consultation import Role
from surveys.people import check_name, check_password
from surveys.problems import Invalid, NotFound, Refusal
from templates import next_words, words

CLOCK = SystemClock()


@click.command()
@click.argument("name")
@click.option("--unit", required=True, metavar="CODE", help="Mã đơn vị, ví dụ 20209.")
@click.option("--role", "roles", required=True, multiple=True, type=click.Choice([role.value for role in Role]), help="Vai trò; nhắc lại để thêm vai trò.")
@click.option("--full-name", metavar="TEXT", help="Họ và tên.")
@click.option("--password-stdin", is_flag=True, help="Lấy mật khẩu từ dòng đầu của stdin; không có thì in liên kết đăng nhập dùng một lần.")
def official(name: str, unit: str, roles: tuple[str, ...], full_name: str | None, password_stdin: bool) -> None:
    """Tạo người dùng NAME, hoặc đổi đơn vị và vai trò của người đó.

    Mật khẩu yếu vẫn được nhận ở đây, kèm một lời nhắc; trên trang web thì không.
    """
    password = first_line() if password_stdin else None
    problems = check_name(name)
    if problems:
        raise Invalid(problems)
    for problem in check_password(password, name=name) if password is not None else []:
        click.echo(f"{words(problem, 'vi')} {next_words(problem, 'vi')}", err=True)

    async def work(settings: Settings) -> str:
        hashed = await passwords.hashed(password) if password is not None else None
        chosen = [Role(role) for role in roles]
        person = await people.create_or_change(name, unit=unit, roles=chosen, now=CLOCK.now(), full_name=full_name, password_hash=hashed)
        if password is not None:
            return ""
        return f"{settings.base_url}/sign-in/{await sign_in.make_link(person.id, secret=settings.secret, now=CLOCK.now())}"

    link = with_store(work)
    if link:
        click.echo(link)


def first_line() -> str:
    line = sys.stdin.readline().rstrip("\r\n")
    if not line:
        raise Refusal(sentences.NO_PASSWORD_GIVEN)
    return line


@click.command()
@click.argument("name")
def token(name: str) -> None:
    """In một mã truy cập API với các quyền của NAME. Mã chỉ hiện một lần."""

    async def work(settings: Settings) -> str:
        account = await people.by_name(name, today=CLOCK.today())
        if account is None or account.disabled:
            raise NotFound(sentences.NO_PERSON_NAMED, given=name)
        return await sign_in.make_token(account.person.id, secret=settings.secret, now=CLOCK.now())

    click.echo(with_store(work))
