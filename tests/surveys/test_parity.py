"""Server and browser ask the same questions of whoever typed the same: cascades, limits, calculations, choice filters, “1,5”, NFD text.

YDAN_PARITY=10000 judges that many forms; CASES otherwise.
"""

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from surveys import answers
from surveys.calculations import guarded_in
from surveys.conditions import guarded
from surveys.kinds import Calculation, Kind, SelectMultiple, SelectOne
from surveys.questionnaire import Question, Questionnaire, to_json
from tests.surveys.forms import Form, typed_forms
from tests.surveys.strategies import questionnaires

HERE = Path(__file__).parent
NODE = HERE.parents[1] / ".venv" / "bin" / "node"
FORMS = 10
"""Filled in for each questionnaire."""

CASES = int(os.environ.get("YDAN_PARITY", "1000"))

pytestmark = pytest.mark.skipif(not NODE.exists() or not (HERE.parents[1] / "node_modules").exists(), reason="node is not installed")


@pytest.fixture(scope="module")
def browser() -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen([NODE, HERE / "parity.js"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield process
        assert process.stdin
        process.stdin.close()


def page_of(questionnaire: Questionnaire) -> list[dict[str, Any]]:
    """What the page knows of a questionnaire: its attributes, as templates/macros/question.html writes them."""
    told = {question["name"]: question["kind"] for section in json.loads(to_json(questionnaire))["sections"] for question in section["questions"]}
    return [
        {"relevant": conditioned(section.relevant), "questions": [drawn(question, told[question.name]) for question in section.questions]}
        for section in questionnaire.sections
    ]


def drawn(question: Question, kind: dict[str, Any]) -> dict[str, Any]:
    expression = guarded_in(question.kind.expression) if isinstance(question.kind, Calculation) else None
    return {
        "name": question.name, "kind": kind, "limits": question.kind.limits(), "relevant": conditioned(question.relevant), "expression": expression,
        "guarded": filters(question.kind),
    }  # fmt: skip


def filters(kind: Kind) -> dict[str, Any]:
    return (
        {option.name: guarded(option.relevant) for option in kind.options if option.relevant is not None}
        if isinstance(kind, SelectOne | SelectMultiple)
        else {}
    )


def conditioned(condition: Any) -> Any:
    return None if condition is None else guarded(condition)


def on_the_server(questionnaire: Questionnaire, form: Form) -> dict[str, Any]:
    values = answers.check(questionnaire, answers.from_form(questionnaire, form)).values
    known: dict[str, Any] = {}
    for question in questionnaire.questions():
        if question.name in values:
            known |= question.kind.facts(question.name, values[question.name])
    return {"shown": answers.shown(questionnaire, values), "known": known}


def in_the_browser(browser: subprocess.Popen[str], page: list[dict[str, Any]], form: Form) -> dict[str, Any]:
    assert browser.stdin
    assert browser.stdout
    browser.stdin.write(json.dumps({"sections": page, "form": form}) + "\n")
    browser.stdin.flush()
    return json.loads(browser.stdout.readline())


@settings(max_examples=max(1, CASES // FORMS), suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.data())
def test_server_and_browser_ask_the_same(browser: subprocess.Popen[str], data: st.DataObject) -> None:
    questionnaire = data.draw(questionnaires())
    page = page_of(questionnaire)
    for _ in range(FORMS):
        form = data.draw(typed_forms(questionnaire))
        assert in_the_browser(browser, page, form) == on_the_server(questionnaire, form)
