"""One question in the designer: its words, choices and settings, who is asked it, its place and its name."""

from typing import Any

from litestar import Response, get, post
from litestar.types import ControllerRouterHandler
from msgspec import structs

from server.designer import opened_question, outline
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
    found_question,
    question_context,
)  # fmt: skip
from server.routes.picking import do_with_rows, extra_query, read_conditions
from server.store import consultations, questionnaires
from server.store.drafts import Saved
from server.web import form as form_lists
from server.web import language, page, see_other
from surveys import copies, editing
from surveys.asking import rows_of
from surveys.conditions import words as condition_words
from surveys.kinds import say
from surveys.lists import LISTS, lists_of, rearrange
from surveys.merging import Clash
from surveys.pasting import as_lines
from surveys.problems import (
    BOTH_WROTE,
    EDITED_MEANWHILE,
    LABEL_MISSING,
    NAME_TAKEN,
    NAME_UNUSABLE,
    VALUE_MISSING,
    Conflict,
    Problem,
)  # fmt: skip
from surveys.questionnaire import Question, Questionnaire
from surveys.rewording import NAME, Form, question_form, read_question
from templates import next_words, sentence, words
from templates.filters import clock as clock_filter

STEPS = {"up": -1, "down": 1}
UNFINISHED = (LABEL_MISSING, VALUE_MISSING)
"""What a draft may still lack while somebody is writing it."""


@get("/desk/{slug:str}/questions/{name:str}")
async def question(request: Visit, slug: Slug, name: Part, person: Who, clock: Time) -> Response[Any]:
    consultation = await consultations.to_see(person, slug, clock.now())
    questionnaire = await questionnaires.questionnaire(consultation)
    opened = await question_context(request, consultation, questionnaire, found_question(questionnaire, name), person, clock)
    if by_htmx(request) and request.headers.get("hx-target") == "editor":
        return page(request, "official/designer/_opened.html", **opened, findings_of=findings_of(consultation, questionnaire, clock, name))
    return await designer_page(request, consultation, person, clock, **opened)


@post("/desk/{slug:str}/questions/{name:str}")
async def reword(request: Visit, slug: Slug, name: Part, person: Who, clock: Time) -> Response[Any]:
    """`do`: save (by itself while somebody types), one thing with a list or a condition, or which of two texts to keep."""
    draft = await draft_of(request, slug, person, clock)
    base = await draft.base()
    former = next((one for one in base.questions() if one.name == name), None) or found_question(draft.latest, name)
    do = draft.form.get("do", "save")
    form = chosen_side(draft, name) if do == "theirs" else draft.form
    found, problems = read_question(former, form)
    found, doubts = read_conditions(found, base, form, await form_lists(request), do=do)
    problems += doubts
    stopping = [problem for problem in problems if do == "save" or problem.code not in UNFINISHED]
    if stopping and not by_htmx(request):
        return await typed_again(draft, found, tuple(stopping), status=422)
    changed = structs.replace(do_with_rows(found, do), kind=rearrange(found.kind, do, form))
    saved = await draft.save(
        editing.replace_question(base, changed) if any(one.name == name for one in base.questions()) else draft.latest, since=draft.since, part=name
    )
    if saved.clashes:
        return await clashed(draft, saved, changed)
    if not by_htmx(request):
        return see_other(request, f"{draft.here}/{place_after(name, do, form)}", said="" if do not in ("save", "mine", "theirs") else "Đã lưu câu hỏi.")
    return await saved_state(draft, saved, changed, problems, do)


def chosen_side(draft: Draft, name: str) -> dict[str, str]:
    """The form with the other's words in the places where both wrote."""
    theirs = question_form(found_question(draft.latest, name))
    form = dict(draft.form)
    for field in [value for key, value in draft.form.items() if key.startswith("clash-")]:
        for key in [key for key in form if key in (field, f"{field}_vi", f"{field}_en") or key.startswith(f"{field}-")]:
            del form[key]
        form |= {key: value for key, value in theirs.items() if key in (field, f"{field}_vi", f"{field}_en")}
        if field == "relevant":
            form = {key: value for key, value in form.items() if not key.startswith("when")}
    return form


