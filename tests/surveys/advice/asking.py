"""Questions of the tests in few words, and what the advice says of them."""

from surveys.advice import Rule
from surveys.advice.texts import asked
from surveys.kinds import SATISFACTION, Kind, Matrix, Option, Scale, SelectMultiple, SelectOne, Stance
from surveys.questionnaire import Question, Questionnaire, Section

YES_NO = SelectOne((Option("co", {"vi": "Có", "en": "Yes"}), Option("khong", {"vi": "Không", "en": "No"})))
OUTSIDE = (Option("98", {"vi": "Không có ý kiến", "en": "No opinion"}),)
RATED = Scale(SATISFACTION, OUTSIDE)
WHICH = SelectMultiple(tuple(Option(f"y{n}", {"vi": f"Ý {n}", "en": f"Answer {n}"}) for n in range(4)), other=True)
STANCE = Stance()
LANGUAGES = {"vi", "en"}


def options(*labels: str, language: str = "vi") -> tuple[Option, ...]:
    return tuple(Option(str(n), {language: label}) for n, label in enumerate(labels, 1))


def choice(*labels: str, language: str = "vi", **more: bool) -> SelectOne:
    return SelectOne(options(*labels, language=language), **more)


def scale(*labels: str, language: str = "vi") -> Scale:
    return Scale(options(*labels, language=language), OUTSIDE)


def rows(*labels: str, language: str = "vi") -> Matrix:
    return Matrix(options(*labels, language=language), SATISFACTION, OUTSIDE)


def said(rule: Rule, label: str, kind: Kind, *, language: str = "vi", **more: object) -> list[str]:
    """The codes that one rule says of one question, in the language of its label."""
    question = Question("q", kind, {language: label}, **more)
    form = Questionnaire((Section("s", (question,)),))
    return [problem.code.id for one in asked(form) if (problem := rule(one)) is not None]
