"""From closing to publication: what was answered, other channels' totals, open answers read one by one, the reply, the papers."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import File
from litestar.types import ControllerRouterHandler
from msgspec import Struct

from analysis import workbook
from analysis.exports import tallies_json
from analysis.papers.figures import chapters
from analysis.papers.takings import merges, taken
from analysis.report import Report, Words
from server import counting
from server.clock import Clock
from server.desk import workspace
from server.forms import typed, wrong_fields
from server.routes.council import paper_file
from server.routes.library import planned
from server.settings import Settings
from server.store import consultations, questionnaires, readings, results, totals, units
from server.store.readings import Key
from server.web import language, page, see_other
from surveys import rights
from surveys.analysis_plan import weighted
from surveys.channels import countable, read_total
from surveys.consultation import Consultation, Person, State
from surveys.kinds import Text
from surveys.names import CHANNELS
from surveys.problems import NotAllowed, Problem
from surveys.questionnaire import Questionnaire
from surveys.refusals import NOT_YOUR_RIGHT
from surveys.rewording import Doubts, read_text

Visit = Request[Any, Any, Any]

WORDS_ON_A_PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Spoken(Struct, frozen=True):
    """Open answers to one question that wait to be read, or all of them. `left`: how many nobody has read."""

    name: str
    label: Text
    words: tuple[Words, ...]
    left: int


async def to_read(person: Person, slug: str, clock: Clock) -> Consultation:
    """Raises NotFound for another unit's, NotAllowed before it is closed or without the right."""
    consultation = await consultations.to_see(person, slug, clock.now())
    if consultation.state not in rights.FROM_CLOSED or not rights.may_see_results(person, consultation):
        raise NotAllowed(NOT_YOUR_RIGHT)
    return consultation


def demand(allowed: bool) -> None:
    if not allowed:
        raise NotAllowed(NOT_YOUR_RIGHT)


@get("/desk/{slug:str}/results")
async def room(request: Visit, slug: FromPath[str], person: NamedDependency[Person], clock: NamedDependency[Clock]) -> Response[Any]:
    consultation = await to_read(person, slug, clock)
    around = await workspace(consultation, person, "results", today=clock.today())
    return page(request, "official/results.html", **around, **await shown(consultation, person, around["questionnaire"]))


@get("/desk/{slug:str}/results/figures")
async def figures(request: Visit, slug: FromPath[str], person: NamedDependency[Person], clock: NamedDependency[Clock]) -> Response[Any]:
    """The figures alone; asked for again and again until they are counted."""
    consultation = await to_read(person, slug, clock)
    found = await shown(consultation, person, await questionnaires.questionnaire(consultation))
    return page(request, "official/_figures.html", consultation=consultation, **found)


async def shown(consultation: Consultation, person: Person, questionnaire: Questionnaire) -> dict[str, Any]:
    """What the figures' template needs: for those who may read open answers the official report, else the public one."""
    reads = rights.may_read_words(person, consultation)
    report = await results.report(consultation.id, results.OFFICIAL if reads else results.PUBLIC)
    ready = await counting.wanted(consultation)
    return {
        "ready": ready and report is not None,
        "report": report,
        "chapters": chapters(report, questionnaire) if ready and report else (),
        "taken": list(taken(report)) if report else [],
        "merges": list(merges(report)) if report else [],
        "index": weighted(consultation.analysis, {tally.name: tally.satisfied_percent for tally in report.questions}) if report else None,
        **planned(consultation.analysis, questionnaire),
        "amended": await counting.amendments(consultation),
        "may_read": reads,
        "unread": sum(words.released is None for words in all_words(report)) if reads and report else 0,
    }


def all_words(report: Report) -> list[Words]:
    return [words for tally in report.questions for words in tally.words]


