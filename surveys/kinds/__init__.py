"""A class per kind of question: how it reads an answer, which columns it fills, and how its answer sounds in words.

A reading is the value, or the problem with it; a matrix gives all its problems as a tuple. Blank answers never reach `read`.
Values are what JSON can carry: str, int, float, True, list, dict.
"""

from surveys.kinds.choice import OTHER_LABEL, Ranking, SelectMultiple, SelectOne, choice_words, name_of, read_choice
from surveys.kinds.file import File
from surveys.kinds.kind import OTHER, Column, Form, Kind, Option, Reading, Text, Value, say
from surveys.kinds.moment import Date, Time
from surveys.kinds.number import Decimal, Integer, Points
from surveys.kinds.place import Place, UnitChoice
from surveys.kinds.scale import SATISFACTION, Matrix, Scale
from surveys.kinds.stance import STANCE_LABELS, STANCES, Block, Clause, Stance
from surveys.kinds.text import CONSENT_LABEL, Calculation, Consent, Note, OpenText

__all__ = [
    "CONSENT_LABEL", "OTHER", "OTHER_LABEL", "SATISFACTION", "STANCES", "STANCE_LABELS", "AnyKind", "Block", "Calculation", "Clause", "Column", "Consent",
    "Date", "Decimal", "File", "Form", "Integer", "Kind", "Matrix", "Note", "OpenText", "Option", "Place", "Points", "Ranking", "Reading", "Scale",
    "SelectMultiple",
    "SelectOne", "Stance", "Text", "Time", "UnitChoice", "Value", "choice_words", "name_of", "read_choice", "say",
]  # fmt: skip

AnyKind = (
    SelectOne
    | SelectMultiple
    | Ranking
    | Stance
    | Clause
    | Scale
    | Matrix
    | Integer
    | Decimal
    | Points
    | Date
    | Time
    | OpenText
    | Note
    | Consent
    | Calculation
    | UnitChoice
    | Place
    | File
)
