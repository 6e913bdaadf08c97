"""What the macros of questions ask: earlier answers in texts, how a scale is drawn, which files a field takes."""

import re
from collections.abc import Callable

from markupsafe import Markup, escape

from surveys import piping
from surveys.kinds import File, Kind, Option, Scale, Text, say
from surveys.questionnaire import Question

Said = Callable[[str], str]
"""An earlier answer in words, by question; '' where there is none."""

MOST_FULL_ROWS = 7
BARE = re.compile(r"[-+]?[0-9]*")
ENDINGS = {
    "image": "image/jpeg,image/png,image/webp", "pdf": "application/pdf", "office": ".docx,.xlsx,.pptx", "audio": "audio/mpeg,audio/mp4,audio/ogg,audio/webm",
}  # fmt: skip


def piped(text: Text, said: Said | None = None, *, language: str) -> str | Markup:
    """The words with each earlier answer in its place, where the script keeps it up to date."""
    pieces = piping.pieces(say(text, language))
    if len(pieces) == 1:
        return pieces[0][0]
    place = Markup('<span data-pipe="{}">{}</span>')
    return Markup("").join(escape(plain) + (place.format(name, said_of(name, said)) if name else "") for plain, name in pieces)


def filled(text: Text, said: Said | None = None, *, language: str) -> str:
    """The same as plain words: for attributes, summaries and mail."""
    return piping.filled(say(text, language), said or (lambda _: ""))


def said_of(name: str, said: Said | None) -> str:
    return (said(name) if said else "") or piping.UNANSWERED


def pipes(question: Question) -> bool:
    """Whether any text of it waits for an earlier answer."""
    return any(piping.names(text) for text in piping.texts(question))


def compact(kind: Kind) -> bool:
    """Whether a scale is a row of numbers with words at its ends, instead of a full row of words for each point."""
    if not isinstance(kind, Scale):
        return False
    between = kind.options[1:-1]
    return len(kind.options) > MOST_FULL_ROWS or (len(between) > 0 and all(is_bare(option) for option in between))


def is_bare(option: Option) -> bool:
    """Whether its label says no more than its number."""
    return all(BARE.fullmatch(label.strip()) for label in option.label.values())


def accepts(kind: File) -> str:
    """The `accept` of its field."""
    return ",".join(ENDINGS[sort] for sort in kind.accepts)
