"""Two people write in one questionnaire at once: what each changed since the same version, brought together.

Words and settings merge field by field. What both changed in the same place is a Clash, for a person to choose. Whoever edits wins over
whoever deletes. Of two moves of the same thing the later one holds.
"""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from msgspec import Struct, structs

from surveys import copies
from surveys.editing import free_name
from surveys.questionnaire import Question, Questionnaire, Section

Part = TypeVar("Part", bound=Section | Question)


class Clash(Struct, frozen=True):
    """A field that both wrote differently. `part` is a question's or section's name, `gone` says that the other one took it out."""

    part: str
    field: str
    mine: Any
    theirs: Any
    gone: bool = False


class Merged(Struct, frozen=True):
    """Both together; where they clash, as the other one has it."""

    questionnaire: Questionnaire
    clashes: tuple[Clash, ...] = ()


def merge(base: Questionnaire, mine: Questionnaire, theirs: Questionnaire) -> Merged:
    """What `mine` changed since `base`, upon `theirs`, which came from the same base."""
    if base == theirs or mine == theirs:
        return Merged(mine)
    mine = apart(base, mine, theirs)
    clashes: list[Clash] = []
    forms = (base, mine, theirs)
    questions = merged_parts([{one.name: one for one in form.questions()} for form in forms], clashes)
    heads = merged_parts([{one.name: structs.replace(one, questions=()) for one in form.sections} for form in forms], clashes)
    homes = [{question.name: section.name for section in form.sections for question in section.questions} for form in forms]
    home = {name: homes[1].get(name) if homes[1].get(name) not in (None, homes[0].get(name)) else homes[2].get(name, homes[1].get(name)) for name in questions}
    for name in dict.fromkeys(home.values()):
        if name is not None and name not in heads:
            heads[name] = structs.replace(section_named(name, theirs, mine, base), questions=())
    order = merged_order(*([section.name for section in form.sections] for form in forms))
    sections = [filled(heads[name], forms, questions, home) for name in order if name in heads]
    whole = merged_fields(base, mine, theirs, "", [field for field in base.__struct_fields__ if field != "sections"], clashes)
    return Merged(structs.replace(whole, sections=tuple(sections)), tuple(clashes))


def apart(base: Questionnaire, mine: Questionnaire, theirs: Questionnaire) -> Questionnaire:
    """`mine` with other names for what both added under the same one."""
    old, others = names_in(base), names_in(theirs)
    taken = {*old, *others, *names_in(mine)}
    for name in names_in(mine):
        if name in others and name not in old:
            fresh = free_name(name.rpartition("_")[0] or name, taken)
            taken.add(fresh)
            mine = copies.renamed(mine, name, fresh) if any(one.name == name for one in mine.questions()) else copies.section_renamed(mine, name, fresh)
    return mine


def names_in(form: Questionnaire) -> list[str]:
    return [*(section.name for section in form.sections), *(question.name for question in form.questions())]


def section_named(name: str, *forms: Questionnaire) -> Section:
    return next(section for form in forms for section in form.sections if section.name == name)


def merged_parts(forms: Sequence[Mapping[str, Part]], clashes: list[Clash]) -> dict[str, Part]:
    """Every part that stays, by name. One that somebody deleted and the other changed stays as it was changed."""
    base, mine, theirs = forms[0], forms[1], forms[2]
    found: dict[str, Part] = {}
    for name in dict.fromkeys([*theirs, *mine]):
        here, there, before = (form.get(name) for form in (mine, theirs, base))
        if here is not None and there is not None and before is not None:
            fields = [field for field in before.__struct_fields__ if field != "questions"]
            found[name] = merged_fields(before, here, there, name, fields, clashes)
        elif here is None and there is not None and there != before:
            found[name] = there
            if before is not None:
                clashes.append(Clash(name, "", None, there))
        elif there is None and here is not None and here != before:
            found[name] = here
    return found


def merged_fields(base: Any, mine: Any, theirs: Any, part: str, fields: Sequence[str], clashes: list[Clash]) -> Any:
    """`theirs` with what `mine` changed; a kind of the same class is merged setting by setting, a text by language."""
    given: dict[str, Any] = {}
    for field in fields:
        old, here, there = (getattr(one, field) for one in (base, mine, theirs))
        if here in (old, there):
            continue
        given[field] = here if there == old else both(old, here, there, part, field, clashes)
    return structs.replace(theirs, **given)


def both(old: Any, here: Any, there: Any, part: str, field: str, clashes: list[Clash]) -> Any:
    """A value that both changed."""
    if isinstance(old, Struct) and type(old) is type(here) is type(there):
        return merged_fields(old, here, there, part, old.__struct_fields__, clashes)
    if field in ("label", "hint", "alt", "audio", "title", "unit"):
        return merged_text(old, here, there, part, field, clashes)
    clashes.append(Clash(part, field, here, there))
    return there


def merged_text(old: Mapping[str, str], here: Mapping[str, str], there: Mapping[str, str], part: str, field: str, clashes: list[Clash]) -> dict[str, str]:
    text: dict[str, str] = {}
    for language in dict.fromkeys([*there, *here]):
        was, mine, theirs = (one.get(language, "") for one in (old, here, there))
        if mine not in (was, theirs) and theirs != was:
            clashes.append(Clash(part, f"{field}_{language}", mine, theirs))
        text[language] = theirs if mine == was or theirs != was else mine
    return {language: words for language, words in text.items() if words}


def filled(
    head: Section, forms: tuple[Questionnaire, Questionnaire, Questionnaire], questions: Mapping[str, Question], home: Mapping[str, str | None]
) -> Section:
    """The section with its questions in their merged order."""
    lists = [next(([one.name for one in section.questions] for section in form.sections if section.name == head.name), []) for form in forms]
    return structs.replace(head, questions=tuple(questions[name] for name in merged_order(*lists) if name in questions and home[name] == head.name))


def merged_order(base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> list[str]:
    """All names of `mine` and `theirs`, in the order of `theirs`; what `mine` moved or added follows what it follows there."""
    old, there = set(base), set(theirs)
    still = set(unmoved([name for name in base if name in set(mine)], [name for name in mine if name in old]))
    order = [name for name in theirs if name in still or name not in set(mine)]
    for at, name in enumerate(mine):
        if name in still and name in there:
            continue
        before = next((order.index(one) + 1 for one in reversed(mine[:at]) if one in order), 0)
        order.insert(before, name)
    return order


def unmoved(before: Sequence[str], after: Sequence[str]) -> list[str]:
    """The longest run of names that stand in the same order before and after."""
    if before == after:
        return list(after)
    rank = {name: at for at, name in enumerate(before)}
    best: list[list[str]] = []
    for name in after:
        longest = max((run for run in best if rank[run[-1]] < rank[name]), key=len, default=[])
        best.append([*longest, name])
    return max(best, key=len, default=[])
