"""The report of `ydan analyse`, and that asking for it loads nothing heavy."""

import subprocess
import sys

from analysis import papers
from surveys.language import number_words
from tests.papers.questions import QUESTIONNAIRE
from tests.papers.reading import headings, opened, pages
from tests.papers.sample import sample_report


def test_study_prints_a_summary_every_question_and_every_group():
    report = sample_report()

    pdf = papers.make_analysis(report, title="Khảo sát đường số 5", unit_name="Phường Thanh Khê", questionnaire=QUESTIONNAIRE)

    text = " ".join(pages(pdf))
    assert "Phường Thanh Khê Khảo sát đường số 5 640 phiếu trả lời · 22 câu hỏi" in text
    assert [title for level, title in headings(pdf) if level == 1] == ["Tóm tắt", "Từng câu hỏi", "Các hình thức khác", "Theo nhóm"]
    printed = set(text.replace("(", " ").replace(")", " ").split())
    wanted = {number_words(option.count, "vi") for tally in report.questions for option in tally.options}
    wanted |= {number_words(option.percent, "vi", decimals=2) for tally in report.questions for option in tally.options}
    assert wanted - printed == set()
    with opened(pdf) as document:
        assert str(document.docinfo.Title) == "Khảo sát đường số 5"


def test_study_without_questionnaire_is_titled_by_its_report_in_english():
    pdf = papers.make_analysis(sample_report(people=30), language="en")

    with opened(pdf) as document:
        assert (str(document.docinfo.Title), str(document.Root.Lang)) == ("Draft plan to rebuild road 5", "en")


def test_parent_loads_neither_weasyprint_nor_pandas():
    code = "import sys, analysis.papers; sys.exit(any(name in sys.modules for name in ('weasyprint', 'pandas', 'litestar', 'piccolo', 'asyncpg')))"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
