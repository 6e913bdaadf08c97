"""Skip logic: the same answer on the server and in the browser, nothing compared with what it is not."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from surveys import problems
from surveys.answers import check
from surveys.conditions import guarded, holds, names, operands, problems_of, words
from surveys.kinds import SATISFACTION, Consent, Date, Integer, Matrix, Note, OpenText, Option, Scale, SelectMultiple, SelectOne, Stance
from surveys.questionnaire import Question, Questionnaire, Section
from tests.surveys.strategies import conditions_over, junk, questionnaires, values_of

ROOT = Path(__file__).parents[2]
CASES = json.loads((ROOT / "tests" / "conditions.json").read_text(encoding="utf-8"))["cases"]
BROWSER = ROOT / "node_modules" / "json-logic-js" / "logic.js"

FORM = (
    Question("tuoi", Integer(0, 120), {"vi": "Ông/bà bao nhiêu tuổi?", "en": "How old are you?"}),
    Question("xe", SelectOne((Option("may", {"vi": "Xe máy"}), Option("dap", {"vi": "Xe đạp"})), other=True), {"vi": "Đi bằng gì?"}),
    Question("can", SelectMultiple((Option("den", {"vi": "Đèn"}), Option("cay", {"vi": "Cây"}))), {"vi": "Cần gì?"}),
    Question("ngay", Date(), {"vi": "Ngày nào?"}),
    Question("diem", Scale(SATISFACTION, (Option("kb", {"vi": "Không biết"}),)), {"vi": "Hài lòng không?"}),
    Question("bang", Matrix((Option("r1", {"vi": "Đường"}),), SATISFACTION), {"vi": "Từng mặt"}),
    Question("y", Stance(), {"vi": "Có đồng ý không?"}),
    Question("chu", OpenText(), {"vi": "Viết gì?"}),
    Question("cho", Consent(), {"vi": "Cho dùng dữ liệu"}),
    Question("doc", Note(), {"vi": "Đọc"}),
)
QUESTIONNAIRE = Questionnaire((Section("s", FORM),))


def var(name: str) -> dict[str, str]:
    return {"var": name}


@pytest.mark.parametrize("case", CASES, ids=lambda case: json.dumps(case["condition"], ensure_ascii=False))
def test_server_answers_as_agreed(case):
    assert holds(case["condition"], case["values"]) is case["expected"]


def test_pages_get_what_the_shared_cases_hold():
    """The browser's tests evaluate `page`; whoever changes the guard runs `python -m tests.surveys.test_conditions`."""
    assert [case["page"] for case in CASES] == [guarded(case["condition"]) for case in CASES]


def in_browser(pairs: list[tuple[Any, Any]]) -> list[bool]:
    """What json-logic-js makes of (guarded condition, facts)."""
    program = f"""
        const logic = require({json.dumps(str(BROWSER))});
        const pairs = JSON.parse(require("fs").readFileSync(0, "utf8"));
        process.stdout.write(JSON.stringify(pairs.map(([rule, facts]) => logic.apply(rule, facts) === true)));
    """
    ran = subprocess.run([shutil.which("node") or "node", "-e", program], input=json.dumps(pairs), capture_output=True, text=True, check=True)
    return json.loads(ran.stdout)


needs_browser = pytest.mark.skipif(not BROWSER.exists() or shutil.which("node") is None, reason="json-logic-js or node is not installed")


@needs_browser
def test_browser_answers_as_agreed():
    assert in_browser([(case["page"], case["values"]) for case in CASES]) == [case["expected"] for case in CASES]


@st.composite
def conditions_with_answers(draw: st.DrawFn) -> list[tuple[Any, dict[str, Any]]]:
    """Conditions over a random form, right and wrong ones, each with answers of it."""
    form = list(draw(questionnaires()).questions())
    pairs = []
    for _ in range(20):
        condition = draw(st.one_of(conditions_over(operands(form)), wrong_conditions))
        values = {question.name: draw(values_of(question.kind)) for question in form if question.kind.asks and draw(st.booleans())}
        free = [Question(question.name, question.kind, question.label) for question in form]
        pairs.append((condition, known_of(Questionnaire((Section("s", tuple(free)),)), values)))
    return pairs


def known_of(questionnaire: Questionnaire, values: dict[str, Any]) -> dict[str, Any]:

    known: dict[str, Any] = {}
    for question in questionnaire.questions():
        if question.name in values:
            known |= question.kind.facts(question.name, values[question.name])
    return known


