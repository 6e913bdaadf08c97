"""What reading a file gives: a questionnaire with its losses, or why there is none. Also as JSON, from one process to another."""

from collections.abc import Callable
from typing import Any

import msgspec
from msgspec import Struct, structs

from surveys.formats import codes
from surveys.problems import Code, Invalid, Problem, Refusal
from surveys.questionnaire import Questionnaire


class Taken(Struct, frozen=True):
    """What a file gave. `losses` carried meaning and could not be taken; `problems` are mistakes that pyxform lets pass.

    `likert`: questions that asked to look like a scale, whether or not their options make one by themselves.
    """

    questionnaire: Questionnaire
    losses: tuple[Problem, ...] = ()
    problems: tuple[Problem, ...] = ()
    likert: tuple[str, ...] = ()


class Unreadable(Refusal):
    """The file is none that we read, broken, or hostile. Nothing in it was looked at."""

    status = 422


class Told(Struct, frozen=True):
    """One of three: taken; refused with its problems; unreadable, with the one code and what fills it."""

    taken: Taken | None = None
    refused: tuple[Problem, ...] = ()
    unreadable: Problem | None = None


def told(reading: Callable[[], Taken]) -> bytes:
    """What a reading gave or raised, as JSON."""
    try:
        said = Told(taken=reading())
    except Invalid as refusal:
        said = Told(refused=tuple(refusal.problems))
    except Unreadable as refusal:
        said = Told(unreadable=Problem(refusal.code, given=refusal.given))
    except MemoryError:
        said = Told(unreadable=Problem(codes.TOO_HEAVY))
    return msgspec.json.encode(said)


def heard(data: bytes) -> Taken:
    """The same on the other side. Raises what was raised there; msgspec.MsgspecError where the data is cut short."""
    said = msgspec.json.decode(data, type=Told)
    if said.unreadable:
        raise Unreadable(said.unreadable.code, **said.unreadable.given)
    if said.taken is None:
        raise Invalid([revived(problem) for problem in said.refused])
    losses, problems = (tuple(revived(problem) for problem in found) for found in (said.taken.losses, said.taken.problems))
    return structs.replace(said.taken, losses=losses, problems=problems)


def revived(problem: Problem) -> Problem:
    """With the codes among what was given, which JSON made into mappings."""
    return structs.replace(problem, given={name: code_of(value) for name, value in problem.given.items()})


def code_of(value: Any) -> Any:
    return Code(**value) if isinstance(value, dict) and set(value) == set(Code.__struct_fields__) else value
