"""Changes to a questionnaire in the editor, and what its form says."""

import datetime

import pytest
from msgspec import structs

from surveys import editing
from surveys.consultation import Consultation, Contact, Instrument
from surveys.editing import Difference
from surveys.kinds import SATISFACTION, Date, Decimal, Integer, Matrix, OpenText, Option, Scale, SelectMultiple, SelectOne, Stance
from surveys.particulars import particulars_form, print_of, read_particulars, slug_of
from surveys.problems import Conflict, NotFound
from surveys.questionnaire import Question, Questionnaire, Section
from surveys.rewording import question_form, read_question, rearrange, settings_of

A = Question("a", SelectOne((Option("y", {"vi": "Có"}), Option("n", {"vi": "Không"}))), {"vi": "A?"})
B = Question("b", OpenText(), {"vi": "B?"}, relevant={"==": [{"var": "a"}, "y"]})
C = Question("c", Integer(), {"vi": "C?"})
FORM = Questionnaire((Section("mot", (A, B)), Section("hai", (C,))))


def names(questionnaire):
    return [[question.name for question in section.questions] for section in questionnaire.sections]


@pytest.mark.parametrize(
    ("name", "step", "order"),
    [
        ("a", 1, [["b", "a"], ["c"]]),
        ("b", -1, [["b", "a"], ["c"]]),
        ("b", 1, [["a"], ["b", "c"]]),
        ("c", -1, [["a", "b", "c"], []]),
        ("a", -1, [["a", "b"], ["c"]]),
        ("c", 1, [["a", "b"], ["c"]]),
        ("b", 0, [["a", "b"], ["c"]]),
    ],
)
def test_move_question_goes_over_the_edge_of_its_section_and_never_out_of_the_form(name, step, order):
    assert names(editing.move_question(FORM, name, step=step)) == order


@pytest.mark.parametrize("start", list(editing.STARTS))
def test_add_question_of_every_kind_stands_last_under_a_free_name(start):
    grown, question = editing.add_question(FORM, start, section="mot")
    again, second = editing.add_question(grown, start, section="mot")

    assert names(again) == [["a", "b", "cau_1", "cau_2"], ["c"]]
    assert (question.kind, second.name) == (editing.STARTS[start], "cau_2")


def test_add_question_to_nowhere_or_of_no_kind_is_not_found():
    with pytest.raises(NotFound):
        editing.add_question(FORM, "text", section="ba")
    with pytest.raises(NotFound):
        editing.add_question(FORM, "telepathy", section="mot")


def test_a_question_that_decides_who_is_asked_cannot_be_removed():
    with pytest.raises(Conflict) as refusal:
        editing.remove_question(FORM, "a")

    assert refusal.value.given == {"question": {"vi": "A?"}, "user": {"vi": "B?"}}
    assert names(editing.remove_question(editing.remove_question(FORM, "b"), "a")) == [[], ["c"]]


def test_remove_section_takes_its_questions_even_where_they_decide_about_each_other():
    assert names(editing.remove_section(FORM, "mot")) == [["c"]]
    used = structs.replace(FORM, sections=(FORM.sections[0], structs.replace(FORM.sections[1], relevant={"==": [{"var": "a"}, "y"]})))
    with pytest.raises(Conflict):
        editing.remove_section(used, "mot")


def test_sections_are_added_renamed_and_moved():
    made = editing.move_section(editing.reword_section(editing.add_section(FORM, {}), "phan_1", label={"vi": "Ba"}), "phan_1", step=-1)

    assert [(section.name, section.label) for section in made.sections] == [("mot", {}), ("phan_1", {"vi": "Ba"}), ("hai", {})]


