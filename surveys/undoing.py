"""Undo for several people at once: which of the versions somebody made is the next to be taken back, or brought again.

Every save is a version. Versions of one person at one place, each soon after the one before, are one step.
"""

import datetime
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Literal

from msgspec import Struct, structs

ONE_STEP = datetime.timedelta(minutes=5)


class Edit(Struct, frozen=True):
    """How a version came about. `part` is the question or section that was written in, '' where something else was done.

    `of` is the version that an undo took back, or the undo that a redo took back.
    """

    version: int
    person: str
    at: datetime.datetime
    part: str = ""
    act: Literal["edit", "undo", "redo"] = "edit"
    of: int | None = None


class Step(Struct, frozen=True):
    """Versions `first` to `last`, made by one person as one change."""

    first: int
    last: int
    person: str
    part: str = ""


def follows(edit: Edit, before: Edit) -> bool:
    """Whether it goes on with the same change."""
    same = (edit.person, edit.part, edit.act, before.act, edit.version) == (before.person, before.part, "edit", "edit", before.version + 1)
    return same and edit.part != "" and edit.at - before.at <= ONE_STEP


def steps(edits: Iterable[Edit]) -> list[tuple[Step, Edit]]:
    """Steps, oldest first, each with its last version."""
    found: list[tuple[Step, Edit]] = []
    for edit in sorted(edits, key=lambda one: one.version):
        if found and follows(edit, found[-1][1]):
            found[-1] = (structs.replace(found[-1][0], last=edit.version), edit)
        else:
            found.append((Step(edit.version, edit.version, edit.person, edit.part), edit))
    return found


def stacks(edits: Iterable[Edit], person: str) -> tuple[list[Step], list[Step]]:
    """What this person can undo and redo, the next one last. Something new forgets what could be redone."""
    done: list[Step] = []
    undone: list[Step] = []
    for step, edit in steps(edits):
        if step.person != person:
            continue
        if edit.act == "edit":
            done.append(step)
            undone = []
        elif edit.act == "undo":
            done = [one for one in done if one.last != edit.of]
            undone.append(step)
        else:
            undone = [one for one in undone if one.last != edit.of]
            done.append(step)
    return done, undone


def undoable(edits: Sequence[Edit], person: str) -> Step | None:
    return next(iter(stacks(edits, person)[0][-1:]), None)


def redoable(edits: Sequence[Edit], person: str) -> Step | None:
    return next(iter(stacks(edits, person)[1][-1:]), None)


def within_steps(edits: Sequence[Edit]) -> list[int]:
    """Versions that a later one of the same step goes on from: nobody goes back to them."""
    ordered = sorted(edits, key=lambda one: one.version)
    return [before.version for before, edit in pairwise(ordered) if follows(edit, before)]
