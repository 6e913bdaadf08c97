"""Three consultations of the sample ward: one published, one open, one that waits for approval. Their days lie around today."""

import asyncio
import datetime
import secrets
from random import Random

from anyio import to_thread

from server.demo import answering, ward
from server.demo.draft import draft_plan
from server.intake import Intake, Submission
from server.settings import Settings
from server.store import consultations, documents, links, plans, questionnaires, totals, units
from surveys import library
from surveys.channels import Total, countable
from surveys.consultation import Assistance, Channel, Consultation, Contact, Person, Verb
from surveys.formats import drafts
from surveys.language import VIETNAM
from surveys.plan import reading
from surveys.spread import Via

REPLY = {
    "vi": "UBND phường tiếp thu ý kiến về thời gian chờ: từ tháng sau thêm một quầy vào sáng thứ Hai.\n"
    "Ý kiến mở cửa sáng thứ Bảy: chưa làm được trong quý này vì chưa đủ người; sẽ trả lời lại trước ngày 31/12.",
    "en": "The ward accepts what was said about waiting: one more counter on Monday mornings from next month.\n"
    "Opening on Saturday mornings cannot be done this quarter for lack of staff; a further reply follows before 31 December.",
}
PROPOSALS = {"vi": "Đề nghị Hội đồng nhân dân giám sát việc thêm quầy tiếp nhận.", "en": "The council is asked to supervise the additional counter."}
CONTACT = Contact("Văn phòng UBND phường (mẫu)", "0236 000 0000", "Bộ phận một cửa, giờ hành chính")


ARRIVALS = {Via.ZALO: 46, Via.LETTER: 18, Via.POSTER: 14, Via.FACEBOOK: 9, Via.FRONT: 4, Via.LOUDSPEAKER: 3, Via.BOARD: 2, "": 4}
"""By which link so many of a hundred residents come; '' by none."""


class Cast:
    """Who does what, and when each thing happened: days before now."""

    def __init__(self, staff: dict[str, Person], settings: Settings, now: datetime.datetime) -> None:
        self.author = staff["mau.soan"]
        self.approver = staff["mau.duyet"]
        self.head = staff["mau.totruong"]
        self.settings = settings
        self.now = now

    def ago(self, days: int) -> datetime.datetime:
        """Nine in the morning so many days ago."""
        day = self.now.astimezone(VIETNAM).date() - datetime.timedelta(days=days)
        return datetime.datetime.combine(day, datetime.time(9), VIETNAM)


async def begin(cast: Cast, key: str, *, opened: int, closes: int) -> Consultation:
    """A draft from the library that opens and closes so many days ago (negative: to come)."""
    entry = library.entry(key)
    texts = {field: getattr(entry, field) for field in ("title", "legal_ground", "summary", "changes", "use")}
    draft = Consultation(
        id="", slug="", unit=ward.UNIT, instrument=entry.instrument, **texts, contact=CONTACT, sample=True,
        opens_on=cast.ago(opened).date(), closes_on=cast.ago(closes).date(),
    )  # fmt: skip
    return await consultations.create(draft, entry.questionnaire, by=cast.author, now=cast.ago(max(opened, 0) + 5))


async def act(cast: Cast, verb: Verb, consultation: Consultation, *, ago: int, reason: str = "") -> Consultation:
    by = cast.approver if verb in (Verb.APPROVE, Verb.PUBLISH) else cast.author
    return await consultations.act(verb, consultation.slug, by=by, now=cast.ago(ago), reason=reason)


