"""What a definition of SurveyJS says, in our kinds; each property of its schema is taken, named, or known to say nothing."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from surveys import structure
from surveys.formats import Taken, Unreadable, codes, read
from surveys.formats.surveyjs.ignorable import LOOKS, ON
from surveys.kinds import (
    Calculation,
    Date,
    Decimal,
    File,
    Integer,
    Matrix,
    Note,
    OpenText,
    Option,
    Ranking,
    Scale,
    SelectMultiple,
    SelectOne,
    Time,
)
from templates import words

SAMPLE: dict[str, Any] = {
    "locale": "vi",
    "title": {"default": "Phiếu", "en": "Form"},
    "pages": [
        {"name": "page1", "title": "Phần 1", "description": "Mấy câu đầu", "elements": [
            {"type": "radiogroup", "name": "lives", "title": {"default": "Ở đây?", "en": "Here?"}, "isRequired": True,
             "choices": [{"value": "y", "text": {"default": "Có", "en": "Yes"}}, "n"], "showOtherItem": True},
            {"type": "checkbox", "name": "uses", "title": "Dùng?", "choices": [1, {"value": 2, "text": "Hai"}], "showNoneItem": True, "maxSelectedChoices": 2,
             "visibleIf": "{lives} = 'y'"},
            {"type": "dropdown", "name": "lane", "title": "Ngõ?", "choices": ["a", "b"], "choicesVisibleIf": "{item} = 'a' or {uses} contains 1"},
            {"type": "tagbox", "name": "again", "title": "Lại?", "choicesFromQuestion": "uses", "choicesFromQuestionMode": "selected"},
            {"type": "panel", "name": "more", "title": "Thêm", "visibleIf": "{uses} notempty", "elements": [
                {"type": "text", "name": "age", "title": "Tuổi?", "inputType": "number", "min": 0, "max": 120, "step": 1},
                {"type": "text", "name": "rate", "title": "Bao nhiêu?", "inputType": "number",
                 "validators": [{"type": "numeric", "minValue": 1.5, "maxValue": 9}]},
                {"type": "text", "name": "day", "title": "Ngày?", "inputType": "date", "min": "2026-01-01"},
                {"type": "text", "name": "hour", "title": "Giờ?", "inputType": "time"},
                {"type": "text", "name": "mail", "title": "Thư?", "maxLength": 50, "visibleIf": "{age} >= 18 and {lives} <> 'n'"},
            ]},
        ]},
        {"name": "page2", "title": "Phần 2", "visibleIf": "{lives} anyof ['y', 'other']", "elements": [
            {"type": "comment", "name": "said", "title": "Ông/bà {lives}, {unknown} nói gì?", "rows": 5},
            {"type": "rating", "name": "mark", "title": "Điểm", "rateMax": 3, "minRateDescription": "Kém", "maxRateDescription": "Tốt"},
            {"type": "boolean", "name": "agree", "title": "Đồng ý?", "labelTrue": "Ừ", "valueTrue": "yes"},
            {"type": "matrix", "name": "parts", "title": "Từng mặt", "columns": [{"value": 1, "text": "Kém"}, {"value": 2, "text": "Tốt"}],
             "rows": [{"value": "lamp", "text": "Đèn"}, "drain"], "eachRowRequired": True},
            {"type": "ranking", "name": "order", "title": "Xếp", "choices": ["x", "y"]},
            {"type": "multipletext", "name": "who", "title": "Ai?", "items": [{"name": "first", "title": "Tên"}, {"name": "last", "isRequired": True}]},
            {"type": "html", "name": "told", "html": "<p>Đọc <b>kỹ</b></p>"},
            {"type": "file", "name": "photo", "title": "Ảnh", "acceptedTypes": "image/*, .pdf", "maxSize": 2097152},
            {"type": "expression", "name": "sum", "title": "Tổng", "expression": "{age} * 2 + iif({agree} = 'yes', 1, 0)", "maximumFractionDigits": 1},
            {"type": "text", "name": "why", "title": "Vì sao?", "visibleIf": "{parts.lamp} = 1 and !({agree} = 'yes') and {sum} > 3"},
        ]},
    ],
}  # fmt: skip


def taken(raw: Mapping[str, Any]) -> Taken:
    return read(json.dumps(raw).encode(), "form.json")


def asked(**question: Any) -> Taken:
    return taken({"pages": [{"name": "p", "elements": [{"name": "q", **question}]}]})


def test_types_are_kinds():
    kinds = {question.name: question.kind for question in taken(SAMPLE).questionnaire.questions()}

    one, two, none = (
        Option("1", {"vi": "1"}),
        Option("2", {"vi": "Hai"}),
        Option("none", {"vi": "Không có", "en": "None"}, exclusive=True),
    )
    uses = {"var": "uses"}
    assert kinds == {
        "page1_text": Note(),
        "lives": SelectOne((Option("y", {"vi": "Có", "en": "Yes"}), Option("n", {"vi": "n"})), other=True),
        "uses": SelectMultiple((one, two, none), most=2),
        "lane": SelectOne((Option("a", {"vi": "a"}), Option("b", {"vi": "b"}, relevant={"in": ["1", uses]}))),
        "again": SelectMultiple(
            tuple(Option(one.name, one.label, relevant={"in": [one.name, uses]}) for one in (one, two, none)),
        ),
        "more": Note(), "age": Integer(0, 120), "rate": Decimal(1.5, 9.0), "day": Date("2026-01-01"), "hour": Time(), "mail": OpenText(longest=50),
        "said": OpenText(long=True),
        "mark": Scale((Option("1", {"vi": "1 – Kém", "en": "1"}), Option("2", {"vi": "2", "en": "2"}), Option("3", {"vi": "3 – Tốt", "en": "3"}))),
        "agree": SelectOne((Option("yes", {"vi": "Ừ"}), Option("false", {"vi": "Không", "en": "No"}))),
        "parts": Matrix((Option("lamp", {"vi": "Đèn"}), Option("drain", {"vi": "drain"})), (Option("1", {"vi": "Kém"}), Option("2", {"vi": "Tốt"}))),
        "order": Ranking((Option("x", {"vi": "x"}), Option("y", {"vi": "y"}))),
        "who": Note(), "first": OpenText(), "last": OpenText(), "told": Note(),
        "photo": File(("image", "pdf"), 2),
        "sum": Calculation({"+": [{"*": [{"var": "age"}, 2]}, {"if": [{"==": [{"var": "agree"}, "yes"]}, 1, 0]}]}, 1),
        "why": OpenText(),
    }  # fmt: skip


def test_expressions_are_conditions_and_pages_are_sections():
    found = taken(SAMPLE).questionnaire

    answered = {"!=": [{"var": "uses"}, None]}
    assert {question.name: question.relevant for question in found.questions() if question.relevant is not None and question.name not in {"rate", "day"}} == {
        "uses": {"==": [{"var": "lives"}, "y"]},
        "more": answered,
        "age": answered,
        "hour": answered,
        "mail": {"and": [answered, {"and": [{">=": [{"var": "age"}, 18]}, {"!": [{"==": [{"var": "lives"}, "n"]}]}]}]},
        "why": {"and": [{"==": [{"var": "parts/lamp"}, 1]}, {"!": [{"==": [{"var": "agree"}, "yes"]}]}, {">": [{"var": "sum"}, 3]}]},
    }
    assert [(section.name, section.label, section.relevant) for section in found.sections] == [
        ("page1", {"vi": "Phần 1"}, None),
        ("page2", {"vi": "Phần 2"}, {"in": [{"var": "lives"}, ["y", "other"]]}),
    ]
    assert [question.name for question in found.questions() if question.required] == ["lives", "parts", "last"]
    assert structure.problems_of(found) == []


def test_answers_in_words_stay_and_the_rest_is_named():
    found = taken(SAMPLE)

    assert found.questionnaire.question("said").label == {"vi": "Ông/bà ${lives}, … nói gì?"}
    assert [(loss.where, loss.code.id) for loss in found.losses] == [("/pages/1/elements/0", "lost_insert")]


@pytest.mark.parametrize(
    ("question", "where", "code"),
    [
        ({"type": "signaturepad"}, "/pages/0/elements/0", "lost_type"),
        ({"type": "paneldynamic", "templateElements": [{"type": "text", "name": "x"}]}, "/pages/0/elements/0", "lost_type"),
        ({"type": "text", "inputType": "datetime-local"}, "/pages/0/elements/0", "lost_type"),
        ({"type": "text", "visible": False}, "/pages/0/elements/0", "lost_hidden"),
        ({"type": "text", "visibleIf": "age({x}) > 3"}, "/pages/0/elements/0", "lost_condition"),
        ({"type": "expression", "expression": "today()"}, "/pages/0/elements/0", "lost_formula"),
        ({"type": "text", "defaultValue": "x"}, "/pages/0/elements/0/defaultValue", "lost_element"),
        ({"type": "text", "validators": [{"type": "regex", "regex": "(a+)+$"}]}, "/pages/0/elements/0/validators/0/type", "lost_element"),
        ({"type": "text", "mine": 3}, "/pages/0/elements/0/mine", "lost_element"),
        ({"type": "html", "html": "<script>alert(1)</script>Đọc"}, "/pages/0/elements/0", "lost_markup"),
    ],
)
def test_what_has_no_counterpart_is_named(question, where, code):
    found = asked(**question)

    assert (where, code) in [(loss.where, loss.code.id) for loss in found.losses]


def test_texts_without_a_language_belong_to_english_where_vietnamese_stands_beside():
    found = asked(type="text", title={"default": "Name?", "vi": "Tên?"}).questionnaire

    assert (found.languages, found.question("q").label) == (("en", "vi"), {"en": "Name?", "vi": "Tên?"})


def test_a_definition_nested_beyond_all_is_unreadable():
    inner: dict[str, Any] = {"type": "text", "name": "q"}
    for number in range(60):
        inner = {"type": "panel", "name": f"p{number}", "elements": [inner]}

    with pytest.raises(Unreadable) as refused:
        taken({"elements": [inner]})

    assert refused.value.code is codes.TOO_HEAVY


def outcome(raw: Mapping[str, Any]) -> object:
    found = taken(raw)
    return found.questionnaire, sorted((problem.where, words(problem, "vi")) for problem in found.losses)


BASE: Mapping[str, dict[str, Any]] = {
    "matrix": {"columns": [1, 2], "rows": ["r"]}, "multipletext": {"items": [{"name": "i"}]}, "html": {"html": "x"}, "image": {"altText": "x"},
    "expression": {"expression": "1"}, "rating": {}, "slider": {},
    **{name: {"choices": ["a", "b"]} for name in ("checkbox", "tagbox", "ranking", "radiogroup", "dropdown", "buttongroup", "imagepicker")},
}  # fmt: skip
"""What a question of each type needs in order to be one."""


def properties(schema: Mapping[str, Any], name: str) -> dict[str, Any]:
    """A class's own, and those of what it rests on."""
    definition, found = schema["definitions"][name], {}
    for part in [definition, *definition.get("allOf", [])]:
        if "$ref" in part:
            found |= properties(schema, part["$ref"].rpartition("/")[2])
        found |= part.get("properties", {})
    return found


