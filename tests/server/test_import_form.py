"""Another form in place of a draft's questions: shown first, stored when accepted, taken back by undo."""

import json

import pytest

from server.store import consultations, questionnaires
from surveys.formats import own
from surveys.questionnaire import SCHEMA
from tests.server.desk import HERE, field, summary
from tests.server.personas import post

pytestmark = pytest.mark.anyio

SURVEYJS = {"pages": [{"name": "p", "elements": [{"type": "comment", "name": "said", "title": "Nói gì?"}, {"type": "signaturepad", "name": "sign"}]}]}
PLAIN = {"schema": SCHEMA, "languages": ["vi", "en"], "sections": [{"name": "s", "questions": [{"name": "q", "kind": {"type": "text"}, "label": {"vi": "Q"}}]}]}


async def looked(author, form, name="form.json"):
    return await post(author, HERE + "/import", {"do": "look"}, files={"file": (name, json.dumps(form).encode())})


async def test_a_file_is_shown_with_what_is_lost_and_stores_nothing(author, persons, clock, draft):
    answer = await looked(author, SURVEYJS)

    assert answer.status_code == 200
    assert "lost_type" not in answer.text
    assert "/pages/0/elements/1" in answer.text
    current = await consultations.to_see(persons["author"], draft.slug, clock.now())
    assert current.version == draft.version


async def test_what_was_shown_is_stored_when_accepted_and_undo_takes_it_back(author, persons, clock, draft):
    shown = await looked(author, PLAIN)
    fields = {"do": "accept", "version": field(shown, "version"), "kept": field(shown, "kept")}
    answer = await post(author, HERE + "/import", fields)

    assert (answer.status_code, answer.headers["location"]) == (303, HERE + "/questions")
    current = await consultations.to_see(persons["author"], draft.slug, clock.now())
    assert [question.name for question in (await questionnaires.questionnaire(current)).questions()] == ["q"]
    before = await questionnaires.questionnaire(draft)
    await post(author, HERE + "/undo", {"version": str(current.version)})
    after = await consultations.to_see(persons["author"], draft.slug, clock.now())
    assert (await questionnaires.questionnaire(after)) == before


async def test_a_file_accepted_after_somebody_changed_the_questions_is_shown_again(author, draft):
    kept = own.write(own.read(PLAIN).questionnaire).decode()
    answer = await post(author, HERE + "/import", {"do": "accept", "version": str(draft.version + 1), "kept": kept})

    assert answer.status_code == 409
    assert field(answer, "kept") == kept


async def test_a_file_that_is_none_is_refused_at_its_field(author, draft):
    answer = await post(author, HERE + "/import", {"do": "look"}, files={"file": ("form.xlsx", b"none")})
    nothing = await post(author, HERE + "/import", {"do": "look"})
    forged = await post(author, HERE + "/import", {"do": "accept", "version": str(draft.version), "kept": "[" * 5000})

    assert [(one.status_code, list(summary(one))) for one in (answer, nothing, forged)] == [(422, ["file"])] * 3
