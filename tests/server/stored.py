"""A consultation in a database beside the command line, whose clock is the real one: its days lie around today."""

import asyncio
import datetime
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from click.testing import CliRunner, Result

from server import counting
from server.cli import main
from server.clock import SystemClock
from server.database import DB
from server.settings import Settings, from_environment
from server.store import people, units
from server.store.units import VillageRow
from surveys.consultation import Consultation, Role, State
from surveys.questionnaire import Questionnaire
from tests.server import asked

VILLAGES = ("Tổ 1", "Tổ 2")


class Desk:
    """One consultation, `made` when the fixture asks for it, and the commands over its database."""

    def __init__(self, database_url: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("DATABASE_URL", database_url)
        monkeypatch.setenv("YDAN_DATA", str(folder / "data"))
        monkeypatch.setenv("YDAN_LOG", "error")
        self.folder = folder

    @property
    def settings(self) -> Settings:
        return from_environment()

    def run(self, *words: str | Path) -> Result:
        return CliRunner().invoke(main, [str(word) for word in words], prog_name="ydan")

    def store(self, work: Callable[[asyncpg.Pool], Awaitable[Any]]) -> Any:
        async def within() -> Any:
            DB.point(self.settings.database_url)
            async with DB.open(size=4) as pool:
                return await work(pool)

        return asyncio.run(within())

    def sql(self, statement: str, *given: Any) -> Any:
        return self.store(lambda pool: pool.fetchval(statement, *given))

    def make(self, questionnaire: Questionnaire = asked.QUESTIONNAIRE, **changes: Any) -> Consultation:
        now = SystemClock().now()
        today = SystemClock().today()
        days = {"opens_on": today - datetime.timedelta(days=5), "closes_on": today + datetime.timedelta(days=20)}

        async def work(pool: asyncpg.Pool) -> Consultation:
            author = await people.create_or_change("author", unit=asked.WARD, roles=[Role.AUTHOR], full_name="Soạn", now=now)
            rows = [VillageRow(name, 40, "tổ dân phố") for name in VILLAGES]
            await units.replace_villages(asked.WARD, rows, source="UBND", as_of=today, by=author.id, now=now)
            return await asked.asked(pool, author, now, questionnaire=questionnaire, **days | changes)

        return self.store(work)

    def bring(self, consultation: Consultation, state: State) -> None:
        """Sealed as sealing does it, with the answers rewritten; everything else just so."""

        async def work(pool: asyncpg.Pool) -> None:
            from server.store import answers

            await pool.execute(
                "UPDATE consultation SET state = $2, closes_on = least(closes_on, current_date - 1) WHERE slug = $1", consultation.slug, state.value
            )
            if state in counting.SEALED:
                await answers.rewrite(consultation.id)

        self.store(work)

    def count(self, consultation: Consultation) -> None:
        """The background job, at once."""
        self.store(lambda _: counting.count(consultation.id, self.settings, SystemClock()))


@pytest.fixture
def desk(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(database_url, tmp_path, monkeypatch)
