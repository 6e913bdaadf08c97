"""What a person finds on a page: its heading, what is wrong, what stands in a field."""

import httpx
from lxml import html


def heading(answer: httpx.Response) -> str:
    return words(html.fromstring(answer.text).find(".//h1"))


def errors(answer: httpx.Response) -> list[str]:
    """The lines of the error summary."""
    return [words(line) for line in classed(answer, "govuk-error-summary__list", "li")]


def error_links(answer: httpx.Response) -> list[str]:
    """Where the lines of the error summary lead; each leads to something on the page."""
    page = html.fromstring(answer.text)
    links = [link.get("href", "") for link in classed(answer, "govuk-error-summary__list", "a")]
    assert all(page.xpath("//*[@id=$id]", id=link.removeprefix("#")) for link in links)
    return links


def said(answer: httpx.Response) -> str:
    """What the page says was just done."""
    return " ".join(words(place) for place in classed(answer, "desk-said", "p"))


def field(answer: httpx.Response, name: str) -> list[str]:
    """What stands in the fields of this name: typed, ticked or chosen."""
    page = html.fromstring(answer.text)
    boxes = page.xpath("//input[@name=$name]", name=name)
    typed = [box.get("value", "") for box in boxes if box.get("type") not in ("checkbox", "radio") or box.get("checked") is not None]
    return typed + [option.get("value", "") for option in page.xpath("//select[@name=$name]/option[@selected]", name=name)]


def text(answer: httpx.Response) -> str:
    return words(html.fromstring(answer.text).find(".//main"))


def rows(answer: httpx.Response) -> list[list[str]]:
    """The cells of the first table's body, row by row."""
    table = html.fromstring(answer.text).find(".//table")
    return [] if table is None else [[words(cell) for cell in row.xpath("./td|./th")] for row in table.xpath("./tbody/tr")]


def tokens(answer: httpx.Response) -> list[str]:
    """The numbers of the API tokens that an account page lists."""
    return [words(cell) for cell in html.fromstring(answer.text).xpath("//*[@id='tokens']//tbody//th")]


def actions(answer: httpx.Response, *, ending: str) -> list[str]:
    """Where the forms lead whose address ends so."""
    return [form.get("action") for form in html.fromstring(answer.text).xpath("//form[@action]") if form.get("action").endswith(ending)]


def classed(answer: httpx.Response, name: str, within: str) -> list[html.HtmlElement]:
    """Every element `within` one of this class."""
    return html.fromstring(answer.text).xpath(f"//*[contains(concat(' ', @class, ' '), $name)]//{within}", name=f" {name} ")


def words(element: html.HtmlElement | None) -> str:
    """A line break is a space."""
    return "" if element is None else " ".join(" ".join(element.itertext()).split())
