"""What the page of a form needs to be drawn, empty or filled."""

from collections.abc import Callable, Sequence
from typing import Any

from server.routes.frame import base_of
from surveys import conditions, piping
from surveys.consultation import Consultation
from surveys.kinds import File, Kind, Matrix, Place, Points, Ranking, SelectMultiple, SelectOne, UnitChoice, say
from surveys.questionnaire import Question, Questionnaire
from surveys.units import Village
from templates.telling import told_by_script

Said = Callable[[str], str]
"""An earlier answer in words, by question; '' where there is none."""


def form_context(
    consultation: Consultation,
    questionnaire: Questionnaire,
    villages: Sequence[Village],
    *,
    version: int,
    spoken: str,
    said: Said | None = None,
    trial: str = "",
) -> dict[str, Any]:
    """An empty form. `said`: earlier answers in words, where there are some. `trial`: the token of a trial run."""
    base = base_of(consultation, trial)
    kinds = [question.kind for question in questionnaire.questions()]
    return {
        "questionnaire": questionnaire,
        "villages": villages,
        "version": version,
        "names": {field: label for question in questionnaire.questions() for field, label in field_names(question, spoken, said)},
        "when": when(questionnaire, spoken),
        "page": {
            "at": base, "send": f"{base}/files" if trial else f"/api/v1/consultations/{consultation.slug}/files",
            "version": version, "said": said, "offers": offers(questionnaire, spoken),
        },
        "told": told_by_script({kind.tag for kind in kinds}, spoken),
        "rich": any(is_rich(kind) for kind in kinds),
        "with_files": any(isinstance(kind, File) for kind in kinds),
        "typed": {}, "wrong": {}, "key": "", "receipt": "", "fresh": False,
    }  # fmt: skip


def is_rich(kind: Kind) -> bool:
    """Whether the page needs the script of the kinds that are more than fields."""
    return isinstance(kind, Ranking | Points | UnitChoice | Place | File) or (isinstance(kind, SelectOne | SelectMultiple) and kind.long_list)


def when(questionnaire: Questionnaire, spoken: str) -> dict[str, str]:
    """Conditions in words, by question, or by section after a slash."""
    conditional: list[tuple[str, Any]] = [(f"/{section.name}", section.relevant) for section in questionnaire.sections]
    conditional += [(question.name, question.relevant) for question in questionnaire.questions()]
    return {name: conditions.words(condition, questionnaire, spoken) for name, condition in conditional if condition is not None}


def offers(questionnaire: Questionnaire, spoken: str) -> dict[str, str]:
    """Conditions of single options in words, by question/option; of long lists, which are not on the page, none."""
    found: dict[str, str] = {}
    for question in questionnaire.questions():
        if isinstance(question.kind, SelectOne | SelectMultiple) and not question.kind.long_list:
            conditional = [option for option in question.kind.options if option.relevant is not None]
            found |= {f"{question.name}/{option.name}": conditions.words(option.relevant, questionnaire, spoken) for option in conditional}
    return found


def field_names(question: Question, spoken: str, said: Said | None) -> list[tuple[str, str]]:
    """What the summary of mistakes calls each field: the question, the row of a matrix, an option that gets points."""
    kind = question.kind
    rows = kind.rows if isinstance(kind, Matrix) else kind.options if isinstance(kind, Points) else ()
    label = piping.filled(say(question.label, spoken), said or unanswered) or question.name
    return [(question.name, label), *((f"{question.name}/{row.name}", say(row.label, spoken) or row.name) for row in rows)]


def unanswered(_: str) -> str:
    return ""
