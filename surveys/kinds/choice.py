"""Choosing among options: one, several, in order."""

from collections.abc import Mapping, Sequence
from typing import Any

from surveys import problems
from surveys.kinds.kind import OTHER, Column, Form, Kind, Option, Reading, Text, Value, first, say
from surveys.kinds.text import OpenText
from surveys.language import fold
from surveys.problems import Problem
from surveys.reading import INTEGER, is_blank

OTHER_LABEL: Text = {"vi": "Ý khác", "en": "Other"}
MOST_ON_A_PAGE = 60
"""Options that a page still draws; of more, people type one and choose among what is found."""


class Listed(Kind, frozen=True):
    """What choices of one and of several share. Of a long list a form has one more field, `name/typed`: labels as people type them."""

    options: tuple[Option, ...]

    @property
    def long_list(self) -> bool:
        return len(self.options) > MOST_ON_A_PAGE

    def called(self, name: str, form: Form) -> list[str]:
        """What was typed instead of chosen, a line each: the option's name where it is called so, else as it stands there."""
        lines = [line.strip() for text in form.get(f"{name}/typed", ()) for line in text.splitlines()] if self.long_list else []
        return [found[0] if len(found := called_so(line, self.options)) == 1 else line for line in lines if line]

    def unclear(self, raw: Any) -> Problem | None:
        """Where several options of a long list are called so."""
        found = called_so(raw, self.options) if self.long_list and isinstance(raw, str) else []
        labels = {option.name: option.label or {"vi": option.name} for option in self.options}
        return Problem(problems.SEVERAL_OPTIONS, given={"given": raw, "options": tuple(labels[name] for name in found[:5])}) if len(found) > 1 else None


class SelectOne(Listed, frozen=True, tag="select_one"):
    """One of several. Stored as the option's name, or {"choice": "other", "text": …} where `other` is allowed."""

    other: bool = False

    def read(self, raw: Any) -> Reading:
        return self.unclear(raw) or read_choice(raw, self.options, other=self.other)

    def columns(self, name: str) -> list[Column]:
        levels = tuple(option.name for option in self.options)
        if not self.other:
            return [Column(name, "choice", levels)]
        return [Column(name, "choice", (*levels, OTHER)), Column(f"{name}/text", "text")]

    def cells(self, name: str, value: Value) -> dict[str, Any]:
        if isinstance(value, dict):
            return {name: OTHER, f"{name}/text": value["text"]}
        return {name: value}

    def words(self, value: Value, language: str) -> str:
        return choice_words(value, self.options, language)

    def facts(self, name: str, value: Value) -> dict[str, Any]:
        return {name: name_of(value)}

    def fields(self, name: str) -> list[str]:
        return [name, *[f"{name}/text"] * self.other, *[f"{name}/typed"] * self.long_list]

    def from_form(self, name: str, form: Form) -> Any:
        chosen = first(form, name) or next(iter(self.called(name, form)), "")
        return worded(chosen, text_of(name, form)) if self.other else chosen

    def to_form(self, name: str, raw: Any) -> dict[str, list[str]]:
        return choice_fields(name, [raw])


class SelectMultiple(Listed, frozen=True, tag="select_multiple"):
    """Any of several, `least` to `most` of them. Stored as a list in the options' order, the worded one last."""

    other: bool = False
    least: int | None = None
    most: int | None = None

    def read(self, raw: Any) -> Reading:
        if not isinstance(raw, list):
            raw = [raw]
        chosen = [self.unclear(item) or read_choice(item, self.options, other=self.other) for item in raw]
        for reading in chosen:
            if isinstance(reading, Problem):
                return reading
        names = {name_of(choice) for choice in chosen}
        alone = [option for option in self.options if option.exclusive and option.name in names]
        if alone and len(names) > 1:
            return Problem(problems.EXCLUSIVE, given={"option": alone[0].label or alone[0].name})
        if self.most is not None and len(names) > self.most:
            return Problem(problems.TOO_MANY, given={"given": len(names), "high": self.most})
        if self.least is not None and len(names) < self.least and not alone:
            return Problem(problems.TOO_FEW, given={"given": len(names), "low": self.least})
        worded = [choice for choice in chosen if isinstance(choice, dict)]
        return [option.name for option in self.options if option.name in names] + worded[:1]

    def columns(self, name: str) -> list[Column]:
        flags = [Column(f"{name}/{option.name}", "flag") for option in self.options]
        if not self.other:
            return flags
        return [*flags, Column(f"{name}/{OTHER}", "flag"), Column(f"{name}/text", "text")]

    def cells(self, name: str, value: Value) -> dict[str, Any]:
        names = {name_of(choice) for choice in value}
        cells: dict[str, Any] = {column.name: int(column.name.removeprefix(f"{name}/") in names) for column in self.columns(name)}
        if self.other:
            cells[f"{name}/text"] = next((choice["text"] for choice in value if isinstance(choice, dict)), None)
        return cells

    def words(self, value: Value, language: str) -> str:
        return "; ".join(choice_words(choice, self.options, language) for choice in value)

    def facts(self, name: str, value: Value) -> dict[str, Any]:
        return {name: [name_of(choice) for choice in value]}

    def fields(self, name: str) -> list[str]:
        return [name, *[f"{name}/text"] * self.other, *[f"{name}/typed"] * self.long_list]

    def from_form(self, name: str, form: Form) -> Any:
        given, text = [*form.get(name, ()), *self.called(name, form)], text_of(name, form)
        return [worded(choice, text) if self.other else choice for choice in given or ([""] if text else [])]

    def to_form(self, name: str, raw: Any) -> dict[str, list[str]]:
        return choice_fields(name, raw if isinstance(raw, list) else [raw])


