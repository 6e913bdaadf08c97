"""Words in both languages, as forms carry them: `label_vi`, `label_en`."""

from collections.abc import Mapping

from surveys import problems
from surveys.problems import Problem

Form = Mapping[str, str]
Doubts = list[Problem]

LANGUAGES = ("vi", "en")
LONGEST_LABEL = 2000


def text_of(form: Form, field: str) -> dict[str, str]:
    """The Text of `field_vi` and `field_en`, without languages that have no words."""
    text = {language: form.get(f"{field}_{language}", "").replace("\r\n", "\n").strip() for language in LANGUAGES}
    return {language: words for language, words in text.items() if words}


def read_text(form: Form, field: str, doubts: Doubts) -> dict[str, str]:
    """The same, with a doubt for each language that is too long."""
    text = text_of(form, field)
    for language, words in text.items():
        if len(words) > LONGEST_LABEL:
            doubts.append(Problem(problems.TOO_LONG, where=f"{field}_{language}", given={"given": len(words), "high": LONGEST_LABEL}))
    return text
