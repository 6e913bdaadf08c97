"""Our own JSON: read whole, refused with every place, nothing dropped unsaid."""

import json

import pytest

from surveys import library
from surveys.formats import Unreadable, codes, read
from surveys.formats.own import write
from surveys.problems import Invalid
from surveys.questionnaire import SCHEMA


def file(**changed: object) -> bytes:
    question = {"name": "q", "kind": {"type": "text"}, "label": {"vi": "Q"}}
    return json.dumps({"schema": SCHEMA, "sections": [{"name": "s", "questions": [question]}], **changed}).encode()


@pytest.mark.parametrize("key", library.KEYS)
def test_what_is_written_is_read_back(key):
    questionnaire = library.entry(key).questionnaire

    found = read(write(questionnaire), "form.json")

    assert (found.questionnaire, found.losses, found.problems) == (questionnaire, (), ())


def test_places_in_another_file_are_not_kept():
    data = file(sections=[{"name": "s", "source": "survey!3", "questions": [{"name": "q", "kind": {"type": "note"}, "source": "survey!4"}]}])

    found = read(data, "form.json").questionnaire

    assert (found.sections[0].source, found.question("q").source) == ("", "")


def test_every_wrong_question_is_named_at_once():
    bad_kind = {"name": "a", "kind": {"type": "slider"}}
    bad_option = {"name": "b", "kind": {"type": "select_one", "options": [{"name": "x"}, {"label": {"vi": "Y"}}]}}
    bad_label = {"name": "c", "kind": {"type": "text"}, "label": "không phải theo ngôn ngữ"}
    data = file(
        title="Tên", sections=[{"name": "s", "questions": [bad_kind, {"name": "ok", "kind": {"type": "text"}}, bad_option]}, {"questions": [bad_label]}]
    )

    with pytest.raises(Invalid) as refused:
        read(data, "form.json")

    assert [(problem.code.id, problem.where) for problem in refused.value.problems] == [
        ("wrong_json", "/title"),
        ("wrong_json", "/sections/0/questions/0/kind/type"),
        ("wrong_json", "/sections/0/questions/2/kind/options/1"),
        ("wrong_json", "/sections/1"),
        ("wrong_json", "/sections/1/questions/0/label"),
    ]


def test_fields_that_we_do_not_have_are_named():
    option = {"name": "a", "label": {"vi": "A"}, "colour": "red"}
    question = {"name": "q", "kind": {"type": "select_one", "options": [option], "multiple": True}, "label": {"vi": "Q"}, "requierd": True}
    data = file(sections=[{"name": "s", "questions": [question], "pages": 2}], author="An")

    assert sorted(loss.where for loss in read(data, "form.json").losses) == [
        "/author", "/sections/0/pages", "/sections/0/questions/0/kind/multiple", "/sections/0/questions/0/kind/options/0/colour",
        "/sections/0/questions/0/requierd",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"{", codes.BROKEN_FILE),
        (b"\xff\xfe", codes.BROKEN_FILE),
        (b"[" * 100_000, codes.BROKEN_FILE),
        (b"[]", codes.UNKNOWN_FORMAT),
        (b'{"pages": {}}', codes.UNKNOWN_FORMAT),
        (file(schema="ydan-questionnaire/9"), codes.UNKNOWN_FORMAT),
    ],
)
def test_what_is_no_questionnaire_of_ours_is_unreadable(data, code):
    with pytest.raises(Unreadable) as refused:
        read(data, "form.json")

    assert refused.value.code is code