def place_after(name: str, do: str, form: Form) -> str:
    """Where the page without script goes on."""
    if do in ("save", "mine", "theirs"):
        return f"questions#q-{name}"
    what, field = [*do.split(":"), ""][:2]
    query = extra_query(do, form)
    return f"questions/{name}{query}#{field if field in LISTS else what.partition('-')[0] if what.startswith(('when', 'only')) else ''}"


async def typed_again(draft: Draft, found: Question, problems: tuple[Problem, ...], *, status: int) -> Response[Any]:
    """The page with everything that was typed and what is wrong with it."""
    opened = await question_context(
        draft.request, draft.consultation, draft.latest, found_question(draft.latest, found.name), draft.person, draft.clock, draft.form
    )
    shown = opened_question(editing.replace_question(draft.latest, found), found, language(draft.request))
    again = {"version": draft.since, "wrong": wrong_fields(draft.request, problems), "lists": lists_of(found.kind)}
    return await designer_page(draft.request, draft.consultation, draft.person, draft.clock, status=status, **opened | shown | again)


async def clashed(draft: Draft, saved: Saved, mine: Question) -> Response[Any]:
    """Both texts beside each other; what was typed stands in the form, which now begins from the latest version."""
    request, told = draft.request, language(draft.request)
    theirs = found_question(saved.questionnaire, mine.name)
    shown = with_mine(theirs, mine, saved.clashes)
    fields = {clash.field for clash in saved.clashes}
    typed = {key: value for key, value in draft.form.items() if key in fields or key.rpartition("_")[0] in fields}
    opened = await question_context(request, saved.consultation, saved.questionnaire, theirs, draft.person, draft.clock, question_form(shown) | typed)
    opened |= {"lists": lists_of(shown.kind), "who": saved.who, "version": saved.consultation.version}
    opened |= {"clashes": [said_clash(clash, saved.questionnaire, told) for clash in saved.clashes]}
    opened["note"] = ""
    if not by_htmx(request):
        who = saved.who or sentence("Một cửa sổ khác của ông/bà", told, {})
        wrong = {"wrong": wrong_fields(request, [Problem(BOTH_WROTE, "clash", {"who": who})])}
        return await designer_page(request, saved.consultation, draft.person, draft.clock, status=409, **opened | wrong)
    heads = {"HX-Retarget": "#editor", "HX-Reswap": "innerHTML"}
    return page(
        request,
        "official/designer/_opened.html",
        headers=heads,
        **opened,
        findings_of=findings_of(saved.consultation, saved.questionnaire, draft.clock, mine.name),
    )


def with_mine(theirs: Question, mine: Question, clashes: tuple[Clash, ...]) -> Question:
    """The merged question with my side where both wrote."""
    own = {clash.field: getattr(mine, clash.field) for clash in clashes if clash.field in theirs.__struct_fields__}
    kind = {clash.field: clash.mine for clash in clashes if clash.field in theirs.kind.__struct_fields__ and clash.field not in own}
    if kind and type(theirs.kind) is type(mine.kind):
        own["kind"] = structs.replace(theirs.kind, **kind)
    return structs.replace(theirs, **own)


def said_clash(clash: Clash, questionnaire: Questionnaire, told: str) -> dict[str, str]:
    def spoken(value: Any) -> str:
        if clash.field == "relevant":
            return condition_words(value, questionnaire, told) if value is not None else "–"
        if clash.field in LISTS:
            return as_lines(value)
        return str(say(value, told) if isinstance(value, dict) else "–" if value in (None, "") else value)

    return {"field": clash.field, "mine": spoken(clash.mine), "theirs": spoken(clash.theirs)}