sides = st.one_of(st.sampled_from([{"var": f"q{number}"} for number in range(4)]), junk)
wrong_conditions = st.recursive(
    st.builds(lambda operator, left, right: {operator: [left, right]}, st.sampled_from(["==", "!=", "<", "<=", ">", ">=", "in"]), sides, sides),
    lambda inner: st.builds(lambda operator, parts: {operator: parts}, st.sampled_from(["and", "or", "!"]), st.lists(inner, min_size=1, max_size=2)),
    max_leaves=3,
)


@needs_browser
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(conditions_with_answers())
def test_server_and_browser_agree(pairs):
    pairs = [(condition, known) for condition, known in pairs if condition is not None]

    assert in_browser([(guarded(condition), known) for condition, known in pairs]) == [holds(condition, known) for condition, known in pairs]


facts_given = st.one_of(st.integers(-(2**53), 2**53), st.text(), st.just(True), st.lists(st.text(min_size=1), min_size=1))


@given(wrong_conditions | junk, st.dictionaries(st.sampled_from(["q0", "q1"]), facts_given))
def test_whatever_a_condition_is_evaluating_it_never_breaks(condition, known):
    assert holds(condition, known) in (True, False)


@given(st.data())
def test_a_condition_made_for_its_form_has_no_problem_and_words(data):
    questionnaire = data.draw(questionnaires())
    condition = data.draw(conditions_over(operands(questionnaire.questions())))
    if condition is not None:
        assert problems_of(condition, questionnaire.questions()) == []
        assert words(condition, questionnaire, "vi")
        assert set(names(condition)) <= {question.name for question in questionnaire.questions()}


@given(st.sampled_from(["==", "<", "<=", ">", ">=", "!="]), st.integers(-5, 5))
def test_text_is_never_compared_with_a_number(operator, number):
    assert not holds({operator: [var("q"), number]}, {"q": str(number)})
    assert not holds({operator: [var("q"), str(number)]}, {"q": number})


@given(st.sampled_from(["==", "<", "<=", ">", ">=", "!="]), st.one_of(st.integers(), st.text(), st.booleans()))
def test_what_is_unanswered_compares_with_nothing(operator, literal):
    assert not holds({operator: [var("q"), literal]}, {})
    assert not holds({operator: [literal, var("q")]}, {})


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        ({"==": [var("khac"), 1]}, problems.CONDITION_UNKNOWN),
        ({"==": [var("sau"), 1]}, problems.CONDITION_LATER),
        ({"==": [var("doc"), 1]}, problems.CONDITION_UNKNOWN),
        ({"==": [var("bang"), 1]}, problems.CONDITION_UNKNOWN),
        ({"==": [var("tuoi"), "18"]}, problems.CONDITION_TYPES),
        ({"==": [var("xe"), 1]}, problems.CONDITION_TYPES),
        ({"==": [var("can"), "den"]}, problems.CONDITION_TYPES),
        ({"in": ["may", var("xe")]}, problems.CONDITION_TYPES),
        ({"in": [var("tuoi"), [1, "2"]]}, problems.CONDITION_TYPES),
        ({"==": [var("diem"), "4"]}, problems.CONDITION_TYPES),
        ({"==": [var("cho"), "yes"]}, problems.CONDITION_TYPES),
        ({">": [var("ngay"), "mai"]}, problems.CONDITION_TYPES),
        ({"==": [var("tuoi"), var("chu")]}, problems.CONDITION_TYPES),
        ({"<": [var("xe"), "may"]}, problems.CONDITION_ORDER),
        ({"<": [var("chu"), "b"]}, problems.CONDITION_ORDER),
        ({"==": [var("xe"), "oto"]}, problems.CONDITION_OPTION),
        ({"in": ["nha", var("can")]}, problems.CONDITION_OPTION),
        ({"==": [var("diem"), 9]}, problems.CONDITION_OPTION),
        ({"==": [var("bang/r1"), 0]}, problems.CONDITION_OPTION),
        ({"<": [var("tuoi"), None]}, problems.CONDITION_MALFORMED),
        ({"+": [1, 2]}, problems.CONDITION_MALFORMED),
        ({"==": [1, 1]}, problems.CONDITION_MALFORMED),
        ({"and": []}, problems.CONDITION_MALFORMED),
        ({"==": [var("tuoi")]}, problems.CONDITION_MALFORMED),
        ({"==": [{"var": ["tuoi"]}, 1]}, problems.CONDITION_MALFORMED),
        ({"==": [{"+": [1, 1]}, var("tuoi")]}, problems.CONDITION_MALFORMED),
        ("tuoi", problems.CONDITION_MALFORMED),
    ],
)
def test_wrong_conditions_are_found_before_opening(condition, code):
    assert [problem.code for problem in problems_of(condition, FORM, later={"sau"})] == [code]


