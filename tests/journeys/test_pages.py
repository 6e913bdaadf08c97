"""Every page there is, as people find it: for axe, on a phone of 320 px, in English, under the Content-Security-Policy.

With YDAN_SCREENSHOTS set the pictures of README and docs are taken on the way (pictures.py); otherwise nothing is written.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Response

from tests.journeys import pictures
from tests.journeys.conftest import DESK, PHONE, SMALL_PHONE, Ward
from tests.journeys.looking import NARROW, found_by_axe, left_vietnamese, width
from tests.journeys.sample import EVERYBODY, Sample, sampled
from tests.journeys.steps import choose, open_results, receipt_of
from tests.server.personas import PASSWORD

LANGUAGES = ("vi", "en")
ANSWERS = {"whole": "agree", "widening": "agree", "house": "facing", "move_back": "agree", "metres": "1,5"}


@pytest.fixture(scope="module")
def sample(ward: Ward, password_hash: str) -> Sample:
    made = sampled(ward, password_hash)
    open_results(ward.visitor(), made.published)
    return made


@pytest.fixture(scope="module")
def wide(ward: Ward, sample: Sample) -> Page:
    """Somebody who may do everything, at the office."""
    return signed_in(ward, DESK)


@pytest.fixture(scope="module")
def phone(ward: Ward, sample: Sample) -> Page:
    return signed_in(ward, SMALL_PHONE)


def signed_in(ward: Ward, size: dict[str, int]) -> Page:
    """At their own name, for PERSONS has nobody with every right."""
    page = ward.visitor(size=size)
    page.goto("/sign-in")
    page.fill("[name=name]", EVERYBODY)
    page.fill("[name=password]", PASSWORD)
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/desk")
    return page


@pytest.fixture(autouse=True)
def policy(ward: Ward) -> Iterator[None]:
    """No test of this file makes a browser refuse anything of ours."""
    yield
    assert ward.violations == []


def wrong_here(page: Page, language: str) -> list[str]:
    """What is wrong with the page that is open."""
    shown = f"{page.url.partition('/')[2].partition('/')[2].partition('/')[2]} ({language})"
    found = found_by_axe(page)
    size = page.viewport_size
    page.set_viewport_size(SMALL_PHONE)
    if width(page) > NARROW:
        found.append(f"is {width(page)} px wide")
    if size:
        page.set_viewport_size(size)
    if page.locator("html").get_attribute("lang") != language:
        found.append("is not in this language")
    if language == "en":
        found += [f"in Vietnamese: {text}" for text in left_vietnamese(page)]
    return [f"{shown} {one}" for one in found]


def visit(page: Page, addresses: dict[str, int], language: str) -> list[str]:
    """Address → status that it must answer with."""
    wrong = []
    for address, status in addresses.items():
        answer = page.goto(f"{address}{'&' if '?' in address else '?'}lang={language}")
        if answer is None or answer.status != status:
            wrong.append(f"{address} answers {answer and answer.status}")
        wrong += wrong_here(page, language)
    return wrong


def resident(ward: Ward, *, script: bool) -> Page:
    """On a small phone. Without script none of ours arrives; axe itself needs a browser that runs some."""
    page = ward.visitor(size=SMALL_PHONE)
    if not script:
        page.route("**/*.js*", lambda route: route.abort())
    return page


@pytest.mark.parametrize(("language", "script"), [("vi", False), ("en", True)])
def test_residents_pages(ward: Ward, sample: Sample, language: str, script: bool) -> None:
    page = resident(ward, script=script)
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    addresses = {
        "/": 200, "/?q=thanh khe": 200, "/?q=zzz": 200, f"/c/{sample.open}": 200, f"/c/{sample.open}/plan": 200,
        f"/c/{sample.open}/form": 200, f"/c/{sample.open}/receipt": 200,
        f"/c/{sample.closed}": 200, f"/c/{sample.published}": 200, f"/c/{sample.published}/results": 200, f"/c/{sample.open}/results": 404,
        f"/c/{sample.review}": 404, "/nowhere": 404, "/s/ZZZZZ": 404,
    }  # fmt: skip

    wrong = visit(page, addresses, language)

    assert "\n".join(wrong) == ""
    assert [answer.url for answer in answers if "set-cookie" in answer.all_headers()] == []
    assert page.context.cookies() == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_answering_without_script(ward: Ward, sample: Sample, language: str) -> None:
    page = resident(ward, script=False)
    page.goto(f"/c/{sample.open}/form?lang={language}")
    send = page.locator("main form .moves button[type=submit]").first
    choose(page, {"metres": "999"})
    send.click()
    wrong = wrong_here(page, language)
    assert page.locator(".govuk-error-summary").count() == 1

    choose(page, ANSWERS)
    send.click()
    wrong += wrong_here(page, language)
    page.locator("main form .moves button[type=submit]").first.click()
    code = receipt_of(page)
    wrong += wrong_here(page, language)

    for typed in ("AAAAA", code):
        page.goto(f"/c/{sample.open}/receipt?lang={language}")
        page.fill("[name=receipt]", typed)
        page.locator("main form button[type=submit]").first.click()
        wrong += wrong_here(page, language)
    page.locator("form[action*='/withdraw'] button[type=submit]").first.click()
    wrong += wrong_here(page, language)

    assert "\n".join(wrong) == ""
    assert page.context.cookies() == []


def rooms(sample: Sample) -> dict[str, int]:
    """Every page of the desk, and what it answers to somebody who may do everything."""
    rooms_of = {
        sample.draft: (
            "",
            "/plan",
            "/draft",
            "/draft/clauses",
            "/draft/clauses/d2",
            "/draft/ask",
            "/draft/compare",
            "/draft/compare?match=d6",
            "/questions",
            "/questions/overall",
            "/library",
            "/import",
            "/analysis",
            "/sections/last_visit",
            "/asked",
            "/preview",
            "/journal",
            "/do/cancel",
            "/spread",
            "/spread/loudspeaker",
        ),
        sample.review: ("", "/plan", "/library", "/analysis", "/review", "/do/return"),
        sample.open: ("", "/draft", "/questions", "/watch", "/spread", "/totals", "/do/extend", "/do/cancel"),
        sample.closed: ("", "/results", "/words", "/files", "/totals", "/reply", "/papers", "/do/seal"),
        sample.published: ("", "/watch", "/results", "/words", "/reply", "/papers", "/journal"),
    }
    plain = (
        "/desk",
        "/desk/new",
        "/desk/library",
        "/desk/library?q=zzz",
        "/desk/library/friendly_government",
        "/desk/library/blocks/contact",
        "/desk/villages",
        "/desk/people",
        "/desk/people/new",
        f"/desk/people/{sample.person}",
        "/desk/account",
        "/council",
    )
    entered = [f"/desk/{slug}{room}" for slug, found in rooms_of.items() for room in found]
    return dict.fromkeys([*plain, *entered], 200) | {"/desk/nowhere": 404, f"/desk/{sample.open}/reply": 403}


def test_desk_on_a_small_phone_in_vietnamese(phone: Page, sample: Sample) -> None:
    assert "\n".join(visit(phone, rooms(sample), "vi")) == ""


def test_desk_at_the_office_in_english(wide: Page, sample: Sample) -> None:
    assert "\n".join(visit(wide, rooms(sample), "en")) == ""


@pytest.mark.skipif(not pictures.wanted(), reason="pictures are taken where YDAN_SCREENSHOTS is set")
def test_pictures_of_the_documentation(ward: Ward, wide: Page, sample: Sample) -> None:
    resident = ward.visitor(size=PHONE)
    for address, name, down in (
        ("/", "resident-home", 0), (f"/c/{sample.open}", "resident-plan", 0), (f"/c/{sample.open}/form", "resident-form", 0),
        (f"/c/{sample.published}/results", "resident-results", 640),
    ):  # fmt: skip
        resident.goto(address)
        pictures.take(resident, name, down=down, **PHONE)
    for address, name, down in (
        ("/desk", "desk-home", 0), (f"/desk/{sample.review}/review", "desk-review", 150), (f"/desk/{sample.draft}/questions", "desk-questions", 150),
        (f"/desk/{sample.open}/watch", "desk-watch", 150),
        (f"/desk/{sample.open}/spread", "desk-spread", 150), (f"/desk/{sample.closed}/results", "desk-results", 1180), ("/council", "desk-council", 0),
    ):  # fmt: skip
        wide.goto(f"{address}?lang=vi")
        pictures.take(wide, name, width=1000, height=760, down=down)
    pictures.first_page(resident.request.get(f"/api/v1/consultations/{sample.published}/results.pdf").body(), "report-page")
    pictures.first_page(wide.request.get(f"/desk/{sample.open}/spread/poster-a4.pdf?lang=vi").body(), "poster")
    pictures.beside("resident-form", "report-page", "overview")

    assert {file.stem for file in pictures.IMAGES.glob("*.png")} >= {"overview", "report-page", "resident-form", "desk-home"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_doors_of_the_desk(ward: Ward, sample: Sample, language: str) -> None:
    page = ward.visitor(size=SMALL_PHONE)
    wrong = visit(page, {"/sign-in": 200, f"/sign-in/{sample.link}": 200, "/sign-in/nothing": 404}, language)
    page.goto(f"/sign-in?lang={language}")
    page.fill("[name=name]", "nobody")
    page.fill("[name=password]", "nothing")
    page.locator("main form button[type=submit]").click()
    assert page.locator(".govuk-error-summary").count() == 1
    wrong += wrong_here(page, language)

    assert "\n".join(wrong) == ""
