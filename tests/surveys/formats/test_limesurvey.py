"""What a survey of LimeSurvey says, in our kinds; both layouts alike, and nothing of it vanishes."""

from collections.abc import Callable

import pytest
from lxml import etree

from surveys import structure
from surveys.formats import Taken, Unreadable, codes, read
from surveys.formats.comparing import UntakenError, Variable
from surveys.formats.limesurvey import ignorable
from surveys.formats.limesurvey.document import document
from surveys.formats.limesurvey.script import condition
from surveys.formats.own import unplaced
from surveys.formats.plain import plain
from surveys.formats.taken import Taken as Found
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
    Points,
    Ranking,
    Scale,
    SelectMultiple,
    SelectOne,
    Time,
)
from templates import words
from tests.surveys.formats import lime

LAYOUTS: list[Callable[[lime.Survey], bytes]] = [
    lambda survey: lime.document(survey.newer(), version=641),
    lambda survey: lime.document(survey.older(), version=177),
]


def taken(survey: lime.Survey, layout: int = 0) -> Taken:
    return read(LAYOUTS[layout](survey), "form.lss")


def both(text: str) -> dict[str, str]:
    return {"vi": text, "en": text}


def options(**labels: str) -> tuple[Option, ...]:
    return tuple(Option(name, both(label)) for name, label in labels.items())


@pytest.fixture(scope="module")
def found() -> Taken:
    return taken(lime.everything())


def test_both_layouts_say_the_same(found):
    older = taken(lime.everything(), 1)

    assert unplaced(older.questionnaire) == unplaced(found.questionnaire)
    assert sorted(words(loss, "vi") for loss in older.losses) == sorted(words(loss, "vi") for loss in found.losses)


def test_every_letter_with_a_counterpart_is_taken(found):
    kinds = {question.name: question.kind for question in found.questionnaire.questions()}
    numbers = tuple(Option(str(number), both(str(number))) for number in range(1, 11))
    unsure = Option("2", {"vi": "Không chắc", "en": "Uncertain"})
    steps = tuple(Option(str(number), both(label)) for number, label in enumerate(("Kém", "Vừa", "Tốt"), 1))
    lamp, drain = Option("r1", both("Đèn")), Option("r2", both("Cống"))
    yes, no = Option("Y", {"vi": "Có", "en": "Yes"}), Option("N", {"vi": "Không", "en": "No"})
    assert kinds == {
        "group_1_text": Note(),
        "lives": SelectOne((yes, no)),
        "street": SelectOne(options(A1="Số 5", A2="Số 6"), other=True),
        "lane": SelectOne((Option("1", both("Một")), Option("2", both("Hai")))),
        "how": SelectOne(options(W="Đi bộ", B="Xe đạp")),
        "uses": SelectMultiple((*options(SQ001="Đi làm", SQ002="Đi chợ"), Option("SQ003", both("Không dùng"), exclusive=True)), other=True, most=2),
        "lacks": SelectMultiple(options(a="Đèn", b="Cống")),
        "sex": SelectOne((Option("F", {"vi": "Nữ", "en": "Female"}), Option("M", {"vi": "Nam", "en": "Male"}))),
        "mark": Scale(numbers[:5]),
        "five": Matrix((lamp, drain), numbers[:5]),
        "ten": Matrix((lamp, drain), numbers),
        "sure": Matrix(
            (lamp, drain), (Option("1", {"vi": "Không", "en": "No"}), unsure, Option("3", {"vi": "Có", "en": "Yes"}))
        ),
        "change": Matrix(
            (lamp, drain),
            (Option("1", {"vi": "Giảm", "en": "Decrease"}), Option("2", {"vi": "Không đổi", "en": "Same"}), Option("3", {"vi": "Tăng", "en": "Increase"})),
        ),
        "free": Matrix((lamp, drain), steps, (Option("AO4", both("Không biết")),)),
        "turned": Matrix((lamp,), (Option("1", both("Kém")), Option("2", both("Tốt")))),
        "dual_0": Matrix((lamp,), (Option("1", both("Kém")), Option("2", both("Tốt")))),
        "dual_1": Matrix((lamp,), (Option("1", both("Ít")), Option("2", both("Nhiều")))),
        "people": Integer(1, 20, {"vi": "người"}),
        "spent": Note(), "spent_x": Decimal(), "spent_y": Decimal(),
        "shares": Points(options(x="Đèn", y="Cống"), 100),
        "twice": Calculation({"+": [{"*": [{"var": "people"}, 2]}, {"if": [{"==": [{"var": "lives"}, "Y"]}, 1, 0]}]}),
        "short": OpenText(longest=40), "long": OpenText(long=True), "huge": OpenText(long=True),
        "several": Note(), "several_x": OpenText(), "several_y": OpenText(),
        "grid": Note(), "grid_x_c": OpenText(), "grid_x_d": OpenText(),
        "counts": Note(), "counts_x_c": Decimal(high=50.0), "counts_x_d": Decimal(high=50.0),
        "day": Date("2020-01-01"), "hour": Time(), "told": Note(),
        "order": Ranking(options(a="Đèn", b="Cống", c="Cây"), 2),
        "photo": File(("image",), 5), "older": OpenText(),
    }  # fmt: skip


