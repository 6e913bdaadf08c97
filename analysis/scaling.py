"""Which questions are counted as scales: those that look like one once the missing codes are set aside, and those one names."""

from collections.abc import Callable, Mapping

from msgspec import structs

from analysis import sentences
from analysis.data import BadData
from surveys.kinds import Decimal, Integer, Kind, OpenText, Option, Scale, SelectOne
from surveys.questionnaire import Question, Questionnaire, Section

Range = tuple[int, int]


def with_likert(questionnaire: Questionnaire, likert: frozenset[str], missing: Mapping[str, frozenset[str]]) -> Questionnaire:
    """Those of `likert` whose option names, less the missing codes, are consecutive whole numbers become scales."""

    def scaled(question: Question) -> Question:
        outside = missing.get(question.name, frozenset()) | missing.get("", frozenset())
        if question.name not in likert or not isinstance(question.kind, SelectOne) or question.kind.other:
            return question
        steps = [option for option in question.kind.options if option.name not in outside]
        if len(steps) < 2 or not all(is_whole(option.name) for option in steps):
            return question
        steps.sort(key=lambda option: int(option.name))
        if [int(option.name) for option in steps] != list(range(int(steps[0].name), int(steps[0].name) + len(steps))):
            return question
        beside = tuple(option for option in question.kind.options if option.name in outside)
        return structs.replace(question, kind=Scale(tuple(steps), beside))

    return changed(questionnaire, scaled)


def with_scales(questionnaire: Questionnaire, scales: Mapping[str, Range], missing: Mapping[str, frozenset[str]], headers: frozenset[str]) -> Questionnaire:
    """The named questions as scales from low to high; a column of the data that no question holds becomes one. Raises BadData."""
    names = {question.name for question in questionnaire.questions()}
    for name in scales:
        if name not in names and name not in headers:
            raise BadData(sentences.NO_SUCH_QUESTION, given=name, known=", ".join(sorted(names | headers)))

    def scaled(question: Question) -> Question:
        if question.name not in scales:
            return question
        outside = missing.get(question.name, frozenset()) | missing.get("", frozenset())
        return structs.replace(question, kind=as_scale(question.name, question.kind, scales[question.name], outside))

    added = tuple(Question(name, Scale(steps(bounds)), {"vi": name}) for name, bounds in scales.items() if name not in names)
    made = changed(questionnaire, scaled)
    return structs.replace(made, sections=(*made.sections, Section("data", added))) if added else made


def as_scale(name: str, kind: Kind, bounds: Range, outside: frozenset[str]) -> Scale:
    """Raises BadData where the question is no number and has options beside the scale."""
    if isinstance(kind, Integer | Decimal | OpenText):
        return Scale(steps(bounds))
    low, high = bounds
    if not isinstance(kind, SelectOne | Scale):
        raise BadData(sentences.NOT_A_SCALE, given=name, low=low, high=high)
    every = (*kind.options, *kind.missing) if isinstance(kind, Scale) else kind.options
    labelled = {option.name: option for option in every}
    wanted = tuple(labelled.get(step.name, step) for step in steps(bounds))
    beside = tuple(option for option in every if option not in wanted)
    stray = [option.name for option in beside if option.name not in outside and not (isinstance(kind, Scale) and option in kind.missing)]
    if stray:
        raise BadData(sentences.BESIDE_SCALE, given=name, low=low, high=high, names=", ".join(stray))
    return Scale(wanted, beside)


def steps(bounds: Range) -> tuple[Option, ...]:
    low, high = bounds
    return tuple(Option(str(number)) for number in range(low, high + 1))


def is_whole(name: str) -> bool:
    return name.removeprefix("-").isdecimal() and str(int(name)) == name


def changed(questionnaire: Questionnaire, change: Callable[[Question], Question]) -> Questionnaire:
    sections = tuple(structs.replace(section, questions=tuple(map(change, section.questions))) for section in questionnaire.sections)
    return structs.replace(questionnaire, sections=sections)