async def saved_state(draft: Draft, saved: Saved, changed: Question, problems: list[Problem], do: str) -> Response[Any]:
    """By htmx: after typing the state and what shows it; after a button, or where another's words came in, the editor anew."""
    request, told = draft.request, language(draft.request)
    question = found_question(saved.questionnaire, changed.name)
    unsaved = [f"{words(problem, told)} {next_words(problem, told)}".strip() for problem in problems if problem.code != LABEL_MISSING]
    today = draft.clock.today()
    around = await outline(saved.consultation, saved.questionnaire, draft.person, today=today, full=False)
    if do == "save" and question == changed:
        shown = opened_question(saved.questionnaire, question, told)
        when = shown["when"].words
        sentence_of = sentence("Chỉ hỏi khi: {condition}", told, {"condition": when}) if when else sentence("Hỏi mọi người.", told, {})
        state = {"unsaved": unsaved, "now": draft.clock.now(), "version": saved.consultation.version, "label": question.label, "when_sentence": sentence_of}
        return page(request, "official/designer/_saved.html", **around | shown | state)
    opened = await question_context(request, saved.consultation, saved.questionnaire, question, draft.person, draft.clock)
    more = opened_question(saved.questionnaire, question, told, **row_to_add(do, draft.form))
    merged = sentence("{who} cũng vừa sửa câu này; hai bản đã được gộp.", told, {"who": saved.who}) if saved.who and question != changed else ""
    note = " ".join(unsaved) or merged or sentence("Đã lưu lúc {hour}", told, {"hour": clock_words(draft)})
    heads = {"HX-Retarget": "#editor", "HX-Reswap": "innerHTML"}
    given = around | opened | more | {"focus": focus_after(do, question), "note": note, "told": merged}
    found: dict[str, Any] = {"findings_of": {"forbidden": [], "advice": []}}
    return page(request, "official/designer/_reopened.html", headers=heads, **given | found)


def clock_words(draft: Draft) -> str:
    return clock_filter(draft.clock.now())


def row_to_add(do: str, form: Form) -> dict[str, str]:
    if do == "when-add":
        return {"more": form.get("when-new", "")}
    if do == "only-add":
        return {"more": form.get("only-new", ""), "option": form.get("only-option", "")}
    if do.startswith("only-open"):
        return {"option": do.partition(":")[2] or form.get("only-choice", "")}
    return {"option": form.get("only-option", "")} if do.startswith("only") and "clear" not in do else {}


def focus_after(do: str, question: Question) -> str:
    """The id of what goes on being used after this was done."""
    what, field, at = [*do.split(":"), "", ""][:3]
    rows = lists_of(question.kind).get(field, ())
    if what in ("up", "down") and at.isdecimal():
        to = max(0, min(len(rows) - 1, int(at) + (1 if what == "down" else -1)))
        at_edge = (what == "up" and to == 0) or (what == "down" and to == len(rows) - 1)
        return f"{({'up': 'down', 'down': 'up'}[what]) if at_edge else what}-{field}-{to}"
    if what == "more":
        return f"{field}-{len(rows)}_vi"
    if what == "drop" and at.isdecimal():
        return f"{field}-{int(at)}_vi"
    if what == "when-add":
        before = rows_of(question.relevant)
        return f"when-{len(before.rows) if before else 0}-is"
    return {"when-drop": "when-new", "when-clear": "when-new"}.get(what, "")


@post("/desk/{slug:str}/questions/{name:str}/place")
async def place(request: Visit, slug: Slug, name: Part, person: Who, clock: Time) -> Response[Any]:
    """`do`: up, down, put (into `section`, at position `at`), copy, rename or remove."""
    draft = await draft_of(request, slug, person, clock)
    found, do = found_question(draft.latest, name), draft.form.get("do", "")
    if do == "remove":
        return await removed(draft, found)
    if do == "copy":
        grown, copy = copies.copied_question(draft.latest, name)
        return await opened_after(draft, grown, copy.name, said="Đã chép câu hỏi.")
    if do == "rename":
        return await renamed(draft, found)
    if do == "put":
        at = draft.form.get("at", "")
        changed = editing.put_question(draft.latest, name, section=draft.form.get("section", ""), at=int(at) if at.isdecimal() and len(at) < 5 else None)
    else:
        changed = editing.move_question(draft.latest, name, step=STEPS.get(do, 0))
    return await moved(draft, changed, name, do)


async def moved(draft: Draft, changed: Questionnaire, name: str, do: str) -> Response[Any]:
    request, told = draft.request, language(draft.request)
    saved = await draft.save(changed)
    if not by_htmx(request):
        return see_other(request, f"{draft.here}/questions#q-{name}")
    question = found_question(saved.questionnaire, name)
    shown = opened_question(saved.questionnaire, question, told)
    said = sentence("“{question}” nay là câu {n}.", told, {"question": say(question.label, told) or name, "n": shown["number"]})
    if request.headers.get("hx-target") == "outline":
        around = await outline(saved.consultation, saved.questionnaire, draft.person, today=draft.clock.today(), full=False)
        return page(request, "official/designer/_moved.html", **around, told=said, part=draft.form.get("part", ""), version=saved.consultation.version)
    return await opened_after(draft, saved.questionnaire, name, said="", told=said, saved=saved, focus=f"move-{do}" if do in STEPS else "")


