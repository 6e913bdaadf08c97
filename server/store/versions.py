"""The questionnaires that a consultation had: who made each and when, which were signed, and their words."""

import datetime
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct

from server.database import DB
from server.store.journal import full_names
from surveys.consultation import Consultation
from surveys.history import Made
from surveys.questionnaire import Questionnaire, from_json

DECISIONS = ("submit", "approve")
"""Acts that name the version they are about and make none."""


class SignOff(Struct, frozen=True):
    """Who approved which version and which plan, when, with what words. `amends`: the version that it replaced while open."""

    who: str
    at: datetime.datetime
    version: int
    plan: str
    words: str
    amends: int = 0


async def made(consultation: Consultation) -> list[Made]:
    """Every version, latest first, as the journal tells it."""
    async with DB.connection() as connection:
        rows = await connection.fetch(
            "SELECT verb, at, person, (detail ->> 'version')::int AS version FROM event "
            "WHERE consultation = $1 AND (verb = 'create' OR detail ? 'version') ORDER BY id",
            UUID(consultation.id),
        )
        numbers = await connection.fetch(
            "SELECT q.version, e.person, e.at, 'edit_questions' AS verb FROM questionnaire q LEFT JOIN edit e USING (consultation, version) "
            "WHERE q.consultation = $1 ORDER BY q.version DESC",
            UUID(consultation.id),
        )
    names = await full_names([row["person"] for row in (*rows, *numbers) if row["person"]])
    makers = {row["version"] or 1: row for row in rows if row["verb"] not in DECISIONS}
    submitted = {row["version"] for row in rows if row["verb"] in DECISIONS}
    opened = {edition.version: edition.since for edition in consultation.editions}
    return [told(row["version"], makers.get(row["version"]) or (row if row["at"] else None), names, submitted, opened) for row in numbers]


def told(version: int, maker: Any, names: dict[UUID, str], submitted: set[int], opened: dict[int, datetime.date]) -> Made:
    known = {"who": names.get(maker["person"], ""), "at": maker["at"], "verb": maker["verb"]} if maker else {}
    return Made(version=version, submitted=version in submitted, open_since=opened.get(version), **known)


async def contents(consultation: Consultation, versions: Sequence[int]) -> dict[int, Questionnaire]:
    """These versions, in one query; those that do not exist are absent."""
    async with DB.connection() as connection:
        rows = await connection.fetch(
            "SELECT version, content FROM questionnaire WHERE consultation = $1 AND version = ANY ($2)", UUID(consultation.id), list(versions)
        )
    return {row["version"]: from_json(row["content"].encode()) for row in rows}


async def sign_offs(consultation: str) -> list[SignOff]:
    """Latest first."""
    async with DB.connection() as connection:
        rows = await connection.fetch(
            "SELECT verb, at, person, detail FROM event WHERE consultation = $1 AND verb IN ('approve', 'amend') ORDER BY id DESC", UUID(consultation)
        )
    names = await full_names([row["person"] for row in rows if row["person"]])
    return [sign_off(row, names) for row in rows]


def sign_off(row: Any, names: dict[UUID, str]) -> SignOff:
    detail = msgspec.json.decode(row["detail"])
    return SignOff(
        names.get(row["person"], ""), row["at"], detail.get("version", 0), detail.get("plan", ""), detail.get("reason", ""), detail.get("from_version", 0)
    )
