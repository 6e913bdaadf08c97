"""Files of residents: sent at once by the page's script, along with the form where there is none, or by a program."""

from datetime import date
from typing import Any

from litestar import Request, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from msgspec import Struct

from server import sent
from server.clock import Clock
from server.settings import Settings
from server.store import consultations, questionnaires
from server.web import form as form_of
from server.web import settings as settings_of
from server.web import uploads
from surveys import lifecycle
from surveys.attachments import LARGEST_MB, NO_FILE_GIVEN, NO_FILE_QUESTION, BadFile
from surveys.consultation import Consultation
from surveys.kinds import File
from surveys.problems import Problem
from surveys.questionnaire import Question, Questionnaire

Visit = Request[Any, Any, Any]
ROOM_FOR_FIELDS = 1_000_000
BODY_WITH_FILES = 2 * LARGEST_MB * 1_000_000 + ROOM_FOR_FIELDS
"""Bytes of a form without script: two files of the largest size."""


class FileOut(Struct):
    """The id under which an answer may name the file."""

    file: str


@post(
    "/consultations/{slug:str}/files", summary="A resident's file for a file question; multipart, fields `file` and `question`", status_code=201,
    request_max_body_size=LARGEST_MB * 1_000_000 + ROOM_FOR_FIELDS,
)  # fmt: skip
async def send_file(request: Visit, slug: FromPath[str], clock: NamedDependency[Clock], settings: NamedDependency[Settings]) -> FileOut:
    """Open consultations only. What is kept is the file alone: no name, no place, no device."""
    consultation = await consultations.public(slug, clock.now())
    lifecycle.refuse_answers(consultation)
    return await taken_of(request, consultation, settings, day=clock.today())


async def taken_of(request: Visit, consultation: Consultation, settings: Settings, *, day: date) -> FileOut:
    questionnaire = await questionnaires.questionnaire(consultation)
    given = await uploads(request, "file")
    if not given:
        raise BadFile(NO_FILE_GIVEN)
    asked = next(iter((await form_of(request)).get("question", [])), "")
    taken = await sent.take(given[0], consultation=consultation, kind=kind_of(questionnaire, asked), settings=settings, day=day)
    return FileOut(taken.id)


def kind_of(questionnaire: Questionnaire, name: str) -> File:
    """The file question of this name; without one, whatever a file question may take. Raises BadFile where none takes files."""
    kinds: dict[str, Any] = {question.name: question.kind for question in files_asked(questionnaire)}
    if name not in kinds if name else not kinds:
        raise BadFile(NO_FILE_QUESTION, given=name[:60])
    found: File = kinds[name] if name else sent.ANY_FILE
    return found


async def received(request: Visit, fields: dict[str, list[str]], questionnaire: Questionnaire, consultation: Consultation, *, day: date) -> list[Problem]:
    """Takes in the files that came with a form, and drops those that were ticked; their ids stand in `fields` then. Gives what was refused."""
    refused = [await taken_in(request, fields, question.name, question.kind, consultation, day) for question in files_asked(questionnaire)]
    return [problem for problem in refused if problem]


def files_asked(questionnaire: Questionnaire) -> list[Question]:
    return [question for question in questionnaire.questions() if isinstance(question.kind, File)]


async def taken_in(request: Visit, fields: dict[str, list[str]], name: str, kind: Any, consultation: Consultation, day: date) -> Problem | None:
    if fields.get(f"{name}/drop"):
        fields.pop(name, None)
    for upload in (await uploads(request, f"{name}/file"))[:1]:
        try:
            taken = await sent.take(upload, consultation=consultation, kind=kind, settings=settings_of(request), day=day)
        except BadFile as bad:
            return Problem(bad.code, where=name, given=bad.given)
        fields[name] = [taken.id]
    return None
