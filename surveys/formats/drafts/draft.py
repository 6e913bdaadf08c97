"""What reading the file of a draft plan gives, also as JSON from one process to another."""

import msgspec
from msgspec import Struct

from surveys.formats.drafts import codes
from surveys.formats.taken import Unreadable, revived
from surveys.plan.reading import Part
from surveys.problems import Problem


class Draft(Struct, frozen=True):
    """What a file says, and what of it an official must look at. `pages` None where its kind has none."""

    parts: tuple[Part, ...]
    problems: tuple[Problem, ...] = ()
    pages: int | None = None


class Heard(Struct, frozen=True):
    """Either the draft, or why the file could not be read."""

    draft: Draft | None = None
    unreadable: Problem | None = None


def heard(data: bytes) -> Draft:
    """The draft on the other side. Raises Unreadable; msgspec.MsgspecError where the data is cut short."""
    said = msgspec.json.decode(data, type=Heard)
    if said.unreadable or said.draft is None:
        problem = said.unreadable or Problem(codes.DRAFT_EMPTY, given={"given": ""})
        raise Unreadable(problem.code, **problem.given)
    return Draft(said.draft.parts, tuple(revived(problem) for problem in said.draft.problems), said.draft.pages)
