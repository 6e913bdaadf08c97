"""What every kind of question can do, and what kinds are made of: texts, options, columns."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Literal

from msgspec import Struct

Text = Mapping[str, str]
"""One sentence by language: {"vi": "…", "en": "…"}."""

Value = Any
Reading = Any
Form = Mapping[str, Sequence[str]]
"""Fields of an HTML form: a list of values by name."""

OTHER = "other"
"""Name of the choice that a respondent words, in select_one and select_multiple."""


LONGEST = 2000
"""Characters of own words, unless an author says otherwise."""


class Option(Struct, frozen=True, omit_defaults=True):
    """A choice: `name` is stored, `label` is read. `exclusive` goes with no other choice (“none of these”).

    `image` is the media name of a picture of it. `relevant` is a condition over earlier questions: where it fails, the
    choice is not offered. Only select_one and select_multiple have such choices.
    """

    name: str
    label: Text = {}
    exclusive: bool = False
    image: str = ""
    relevant: Mapping[str, Any] | None = None


class Column(Struct, frozen=True):
    """What one column of a table of answers holds. `levels` are option names, lowest or first one first."""

    name: str
    type: Literal["choice", "ordered", "flag", "number", "date", "text"]
    levels: tuple[str, ...] = ()


LIMITS = ("low", "high", "longest", "least", "most", "total")


class Kind(Struct, frozen=True, tag_field="type", omit_defaults=True):
    """What all kinds can do. `asks` is false for what nobody answers: it is only read, or worked out."""

    asks: ClassVar[bool] = True

    @property
    def tag(self) -> str:
        """Its `type` in JSON, and the name of its macro."""
        return str(self.__struct_config__.tag)

    def read(self, raw: Any) -> Reading:
        raise TypeError(f"{type(self).__name__} is not answered")

    def columns(self, name: str) -> list[Column]:
        return []

    def cells(self, name: str, value: Value) -> dict[str, Any]:
        """One answer spread over `columns`; what is left out is empty."""
        return {name: value}

    def words(self, value: Value, language: str) -> str:
        return str(value)

    def facts(self, name: str, value: Value) -> dict[str, Any]:
        """What conditions may know of one answer: numbers, option names, lists of them, text, ISO days, true."""
        return {name: value}

    def fields(self, name: str) -> list[str]:
        """Names of the form fields that it draws: `name` itself, and parts of it after a slash."""
        return [name] if self.asks else []

    def limits(self) -> dict[str, Any]:
        """What the page has to know to read an answer as `read` does."""
        return {name: value for name in LIMITS if (value := getattr(self, name, None)) is not None}

    def from_form(self, name: str, form: Form) -> Any:
        """The raw answer of an HTML form."""
        return first(form, name)

    def to_form(self, name: str, raw: Any) -> dict[str, list[str]]:
        """The form fields of an answer, checked or raw: `from_form` reversed."""
        return {name: [str(raw)]}


def first(form: Form, name: str) -> str:
    return next(iter(form.get(name, ())), "")


def say(text: Text, language: str) -> str:
    """The sentence in this language, else in Vietnamese, else in whatever it has."""
    return text.get(language) or text.get("vi") or next((words for words in text.values() if words), "")
