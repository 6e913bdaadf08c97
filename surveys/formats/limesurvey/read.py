"""LimeSurvey (.lss) → Questionnaire: what our kinds can say is taken, everything else is named with its table and row."""

from surveys.formats.limesurvey.document import document
from surveys.formats.limesurvey.form import Form
from surveys.formats.limesurvey.ledger import losses
from surveys.formats.limesurvey.questions import sections
from surveys.formats.taken import Taken
from surveys.kinds import Text
from surveys.questionnaire import Questionnaire


def read(data: bytes) -> Taken:
    """Raises Unreadable where it is no survey of LimeSurvey."""
    form = Form(document(data))
    questionnaire = Questionnaire(sections(form), title=title(form), languages=form.languages)
    return Taken(questionnaire, tuple(losses(form)))


def title(form: Form) -> Text:
    """Its other words — greetings, thanks, terms — are no part of the questions and are found as left."""
    found: dict[str, str] = {}
    for row in form.document.rows("surveys_languagesettings"):
        if written := row.take("surveyls_title"):
            found.setdefault(row.peek("surveyls_language"), form.words(written, row.where, "surveyls_title"))
    return {language: words for language in form.languages if (words := found.get(language))}