async def answer(cast: Cast, consultation: Consultation, *, count: int, last: int, seed: int) -> None:
    """Answers on the days from its opening to `last` days ago, by villages of their size; some with help."""
    questionnaire = await questionnaires.questionnaire(consultation)
    villages = {village.id: village.households or 1 for village in await units.villages(ward.UNIT)}
    chance = Random(seed)  # noqa: S311 – a sample that must come out the same again
    days = (cast.ago(last).date() - consultation.opens_on).days
    came = Random(seed)  # noqa: S311 – one of its own, so that the answers stay what they were
    waiting = []
    intake = Intake(cast.settings.secret)
    async with intake.running():
        for values in answering.residents(questionnaire, count=count, seed=seed):
            submission = Submission(
                consultation=consultation,
                key=secrets.token_urlsafe(16),
                version=consultation.version,
                answers=values,
                day=consultation.opens_on + datetime.timedelta(days=chance.randint(0, max(days, 0))),
                village=answering.blocks(villages, chance),
                assistance=chance.choices(list(Assistance), (88, 9, 3))[0],
                via=came.choices(list(ARRIVALS), list(ARRIVALS.values()))[0],
            )
            waiting.append(intake.submit(submission))
        await asyncio.gather(*waiting)
    await openings(consultation, came)


async def openings(consultation: Consultation, chance: Random) -> None:
    """More people look than answer."""
    for one in await links.counts(consultation.id):
        await links.count_opening(consultation.id, one.via, one.day, times=one.answered + chance.randint(0, 2 * one.answered))


async def published(cast: Cast) -> Consultation:
    """Satisfaction with the one-stop desk: answered, closed early, sealed, replied to, published."""
    made = await begin(cast, "one_stop_desk", opened=40, closes=-5)
    for verb, ago in ((Verb.SUBMIT, 43), (Verb.APPROVE, 42), (Verb.OPEN, 40)):
        made = await act(cast, verb, made, ago=ago)
    await answer(cast, made, count=420, last=10, seed=1)
    await hands(cast, made)
    made = await act(cast, Verb.CLOSE, made, ago=8, reason="Đã đủ số phiếu cần thiết của đợt đo mẫu.")
    made = await act(cast, Verb.SEAL, made, ago=7)

    def anybody(_: Person, __: Consultation) -> None:
        return None

    await consultations.change(made.slug, "edit_reply", by=cast.approver, now=cast.ago(5), allowed=anybody, reply=REPLY, proposals=PROPOSALS)
    return await act(cast, Verb.PUBLISH, made, ago=3)


async def hands(cast: Cast, consultation: Consultation) -> None:
    """What a block counted at its meeting, for the first question that hands can be counted for."""
    first = next(one for one in countable(await questionnaires.questionnaire(consultation)) if len(one.options) >= 3)
    village = (await units.villages(ward.UNIT))[2]
    counts = dict(zip((option.name for option in first.options), (1, 3, 9, 17, 6), strict=False))
    total = Total(
        channel=Channel.MEETING, owner="Tổ trưởng tổ dân phố 3 (mẫu)", village=village.id, held_on=cast.ago(15).date(),
        people=sum(counts.values()) + 2, counts={first.name: counts},
    )  # fmt: skip
    await totals.add(consultation.id, total, by=cast.head, now=cast.ago(15))


async def opened(cast: Cast) -> Consultation:
    """Opinion on a neighbourhood plan with its draft as PDF: open, a part has answered."""
    made = await begin(cast, "neighbourhood_plan", opened=6, closes=-24)
    content, pages = await draft_plan()
    kept = await documents.add(
        content,
        folder=cast.settings.files,
        name="Dự thảo phương án (mẫu).pdf",
        media_type="application/pdf",
        pages=pages,
        slug=made.slug,
        by=cast.author,
        now=cast.ago(10),
    )
    plan = reading.read((await to_thread.run_sync(lambda: drafts.read(content, "mau.pdf"))).parts)
    await plans.add(plan, source="Dự thảo phương án (mẫu).pdf", document=kept.id, slug=made.slug, by=cast.author, now=cast.ago(10))
    for verb, ago in ((Verb.SUBMIT, 9), (Verb.APPROVE, 8), (Verb.OPEN, 6)):
        made = await act(cast, verb, made, ago=ago)
    await answer(cast, made, count=160, last=0, seed=2)
    return made


async def waiting(cast: Cast) -> Consultation:
    """A suggestion round that waits for approval."""
    made = await begin(cast, "suggestions", opened=-7, closes=-37)
    return await act(cast, Verb.SUBMIT, made, ago=1)
