"""Blocks keep the rules of the library, and find their place in any questionnaire."""

import msgspec
import pytest

from surveys import blocks, library, review
from surveys.blocks import Cut, cut, insert
from surveys.kinds import SATISFACTION, Calculation, Clause, Integer, Matrix, Note, Option, SelectMultiple, SelectOne
from surveys.problems import NotFound
from surveys.questionnaire import Question, Questionnaire, Section
from surveys.structure import problems_of
from tests.surveys.test_library import texts

EVERY = pytest.mark.parametrize("block", blocks.blocks(), ids=lambda block: block.key)
YES_NO = SelectOne((Option("yes", {"vi": "Có"}), Option("no", {"vi": "Không"})))


@EVERY
def test_blocks_stand_alone_and_nothing_is_said_of_them(block):
    found = review.check(block.questionnaire)

    assert (found.forbidden, found.advice) == ([], [])
    assert [text for text in texts(msgspec.to_builtins(block)) if set(text) != {"vi", "en"} or not all(text.values())] == []
    assert all([block.name, block.about])
    assert block.minutes <= 3


@EVERY
@pytest.mark.parametrize("entry", library.entries(), ids=lambda entry: entry.key)
def test_every_block_fits_into_every_questionnaire_twice(block, entry):
    once = insert(entry.questionnaire, block.sections, after=entry.questionnaire.sections[-1].name)
    twice = insert(once, block.sections, after="")

    assert problems_of(twice) == []
    assert len(list(twice.questions())) == len(list(entry.questionnaire.questions())) + 2 * len(list(block.questionnaire.questions()))


def test_there_is_no_other_block():
    with pytest.raises(KeyError):
        blocks.block("../one_stop_desk")


RICH = (
    Section(
        "s",
        (
            Question("kids", Integer(), {"vi": "Mấy cháu?"}),
            Question("m", Matrix((Option("r", {"vi": "R"}),), SATISFACTION), {"vi": "${kids} cháu thế nào?"}, relevant={">": [{"var": "kids"}, 0]}),
            Question("twice", Calculation({"*": [{"var": "kids"}, 2]})),
            Question("why", SelectOne((Option("a", {"vi": "Vì ${kids}"}, relevant={"<": [{"var": "m/r"}, 3]}),)), {"vi": "Vì sao?"}, {"vi": "${twice}"}),
        ),
        {"vi": "Về ${kids}"},
    ),
)


def test_names_that_are_taken_become_others_and_all_that_refers_to_them_follows():
    host = Questionnaire((Section("s", (Question("kids", Integer(), {"vi": "K"}), Question("m", Integer(), {"vi": "M"}), Question("kids_1", YES_NO)), {}),))

    made = insert(host, RICH, after="s")

    kids, matrix, twice, why = made.sections[1].questions
    assert [section.name for section in made.sections] == ["s", "s_1"]
    assert [kids.name, matrix.name, twice.name, why.name] == ["kids_2", "m_1", "twice", "why"]
    assert matrix.relevant == {">": [{"var": "kids_2"}, 0]}
    assert (matrix.label["vi"], made.sections[1].label["vi"], why.hint["vi"]) == ("${kids_2} cháu thế nào?", "Về ${kids_2}", "${twice}")
    assert twice.kind == Calculation({"*": [{"var": "kids_2"}, 2]})
    assert why.kind.options[0] == Option("a", {"vi": "Vì ${kids_2}"}, relevant={"<": [{"var": "m_1/r"}, 3]})
    assert made.sections[0] == host.sections[0]


def test_names_that_are_free_stay_and_a_block_may_come_first():
    made = insert(Questionnaire((Section("x", ()),)), RICH, after="")

    assert made.sections == (RICH[0], Section("x", ()))
    with pytest.raises(NotFound):
        insert(Questionnaire(()), RICH, after="x")


def test_a_new_name_is_none_that_the_block_itself_has():
    block = (Section("s", (Question("a", YES_NO), Question("a_1", YES_NO, relevant={"==": [{"var": "a"}, "yes"]}))),)

    made = insert(Questionnaire((Section("t", (Question("a", YES_NO),)),)), block, after="t")

    assert [question.name for question in made.questions()] == ["a", "a_2", "a_1"]
    assert made.question("a_1").relevant == {"==": [{"var": "a_2"}, "yes"]}


def test_a_section_cut_out_keeps_what_looks_inside_and_drops_what_looks_outside():
    outside = {"==": [{"var": "out"}, "yes"]}
    inside = {"==": [{"var": "a"}, "yes"]}
    form = Questionnaire(
        (
            Section("first", (Question("out", YES_NO, {"vi": "O"}),)),
            Section(
                "second",
                (
                    Question("a", YES_NO, {"vi": "A ${out}"}, relevant=outside),
                    Question(
                        "b",
                        SelectMultiple((Option("x", {"vi": "X"}, relevant=outside), Option("y", {"vi": "Y"}, relevant=inside))),
                        {"vi": "B"},
                        relevant=inside,
                    ),
                    Question("c", Calculation({"var": "out"})),
                    Question("d", Calculation({"*": [{"var": "c"}, 2]})),
                    Question("p", Clause(clause="d1", number="1"), {"vi": "Điều 1"}),
                    Question("n", Note(), {"vi": "${a}"}, relevant={"and": [inside, outside]}),
                ),
                relevant=outside,
            ),
        )
    )

    made = cut(form, "second")

    kept = (
        Question("a", YES_NO, {"vi": "A …"}),
        Question("b", SelectMultiple((Option("x", {"vi": "X"}), Option("y", {"vi": "Y"}, relevant=inside))), {"vi": "B"}, relevant=inside),
        Question("n", Note(), {"vi": "${a}"}),
    )
    assert made == Cut((Section("second", kept),), 8)
    with pytest.raises(NotFound):
        cut(form, "third")


def test_a_whole_questionnaire_cut_out_keeps_everything_but_clauses():
    plan = Section("plan", (Question("p", Clause(clause="d1", number="1"), {"vi": "Điều 1"}),))
    asked = Section("s", (Question("a", YES_NO, {"vi": "A"}), Question("b", YES_NO, {"vi": "B"}, relevant={"==": [{"var": "a"}, "yes"]})))
    after = Section("t", (Question("c", YES_NO, {"vi": "C"}, relevant={"==": [{"var": "p"}, "agree"]}),))

    assert cut(Questionnaire((plan, asked, after))) == Cut((asked, Section("t", (Question("c", YES_NO, {"vi": "C"}),))), 2)
    entry = library.entry("budget_priorities")
    assert cut(entry.questionnaire) == Cut(entry.questionnaire.sections, 0)
