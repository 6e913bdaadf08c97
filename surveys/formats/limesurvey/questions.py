"""Groups and their questions → sections, in two rounds: first the questions, then the conditions over all of them."""

from collections.abc import Iterator
from typing import Any

from msgspec import Struct, structs

from surveys.formats import codes
from surveys.formats.comparing import UntakenError
from surveys.formats.limesurvey import conditions, script
from surveys.formats.limesurvey.form import Form, clean_name
from surveys.formats.limesurvey.items import Item, of_group, of_question
from surveys.formats.limesurvey.kinds import READ, Asked
from surveys.kinds import Note
from surveys.problems import Problem
from surveys.questionnaire import Question, Section

ALWAYS = {"", "1"}


class Part(Struct, frozen=True):
    """A section without conditions, with the item that each question came from."""

    section: Section
    group: Item
    drafts: tuple[tuple[Question, Item], ...]


def sections(form: Form) -> tuple[Section, ...]:
    parts = [read_group(group, number, form) for number, group in enumerate(form.groups, start=1)]
    for part in parts:
        if not part.drafts:
            lose_group(part, form)
    known: dict[str, Any] = {}
    return tuple(finished(part, form, known) for part in parts if part.drafts)


def lose_group(part: Part, form: Form) -> None:
    part.group.take_all()
    form.note(part.group.where, codes.LOST_GROUP, given=next(iter(part.section.label.values()), part.section.name))


def read_group(group: Item, number: int, form: Form) -> Part:
    """The text below a group's title becomes something to read."""
    name = clean_name(f"group_{number}", form.names)
    form.names.add(name)
    section = Section(name, (), form.text(group, "group_name", name), source=group.where)
    drafts = list(asked(group, form))
    if drafts and (said := form.text(group, "description", name)):
        note = Question(clean_name(f"{name}_text", form.names), Note(), said, source=group.where)
        form.names.add(note.name)
        drafts.insert(0, (note, group))
    return Part(section, group, tuple(drafts))


def asked(group: Item, form: Form) -> Iterator[tuple[Question, Item]]:
    for item in of_group(form.questions, group.peek("gid")):
        yield from ((question, item) for question in taken(item, form))


def taken(item: Item, form: Form) -> list[Question]:
    """Ours of one of LimeSurvey's; said lost as a whole where its kind is none of ours, or nobody sees it."""
    letter = item.peek("type")
    if letter != "*" and any(row.peek("attribute") == "hidden" and row.peek("value") == "1" for row in form.attributes.get(item.peek("qid"), [])):
        lose(item, form, Problem(codes.LOST_HIDDEN, item.where, {"name": item.peek("title")}))
        return []
    if letter not in READ:
        lose(item, form, Problem(codes.LOST_TYPE, item.where, {"given": letter, "name": item.peek("title")}))
        return []
    asked = Asked(item, form)
    made = READ[letter](asked)
    if not made:
        lose(item, form, asked.lost)
    return made


def lose(item: Item, form: Form, problem: Problem) -> None:
    form.losses.append(problem)
    qid = item.peek("qid")
    for part in (item, *of_question(form.questions, qid), *of_question(form.questions, qid, "1"), *form.answers.get(qid, [])):
        part.take_all()
    for row in form.attributes.get(qid, []):
        row.take_all()


def finished(part: Part, form: Form, known: dict[str, Any]) -> Section:
    questions = []
    for question, item in part.drafts:
        if item is part.group:
            questions.append(question)
            continue
        if item.where not in known:
            known[item.where] = relevant(item, form)
        questions.append(structs.replace(question, relevant=known[item.where]))
    return structs.replace(part.section, questions=tuple(questions), relevant=grouped(part.group, form))


def grouped(group: Item, form: Form) -> Any:
    expression = group.take("grelevance")
    return None if expression in ALWAYS else read(expression, group, form)


def relevant(item: Item, form: Form) -> Any:
    """What `relevance` says; the older table of conditions counts where that says nothing, and is left where the two differ."""
    expression, rows = item.take("relevance"), conditions.rows_of(item, form)
    made = None if expression in ALWAYS else read(expression, item, form)
    older = conditions.condition(rows, form) if rows else None
    if expression in ALWAYS and older is not None:
        made = older
    if rows and older is not None and conditions.same(made, older):
        for row in rows:
            row.take_all()
    return made


def read(expression: str, item: Item, form: Form) -> Any:
    try:
        return script.condition(expression, form.places)
    except UntakenError as left:
        form.note(item.where, codes.LOST_CONDITION, given=expression, why=left.why)
        return None
