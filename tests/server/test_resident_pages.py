"""Every page of residents, whatever it shows: inert, without a cookie, light, in both languages."""

import re
from html import unescape
from typing import Any

import brotli
import httpx
import pytest
from litestar import Litestar

from server.database import DB
from surveys.consultation import Consultation, Person, State
from tests.conftest import SetClock
from tests.server.asked import ANSWERS, QUESTIONNAIRE, asked
from tests.server.road import sent, stored

pytestmark = pytest.mark.anyio


HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}${7*7}\" onmouseover=\"alert(1)' hx-get='/x"


async def test_markup_in_any_text_is_inert(client: httpx.AsyncClient, persons: dict[str, Person], clock: SetClock) -> None:
    from msgspec import structs

    def soiled(question: Any) -> Any:
        return structs.replace(question, label={"vi": f"{HOSTILE} {question.name}"}, hint={"vi": HOSTILE})

    sections = tuple(structs.replace(section, label={"vi": HOSTILE}, questions=tuple(map(soiled, section.questions))) for section in QUESTIONNAIRE.sections)
    texts = {field: {"vi": HOSTILE} for field in ("title", "summary", "changes", "use", "legal_ground")}
    road = await asked(DB.pool, persons["author"], clock.now(), questionnaire=structs.replace(QUESTIONNAIRE, sections=sections), **texts)
    typed = {**ANSWERS, "vi_sao": HOSTILE, "gop_y": HOSTILE, "uu_tien/text": HOSTILE}

    pages = [await client.get(url) for url in ("/", f"/c/{road.slug}", f"/c/{road.slug}/form", f"/c/{road.slug}/receipt")]
    pages += [await client.post(f"/c/{road.slug}/check", data=fields) for fields in (typed, {**typed, "so_nguoi": HOSTILE})]
    pages += [await sent(client, road.slug, typed), await client.post(f"/c/{road.slug}/receipt", data={"receipt": HOSTILE})]

    for page in pages:
        assert "<script>alert" not in page.text
        assert "<img" not in page.text
        assert 'onmouseover="alert' not in page.text
        assert " hx-get='/x" not in page.text
        assert "{{7*7}}${7*7}" in page.text


async def test_no_page_of_residents_sets_a_cookie_or_needs_one(client: httpx.AsyncClient, road: Consultation) -> None:
    pages = [await client.get(url) for url in ("/", "/?lang=en", f"/c/{road.slug}?lang=en", f"/c/{road.slug}/form?lang=en", f"/c/{road.slug}/receipt")]
    pages += [await client.post(f"/c/{road.slug}/check", data={}), await sent(client, road.slug, lang="?lang=en")]

    assert [page.headers.get("set-cookie") for page in pages] == [None] * len(pages)
    assert [answer["language"] for answer in await stored()] == ["en"]


async def test_language_switch_stays_on_the_page(client: httpx.AsyncClient, road: Consultation) -> None:
    for path in ("/?unit=20209", f"/c/{road.slug}", f"/c/{road.slug}/form", f"/c/{road.slug}/receipt"):
        vi = await client.get(path)
        english = re.search(r'href="([^"]+)"\s+hreflang="en"', vi.text)
        assert english
        en = await client.get(unescape(english[1]))
        back = re.search(r'href="([^"]+)"\s+hreflang="vi"', en.text)
        assert back
        assert '<html lang="en"' in en.text
        assert (await client.get(unescape(back[1]))).text.replace("?lang=vi", "").replace("&amp;lang=vi", "") == vi.text


async def test_unchanged_page_is_not_sent_again(client: httpx.AsyncClient, road: Consultation) -> None:
    first = await client.get(f"/c/{road.slug}/form")
    again = await client.get(f"/c/{road.slug}/form", headers={"If-None-Match": first.headers["etag"]})
    english = await client.get(f"/c/{road.slug}/form?lang=en", headers={"If-None-Match": first.headers["etag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert english.status_code == 200


async def test_plan_follows_a_change_at_once(client: httpx.AsyncClient, road: Consultation) -> None:
    assert "20/12/2026" in (await client.get(f"/c/{road.slug}")).text

    await DB.pool.execute("UPDATE consultation SET closes_on = '2026-12-31'")  # type: ignore[union-attr]

    assert "31/12/2026" in (await client.get(f"/c/{road.slug}")).text


async def test_first_load_of_the_form_is_light(app: Litestar, client: httpx.AsyncClient, road: Consultation) -> None:
    """Bytes on the wire, brotli, headers apart; LimeSurvey: 376 kB in 23 requests."""
    form = await client.get(f"/c/{road.slug}/form")
    addresses = re.findall(r'(?:src|href)="(/static/[^"]+)"', form.text)
    sizes = {}
    for address in (f"/c/{road.slug}/form", *addresses):
        async with client.stream("GET", address, headers={"Accept-Encoding": "br"}) as answer:
            raw = b"".join([part async for part in answer.aiter_raw()])
            assert answer.headers["content-encoding"] == "br"
            assert brotli.decompress(raw)
            sizes[address.partition("?")[0]] = len(raw)

    print(f"first load of the form: {sum(sizes.values())} bytes in {len(sizes)} requests: {sizes}")
    assert sum(sizes.values()) < 40_000
    assert len(sizes) <= 5


async def test_documents_are_served_under_their_consultation_only(
    client: httpx.AsyncClient, app: Litestar, persons: dict[str, Person], clock: SetClock
) -> None:
    from server.store import documents

    draft, other = await asked(DB.pool, persons["author"], clock.now(), state=State.DRAFT), await asked(DB.pool, persons["author"], clock.now())
    content = b"%PDF-1.7 draft plan"
    file = await documents.add(
        content,
        folder=app.state.settings.files,
        name="Dự thảo.pdf",
        media_type="application/pdf",
        pages=2,
        slug=draft.slug,
        by=persons["author"],
        now=clock.now(),
    )
    await DB.pool.execute("UPDATE consultation SET state = 'open'")  # type: ignore[union-attr]

    plan = await client.get(f"/c/{draft.slug}")
    answer = await client.get(f"/c/{draft.slug}/documents/{file.id}")

    assert "Dự thảo.pdf" in plan.text
    assert "2 trang" in plan.text
    assert (answer.content, answer.headers["content-type"]) == (content, "application/pdf")
    assert (await client.get(f"/c/{other.slug}/documents/{file.id}")).status_code == 404
    assert (await client.get(f"/c/{draft.slug}/documents/none")).status_code == 404
