"""HTML of other programs' texts → what a person reads in it, and what of it is no text."""

import re
from html.parser import HTMLParser

BLOCKS = frozenset({"p", "div", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "hr", "section", "dd", "dt"})
UNSEEN = frozenset({"script", "style", "head", "title", "template"})
THINGS = frozenset({"img", "audio", "video", "iframe", "object", "embed", "input", "button", "select", "textarea", "svg", "canvas", "form"})
ADDRESS = re.compile(r"(https?|mailto|tel):", re.IGNORECASE)
MARKED = re.compile(r"<[a-zA-Z/!?]|&[#\w]+;")


def plain(text: str) -> tuple[str, list[str]]:
    """The words, a line for each paragraph, and the pictures, scripts and the like that stood among them."""
    if not MARKED.search(text):
        return text.strip(), []
    reader = Words()
    reader.feed(text)
    reader.close()
    lines = [" ".join(line.split()) for line in "".join(reader.words).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip(), reader.things


class Words(HTMLParser):
    """Collects text; reads on through whatever is broken."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.things: list[str] = []
        self.unseen: list[str] = []
        self.link: tuple[str, int] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in UNSEEN:
            self.unseen.append(tag)
        elif tag in THINGS:
            self.things.append(" ".join(filter(None, [f"<{tag}>", given.get("src") or given.get("data") or "", given.get("alt", "")])))
        elif tag == "br":
            self.words.append("\n")
        elif tag in BLOCKS:
            self.words.append("\n- " if tag == "li" else "\n")
        elif tag in {"td", "th"}:
            self.words.append("  ")
        elif tag == "a":
            self.link = (given.get("href", ""), len(self.words))
        if handlers := [name for name in given if name.startswith("on")]:
            self.things.append(f"<{tag} {handlers[0]}>")

    def handle_endtag(self, tag: str) -> None:
        if self.unseen and tag == self.unseen[-1]:
            self.unseen.pop()
        elif tag in BLOCKS:
            self.words.append("\n")
        elif tag == "a" and self.link:
            self.close_link()

    def close_link(self) -> None:
        """Where a link leads stands behind its words."""
        assert self.link is not None
        address, start = self.link
        said = "".join(self.words[start:]).strip()
        if ADDRESS.match(address) and address != said:
            self.words.append(f" ({address})")
        elif address and not address.startswith("#") and not ADDRESS.match(address):
            self.things.append(f"<a> {address}")
        self.link = None

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.words.append(data.replace("\n", " "))
        elif self.unseen[-1] in {"script", "style"} and data.strip():
            self.things.append(f"<{self.unseen[-1]}>")
