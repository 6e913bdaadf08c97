"""Rows of the survey sheet → sections of questions, in two rounds: first the questions, then the conditions over all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import structs

from surveys.formats import codes
from surveys.formats.comparing import Variable
from surveys.formats.xlsform import kinds, tables
from surveys.formats.xlsform.links import Draft, Part, finished
from surveys.formats.xlsform.lists import MEDIA_NAME, YES, OptionList, lists
from surveys.formats.xlsform.pipes import Pipes
from surveys.formats.xlsform.settings import Settings
from surveys.formats.xlsform.sheets import Row, Sheet
from surveys.formats.xlsform.survey import Group, ends, is_remark, tree, type_of
from surveys.kinds import OTHER, STANCE_LABELS, Calculation, Integer, Matrix, Note, OpenText, Points, Stance, Text
from surveys.problems import Code, Problem
from surveys.questionnaire import Question, Section


class Form:
    """A workbook while it is being read: what was said lost, and which lists were used."""

    def __init__(self, book: Mapping[str, Sheet], settings: Settings) -> None:
        self.book = book
        self.settings = settings
        self.lists: dict[str, OptionList] = lists(book.get("choices"), settings)
        self.losses: list[Problem] = []
        self.used: set[str] = set()
        self.names = Counter(row.take("name") for row in book["survey"].rows if not ends(type_of(row)))

    def use(self, listed: OptionList) -> None:
        self.used.add(listed.name)

    def lose(self, row: Row, code: Code, **given: Any) -> None:
        """The whole row is lost, and said so once."""
        row.take_all()
        self.note(row, code, **given)

    def note(self, row: Row, code: Code, **given: Any) -> None:
        self.losses.append(Problem(code, row.where, given))

    def text(self, row: Row, field: str) -> Text:
        """The words of this field."""
        return row.take_text(field, self.settings.default, self.settings.languages)

    def picture(self, row: Row) -> str:
        """The picture of an option that is kept here; any other name is left."""
        return row.take("image") if MEDIA_NAME.fullmatch(row.peek("image")) else ""


def sections(form: Form) -> tuple[Section, ...]:
    parts = list(parted(tree(form.book["survey"].rows), form))
    places = placed(draft.question for part in parts for draft in part.drafts)
    known: dict[str, Any] = {}
    pipes = Pipes()
    made = tuple(pipes.sections([section for part in parts if (section := finished(part, form, places, known)).questions]))
    form.losses += pipes.losses
    return made


def placed(questions: Iterator[Question]) -> dict[str, Variable]:
    """Where conditions find each answer, rows of a matrix and of points among them. The first of a name counts."""
    found: dict[str, Variable] = {}
    for question in questions:
        if isinstance(question.kind, Matrix):
            for row in question.kind.rows:
                found.setdefault(row.name, Variable(f"{question.name}/{row.name}", question.kind.scale))
        if isinstance(question.kind, Points):
            for option in question.kind.options:
                found.setdefault(f"{question.name}_{option.name}", Variable(f"{question.name}/{option.name}", Integer()))
        elif question.kind.asks or isinstance(question.kind, Calculation):
            found.setdefault(question.name, Variable(question.name, question.kind))
    return found


def parted(form_tree: Group, form: Form) -> Iterator[Part]:
    """Groups become sections; what stands between them becomes sections without a title."""
    taken_names = {row.take("name") for row in form_tree.rows()}
    loose: list[Group | Row] = []
    count = 0
    for child in (*form_tree.children, None):
        if child is not None and not (isinstance(child, Group) and child.sort == "group" and not tables.is_one(child, form)):
            loose.append(child)
            continue
        if drafts := tuple(drafted(loose, form, ())):
            count = next(number for number in range(count + 1, 9999) if f"section_{number}" not in taken_names)
            yield Part(Section(f"section_{count}", ()), None, drafts)
        loose = []
        if isinstance(child, Group) and child.row:
            yield from grouped(child, child.row, form)


def grouped(group: Group, row: Row, form: Form) -> Iterator[Part]:
    name, label = row.take("name"), form.text(row, "label")
    drafts = tuple(drafted(group.children, form, ()))
    if drafts:
        yield Part(Section(name, (), label=label, source=row.where), row, drafts)
    else:
        form.lose(row, codes.LOST_GROUP, given=name)


def drafted(children: Sequence[Group | Row], form: Form, above: tuple[Row, ...]) -> Iterator[Draft]:
    skip = None
    for number, child in enumerate(children):
        following = children[number + 1] if number + 1 < len(children) else None
        if child is skip:
            continue
        if isinstance(child, Group):
            yield from nested(child, form, above)
        elif draft := asked(child, form, above):
            if kinds.is_stance_text(draft.question.kind, following) and isinstance(following, Row):
                draft, skip = with_stance_text(draft, following, form), following
            yield draft


def nested(group: Group, form: Form, above: tuple[Row, ...]) -> Iterator[Draft]:
    """A group within a section: its condition goes to each question, its title becomes something to read."""
    row = group.row
    assert row is not None
    name = row.take("name")
    if group.sort != "group":
        form.lose(row, codes.LOST_REPEAT, given=name)
        for inner in group.rows():
            form.lose(inner, codes.LOST_IN_REPEAT, given=inner.take("name") or type_of(inner), repeat=name)
        return
    if tables.is_matrix(group, form):
        yield matrix(group, row, form, above)
        return
    if tables.is_points(group):
        yield points(group, row, form, above)
        return
    label = form.text(row, "label")
    drafts = list(drafted(group.children, form, (*above, row)))
    if not drafts:
        form.lose(row, codes.LOST_GROUP, given=name)
        return
    if label:
        yield Draft(Question(name if form.names[name] == 1 else f"{name}_label", Note(), label, form.text(row, "hint"), source=row.where), (*above, row))
    yield from drafts


def matrix(group: Group, row: Row, form: Form, above: tuple[Row, ...]) -> Draft:
    kind = tables.matrix(group, form)
    required = all(required_of(child) for child in tables.rows_of(group))
    question = Question(row.take("name"), kind, form.text(row, "label"), form.text(row, "hint"), required, source=row.where, **media(row, form))
    return Draft(question, (*above, row))


def points(group: Group, row: Row, form: Form, above: tuple[Row, ...]) -> Draft:
    kind = tables.points(group, row, form)
    required = all(required_of(child) for child in tables.rows_of(group))
    question = Question(row.take("name"), kind, form.text(row, "label"), form.text(row, "hint"), required, source=row.where, **media(row, form))
    return Draft(question, (*above, row))


def media(row: Row, form: Form) -> dict[str, Any]:
    """Pictures and sound that are kept here, under the names they have here. Any other name is of a file that did not come along, and is left."""
    found: dict[str, Any] = {"alt": form.text(row, "alt")} if row.peek("alt") else {}
    if picture := form.picture(row):
        found["image"] = picture
    sounds = [text for column, text in row.cells.items() if column.field == "audio"]
    if sounds and all(MEDIA_NAME.fullmatch(text) for text in sounds):
        found["audio"] = form.text(row, "audio")
    return found


def asked(row: Row, form: Form, above: tuple[Row, ...]) -> Draft | None:
    name, text = row.take("name"), type_of(row)
    if is_remark(row):
        if said := [words for column, words in row.cells.items() if not column.ignorable]:
            form.lose(row, codes.LOST_ROW, given=" · ".join(said))
        return None
    kind = kinds.kind(row, text, form)
    if kind is None:
        form.lose(row, codes.LOST_METADATA if kinds.is_metadata(text) else codes.LOST_TYPE, given=text, name=name)
        return None
    question = Question(
        name or f"generated_note_name_{row.number}", kind, form.text(row, "label"), form.text(row, "hint"), kind.asks and required_of(row), source=row.where,
        **media(row, form),
    )  # fmt: skip
    if isinstance(kind, Note) and not question.label and not question.hint:
        return None
    return Draft(question, (*above, row))


def required_of(row: Row) -> bool:
    """Whether it is demanded of everybody. A condition for demanding it stays in the row, and is found there as lost."""
    for column, text in row.cells.items():
        if column.field == "required" and text.casefold() in YES:
            row.taken.add(column)
            return True
    return False


def with_stance_text(draft: Draft, row: Row, form: Form) -> Draft:
    """The text row that goes with a stance is part of it: its length is the stance's."""
    text = kinds.kind(row, "text", form)
    assert isinstance(text, OpenText)
    assert isinstance(draft.question.kind, Stance)
    row.take("name")
    required_of(row)
    if row.peek("relevant") == f"${{{draft.question.name}}} = '{OTHER}'":
        row.take("relevant")
    if all(STANCE_LABELS[OTHER].get(column.language or form.settings.default) == words for column, words in row.cells.items() if column.field == "label"):
        row.take_text("label", form.settings.default)
    return structs.replace(draft, question=structs.replace(draft.question, kind=structs.replace(draft.question.kind, longest=text.longest)))
