"""SurveyJS (.json) → Questionnaire: pages are sections; what our kinds can say is taken, everything else is named with its place."""

from collections.abc import Iterator
from typing import Any

from msgspec import structs

from surveys.conditions import Condition
from surveys.formats import codes
from surveys.formats.canonical import canonical
from surveys.formats.comparing import UntakenError
from surveys.formats.surveyjs import script
from surveys.formats.surveyjs.form import Form
from surveys.formats.surveyjs.ignorable import LOOKS, ON, QUIET
from surveys.formats.surveyjs.kinds import READ, Asked
from surveys.formats.surveyjs.part import Part, written
from surveys.formats.taken import Taken, Unreadable
from surveys.kinds import Note
from surveys.problems import Problem
from surveys.questionnaire import Question, Questionnaire, Section

DEEPEST = 30


def is_one(raw: dict[str, Any]) -> bool:
    """Whether an object is a definition of SurveyJS."""
    return isinstance(raw.get("pages"), list) or isinstance(raw.get("elements"), list)


def read(raw: dict[str, Any]) -> Taken:
    """Raises Unreadable where it is nested deeper than anybody builds."""
    try:
        form = Form(raw)
        title = form.text(form.root, "title", about="title")
        sections = tuple(section for page in pages(form) if (section := read_page(page, form)).questions)
        questionnaire = Questionnaire(sections, title=title, languages=form.languages)
        return Taken(questionnaire, tuple(losses(form)))
    except RecursionError:
        raise Unreadable(codes.TOO_HEAVY) from None


def pages(form: Form) -> list[Part]:
    """A definition without pages is one page."""
    return form.root.parts("pages") or [form.root]


def read_page(page: Part, form: Form) -> Section:
    name = form.name(page, "page") if page is not form.root else form.name(Part({}, ""), "page1")
    label = form.text(page, "title", about=name) if page is not form.root else {}
    relevant = together(page, form)
    said = form.text(page, "description", about=name)
    questions = list(elements(page, form, None, 0))
    if said and questions:
        questions.insert(0, Question(form.name(Part({"name": f"{name}_text"}, page.where)), Note(), said, source=page.where))
    if not questions and page is not form.root:
        page.take_all()
        form.note(page.where, codes.LOST_GROUP, given=name)
    return Section(name, tuple(questions), label, relevant, source=page.where)


def elements(part: Part, form: Form, above: Condition | None, depth: int) -> Iterator[Question]:
    """Questions of a page or panel; a panel's condition goes to each of them, its words become something to read."""
    if depth > DEEPEST:
        raise Unreadable(codes.TOO_HEAVY)
    for element in [*part.parts("elements"), *part.parts("questions")]:
        if element.peek("type") == "panel":
            yield from panel(element, form, above, depth)
        else:
            yield from taken(element, form, above)


def panel(part: Part, form: Form, above: Condition | None, depth: int) -> Iterator[Question]:
    part.take("type")
    if part.peek("visible") is False:
        lose(part, form, Problem(codes.LOST_HIDDEN, part.where, {"name": str(part.peek("name"))}))
        return
    name = form.name(part, "panel")
    relevant = script.both(above, together(part, form))
    title, said = form.text(part, "title", about=name), form.text(part, "description", about=name)
    inner = list(elements(part, form, relevant, depth + 1))
    if inner and (title or said):
        yield Question(name, Note(), title or said, said if title else {}, relevant=relevant, source=part.where)
    if not inner:
        part.take_all()
        form.note(part.where, codes.LOST_GROUP, given=name)
    yield from inner


def taken(part: Part, form: Form, above: Condition | None) -> list[Question]:
    """Ours of one of SurveyJS's; said lost as a whole where its type is none of ours, or nobody sees it."""
    name, sort = str(part.peek("name") or ""), str(part.peek("type") or "text")
    if part.peek("visible") is False and sort != "expression":
        return lose(part, form, Problem(codes.LOST_HIDDEN, part.where, {"name": name}))
    if sort not in READ:
        return lose(part, form, Problem(codes.LOST_TYPE, part.where, {"given": sort, "name": name}))
    part.take("visible")
    asked = Asked(part, form)
    made = READ[sort](asked)
    if not made:
        return lose(part, form, asked.lost)
    if part.on("showCommentArea", "hasComment"):
        form.note(part.where, codes.LOST_COMMENT, name=asked.name)
    relevant = script.both(above, together(part, form))
    required = demanded(part, form, relevant)
    return [structs.replace(one, relevant=relevant, required=(one.required or required) and one.kind.asks) for one in made]


def lose(part: Part, form: Form, problem: Problem) -> list[Question]:
    form.losses.append(problem)
    part.take_all()
    return []


def together(part: Part, form: Form) -> Condition | None:
    """What makes it seen, and what makes it usable: with us a question that cannot be answered is not shown."""
    found: Condition | None = None
    for field in ("visibleIf", "enableIf"):
        if expression := part.said(field):
            try:
                found = script.both(found, script.condition(expression, form.places))
            except UntakenError as left:
                form.note(part.where, codes.LOST_CONDITION, given=expression, why=left.why)
    return found


def demanded(part: Part, form: Form, relevant: Condition | None) -> bool:
    """Whether `requiredIf` says what makes the question seen anyway; any other condition for demanding an answer is left."""
    expression = part.peek("requiredIf")
    if not isinstance(expression, str) or relevant is None:
        return False
    try:
        same = canonical(script.condition(expression, form.places)) == canonical(relevant)
    except UntakenError:
        return False
    return same and bool(part.take("requiredIf"))


def losses(form: Form) -> Iterator[Problem]:
    """What was said lost while reading, then every property that nobody took, unless it is about looks or off anyway."""
    yield from form.losses
    for part in form.root.all():
        for name, value in part.left:
            if not is_quiet(name, value):
                yield Problem(codes.LOST_ELEMENT, f"{part.where}/{name}", {"column": name, "given": written(value)})


def is_quiet(name: str, value: Any) -> bool:
    if name in LOOKS or QUIET.get(name) == value:
        return True
    return (value in (None, "", [], {}) or value is False) if name not in ON else value is True