def test_deep_nesting_is_refused_and_breaks_nothing():
    deep: Any = {"==": [var("tuoi"), 1]}
    for _ in range(5000):
        deep = {"!": [deep]}

    assert guarded(deep) is False
    assert [problem.code for problem in problems_of({"and": [{"==": [var("tuoi"), 1]}] * 2 + [nested(30)]}, FORM)] == [problems.CONDITION_MALFORMED]
    assert names(deep) == ["tuoi"]


def nested(depth: int) -> Any:
    return {"!": [nested(depth - 1)]} if depth else {"==": [var("tuoi"), 1]}


@pytest.mark.parametrize(
    ("condition", "vietnamese", "english"),
    [
        ({">=": [var("tuoi"), 18]}, "“Ông/bà bao nhiêu tuổi?” ít nhất là 18", "“How old are you?” is at least 18"),
        ({">": [18, var("tuoi")]}, "“Ông/bà bao nhiêu tuổi?” nhỏ hơn 18", "“How old are you?” is less than 18"),
        ({"==": [var("xe"), "other"]}, "“Đi bằng gì?” là “Ý khác”", "“Đi bằng gì?” is “Other”"),
        ({"in": [var("xe"), ["may", "dap"]]}, "“Đi bằng gì?” là “Xe máy” hoặc “Xe đạp”", "“Đi bằng gì?” is “Xe máy” or “Xe đạp”"),
        ({"in": ["den", var("can")]}, "“Cần gì?” có chọn “Đèn”", "“Cần gì?” includes “Đèn”"),
        ({"<": [var("ngay"), "2026-01-05"]}, "“Ngày nào?” trước 05/01/2026", "“Ngày nào?” is before 05/01/2026"),
        ({"!=": [var("chu"), None]}, "“Viết gì?” đã được trả lời", "“Viết gì?” was answered"),
        ({"==": [var("y"), "disagree"]}, "“Có đồng ý không?” là “Không đồng ý”", "“Có đồng ý không?” is “Disagree”"),
        ({"<=": [var("bang/r1"), 2]}, "“Từng mặt – Đường” nhiều nhất là “Không hài lòng”", "“Từng mặt – Đường” is at most “Dissatisfied”"),
        (
            {"and": [{"==": [var("cho"), True]}, {"or": [{"==": [var("diem"), 1]}, {"==": [var("diem"), "kb"]}]}]},
            "“Cho dùng dữ liệu” là “Đồng ý” và (“Hài lòng không?” là “Rất không hài lòng” hoặc “Hài lòng không?” là “Không biết”)",
            "“Cho dùng dữ liệu” is “I agree” and (“Hài lòng không?” is “Very dissatisfied” or “Hài lòng không?” is “Không biết”)",
        ),
        ({"!": [{"==": [var("tuoi"), 5]}]}, "không phải là (“Ông/bà bao nhiêu tuổi?” là 5)", "it is not so that (“How old are you?” is 5)"),
        ({"+": [1]}, "điều kiện không đọc được", "the condition cannot be read"),
    ],
)
def test_conditions_are_said_in_words(condition, vietnamese, english):
    assert words(condition, QUESTIONNAIRE, "vi") == vietnamese
    assert words(condition, QUESTIONNAIRE, "en") == english


def test_a_condition_on_a_worded_choice_sees_other():
    form = Questionnaire((Section("s", (FORM[1], Question("vi_sao", OpenText(), {"vi": "Vì sao?"}, relevant={"==": [var("xe"), "other"]}))),))

    checked = check(form, {"xe": {"choice": "other", "text": "Đò"}, "vi_sao": "Qua sông"})

    assert checked.values == {"xe": {"choice": "other", "text": "Đò"}, "vi_sao": "Qua sông"}
