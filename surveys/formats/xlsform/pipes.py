"""Answers in texts: `${q}` stays where q was taken and is asked before; anywhere else “…” stands for it, and that is said."""

from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import structs

from surveys.formats import codes
from surveys.formats.xlsform.expressions import REFERENCE
from surveys.kinds import AnyKind, Calculation, SelectMultiple, SelectOne, Text
from surveys.piping import UNANSWERED
from surveys.problems import Problem
from surveys.questionnaire import Question, Section

LISTS = ("options", "rows", "missing")


class Pipes:
    """Goes through a questionnaire in the order asked."""

    def __init__(self) -> None:
        self.known: set[str] = set()
        self.losses: list[Problem] = []

    def sections(self, sections: Iterable[Section]) -> Iterator[Section]:
        for section in sections:
            label = self.text(section.label, "label", section.source)
            yield structs.replace(section, label=label, questions=tuple([self.question(question) for question in section.questions]))

    def question(self, question: Question) -> Question:
        said = {field: self.text(getattr(question, field), field, question.source) for field in ("label", "hint")}
        made = structs.replace(question, **said, alt=self.plain(question.alt, question.source), kind=self.kind(question.kind, question.source))
        if question.kind.asks or isinstance(question.kind, Calculation):
            self.known.add(question.name)
        return made

    def kind(self, kind: AnyKind, where: str) -> AnyKind:
        """Only the options of a select may hold answers."""
        changed: dict[str, Any] = {}
        for field in LISTS:
            options = getattr(kind, field, ())
            words = [self.text(one.label, "label", where) if isinstance(kind, SelectOne | SelectMultiple) else self.plain(one.label, where) for one in options]
            if any(word != one.label for word, one in zip(words, options, strict=True)):
                changed[field] = tuple(structs.replace(one, label=word) for word, one in zip(words, options, strict=True))
        if (unit := getattr(kind, "unit", {})) and (plain := self.plain(unit, where)) != unit:
            changed["unit"] = plain
        return structs.replace(kind, **changed) if changed else kind

    def plain(self, text: Text, where: str) -> Text:
        kept, self.known = self.known, set()
        found = self.text(text, "label", where)
        self.known = kept
        return found

    def text(self, text: Text, field: str, where: str) -> Text:
        left = dict.fromkeys(name for words in text.values() for name in REFERENCE.findall(words) if name not in self.known)
        if not left:
            return text
        self.losses.append(Problem(codes.LOST_REFERENCE, where or "survey!1", {"column": field, "given": list(left)}))
        return {language: REFERENCE.sub(lambda found: found[0] if found[1] in self.known else UNANSWERED, words) for language, words in text.items()}
