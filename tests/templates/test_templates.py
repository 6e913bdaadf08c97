"""The environment: filters, sentences, and that nothing a person wrote becomes markup or code."""

import datetime

import pytest
from hypothesis import given
from hypothesis.strategies import text
from jinja2 import UndefinedError
from markupsafe import Markup

import templates
from surveys import problems
from surveys.problems import Closed, Code, Problem

NOON = datetime.datetime(2026, 11, 23, 5, 30, tzinfo=datetime.UTC)


def printed(source, language="vi", **context):
    return templates.environment(language).from_string(source).render(**context)


@pytest.mark.parametrize(
    ("source", "vi", "en"),
    [
        ("{{ 3065628|number }}", "3.065.628", "3,065,628"),
        ("{{ 2.5|number }}", "2,5", "2.5"),
        ("{{ none|number }}", "–", "–"),
        ("{{ 2|decimal }}", "2,00", "2.00"),
        ("{{ 2.0046|decimal(1) }}", "2,0", "2.0"),
        ("{{ none|decimal }}", "–", "–"),
        ("{{ 99.7654|percent }}", "99,77\u00a0%", "99.77%"),
        ("{{ 12.34|percent(1) }}", "12,3\u00a0%", "12.3%"),
        ("{{ none|percent }}", "–", "–"),
        ("{{ '2026-02-05'|date }}", "05/02/2026", "05/02/2026"),
        ("{{ noon|date }}", "23/11/2026", "23/11/2026"),
        ("{{ none|date }}", "–", "–"),
        ("{{ noon|clock }}", "12:30", "12:30"),
        ("{{ noon|datetime_words }}", "12 giờ 30 phút, ngày 23/11/2026", "12:30 on 23/11/2026"),
        ("{{ 1234567|size }}", "1,2\u00a0MB", "1.2\u00a0MB"),
        ("{{ 5400|size }}", "5\u00a0KB", "5\u00a0KB"),
        ("{{ 12|size }}", "1\u00a0KB", "1\u00a0KB"),
        ("{{ {'vi': 'Có', 'en': 'Yes'}|text }}", "Có", "Yes"),
        ("{{ {'vi': 'Có'}|text }}", "Có", "Có"),
        ("{{ {}|text }}", "", ""),
        ("{{ say({'vi': 'Có', 'en': 'Yes'}) }} {{ language }}", "Có vi", "Yes en"),
    ],
)
def test_filter_speaks_both_languages(source, vi, en):
    assert (printed(source, noon=NOON), printed(source, "en", noon=NOON)) == (vi, en)


def test_sentence_is_filled_with_what_people_read():
    source = "{{ _('{n} phiếu đến {day}', n=3065628, day=noon) }}"

    assert printed(source, noon=NOON.date()) == "3.065.628 phiếu đến 23/11/2026"


def test_value_of_a_sentence_is_escaped():
    assert printed("{{ _('Gọi {x}', x='<b>') }}") == "Gọi &lt;b&gt;"


def test_markup_in_a_sentence_escapes_everything_else():
    source = "{{ _('<Gọi> {link} {x}', link=link, x='<b>') }}"

    assert printed(source, link=Markup("<a>1</a>")) == "&lt;Gọi&gt; <a>1</a> &lt;b&gt;"


def test_trans_block_keeps_markup_and_escapes_values():
    assert printed("{% trans n='<i>' %}Còn <b>{{ n }}</b>{% endtrans %}") == "Còn <b>&lt;i&gt;</b>"


def test_missing_name_is_an_error_and_never_blank():
    with pytest.raises(UndefinedError):
        printed("{{ nothing }}")


def test_components_of_govuk_leave_out_parameters():
    source = "{% from 'govuk_frontend_jinja/components/error-summary/macro.html' import govukErrorSummary %}{{ govukErrorSummary({'titleText': '<b>'}) }}"

    assert "&lt;b&gt;" in printed(source)


@given(text())
def test_text_of_a_person_is_inert(written):
    page = printed("{{ words }}{{ _('“{x}”', x=words) }}{{ title|text }}", words=written, title={"vi": written})

    assert "<" not in page
    assert page == str(Markup.escape(written) + Markup.escape(f"“{written}”") + Markup.escape(written))


def test_template_language_in_a_text_is_not_run():
    hostile = "{{7*7}} ${7*7} {% raw %} {x.__class__}"

    assert printed("{{ words }}|{{ _('{x}', x=words) }}|{{ _('{0}', **{'0': words}) if false else words }}", words=hostile) == "|".join([hostile] * 3)


@pytest.mark.parametrize(
    ("problem", "vi", "en"),
    [
        (Problem(problems.TOO_EARLY_DATE, given={"given": "2026-11-02", "low": "2026-12-01"}), "Ngày 02/11/2026 sớm hơn 01/12/2026.", None),
        (Problem(problems.EXCLUSIVE, given={"option": {"vi": "Không", "en": "None"}}), "“Không” không thể chọn cùng ý khác.", None),
        (Problem(problems.TOO_LONG, given={"given": 2001, "high": 2000}), "Câu trả lời dài 2.001 ký tự, nhiều nhất là 2.000.", None),
        (Closed(Code("x", "Đã đóng ngày {on}."), on=datetime.date(2026, 11, 3)), "Đã đóng ngày 03/11/2026.", "Đã đóng ngày 03/11/2026."),
        (problems.REQUIRED, "Câu này cần có trả lời.", None),
    ],
)
def test_problem_is_a_sentence(problem, vi, en):
    assert templates.words(problem, "vi") == vi
    if en:
        assert templates.words(problem, "en") == en


def test_next_step_is_filled_too():
    assert templates.next_words(Problem(problems.TOO_SMALL, given={"given": 1, "low": 18}), "vi") == "Điền một số từ 18 trở lên."
    assert templates.next_words(Code("x", "Không."), "vi") == ""


def test_long_input_is_cut_in_its_sentence():
    assert len(templates.words(Problem(problems.NOT_A_NUMBER, given={"given": "x" * 5000}), "vi")) < 120