def test_differences_name_what_was_added_removed_changed_and_moved():
    d = Question("d", OpenText(), {"vi": "D?"})
    changed = structs.replace(A, label={"vi": "A mới?"})
    after = Questionnaire((Section("mot", (changed, C, d)),))
    swapped = Questionnaire((Section("mot", (B, A)), Section("hai", (C,))))

    assert editing.differences(FORM, after) == [
        Difference("changed", "a", {"vi": "A mới?"}),
        Difference("added", "d", {"vi": "D?"}),
        Difference("removed", "b", {"vi": "B?"}),
    ]
    assert [(one.what, one.name) for one in editing.differences(FORM, swapped)] == [("moved", "b"), ("moved", "a")]
    assert editing.differences(FORM, FORM) == []


def test_read_question_takes_words_settings_and_options():
    multiple = Question("m", SelectMultiple((Option("y", {"vi": "Có"}),)))
    form = {"label_vi": " Chọn gì?\r\nMột ", "label_en": "", "required": "yes", "other": "yes", "least": "1", "most": "2",
            "options-0-name": "y", "options-0_vi": "Có", "options-0_en": "Yes", "options-1_vi": "Đường số 5", "options-1_en": "", "options-1-exclusive": "yes",
            "options-2_vi": "", "options-2_en": ""}  # fmt: skip

    read, problems = read_question(multiple, form)

    kind = SelectMultiple((Option("y", {"vi": "Có", "en": "Yes"}), Option("duong_so_5", {"vi": "Đường số 5"}, exclusive=True)), other=True, least=1, most=2)
    assert (read, problems) == (Question("m", kind, {"vi": "Chọn gì?\nMột"}, required=True), [])


def test_read_question_names_everything_wrong_and_keeps_the_former_limits():
    form = {"label_vi": "", "label_en": "x" * 2001, "low": "9", "high": "3", "unit_vi": "người"}
    read, problems = read_question(C, form)

    assert [(problem.code.id, problem.where) for problem in problems] == [("too_long", "label_en"), ("label_missing", "label_vi"), ("limits_crossed", "high")]
    assert (read.kind.low, read.kind.high, read.kind.unit) == (None, None, {"vi": "người"})


@pytest.mark.parametrize(
    ("kind", "form", "where"),
    [
        (Integer(), {"low": "một"}, "low"), (Decimal(), {"high": "1,5,5"}, "high"), (Date(), {"low": "31/02/2026"}, "low"),
        (OpenText(), {"longest": "0"}, "longest"), (SelectMultiple(()), {"most": "x"}, "most"), (Stance(), {"longest": "20000"}, "longest"),
    ],
)  # fmt: skip
def test_read_question_refuses_limits_that_are_none(kind, form, where):
    read, problems = read_question(Question("q", kind, {"vi": "Q?"}), {"label_vi": "Q?", **form})

    assert ([problem.where for problem in problems], read.kind) == ([where], kind)


@pytest.mark.parametrize("kind", [*editing.STARTS.values(), Decimal(low=1.5, high=2.0), Date(low="2026-01-01"), Integer(low=0, high=5, unit={"vi": "hộ"})])
def test_question_form_read_back_gives_the_same_question(kind):
    question = Question("q", kind, {"vi": "Q?", "en": "Q?"}, {"vi": "Gợi ý"}, required=kind.asks)
    form = question_form(question)
    for field in ("options", "rows", "missing"):
        for at, option in enumerate(getattr(kind, field, ()) if field in kind.__struct_fields__ else ()):
            form |= {f"{field}-{at}-name": option.name} | {f"{field}-{at}_{language}": option.label.get(language, "") for language in ("vi", "en")}

    assert read_question(question, form) == (question, [])
    assert set(settings_of(kind)) <= set(kind.__struct_fields__)


def test_rearrange_moves_and_drops_options_but_on_a_scale_only_words_move():
    choice = SelectOne((Option("a"), Option("b"), Option("c")))
    scale = Scale(SATISFACTION)

    assert rearrange(choice, "up:options:2").options == (Option("a"), Option("c"), Option("b"))
    assert rearrange(choice, "drop:options:0").options == (Option("b"), Option("c"))
    moved = rearrange(scale, "down:options:0")
    assert [option.name for option in moved.options] == ["1", "2", "3", "4", "5"]
    assert moved.options[0].label["vi"] == "Không hài lòng"


