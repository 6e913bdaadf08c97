"""The room “Đến người dân”: what it offers to whom, the papers it gives, the numbers of each channel."""

import io
import re
from typing import Any

import httpx
import pypdfium2
import pytest
import zxingcpp
from litestar import Litestar
from PIL import Image

from analysis.papers.leaflets import Card
from server import leaflets, outreach
from server.database import DB
from server.outreach import Reach
from server.store import links
from server.store.answers import TurnoutRow
from server.store.links import Count
from surveys import spread
from surveys.consultation import Consultation, State
from surveys.spread import NAMES, Via
from tests.conftest import BASE_URL, SetClock
from tests.papers.sample import UNIT
from tests.server.asked import ANSWERS, asked, consultation
from tests.server.pages import errors, field, said, text
from tests.server.personas import post
from tests.server.road import hidden
from tests.server.test_links import DAY

pytestmark = pytest.mark.anyio


@pytest.fixture
async def written(app: Litestar, persons: Any, clock: SetClock) -> Consultation:
    """The same road before anybody approved it."""
    return await asked(DB.pool, persons["author"], clock.now(), state=State.DRAFT)


def codes(content: bytes) -> list[str]:
    if content.startswith(b"%PDF"):
        with pypdfium2.PdfDocument(content) as document:
            picture = document[0].render(scale=2).to_pil().convert("L")
    else:
        picture = Image.open(io.BytesIO(content)).convert("L")
    return [code.text for code in zxingcpp.read_barcodes(picture)]


async def test_room_offers_papers_and_a_link_for_every_channel(author: httpx.AsyncClient, road: Consultation) -> None:
    code = await links.code_of(road.id)

    page = await author.get(f"/desk/{road.slug}/spread")

    shown = re.findall(r'value="(http[^"]+)"', page.text)
    assert shown == [f"{BASE_URL}/s/{code}{ending}" for ending in "PTRZFBM"]
    for name in ("poster-a4.pdf?lang=vi", "poster-a3.pdf?lang=en", "letter.pdf?lang=vi", "preview.png?lang=vi", "loudspeaker", "qr-front.png"):
        assert f'href="/desk/{road.slug}/spread/{name}"' in page.text
    assert "chưa được phê duyệt" not in page.text


async def test_draft_says_that_everything_is_a_trial(author: httpx.AsyncClient, written: Consultation) -> None:
    page = await author.get(f"/desk/{written.slug}/spread")

    assert "Đợt này chưa được phê duyệt." in text(page)
    assert "Người dân đến từ đâu" not in text(page)
    assert "BẢN THỬ, CHƯA PHÊ DUYỆT" in text(await author.get(f"/desk/{written.slug}/spread/loudspeaker"))


@pytest.mark.parametrize(("name", "ending", "size"), [("poster-a4.pdf", "P", (595, 842)), ("poster-a3.pdf", "P", (842, 1191)), ("letter.pdf", "T", (595, 842))])
async def test_paper_carries_the_link_of_its_own_channel(
    collector: httpx.AsyncClient, road: Consultation, name: str, ending: str, size: tuple[int, int]
) -> None:
    answer = await collector.get(f"/desk/{road.slug}/spread/{name}?lang=vi")

    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    assert f'filename="{road.slug}-{name.removesuffix(".pdf")}-vi.pdf"' in answer.headers["content-disposition"]
    assert codes(answer.content) == [f"{BASE_URL}/s/{await links.code_of(road.id)}{ending}"]
    with pypdfium2.PdfDocument(answer.content) as document:
        assert (len(document), tuple(round(length) for length in document[0].get_size())) == (1, size)


async def test_scanned_link_of_the_letter_leads_to_the_plan_and_is_counted(
    village_head: httpx.AsyncClient, client: httpx.AsyncClient, road: Consultation
) -> None:
    paper = await village_head.get(f"/desk/{road.slug}/spread/letter.pdf")
    [link] = codes(paper.content)

    plan = await client.get(link, follow_redirects=True)

    assert plan.url.path == f"/c/{road.slug}"
    assert await links.counts(road.id) == [Count("letter", DAY, 1, 0)]


