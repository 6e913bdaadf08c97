"""Questions at clauses: put into a questionnaire, kept in step with the plan, always under the same names."""

from collections.abc import Collection, Iterable

from msgspec import structs

from surveys import editing, kinds
from surveys.kinds import Block, Stance, Text
from surveys.plan import Clause, Plan
from surveys.plan.citing import cited, headline
from surveys.questionnaire import Question, Questionnaire, Section

SECTION = "tung_dieu"
SECTION_LABEL: Text = {"vi": "Ý kiến về từng điều", "en": "Opinions on each clause"}
WHOLE = "toan_bo_du_thao"
WHOLE_LABEL: Text = {"vi": "Ông/bà có đồng ý với toàn bộ dự thảo không?", "en": "Do you agree with the draft as a whole?"}
LANGUAGES = ("vi", "en")


def name_of(clause: str) -> str:
    """The question's name: from the id, which no version changes, never from the number."""
    return f"dieu_{clause}"


def asked(questionnaire: Questionnaire) -> dict[str, Question]:
    """The questions at clauses, by the clause's id."""
    return {question.kind.clause: question for question in questionnaire.questions() if isinstance(question.kind, kinds.Clause)}


def asks_whole(questionnaire: Questionnaire) -> bool:
    return any(question.name == WHOLE for question in questionnaire.questions())


def asking(questionnaire: Questionnaire, plan: Plan, clauses: Collection[str], *, whole: bool) -> Questionnaire:
    """Asks at exactly these clauses, in the plan's order, and about the whole or not. What was asked before keeps its words and place.

    Raises Conflict where a later question is only asked by the answer to one that would go.
    """
    known = asked(questionnaire)
    gone = [question.name for clause, question in known.items() if clause not in clauses]
    if not whole and asks_whole(questionnaire):
        gone.append(WHOLE)
    for name in gone:
        questionnaire = editing.remove_question(questionnaire, name)
    fresh = [question_at(plan, clause.id) for clause in plan.clauses if clause.id in clauses and clause.id not in known]
    if whole and not asks_whole(questionnaire):
        fresh.append(Question(WHOLE, Stance(), label=WHOLE_LABEL))
    return without_empty(with_questions(questionnaire, plan, fresh)) if fresh else without_empty(questionnaire)


def with_questions(questionnaire: Questionnaire, plan: Plan, fresh: Iterable[Question]) -> Questionnaire:
    """In the section of clauses, which is made where it is missing, each at its place in the plan; what is no clause comes last."""
    order = {clause.id: at for at, clause in enumerate(plan.clauses)}

    def place(question: Question) -> int:
        return order.get(question.kind.clause, len(order)) if isinstance(question.kind, kinds.Clause) else len(order) + 1

    sections = list(questionnaire.sections)
    at = next((index for index, section in enumerate(sections) if section.name == SECTION), None)
    if at is None:
        at = len(sections)
        sections.append(Section(SECTION, (), label=SECTION_LABEL))
    questions = list(sections[at].questions)
    for question in fresh:
        before = next((index for index, one in enumerate(questions) if place(one) > place(question)), len(questions))
        questions.insert(before, question)
    sections[at] = structs.replace(sections[at], questions=tuple(questions))
    return structs.replace(questionnaire, sections=tuple(sections))


def without_empty(questionnaire: Questionnaire) -> Questionnaire:
    """The section of clauses goes with its last question."""
    return structs.replace(questionnaire, sections=tuple(one for one in questionnaire.sections if one.questions or one.name != SECTION))


def question_at(plan: Plan, clause: str) -> Question:
    return Question(name_of(clause), kind_at(plan, clause), label=label_at(plan, clause))


def kind_at(plan: Plan, clause: str) -> kinds.Clause:
    return kinds.Clause(clause=clause, number=cited(plan, clause), body=body_of(plan, clause))


def label_at(plan: Plan, clause: str) -> Text:
    return {language: headline(plan, clause, language) for language in LANGUAGES}


def body_of(plan: Plan, clause: str) -> tuple[Block, ...]:
    """All that a resident needs to read: the clause's own words, then those of everything in it, with their numbers."""
    found = list(plan.clause(clause).blocks)
    for inner in plan.within(clause):
        found += numbered(inner)
    return tuple(found)


def numbered(clause: Clause) -> list[Block]:
    """Number and heading stand on a line of their own where there is a heading, else before the first words."""
    line = " ".join(part for part in (clause.number, clause.heading) if part)
    blocks = list(clause.blocks)
    if line and not clause.heading and blocks and blocks[0].text:
        blocks[0] = Block(f"{line} {blocks[0].text}")
    elif line:
        blocks.insert(0, Block(line))
    return blocks


def refreshed(questionnaire: Questionnaire, old: Plan, new: Plan) -> Questionnaire:
    """The questions take the words and numbers of the new plan under their old names; a clause that is gone is no longer asked.

    A label that an author wrote stays. Raises Conflict where a later question depends on one that would go.
    """
    kept = {clause.id for clause in new.clauses}
    for clause, question in asked(questionnaire).items():
        if clause not in kept:
            questionnaire = editing.remove_question(questionnaire, question.name)
            continue
        was = label_at(old, clause) if any(one.id == clause for one in old.clauses) else question.label
        label = label_at(new, clause) if question.label == was else question.label
        assert isinstance(question.kind, kinds.Clause)
        fresh = kind_at(new, clause)
        kind = structs.replace(question.kind, number=fresh.number, body=fresh.body)
        changed = structs.replace(question, kind=kind, label=label)
        if changed != question:
            questionnaire = editing.replace_question(questionnaire, changed)
    return without_empty(questionnaire)
