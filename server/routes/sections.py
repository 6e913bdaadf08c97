"""Sections in the designer: added, worded, asked of some people only, moved, copied, taken out."""

from typing import Any

from litestar import Response, get, post
from litestar.types import ControllerRouterHandler

from server.designer import opened_section, outline
from server.forms import wrong_fields
from server.routes.drafting import (
    Draft,
    Part,
    Slug,
    Time,
    Visit,
    Who,
    after,
    by_htmx,
    designer_page,
    draft_of,
    findings_of,
    found_section,
    section_context,
)  # fmt: skip
from server.routes.picking import extra_query, read_condition
from server.store import consultations, questionnaires
from server.store.drafts import Saved
from server.web import form as form_lists
from server.web import language, page, see_other
from surveys import asking, copies, editing
from surveys.conditions import words as condition_words
from surveys.problems import CHANGED_MEANWHILE, EDITED_MEANWHILE, Conflict, Problem
from surveys.questionnaire import Questionnaire, Section
from surveys.rewording import read_text
from templates import next_words, sentence, words

STEPS = {"up": -1, "down": 1}
NONE: dict[str, list[Problem]] = {"forbidden": [], "advice": []}


@post("/desk/{slug:str}/sections")
async def add_section(request: Visit, slug: Slug, person: Who, clock: Time) -> Response[Any]:
    draft = await draft_of(request, slug, person, clock)
    grown = editing.add_section(draft.latest, {})
    saved = await draft.save(grown)
    name = grown.sections[-1].name
    return await opened_after(draft, saved, name, to=f"questions#s-{name}", said="Đã thêm một phần.", focus="label_vi")


@get("/desk/{slug:str}/sections/{name:str}")
async def section(request: Visit, slug: Slug, name: Part, person: Who, clock: Time) -> Response[Any]:
    consultation = await consultations.to_see(person, slug, clock.now())
    questionnaire = await questionnaires.questionnaire(consultation)
    opened = await section_context(request, consultation, questionnaire, found_section(questionnaire, name), person, clock)
    if by_htmx(request) and request.headers.get("hx-target") == "editor":
        return page(request, "official/designer/_opened.html", **opened, findings_of=findings_of(consultation, questionnaire, clock, name))
    return await designer_page(request, consultation, person, clock, **opened)


@post("/desk/{slug:str}/sections/{name:str}")
async def change_section(request: Visit, slug: Slug, name: Part, person: Who, clock: Time) -> Response[Any]:
    """`do`: rename (which keeps its condition too, by itself while somebody types), up, down, copy, remove, or one thing with a condition."""
    draft = await draft_of(request, slug, person, clock)
    do = draft.form.get("do", "rename")
    if do == "remove":
        return await removed(draft, found_section(draft.latest, name))
    if do == "copy":
        grown, copy = copies.copied_section(draft.latest, name)
        return await opened_after(draft, await draft.save(grown), copy.name, to=f"questions#s-{copy.name}", said="Đã chép cả phần.")
    if do in STEPS:
        saved = await draft.save(editing.move_section(draft.latest, name, step=STEPS[do]))
        return await opened_after(draft, saved, name, to=f"questions#s-{name}", said="", focus=f"move-{do}")
    return await reworded(draft, name, do)


async def reworded(draft: Draft, name: str, do: str) -> Response[Any]:
    base = await draft.base()
    former = next((one for one in base.sections if one.name == name), None) or found_section(draft.latest, name)
    known, doubts = asking.askable(base, name), list[Problem]()
    label = read_text(draft.form, "label", doubts)
    relevant, more = read_condition(former.relevant, draft.form, await form_lists(draft.request), known, prefix="when", do=do)
    doubts += more
    changed = editing.reword_section(base, name, label=label if not doubts or more == doubts else former.label, relevant=relevant)
    saved = await draft.save(changed, since=draft.since, part=name)
    if saved.clashes:
        raise Conflict(CHANGED_MEANWHILE)
    if not by_htmx(draft.request):
        told = {"said": "Đã lưu tên phần."} if do in ("rename", "save") else {}
        to = f"questions#s-{name}" if do in ("rename", "save") else f"sections/{name}{extra_query(do, draft.form)}#when"
        return see_other(draft.request, f"{draft.here}/{to}", **told)
    return await saved_state(draft, saved, name, doubts, do)


async def saved_state(draft: Draft, saved: Saved, name: str, doubts: list[Problem], do: str) -> Response[Any]:
    request, told = draft.request, language(draft.request)
    now = found_section(saved.questionnaire, name)
    around = await outline(saved.consultation, saved.questionnaire, draft.person, today=draft.clock.today(), full=False)
    opened = await section_context(request, saved.consultation, saved.questionnaire, now, draft.person, draft.clock)
    if do in ("rename", "save"):
        said = condition_words(now.relevant, saved.questionnaire, told) if now.relevant is not None else ""
        sentence_of = sentence("Chỉ hỏi khi: {condition}", told, {"condition": said}) if said else sentence("Hỏi mọi người.", told, {})
        unsaved = [f"{words(doubt, told)} {next_words(doubt, told)}".strip() for doubt in doubts]
        state = {"unsaved": unsaved, "label": now.label, "when_sentence": sentence_of}
        return page(request, "official/designer/_saved.html", **around | opened | state)
    if do == "when-add":
        opened |= opened_section(saved.questionnaire, now, told, more=draft.form.get("when-new", ""))
    heads = {"HX-Retarget": "#editor", "HX-Reswap": "innerHTML"}
    return page(
        request,
        "official/designer/_reopened.html",
        headers=heads,
        **around | opened | {"findings_of": NONE, "told": "", "focus": "when-new" if do != "when-add" else ""},
    )


async def opened_after(draft: Draft, saved: Saved, name: str, *, to: str, said: str, focus: str = "") -> Response[Any]:
    now = found_section(saved.questionnaire, name)
    opened = await section_context(draft.request, saved.consultation, saved.questionnaire, now, draft.person, draft.clock)
    where = to if not by_htmx(draft.request) else f"sections/{name}"
    return await after(draft, saved, to=where, said=said, **opened | {"focus": focus})


async def removed(draft: Draft, gone: Section) -> Response[Any]:
    """With its questions. Refused where others look at them, or where somebody has written in it since the form was shown."""
    try:
        changed = without(draft.latest, await draft.base(), gone)
    except Conflict as refusal:
        told = wrong_fields(draft.request, [Problem(refusal.code, "", refusal.given)])
        opened = await section_context(draft.request, draft.consultation, draft.latest, gone, draft.person, draft.clock)
        if by_htmx(draft.request):
            return page(draft.request, "official/designer/_opened.html", status=409, **opened | {"wrong": told}, findings_of=NONE)
        return await designer_page(draft.request, draft.consultation, draft.person, draft.clock, status=409, **opened, refused=told)
    none: dict[str, Any] = {"question": None, "section": None}
    return await after(draft, await draft.save(changed), to="questions", said="Đã bỏ cả phần. Bấm Hoàn tác nếu bỏ nhầm.", **none)


def without(latest: Questionnaire, base: Questionnaire, gone: Section) -> Questionnaire:
    before = next((one for one in base.sections if one.name == gone.name), gone)
    if before != gone:
        raise Conflict(EDITED_MEANWHILE, question=gone.label or gone.name)
    return editing.remove_section(latest, gone.name)


handlers: list[ControllerRouterHandler] = [add_section, section, change_section]
