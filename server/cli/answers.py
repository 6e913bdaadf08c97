"""`ydan report`, `export`, `import` and `verify`: the answers of a consultation, in and out, and whether they are what they were."""

import asyncio
import secrets
import sys
from pathlib import Path
from typing import Any

import click

from analysis import data, files, reading, sentences, snapshot, stored
from analysis.data import BadData
from analysis.frame import Frame
from server import counting
from server.cli.database import with_store
from server.clock import SystemClock
from server.intake import Intake, Submission
from server.settings import Settings
from server.store import answers, consultations, results, units
from surveys import lifecycle
from surveys.answers import check
from surveys.consultation import Channel, Consultation, State
from surveys.language import fold
from surveys.names import STATES
from surveys.problems import Code, Conflict, Problem, Refusal
from surveys.questionnaire import Questionnaire
from templates import next_words, sentence, words

CLOCK = SystemClock()
FORMATS = ("csv", "xlsx", "sav", "parquet", "json")
TAKEN = (Channel.PAPER, Channel.IMPORT)
VILLAGE = "village"
"""The column of an imported file that names villages."""

NOT_TAKING = Code(
    "not_taking", "Đợt này đang ở trạng thái “{state}”, không nhập câu trả lời được.", "Chỉ nhập được khi đợt đang mở hoặc đã đóng, chưa niêm phong."
)
BAD_ROWS = Code("bad_rows", "{n} dòng có chỗ sai; chưa nhập dòng nào.", "Sửa các dòng đó, hoặc thêm --skip-bad để chỉ nhập các dòng đúng.")
IMPORTED = Code("imported", "Đã nhập {n} phiếu; bỏ qua {bad} dòng.")
WRITTEN_TO = Code("written_to", "Đã ghi {file}.")
NOT_PUBLISHED = Code("not_published", "Đợt này chưa công bố nên chưa có dữ liệu mở.", "Công bố trước, hoặc bỏ --public.")
CHANGED = Code("snapshot_changed", "{slug}: dữ liệu trong cơ sở dữ liệu không còn đúng với bản đã niêm phong ({sha256}).")
MISSING_FILE = Code("snapshot_missing", "{slug}: thiếu tệp niêm phong {file}.")
VERIFIED = Code("verified", "Đã kiểm tra {n} đợt: còn nguyên vẹn.")

WrongRow = tuple[int, Problem]


@click.command()
@click.argument("slug")
@click.option("-o", "output", required=True, type=click.Path(path_type=Path, dir_okay=False), help="Tệp PDF để ghi.")
@click.option("--language", type=click.Choice(["vi", "en"]), default="vi", show_default=True, help="Ngôn ngữ của báo cáo.")
@click.option("--min-cell", type=click.IntRange(0), metavar="K", help="Không nêu số dưới K người (mặc định 5; 0 là nêu hết).")
def report(slug: str, output: Path, language: str, min_cell: int | None) -> None:
    """In báo cáo của đợt SLUG; trước khi niêm phong là bản tạm tính."""

    async def work(settings: Settings) -> bytes:
        consultation = await found(slug)
        counted = await counting.reports(consultation, settings, CLOCK, min_cell=min_cell)
        return await counting.council_pdf(consultation, counted.public, language)

    output.write_bytes(with_store(work))
    tell(WRITTEN_TO, file=str(output))


@click.command()
@click.argument("slug")
@click.option("--format", "form", required=True, type=click.Choice(FORMATS), help="Dạng tệp.")
@click.option("-o", "output", required=True, type=click.Path(path_type=Path, dir_okay=False), help="Tệp để ghi.")
@click.option("--public", is_flag=True, help="Chỉ các số liệu đã được bảo vệ, của đợt đã công bố.")
def export(slug: str, form: str, output: Path, public: bool) -> None:
    """Xuất các câu trả lời của đợt SLUG, mỗi phiếu một dòng, theo thứ tự ngẫu nhiên."""

    async def work(settings: Settings) -> bytes:
        consultation = await found(slug)
        if public:
            return await open_data(consultation, form, settings)
        frame = await frame_of(consultation, settings)
        return await asyncio.to_thread(files.answers_file, frame, form)

    output.write_bytes(with_store(work))
    tell(WRITTEN_TO, file=str(output))


async def open_data(consultation: Consultation, form: str, settings: Settings) -> bytes:
    """The protected tables. Raises Conflict before publication."""
    if consultation.state not in (State.PUBLISHED, State.ARCHIVED):
        raise Conflict(NOT_PUBLISHED)
    counted = await counting.reports(consultation, settings, CLOCK)
    return files.tables_file(counted.public, form)


async def frame_of(consultation: Consultation, settings: Settings) -> Frame:
    """The snapshot of a sealed consultation, else what is stored now."""
    frozen = await results.snapshot(consultation.id)
    return snapshot.read(settings.files / frozen.file) if frozen else await stored_frame(consultation)


