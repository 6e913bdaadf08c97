"""What is asked of a count in its own process, and what comes back. Importing this loads no pandas."""

from msgspec import Struct

from analysis.report import LEAST_CELL, OtherChannel, Report
from surveys.kinds import Text
from surveys.questionnaire import Questionnaire
from surveys.units import Village


class Decision(Struct, frozen=True):
    """Whether an open answer that was read may be printed. `answer`: its id in hex."""

    answer: str
    question: str
    released: bool


class Job(Struct, frozen=True, kw_only=True):
    """What to count. `answers`: a path of JSON lines of Answer; `frozen`: the snapshot to count instead; `freeze`: where to make it.
    `former`: names, by id, of villages that are no more.
    """

    questionnaires: dict[int, Questionnaire]
    title: Text
    villages: tuple[Village, ...] = ()
    former: dict[str, str] = {}
    others: tuple[OtherChannel, ...] = ()
    decided: tuple[Decision, ...] = ()
    answers: str = ""
    frozen: str = ""
    freeze: str = ""
    min_cell: int = LEAST_CELL
    provisional: bool = False


class Counted(Struct, frozen=True):
    """The same answers for officials and for everybody, and the SHA-256 of their canonical content."""

    official: Report
    public: Report
    data_hash: str
    rows: int
