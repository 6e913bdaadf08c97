"""Our own JSON: the form in which questionnaires are kept, moved and written by hand."""

from surveys.formats.taken import Taken
from surveys.questionnaire import from_json


def read(data: bytes) -> Taken:
    return Taken(from_json(data))
