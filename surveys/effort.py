"""How long answering takes, told before it begins."""

from surveys.kinds import Matrix, Note, OpenText, Stance
from surveys.questionnaire import Question, Questionnaire

CHOOSING_S = 12
WRITING_S = 40
ROW_S = 7


def seconds(question: Question) -> int:
    match question.kind:
        case Note():
            return CHOOSING_S
        case Matrix(rows=rows):
            return CHOOSING_S + ROW_S * len(rows)
        case OpenText(long=True):
            return WRITING_S
        case Stance():
            return CHOOSING_S + WRITING_S // 2
    return CHOOSING_S


def minutes(questionnaire: Questionnaire) -> int:
    """Whole minutes, at least one, of somebody who is asked everything. A rule of thumb."""
    return max(1, round(sum(seconds(question) for question in questionnaire.questions()) / 60))