def values(prop: Mapping[str, Any]) -> Iterator[Any]:
    """Values of a property that are not what it has anyway."""
    kinds = [prop, *prop.get("oneOf", []), *prop.get("anyOf", [])]
    types = {kind.get("type") for kind in kinds}
    if "boolean" in types:
        yield from (True, False)
    elif "number" in types:
        yield 3
    elif "array" in types:
        yield [{"value": "zz", "text": "zz", "name": "zz", "type": "text"}]
    else:
        yield from prop.get("enum", ["zz"])


TAKEN = frozenset({"text", "comment", "file", "boolean", *BASE})
"""Types that are taken; of all others the whole question is named as lost."""


SAYS_NOTHING = {
    ("expression", "visible"), ("expression", "isRequired"), ("image", "isRequired"), ("html", "isRequired"), ("comment", "rows"),
    ("ranking", "selectToRankEnabled"),
}  # fmt: skip
"""Nobody answers these; how high a field is drawn; and ranking the first of several says nothing without how many."""


def test_every_property_of_every_class_is_taken_named_or_ignorable(real_forms):
    schema = json.loads((real_forms / "forms" / "surveyjs_schema.json").read_text())
    silent = set()
    for name in schema["definitions"]:
        if name not in TAKEN:
            continue
        question = {"type": name, "name": "q", "title": "Q", **BASE.get(name, {})}
        before = outcome({"pages": [{"name": "p", "elements": [question]}]})
        for prop, about in properties(schema, name).items():
            if prop in {"name", "title", "type"} or prop in question:
                continue
            changed = [outcome({"pages": [{"name": "p", "elements": [{**question, prop: value}]}]}) != before for value in values(about)]
            if not any(changed) and prop not in LOOKS:
                silent.add((name, prop))
    assert silent == SAYS_NOTHING


def test_every_property_of_the_survey_and_its_pages_is_taken_named_or_ignorable(real_forms):
    schema = json.loads((real_forms / "forms" / "surveyjs_schema.json").read_text())
    page = {"name": "p", "elements": [{"type": "text", "name": "q", "title": "Q"}]}
    silent = set()
    for prop, about in schema["properties"].items():
        if prop not in {"pages", "elements"} and all(outcome({"pages": [page], prop: value}) == outcome({"pages": [page]}) for value in values(about)):
            silent.add(prop)
    for prop, about in properties(schema, "page").items():
        if prop not in page and all(outcome({"pages": [{**page, prop: value}]}) == outcome({"pages": [page]}) for value in values(about)):
            silent.add(prop)

    assert silent - LOOKS - ON == set()
