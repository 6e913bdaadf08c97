"""From the form to the receipt: check answers, change them, send. Works without script; nothing is stored before sending."""

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from litestar import Request, Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from msgspec import Struct

from server.clock import Clock
from server.intake import Intake, Submission
from server.routes.frame import base_of, frame
from server.store import consultations, units
from server.web import form as form_of
from server.web import language, page, via
from surveys import answers, conditions, lifecycle, receipts
from surveys.answers import Checked
from surveys.consultation import Consultation
from surveys.kinds import Matrix, Text, say
from surveys.problems import Busy, Closed, Conflict, NotAllowed, Problem, Refusal
from surveys.questionnaire import Questionnaire
from surveys.units import Village

Visit = Request[Any, Any, Any]
Fields = dict[str, list[str]]


class Line(Struct, frozen=True):
    """A question and its answer in words; '' where it was not answered."""

    name: str
    label: Text
    words: str


class Sheet(Struct, frozen=True):
    """What a form brought: read, checked and ready to be shown again."""

    consultation: Consultation
    questionnaire: Questionnaire
    version: int
    villages: list[Village]
    typed: Fields
    checked: Checked
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
    sheet = await sheet_of(fields, await consultations.public(slug, clock.now()))
    return refused(request, sheet) or filled(request, sheet)


@post("/c/{slug:str}/check", status_code=200, include_in_schema=False)
async def check(request: Visit, slug: FromPath[str], clock: NamedDependency[Clock]) -> Response[Any]:
    fields = await form_of(request)
    sheet = await sheet_of(fields, await consultations.public(slug, clock.now()))
    if sheet.checked.problems:
        return refused(request, sheet) or filled(request, sheet, status=422, problems=sheet.checked.problems)
    return refused(request, sheet) or review(request, sheet)


@post("/c/{slug:str}/send", status_code=200, include_in_schema=False)
async def send(request: Visit, slug: FromPath[str], clock: NamedDependency[Clock], intake: NamedDependency[Intake]) -> Response[Any]:
    """Stores the answers, once. What had arrived whole by the closing hour counts."""
    fields = await form_of(request)
    now, day = clock.now(), clock.today()
    sheet = await sheet_of(fields, await consultations.public(slug, now))
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


async def sheet_of(fields: Fields, consultation: Consultation, *, trial: str = "") -> Sheet:
    """Reads every field of the form; what does not belong to it is passed over. `trial`: the token of a trial run."""
    version = version_of(first(fields, ":version"), consultation)
    questionnaire = await consultations.questionnaire(consultation, version=version)
    villages = await units.villages(consultation.unit)
    key = first(fields, ":key")
    return Sheet(
        consultation=consultation,
        questionnaire=questionnaire,
        version=version,
        villages=villages,
        typed=answers.typed(questionnaire, fields),
        checked=answers.check(questionnaire, answers.from_form(questionnaire, fields)),
        village=next((village for village in villages if village.id == first(fields, ":village")), None),
        key=key if receipts.is_key(key) else secrets.token_hex(16),
        receipt=receipts.parse(first(fields, ":receipt")),
        trial=trial,
    )


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
    context = form_context(sheet.questionnaire, sheet.villages, version=sheet.version, spoken=language(request))
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


def form_context(questionnaire: Questionnaire, villages: Sequence[Village], *, version: int, spoken: str) -> dict[str, Any]:
    """An empty form."""
    names = {name: label for question in questionnaire.questions() for name, label in field_names(question.name, question.kind, question.label)}
    empty: dict[str, Any] = {"typed": {}, "wrong": {}, "key": "", "receipt": "", "fresh": False}
    return {"questionnaire": questionnaire, "villages": villages, "version": version, "names": names, "when": when(questionnaire, spoken), **empty}


def when(questionnaire: Questionnaire, spoken: str) -> dict[str, str]:
    """Conditions in words, by question, or by section after a slash."""
    conditional: list[tuple[str, Any]] = [(f"/{section.name}", section.relevant) for section in questionnaire.sections]
    conditional += [(question.name, question.relevant) for question in questionnaire.questions()]
    return {name: conditions.words(condition, questionnaire, spoken) for name, condition in conditional if condition is not None}


def field_names(name: str, kind: Any, label: Text) -> list[tuple[str, Text]]:
    """What the summary of mistakes calls each field: the question, or the row of a matrix."""
    rows = [(f"{name}/{row.name}", row.label) for row in kind.rows] if isinstance(kind, Matrix) else []
    return [(name, label), *rows]


def by_field(problems: Sequence[Problem]) -> dict[str, list[Problem]]:
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        found.setdefault(problem.where, []).append(problem)
    return found


def lines_of(sheet: Sheet, spoken: str) -> list[Line]:
    """Each question that was asked with its answer in words; where it cannot be read, as it was typed."""
    names = answers.asked(sheet.questionnaire, sheet.checked.values)
    return [Line(name, sheet.questionnaire.question(name).label, words_of(sheet, name, spoken)) for name in names]


def words_of(sheet: Sheet, name: str, spoken: str) -> str:
    question = sheet.questionnaire.question(name)
    if name not in sheet.checked.values:
        return "; ".join(value for field in answers.fields(question) for value in sheet.typed.get(field, []))
    value = sheet.checked.values[name]
    if isinstance(question.kind, Matrix):
        labels = {row.name: say(row.label, spoken) or row.name for row in question.kind.rows}
        return "\n".join(f"{labels[row]}: {question.kind.scale.words(answer, spoken)}" for row, answer in value.items())
    return question.kind.words(value, spoken)


handlers = [change, check, send]