def test_groups_words_and_demands_are_taken(found):
    first, second, *_ = found.questionnaire.sections

    assert (found.questionnaire.title, found.questionnaire.languages) == ({"vi": "Phiếu lấy ý kiến", "en": "A consultation"}, ("vi", "en"))
    assert [question.name for question in found.questionnaire.questions() if question.required] == ["lives", "several_x", "several_y"]
    assert (first.label, first.questions[0].label) == ({"vi": "Về ông/bà", "en": "About you"}, {"vi": "Mấy câu về ông/bà"})
    assert second.relevant == {"!=": [{"var": "lives"}, None]}
    assert found.questionnaire.question("mark").hint == {"vi": "Năm là tốt", "en": "Five is good"}
    assert found.questionnaire.question("told").label == {"vi": "Ông/bà ở đường ${street}, …", "en": "You live at ${street}"}


def test_relevance_and_older_conditions_are_conditions(found):
    relevant = {question.name: question.relevant for question in found.questionnaire.questions() if question.relevant is not None}

    more = {">": [{"var": "people"}, 2]}
    assert relevant == {
        "street": {"==": [{"var": "lives"}, "Y"]},
        "lane": {"in": [{"var": "street"}, ["A1", "other"]]},
        "lacks": {"and": [{"in": ["SQ001", {"var": "uses"}]}, {"!": [{"in": ["SQ002", {"var": "uses"}]}]}]},
        "turned": {"==": [{"var": "free/r1"}, 3]},
        "spent": more, "spent_x": more, "spent_y": more,
        "older": {"==": [{"var": "lives"}, "Y"]},
    }  # fmt: skip
    assert structure.problems_of(found.questionnaire) == []


def test_what_could_not_be_taken_is_named(found):
    assert [(loss.where, loss.code.id) for loss in found.losses] == [
        ("questions!4", "lost_comment"),
        ("questions!6", "lost_comment"),
        ("questions!13", "renumbered"),
        ("questions!20", "lost_element"),
        ("questions!22", "lost_element"),
        ("questions!31", "lost_type"),
        ("questions!32", "lost_hidden"),
        ("question_l10ns!113", "lost_insert"),
        ("question_attributes!3", "lost_attribute"),
    ]


