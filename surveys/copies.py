"""A question under another name, copies of questions and sections: what looks at them follows."""

from msgspec import structs

from surveys.editing import free_name, place, section_index
from surveys.problems import UNKNOWN_QUESTION, NotFound
from surveys.questionnaire import Question, Questionnaire, Section
from surveys.renaming import renamed_section


def renamed(questionnaire: Questionnaire, old: str, new: str) -> Questionnaire:
    """The question `old` is called `new`, there and wherever it is looked at."""
    if not any(question.name == old for question in questionnaire.questions()):
        raise NotFound(UNKNOWN_QUESTION, given=old)
    sections = (renamed_section(section, section.name, {old: new}) for section in questionnaire.sections)
    return structs.replace(questionnaire, sections=tuple(sections))


def section_renamed(questionnaire: Questionnaire, old: str, new: str) -> Questionnaire:
    """Nothing looks at sections by their name."""
    sections = (structs.replace(section, name=new) if section.name == old else section for section in questionnaire.sections)
    return structs.replace(questionnaire, sections=tuple(sections))


def copied_question(questionnaire: Questionnaire, name: str) -> tuple[Questionnaire, Question]:
    """A copy under a free name, right behind it."""
    index, at = place(questionnaire, name)
    section = questionnaire.sections[index]
    copy = structs.replace(section.questions[at], name=copy_name(name, taken(questionnaire)))
    grown = structs.replace(section, questions=(*section.questions[: at + 1], copy, *section.questions[at + 1 :]))
    return structs.replace(questionnaire, sections=tuple(grown if one is section else one for one in questionnaire.sections)), copy


def copied_section(questionnaire: Questionnaire, name: str) -> tuple[Questionnaire, Section]:
    """A copy of the section behind it; what looks at a question within it looks at that question's copy."""
    at = section_index(questionnaire, name)
    section = questionnaire.sections[at]
    used, names = taken(questionnaire), dict[str, str]()
    for question in section.questions:
        names[question.name] = copy_name(question.name, used)
        used.add(names[question.name])
    free = copy_name(name, {one.name for one in questionnaire.sections})
    copy = renamed_section(section, free, names)
    return structs.replace(questionnaire, sections=(*questionnaire.sections[: at + 1], copy, *questionnaire.sections[at + 1 :])), copy


def taken(questionnaire: Questionnaire) -> set[str]:
    return {question.name for question in questionnaire.questions()}


def copy_name(name: str, used: set[str]) -> str:
    """cau_2 for cau_1, duong_2 for duong; short enough to be a name."""
    stem, _, number = name.rpartition("_")
    return free_name((stem if stem and number.isdecimal() else name)[:56], used)
