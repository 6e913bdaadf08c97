"""What reading a file gives: a questionnaire with its losses, or one sentence why there is none."""

from msgspec import Struct

from surveys.problems import Problem, Refusal
from surveys.questionnaire import Questionnaire


class Taken(Struct, frozen=True):
    """What a file gave. `losses` carried meaning and could not be taken; `problems` are mistakes that pyxform lets pass."""

    questionnaire: Questionnaire
    losses: tuple[Problem, ...] = ()
    problems: tuple[Problem, ...] = ()


class Unreadable(Refusal):
    """The file is none that we read, broken, or hostile. Nothing in it was looked at."""

    status = 422
