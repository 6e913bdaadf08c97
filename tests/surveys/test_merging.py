"""Two people at one questionnaire: both edits are there afterwards, or both are shown."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from surveys import copies, editing, structure
from surveys.kinds import Integer, OpenText, Option, SelectOne
from surveys.merging import Clash, merge
from surveys.questionnaire import Question, Questionnaire, Section
from tests.surveys.strategies import questionnaires

A = Question("a", SelectOne((Option("y", {"vi": "Có"}), Option("n", {"vi": "Không"}))), {"vi": "A?"})
B = Question("b", OpenText(), {"vi": "B?", "en": "B?"}, relevant={"==": [{"var": "a"}, "y"]})
C = Question("c", Integer(), {"vi": "C?"})
FORM = Questionnaire((Section("mot", (A, B)), Section("hai", (C,))))


def reworded(form, name, **fields):
    return editing.replace_question(form, structs.replace(form.question(name), **fields))


def order(form):
    return [[question.name for question in section.questions] for section in form.sections]


def test_edits_of_different_questions_are_both_there():
    merged = merge(FORM, reworded(FORM, "a", label={"vi": "Của tôi"}), reworded(FORM, "c", required=True))

    assert merged.clashes == ()
    assert merged.questionnaire == reworded(reworded(FORM, "a", label={"vi": "Của tôi"}), "c", required=True)


def test_edits_of_different_fields_and_languages_of_one_question_are_both_there():
    mine = reworded(FORM, "b", label={"vi": "Mới", "en": "B?"}, kind=OpenText(longest=10))
    theirs = reworded(FORM, "b", label={"vi": "B?", "en": "New"}, kind=OpenText(long=True))

    assert merge(FORM, mine, theirs).questionnaire.question("b") == structs.replace(B, label={"vi": "Mới", "en": "New"}, kind=OpenText(long=True, longest=10))


def test_edits_of_the_same_words_clash_and_show_both():
    merged = merge(FORM, reworded(FORM, "a", label={"vi": "Của tôi"}), reworded(FORM, "a", label={"vi": "Của kia"}))

    assert merged.clashes == (Clash("a", "label_vi", "Của tôi", "Của kia"),)
    assert merged.questionnaire.question("a").label == {"vi": "Của kia"}


def test_the_same_edit_twice_is_no_clash():
    once = reworded(FORM, "a", label={"vi": "Như nhau"})

    assert merge(FORM, once, once).clashes == ()


def test_both_add_under_the_same_name_and_both_stay():
    mine, _ = editing.add_question(FORM, "text", section="mot")
    theirs, _ = editing.add_question(FORM, "integer", section="hai")

    merged = merge(FORM, mine, theirs).questionnaire
    assert order(merged) == [["a", "b", "cau_2"], ["c", "cau_1"]]


def test_a_move_and_an_edit_of_the_same_question_are_both_there():
    mine = editing.put_question(FORM, "c", section="mot", at=0)
    merged = merge(FORM, mine, reworded(FORM, "c", required=True)).questionnaire

    assert order(merged) == [["c", "a", "b"], []]
    assert merged.question("c").required


def test_who_edits_wins_over_who_deletes():
    merged = merge(FORM, reworded(FORM, "c", label={"vi": "Giữ"}), editing.remove_question(FORM, "c"))
    assert merged.questionnaire.question("c").label == {"vi": "Giữ"}

    gone = merge(FORM, editing.remove_question(FORM, "c"), reworded(FORM, "c", label={"vi": "Giữ"}))
    assert gone.questionnaire.question("c").label == {"vi": "Giữ"}
    assert [clash.part for clash in gone.clashes] == ["c"]


def test_a_question_put_into_a_section_that_the_other_removed_brings_the_section_back():
    mine = editing.put_question(FORM, "b", section="hai")
    merged = merge(FORM, mine, editing.remove_section(FORM, "hai")).questionnaire

    assert sorted(name for names in order(merged) for name in names) == ["a", "b"]


EDITS = ("label", "required", "remove", "up", "down", "add", "copy", "section", "section up")


@st.composite
def edited(draw, form):
    """The form after some edits of one person; every text they typed is unlike any other."""
    for at in range(draw(st.integers(1, 4))):
        names = [question.name for question in form.questions()]
        name, do = draw(st.sampled_from(names)) if names else "", draw(st.sampled_from(EDITS))
        section = draw(st.sampled_from([section.name for section in form.sections])) if form.sections else ""
        try:
            form = applied(form, do, name, section, f"{draw(st.integers(1, 10**6))}-{at}")
        except editing.Conflict:
            continue
    return form


def applied(form, do, name, section, words):
    match do:
        case "label" if name:
            return reworded(form, name, label={"vi": words})
        case "required" if name:
            return reworded(form, name, required=not form.question(name).required)
        case "remove" if name:
            return editing.remove_question(form, name)
        case "up" | "down" if name:
            return editing.move_question(form, name, step=1 if do == "down" else -1)
        case "copy" if name:
            return copies.copied_question(form, name)[0]
        case "add" if section:
            return editing.add_question(form, "text", section=section)[0]
        case "section":
            return editing.add_section(form, {"vi": words})
        case "section up" if section:
            return editing.move_section(form, section, step=-1)
    return form


def texts(form):
    return {(question.name, language): words for question in form.questions() for language, words in question.label.items()}


@given(st.data(), questionnaires())
def test_no_edit_of_either_is_lost(data, base):
    mine, theirs = data.draw(edited(base)), data.draw(edited(base))

    merged = merge(base, mine, theirs)

    clashing = {clash.part for clash in merged.clashes}
    found = {question.name: question for question in merged.questionnaire.questions()}
    before = texts(base)
    for side in (mine, theirs):
        for key, words in texts(side).items():
            if before.get(key) != words and key[0] not in clashing:
                assert words in {question.label.get(key[1]) for question in found.values()}
    for name in (question.name for question in base.questions()):
        kept_by_both = all(any(question.name == name for question in side.questions()) for side in (mine, theirs))
        untouched = all(question == base.question(name) for side in (mine, theirs) for question in side.questions() if question.name == name)
        assert (name in found) or not kept_by_both
        assert kept_by_both or name not in found or not untouched
    names = [question.name for question in merged.questionnaire.questions()]
    assert len(names) == len(set(names))


@given(st.data(), questionnaires())
def test_whoever_is_alone_is_taken_as_they_wrote(data, base):
    mine = data.draw(edited(base))

    assert merge(base, mine, base).questionnaire == mine
    assert merge(base, base, mine).questionnaire == mine


@given(st.data(), questionnaires())
def test_undo_is_exact_and_keeps_what_others_did(data, base):
    after = data.draw(edited(base))
    undone = merge(after, base, after).questionnaire
    assert undone == base

    later = editing.add_section(after, {"vi": "Của người khác"})
    kept = merge(after, base, later).questionnaire
    assert [section for section in kept.sections if section.label == {"vi": "Của người khác"}]
    assert {question.name for question in kept.questions()} == {question.name for question in base.questions()}


@given(questionnaires(), st.data())
def test_copies_of_what_works_work(base, data):
    assume_works = structure.problems_of(base)
    section = data.draw(st.sampled_from([section.name for section in base.sections]))
    question = data.draw(st.sampled_from([question.name for question in base.questions()]))

    grown, _ = copies.copied_section(copies.copied_question(base, question)[0], section)

    assert structure.problems_of(grown) == [] or assume_works


@given(questionnaires(), st.data())
def test_a_new_name_is_followed_everywhere(base, data):
    name = data.draw(st.sampled_from([question.name for question in base.questions()]))

    renamed = copies.renamed(base, name, "ten_moi")

    assert copies.renamed(renamed, "ten_moi", name) == base
    assert len(structure.problems_of(renamed)) == len(structure.problems_of(base))