class Ranking(Kind, frozen=True, tag="ranking"):
    """Options put in order, or only the first `most` of them. Stored as a list of names, the first rank first.

    In a form every option has a field with its rank, 1 first; without script that is all there is.
    """

    options: tuple[Option, ...]
    most: int | None = None

    @property
    def ranks(self) -> int:
        """How many places are given."""
        return min(self.most or len(self.options), len(self.options))

    def limits(self) -> dict[str, Any]:
        return {"ranks": self.ranks}

    def read(self, raw: Any) -> Reading:
        if isinstance(raw, Mapping):
            raw = ordered(raw)
        if isinstance(raw, Problem):
            return raw
        if not isinstance(raw, list):
            return Problem(problems.WRONG_SHAPE)
        chosen = [read_choice(item, self.options) for item in raw]
        for reading in chosen:
            if isinstance(reading, Problem):
                return reading
        if len(set(chosen)) < len(chosen):
            return Problem(problems.RANKED_TWICE)
        if len(chosen) != self.ranks:
            return Problem(problems.RANKS_MISSING, given={"given": len(chosen), "n": self.ranks})
        return chosen

    def columns(self, name: str) -> list[Column]:
        return [Column(f"{name}/{option.name}", "number") for option in self.options]

    def cells(self, name: str, value: Value) -> dict[str, Any]:
        """Ranks by option, 1 first; what was not ranked is empty."""
        return {f"{name}/{option}": rank for rank, option in enumerate(value, start=1)}

    def words(self, value: Value, language: str) -> str:
        return "; ".join(f"{rank}. {choice_words(option, self.options, language)}" for rank, option in enumerate(value, start=1))

    def facts(self, name: str, value: Value) -> dict[str, Any]:
        """Its first rank, as a condition can ask for it."""
        return {name: value[0]}

    def fields(self, name: str) -> list[str]:
        return [f"{name}/{option.name}" for option in self.options]

    def from_form(self, name: str, form: Form) -> Any:
        given = {option.name: first(form, f"{name}/{option.name}").strip() for option in self.options}
        return {option: rank for option, rank in given.items() if rank}

    def to_form(self, name: str, raw: Any) -> dict[str, list[str]]:
        ranks = raw if isinstance(raw, Mapping) else {option: rank for rank, option in enumerate(raw, start=1)} if isinstance(raw, list) else {}
        return {f"{name}/{option}": [str(rank)] for option, rank in ranks.items()}


def ordered(ranks: Mapping[str, Any]) -> list[str] | Problem:
    """Option names by the ranks that were typed beside them; whoever gives a rank twice or leaves one out is told."""
    read: dict[str, int] = {}
    for option, typed in ranks.items():
        if is_blank(typed):
            continue
        written = str(typed).strip()
        if not INTEGER.fullmatch(written) or len(written) > 6:
            return Problem(problems.NOT_AN_INTEGER, given={"given": typed})
        read[option] = int(written.replace(".", ""))
    places = sorted(read.values())
    if len(set(places)) < len(places):
        return Problem(problems.RANKED_TWICE)
    if places != list(range(1, len(places) + 1)):
        return Problem(problems.RANKS_WITH_GAPS, given={"n": len(places)})
    return sorted(read, key=lambda option: read[option])


def called_so(written: str, options: Sequence[Option]) -> list[str]:
    """Names of the options that these words may mean, tones or not: one named or labelled just so, else all that hold the words."""
    if any(option.name == written for option in options):
        return [written]
    wanted = fold(written)
    labels = [(option.name, {fold(label) for label in option.label.values()}) for option in options]
    return [name for name, said in labels if wanted in said] or [name for name, said in labels if any(wanted in label for label in said)]


def name_of(choice: Any) -> str:
    """The option's name of a stored choice, worded or not."""
    return OTHER if isinstance(choice, dict) else str(choice)


def read_choice(raw: Any, options: Sequence[Option], *, other: bool = False) -> Reading:
    if isinstance(raw, dict) and raw.get("choice") != OTHER:
        if is_blank(raw.get("choice")) and not is_blank(raw.get("text")):
            return Problem(problems.TEXT_WITHOUT_CHOICE)
        raw = raw.get("choice")
    if other and (raw == OTHER or isinstance(raw, dict)):
        text = OpenText(longest=500).read(raw.get("text")) if isinstance(raw, dict) and raw.get("text") else ""
        if isinstance(text, Problem):
            return text
        return {"choice": OTHER, "text": text} if text else Problem(problems.OTHER_WITHOUT_TEXT)
    if isinstance(raw, str) and any(option.name == raw.strip() for option in options):
        return raw.strip()
    return Problem(problems.NOT_AN_OPTION, given={"given": raw})


def choice_words(choice: Any, options: Sequence[Option], language: str) -> str:
    if isinstance(choice, dict):
        return f"{say(OTHER_LABEL, language)}: {choice['text']}"
    return next((say(option.label, language) or option.name for option in options if option.name == choice), str(choice))


def text_of(name: str, form: Form) -> str:
    return " ".join(form.get(f"{name}/text", ())).strip()


def worded(choice: str, text: str) -> Any:
    """Text beside another choice is not its answer; text beside none is kept, so that somebody can be told."""
    return {"choice": choice, "text": text} if choice == OTHER or (text and not choice) else choice


def choice_fields(name: str, choices: Sequence[Any]) -> dict[str, list[str]]:
    texts = [str(choice["text"]) for choice in choices if isinstance(choice, Mapping) and choice.get("text")]
    form = {name: [str(choice.get("choice") or "") if isinstance(choice, Mapping) else str(choice) for choice in choices]}
    return form | {f"{name}/text": texts[:1]} if texts else form
