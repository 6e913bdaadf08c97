"""Facts of a form, as the page's script reads them too (tests/assets/facts.test.js)."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from surveys import answers
from surveys.kinds import AnyKind
from surveys.questionnaire import Question, Questionnaire, Section

CASES = json.loads((Path(__file__).parents[1] / "facts.json").read_text(encoding="utf-8"))["cases"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['kind']['type']} {case['form']}")
def test_facts_of_a_form(case: dict[str, Any]) -> None:
    kind = msgspec.convert(case["kind"], AnyKind)
    assert json.loads(json.dumps(kind.limits())) == case["limits"]
    questionnaire = Questionnaire((Section("s", (Question("q", kind),)),))

    values = answers.check(questionnaire, answers.from_form(questionnaire, case["form"])).values

    assert (kind.facts("q", values["q"]) if "q" in values else {}) == case["facts"]
