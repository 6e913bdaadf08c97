"""What is wrong with how a page looks or reads: for axe, for a small phone, in English."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import cast

from axe_playwright_python.sync_playwright import Axe
from babel.messages.pofile import read_po
from playwright.sync_api import Page

NARROW = 320
ALIKE = {"Tiếng Việt"}
"""A language is called by its own name."""
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
VIETNAMESE = re.compile(r"[ăâđêôơưĂÂĐÊÔƠƯàáảãạèéẻẽẹìíỉĩịòóỏõọùúủũụỳýỷỹỵẠ-ỹ]")
READ = """() => {
  const said = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    if (!walker.currentNode.parentElement.closest("[lang=vi], script, textarea")) said.push(walker.currentNode.data)
  }
  for (const name of ["aria-label", "alt", "title", "placeholder"]) {
    for (const one of document.querySelectorAll(`[${name}]`)) if (!one.closest("[lang=vi]")) said.push(one.getAttribute(name))
  }
  return [document.title.split(" – ")[0], ...said]
}"""


def found_by_axe(page: Page) -> list[str]:
    """Once its styles have arrived: a link without them is smaller than a finger."""
    page.wait_for_load_state("load")
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in Axe().run(page, options=RULES).response["violations"]]


def width(page: Page) -> int:
    """How wide the page is, however wide the screen."""
    return cast(int, page.evaluate("document.documentElement.scrollWidth"))


def left_vietnamese(page: Page) -> list[str]:
    """Sentences of our own that stand in Vietnamese; what an official wrote, and names, may."""
    found = (" ".join(text.split()) for text in page.evaluate(READ))
    return [text for text in found if text not in ALIKE and VIETNAMESE.search(text) and any(sentence.fullmatch(text) for sentence in our_sentences())]


@cache
def our_sentences() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(re.sub(r"\\\{\w+\\\}", ".+", re.escape(" ".join(one.split())))) for one in message_ids())


def message_ids() -> Iterator[str]:
    for path in sorted((Path(__file__).parents[2] / "surveys/locale/en").glob("*.po")):
        for message in read_po(path.read_text(encoding="utf-8").splitlines()):
            for one in (message.id,) if isinstance(message.id, str) else message.id:
                if one != message.string and VIETNAMESE.search(re.sub(r"\{\w+\}", "", one)):
                    yield one
