"""The library: ready questionnaires and blocks, a unit's own among them, to look at, to begin with, to put into a draft, to keep."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from server.clock import Clock
from server.desk import conditions_in, workspace
from server.forms import typed, wrong_fields
from server.routes.drafting import draft_of
from server.statics import asset
from server.store import consultations, questionnaires
from server.store import library as shelf
from server.web import LANGUAGES, language, page, see_other
from surveys import analysis_plan, blocks, library, rights
from surveys.analysis_plan import AnalysisPlan
from surveys.consultation import Consultation, Person, Role
from surveys.kinds import say
from surveys.names import INSTRUMENTS
from surveys.problems import CHANGED_MEANWHILE, CHOOSE_ONE, NAME_MISSING, NO_SUCH_ITEM, NOTHING_TO_KEEP, Conflict, Invalid, NotAllowed, NotFound, Problem
from surveys.questionnaire import Questionnaire
from surveys.refusals import NOT_YOUR_RIGHT
from surveys.rewording import Form
from templates import render

Visit = Request[Any, Any, Any]
Slug = FromPath[str]
Part = FromPath[str]
Who = NamedDependency[Person]
Time = NamedDependency[Clock]

LONGEST_NAME = 120


def using(person: Person) -> Person:
    """Raises NotAllowed for who does not work on consultations."""
    if not rights.may_use_library(person):
        raise NotAllowed(NOT_YOUR_RIGHT)
    return person


@get("/desk/library")
async def catalogue(request: Visit, person: Who) -> Response[Any]:
    """Everything that can be begun with, found without tones."""
    return await catalogue_page(request, using(person))


async def catalogue_page(request: Visit, person: Person, *, problems: tuple[Problem, ...] = (), at: str = "", status: int = 200) -> Response[Any]:
    """at: the item whose form was wrong."""
    wish, instrument = request.query_params.get("q", "")[:100], request.query_params.get("instrument", "")
    kept = await shelf.items(person.unit)
    return page(
        request, "official/library/catalogue.html", status=status, wish=wish, instrument=instrument, instruments=INSTRUMENTS,
        entries=library.matching(library.entries(), wish, instrument), blocks=blocks.blocks(), kept=[item for item in kept if not item.removed],
        removed=[item for item in kept if item.removed], may_keep=Role.AUTHOR in person.roles, at=at, wrong=wrong_fields(request, problems),
    )  # fmt: skip


@get("/desk/library/{key:str}")
async def entry(request: Visit, key: Part, person: Who) -> Response[Any]:
    found = await shelf.any_entry(key, unit=using(person).unit)
    return page(
        request, "official/library/entry.html", entry=found, address=f"/desk/library/{key}", may_create=Role.AUTHOR in person.roles,
        **about(request, found.questionnaire), **planned(found.analysis, found.questionnaire),
    )  # fmt: skip


@get("/desk/library/blocks/{key:str}")
async def block(request: Visit, key: Part, person: Who) -> Response[Any]:
    found = await shelf.any_block(key, unit=using(person).unit)
    return page(request, "official/library/block.html", block=found, address=f"/desk/library/blocks/{key}", **about(request, found.questionnaire))


def about(request: Visit, questionnaire: Questionnaire) -> dict[str, Any]:
    """What a questionnaire asks, for a page that only shows it."""
    asked = sum(question.kind.asks for question in questionnaire.questions())
    return {"questionnaire": questionnaire, "conditions": conditions_in(questionnaire, language(request)), "asked": asked}


def planned(plan: AnalysisPlan, questionnaire: Questionnaire) -> dict[str, Any]:
    """What the pages that show a plan of analysis need: it names questions and rows, they show labels."""
    rows = {f"{question.name}/{row.name}": row.label for question in questionnaire.questions() for row in getattr(question.kind, "rows", ())}
    labels = rows | {question.name: question.label for question in questionnaire.questions()}
    return {"plan": plan, "label_of": labels, "weights": analysis_plan.shares_of_weight(plan), "figure_names": analysis_plan.FIGURES}


@get("/desk/library/{key:str}/preview/{told:str}")
async def entry_on_phone(key: Part, told: Part, person: Who) -> Response[str]:
    found = await shelf.any_entry(key, unit=using(person).unit)
    return phone(found.questionnaire, f"/desk/library/{key}/preview", told, title=found.title, summary=found.summary)


@get("/desk/library/blocks/{key:str}/preview/{told:str}")
async def block_on_phone(key: Part, told: Part, person: Who) -> Response[str]:
    found = await shelf.any_block(key, unit=using(person).unit)
    return phone(found.questionnaire, f"/desk/library/blocks/{key}/preview", told, title=found.name, summary={})


def phone(questionnaire: Questionnaire, here: str, told: str, **words: Any) -> Response[str]:
    """The questions as residents see them, in a language that is not the official's own."""
    if told not in LANGUAGES:
        raise NotFound(NO_SUCH_ITEM)
    frame = {"place": "", "home": f"{here}/{told}", "switch": f"{here}/{'en' if told == 'vi' else 'vi'}", "sample": False, "asset": asset}
    given = {"questionnaire": questionnaire, "conditions": conditions_in(questionnaire, told), "here": here, **words}
    return Response(render("official/library/phone.html", told, **frame, **given), media_type="text/html; charset=utf-8")