async def test_code_of_each_channel_can_be_pasted_into_a_document(author: httpx.AsyncClient, road: Consultation) -> None:
    for via, ending in spread.LETTERS.items():
        answer = await author.get(f"/desk/{road.slug}/spread/qr-{via}.png")
        assert codes(answer.content) == [f"{BASE_URL}/s/{await links.code_of(road.id)}{ending}"]
    assert (await author.get(f"/desk/{road.slug}/spread/qr-bogus.png")).status_code == 404


async def test_loudspeaker_text_names_its_own_address_in_words_and_takes_about_a_minute(author: httpx.AsyncClient, road: Consultation) -> None:
    page = await author.get(f"/desk/{road.slug}/spread/loudspeaker?lang=en")

    spoken = re.search(r'<div class="spread-aloud" lang="vi">(.*?)</div>', page.text, re.DOTALL)
    assert spoken
    assert "ngày hai mươi tháng mười hai năm hai nghìn không trăm hai mươi sáu" in spoken[1]
    assert spoken[1].rstrip().endswith("Xin trân trọng cảm ơn!</p>")
    assert ", e rờ." in spoken[1]
    seconds = re.search(r"about (\d+) seconds", page.text)
    assert seconds
    assert 60 <= int(seconds[1]) <= 90


async def test_official_names_a_channel_renames_it_and_its_link_is_counted(author: httpx.AsyncClient, client: httpx.AsyncClient, road: Consultation) -> None:
    hostile = '<script>alert("1")</script>'
    answer = await post(author, f"/desk/{road.slug}/spread", {"name": f"  Nhóm   {hostile} "})
    assert answer.status_code == 303
    page = await author.get(f"/desk/{road.slug}/spread")
    assert said(page) == f"Đã đặt tên kênh “Nhóm {hostile}”."
    assert "<script>alert" not in page.text

    await post(author, f"/desk/{road.slug}/spread", {"name": "Trường tiểu học", "via": "other1"})
    link = f"/s/{await links.code_of(road.id)}c"
    await client.get(link)

    page = await author.get(f"/desk/{road.slug}/spread")
    assert "Trường tiểu học 1 0" in text(page)
    assert await links.counts(road.id) == [Count("other1", DAY, 1, 0)]


async def test_name_that_is_empty_or_too_long_comes_back_on_the_page(author: httpx.AsyncClient, road: Consultation) -> None:
    for name in ("  ", "x" * 301):
        answer = await post(author, f"/desk/{road.slug}/spread", {"name": name})
        assert answer.status_code == 422
        assert len(errors(answer)) == 1
        assert name in field(answer, "name")
    assert await links.named(road.id) == {}


async def test_tenth_channel_is_refused(author: httpx.AsyncClient, road: Consultation) -> None:
    for n in range(9):
        await post(author, f"/desk/{road.slug}/spread", {"name": f"Kênh {n}"})

    assert (await post(author, f"/desk/{road.slug}/spread", {"name": "Thêm"})).status_code == 409
    assert (await post(author, f"/desk/{road.slug}/spread", {"name": "Lạ", "via": "zalo"})).status_code == 404


async def test_numbers_by_channel_are_those_of_the_links(author: httpx.AsyncClient, client: httpx.AsyncClient, road: Consultation) -> None:
    """Two languages, without script: opened twice by Zalo, one of them answered; one answered by no link."""
    link = spread.path(await links.code_of(road.id), Via.ZALO)
    for lang in ("", "?lang=en"):
        plan = await client.get(link + lang, follow_redirects=True)
        form = await client.get(re.search(r'href="(/c/[^"]+/form[^"]*)"', plan.text)[1].replace("&amp;", "&"))  # type: ignore[index]
        if lang:
            action = re.search(r'action="([^"]+/check[^"]*)"', form.text)[1].replace("&amp;", "&")  # type: ignore[index]
            check = await client.post(action, data=ANSWERS)
            send = re.search(r'action="([^"]+/send[^"]*)"', check.text)[1].replace("&amp;", "&")  # type: ignore[index]
            assert (await client.post(send, data=hidden(check))).status_code == 200
    check = await client.post(f"/c/{road.slug}/check", data=ANSWERS)
    await client.post(f"/c/{road.slug}/send", data=hidden(check))

    page = text(await author.get(f"/desk/{road.slug}/spread"))

    assert "Zalo 2 1" in page
    assert "Không qua liên kết nào 0 1" in page
    assert "23/11/2026 2 1" in page


