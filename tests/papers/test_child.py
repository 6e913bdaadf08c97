"""The child process: what it may fetch, use and know, and how it says that it could not."""

import pytest
from weasyprint.urls import FatalURLFetchingError

from analysis import papers
from analysis.papers import child
from analysis.papers.render import STYLE_SHEETS, our_files, render
from tests.papers.sample import sample_paper, sample_report

FOREIGN = (
    "file:///etc/passwd",
    "http://127.0.0.1/",
    "https://example.org/a.css",
    "data:text/css,body{}",
    "ftp://example.org/",
    "paper:/../council.html",
    "paper:/paper.css/../paper.html",
    "paper.css",
    "paper:/qr/",
    "paper:/qr/../paper.html",
    "paper:/qr/Zmls*",
    f"paper:/qr/{'YWFh' * 101}",
    "paper:/qr/_w==",
    "",
)


@pytest.mark.parametrize("url", FOREIGN)
def test_fetcher_refuses_everything_but_our_style_sheets(url):
    with pytest.raises(FatalURLFetchingError):
        our_files(url)


@pytest.mark.parametrize("name", STYLE_SHEETS)
def test_fetcher_gives_our_style_sheets(name):
    assert our_files(f"paper:/{name}").read().startswith(b"/*")


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="file:///etc/passwd">',
        '<link rel="attachment" href="file:///etc/passwd">',
        '<link rel="stylesheet" href="http://127.0.0.1:9/a.css">',
        '<p style="background: url(file:///etc/passwd)">x</p>',
        '<object data="file:///etc/passwd"></object>',
    ],
)
def test_page_that_asks_for_a_foreign_file_makes_no_paper(markup):
    with pytest.raises(FatalURLFetchingError):
        render(f"<!DOCTYPE html><html lang=vi><title>x</title><body><p>Chào</p>{markup}")


def test_paper_that_takes_too_long_is_stopped_with_a_sentence():
    with pytest.raises(papers.PaperFailed) as failed:
        papers.make(sample_paper(), timeout_s=0.2)

    assert (failed.value.code.id, failed.value.status) == ("paper_too_slow", 503)


def test_paper_that_takes_too_much_memory_is_stopped_with_a_sentence():
    with pytest.raises(papers.PaperFailed) as failed:
        papers.make(sample_paper(), memory_mb=150)

    assert failed.value.code.id == "paper_too_large"


@pytest.mark.parametrize("folder", ["/usr/share/fonts/truetype/dejavu", "nothing"])
def test_missing_font_is_one_clear_sentence(monkeypatch, tmp_path, folder):
    fonts = tmp_path / "fonts.conf"
    fonts.write_text(f'<?xml version="1.0"?><fontconfig><dir>{folder}</dir><cachedir>{tmp_path}</cachedir></fontconfig>')
    monkeypatch.setenv("FONTCONFIG_FILE", str(fonts))

    with pytest.raises(papers.PaperFailed) as failed:
        papers.make_analysis(sample_report(people=20))

    assert (failed.value.code.id, failed.value.given) == ("font_missing", {"font": "Liberation Serif"})


def test_child_knows_no_secrets(monkeypatch):
    monkeypatch.setenv("YDAN_SECRET", "canary")
    monkeypatch.setenv("DATABASE_URL", "postgres://canary")

    assert "canary" not in str(child.environment())


def test_crash_is_told_by_its_last_line():
    failed = child.failure(1, "Traceback\nValueError: broken", timeout_s=1, memory_mb=1)

    assert (failed.code.id, failed.given) == ("paper_broken", {"reason": "ValueError: broken"})
