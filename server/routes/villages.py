"""The villages of a unit with their households: typed into a table, or imported from a workbook, with source and day."""

import asyncio
import tempfile
from itertools import zip_longest
from pathlib import Path
from typing import Any

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.types import ControllerRouterHandler

from server.clock import Clock
from server.forms import other_language, typed, wrong_fields
from server.people import only
from server.store import units
from server.uploads import read_villages as read_workbook
from server.web import form as fields_of
from server.web import page, see_other, uploads
from surveys import rights
from surveys.consultation import Person
from surveys.formats.taken import Unreadable
from surveys.particulars import read_day, read_line
from surveys.problems import FILE_MISSING, Problem
from surveys.rewording import Doubts
from surveys.units import Village
from surveys.villages import SOURCE_NEEDED, VillageTable, read_villages

Visit = Request[Any, Any, Any]
Line = tuple[str, str, str]
"""Where in the form, the name, the number of households: as typed."""

KEEPERS = [only(rights.may_manage_villages)]
FILE_LIMIT = 11 * 1024 * 1024
FREE_LINES = 5


@get("/desk/villages")
async def villages(request: Visit, person: NamedDependency[Person]) -> Response[Any]:
    """Everybody of the unit may read it."""
    kept = await units.villages(person.unit)
    return villages_page(request, person, lines=[line_of(place, village) for place, village in enumerate(kept)], form=source_of(kept), problems=[])


@post("/desk/villages", guards=KEEPERS)
async def save_villages(request: Visit, person: NamedDependency[Person], clock: NamedDependency[Clock]) -> Response[Any]:
    """The list becomes what the table holds: a line made empty ends that village."""
    form, fields = await typed(request), await fields_of(request)
    counts = fields.get("households", [])
    lines = [(f"line-{place}", name, count) for place, (name, count) in enumerate(zip_longest(fields.get("name", []), counts, fillvalue=""))]
    return await taken(request, person, clock, table=read_villages(lines), form=form, lines=lines)


@post("/desk/villages/file", guards=KEEPERS, request_max_body_size=FILE_LIMIT)
async def import_villages(request: Visit, person: NamedDependency[Person], clock: NamedDependency[Clock]) -> Response[Any]:
    form, sent = await typed(request), await uploads(request, "file")
    kept = await units.villages(person.unit)
    lines = [line_of(place, village) for place, village in enumerate(kept)]
    if not sent:
        return villages_page(request, person, lines=lines, form=form, problems=[Problem(FILE_MISSING, "file")], status=422)
    try:
        table = await read_upload(await sent[0].read(), sent[0].filename)
    except Unreadable as refusal:
        return villages_page(request, person, lines=lines, form=form, problems=[Problem(refusal.code, "file", refusal.given)], status=422)
    return await taken(request, person, clock, table=table, form=form, lines=lines)


async def taken(request: Visit, person: Person, clock: Clock, *, table: VillageTable, form: dict[str, str], lines: list[Line]) -> Response[Any]:
    """Kept as a whole, or with a problem not at all."""
    problems: Doubts = list(table.problems)
    source, as_of = read_line(form, "source", problems), read_day(form, "as_of", problems)
    if not source:
        problems.append(Problem(SOURCE_NEEDED, "source"))
    if problems or as_of is None:
        return villages_page(request, person, lines=lines, form=form, problems=problems, status=422)
    kept = await units.replace_villages(person.unit, table.rows, source=source, as_of=as_of, by=person.id, now=clock.now())
    return see_other(request, "/desk/villages", said="Đã lưu {n} thôn, tổ.", n=len(kept))


def villages_page(request: Visit, person: Person, *, lines: list[Line], form: dict[str, str], problems: list[Problem], status: int = 200) -> Response[Any]:
    """With some free lines below. Problems of a workbook have a table of their own: their places are none of the page."""
    here = {"", "file", "source", "as_of", *(where for where, _, _ in lines)}
    free = [(f"line-{place}", "", "") for place in range(len(lines), len(lines) + FREE_LINES)]
    return page(
        request, "official/people/villages.html", status=status, lines=[*lines, *free], form=form,
        wrong=wrong_fields(request, [problem for problem in problems if problem.where in here]),
        takings=[problem for problem in problems if problem.where not in here],
        may_keep=rights.may_manage_villages(person, person.unit), switch=other_language(request, "/desk/villages"),
    )  # fmt: skip


def line_of(place: int, village: Village) -> Line:
    return f"line-{place}", village.name, "" if village.households is None else str(village.households)


def source_of(kept: list[Village]) -> dict[str, str]:
    """What the form begins with: who said so, and as of which day, for the list as it is."""
    last = max(kept, key=lambda village: village.as_of.isoformat() if village.as_of else "", default=None)
    return {"source": last.source, "as_of": last.as_of.isoformat() if last.as_of else ""} if last else {}


async def read_upload(content: bytes, name: str) -> VillageTable:
    """Raises Unreadable."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        return await asyncio.to_thread(read_workbook, Path(file.name), name=name)


handlers: list[ControllerRouterHandler] = [villages, save_villages, import_villages]