async def test_who_does_not_see_turnout_sees_no_numbers(collector: httpx.AsyncClient, road: Consultation) -> None:
    page = await collector.get(f"/desk/{road.slug}/spread")

    assert page.status_code == 200
    assert "Lượt mở" not in page.text
    assert 'name="name"' not in page.text


def test_answers_by_no_link_are_what_remains_of_the_web() -> None:
    counts = [Count("zalo", DAY, 40, 5), Count("poster", DAY, 20, 10), Count("", DAY, 4, 0)]
    rows = [TurnoutRow("", "web", "self", DAY, 25, 3), TurnoutRow("", "paper", "self", DAY, 100, 0)]

    found = outreach.reached(counts, rows, {"other1": "Chợ"})

    assert [one for one in found.channels if one.opened or one.answered] == [
        Reach(NAMES[Via.POSTER], 20, 10, 50, 25), Reach(NAMES[Via.ZALO], 40, 5, 100, 12), Reach(outreach.BY_NONE, 4, 10, 10, 25)
    ]  # fmt: skip
    assert [one.name for one in found.channels][-2:] == ["Chợ", outreach.BY_NONE]


@pytest.mark.parametrize(("lang", "locale"), [("", "vi_VN"), ("?lang=en", "en_US")])
async def test_plan_tells_networks_its_title_words_and_picture(client: httpx.AsyncClient, road: Consultation, lang: str, locale: str) -> None:
    page = await client.get(f"/c/{road.slug}{lang}")

    told = dict(re.findall(r'<meta (?:property|name)="((?:og|twitter):[^"]+)"\s+content="([^"]*)"', page.text))
    assert told["og:title"] == road.title["en" if lang else "vi"]
    assert told["og:locale"] == locale
    assert told["og:image"] == f"{BASE_URL}/c/{road.slug}/preview.png{lang}"
    assert told["twitter:card"] == "summary_large_image"
    picture = await client.get(told["og:image"])
    assert (picture.status_code, picture.headers["content-type"], picture.headers["cross-origin-resource-policy"]) == (200, "image/png", "cross-origin")
    assert Image.open(io.BytesIO(picture.content)).size == (1200, 630)


async def test_picture_of_what_nobody_approved_is_not_there(client: httpx.AsyncClient, written: Consultation) -> None:
    assert (await client.get(f"/c/{written.slug}/preview.png")).status_code == 404


async def test_leaflet_is_made_once_and_again_when_its_words_change(app: Litestar, monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    monkeypatch.setattr(leaflets.papers, "make", lambda paper, **caps: made.append(paper) or b"\x89PNG")
    known = app.state.settings
    first = Card(consultation=consultation(), unit=UNIT, link="https://a.vn/s/K7MPTZ", minutes=5)
    other = Card(consultation=consultation(title={"vi": "Khác?"}), unit=UNIT, link="https://a.vn/s/K7MPTZ", minutes=5)

    for paper in (first, first, other, first):
        assert await leaflets.made(paper, known) == b"\x89PNG"

    assert made == [first, other]
    assert len(list((known.data / "leaflets").iterdir())) == 2


async def test_oldest_leaflets_are_cleared_away(app: Litestar, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leaflets.papers, "make", lambda paper, **caps: paper.link.encode())
    monkeypatch.setattr(leaflets, "KEPT", 3)
    known = app.state.settings
    for n in range(6):
        await leaflets.made(Card(consultation=consultation(title={"vi": f"{n}?"}), unit=UNIT, link=str(n), minutes=5), known)

    kept = {file.read_text() for file in (known.data / "leaflets").iterdir()}
    assert len(kept) == 3
    assert "5" in kept
