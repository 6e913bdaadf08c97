"""How a report is arranged for reading, and how its macros print it on a page with a strict content policy."""

import re
from pathlib import Path

import pytest
from msgspec import structs

import templates
from analysis.papers.council import FACTS, facts
from analysis.papers.figures import chapters, crosses, figures, overview
from analysis.papers.takings import taken
from analysis.places import ELSEWHERE
from analysis.report import GroupTally, OptionTally, QuestionTally
from tests.papers.questions import QUESTIONNAIRE
from tests.papers.sample import sample_report

STYLE = (Path(templates.__file__).parent / "paper" / "results.css").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def report():
    return sample_report()


def printed(figure, language="vi"):
    source = '{% from "macros/results.html" import question %}{{ question(figure) }}'
    return templates.environment(language).from_string(source).render(figure=figure)


def of(report, number):
    return next(figure for _, figure in figures(report, QUESTIONNAIRE) if figure.number == number)


def choices(*counts, kind="select_one", values=None):
    options = tuple(
        OptionTally((values or [f"o{n}" for n in range(len(counts))])[n], {"vi": f"Ý {n}"}, count, count and float(count), suppressed=count is None)
        for n, count in enumerate(counts)
    )
    return QuestionTally(name="q", kind=kind, label={"vi": "Hỏi"}, asked=100, answered=100, missing=0, options=options)


def test_chapters_are_the_sections_and_figures_are_numbered_through(report):
    arranged = chapters(report, QUESTIONNAIRE)

    assert [(chapter.label["vi"], [figure.number for figure in chapter.figures]) for chapter in arranged] == [
        ("Dự thảo kế hoạch", [1, 2, 3, 4, 5]),
        ("Dịch vụ của phường", [6, 7, 8]),
        ("Về gia đình", [9, 10, 11, 12]),
        ("Ưu tiên và điều khoản", [*range(13, 24)]),
    ]


def test_rows_of_a_matrix_are_one_figure(report):
    figure = of(report, 7)

    assert (figure.shape, figure.label["vi"], len(figure.tallies)) == ("matrix", "Ông/bà hài lòng thế nào với từng việc sau?", 4)


def test_long_list_is_printed_most_chosen_first_and_groups_follow(report):
    figure = of(report, 10)
    counts = [option.count for option in figure.tallies[0].options]

    assert figure.ranked
    assert counts == sorted(counts, reverse=True)
    order = [option.value for option in figure.tallies[0].options]
    assert all([option.value for option in group.options] == order for grouping in figure.groupings for group in grouping.groups)


def test_place_of_a_protected_cell_says_nothing_of_its_size(report):
    long = choices(1, None, 30, None, 9, 8, 7, 6, 5)
    figure = next(figure for _, figure in figures(structs.replace(report, questions=(long,))))

    assert [option.count for option in figure.tallies[0].options] == [30, 9, 8, 7, 6, 5, 1, None, None]


@pytest.mark.parametrize("tally", [choices(*range(10), kind="scale"), choices(*range(10), values=[str(n) for n in range(10)])])
def test_steps_and_numbers_keep_their_order(report, tally):
    figure = next(figure for _, figure in figures(structs.replace(report, questions=(tally,))))

    assert (figure.ranked, figure.tallies[0].options) == (False, tally.options)


def units_named(*counts, groups=()):
    options = tuple(OptionTally(f"{n:05}", {"vi": f"Phường {n}"}, count, float(count)) for n, count in enumerate(counts))
    return QuestionTally(name="home", kind="unit", label={"vi": "Ở đâu"}, asked=500, answered=sum(counts), missing=0, options=options, groups=groups or {})


def test_units_beyond_the_first_twenty_stand_together(report):
    tally = units_named(*range(5, 30))
    figure = next(figure for _, figure in figures(structs.replace(report, questions=(tally,))))

    counts = [option.count for option in figure.tallies[0].options]
    assert (figure.shape, figure.ranked) == ("bars", True)
    assert counts == [*range(29, 9, -1), 5 + 6 + 7 + 8 + 9]
    assert figure.tallies[0].options[-1].label["vi"] == "Nơi khác"


def test_other_units_of_a_group_are_hidden_where_one_of_them_is(report):
    options = units_named(*range(5, 30)).options
    hidden = tuple(OptionTally(one.value, one.label, None, None, suppressed=True) if one.value == "00001" else one for one in options)
    tally = units_named(*range(5, 30), groups={"village": (GroupTally("v1", {"vi": "Tổ 1"}, 400, 400, hidden),)})

    figure = next(figure for _, figure in figures(structs.replace(report, questions=(tally,))))

    assert figure.groupings[0].groups[0].options[-1] == OptionTally("other", ELSEWHERE, None, None, suppressed=True)


