"""Which step is taken back next, where several people save into one draft."""

import datetime

from surveys.undoing import Edit, Step, redoable, stacks, undoable, within_steps

START = datetime.datetime(2026, 11, 23, 9, 0, tzinfo=datetime.UTC)


def edit(version, person="a", *, minute=0, part="", act="edit", of=None):
    return Edit(version, person, START + datetime.timedelta(minutes=minute), part, act, of)


def test_autosaves_at_one_question_are_one_step():
    edits = [edit(2, part="q1"), edit(3, part="q1", minute=1), edit(4, part="q1", minute=5)]

    assert undoable(edits, "a") == Step(2, 4, "a", "q1")
    assert within_steps(edits) == [2, 3]


def test_another_question_a_pause_or_another_person_begins_a_new_step():
    edits = [edit(2, part="q1"), edit(3, part="q2"), edit(4, part="q2", minute=9), edit(5, "b", part="q2", minute=9), edit(6, part="q2", minute=10)]

    assert [step.first for step in stacks(edits, "a")[0]] == [2, 3, 4, 6]
    assert undoable(edits, "b") == Step(5, 5, "b", "q2")


def test_moves_are_a_step_each():
    assert undoable([edit(2), edit(3)], "a") == Step(3, 3, "a")


def test_undo_goes_back_several_steps_and_redo_forward():
    edits = [edit(2), edit(3), edit(4, act="undo", of=3)]
    assert (undoable(edits, "a"), redoable(edits, "a")) == (Step(2, 2, "a"), Step(4, 4, "a"))

    edits.append(edit(5, act="undo", of=2))
    assert (undoable(edits, "a"), redoable(edits, "a")) == (None, Step(5, 5, "a"))

    edits.append(edit(6, act="redo", of=5))
    assert (undoable(edits, "a"), redoable(edits, "a")) == (Step(6, 6, "a"), Step(4, 4, "a"))


def test_something_new_forgets_what_could_be_redone():
    assert redoable([edit(2), edit(3, act="undo", of=2), edit(4)], "a") is None


def test_what_others_did_is_not_mine_to_undo():
    assert undoable([edit(2, "b")], "a") is None
