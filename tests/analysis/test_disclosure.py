"""What is published tells nobody apart: every hidden count keeps K possible values against an attacker with a linear program."""

import random
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec import structs
from scipy.optimize import linprog

from analysis import exports, reporting
from analysis.report import OtherChannel, Report
from analysis.stored import Answer, from_answers
from analysis.suppression import complement
from surveys import units
from surveys.kinds import (
    SATISFACTION,
    Calculation,
    Clause,
    File,
    Integer,
    OpenText,
    Option,
    Place,
    Points,
    Ranking,
    SelectMultiple,
    SelectOne,
    Stance,
    Time,
    UnitChoice,
)
from surveys.kinds import Scale as ScaleKind
from surveys.questionnaire import Question, Questionnaire, Section
from surveys.units import Village
from tests.analysis.attack import Attack, RankAttack

CHANNELS = ("web", "paper", "import")
WARDS = [code for code, unit in units.catalogue().items() if unit.parent == "48"][:9]
POINTS = [option.name for option in SATISFACTION]


def options(many: int) -> tuple[Option, ...]:
    return tuple(Option(f"o{place}") for place in range(many))


def form(many: int) -> Questionnaire:
    kinds = {
        "rated": ScaleKind(SATISFACTION),
        "one": SelectOne(options(many)),
        "several": SelectMultiple(options(4)),
        "plan": Clause(number="Điều 2"),
        "age": Integer(),
        "order": Ranking(options(3 + many % 2)),
        "budget": Points(options(4)),
        "from": UnitChoice(),
        "double": Calculation({"*": [{"var": "age"}, 2]}),
    }
    return Questionnaire((Section("s", tuple(Question(name, kind) for name, kind in kinds.items())),))


def people(rng: random.Random, questionnaire: Questionnaire) -> Iterator[Answer]:
    """Answers of a ward whose villages, choices and doors are as unequal as they come."""
    villages = [rng.random() ** 3 for _ in range(rng.randint(1, 12))]
    weights = [rng.random() ** rng.choice([1, 3, 6]) + 1e-3 for _ in range(9)]
    doors = [8, 3, 1][: rng.randint(1, 3)]
    names = [option.name for option in questionnaire.question("one").kind.options]
    for place in range(rng.randint(1, 400)):
        answers: dict[str, Any] = {}
        if rng.random() < 0.95:
            answers["rated"] = int(rng.choices(POINTS, weights[:5])[0])
        if rng.random() < 0.9:
            answers["one"] = rng.choices(names, weights[: len(names)])[0]
        if chosen := [option.name for option, weight in zip(options(4), weights, strict=False) if rng.random() < weight]:
            answers["several"] = chosen
        if rng.random() < 0.97:
            stance = rng.choices(["agree", "disagree", "other"], weights[:3])[0]
            answers["plan"] = {"stance": stance} | ({"text": "x"} if stance == "other" else {})
        if rng.random() < 0.5:
            answers["age"] = rng.randint(18, 99)
            answers["double"] = 2.0 * answers["age"]
        if rng.random() < 0.93:
            answers["order"] = ranked([option.name for option in questionnaire.question("order").kind.options], weights, rng)
        if rng.random() < 0.93:
            answers["budget"] = divided(rng.choices(options(4), weights[:4], k=4))
        if rng.random() < 0.9:
            answers["from"] = rng.choices(WARDS, weights[:9])[0]
        village = "" if rng.random() < 0.02 else f"v{rng.choices(range(len(villages)), villages)[0]}"
        yield Answer(answers, village=village, channel=rng.choices(CHANNELS[: len(doors)], doors)[0], id=str(place))


def ranked(names: list[str], weights: list[float], rng: random.Random) -> list[str]:
    """Names in an order that the heavier ones tend to lead."""
    return sorted(names, key=lambda name: rng.random() ** (1 / weights[names.index(name)]), reverse=True)


def divided(chosen: list[Option]) -> dict[str, int]:
    return {option.name: 25 * chosen.count(option) for option in options(4) if option in chosen}


def published(seed: int, k: int) -> tuple[Report, Report]:
    """What was counted, and what is published of it."""
    rng = random.Random(seed)
    questionnaire = form(rng.randint(2, 6))
    frame = from_answers({1: questionnaire}, list(people(rng, questionnaire)))
    villages = [Village(id=f"v{place}", unit="1", name=f"Thôn {place}", kind="thôn", households=50) for place in range(12)]
    wanted = {"title": {"vi": "x"}, "by": ("village", "channel"), "min_cell": k, "villages": villages}
    return reporting.make(frame, audience="official", **wanted), reporting.make(frame, audience="public", **wanted)


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 10**9), st.sampled_from([2, 3, 5, 5, 10]))
def test_no_hidden_count_can_be_bounded_to_fewer_than_k_values(seed, k):
    counted, report = published(seed, k)
    for question, full in zip(exports.tallies(report)["questions"], counted.questions, strict=True):
        if full.answered < k:
            continue  # nothing of it is published, and the number of responses bounds everything
        attack = Attack(question, report.responses)
        assert [(name, least, most) for name, least, most in attack.ranges() if most - least + 1 < k - 1e-6] == []