@post("/desk/library/own/{item:str}")
async def change(request: Visit, item: Part, person: Who, clock: Time) -> Response[Any]:
    """`do`: rename, remove or restore."""
    form = await typed(request)
    do, now = form.get("do", ""), clock.now()
    if do == "rename":
        try:
            await shelf.rename(item, name_in(form), by=person, now=now)
        except Invalid as refusal:
            return await catalogue_page(request, using(person), problems=tuple(refusal.problems), at=item, status=422)
        return see_other(request, "/desk/library#own", said="Đã đổi tên.")
    if do == "restore":
        await shelf.restore(item, by=person, now=now)
        return see_other(request, "/desk/library#own", said="Đã đưa mẫu trở lại.")
    await shelf.remove(item, by=person, now=now)
    return see_other(request, "/desk/library#own", said="Đã bỏ khỏi thư viện. Mục “Đã bỏ” ở cuối trang đưa lại được.")


def name_in(form: Form) -> str:
    """Raises Invalid where it says nothing."""
    name = " ".join(form.get("name", "").split())[:LONGEST_NAME]
    if not name:
        raise Invalid([Problem(NAME_MISSING, "name")])
    return name


@get("/desk/{slug:str}/library")
async def for_consultation(request: Visit, slug: Slug, person: Who, clock: Time) -> Response[Any]:
    return await shelf_page(request, await consultations.to_see(person, slug, clock.now()), person, clock)


async def shelf_page(
    request: Visit, consultation: Consultation, person: Person, clock: Clock, *, form: Form | None = None, problems: tuple[Problem, ...] = (), status: int = 200
) -> Response[Any]:
    """Blocks to put into this draft, and this consultation's parts to keep."""
    around = await workspace(consultation, person, "questions", today=clock.today())
    kept = [item for item in await shelf.items(person.unit) if item.kind == "block" and not item.removed]
    return page(
        request, "official/library/insert.html", status=status,
        **around | {
            "blocks": blocks.blocks(), "kept": kept, "may_keep": Role.AUTHOR in person.roles, "form": form or {}, "wrong": wrong_fields(request, problems),
        },
    )  # fmt: skip


@post("/desk/{slug:str}/library")
async def insert(request: Visit, slug: Slug, person: Who, clock: Time) -> Response[Any]:
    """Puts a block behind a section, first where none is named; upon what others wrote meanwhile."""
    draft = await draft_of(request, slug, person, clock)
    form = draft.form
    if not form.get("block"):
        return await shelf_page(request, draft.consultation, person, clock, form=form, problems=(Problem(CHOOSE_ONE, "block"),), status=422)
    chosen = await shelf.any_block(form["block"], unit=person.unit)
    base = await draft.base()
    grown = blocks.insert(base, chosen.sections, after=form.get("after", ""))
    new = next(section.name for section in grown.sections if section.name not in {one.name for one in base.sections})
    saved = await draft.save(grown, since=draft.since, part=new)
    if saved.clashes:
        raise Conflict(CHANGED_MEANWHILE)
    said = "Đã chèn “{block}”. Bấm Hoàn tác nếu chèn nhầm."
    return see_other(request, f"/desk/{slug}/sections/{new}", said=said, block=say(chosen.name, language(request)))


@post("/desk/{slug:str}/library/keep")
async def keep(request: Visit, slug: Slug, person: Who, clock: Time) -> Response[Any]:
    """Keeps all of it, or one section as a block (`part`), under a name."""
    consultation = await consultations.to_see(person, slug, clock.now())
    shelf.may_keep(person)
    form = await typed(request)
    questionnaire, part = await questionnaires.questionnaire(consultation), form.get("part", "")
    taken = blocks.cut(questionnaire, part)
    try:
        name = name_in(form)
        if not any(question.kind.asks for section in taken.sections for question in section.questions):
            raise Invalid([Problem(NOTHING_TO_KEEP, "part")])
    except Invalid as refusal:
        return await shelf_page(request, consultation, person, clock, form=form, problems=tuple(refusal.problems), status=422)
    content = blocks.Block(name={"vi": name}, sections=taken.sections) if part else whole(consultation, questionnaire, taken)
    await shelf.keep(content, name=name, consultation=consultation, by=person, now=clock.now())
    said = "Đã lưu “{name}” vào thư viện của đơn vị; bỏ {n} chỗ dựa vào câu ngoài phần này hoặc điều khoản của dự thảo." if taken.lost else KEPT
    return see_other(request, "/desk/library#own", said=said, name=name, n=taken.lost)


KEPT = "Đã lưu “{name}” vào thư viện của đơn vị."


def whole(consultation: Consultation, questionnaire: Questionnaire, taken: blocks.Cut) -> library.Entry:
    return library.from_consultation(consultation, Questionnaire(taken.sections, title=consultation.title, languages=questionnaire.languages))


handlers: list[ControllerRouterHandler] = [
    catalogue, entry, block, entry_on_phone, block_on_phone, change, for_consultation, insert, keep,
]  # fmt: skip
