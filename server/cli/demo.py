"""`ydan demo`: the sample ward plays one whole consultation; its papers go to out/; then it is served."""

import asyncio
import secrets
from pathlib import Path

import click
from msgspec import structs

from server.cli.database import with_store
from server.cli.serve import serve
from server.clock import SystemClock
from server.settings import Settings, from_environment

CLOCK = SystemClock()
OUT = Path("out")
ADDRESS = "http://127.0.0.1:8000"


@click.command()
@click.option("--once", is_flag=True, help="Chỉ tạo các văn bản trong out/, không chạy trang web.")
@click.pass_context
def demo(context: click.Context, once: bool) -> None:
    """Chạy trọn một đợt lấy ý kiến với dữ liệu mẫu, ghi văn bản vào out/, rồi mở trang web để xem thử."""
    click.echo("Dữ liệu mẫu: chuẩn bị cơ sở dữ liệu, người dùng, ba đợt lấy ý kiến…", err=True)
    with_store(play)
    click.echo(f"Văn bản đã ghi vào {OUT}/: {', '.join(sorted(file.name for file in OUT.iterdir()))}", err=True)
    if not once:
        click.echo(guide(), err=True)
        context.invoke(serve)


async def play(settings: Settings) -> None:
    """Makes the sample ward where it is not there yet, counts its consultations and writes the papers of the published one."""
    from server import counting
    from server.demo import life, ward
    from server.store import consultations
    from surveys.consultation import State

    now = CLOCK.now()
    cast = life.Cast(await ward.settle(password(settings.data), now=now), settings, now)
    found = [one for one in await consultations.public_list(ward.UNIT, now) if one.sample]
    done = next((one for one in found if one.state == State.PUBLISHED), None)
    if done is None:
        done = await life.published(cast)
        await life.opened(cast)
        await life.waiting(cast)
    await counting.count(done.id, settings, CLOCK)
    await write(settings, done.id)


async def write(settings: Settings, consultation: str) -> None:
    """The council paper in both languages and tallies.json of a counted consultation."""
    from analysis.exports import tallies_json
    from server.store import results

    await asyncio.to_thread(OUT.mkdir, exist_ok=True)
    for paper in await results.papers(consultation):
        content = await asyncio.to_thread((settings.files / paper.sha256).read_bytes)
        await asyncio.to_thread((OUT / f"{paper.name}.{paper.language}.pdf").write_bytes, content)
    report = await results.report(consultation, results.PUBLIC)
    if report is not None:
        await asyncio.to_thread((OUT / "tallies.json").write_bytes, tallies_json(report))


def password(data: Path) -> str:
    """One for all sample people, made once for this installation: nobody else's demo can be entered with it."""
    file = data / "demo-password"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(9))
    return file.read_text().strip()


def guide() -> str:
    """Where each kind of person goes and how they sign in."""
    from server.demo.ward import STAFF
    from surveys.names import ROLES

    settings = structs.replace(from_environment(), base_url=ADDRESS)
    lines = [
        "",
        f"Người dân:           {ADDRESS}/            (không cần đăng nhập)",
        *(f"{', '.join(ROLES[role].sentence for role in one.roles):<45} {ADDRESS}{one.goes_to:<12} tên {one.name}" for one in STAFF),
        f"Đăng nhập tại {ADDRESS}/sign-in, mật khẩu chung của dữ liệu mẫu: {password(settings.data)}",
        "",
    ]
    return "\n".join(lines)
