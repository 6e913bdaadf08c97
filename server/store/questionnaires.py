"""Questionnaires of consultations, version by version, in the order they were asked in."""

from collections import OrderedDict
from collections.abc import Sequence
from uuid import UUID

from server.database import DB
from server.tables import Questionnaire as Row
from surveys.consultation import Consultation
from surveys.problems import NO_SUCH_CONSULTATION, NotFound
from surveys.questionnaire import Questionnaire, from_json, to_json

read_forms: OrderedDict[tuple[str, int], Questionnaire] = OrderedDict()
KEPT_FORMS = 200
"""Questionnaires that a process keeps in memory; the one read first goes first."""


async def questionnaire(consultation: Consultation, *, version: int | None = None) -> Questionnaire:
    """The latest one, or an earlier version; read once, for a version never changes. Raises NotFound."""
    key = consultation.id, version or consultation.version
    if key not in read_forms:
        row = await Row.select(Row.content).where((Row.consultation == UUID(key[0])) & (Row.version == key[1])).first()
        if row is None:
            raise NotFound(NO_SUCH_CONSULTATION)
        keep(key, from_json(row["content"].encode()))
    return read_forms[key]


def remember(consultation: Consultation, questionnaire: Questionnaire) -> None:
    """What was just written and committed, so that it need not be read again."""
    keep((consultation.id, consultation.version), questionnaire)


def keep(key: tuple[str, int], questionnaire: Questionnaire) -> None:
    read_forms[key] = questionnaire
    if len(read_forms) > KEPT_FORMS:
        read_forms.popitem(last=False)


async def latest(listed: Sequence[Consultation]) -> dict[str, Questionnaire]:
    """The latest one of each, by the consultation's id, in one query."""
    async with DB.connection() as connection:
        rows = await connection.fetch(
            "SELECT consultation::text, content FROM questionnaire "
            "JOIN unnest($1::uuid[], $2::int[]) AS l (consultation, version) USING (consultation, version)",
            [UUID(one.id) for one in listed], [one.version for one in listed],
        )  # fmt: skip
    return {row["consultation"]: from_json(row["content"].encode()) for row in rows}


async def insert(consultation: Consultation, questionnaire: Questionnaire) -> None:
    content = to_json(questionnaire).decode()
    await Row.insert(Row({Row.consultation: UUID(consultation.id), Row.version: consultation.version, Row.content: content}))
