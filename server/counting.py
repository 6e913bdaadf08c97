"""Counting a consultation beside the web: its answers to a child process, its reports and papers back into the store."""

import asyncio
import subprocess
import sys
import tempfile
import time
from hashlib import sha256
from pathlib import Path

import msgspec
from anyio import to_thread

from analysis import papers
from analysis.job import Counted, Decision, Job
from analysis.papers import CouncilPaper
from analysis.papers.child import environment
from analysis.report import OtherChannel, Report
from server import pdf
from server.clock import Clock
from server.settings import Settings
from server.store import answers, consultations, questionnaires, queue, readings, results, totals, units
from server.store.results import OFFICIAL, PUBLIC, Frozen, Paper
from surveys import lifecycle
from surveys.channels import Total
from surveys.consultation import Consultation, State
from surveys.editions import Amended, amended
from surveys.problems import STILL_COUNTING, Busy
from surveys.questionnaire import Questionnaire

COUNT = "count"
"""The job's name in the queue."""

LANGUAGES = ("vi", "en")
SEALED = (State.SEALED, State.PUBLISHED, State.ARCHIVED)
WITHIN_S = 600
WITHIN_MB = 8000
POLL_S = 0.2
WAIT_S = 20.0


async def count(consultation_id: str, settings: Settings, clock: Clock) -> None:
    """The job: the council paper in both languages and both reports; the snapshot too, once it is sealed. The reports, saved last, vouch for the papers."""
    basis = await results.basis(consultation_id)
    consultation = lifecycle.at(await consultations.by_id(consultation_id), clock.now())
    counted = await reports(consultation, settings, clock)
    await asyncio.gather(*(print_paper(consultation, counted.public, language, settings=settings, clock=clock) for language in LANGUAGES))
    for audience, report in ((OFFICIAL, counted.official), (PUBLIC, counted.public)):
        await results.save_report(consultation.id, audience, report, basis=basis, now=clock.now())


async def reports(consultation: Consultation, settings: Settings, clock: Clock, *, min_cell: int | None = None) -> Counted:
    """What the answers say now; of a sealed consultation what its snapshot says, which is made here the first time."""
    frozen = await results.snapshot(consultation.id)
    with tempfile.TemporaryDirectory(dir=settings.data, prefix="counting-") as folder:
        new = Path(folder) / "snapshot.parquet"
        job = await job_of(consultation)
        if min_cell is not None:
            job = msgspec.structs.replace(job, min_cell=min_cell)
        if frozen is not None:
            job = msgspec.structs.replace(job, frozen=str(settings.files / frozen.file))
        else:
            job = msgspec.structs.replace(job, answers=str(await written(consultation, Path(folder))), freeze=str(new) if consultation.state in SEALED else "")
        counted = await to_thread.run_sync(in_child, job)
        if job.freeze:
            await keep_snapshot(consultation, new, counted, settings=settings, clock=clock)
    return counted


async def job_of(consultation: Consultation) -> Job:
    villages = await units.villages(consultation.unit)
    names = await units.village_names(consultation.unit)
    others = [other_channel(total) for total in await totals.listed(consultation.id)]
    decided = [Decision(answer, question, released) for (answer, question), released in (await readings.decisions(consultation.id)).items()]
    return Job(
        questionnaires=await asked(consultation),
        title=consultation.title,
        villages=tuple(villages),
        former={village: name for village, name in names.items() if village not in {each.id for each in villages}},
        others=tuple(others),
        decided=tuple(decided),
        provisional=consultation.state not in SEALED,
    )


def other_channel(total: Total) -> OtherChannel:
    counts: dict[str, dict[str, int | None]] = {question: {**options} for question, options in total.counts.items()}
    return OtherChannel(total.channel.value, total.owner, total.village, counts, total.people, total.held_on.isoformat() if total.held_on else "")


async def asked(consultation: Consultation) -> dict[int, Questionnaire]:
    """The questionnaire now, and every earlier version that somebody answered."""
    versions = {consultation.version, *await answers.versions(consultation.id)}
    return {version: await questionnaires.questionnaire(consultation, version=version) for version in sorted(versions)}


async def amendments(consultation: Consultation) -> dict[str, tuple[Amended, ...]]:
    """What was changed while it was open, by question."""
    if len(consultation.editions) < 2:
        return {}
    opened = lifecycle.open_versions(consultation)
    return amended(consultation.editions, {version: await questionnaires.questionnaire(consultation, version=version) for version in opened})


async def written(consultation: Consultation, folder: Path) -> Path:
    """The stored answers as JSON lines."""
    file = folder / "answers.jsonl"
    with file.open("wb") as lines:
        async for page in answers.answers(consultation.id):
            for stored in page:
                row = {"id": stored.id.hex(), "unit": consultation.unit, "village": stored.village or "", "version": stored.version}
                line = msgspec.json.encode({**row, "channel": stored.channel, "assistance": stored.assistance, "answers": stored.answers})
                lines.write(line + b"\n")
    return file


def in_child(job: Job) -> Counted:
    """Raises CalledProcessError or TimeoutExpired; the job is then tried again."""
    command = [sys.executable, "-P", "-m", "analysis.counting", str(WITHIN_S), str(WITHIN_MB)]
    done = subprocess.run(command, input=msgspec.json.encode(job), capture_output=True, timeout=WITHIN_S * 2, env=environment(), check=True)
    return msgspec.json.decode(done.stdout, type=Counted)


async def keep_snapshot(consultation: Consultation, made: Path, counted: Counted, *, settings: Settings, clock: Clock) -> None:
    name = f"{counted.data_hash}.parquet"
    await to_thread.run_sync(lambda: made.replace(settings.files / name))
    await answers.vacuum()
    await results.save_snapshot(consultation.id, Frozen(counted.data_hash, name, counted.rows, clock.now()))


async def print_paper(consultation: Consultation, report: Report, language: str, *, settings: Settings, clock: Clock) -> None:
    content = await council_pdf(consultation, report, language)
    name = sha256(content).hexdigest()
    await to_thread.run_sync((settings.files / name).write_bytes, content)
    pages = await to_thread.run_sync(lambda: pdf.pages_of(content, name="report.pdf"))
    await results.save_paper(consultation.id, Paper("report", language, name, len(content), pages, clock.now()))


async def council_pdf(consultation: Consultation, report: Report, language: str) -> bytes:
    """The council paper. Raises PaperFailed."""
    paper = CouncilPaper(
        consultation=consultation,
        questionnaire=await questionnaires.questionnaire(consultation),
        report=report,
        unit=await units.unit(consultation.unit),
        language=language,
        software=papers.software(),
        amended=await amendments(consultation),
    )
    return await to_thread.run_sync(lambda: papers.make_council(paper))


async def wanted(consultation: Consultation) -> bool:
    """Whether the reports are there and say what is stored; if not, they are being made from now on."""
    if await results.counted(consultation):
        return True
    await queue.enqueue(COUNT, consultation=consultation.id, occasion="wanted")
    return False


async def ready(consultation: Consultation, *, within_s: float = WAIT_S) -> None:
    """Waits for the reports and papers. Raises Busy where they take longer."""
    until = time.monotonic() + within_s
    while not await wanted(consultation):
        if time.monotonic() > until:
            raise Busy(STILL_COUNTING)
        await asyncio.sleep(POLL_S)


async def report(consultation: Consultation, audience: str) -> Report:
    """The latest report. Raises Busy before the first one."""
    found = await results.report(consultation.id, audience)
    if found is None:
        raise Busy(STILL_COUNTING)
    return found
