"""From the form to the receipt: check answers, change them, send. Works without script; nothing is stored before sending."""

import datetime
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from litestar import Request, Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from msgspec import Struct

from server.clock import Clock
from server.intake import Intake, Submission
from server.references import References, references
from server.routes.asking import Said, form_context
from server.routes.frame import base_of, frame
from server.routes.sending import BODY_WITH_FILES, received
from server.store import consultations, questionnaires, units
from server.web import form as form_of
from server.web import language, page, via
from surveys import answers, lifecycle, piping, receipts
from surveys.answers import Checked
from surveys.attachments import FILE_GONE
from surveys.consultation import Consultation
from surveys.kinds import Calculation, Matrix, Points, Ranking, say
from surveys.problems import Busy, Closed, Conflict, NotAllowed, Problem, Refusal
from surveys.questionnaire import Question, Questionnaire
from surveys.units import Village

Visit = Request[Any, Any, Any]
Fields = dict[str, list[str]]


class Line(Struct, frozen=True):
    """A question and its answer in words; '' where it was not answered. `asked` is false for what was worked out."""

    name: str
    label: str
    words: str
    asked: bool = True


class Sheet(Struct, frozen=True):
    """What a form brought: read, checked and ready to be shown again."""

    consultation: Consultation
    questionnaire: Questionnaire
    version: int
    villages: list[Village]
    typed: Fields
    checked: Checked
    named: References
    village: Village | None
    key: str
    receipt: str | None
    trial: str = ""

    @property
    def carried(self) -> Fields:
        """The fields that the next page hides."""
        meta = {":version": str(self.version), ":key": self.key, ":village": self.village.id if self.village else "", ":receipt": self.receipt or ""}
        return self.typed | {name: [value] for name, value in meta.items() if value}


@post("/c/{slug:str}/form", status_code=200, include_in_schema=False)
async def change(request: Visit, slug: FromPath[str], clock: NamedDependency[Clock]) -> Response[Any]:
    """Back to the form with all that was typed; or a new form in place of a withdrawn one."""
    fields = await form_of(request)
    sheet = await sheet_of(request, fields, await consultations.public(slug, clock.now()))
    return refused(request, sheet) or filled(request, sheet)


@post("/c/{slug:str}/check", status_code=200, include_in_schema=False)
async def check(request: Visit, slug: FromPath[str], clock: NamedDependency[Clock]) -> Response[Any]:
    return await checked(request, slug, clock)


@post("/c/{slug:str}/check/files", status_code=200, include_in_schema=False, request_max_body_size=BODY_WITH_FILES)
async def check_with_files(request: Visit, slug: FromPath[str], clock: NamedDependency[Clock]) -> Response[Any]:
    """The same where files are asked for: without script they come along, and from here on only their ids do."""
    return await checked(request, slug, clock)


async def checked(request: Visit, slug: str, clock: Clock) -> Response[Any]:
    fields = await form_of(request)
    sheet = await sheet_of(request, fields, await consultations.public(slug, clock.now()), day=clock.today())
    if sheet.checked.problems:
        return refused(request, sheet) or filled(request, sheet, status=422, problems=sheet.checked.problems)
    return refused(request, sheet) or review(request, sheet)


@post("/c/{slug:str}/send", status_code=200, include_in_schema=False)
async def send(request: Visit, slug: FromPath[str], clock: NamedDependency[Clock], intake: NamedDependency[Intake]) -> Response[Any]:
    """Stores the answers, once. What had arrived whole by the closing hour counts."""
    fields = await form_of(request)
    now, day = clock.now(), clock.today()
    sheet = await sheet_of(request, fields, await consultations.public(slug, now))
    if late := refused(request, sheet):
        return late
    if sheet.checked.problems:
        return filled(request, sheet, status=422, problems=sheet.checked.problems)
    if not receipts.is_key(first(fields, ":key")):
        return review(request, sheet)
    submission = Submission(
        consultation=sheet.consultation, key=sheet.key, version=sheet.version, named=sheet.version, answers=sheet.checked.values, day=day,
        village=sheet.village.id if sheet.village else None, language=language(request), receipt=sheet.receipt, via=via(request),
    )  # fmt: skip
    try:
        outcome = await intake.submit(submission)
    except Busy as busy:
        return review(request, sheet, status=503, refusal=busy, headers={"Retry-After": str(busy.retry_after_s)})
    except Closed as closed:
        return refused_page(request, sheet.consultation, closed, lines=lines_of(sheet, language(request)))
    except NotAllowed as refusal:
        return review(request, sheet, status=403, refusal=refusal)
    except Conflict as conflict:
        return receipt_page(request, sheet.consultation, receipts.receipt(intake.secret, sheet.consultation.id, sheet.key), status=409, refusal=conflict)
    return receipt_page(request, sheet.consultation, outcome.receipt)


async def sheet_of(request: Visit, fields: Fields, consultation: Consultation, *, day: datetime.date | None = None, trial: str = "") -> Sheet:
    """Reads every field of the form; what does not belong to it is passed over.

    `day`: files that came along are taken in. `trial`: the token of a trial run.
    """
    version = version_of(first(fields, ":version"), consultation)
    questionnaire = await questionnaires.questionnaire(consultation, version=version)
    villages = await units.villages(consultation.unit)
    refused = await received(request, fields, questionnaire, consultation, day=day) if day else []
    key = first(fields, ":key")
    checked = answers.check(questionnaire, answers.from_form(questionnaire, fields))
    named = await references(consultation, questionnaire, checked.values)
    for gone in (problem for problem in named.problems if problem.code == FILE_GONE):
        fields.pop(gone.where, None)  # what is no longer there is not carried on
    return Sheet(
        consultation=consultation,
        questionnaire=questionnaire,
        version=version,
        villages=villages,
        typed=answers.typed(questionnaire, fields),
        checked=merged(checked, [*refused, *named.problems]),
        named=named,
        village=next((village for village in villages if village.id == first(fields, ":village")), None),
        key=key if receipts.is_key(key) else secrets.token_hex(16),
        receipt=receipts.parse(first(fields, ":receipt")),
        trial=trial,
    )