@pytest.mark.parametrize(
    "do", ["save", "more:options", "up:options:0", "drop:options:9", "drop:options:-1", "drop:read:0", "explode:options:1", "::", "up:missing:0"]
)
def test_rearrange_leaves_alone_what_it_cannot_do(do):
    kind = SelectOne((Option("a"), Option("b")))
    assert rearrange(kind, do) == kind


def test_new_steps_of_a_scale_count_on():
    form = {"label_vi": "Q?", "options-0-name": "4", "options-0_vi": "Bốn", "options-1_vi": "Mới"}
    assert [option.name for option in read_question(Question("q", Matrix((), ())), form)[0].kind.options] == ["4", "5"]


def test_option_names_are_short_readable_unique_and_never_other():
    taken = {"duong"}
    assert editing.option_name("Đường", taken) == "duong_1"
    assert editing.option_name("Other", set()) == "other_1"
    assert editing.option_name("???", set()) == "y"
    assert len(editing.option_name("Rất " * 30, set())) <= 24


PLAN = Consultation(
    id="1",
    slug="a",
    unit="20209",
    instrument=Instrument.OPINION,
    title={"vi": "Đường số 5?"},
    contact=Contact("Hoa", "0236", "Tổ 1"),
    opens_on=datetime.date(2026, 11, 24),
    closes_on=datetime.date(2026, 12, 24),
    planning=True,
    changes={"vi": "Một\nHai", "en": "One"},
)


def test_particulars_form_read_back_gives_the_same_plan():
    assert read_particulars(PLAN, particulars_form(PLAN)) == (PLAN, [])
    assert read_particulars(structs.replace(PLAN, planning=False, title={"vi": "?"}), particulars_form(PLAN)) == (PLAN, [])


def test_read_particulars_names_everything_wrong():
    _, problems = read_particulars(PLAN, {"opens_on": "24/12/2026", "closes_on": "2026-11-24", "contact_name": "x" * 301})

    assert [(problem.code.id, problem.where) for problem in problems] == [
        ("title_missing", "title_vi"),
        ("dates_crossed", "closes_on"),
        ("too_long", "contact_name"),
    ]


@pytest.mark.parametrize("day", ["", "hôm nay", "2026-02-30", "30/2/2026", "2026-13-01"])
def test_read_particulars_keeps_the_day_where_none_was_typed(day):
    read, problems = read_particulars(PLAN, particulars_form(PLAN) | {"opens_on": day})
    assert (read.opens_on, [problem.where for problem in problems]) == (PLAN.opens_on, ["opens_on"])


def test_print_of_changes_with_every_particular_and_with_nothing_else():
    others = [structs.replace(PLAN, use={"vi": "x"}), structs.replace(PLAN, planning=False), structs.replace(PLAN, closes_on=datetime.date(2027, 1, 1))]
    assert len({print_of(one) for one in (PLAN, *others)}) == 4
    assert print_of(structs.replace(PLAN, version=9, authors=frozenset("x"))) == print_of(PLAN)


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Đường số 5", "duong-so-5"),
        ("Ông/bà có hài lòng?", "ong-ba-co-hai-long"),
        ("new", "dot-new"),
        ("???", "dot"),
        ("Kế hoạch sử dụng đất năm 2027 của phường Thanh Khê, thành phố Đà Nẵng", "ke-hoach-su-dung-dat-nam-2027-cua-phuong-thanh-khe-thanh-pho"),
        ("a" * 90, "a" * 60),
    ],
)
def test_slug_of_folds_and_cuts_at_words(title, slug):
    assert slug_of({"vi": title}) == slug
