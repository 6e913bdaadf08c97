"""What still lacks its English, question by question, in a questionnaire that is written in both languages."""

from collections.abc import Iterator

from msgspec import Struct, structs

from surveys.kinds import Text
from surveys.questionnaire import Question, Questionnaire, Section

LISTS = ("options", "rows", "missing")


class Gap(Struct, frozen=True):
    """A text with Vietnamese and no English. `part` is the question or section, `field` the field of its form."""

    part: str
    field: str


def bilingual(questionnaire: Questionnaire) -> bool:
    """Whether its author means it to be read in English too."""
    return "en" in questionnaire.languages


def gaps(questionnaire: Questionnaire) -> list[Gap]:
    """In the order of the form."""
    found: list[Gap] = []
    for section in questionnaire.sections:
        found += gaps_of(section)
        for question in section.questions:
            found += gaps_of(question)
    return found


def gaps_of(part: Section | Question) -> list[Gap]:
    return [Gap(part.name, field) for field, text in texts(part) if text.get("vi") and not text.get("en")]


def texts(part: Section | Question) -> Iterator[tuple[str, Text]]:
    yield "label_en", part.label
    if isinstance(part, Question):
        yield "hint_en", part.hint
        yield "unit_en", getattr(part.kind, "unit", {})
        for field in LISTS:
            for at, option in enumerate(getattr(part.kind, field, ()) if field in part.kind.__struct_fields__ else ()):
                yield f"{field}-{at}_en", option.label


def with_languages(questionnaire: Questionnaire) -> Questionnaire:
    """English counts as one of its languages from its first English words on."""
    if "en" in questionnaire.languages or not any(has_english(part) for part in questionnaire.parts()):
        return questionnaire
    return structs.replace(questionnaire, languages=(*questionnaire.languages, "en"))


def has_english(part: Section | Question) -> bool:
    return any(text.get("en") for _, text in texts(part))