@settings(deadline=None, max_examples=15)
@given(st.integers(0, 10**9), st.sampled_from([2, 3, 5]))
@example(938, 3)  # nobody gave an option its third or fourth rank, so whoever did not put it first put it second
def test_mean_ranks_leave_every_small_count_of_a_rank_k_possible_values(seed, k):
    counted, report = published(seed, k)
    question, full = (next(found for found in exports.tallies(each)["questions"] if found["name"] == "order") for each in (report, counted))
    if full["answered"] < k or all(option["mean_rank"] is None for option in question["options"]):
        return
    assert [found for found in RankAttack(question, full).ranges(k) if found[4] - found[3] + 1 < k - 1e-6] == []


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 10**9), st.sampled_from([2, 5, 10]))
def test_no_small_count_base_mean_or_index_is_published(seed, k):
    _, report = published(seed, k)
    for question in report.questions:
        for row in (question, *(group for groups in question.groups.values() for group in groups)):
            assert all(option.count is None or option.count == 0 or option.count >= k for option in row.options)
            assert all((option.count is None) == option.suppressed == (option.percent is None) for option in row.options if row.answered)
            assert row.answered is None or row.answered == 0 or row.answered >= k
            if row.answered is None:
                assert (row.mean, row.satisfied_percent, row.suppressed) == (None, None, True)
            if row.satisfied_percent is not None and row.answered:
                satisfied = round(row.satisfied_percent * row.answered / 100)
                assert all(part == 0 or part >= k for part in (satisfied, row.answered - satisfied))


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 10**9), st.sampled_from([3, 5]))
def test_what_is_published_is_what_was_counted(seed, k):
    counted, report = published(seed, k)
    for full, question in zip(counted.questions, report.questions, strict=True):
        assert revealed(question, full)
        for by, groups in question.groups.items():
            assert all(revealed(group, whole) for group, whole in zip(groups, full.groups[by], strict=True))


def revealed(row: Any, full: Any) -> bool:
    """Every figure of a row is the true one or none; units that few named stand together."""
    shown = [getattr(row, name) in (None, getattr(full, name)) for name in ("answered", "mean", "satisfied_percent")]
    true = {option.value: option for option in full.options}
    pairs = [(option, true[option.value]) for option in row.options if option.value in true]
    figures = ("count", "mean_rank", "mean_share")
    return all(shown) and all(getattr(option, name) in (None, getattr(known, name)) for option, known in pairs for name in figures)


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 10**9), st.sampled_from([3, 5]))
def test_turnout_hides_villages_and_channels_alike(seed, k):
    _, report = published(seed, k)
    if report.responses < k:
        return
    villages, channels = report.turnout.villages, list(report.turnout.by_channel)
    size = {(row.village, channel): place for place, (row, channel) in enumerate((row, channel) for row in villages for channel in channels)}
    equal, right = [], []

    def add(cells: list[tuple[str, str]], value: int | None) -> None:
        if value is not None:
            equal.append([1.0 if cell in cells else 0.0 for cell in size])
            right.append(value)

    add(list(size), report.responses)
    for row in villages:
        add([(row.village, channel) for channel in channels], row.answered)
        for channel in channels:
            add([(row.village, channel)], row.by_channel[channel])
    for channel in channels:
        add([(row.village, channel) for row in villages], report.turnout.by_channel[channel])
    secret = [[(row.village, channel)] for row in villages for channel in channels if row.by_channel[channel] is None]
    secret += [[(row.village, channel) for channel in channels] for row in villages if row.answered is None]
    for cells in secret:
        aim = np.array([1.0 if cell in cells else 0.0 for cell in size])
        least, most = (linprog(sign * aim, A_eq=equal, b_eq=right) for sign in (1, -1))
        assert -most.fun - least.fun + 1 >= k - 1e-6
    for by_channel in [report.turnout.by_channel, *(row.by_channel for row in villages)]:
        assert all(count is None or count == 0 or count >= k for count in by_channel.values())
    assert [row.share.value for row in villages if row.answered is None] == [None] * sum(row.answered is None for row in villages)