def merged(checked: Checked, more: Sequence[Problem]) -> Checked:
    """With what only the server finds wrong; of a field that has such a problem, the other one goes."""
    places = {problem.where for problem in more}
    return Checked(checked.values, [*(problem for problem in checked.problems if problem.where not in places), *more]) if more else checked


def first(fields: Mapping[str, Sequence[str]], name: str) -> str:
    return next(iter(fields.get(name, ())), "")


def version_of(given: str, consultation: Consultation) -> int:
    """The version that the person has answered, if it was ever open; the latest where it says nothing usable."""
    known = (*lifecycle.open_versions(consultation), consultation.version)
    return int(given) if given.isascii() and given.isdecimal() and int(given[:9]) in known else consultation.version


def refused(request: Visit, sheet: Sheet) -> Response[Any] | None:
    """The page that says why nothing is taken now, with all that was typed; None where answers are taken."""
    try:
        lifecycle.refuse_answers(sheet.consultation)
    except Closed as closed:
        return refused_page(request, sheet.consultation, closed, lines=lines_of(sheet, language(request)))
    return None


def refused_page(request: Visit, consultation: Consultation, refusal: Refusal, *, lines: Sequence[Line]) -> Response[Any]:
    shown = framed(request, consultation, "")
    return page(request, "resident/closed.html", status=refusal.status, private=True, refusal=refusal, lines=lines, **shown)


def filled(request: Visit, sheet: Sheet, *, status: int = 200, problems: Sequence[Problem] = ()) -> Response[Any]:
    spoken = language(request)
    said = said_in(sheet, spoken)
    context = form_context(sheet.consultation, sheet.questionnaire, sheet.villages, version=sheet.version, spoken=spoken, said=said, trial=sheet.trial)
    context["page"]["files"] = {name: sheet.named.words(name, spoken) for name in sheet.named.files}
    village = {":village": [sheet.village.id]} if sheet.village else {}
    context |= {"typed": sheet.typed | village, "wrong": by_field(problems), "key": sheet.key, "receipt": sheet.receipt or "", "fresh": not sheet.typed}
    return page(request, "resident/form.html", status=status, private=True, **context, **framed(request, sheet.consultation, "/form", trial=sheet.trial))


def review(request: Visit, sheet: Sheet, *, status: int = 200, refusal: Refusal | None = None, headers: Mapping[str, str] | None = None) -> Response[Any]:
    context = {"lines": lines_of(sheet, language(request)), "village": sheet.village.name if sheet.village else "", "carried": sheet.carried}
    shown = framed(request, sheet.consultation, "/form", trial=sheet.trial)
    return page(request, "resident/check.html", status=status, private=True, headers=headers, refusal=refusal, **context, **shown)


def receipt_page(request: Visit, consultation: Consultation, receipt: str, *, status: int = 200, refusal: Refusal | None = None) -> Response[Any]:
    code = receipts.grouped(receipt).split("-")
    return page(request, "resident/receipt.html", status=status, private=True, code=code, refusal=refusal, **framed(request, consultation, ""))


def framed(request: Visit, consultation: Consultation, room: str, *, trial: str = "") -> dict[str, Any]:
    """The frame of an answer to a form, whose language switch leads to a page that can be opened."""
    return frame(request, consultation, back=base_of(consultation, trial) + room, trial=trial)


def by_field(problems: Sequence[Problem]) -> dict[str, list[Problem]]:
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        found.setdefault(problem.where, []).append(problem)
    return found


def said_in(sheet: Sheet, spoken: str) -> Said:
    """The sheet's answers in words, by question; '' where there is none."""
    plain = piping.answers_in_words(sheet.questionnaire, sheet.checked.values, spoken)
    return lambda name: sheet.named.words(name, spoken) or plain(name)


def lines_of(sheet: Sheet, spoken: str) -> list[Line]:
    """Each question that was asked with its answer in words; where it cannot be read, as it was typed. And what was worked out."""
    said, lines = said_in(sheet, spoken), []
    for name in answers.shown(sheet.questionnaire, sheet.checked.values):
        question = sheet.questionnaire.question(name)
        worked_out = isinstance(question.kind, Calculation) and bool(question.label)
        if question.kind.asks or worked_out:
            label = piping.filled(say(question.label, spoken), said) or name
            lines.append(Line(name, label, words_of(sheet, question, spoken), asked=not worked_out))
    return lines


def words_of(sheet: Sheet, question: Question, spoken: str) -> str:
    name, kind = question.name, question.kind
    if name not in sheet.checked.values:
        return "; ".join(value for field in answers.fields(question) for value in sheet.typed.get(field, []))
    value = sheet.checked.values[name]
    if isinstance(kind, Matrix):
        labels = {row.name: say(row.label, spoken) or row.name for row in kind.rows}
        return "\n".join(f"{labels[row]}: {kind.scale.words(answer, spoken)}" for row, answer in value.items())
    parts = kind.words(value, spoken)
    return sheet.named.words(name, spoken) or (parts.replace("; ", "\n") if isinstance(kind, Ranking | Points) else parts)


handlers = [change, check, check_with_files, send]
