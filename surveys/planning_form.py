"""The plan of analysis as a form: its words in both languages, and what each criterion weighs."""

import hashlib
from collections.abc import Mapping

import msgspec
from msgspec import structs

from surveys.analysis_plan import AnalysisPlan, Criterion
from surveys.kinds import SATISFACTION, Integer, Matrix, Text
from surveys.problems import WEIGHT_WRONG, Problem
from surveys.questionnaire import Questionnaire
from surveys.rewording import Doubts, Form, read_text

WORDS = ("base", "groups", "compared", "not_concluded")
HEAVIEST = 1000


def weighable(questionnaire: Questionnaire) -> Mapping[str, Text]:
    """The rows that an index of criteria can be made of, `question/row`, with their labels: those on the five legal steps."""
    return {
        f"{question.name}/{row.name}": row.label
        for question in questionnaire.questions()
        if isinstance(question.kind, Matrix) and question.kind.options == SATISFACTION
        for row in question.kind.rows
    }


def read_plan(plan: AnalysisPlan, questionnaire: Questionnaire, form: Form) -> tuple[AnalysisPlan, Doubts]:
    """The plan as the form has it, with everything that is wrong; a weight of 0 or none is no criterion."""
    doubts: Doubts = []
    words = {field: read_text(form, field, doubts) for field in WORDS}
    criteria = []
    for row in weighable(questionnaire):
        raw = form.get(f"weight-{row}", "").strip()
        weight = Integer(low=0, high=HEAVIEST).read(raw) if raw else 0
        if isinstance(weight, Problem):
            doubts.append(Problem(WEIGHT_WRONG, f"weight-{row}", {"given": raw}))
        elif weight:
            criteria.append(Criterion(row, weight))
    return structs.replace(plan, criteria=tuple(criteria), **words), doubts


def plan_form(plan: AnalysisPlan) -> dict[str, str]:
    """The fields of the form as `read_plan` takes them, with `was` to notice that somebody else changed it."""
    form = {f"{field}_{language}": words for field in WORDS for language, words in getattr(plan, field).items()}
    return form | {f"weight-{criterion.row}": str(criterion.weight) for criterion in plan.criteria} | {"was": print_of(plan)}


def print_of(plan: AnalysisPlan) -> str:
    return hashlib.sha256(msgspec.json.encode(plan, order="deterministic")).hexdigest()[:16]
