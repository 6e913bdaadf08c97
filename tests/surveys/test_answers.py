"""What somebody sent, read under the conditions that led to each question."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys import problems
from surveys.answers import asked, check, from_form, shown, to_form, typed
from surveys.kinds import SATISFACTION, Calculation, Consent, Date, Decimal, Integer, Matrix, Note, OpenText, Option, Scale, SelectMultiple, SelectOne, Stance
from surveys.questionnaire import Question, Questionnaire, Section
from tests.surveys.strategies import answered, junk, questionnaires

ADULT = {">=": [{"var": "tuoi"}, 18]}
FORM = Questionnaire(
    (
        Section("chung", (Question("doc", Note(), {"vi": "Mời đọc"}), Question("tuoi", Integer(0, 120), {"vi": "Tuổi"}, required=True))),
        Section(
            "lai_xe",
            (
                Question("bang_lai", SelectOne((Option("co"), Option("khong"))), {"vi": "Bằng lái"}, required=True),
                Question("hang", OpenText(), {"vi": "Hạng"}, required=True, relevant={"==": [{"var": "bang_lai"}, "co"]}),
            ),
            relevant=ADULT,
        ),
        Section(
            "ket",
            (
                Question("bang", Matrix((Option("den"), Option("cay")), SATISFACTION), {"vi": "Bảng"}),
                Question("hang_nao", OpenText(), {"vi": "Hạng nào"}, relevant={"!=": [{"var": "hang"}, None]}),
                Question("cho", Consent(), {"vi": "Đồng ý"}, required=True),
            ),
        ),
    )
)
GOOD = {"tuoi": 30, "bang_lai": "co", "hang": "B1", "bang": {"den": 4}, "hang_nao": "B1 cũ", "cho": True}


def found(checked):
    return [(problem.code.id, problem.where) for problem in checked.problems]


def test_good_answers_come_back_in_the_order_asked():
    checked = check(FORM, dict(reversed(GOOD.items())))

    assert checked.problems == []
    assert list(checked.values.items()) == list(GOOD.items())
    assert asked(FORM, checked.values) == ["tuoi", "bang_lai", "hang", "bang", "hang_nao", "cho"]
    assert shown(FORM, checked.values)[0] == "doc"


def test_a_hidden_answer_is_dropped_and_opens_nothing():
    checked = check(FORM, {**GOOD, "tuoi": 10})

    assert checked.problems == []
    assert checked.values == {"tuoi": 10, "bang": {"den": 4}, "cho": True}
    assert asked(FORM, {**GOOD, "tuoi": 10}) == ["tuoi", "bang", "cho"]


def test_every_mistake_is_named_at_once():
    checked = check(FORM, {"tuoi": "ba mươi", "bang": {"den": 9, "cay": "x"}, "doc": "đã đọc", "la": 1, "cho": False})

    assert found(checked) == [
        ("unknown_question", "la"),
        ("not_answered", "doc"),
        ("not_an_integer", "tuoi"),
        ("not_an_option", "bang/den"),
        ("not_an_option", "bang/cay"),
        ("not_consented", "cho"),
    ]
    assert checked.values == {}


def test_required_counts_only_where_asked():
    assert found(check(FORM, {"tuoi": 30, "cho": True})) == [("required", "bang_lai")]
    assert found(check(FORM, {"tuoi": 30, "bang_lai": "co", "hang": "  ", "cho": True})) == [("required", "hang")]
    assert found(check(FORM, {"tuoi": 10, "cho": True})) == []


def test_required_matrix_wants_every_row():
    form = Questionnaire((Section("s", (Question("bang", Matrix((Option("den"), Option("cay")), SATISFACTION), required=True),)),))

    assert found(check(form, {"bang": {"cay": 3}})) == [("required", "bang/den")]
    assert check(form, {"bang": {"cay": 3}}).values == {"bang": {"cay": 3}}
    assert found(check(form, {})) == [("required", "bang/den"), ("required", "bang/cay")]
    assert found(check(form, {"bang": {"cay": 3, "den": 1}})) == []


@pytest.mark.parametrize("said", [False, "false", "no", "0", "off", "", None])
def test_consent_that_is_not_given_is_no_answer_and_never_a_yes(said):
    optional = Questionnaire((Section("s", (Question("cho", Consent()),)),))

    assert check(optional, {"cho": said}).values == {}
    assert check(optional, {"cho": said}).problems == []


@pytest.mark.parametrize(
    ("kind", "raw"), [(Matrix((Option("r1"),), SATISFACTION), {"": {"": None}}), (OpenText(), "\x07"), (Stance(), {"stance": "", "text": " "})]
)
def test_what_comes_to_nothing_is_no_answer(kind, raw):
    required = Questionnaire((Section("s", (Question("q", kind, required=True),)),))

    assert check(Questionnaire((Section("s", (Question("q", kind),)),)), {"q": raw}).values == {}
    assert {code for code, _ in found(check(required, {"q": raw}))} == {"required"}


def test_answers_that_are_no_mapping_are_one_problem():
    assert [problem.code for problem in check(FORM, ["tuoi", 3]).problems] == [problems.WRONG_SHAPE]


def test_what_was_given_is_repeated_shortly():
    checked = check(FORM, {"tuoi": "x" * 5000, "y" * 300: 1})

    assert [len(problem.given["given"]) for problem in checked.problems if problem.given] == [61, 61]


def test_html_fields_become_answers_and_stay_as_typed():
    form = Questionnaire(
        (
            Section(
                "s",
                (
                    Question("mot", SelectOne((Option("a"),), other=True)),
                    Question("nhieu", SelectMultiple((Option("a"), Option("b")), other=True)),
                    Question("y", Stance()),
                    Question("diem", Scale(SATISFACTION)),
                    Question("bang", Matrix((Option("r1"), Option("r2")), SATISFACTION)),
                    Question("so", Decimal()),
                    Question("ngay", Date()),
                    Question("cho", Consent()),
                    Question("trong", OpenText()),
                ),
            ),
        )
    )
    fields = {
        "mot": ["other"], "mot/text": [" Mít "], "nhieu": ["b", "other"], "nhieu/text": ["Ổi"], "y": ["disagree"], "y/text": ["Hẹp"], "diem": ["4"],
        "bang/r2": ["5"], "so": ["1,5"], "ngay": ["05/02/2026"], "cho": ["true"], "trong": [""], "_csrf": ["xyz"], "key": ["k"],
    }  # fmt: skip

    raw = from_form(form, fields)

    assert raw == {
        "mot": {"choice": "other", "text": "Mít"},
        "nhieu": ["b", {"choice": "other", "text": "Ổi"}],
        "y": {"stance": "disagree", "text": "Hẹp"},
        "diem": "4",
        "bang": {"r2": "5"},
        "so": "1,5",
        "ngay": "05/02/2026",
        "cho": "true",
    }
    assert check(form, raw).problems == []
    assert typed(form, fields) == {name: given for name, given in fields.items() if name not in ("_csrf", "key")}


@pytest.mark.parametrize("kind", [Stance(), SelectOne((Option("a"),), other=True), SelectMultiple((Option("a"),), other=True)])
def test_words_beside_no_choice_are_not_lost_silently(kind):
    form = Questionnaire((Section("s", (Question("q", kind),)),))

    checked = check(form, from_form(form, {"q/text": ["Nên lùi lại"]}))

    assert found(checked) == [("text_without_choice", "q")]
    assert typed(form, {"q/text": ["Nên lùi lại"]}) == {"q/text": ["Nên lùi lại"]}


@given(answered())
def test_what_is_checked_can_be_checked_again(given_form):
    questionnaire, raw = given_form
    once = check(questionnaire, raw)

    again = check(questionnaire, once.values)

    assert again.values == once.values
    assert set(once.values) <= set(shown(questionnaire, once.values)) <= {question.name for question in questionnaire.questions()}
    assert {problem.where.partition("/")[0] for problem in once.problems} <= set(asked(questionnaire, once.values))


@given(answered())
def test_a_form_carries_checked_values_there_and_back(given_form):
    questionnaire, raw = given_form
    values = check(questionnaire, raw).values

    assert check(questionnaire, from_form(questionnaire, to_form(questionnaire, values))).values == values


@given(answered(), st.data())
def test_an_answer_to_a_hidden_question_changes_nothing(given_form, data):
    questionnaire, raw = given_form
    values = check(questionnaire, raw).values
    hidden = {question.name for question in questionnaire.questions() if question.kind.asks} - set(asked(questionnaire, values))

    without = check(questionnaire, {name: value for name, value in raw.items() if name not in hidden})

    assert without.values == values


@given(questionnaires(), st.dictionaries(st.sampled_from(["q0", "q1", "q2", "zz"]), junk))
def test_junk_gives_problems_and_never_breaks(questionnaire, raw):
    checked = check(questionnaire, raw)

    assert check(questionnaire, checked.values).values == checked.values
    assert to_form(questionnaire, raw) is not None


@given(questionnaires(), st.dictionaries(st.sampled_from(["q0", "q0/text", "q1", "q1/r1", "q2", "q2/text"]), st.lists(st.text(max_size=10), max_size=3)))
def test_any_form_is_read(questionnaire, fields):
    raw = from_form(questionnaire, fields)

    worked_out = {question.name for question in questionnaire.questions() if isinstance(question.kind, Calculation)}
    assert check(questionnaire, raw).values.keys() - worked_out <= raw.keys()
    assert all(fields[name] == given for name, given in typed(questionnaire, fields).items())