def test_zero_is_shown_and_its_neighbours_are_not_needed():
    answers = [Answer({"one": "o0"}, village="v0")] * 30 + [Answer({"one": "o1"}, village="v1")] * 20
    report = reporting.make(from_answers({1: form(3)}, answers), title={}, audience="public", by=["village"])

    one = next(question for question in report.questions if question.name == "one")
    assert [option.count for option in one.options] == [30, 20, 0]
    assert [[option.count for option in group.options] for group in one.groups["village"]] == [[30, 0, 0], [0, 20, 0]]


def test_a_lone_small_group_takes_the_next_smallest_with_it():
    answers = [Answer({"age": 30}, village=f"v{place}") for place, size in enumerate([50, 20, 8, 3]) for _ in range(size)]
    report = reporting.make(from_answers({1: form(2)}, answers), title={}, audience="public", by=["village"])

    groups = next(question for question in report.questions if question.name == "age").groups["village"]
    assert [(group.responses, group.answered, group.mean) for group in groups] == [(50, 50, 30.0), (20, 20, 30.0), (None, None, None), (None, None, None)]


def test_officials_see_every_count():
    counted, _ = published(7, 5)

    assert counted.min_cell == 0
    assert all(option.count is not None for question in counted.questions for option in question.options)


def test_words_are_hidden_where_the_count_of_their_writers_is():
    questionnaire = Questionnaire((Section("s", (Question("plan", Stance()), Question("note", OpenText()))),))
    answers = [Answer({"plan": {"stance": "agree"}}, id=f"a{place}") for place in range(20)]
    answers += [Answer({"plan": {"stance": "other", "text": "Chưa rõ"}, "note": "Ồn"}, id=f"b{place}") for place in range(3)]
    decided = {(f"b{place}", name): True for place in range(3) for name in ("plan", "note")}

    official, public = (
        reporting.make(from_answers({1: questionnaire}, answers), title={}, audience=audience, decided=decided) for audience in ("official", "public")
    )

    assert [len(question.words) for question in official.questions] == [3, 3]
    assert [(question.words, question.words_withheld) for question in public.questions] == [((), 0), ((), 0)]


def test_only_released_words_are_published_and_without_their_village():
    questionnaire = Questionnaire((Section("s", (Question("note", OpenText()),)),))
    answers = [Answer({"note": f"Ý {place}"}, id=f"a{place}", village="v1") for place in range(9)]
    decided = {("a1", "note"): True, ("a2", "note"): False}

    report = reporting.make(from_answers({1: questionnaire}, answers), title={}, audience="public", decided=decided)

    assert [(words.id, words.text, words.village) for words in report.questions[0].words] == [("a1", "Ý 1", "")]
    assert report.questions[0].words_withheld == 8


def test_how_many_were_asked_is_hidden_where_the_question_before_it_is():
    asked_if = {"==": [{"var": "q"}, "o0"]}
    questionnaire = Questionnaire((Section("s", (Question("q", SelectOne(options(2))), Question("then", SelectOne(options(2)), relevant=asked_if))),))
    answers = [Answer({"q": "o0", "then": "o0"})] * 40 + [Answer({"q": "o1"})] * 3

    report = reporting.make(from_answers({1: questionnaire}, answers), title={}, audience="public")

    assert [(question.asked, question.missing) for question in report.questions] == [(43, 0), (None, None)]


def asked_of(kinds: dict[str, Any], *answers: tuple[dict[str, Any], int]) -> dict[str, Any]:
    """The public tallies, by question, of so many people who answered so."""
    questionnaire = Questionnaire((Section("s", tuple(Question(name, kind) for name, kind in kinds.items())),))
    people = [Answer(given) for given, many in answers for _ in range(many)]
    report = reporting.make(from_answers({1: questionnaire}, people), title={}, audience="public")
    return {question["name"]: question for question in exports.tallies(report)["questions"]}


def test_units_that_few_named_stand_together_without_their_names():
    found = asked_of({"home": UnitChoice()}, ({"home": "20209"}, 30), ({"home": "20197"}, 9), ({"home": "20285"}, 2), ({"home": "20200"}, 1))

    assert [(option["value"], option["count"], option["suppressed"]) for option in found["home"]["options"]] == [("20209", 30, False), ("other", 12, False)]


def test_a_unit_question_that_few_answered_names_no_unit():
    found = asked_of({"home": UnitChoice(), "q": SelectOne(options(2))}, ({"home": "20209", "q": "o0"}, 3), ({"q": "o1"}, 30))

    assert [(option["value"], option["count"]) for option in found["home"]["options"]] == [("other", None)]


