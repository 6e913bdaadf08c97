"""What was counted of a consultation: a Report for officials and one for everybody, and the papers made of it."""

import datetime
from collections.abc import Sequence
from uuid import UUID

import msgspec
from msgspec import Struct

from analysis.report import Report
from server.database import DB
from server.tables import Paper as PaperRow
from server.tables import Result, Snapshot
from surveys.consultation import Consultation, State

OFFICIAL = "official"
PUBLIC = "public"
AUDIENCES = (OFFICIAL, PUBLIC)


class Paper(Struct, frozen=True):
    """A PDF that was made; its bytes lie in `server.files` under `sha256`."""

    name: str
    language: str
    sha256: str
    bytes: int
    pages: int
    made_at: datetime.datetime


class Frozen(Struct, frozen=True):
    """The snapshot that sealing froze: a Parquet file under `file`, with the hash of its canonical content."""

    sha256: str
    file: str
    rows: int
    made_at: datetime.datetime


BASIS = """
SELECT md5(concat_ws('|',
    c.state IN ('sealed', 'published', 'archived'), c.version, c.details ->> 'reply', c.details ->> 'proposals', c.details ->> 'title',
    (SELECT concat(sum(answered), '-', sum(withdrawn)) FROM turnout t WHERE t.consultation = c.id),
    (SELECT string_agg(id::text, ',' ORDER BY id) FROM channel_total o WHERE o.consultation = c.id),
    (SELECT string_agg(concat(answer, question, released), ',' ORDER BY answer, question) FROM reading r WHERE r.consultation = c.id),
    (SELECT string_agg(concat(id, name, households, source, as_of), ',' ORDER BY id) FROM village v WHERE v.unit = c.unit AND NOT v.ended)
)), c.state FROM consultation c WHERE c.id = $1
"""
PUBLISHED = "published:"
"""How the basis of a count begins that no later change can touch."""


async def basis(consultation: str) -> str:
    """A print of everything that reports and papers are made of: they hold as long as it stays the same."""
    async with DB.connection() as connection:
        row = await connection.fetchrow(BASIS, UUID(consultation))
    return (PUBLISHED if row["state"] in ("published", "archived") else "") + str(row[0])


async def save_report(consultation: str, audience: str, report: Report, *, basis: str, now: datetime.datetime) -> None:
    """`basis`: as it was before the answers were read."""
    async with DB.connection() as connection:
        await connection.execute(
            "INSERT INTO result (consultation, audience, report, made_at, basis) VALUES ($1, $2, $3, $4, $5) "
            "ON CONFLICT (consultation, audience) DO UPDATE SET report = excluded.report, made_at = excluded.made_at, basis = excluded.basis",
            UUID(consultation), audience, msgspec.json.encode(report).decode(), now, basis,
        )  # fmt: skip


async def report(consultation: str, audience: str) -> Report | None:
    """The latest one counted, None before the first."""
    row = await Result.select(Result.report).where((Result.consultation == UUID(consultation)) & (Result.audience == audience)).first()
    return msgspec.json.decode(row["report"], type=Report) if row else None


async def counted(consultation: Consultation) -> bool:
    """Whether both reports, and so the papers, say what is stored now. Once published they stand, whatever changes in the unit."""
    rows = await Result.select(Result.basis).where(Result.consultation == UUID(consultation.id))
    bases = {row["basis"] for row in rows}
    if consultation.state in (State.PUBLISHED, State.ARCHIVED):
        return len(rows) == len(AUDIENCES) and all(each.startswith(PUBLISHED) for each in bases)
    return len(rows) == len(AUDIENCES) and bases == {await basis(consultation.id)}


async def save_paper(consultation: str, paper: Paper) -> None:
    async with DB.connection() as connection:
        await connection.execute(
            "INSERT INTO paper (consultation, name, language, file, sha256, bytes, pages, made_at) VALUES ($1, $2, $3, $4, $4, $5, $6, $7) "
            "ON CONFLICT (consultation, name, language) DO UPDATE SET file = excluded.file, sha256 = excluded.sha256, bytes = excluded.bytes, "
            "pages = excluded.pages, made_at = excluded.made_at",
            UUID(consultation), paper.name, paper.language, paper.sha256, paper.bytes, paper.pages, paper.made_at,
        )  # fmt: skip


async def papers(consultation: str) -> list[Paper]:
    return (await papers_of([consultation])).get(consultation, [])


async def papers_of(consultations: Sequence[str]) -> dict[str, list[Paper]]:
    """By consultation, Vietnamese before English."""
    found: dict[str, list[Paper]] = {}
    if consultations:
        ours = PaperRow.consultation.is_in([UUID(each) for each in consultations])
        for row in await PaperRow.select().where(ours).order_by(PaperRow.name).order_by(PaperRow.language, ascending=False):
            paper = Paper(row["name"], row["language"], row["sha256"], row["bytes"], row["pages"], row["made_at"])
            found.setdefault(str(row["consultation"]), []).append(paper)
    return found


async def save_snapshot(consultation: str, frozen: Frozen) -> None:
    """Once only: a sealed consultation has one snapshot for good, of two that count it at once the first one's."""
    async with DB.connection() as connection:
        await connection.execute(
            "INSERT INTO snapshot (consultation, sha256, file, rows, made_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
            UUID(consultation), frozen.sha256, frozen.file, frozen.rows, frozen.made_at,
        )  # fmt: skip


async def snapshot(consultation: str) -> Frozen | None:
    """None before sealing."""
    row = await Snapshot.select().where(Snapshot.consultation == UUID(consultation)).first()
    return Frozen(row["sha256"], row["file"], row["rows"], row["made_at"]) if row else None