async def opened_after(
    draft: Draft, changed: Questionnaire, name: str, *, said: str, told: str = "", saved: Saved | None = None, focus: str = ""
) -> Response[Any]:
    """This question is open then."""
    saved = saved or await draft.save(changed)
    question = found_question(saved.questionnaire, name)
    opened = await question_context(draft.request, saved.consultation, saved.questionnaire, question, draft.person, draft.clock)
    more = {"focus": focus, "told": told} if told or focus else {}
    return await after(draft, saved, to=f"questions/{name}", said=said, **opened | more)


async def renamed(draft: Draft, found: Question) -> Response[Any]:
    """With all conditions, calculations and words that look at it."""
    new = draft.form.get("new_name", "").strip()
    taken = any(one.name == new for one in draft.latest.parts()) and new != found.name
    problem = Problem(NAME_TAKEN, "new-name", {"given": new}) if taken else None if NAME.fullmatch(new) else Problem(NAME_UNUSABLE, "new-name", {"given": new})
    if problem is None:
        return await opened_after(draft, copies.renamed(draft.latest, found.name, new), new, said="Đã đổi tên; các điều kiện và phép tính đi theo tên mới.")
    opened = await question_context(draft.request, draft.consultation, draft.latest, found, draft.person, draft.clock)
    opened |= {"wrong": wrong_fields(draft.request, [problem]), "form": {**opened["form"], "new_name": new}}
    if by_htmx(draft.request):
        none: dict[str, Any] = {"forbidden": [], "advice": []}
        return page(draft.request, "official/designer/_opened.html", status=422, **opened, findings_of=none)
    return await designer_page(draft.request, draft.consultation, draft.person, draft.clock, status=422, **opened)


async def removed(draft: Draft, found: Question) -> Response[Any]:
    """Refused where a condition looks at it, or where somebody has written in it since the form was shown."""
    base = await draft.base()
    before = next((one for one in base.questions() if one.name == found.name), None)
    try:
        if before is not None and before != found:
            raise Conflict(EDITED_MEANWHILE, question=found.label or found.name)
        changed = editing.remove_question(draft.latest, found.name)
    except Conflict as refusal:
        return await refused(draft, refusal, found.name)
    names = [question.name for question in draft.latest.questions()]
    at = names.index(found.name)
    following = next(iter([*names[at + 1 : at + 2], *names[max(0, at - 1) : at]]), "")
    values = {"question": found.label or found.name}
    said = "Đã bỏ câu “{question}”. Bấm Hoàn tác nếu bỏ nhầm."
    saved = await draft.save(changed)
    if not by_htmx(draft.request):
        return await after(draft, saved, to="questions", said=said, values=values)
    opened: dict[str, Any] = {"question": None, "section": None}
    if following:
        opened = await question_context(
            draft.request, saved.consultation, saved.questionnaire, found_question(saved.questionnaire, following), draft.person, draft.clock
        )
    return await after(draft, saved, to=f"questions/{following}".rstrip("/"), said=said, values=values, **opened)


async def refused(draft: Draft, refusal: Conflict, name: str) -> Response[Any]:
    """The page as it stands, with why it was not done."""
    told = wrong_fields(draft.request, [Problem(refusal.code, "", refusal.given)])
    opened = await question_context(draft.request, draft.consultation, draft.latest, found_question(draft.latest, name), draft.person, draft.clock)
    if by_htmx(draft.request):
        none: dict[str, Any] = {"forbidden": [], "advice": []}
        return page(draft.request, "official/designer/_opened.html", status=409, **opened | {"wrong": told}, findings_of=none)
    return await designer_page(draft.request, draft.consultation, draft.person, draft.clock, status=409, **opened, refused=told)


handlers: list[ControllerRouterHandler] = [question, reword, place]
