"""Earlier answers in later texts."""

from hypothesis import given
from hypothesis import strategies as st

from surveys import structure
from surveys.kinds import Integer, OpenText, Option, SelectOne
from surveys.piping import answers_in_words, filled, names, pieces
from surveys.questionnaire import Question, Questionnaire, Section

ROAD = Question("road", SelectOne((Option("n5", {"vi": "Đường số 5"}), Option("n7", {"vi": "Đường số 7"}))), {"vi": "Đường nào?"})


def test_pieces_of_a_sentence():
    assert pieces("Vì sao ${road}, ${ bang/hang }?") == [("Vì sao ", "road"), (", ", "bang/hang"), ("?", "")]


def test_what_is_no_place_stays():
    for words in ("{{7*7}}", "${}", "${1a}", "$road", "${a b}", "#{road}", "$${"):
        assert filled(words, lambda name: "…!") == words


def test_answers_stand_in_words_and_nothing_is_dots():
    form = Questionnaire((Section("s", (ROAD, Question("metres", Integer(unit={"vi": "mét"}), {"vi": "Rộng?"}))),))

    answer = answers_in_words(form, {"road": "n5"}, "vi")

    assert filled("${road} rộng ${metres}, ${gone}", answer) == "Đường số 5 rộng …, …"


@given(st.text(), st.dictionaries(st.text(), st.text()))
def test_filling_what_has_no_place_changes_nothing(words, answers):
    assert "".join(plain for plain, _ in pieces(words)) == words or names({"vi": words})


def test_a_text_may_only_name_what_was_asked_before():
    why = Question("why", OpenText(), {"vi": "Vì sao ${road}?", "en": "Why ${rode}?"}, hint={"vi": "${after}"})
    form = Questionnaire((Section("s", (ROAD, why, Question("after", OpenText(), {"vi": "Sau"})), {"vi": "Phần ${road}"}),))

    assert [(problem.code.id, problem.where, problem.given["given"]) for problem in structure.problems_of(form)] == [
        ("piped_later", "s", "road"),
        ("piped_unknown", "why", "rode"),
        ("piped_later", "why", "after"),
    ]
