"""Pictures and sound put to a question: above it, at one of its choices, spoken in a language, the map that is pointed at."""

from typing import Any

from msgspec import Struct, structs

from surveys.kinds import AnyKind, Option, Place, Points, Ranking, SelectMultiple, SelectOne
from surveys.pasting import MOST_BY_ROW
from surveys.questionnaire import Question

SPOKEN = ("vi", "en", "ctu")
"""Languages a question may be heard in: Cơ Tu is spoken by many who do not read it."""


class Spot(Struct, frozen=True):
    """A place for a file: `what` is image, map, audio:<language> or option:<name>. `name` is the media name that is there, '' for none."""

    what: str
    name: str = ""
    option: Option | None = None

    @property
    def sort(self) -> str:
        return "audio" if self.what.startswith("audio:") else "image"


def spots(question: Question) -> list[Spot]:
    """Every place of this question, with what is there."""
    found = [Spot("image", question.image), *(Spot(f"audio:{language}", question.audio.get(language, "")) for language in SPOKEN)]
    if isinstance(question.kind, Place):
        found.append(Spot("map", question.kind.image))
    return found + [Spot(f"option:{option.name}", option.image, option) for option in pictured(question.kind)]


def pictured(kind: AnyKind) -> tuple[Option, ...]:
    """The choices that may have pictures."""
    options = kind.options if isinstance(kind, SelectOne | SelectMultiple | Ranking | Points) else ()
    return options if len(options) <= MOST_BY_ROW else ()


def with_media(question: Question, what: str, name: str) -> Question:
    """The question with this file in this place; '' takes away what is there. Raises KeyError where it has no such place."""
    if what not in {spot.what for spot in spots(question)}:
        raise KeyError(what)
    sort, _, part = what.partition(":")
    if sort == "image":
        return structs.replace(question, image=name, alt=question.alt if name else {})
    if sort == "audio":
        heard = {language: one for language, one in {**question.audio, part: name}.items() if one}
        return structs.replace(question, audio=heard)
    kind: Any = question.kind
    if sort == "map":
        return structs.replace(question, kind=structs.replace(kind, image=name))
    options = tuple(structs.replace(option, image=name) if option.name == part else option for option in kind.options)
    return structs.replace(question, kind=structs.replace(kind, options=options))