PLACES = {
    "a": Variable("a", SelectOne((Option("Y"), Option("N"), Option("1"), Option("2"), Option("3")), other=True), codes={"-oth-": "other"}),
    "n": Variable("n", Integer()),
    "m_1": Variable("m", SelectMultiple((Option("1"), Option("2"))), option="1"),
    "m_2": Variable("m", SelectMultiple((Option("1"), Option("2"))), option="2"),
    "7X1X3": Variable("n", Integer()),
}


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ('((a.NAOK == "Y"))', {"==": [{"var": "a"}, "Y"]}),
        ("a.NAOK eq 'Y' and n gt 3", {"and": [{"==": [{"var": "a"}, "Y"]}, {">": [{"var": "n"}, 3]}]}),
        ('a == "Y" || n <= -2', {"or": [{"==": [{"var": "a"}, "Y"]}, {"<=": [{"var": "n"}, -2]}]}),
        ('!(a == "Y")', {"!": [{"==": [{"var": "a"}, "Y"]}]}),
        ("is_empty(a.NAOK)", {"==": [{"var": "a"}, None]}),
        ("!is_empty(a)", {"!=": [{"var": "a"}, None]}),
        ("a", {"!=": [{"var": "a"}, None]}),
        ("a > 1", {"in": [{"var": "a"}, ["2", "3"]]}),
        ('a == "-oth-"', {"==": [{"var": "a"}, "other"]}),
        ('m_1.NAOK == "Y"', {"in": ["1", {"var": "m"}]}),
        ('m_1.NAOK != ""', {"in": ["1", {"var": "m"}]}),
        ('m_1 == ""', {"!": [{"in": ["1", {"var": "m"}]}]}),
        ("count(m_1, m_2) >= 1", {"or": [{"in": ["1", {"var": "m"}]}, {"in": ["2", {"var": "m"}]}]}),
        ("{7X1X3.NAOK < 5}", {"<": [{"var": "n"}, 5]}),
        ("1", None),
        ("1 == 1", None),
    ],
)
def test_expressions_are_conditions(expression, expected):
    known = {**PLACES, "a": Variable("a", SelectOne((Option("1"), Option("2"), Option("3"))))} if "a > 1" in expression else PLACES

    assert condition(expression, known) == expected


@pytest.mark.parametrize(
    ("expression", "why"),
    [
        ("b == 1", codes.ABOUT_UNTAKEN),
        ("a.shown == 'Có'", codes.ABOUT_UNTAKEN),
        ("n + 1 > 3", codes.UNSUPPORTED_PART),
        ("regexMatch('/(a+)+$/', a)", codes.UNSUPPORTED_PART),
        ("a = 'Y'", codes.UNREADABLE_EXPRESSION),
        ("a == 'Y' and", codes.UNREADABLE_EXPRESSION),
        ("(" * 500 + "a" + ")" * 500, codes.TOO_LONG_EXPRESSION),
        ("a == 'Y' or " * 500 + "n", codes.TOO_LONG_EXPRESSION),
        ("n == 'x'", codes.WRONG_TYPES),
        ("0", codes.UNSUPPORTED_PART),
    ],
)
def test_what_an_expression_says_beyond_is_untaken(expression, why):
    with pytest.raises(UntakenError) as caught:
        condition(expression, PLACES)

    assert caught.value.why is why


def test_mark_up_becomes_lines_and_what_is_no_text_is_told():
    text, things = plain(
        '<p>Đường <b>số&nbsp;5</b></p><ul><li>một</li></ul><img src="x.png" alt="ảnh"/><script>alert(1)</script><a href="https://a.vn">đây</a>'
    )

    assert text == "Đường số 5\n\n- một\n\nđây (https://a.vn)"
    assert things == ["<img> x.png ảnh", "<script>"]


def test_a_script_in_a_label_is_named_and_leaves_nothing():
    survey = lime.Survey()
    survey.group(lime.text("Nhóm"))
    survey.ask("S", "q", lime.text('Tên?<img src=x onerror="alert(1)"><script>alert(2)</script>'))

    found = taken(survey)

    assert found.questionnaire.question("q").label == {"vi": "Tên?"}
    assert [loss.given["given"] for loss in found.losses] == [["<img> x", "<img onerror>", "<script>"]]


def test_a_title_that_is_no_name_is_changed_and_said():
    survey = lime.Survey()
    survey.group(lime.text("Nhóm"))
    survey.ask("S", "1a", lime.text("Một"))
    survey.ask("S", "b", lime.text("Hai"), relevance='1a.NAOK == "x"')

    found = taken(survey)

    assert [question.name for question in found.questionnaire.questions()] == ["q_1a", "b"]
    assert [loss.code.id for loss in found.losses] == ["renamed", "lost_condition"]


def outcome(data: bytes) -> object:
    found: Found = read(data, "form.lss")
    return found.questionnaire, sorted((problem.where, words(problem, "vi")) for problem in (*found.losses, *found.problems))


