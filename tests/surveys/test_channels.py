"""What hands at a meeting can be counted for."""

from surveys.channels import countable
from surveys.kinds import OTHER, Clause, Option, Points, Ranking, SelectMultiple, SelectOne, UnitChoice
from surveys.questionnaire import Question, Questionnaire, Section

TWO = (Option("a"), Option("b"))


def test_clauses_are_counted_by_number_and_orders_are_not():
    kinds = {"one": SelectOne(TWO, other=True), "order": Ranking(TWO), "budget": Points(TWO), "many": SelectMultiple(TWO), "home": UnitChoice()}
    clause = Question("c5", Clause(clause="x", number="Điều 5"), {"vi": "Đền bù", "en": "Điều 5 on compensation"})
    questionnaire = Questionnaire((Section("s", (*(Question(name, kind) for name, kind in kinds.items()), clause)),))

    found = countable(questionnaire)

    assert [(one.name, [option.name for option in one.options]) for one in found] == [("one", ["a", "b", OTHER]), ("c5", ["agree", "disagree", OTHER])]
    assert found[1].label == {"vi": "Điều 5. Đền bù", "en": "Điều 5 on compensation"}


def test_a_clause_without_words_of_its_own_is_called_by_its_number():
    assert Clause(number="Khoản 2 Điều 5").numbered({}) == {"vi": "Khoản 2 Điều 5"}
    assert Clause().numbered({"vi": "Đền bù"}) == {"vi": "Đền bù"}
