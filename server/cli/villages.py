"""`ydan villages`: the denominators of every share, from a workbook."""

import datetime
import sys
from pathlib import Path

import click

from server.cli.database import with_store
from server.clock import SystemClock
from server.settings import Settings
from server.store import units
from server.uploads import read_villages
from surveys.problems import Problem
from surveys.units import Village
from templates import next_words, words

CLOCK = SystemClock()


@click.command()
@click.argument("unit")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--source", metavar="TEXT", help="Nguồn của số hộ; mặc định là tên tệp.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d", "%d/%m/%Y"]), help="Số hộ tính đến ngày này; mặc định là hôm nay.")
def villages(unit: str, file: Path, source: str | None, as_of: datetime.datetime | None) -> None:
    """Thay danh sách thôn, tổ dân phố của đơn vị UNIT bằng danh sách trong FILE.xlsx.

    Cần một cột tên (“Thôn, tổ”) và một cột số hộ (“Số hộ”). Có dòng sai thì nêu hết các dòng đó và không nhập gì.
    """
    table = read_villages(file)
    if table.problems:
        for problem in table.problems:
            click.echo(line(file, problem), err=True)
        sys.exit(1)
    day = as_of.date() if as_of else CLOCK.today()

    async def work(_: Settings) -> list[Village]:
        return await units.replace_villages(unit, table.rows, source=source or file.name, as_of=day, by=None, now=CLOCK.now())

    saved = with_store(work)
    known = [village.households for village in saved if village.households is not None]
    click.echo(f"{len(saved)} thôn, tổ; {sum(known)} hộ" + (f"; {len(saved) - len(known)} nơi chưa có số hộ" if len(known) < len(saved) else ""))


def line(file: Path, problem: Problem) -> str:
    where = f"{file.name}:{problem.where}" if problem.where else file.name
    return f"{where}: {problem.code.id}: {words(problem, 'vi')} {next_words(problem, 'vi')}".rstrip()