async def stored_frame(consultation: Consultation) -> Frame:
    rows = [
        stored.Answer(one.answers, one.version, one.id.hex(), consultation.unit, one.village or "", one.channel, one.assistance)
        async for page in answers.answers(consultation.id)
        for one in page
    ]
    return stored.from_answers(await counting.asked(consultation), rows)


@click.command("import")
@click.argument("slug")
@click.argument("file", metavar="DATA", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--channel", type=click.Choice([channel.value for channel in TAKEN]), default=Channel.IMPORT.value, show_default=True, help="Các phiếu đến từ đâu."
)
@click.option("--encoding", help="Bảng mã của tệp CSV; mặc định là UTF-8.")
@click.option("--skip-bad", is_flag=True, help="Bỏ qua các dòng sai, nhập các dòng đúng.")
def import_answers(slug: str, file: Path, channel: str, encoding: str | None, skip_bad: bool) -> None:
    """Nhập câu trả lời từ tệp DATA (CSV hoặc XLSX) vào đợt SLUG, mỗi dòng một phiếu, kiểm tra như mọi phiếu."""
    content = read_file(file)

    async def work(settings: Settings) -> tuple[int, list[WrongRow]]:
        consultation = await found(slug)
        if consultation.state not in (State.OPEN, State.CLOSED):
            raise Conflict(NOT_TAKING, state=STATES[consultation.state])
        questionnaire = await consultations.questionnaire(consultation)
        names = {fold(village.name): village.id for village in await units.villages(consultation.unit)}
        good, wrong = checked(questionnaire, content, encoding, names)
        if wrong and not skip_bad:
            return 0, wrong
        await take(consultation, good, channel=Channel(channel), settings=settings)
        return len(good), wrong

    taken, wrong = with_store(work)
    for number, problem in wrong:
        click.echo(f"{file.name}:{number}: {problem.where}: {words(problem, 'vi')}", err=True)
    bad = len({number for number, _ in wrong})
    if wrong and not skip_bad:
        tell(BAD_ROWS, n=bad)
        click.echo(next_words(BAD_ROWS, "vi"), err=True)
        sys.exit(1)
    tell(IMPORTED, n=taken, bad=bad)


def read_file(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as wrong:
        raise BadData(sentences.NO_DATA_FILE, given=str(file), reason=wrong.strerror or "") from None


def checked(
    questionnaire: Questionnaire, content: bytes, encoding: str | None, villages: dict[str, str]
) -> tuple[list[tuple[dict[str, Any], str | None]], list[WrongRow]]:
    """(values, village) of each row that is right, and what is wrong with the others. A column `village` names villages."""
    table = data.read(content, encoding=encoding)
    named = table.columns.get(VILLAGE)
    good, wrong = [], []
    for place, (number, raw) in enumerate(reading.rows(questionnaire, table)):
        read = check(questionnaire, raw)
        village = villages.get(fold(str(named.values[named.codes[place]]))) if named is not None and named.codes[place] >= 0 else None
        wrong += [(number, problem) for problem in read.problems]
        if not read.problems:
            good.append((read.values, village))
    return good, wrong


async def take(consultation: Consultation, good: list[tuple[dict[str, Any], str | None]], *, channel: Channel, settings: Settings) -> None:
    intake = Intake(settings.secret, capacity=len(good) + 1)
    async with intake.running():
        await asyncio.gather(
            *(
                intake.submit(
                    Submission(
                        consultation=consultation, key=secrets.token_urlsafe(16), version=consultation.version, answers=values,
                        day=CLOCK.today(), village=village, channel=channel,
                    )
                )
                for values, village in good
            )
        )  # fmt: skip


@click.command()
@click.argument("slug", required=False)
def verify(slug: str | None) -> None:
    """Kiểm tra đợt SLUG, hoặc mọi đợt: bản niêm phong có đúng với cơ sở dữ liệu không."""

    async def work(settings: Settings) -> int:
        chosen = [await found(slug)] if slug else await consultations.sealed()
        for consultation in chosen:
            await verify_one(consultation, settings)
        return len(chosen)

    tell(VERIFIED, n=with_store(work))


async def verify_one(consultation: Consultation, settings: Settings) -> None:
    """Raises Refusal naming the first thing that is wrong."""
    frozen = await results.snapshot(consultation.id)
    if frozen is None:
        return
    if not (settings.files / frozen.file).is_file():
        raise Refusal(MISSING_FILE, slug=consultation.slug, file=frozen.file)
    read = snapshot.read(settings.files / frozen.file)
    now = snapshot.content_hash(await stored_frame(consultation))
    if {frozen.sha256} != {snapshot.content_hash(read), now}:
        raise Refusal(CHANGED, slug=consultation.slug, sha256=frozen.sha256)


async def found(slug: str) -> Consultation:
    """As the clock has it. Raises NotFound."""
    return lifecycle.at(await consultations.load(slug), CLOCK.now())


def tell(code: Code, **given: Any) -> None:
    click.echo(str(sentence(code.sentence, "vi", given)), err=True)