def test_mean_ranks_are_hidden_where_a_first_place_is():
    kinds, three = {"order": Ranking(options(4))}, ["o0", "o1", "o2", "o3"]
    few = asked_of(kinds, ({"order": three}, 40), ({"order": three[::-1]}, 2))

    assert [(option["count"], option["mean_rank"], option["ranked"]) for option in few["order"]["options"]] == [
        (None, None, None),
        (0, None, None),
        (0, None, None),
        (None, None, None),
    ]


def test_how_many_gave_each_rank_is_for_officials_alone():
    found = asked_of({"order": Ranking(options(3))}, ({"order": ["o0", "o1", "o2"]}, 20), ({"order": ["o1", "o2", "o0"]}, 10))

    assert [(option["count"], option["mean_rank"], option["ranks"]) for option in found["order"]["options"]] == [
        (20, pytest.approx(50 / 30), None),
        (10, pytest.approx(50 / 30), None),
        (0, pytest.approx(80 / 30), None),
    ]


def test_a_share_of_points_is_never_hidden_alone():
    found = asked_of({"budget": Points(options(3))}, ({"budget": {"o0": 60, "o1": 40}}, 30), ({"budget": {"o0": 50, "o2": 50}}, 2))

    assert [(option["count"], option["mean_share"]) for option in found["budget"]["options"]] == [(32, pytest.approx(59.375)), (None, None), (None, None)]


@pytest.mark.parametrize(
    ("expression", "given"),
    [
        ({"*": [{"var": "age"}, 2]}, 38),
        ({"if": [{"==": [{"var": "one"}, "o1"]}, 1, 0]}, 40),
    ],
)
def test_a_calculation_tells_nothing_of_what_is_hidden(expression, given):
    kinds = {"age": Integer(), "one": SelectOne(options(3)), "made": Calculation(expression)}
    common = {"age": 30, "one": "o0", "made": 5.0}

    found = asked_of(kinds, (common, given - 2), ({**common, "one": "o1"}, 2), ({"age": 99, "one": "o0"}, 40 - given))

    assert [found["made"][name] for name in ("answered", "mean", "total", "min", "max", "median")] == [given, None, None, None, None, None]


def test_places_hours_and_files_are_counted_and_never_named():
    kinds = {"spot": Place(), "photo": File(), "when": Time()}
    found = asked_of(kinds, *(({"spot": [16.0 + place / 100, 108.2], "photo": f"{place:032}", "when": f"{6 + place:02}:30"}, 1) for place in range(9)))

    assert [(found[name]["answered"], found[name]["options"]) for name in kinds] == [(9, [])] * 3
    assert (found["when"]["min"], found["when"]["median"], found["when"]["max"], found["when"]["mean"]) == ("06:30", "10:30", "14:30", None)
    assert "16.0" not in str(found)
    assert "0" * 30 not in str(found)


def test_other_channels_hide_small_counts_and_the_sum_with_them():
    questionnaire = Questionnaire((Section("s", (Question("plan", Stance()),)),))
    answers = [Answer({"plan": {"stance": stance}}) for stance in ["agree"] * 30 + ["disagree"] * 20]
    meeting = OtherChannel("meeting", "Trưởng thôn", "v1", {"plan": {"agree": 12, "disagree": 2, "other": 0}}, 14)

    report = reporting.make(from_answers({1: questionnaire}, answers), title={}, audience="public", others=[meeting])

    assert report.other_channels[0].counts == {"plan": {"agree": None, "disagree": None, "other": 0}}
    assert [(option.value, option.count) for option in report.merged[0].options] == [("agree", None), ("disagree", None), ("other", 0)]
    assert [option.count for option in report.questions[0].options] == [30, 20, 0]


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ({"a": 9, "b": 8}, set()),
        ({"a": 9, "b": 0}, set()),
        ({"a": 9, "b": 3, "c": 7}, {"b", "c"}),
        ({"a": 9, "b": 1, "c": 1, "d": 6}, {"b", "c", "d"}),
        ({"a": 9, "b": 3, "c": 3}, {"b", "c"}),
        ({"a": 3, "b": 0}, {"a"}),
    ],
)
def test_a_hidden_count_is_never_alone(counts, hidden):
    assert complement(counts, 5) == hidden


def test_k_of_zero_or_one_hides_nothing():
    counted, _ = published(11, 5)
    for k in (0, 1):
        _, report = published(11, k)
        assert structs.replace(report, public=False, min_cell=0, questions=without_words(report)) == structs.replace(counted, questions=without_words(counted))


def without_words(report: Report) -> tuple[Any, ...]:
    return tuple(structs.replace(question, words=(), words_withheld=0) for question in report.questions)
