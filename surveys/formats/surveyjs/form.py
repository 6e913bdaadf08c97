"""A definition while it is being read: its languages, words, places of answers, and what was said lost."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from surveys.formats import codes
from surveys.formats.comparing import Variable
from surveys.formats.limesurvey.form import clean_name
from surveys.formats.plain import plain
from surveys.formats.surveyjs.part import Part
from surveys.formats.surveyjs.script import INSERT
from surveys.kinds import Text
from surveys.problems import Code, Problem

DEFAULT = "default"
SHORT = re.compile(r"[a-z]{2}(-[A-Za-z]{2,8})?")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,8})?")


class Form:
    def __init__(self, raw: Mapping[str, Any]) -> None:
        self.root = Part(raw, "")
        self.losses: list[Problem] = []
        self.places: dict[str, Variable] = {}
        self.names: set[str] = set()
        spoken = list(dict.fromkeys(languages_in(raw)))
        locale = raw.get("locale")
        self.default = locale if isinstance(locale, str) and LANGUAGE.fullmatch(locale) else "en" if "vi" in spoken else "vi"
        self.root.taken.update({"locale"} if self.default == locale else ())
        self.languages = tuple(dict.fromkeys([self.default, *spoken]))

    def note(self, where: str, code: Code, **given: Any) -> None:
        self.losses.append(Problem(code, where, given))

    def text(self, part: Part, *names: str, about: str = "") -> Text:
        """A text in every language; in that of the survey where it names none."""
        return self.said(part.take(*names), part.where, about or str(part.peek("name") or part.where))

    def said(self, value: Any, where: str, about: str) -> Text:
        given = value if isinstance(value, dict) else {DEFAULT: value}
        found: dict[str, str] = {}
        for language, words in given.items():
            if isinstance(words, str | int | float) and not isinstance(words, bool) and (clean := self.words(str(words), where, about)):
                found.setdefault(self.default if language == DEFAULT else language, clean)
        return {language: found[language] for language in self.languages if language in found}

    def words(self, written: str, where: str, about: str) -> str:
        words, things = plain(written)
        if things:
            self.note(where, codes.LOST_MARKUP, name=about, given=list(dict.fromkeys(things)))
        left: list[str] = []
        words = INSERT.sub(lambda found: self.insert(found[1].strip(), left), words)
        if left:
            self.note(where, codes.LOST_INSERT, name=about, given=list(dict.fromkeys(left)))
        return words

    def insert(self, name: str, left: list[str]) -> str:
        """An answer that stands in the text; anything else in braces is “…”."""
        place = self.places.get(name)
        if place is None or place.option or "/" in place.path:
            left.append(name)
            return "…"
        return f"${{{place.path}}}"

    def name(self, part: Part, fallback: str = "q") -> str:
        """A name of ours for what this part is called; said where it is another."""
        given = str(part.take("name") or fallback)
        made = clean_name(given, self.names)
        self.names.add(made)
        if made != given:
            self.note(part.where, codes.RENAMED, given=given, name=made)
        return made


def languages_in(raw: Any) -> Iterator[str]:
    """The languages of all texts: objects whose keys are languages and whose values are texts."""
    waiting = [raw]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            if value and all(isinstance(words, str) for words in value.values()) and (DEFAULT in value or all(SHORT.fullmatch(key) for key in value)):
                yield from (key for key in value if LANGUAGE.fullmatch(key))
            waiting += reversed(list(value.values()))
        elif isinstance(value, list):
            waiting += reversed(value)
