"""Questions at clauses: their names come from ids, their words follow the plan."""

import pytest

from surveys import kinds
from surveys.kinds import Block, Option, SelectOne, Stance
from surveys.plan.asking import SECTION, WHOLE, asked, asking, body_of, label_at, refreshed
from surveys.plan.citing import cited, headline
from surveys.plan.matching import carried
from surveys.plan.mending import removed
from surveys.plan.reading import Part, read
from surveys.problems import Conflict
from surveys.questionnaire import Question, Questionnaire, Section

LINES = (
    "Chương I", "QUY ĐỊNH CHUNG", "Điều 1. Hỗ trợ", "1. Hộ lùi tường rào được hỗ trợ:", "a) Tường gạch: 650.000 đồng;", "b) Cổng sắt: 2.500.000 đồng.",
    "2. Trả một lần.", "Điều 2. Thời gian", "Trong năm 2027.",
)  # fmt: skip
PLAN = read([Part(line) for line in LINES])
BASE = Questionnaire((Section("chung", (Question("q1", SelectOne((Option("co"), Option("khong"))), label={"vi": "Ở đây?"}),)),), languages=("vi", "en"))


def test_clauses_are_called_as_the_law_calls_them():
    assert [cited(PLAN, clause.id) for clause in PLAN.clauses] == [
        "Chương I", "Điều 1", "Khoản 1 Điều 1", "Điểm a khoản 1 Điều 1", "Điểm b khoản 1 Điều 1", "Khoản 2 Điều 1", "Điều 2"
    ]  # fmt: skip
    assert cited(PLAN, "d4", "en") == "Article 1, clause 1, point a"
    roman = read([Part("I. KINH PHÍ"), Part("1. Chi 2 tỷ đồng."), Part("1.1. Phường chi 1 tỷ.")])
    assert [cited(roman, clause.id) for clause in roman.clauses] == ["Mục I", "Khoản 1 mục I", "Khoản 1.1 mục I"]
    assert headline(PLAN, "d6") == "Khoản 2 Điều 1: Trả một lần."
    assert headline(PLAN, "d7") == "Điều 2. Thời gian"


def test_asking_puts_the_clauses_in_the_plans_order_and_the_whole_last():
    found = asking(BASE, PLAN, {"d7", "d3"}, whole=True)

    assert [section.name for section in found.sections] == ["chung", SECTION]
    assert found.sections[1].questions == (
        Question(
            "dieu_d3",
            kinds.Clause(
                clause="d3", number="Khoản 1 Điều 1",
                body=(Block("Hộ lùi tường rào được hỗ trợ:"), Block("a) Tường gạch: 650.000 đồng;"), Block("b) Cổng sắt: 2.500.000 đồng.")),
            ),
            label={"vi": "Khoản 1 Điều 1: Hộ lùi tường rào được hỗ trợ", "en": "Article 1, clause 1: Hộ lùi tường rào được hỗ trợ"},
        ),
        Question("dieu_d7", kinds.Clause(clause="d7", number="Điều 2", body=(Block("Trong năm 2027."),)), label=label_at(PLAN, "d7")),
        Question(WHOLE, Stance(), label={"vi": "Ông/bà có đồng ý với toàn bộ dự thảo không?", "en": "Do you agree with the draft as a whole?"}),
    )  # fmt: skip
    assert asking(found, PLAN, {"d7", "d3"}, whole=True) == found
    assert [question.name for question in asking(found, PLAN, {"d6", "d7"}, whole=True).sections[1].questions] == ["dieu_d6", "dieu_d7", WHOLE]
    assert asking(found, PLAN, set(), whole=False) == BASE


def test_a_body_holds_all_that_lies_in_the_clause():
    assert [block.text for block in body_of(PLAN, "d2")] == [
        "1. Hộ lùi tường rào được hỗ trợ:", "a) Tường gạch: 650.000 đồng;", "b) Cổng sắt: 2.500.000 đồng.", "2. Trả một lần."
    ]  # fmt: skip


def test_a_new_version_changes_the_words_and_never_the_name():
    found = asking(BASE, PLAN, {"d3", "d7"}, whole=False)
    lines = [
        "Điều 1. Nguyên tắc",
        "Không ai phải dời nhà.",
        "Điều 2. Hỗ trợ",
        *LINES[3:5],
        "b) Cổng sắt: 3.000.000 đồng.",
        "Điều 3. Thời gian",
        "Trong năm 2028.",
    ]
    new = carried(PLAN, read([Part(line) for line in lines]))

    after = refreshed(found, PLAN, new)
    assert [question.name for question in after.sections[1].questions] == ["dieu_d3", "dieu_d7"]
    assert [(question.kind.number, question.kind.body[-1].text) for question in asked(after).values()] == [
        ("Khoản 1 Điều 2", "b) Cổng sắt: 3.000.000 đồng."), ("Điều 3", "Trong năm 2028.")
    ]  # fmt: skip
    assert asked(after)["d7"].label == {"vi": "Điều 3. Thời gian", "en": "Article 3. Thời gian"}


def test_words_of_an_author_stay_and_a_gone_clause_is_no_longer_asked():
    found = asking(BASE, PLAN, {"d3", "d7"}, whole=False)
    own = Question("dieu_d7", asked(found)["d7"].kind, label={"vi": "Thời gian có kịp không?"})
    section = found.sections[1]
    mine = Questionnaire((found.sections[0], Section(SECTION, (section.questions[0], own), label=section.label)), languages=found.languages)

    after = refreshed(mine, PLAN, removed(PLAN, "d3"))
    assert [(question.name, question.label) for question in after.sections[1].questions] == [("dieu_d7", {"vi": "Thời gian có kịp không?"})]


def test_a_clause_on_which_a_later_question_depends_is_not_dropped():
    found = asking(BASE, PLAN, {"d3"}, whole=False)
    why = Question("vi_sao", kinds.OpenText(), label={"vi": "Vì sao?"}, relevant={"==": [{"var": "dieu_d3"}, "disagree"]})
    with_why = Questionnaire((*found.sections, Section("them", (why,))))

    with pytest.raises(Conflict):
        refreshed(with_why, PLAN, removed(PLAN, "d3"))
    with pytest.raises(Conflict):
        asking(with_why, PLAN, set(), whole=False)
