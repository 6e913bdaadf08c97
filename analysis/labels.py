"""How questions and choices are called where their results stand: clauses by their number, earlier answers as …"""

from surveys.kinds import Clause, Option, Text
from surveys.piping import UNANSWERED, pieces
from surveys.questionnaire import Question


def label_of(question: Question) -> Text:
    """A clause begins with how it is numbered in print, once."""
    label = unpiped(question.label)
    return question.kind.numbered(label) if isinstance(question.kind, Clause) else label


def option_label(option: Option) -> Text:
    return unpiped(option.label) or {"vi": option.name}


def unpiped(text: Text) -> Text:
    """The same in every language, with … where one answer stood: results are of everybody's."""
    if not any("${" in words for words in text.values()):
        return text
    return {language: "".join(plain + (UNANSWERED if name else "") for plain, name in pieces(words)) for language, words in text.items()}