def silent(data: bytes) -> set[tuple[str, str, str]]:
    """Elements whose emptying changes nothing that people are given: (table, element, text), each tried where it first stands."""
    before, root, found, tried = outcome(data), etree.fromstring(data), set(), set()
    for element in root.iter():
        table = next((above for above in (element, *element.iterancestors()) if above.getparent() is root), root)
        at = (str(table.tag), str(element.tag), (element.text or "").strip())
        if at[2] and at[1] != "fieldname" and (at, set_to(element)) not in tried:
            tried.add((at, set_to(element)))
            kept, element.text = element.text, None
            try:
                if outcome(etree.tostring(root)) == before and not is_off(set_to(element, kept)):
                    found.add(at)
            except Unreadable:
                pass
            element.text = kept
    return found


def set_to(element: etree._Element, kept: str | None = None) -> tuple[str, str]:
    """The attribute of a question that an element belongs to, and what it is set to."""
    row = {
        str(cell.tag): (kept if cell is element and kept else cell.text or "").strip()
        for cell in (element.getparent() if element.getparent() is not None else ())
    }
    return row.get("attribute", ""), row.get("value", "")


def is_off(setting: tuple[str, str]) -> bool:
    """An attribute about looks, set to nothing, or to what switches nothing on."""
    name, value = setting
    return bool(name) and (not value or name in ignorable.LOOKS or value in ignorable.OFF.get(name, ()))


def is_allowed(table: str, name: str, text: str) -> bool:
    """What says nothing by the committed lists, or names a row that says nothing."""
    return (
        table in ignorable.TABLES or name in ignorable.COLUMNS.get(table, ()) or text in ignorable.QUIET.get((table, name), ())
        or table in {"DBVersion", "languages"} or (table, name) == ("surveys", "language")
    )  # fmt: skip


NOTHING_LEFT = {"Ẩn", "Hidden", "Ngôn ngữ", "Language"}
"""Words of questions that were named as lost."""

SAID_TWICE = {
    ("surveys", "additional_languages", "en"), ("conditions", "cid", "1"), ("conditions", "cqid", "1"), ("conditions", "scenario", "1"),
    ("conditions", "method", "=="), ("question_attributes", "value", "dd/mm/yyyy"),
    ("question_attributes", "value", "1"),
}  # fmt: skip
"""Languages are known by their words too, a condition names its question twice, dates are written so anyway, points are whole."""


@pytest.mark.parametrize("layout", [0, 1])
def test_emptying_any_element_changes_what_is_taken_or_said(layout):
    left = {element for element in silent(LAYOUTS[layout](lime.everything())) if not is_allowed(*element) and element[2] not in NOTHING_LEFT}

    assert {element for element in left if "{people" not in element[2]} == SAID_TWICE


@pytest.mark.parametrize(
    ("name", "implied"),
    [
        ("citric_answers.lss", set()),
        ("citric_survey.lss", {("question_attributes", "value", "10240")}),
        ("rc2api_questionnaire.lss", {("question_attributes", "value", "4")}),
    ],
)
def test_emptying_any_element_of_real_surveys_changes_what_is_taken_or_said(real_forms, name, implied):
    data = (real_forms / "forms" / name).read_bytes()

    assert {element for element in silent(data) if not is_allowed(*element)} == implied


def test_files_that_are_no_survey_are_unreadable():
    survey = lime.everything()
    cases = [
        (b"", codes.BROKEN_FILE),
        (b"<document>", codes.BROKEN_FILE),
        (b"<html/>", codes.UNKNOWN_FORMAT),
        (lime.document(survey.newer(), kind="Label set"), codes.UNKNOWN_FORMAT),
        (b'<!DOCTYPE document [<!ENTITY e SYSTEM "file:///etc/hostname">]><document>&e;</document>', codes.BROKEN_FILE),
        (b"<document>" * 300 + b"</document>" * 300, codes.BROKEN_FILE),
    ]
    for data, code in cases:
        with pytest.raises(Unreadable) as refused:
            read(data, "form.lss")
        assert refused.value.code is code


def test_entities_do_not_grow():
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    data = f'<?xml version="1.0"?><!DOCTYPE document [<!ENTITY l0 "ha">{laughs}]><document><x>&l11;</x></document>'.encode()

    with pytest.raises(Unreadable) as refused:
        document(data)

    assert refused.value.code is codes.BROKEN_FILE
