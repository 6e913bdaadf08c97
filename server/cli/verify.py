"""`ydan verify`: whether what was sealed is still what the database says."""

import asyncio

import click

from analysis import snapshot
from server.cli.answers import found, stored_frame, tell
from server.cli.database import with_store
from server.settings import Settings
from server.store import answers, consultations, results
from surveys.consultation import Consultation
from surveys.problems import Code, Conflict, Refusal

NOT_SEALED = Code("not_sealed", "{slug} chưa niêm phong nên chưa có gì để đối chiếu.", "Niêm phong trước.")
NO_SNAPSHOT = Code("no_snapshot", "{slug}: đã niêm phong nhưng không có bản chụp dữ liệu.", "Chờ việc nền xong, hoặc chạy ydan work, rồi kiểm tra lại.")
MISSING_FILE = Code("snapshot_missing", "{slug}: thiếu tệp niêm phong {file}.", "Phục hồi tệp đó từ bản sao lưu.")
CHANGED = Code(
    "snapshot_changed", "{slug}: dữ liệu trong cơ sở dữ liệu không còn đúng với bản đã niêm phong ({sha256}).", "Không công bố hay dùng số liệu này."
)
ANSWER_CHANGED = Code("answer_changed", "{slug}: phiếu {answer} khác bản đã niêm phong ở cột “{column}”.", "Không công bố hay dùng số liệu này.")
ANSWER_GONE = Code("answer_gone", "{slug}: thiếu phiếu {answer} đã niêm phong.", "Không công bố hay dùng số liệu này.")
ANSWER_ADDED = Code("answer_added", "{slug}: phiếu {answer} không có trong bản đã niêm phong.", "Không công bố hay dùng số liệu này.")
LEDGER_OFF = Code("ledger_off", "{slug}: sổ đếm theo ngày ghi {ledger} phiếu, cơ sở dữ liệu có {stored}.", "Không công bố hay dùng số liệu này.")
DIFFERENT = {"changed": ANSWER_CHANGED, "gone": ANSWER_GONE, "added": ANSWER_ADDED}
VERIFIED = Code("verified", "Đã kiểm tra {n} đợt: còn nguyên vẹn.")


@click.command()
@click.argument("slug", required=False)
def verify(slug: str | None) -> None:
    """Kiểm tra đợt SLUG, hoặc mọi đợt đã niêm phong: bản niêm phong có đúng với cơ sở dữ liệu không."""

    async def work(settings: Settings) -> int:
        sealed = await consultations.sealed()
        chosen = sealed if slug is None else [one for one in sealed if one.slug == slug]
        if slug is not None and not chosen:
            raise Conflict(NOT_SEALED, slug=(await found(slug)).slug)
        for consultation in chosen:
            await verify_one(consultation, settings)
        return len(chosen)

    tell(VERIFIED, n=with_store(work))


async def verify_one(consultation: Consultation, settings: Settings) -> None:
    """Raises Refusal naming the first thing that is wrong, BadData where the snapshot itself is damaged."""
    slug = consultation.slug
    frozen = await results.snapshot(consultation.id)
    if frozen is None:
        raise Refusal(NO_SNAPSHOT, slug=slug)
    if not (settings.files / frozen.file).is_file():
        raise Refusal(MISSING_FILE, slug=slug, file=frozen.file)
    sealed = await asyncio.to_thread(snapshot.read, settings.files / frozen.file)
    now = await stored_frame(consultation)
    difference = await asyncio.to_thread(snapshot.first_difference, sealed, now)
    if difference is not None:
        raise Refusal(
            DIFFERENT[difference.what],
            slug=slug,
            answer=difference.answer,
            column=difference.column,
        )
    if frozen.sha256 != snapshot.content_hash(sealed) or sealed.questionnaire != now.questionnaire:
        raise Refusal(CHANGED, slug=slug, sha256=frozen.sha256)
    ledger = sum(row.answered - row.withdrawn for row in await answers.turnout_rows(consultation.id))
    if ledger != len(now):
        raise Refusal(LEDGER_OFF, slug=slug, ledger=ledger, stored=len(now))
