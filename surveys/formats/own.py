"""Our own JSON: the form in which questionnaires are kept, moved and written by hand. Places in it are JSON pointers."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, get_args

import msgspec
from msgspec import Struct, structs

from surveys.formats import codes
from surveys.formats.taken import Taken
from surveys.kinds import AnyKind, Option
from surveys.problems import Invalid, Problem
from surveys.questionnaire import SCHEMA, Question, Questionnaire, Section, to_json

AT = re.compile(r"(?P<said>.*?) - at `\$(?P<path>.*)`", re.DOTALL)
KINDS: Mapping[str, type[Struct]] = {str(kind.__struct_config__.tag): kind for kind in get_args(AnyKind)}


def read(raw: dict[str, Any]) -> Taken:
    """Raises Invalid with a problem for each question that is wrong."""
    found = list(wrong(raw))
    if found:
        raise Invalid(found)
    return Taken(unplaced(msgspec.convert(raw, Questionnaire)), tuple(unknown(raw)))


def is_one(raw: dict[str, Any]) -> bool:
    """Whether an object is a questionnaire of ours, of the one schema there is."""
    return raw.get("schema", SCHEMA) == SCHEMA and ("schema" in raw or "sections" in raw)


def write(questionnaire: Questionnaire) -> bytes:
    """The JSON of contract.md. Where a question stood in another file is not kept."""
    return to_json(unplaced(questionnaire))


def wrong(raw: dict[str, Any]) -> Iterator[Problem]:
    """One problem for the whole, for each section and for each question, so that all are seen at once."""
    sections = raw.get("sections")
    yield from misfit({**raw, "sections": [] if isinstance(sections, list) else sections}, Questionnaire, "")
    for number, section in enumerate(sections if isinstance(sections, list) else []):
        where = f"/sections/{number}"
        questions = section.get("questions") if isinstance(section, dict) else None
        yield from misfit({**section, "questions": []} if isinstance(questions, list) else section, Section, where)
        for place, question in enumerate(questions if isinstance(questions, list) else []):
            yield from misfit(question, Question, f"{where}/questions/{place}")


def misfit(raw: Any, struct: type[Struct], where: str) -> Iterator[Problem]:
    try:
        msgspec.convert(raw, struct)
    except msgspec.ValidationError as error:
        at = AT.fullmatch(str(error))
        path = re.sub(r"\[(\d+)\]", r"/\1", at["path"]).replace(".", "/") if at else ""
        yield Problem(codes.WRONG_JSON, f"{where}{path}" or "/", {"given": at["said"] if at else str(error)})


def unknown(raw: Any, struct: type[Struct] = Questionnaire, where: str = "") -> Iterator[Problem]:
    """Fields that no struct of ours has: they would vanish."""
    for field in raw.keys() - names(struct):
        yield Problem(codes.LOST_FIELD, f"{where}/{field}", {"given": field})
    for field, inner in (("sections", Section), ("questions", Question), ("options", Option), ("missing", Option), ("rows", Option)):
        if field in names(struct):
            for number, part in enumerate(raw.get(field, ())):
                yield from unknown(part, inner, f"{where}/{field}/{number}")
    if struct is Question:
        yield from unknown(raw["kind"], KINDS[raw["kind"]["type"]], f"{where}/kind")


def names(struct: type[Struct]) -> set[str]:
    tag = struct.__struct_config__.tag_field
    return {field.encode_name for field in structs.fields(struct)} | ({tag} if tag else set())


def unplaced(questionnaire: Questionnaire) -> Questionnaire:
    """Without `source`: it speaks of a file that this is not."""
    return structs.replace(
        questionnaire,
        sections=tuple(
            structs.replace(section, source="", questions=tuple(structs.replace(question, source="") for question in section.questions))
            for section in questionnaire.sections
        ),
    )
