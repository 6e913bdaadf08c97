"""A past consultation again: the same words, questions and files in a new draft, paired question by question with the earlier one."""

import datetime
from collections.abc import Mapping
from uuid import UUID, uuid4

from msgspec import structs

from server.database import DB
from server.store import consultations, documents, journal, plan_copies, questionnaires
from server.tables import Document
from surveys import lifecycle, rights, waves
from surveys.consultation import Consultation, Person
from surveys.names import STATES
from surveys.problems import Conflict
from surveys.questionnaire import Questionnaire
from surveys.refusals import NOT_A_WAVE, NOT_YET_A_WAVE


async def repeat(slug: str, *, by: Person, now: datetime.datetime) -> Consultation:
    """The new draft. Raises NotAllowed for who does not write, Conflict while the earlier one is under way."""
    earlier = await consultations.to_see(by, slug, now)
    consultations.may_write(by)
    if not rights.may_repeat(by, earlier):
        raise Conflict(NOT_YET_A_WAVE, state=STATES[earlier.state])
    draft = waves.repeated(earlier, today=lifecycle.day_of(now))
    async with DB.transaction():
        made = await consultations.create(draft, await questionnaires.questionnaire(earlier), by=by, now=now)
        for position, one in enumerate(await documents.documents(earlier.id)):
            await Document.insert(Document({
                Document.id: uuid4(), Document.consultation: UUID(made.id), Document.name: one.name, Document.media_type: one.media_type,
                Document.bytes: one.bytes, Document.pages: one.pages, Document.sha256: one.sha256, Document.position: position,
            }))  # fmt: skip
        await plan_copies.copy(earlier.id, made.id)
        await journal.note("repeat", consultation=made.id, by=by.id, now=now, earlier=earlier.slug, version=1)
    return made


async def earlier(consultation: Consultation) -> tuple[Consultation, Questionnaire] | None:
    """What this one repeats, with its last questionnaire; None of a first wave."""
    if not consultation.wave_of:
        return None
    found = await consultations.load(consultation.wave_of)
    return found, await questionnaires.questionnaire(found)


async def match(slug: str, pairs: Mapping[str, str], *, by: Person, now: datetime.datetime) -> None:
    """Keeps which earlier question each of the new ones repeats. Raises like `consultations.editing`."""
    async with DB.transaction():
        draft = await consultations.editing(slug, by=by, now=now)
        if not draft.wave_of:
            raise Conflict(NOT_A_WAVE)
        matched = structs.replace(draft, matches=dict(pairs))
        if matched != draft:
            await consultations.write(matched, now)
            await journal.note("match_questions", consultation=draft.id, by=by.id, now=now, pairs=dict(pairs))
