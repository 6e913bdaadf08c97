"""What the script of the form may say by itself, before the server does: the same sentences, with their places still open."""

from collections.abc import Iterable

from surveys import attachments, problems
from surveys.problems import Code
from templates.sentences import sentence

TEXTS = (problems.TOO_LONG,)
CHOSEN = (problems.OTHER_WITHOUT_TEXT, problems.TEXT_WITHOUT_CHOICE)
OF_KIND: dict[str, tuple[Code, ...]] = {
    "select_one": (*CHOSEN, *TEXTS, problems.NOT_AN_OPTION),
    "select_multiple": (*CHOSEN, *TEXTS, problems.NOT_AN_OPTION, problems.TOO_MANY, problems.TOO_FEW, problems.EXCLUSIVE),
    "stance": (*CHOSEN, *TEXTS),
    "clause": (*CHOSEN, *TEXTS),
    "integer": (problems.NOT_AN_INTEGER, problems.TOO_SMALL, problems.TOO_LARGE),
    "decimal": (problems.NOT_A_NUMBER, problems.TOO_SMALL, problems.TOO_LARGE),
    "points": (problems.NOT_AN_INTEGER, problems.TOO_SMALL, problems.TOO_LARGE, problems.POINTS_NOT_DIVIDED),
    "ranking": (problems.NOT_AN_INTEGER, problems.RANKED_TWICE, problems.RANKS_MISSING, problems.RANKS_WITH_GAPS),
    "date": (problems.NOT_A_DATE, problems.TOO_EARLY_DATE, problems.TOO_LATE_DATE),
    "time": (problems.NOT_A_TIME, problems.TIME_OUTSIDE),
    "text": TEXTS,
    "unit": (problems.NOT_A_UNIT,),
    "place": (problems.NOT_A_PLACE, problems.OFF_THE_MAP),
    "file": (attachments.WAITING_FILE,),
    "consent": (problems.NOT_CONSENTED,),
}


def told_by_script(kinds: Iterable[str], language: str) -> dict[str, str]:
    """Sentence and next step by code, of what can go wrong with these kinds."""
    codes = dict.fromkeys([problems.REQUIRED, *(code for kind in sorted(kinds) for code in OF_KIND.get(kind, ()))])
    return {code.id: " ".join(str(sentence(part, language, {})) for part in (code.sentence, code.next) if part) for code in codes}