def test_rankings_and_points_stand_best_first(report):
    order, budget = of(report, 14), of(report, 16)

    assert [option.mean_rank for option in order.tallies[0].options] == sorted(option.mean_rank for option in order.tallies[0].options)
    assert [option.mean_share for option in budget.tallies[0].options] == sorted((o.mean_share for o in budget.tallies[0].options), reverse=True)


def test_protected_mean_ranks_are_marked_and_explained(report):
    tally = of(report, 14).tallies[0]
    bare = structs.replace(tally, options=tuple(structs.replace(option, mean_rank=None, ranked=None) for option in tally.options))

    page = printed(next(figure for _, figure in figures(structs.replace(report, questions=(bare,)))))

    assert page.count("ẩn</span>") == 4
    assert "số dưới 5" in page


def test_a_clause_is_called_by_its_number(report):
    assert (of(report, 13).label["vi"], of(report, 13).shape) == ("Điều 4. Thời gian thi công và hỗ trợ", "bars")


def test_overview_puts_each_question_on_one_line(report):
    lines = overview(report, QUESTIONNAIRE)

    assert [line.number for line in lines.stances] == ["1", "2", "3", "13"]
    assert [line.number for line in lines.satisfaction] == ["6", "7.1", "7.2", "7.3", "7.4"]
    assert [line.number for line in lines.scales] == ["8", "21"]
    assert [line.number for line in lines.numbers] == ["9", "23"]
    assert [line.number for line in lines.choices] == ["4", "10", "11", "17", "22"]
    assert [line.number for line in lines.preferences] == ["14", "15", "16"]
    assert [line.number for line in lines.words] == ["5", "12", "18", "19", "20"]


def test_first_page_names_stances_then_the_least_satisfied(report):
    lines = overview(report, QUESTIONNAIRE)

    named = facts(lines)

    rest = sorted(line.tally.satisfied_percent for line in lines.satisfaction)
    assert named.stances == lines.stances
    assert [line.tally.satisfied_percent for line in named.satisfaction] == rest[: FACTS - 4]
    assert named.left == 12


def test_cross_has_a_row_a_group_and_a_column_a_question(report):
    village, channel = crosses(report, overview(report).satisfaction)

    assert (len(village.rows), len(village.lines), len(channel.rows)) == (8, 5, 2)
    assert all(len(row.indices) == 5 for row in village.rows)


def test_totals_of_other_channels_are_named_as_the_questionnaire_names_them(report):
    (meeting,) = taken(report)

    assert (meeting.village, meeting.lines[0].label["vi"]) == ("Tổ dân phố 4", "Mở rộng lòng đường số 5 từ 5,5 m lên 7,5 m")
    assert [(label["vi"], count) for label, count in meeting.lines[0].counts] == [("Đồng ý", 38), ("Không đồng ý", 9), ("Ý kiến khác", 2)]


def test_base_and_no_reply_stand_in_the_caption(report):
    assert re.search(r"<caption[^>]*>\s*Được hỏi: <b>640</b> · Trả lời \(cơ số\): <b>619</b> · Không trả lời: <b>21</b>\s*</caption>", printed(of(report, 1)))


def test_index_is_printed_with_the_figures_it_was_made_from(report):
    assert "Chỉ số hài lòng: <b>58,52\u00a0%</b>" in printed(of(report, 6))
    assert "= (230 + 127) ÷ 610 × 100" in " ".join(printed(of(report, 6)).split())


def test_index_of_a_form_that_lists_its_steps_downwards_adds_the_same_two(report):
    tally = of(report, 6).tallies[0]
    turned = structs.replace(tally, options=tally.options[::-1])
    figure = next(figure for _, figure in figures(structs.replace(report, questions=(turned,))))

    assert [option.value for option in figure.high] == ["4", "5"]


def test_protected_cell_is_marked_and_explained(report):
    page = printed(next(figure for _, figure in figures(structs.replace(report, questions=(choices(None, 60, 36),)))))

    assert page.count("ẩn</span>") == 2
    assert "số dưới 5, hoặc số mà từ đó tính ra được một số dưới 5" in page
    assert "ẩn" not in printed(of(report, 1))


@pytest.mark.parametrize("number", range(1, 24))
@pytest.mark.parametrize("language", ["vi", "en"])
def test_result_needs_no_inline_style_and_no_script(report, number, language):
    page = printed(of(report, number), language)

    assert not re.search(r"<script|\sstyle=|\son\w+=", page)
    assert "{{7*7}} &lt;script&gt;" in page or "7*7" not in page
    used = {name for names in re.findall(r'class="([^"]*)"', page) for name in names.split()}
    assert used - set(re.findall(r"\.([a-z0-9_-]+)", STYLE)) == set()


def test_every_width_and_tint_has_its_rule():
    assert {int(width) for width in re.findall(r"\.w-(\d+) ", STYLE)} == set(range(101))
    assert all(f".w-{n} {{ width: {n}%; }}" in STYLE for n in range(101))
    assert {int(tint) for tint in re.findall(r"\.tint-(\d+) ", STYLE)} == set(range(11))