@get("/desk/{slug:str}/results/tables.xlsx")
async def tables(request: Visit, slug: FromPath[str], person: NamedDependency[Person], clock: NamedDependency[Clock]) -> Response[bytes]:
    consultation = await to_read(person, slug, clock)
    await counting.ready(consultation)
    report = await counting.report(consultation, results.PUBLIC)
    content = workbook.workbook(report, language=language(request))
    return Response(content, media_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{consultation.slug}.xlsx"'})


@get("/desk/{slug:str}/results/tallies.json")
async def tallies(slug: FromPath[str], person: NamedDependency[Person], clock: NamedDependency[Clock]) -> Response[bytes]:
    consultation = await to_read(person, slug, clock)
    await counting.ready(consultation)
    return Response(tallies_json(await counting.report(consultation, results.PUBLIC)), media_type="application/json")


@get("/desk/{slug:str}/totals")
async def totals_room(request: Visit, slug: FromPath[str], person: NamedDependency[Person], clock: NamedDependency[Clock]) -> Response[Any]:
    return await totals_page(request, await to_count(person, slug, clock), person, clock, form={}, problems=[])


async def to_count(person: Person, slug: str, clock: Clock) -> Consultation:
    consultation = await consultations.to_see(person, slug, clock.now())
    demand(rights.may_enter_totals(person, consultation))
    return consultation


async def totals_page(
    request: Visit, consultation: Consultation, person: Person, clock: Clock, *, form: dict[str, str], problems: Doubts, status: int = 200
) -> Response[Any]:
    around = await workspace(consultation, person, "totals", today=clock.today())
    villages = await units.villages(consultation.unit)
    return page(
        request, "official/totals.html", status=status,
        **around | {"form": form, "wrong": wrong_fields(request, problems), "totals": await totals.listed(consultation.id), "villages": villages,
                    "village_names": await units.village_names(consultation.unit), "channels": CHANNELS, "questions": countable(around["questionnaire"])},
    )  # fmt: skip


@post("/desk/{slug:str}/totals")
async def add_total(request: Visit, slug: FromPath[str], person: NamedDependency[Person], clock: NamedDependency[Clock]) -> Response[Any]:
    consultation = await to_count(person, slug, clock)
    form = await typed(request)
    villages = {village.id for village in await units.villages(consultation.unit)}
    total, problems = read_total(form, await questionnaires.questionnaire(consultation), villages=villages)
    if total is None:
        return await totals_page(request, consultation, person, clock, form=form, problems=problems, status=422)
    await totals.add(consultation.id, total, by=person, now=clock.now())
    return see_other(request, f"/desk/{slug}/totals", said="Đã thêm số tổng hợp.")


@post("/desk/{slug:str}/totals/{total:uuid}/remove")
async def remove_total(
    request: Visit, slug: FromPath[str], total: FromPath[UUID], person: NamedDependency[Person], clock: NamedDependency[Clock]
) -> Response[Any]:
    consultation = await to_count(person, slug, clock)
    await totals.remove(consultation.id, total, by=person, now=clock.now())
    return see_other(request, f"/desk/{slug}/totals", said="Đã bỏ số tổng hợp.")


@get("/desk/{slug:str}/words")
async def words_room(request: Visit, slug: FromPath[str], person: NamedDependency[Person], clock: NamedDependency[Clock]) -> Response[Any]:
    """Open answers to read: those nobody has read first, WORDS_ON_A_PAGE of a question at a time."""
    consultation = await to_read(person, slug, clock)
    demand(rights.may_read_words(person, consultation))
    around = await workspace(consultation, person, "words", today=clock.today())
    ready = await counting.wanted(consultation)
    report = await results.report(consultation.id, results.OFFICIAL)
    decided = await readings.decisions(consultation.id)
    names = await units.village_names(consultation.unit)
    found = spoken(report, decided) if report else []
    may_decide = consultation.state in (State.CLOSED, State.SEALED)
    return page(
        request, "official/words.html", **around, ready=ready or report is not None, spoken=found, decided=decided, village_names=names, may_decide=may_decide
    )


def spoken(report: Report, decided: dict[Key, bool]) -> list[Spoken]:
    found = []
    for tally in report.questions:
        unread = [words for words in tally.words if (words.id, tally.name) not in decided]
        read = [words for words in tally.words if (words.id, tally.name) in decided]
        if tally.words:
            found.append(Spoken(tally.name, tally.label, tuple([*unread, *read][:WORDS_ON_A_PAGE]), len(unread)))
    return found


@post("/desk/{slug:str}/words")
async def decide_words(request: Visit, slug: FromPath[str], person: NamedDependency[Person], clock: NamedDependency[Clock]) -> Response[Any]:
    """Fields named `answer:question` with `release` or `withhold`; what was left alone stays unread."""
    consultation = await to_read(person, slug, clock)
    demand(rights.may_read_words(person, consultation) and consultation.state in (State.CLOSED, State.SEALED))
    report = await results.report(consultation.id, results.OFFICIAL)
    known = {(words.id, tally.name) for tally in report.questions for words in tally.words} if report else set()
    decided: dict[Key, bool] = {}
    for field, wish in (await typed(request)).items():
        answer, _, question = field.partition(":")
        if (answer, question) in known and wish in ("release", "withhold"):
            decided[answer, question] = wish == "release"
    if decided:
        await readings.decide(consultation.id, decided, by=person, now=clock.now())
    return see_other(request, f"/desk/{slug}/words", said="Đã ghi nhận {n} ý kiến đã đọc.", n=len(decided))


@get("/desk/{slug:str}/reply")
async def reply(request: Visit, slug: FromPath[str], person: NamedDependency[Person], clock: NamedDependency[Clock]) -> Response[Any]:
    consultation = await to_read(person, slug, clock)
    form = {f"{field}_{code}": words for field in ("reply", "proposals") for code, words in getattr(consultation, field).items()}
    return await reply_page(request, consultation, person, clock, form=form, problems=[])


async def reply_page(
    request: Visit, consultation: Consultation, person: Person, clock: Clock, *, form: dict[str, str], problems: list[Problem], status: int = 200
) -> Response[Any]:
    around = await workspace(consultation, person, "reply", today=clock.today())
    more = {"form": form, "wrong": wrong_fields(request, problems), "may_reply": rights.may_reply(person, consultation)}
    return page(request, "official/reply.html", status=status, **around | more)


@post("/desk/{slug:str}/reply")
async def save_reply(request: Visit, slug: FromPath[str], person: NamedDependency[Person], clock: NamedDependency[Clock]) -> Response[Any]:
    consultation = await to_read(person, slug, clock)
    demand(rights.may_reply(person, consultation))
    form = await typed(request)
    problems: Doubts = []
    fields = {field: read_text(form, field, problems) for field in ("reply", "proposals")}
    if problems:
        return await reply_page(request, consultation, person, clock, form=form, problems=problems, status=422)

    def still_open(by: Person, current: Consultation) -> None:
        demand(rights.may_reply(by, current))

    await consultations.change(slug, "edit_reply", by=person, now=clock.now(), allowed=still_open, **fields)
    return see_other(request, f"/desk/{slug}/reply", said="Đã lưu nội dung tiếp thu, giải trình.")


@get("/desk/{slug:str}/papers")
async def papers(request: Visit, slug: FromPath[str], person: NamedDependency[Person], clock: NamedDependency[Clock]) -> Response[Any]:
    consultation = await to_read(person, slug, clock)
    around = await workspace(consultation, person, "papers", today=clock.today())
    return page(request, "official/papers.html", **around, **await made(consultation))


@get("/desk/{slug:str}/papers/list")
async def papers_list(request: Visit, slug: FromPath[str], person: NamedDependency[Person], clock: NamedDependency[Clock]) -> Response[Any]:
    consultation = await to_read(person, slug, clock)
    return page(request, "official/_papers.html", consultation=consultation, **await made(consultation))


async def made(consultation: Consultation) -> dict[str, Any]:
    ready = await counting.wanted(consultation)
    return {"ready": ready, "papers": await results.papers(consultation.id) if ready else [], "snapshot": await results.snapshot(consultation.id)}


@get("/desk/{slug:str}/papers/{name:str}")
async def paper(
    slug: FromPath[str], name: FromPath[str], person: NamedDependency[Person], clock: NamedDependency[Clock], settings: NamedDependency[Settings]
) -> File:
    """`report.vi.pdf`"""
    consultation = await to_read(person, slug, clock)
    await counting.ready(consultation)
    return paper_file(await results.papers(consultation.id), name, slug=slug, settings=settings)


handlers: list[ControllerRouterHandler] = [
    room, figures, tables, tallies, totals_room, add_total, remove_total, words_room, decide_words, reply, save_reply, papers, papers_list, paper,
]  # fmt: skip
