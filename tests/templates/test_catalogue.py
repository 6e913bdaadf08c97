"""Every sentence that people read has its English, with the same {places}."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po
from jinja2.ext import babel_extract

ROOT = Path(__file__).parents[2]
ROOMS = ("surveys", "templates", "analysis", "server")
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*.html") if not path.name.startswith("sample_"))
"""A sample document is in one language, as a ward's own would be."""
SENTENCES_OF = {"Code": slice(1, 3), "_": slice(0, 1), "sentence": slice(0, 1), "form": slice(0, 1), "see_other": slice(0)}
"""Where the message ids stand among the arguments of a call."""
VIETNAMESE = re.compile(r"[ăâđêôơưĂÂĐÊÔƠƯàáảãạèéẻẽẹìíỉĩịòóỏõọùúủũụỳýỷỹỵ]")

NAMES = re.compile("Ý Dân|Tiếng Việt")
"""Written alike in every language."""


def python_sentences() -> Iterator[tuple[str, str]]:
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in SENTENCES_OF:
                    spoken = [*call.args[SENTENCES_OF[call.func.id]], *(word.value for word in call.keywords if word.arg in ("sentence", "next", "said"))]
                    for part in spoken:
                        if isinstance(part, ast.Constant) and isinstance(part.value, str) and part.value:
                            yield part.value, f"{path.relative_to(ROOT)}:{call.lineno}"


def template_sentences() -> Iterator[tuple[str, str]]:
    for path in TEMPLATES:
        with path.open("rb") as file:
            for line, _, found, _ in babel_extract(file, ["_", "gettext"], [], {"trimmed": "true", "encoding": "utf-8", "silent": "false"}):
                yield found if isinstance(found, str) else found[0], f"{path.relative_to(ROOT)}:{line}"


def english() -> dict[str, list[tuple[str, str]]]:
    """Sentence → its English forms, each with the file it stands in."""
    forms: dict[str, list[tuple[str, str]]] = {}
    for path in sorted((ROOT / "surveys/locale/en").glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file):
                if message.id:
                    key = message.id if isinstance(message.id, str) else message.id[0]
                    spoken = (message.string,) if isinstance(message.string, str) else message.string
                    forms.setdefault(key, []).extend((form, path.name) for form in spoken)
    return forms


def places(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name} | set(re.findall(r"%\((\w+)\)s", sentence))


def test_every_sentence_has_its_english():
    forms = english()

    spoken = [*python_sentences(), *template_sentences()]
    missing = [f"{where}: {sentence}" for sentence, where in spoken if not all(form for form, _ in forms.get(sentence, [("", "")]))]

    assert missing == []


def test_english_fills_the_same_places():
    wrong = [f"{file}: {sentence} → {form}" for sentence, forms in english().items() for form, file in forms if form and not places(form) <= places(sentence)]
    lost = [f"{file}: {sentence} → {form}" for sentence, forms in english().items() for form, file in forms[-1:] if form and places(form) != places(sentence)]

    assert wrong + lost == []


def test_no_sentence_has_two_translations():
    by_file: dict[str, dict[str, tuple[str, ...]]] = {}
    for sentence, forms in english().items():
        for form, file in forms:
            known = by_file.setdefault(sentence, {})
            known[file] = (*known.get(file, ()), form)

    assert {sentence: files for sentence, files in by_file.items() if len(set(files.values())) > 1} == {}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_no_vietnamese_stands_in_a_template_untranslated(path):
    source = path.read_text(encoding="utf-8")
    source = NAMES.sub("", source)
    for code in (r"\{#.*?#\}", r"\{%-?\s*trans\b.*?\bendtrans\s*-?%\}", r"\{\{.*?\}\}", r"\{%.*?%\}"):
        source = re.sub(code, "", source, flags=re.DOTALL)

    assert [line.strip() for line in source.splitlines() if VIETNAMESE.search(line)] == []
