"""Forms that others wrote: taken, refused, or listed."""

import json

import pytest

from surveys import review
from surveys.formats import Unreadable, codes, read
from surveys.formats.own import write as write_json
from surveys.formats.xlsform.write import write as write_xlsform
from surveys.kinds import OpenText, Scale, SelectOne
from surveys.problems import Invalid

COUNTS = {
    "pyxform_cascading_select_test_equivalent.xls": (7, 6),
    "pyxform_choice_filter_test.xlsx": (3, 2),
    "pyxform_or_other.xlsx": (2, 2),
    "pyxform_table-list.xls": (5, 7),
    "pyxform_widgets.xls": (29, 20),
    "pyxform_xlsform_spec_test.xlsx": (29, 44),
}
"""Questions taken and losses named, counted by hand against the sheets."""


@pytest.mark.parametrize("wave", ["perception_round1", "perception_round2"])
def test_the_perception_survey_is_taken_whole(real_forms, wave):
    found = read(real_forms / wave / "form.xlsx")

    counted = json.loads((real_forms / wave / "expected.json").read_text())["questions"]
    scales = {question.name for question in found.questionnaire.questions() if isinstance(question.kind, Scale)}
    assert (found.losses, found.problems) == ((), ())
    assert scales == {name for name, expected in counted.items() if "mean" in expected} == {f"{letter}0JS" for letter in "ABCDEFHIJ"}
    assert {type(question.kind) for question in found.questionnaire.questions()} == {Scale, SelectOne, OpenText}
    assert [option.name for option in found.questionnaire.question("A0JS").kind.options] == ["1", "2", "3", "4", "5"]
    assert found.questionnaire.name == "Community_perception_survey"
    assert review.check(found.questionnaire).forbidden == []


@pytest.mark.parametrize("name", COUNTS)
def test_pyxforms_own_forms_are_taken_and_their_losses_named(real_forms, name):
    found = read(real_forms / "forms" / name)

    assert (len(list(found.questionnaire.questions())), len(found.losses)) == COUNTS[name]
    assert found.problems == ()
    again = read(write_xlsform(found.questionnaire).data, "form.xlsx")
    assert (write_json(again.questionnaire), again.losses) == (write_json(found.questionnaire), ())


def test_a_form_that_pyxform_refuses_is_refused(real_forms):
    with pytest.raises(Invalid) as refused:
        read(real_forms / "forms" / "pyxform_duplicate_columns.xlsx")

    assert [(problem.where, problem.code) for problem in refused.value.problems] == [("survey!1", codes.DUPLICATE_COLUMN)]


SURVEYS = {"citric_answers.lss": (3, 1), "citric_survey.lss": (6, 3), "rc2api_questionnaire.lss": (4, 0)}
"""Questions taken, with the words above each group, and losses named, counted by hand."""


@pytest.mark.parametrize("name", SURVEYS)
def test_surveys_of_limesurvey_are_taken_and_their_losses_named(real_forms, name):
    found = read(real_forms / "forms" / name)

    assert (len(list(found.questionnaire.questions())), len(found.losses)) == SURVEYS[name]
    assert review.check(found.questionnaire).forbidden == []


def test_a_schema_is_no_form(real_forms):
    with pytest.raises(Unreadable) as refused:
        read(real_forms / "forms" / "surveyjs_schema.json")

    assert refused.value.code is codes.UNKNOWN_FORMAT
