"""`relevant` in the types of our answers; and what it says is what XPath says."""

import pytest

from surveys import conditions
from surveys.formats import codes
from surveys.formats.comparing import UntakenError, Variable
from surveys.formats.xlsform.limits import limited
from surveys.formats.xlsform.relevants import condition
from surveys.kinds import Consent, Date, Decimal, Integer, OpenText, Option, Scale, SelectMultiple, SelectOne, Stance

AB = (Option("a"), Option("b"), Option("c"))
STEPS = tuple(Option(str(number)) for number in range(1, 6))
KINDS = {
    "one": SelectOne(AB), "many": SelectMultiple(AB), "age": Integer(), "size": Decimal(), "day": Date(), "name": OpenText(), "ok": Consent(),
    "step": Scale(STEPS, (Option("98"),)), "side": Stance(), "rooms": SelectOne(STEPS), "free": SelectMultiple(AB, other=True),
}  # fmt: skip
PLACES = {name: Variable(name, kind) for name, kind in KINDS.items()} | {"row": Variable("table/row", Scale(STEPS))}


def var(name: str) -> dict[str, str]:
    return {"var": name}


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("${one} = 'a'", {"==": [var("one"), "a"]}),
        ("'a' = ${one}", {"==": [var("one"), "a"]}),
        ("${one} != 'a'", {"!": [{"==": [var("one"), "a"]}]}),
        ("${one} = ''", {"==": [var("one"), None]}),
        ('${one} != ""', {"!=": [var("one"), None]}),
        ("string-length(${name}) > 0", {"!=": [var("name"), None]}),
        ("count-selected(${many}) = 0", {"==": [var("many"), None]}),
        ("${one}", {"!=": [var("one"), None]}),
        ("selected(${many}, 'a')", {"in": ["a", var("many")]}),
        ("selected(${one}, 'a')", {"==": [var("one"), "a"]}),
        ("not(selected(${many}, 'a'))", {"!": [{"in": ["a", var("many")]}]}),
        ("selected(${many}, 'a') = true()", {"in": ["a", var("many")]}),
        ("${many} = 'a'", {"and": [{"in": ["a", var("many")]}, {"!": [{"in": ["b", var("many")]}]}, {"!": [{"in": ["c", var("many")]}]}]}),
        ("${age} >= 18", {">=": [var("age"), 18]}),
        ("18 <= ${age}", {">=": [var("age"), 18]}),
        ("${age} > '18'", {">": [var("age"), 18]}),
        ("number(${age}) < -1.5", {"<": [var("age"), -1.5]}),
        ("${step} = '4'", {"==": [var("step"), 4]}),
        ("${step} = 98", {"==": [var("step"), "98"]}),
        ("${step} <= 2", {"<=": [var("step"), 2]}),
        ("${rooms} > 3", {"in": [var("rooms"), ["4", "5"]]}),
        ("${rooms} = 3", {"==": [var("rooms"), "3"]}),
        ("${day} > date('2026-11-23')", {">": [var("day"), "2026-11-23"]}),
        ("${ok} = 'OK'", {"==": [var("ok"), True]}),
        ("${side} = 'other'", {"==": [var("side"), "other"]}),
        ("${row} < 3", {"<": [var("table/row"), 3]}),
        ("${age} > ${size}", {">": [var("age"), var("size")]}),
        ("${one} = 'a' or ${one} = 'b'", {"in": [var("one"), ["a", "b"]]}),
        ("${one} = 'a' and ${age} > 3 and ${ok} != ''", {"and": [{"==": [var("one"), "a"]}, {">": [var("age"), 3]}, {"!=": [var("ok"), None]}]}),
        ("${one} = 'a' and (${age} > 3 or ${age} < 1)", {"and": [{"==": [var("one"), "a"]}, {"or": [{">": [var("age"), 3]}, {"<": [var("age"), 1]}]}]}),
        ("${one} = ‘a’", {"==": [var("one"), "a"]}),
        ("true()", None),
        ("${one} = 'a' or true()", None),
        ("${one} = 'a' and true()", {"==": [var("one"), "a"]}),
    ],
)
def test_relevant_is_said_in_our_words(expression, expected):
    assert condition(expression, PLACES) == expected


