"""`ydan report`, `export` and `import`: the answers of a consultation, in and out."""

import asyncio
import secrets
import sys
from pathlib import Path
from typing import Any

import click
from msgspec import Struct, structs
from rich.console import Console
from rich.progress import track

from analysis import data, files, reading, sentences, snapshot, stored
from analysis.data import BadData
from analysis.frame import Frame
from analysis.matching import match
from server import counting
from server.cli.database import with_store
from server.clock import SystemClock
from server.database import DB
from server.intake import BATCH, Submission, entry_of
from server.settings import Settings
from server.store import answers, consultations, questionnaires, results, units
from surveys import lifecycle
from surveys.answers import check
from surveys.consultation import Channel, Consultation, State
from surveys.language import fold
from surveys.names import STATES
from surveys.problems import NO_VILLAGE_NAMED_SO, Code, Conflict, Problem, Refusal
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
NOT_WRITTEN = Code("not_written", "Không ghi được {file}: {reason}.", "Chọn nơi khác để ghi.")
NOT_PUBLISHED = Code("not_published", "Đợt này chưa công bố nên chưa có dữ liệu mở.", "Công bố trước, hoặc bỏ --public.")

WrongRow = tuple[int, Problem]
Row = tuple[dict[str, Any], str | None]
"""Values of an answer that were checked, and its village's id."""


class Imported(Struct, frozen=True):
    """What a file holds: the rows that are right, what is wrong with the others by row of the file, and columns that nothing asks for."""

    good: list[Row]
    wrong: list[WrongRow]
    unknown: list[str]


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

    write(output, with_store(work))


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
        frame = named(await frame_of(consultation, settings), await units.village_names(consultation.unit))
        return await asyncio.to_thread(files.answers_file, frame, form)

    write(output, with_store(work))


def named(frame: Frame, villages: dict[str, str]) -> Frame:
    """The frame with villages by name instead of id."""
    column = frame.table["village"].astype("object").map(lambda known: villages.get(known, known), na_action="ignore")
    return structs.replace(frame, table=frame.table.assign(village=column))


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

    async def work(settings: Settings) -> Imported:
        consultation = await found(slug)
        if consultation.state not in (State.OPEN, State.CLOSED):
            raise Conflict(NOT_TAKING, state=STATES[consultation.state])
        sheet = read_sheet(await questionnaires.questionnaire(consultation), content, encoding, await villages_of(consultation))
        if skip_bad or not sheet.wrong:
            await take(consultation, sheet.good, channel=Channel(channel), settings=settings)
        return sheet

    sheet = with_store(work)
    if sheet.unknown:
        tell(sentences.UNKNOWN_COLUMNS, names=", ".join(sheet.unknown))
    for number, problem in sheet.wrong:
        click.echo(f"{file.name}:{number}: {problem.where}: {words(problem, 'vi')}", err=True)
    bad = len({number for number, _ in sheet.wrong})
    if bad and not skip_bad:
        tell(BAD_ROWS, n=bad)
        click.echo(next_words(BAD_ROWS, "vi"), err=True)
        sys.exit(1)
    tell(IMPORTED, n=len(sheet.good), bad=bad)


def write(output: Path, content: bytes) -> None:
    """And says so. Raises Refusal where the file cannot be written."""
    try:
        output.write_bytes(content)
    except OSError as wrong:
        raise Refusal(NOT_WRITTEN, file=str(output), reason=wrong.strerror or "") from None
    tell(WRITTEN_TO, file=str(output))


def read_file(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as wrong:
        raise BadData(sentences.NO_DATA_FILE, given=str(file), reason=wrong.strerror or "") from None


async def villages_of(consultation: Consultation) -> dict[str, str]:
    """The id of each village, by its folded name and by the id itself."""
    villages = await units.villages(consultation.unit)
    return {village.id: village.id for village in villages} | {fold(village.name): village.id for village in villages}


def read_sheet(questionnaire: Questionnaire, content: bytes, encoding: str | None, villages: dict[str, str]) -> Imported:
    """A column `village` names villages, unless the form asks a question of that name."""
    table = data.read(content, encoding=encoding)
    asked_here = VILLAGE in {question.name for question in questionnaire.questions()}
    named = None if asked_here else table.columns.get(VILLAGE)
    good, wrong = [], []
    for place, (number, raw) in enumerate(reading.rows(questionnaire, table)):
        read = check(questionnaire, raw)
        name = str(named.values[named.codes[place]]) if named is not None and named.codes[place] >= 0 else ""
        village = villages.get(name.strip()) or villages.get(fold(name))
        doubts = [Problem(NO_VILLAGE_NAMED_SO, where=VILLAGE, given={"given": name[:60]})] if name.strip() and village is None else []
        wrong += [(number, problem) for problem in (*read.problems, *doubts)]
        if not read.problems and not doubts:
            good.append((read.values, village))
    unknown = [header for header in match(questionnaire, table).unknown if header != VILLAGE or asked_here]
    return Imported(good, wrong, unknown)


async def take(consultation: Consultation, good: list[Row], *, channel: Channel, settings: Settings) -> None:
    """All of them or none."""
    entries = [
        entry_of(
            Submission(
                consultation=consultation, key=secrets.token_urlsafe(16), version=consultation.version, answers=values,
                day=CLOCK.today(), village=village, channel=channel,
            ),
            settings.secret,
        )
        for values, village in good
    ]  # fmt: skip
    console = Console(stderr=True)
    async with DB.transaction():
        for start in track(range(0, len(entries), BATCH), "", console=console, transient=True, disable=not console.is_terminal):
            for fate in await answers.submit_batch(entries[start : start + BATCH]):
                if isinstance(fate, Refusal):
                    raise fate


async def found(slug: str) -> Consultation:
    """As the clock has it. Raises NotFound."""
    return lifecycle.at(await consultations.load(slug), CLOCK.now())


def tell(code: Code, **given: Any) -> None:
    click.echo(str(sentence(code.sentence, "vi", given)), err=True)
