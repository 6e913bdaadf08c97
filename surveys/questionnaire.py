"""A questionnaire as data: sections of questions, in one JSON form that is versioned and never changes meaning."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal

import msgspec
from msgspec import Struct

from surveys.kinds import AnyKind, Text

SCHEMA = "ydan-questionnaire/1"


class Question(Struct, frozen=True, omit_defaults=True):
    """One question. `relevant` is JSONLogic over earlier questions' names (conditions.py); None asks everybody.

    `${name}` in its texts is an earlier answer (piping.py). `image` is the media name of a picture above it, `alt` what
    that shows; `audio` a recording of it by language, which may be one that nobody writes here (`ctu`).
    `source` is where it stood in an imported file (`survey!12`).
    """

    name: str
    kind: AnyKind
    label: Text = {}
    hint: Text = {}
    required: bool = False
    relevant: Mapping[str, Any] | None = None
    image: str = ""
    alt: Text = {}
    audio: Mapping[str, str] = {}
    source: str = ""


class Section(Struct, frozen=True, omit_defaults=True):
    """Questions that stand on one screen, with a condition of their own."""

    name: str
    questions: tuple[Question, ...]
    label: Text = {}
    relevant: Mapping[str, Any] | None = None
    source: str = ""


class Questionnaire(Struct, frozen=True, omit_defaults=True):
    """All that is asked. `languages`: the first is the one that must be complete."""

    sections: tuple[Section, ...]
    name: str = ""
    title: Text = {}
    version: str = ""
    languages: tuple[str, ...] = ("vi",)
    schema: Literal["ydan-questionnaire/1"] = msgspec.field(default="ydan-questionnaire/1", name="schema")

    def questions(self) -> Iterator[Question]:
        """Every question in the order asked, notes among them."""
        for section in self.sections:
            yield from section.questions

    def parts(self) -> Iterator[Section | Question]:
        """Every section, then every question: all that a condition may stand at."""
        yield from self.sections
        yield from self.questions()

    def question(self, name: str) -> Question:
        """Raises KeyError where there is none of that name."""
        for question in self.questions():
            if question.name == name:
                return question
        raise KeyError(name)


def to_json(questionnaire: Questionnaire) -> bytes:
    """The one JSON form, keys in the order of the structs, with `schema` named."""
    return msgspec.json.format(msgspec.json.encode({"schema": SCHEMA, **msgspec.to_builtins(questionnaire)}), indent=1)


def from_json(data: bytes) -> Questionnaire:
    """Raises msgspec.ValidationError, naming the path, where the data is not a questionnaire of this schema."""
    return msgspec.json.decode(data, type=Questionnaire)