@pytest.mark.parametrize(
    ("expression", "why"),
    [
        ("${gone} = 'a'", codes.ABOUT_UNTAKEN),
        ("${age} + 1 > 3", codes.UNSUPPORTED_PART),
        ("today() > ${day}", codes.UNSUPPORTED_PART),
        ("regex(${name}, '(a+)+$')", codes.UNSUPPORTED_PART),
        ("jr:choice-name(${one}, 'a') = 'A'", codes.UNREADABLE_EXPRESSION),
        ("${one} = ", codes.UNREADABLE_EXPRESSION),
        ("pastel = yes", codes.UNSUPPORTED_PART),
        ("${one} > 'b'", codes.WRONG_TYPES),
        ("${age} = 'a'", codes.WRONG_TYPES),
        ("${day} = '23/11/2026'", codes.WRONG_TYPES),
        ("${many} > 3", codes.WRONG_TYPES),
        ("${name} > 3", codes.WRONG_TYPES),
        ("count-selected(${many}) >= 2", codes.UNSUPPORTED_PART),
        ("false()", codes.UNSUPPORTED_PART),
        ("(" * 900 + "1" + ")" * 900, codes.TOO_LONG_EXPRESSION),
        ("${one} = 'a' or " * 400 + "${one} = 'b'", codes.TOO_LONG_EXPRESSION),
    ],
)
def test_what_our_conditions_cannot_say_is_refused_with_its_reason(expression, why):
    with pytest.raises(UntakenError) as refused:
        condition(expression, PLACES)

    assert refused.value.why is why


def test_not_equal_also_holds_of_what_nobody_answered():
    made = condition("${one} != 'a'", PLACES)

    assert [conditions.holds(made, known) for known in ({}, {"one": "a"}, {"one": "b"})] == [True, False, True]


@pytest.mark.parametrize(
    ("kind", "expression", "expected"),
    [
        (Integer(), ". >= 0 and . <= 120", Integer(0, 120)),
        (Integer(), ". > 0 and 10 > .", Integer(1, 9)),
        (Integer(), "(. >= 0.5) and (. <= 3.5)", Integer(1, 3)),
        (Integer(), ". = 4", Integer(4, 4)),
        (Integer(), ". >= 1 and . >= 5 and . <= 9 and . <= 7", Integer(5, 7)),
        (Integer(), "${q} >= 2", Integer(2)),
        (Decimal(), ". >= -0.5 and . <= 2", Decimal(-0.5, 2.0)),
        (Date(), ". >= date('2026-01-01') and . < '2026-12-31'", Date("2026-01-01", "2026-12-30")),
        (OpenText(), "string-length(.) <= 200", OpenText(longest=200)),
        (OpenText(), "string-length(.) < 200", OpenText(longest=199)),
        (SelectMultiple(AB), "count-selected(.) <= 2", SelectMultiple(AB, most=2)),
        (SelectMultiple(AB), "count-selected(.) >= 2 and count-selected(.) < 4", SelectMultiple(AB, least=2, most=3)),
        *(
            (SelectMultiple(AB), expression, SelectMultiple((*AB[:2], Option("c", exclusive=True))))
            for expression in (
                "not(selected(., 'c') and count-selected(.) > 1)",
                "not(selected(., 'c')) or count-selected(.) = 1",
                "count-selected(.) = 1 or not(selected(., 'c'))",
                "if(selected(., 'c'), count-selected(.) = 1, true())",
                "not(selected(., 'c') and (selected(., 'a') or selected(., 'b')))",
                "(selected(., 'c') and count-selected(.) = 1) or not(selected(., 'c'))",
                ". = 'c' or not(selected(., 'c'))",
            )
        ),
        (
            SelectMultiple(AB),
            "not(selected(., 'c') and count-selected(.) > 1) and (count-selected(.) >= 2 or selected(., 'c'))",
            SelectMultiple((*AB[:2], Option("c", exclusive=True)), least=2),
        ),
    ],
)
def test_constraints_become_limits(kind, expression, expected):
    assert limited(kind, expression, name="q") == (expected, [])


@pytest.mark.parametrize(
    ("kind", "expression", "kept", "why"),
    [
        (Decimal(), ". > 10.5", Decimal(10.5), codes.OPEN_LIMIT),
        (Integer(), ". <= ${age}", Integer(), codes.UNSUPPORTED_PART),
        (Integer(), ". >= 0 and . mod 2 = 0", Integer(0), codes.UNSUPPORTED_PART),
        (Integer(), ". != 5", Integer(), codes.NO_SUCH_LIMIT),
        (OpenText(), "regex(., '(a+)+$')", OpenText(), codes.UNSUPPORTED_PART),
        (OpenText(), "string-length(.) >= 10", OpenText(), codes.NO_SUCH_LIMIT),
        (Date(), ". <= today()", Date(), codes.UNSUPPORTED_PART),
        (SelectMultiple(AB), "not(selected(., 'a') and selected(., 'b'))", SelectMultiple(AB), codes.UNSUPPORTED_PART),
        (SelectOne(AB), ". != 'a'", SelectOne(AB), codes.NO_SUCH_LIMIT),
        (Integer(), ". >= ", Integer(), codes.UNREADABLE_EXPRESSION),
    ],
)
def test_limits_that_a_kind_does_not_know_are_named_and_the_others_kept(kind, expression, kept, why):
    assert limited(kind, expression) == (kept, [why])
