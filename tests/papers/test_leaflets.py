"""Posters, letters and the picture of a link: one page each, whatever the title; what is scanned is the link."""

import io
import random

import pypdfium2
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis.strategies import integers, sampled_from, text
from PIL import Image

from analysis import papers
from analysis.papers.leaflets import FITS, Card, Letter, Poster, cut, tries
from analysis.papers.refusals import FONT, SANS
from analysis.papers.render import fitted
from surveys.consultation import Contact, Instrument
from tests.papers.reading import opened, pages
from tests.papers.sample import UNIT
from tests.server.asked import consultation

LINK = "https://ykien.danang.gov.vn/s/K7MPTP"
MM = 72 / 25.4
SIZES = {"poster a4": (210, 297), "poster a3": (297, 420), "letter": (210, 297)}
KINDS = {"poster a4": (Poster, {"size": "a4"}), "poster a3": (Poster, {"size": "a3"}), "letter": (Letter, {})}
LONGEST = (
    "Ông/bà có đồng ý với phương án mở rộng, nâng cấp đường số 5 kết hợp chỉnh trang vỉa hè, hệ thống thoát nước và cây xanh đoạn từ ngã tư "
    "Trần Cao Vân đến cuối tuyến thuộc tổ dân phố số 12, 13, 14 và 15, phường Thanh Khê, thành phố Đà Nẵng, giai đoạn 2026 đến 2030, theo hình "
    "thức Nhà nước và Nhân dân cùng làm"
)
TITLES = {
    "short": "Có nên mở rộng đường số 5?",
    "300 letters": LONGEST.ljust(299, "a") + "?",
    "300 wide letters": "W" * 300,
    "300 wide words": ("Ỗ MƯỜNG " * 40)[:300],
}
WORDY = {
    "summary": {"vi": "\n".join(["Đường số 5 hẹp và hay ngập, xe cấp cứu không vào được. " * 30] * 5)},
    "changes": {"vi": "\n".join(["Các hộ mặt tiền lùi hàng rào 1,5 mét để làm vỉa hè. " * 20] * 30)},
    "use": {"vi": "Ủy ban nhân dân phường tổng hợp rồi trả lời. " * 60},
    "legal_ground": {"vi": "\n".join([f"Quyết định số {n}/2026/QĐ-UBND về quản lý đường đô thị trên địa bàn thành phố" for n in range(9)])},
    "contact": Contact("Bà Nguyễn Thị Soạn, công chức địa chính, xây dựng, đô thị và môi trường " * 4, "0236 3712 345", "Trụ sở phường, 503 Trần Cao Vân " * 9),
}


def leaflet(kind, *, language="vi", trial=False, link=LINK, **changes):
    made, more = KINDS.get(kind, (Card, {}))
    return made(consultation=consultation(**changes), unit=UNIT, link=link, minutes=6, language=language, trial=trial, **more)


def seen(pdf, scale=2.0):
    with pypdfium2.PdfDocument(pdf) as document:
        return document[0].render(scale=scale).to_pil().convert("L")


def scanned(picture):
    return [code for code in zxingcpp.read_barcodes(picture) if code.format == zxingcpp.BarcodeFormat.QRCode]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_code_leads_to_the_link_and_is_large_enough(kind, language):
    scale = 3.0
    [code] = scanned(seen(papers.make(leaflet(kind, language=language)), scale))

    assert code.text == LINK
    width = (code.position.top_right.x - code.position.top_left.x) / scale / MM
    assert width >= {"poster a4": 60, "poster a3": 85, "letter": 32}[kind]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("title", "wordy"), [(title, True) for title in TITLES.values()] + [(TITLES["300 letters"], False)], ids=[*TITLES, "300 letters alone"]
)
def test_paper_is_one_page_of_its_size_and_still_scans(kind, title, wordy):
    more = {**(WORDY if wordy else {}), "sample": wordy}
    pdf = papers.make(leaflet(kind, title={"vi": title}, trial=wordy, link="https://lay-y-kien-nguoi-dan.phuongthanhkhe.danang.gov.vn/s/K7MPT4", **more))

    with pypdfium2.PdfDocument(pdf) as document:
        assert len(document) == 1
        assert [round(length / MM) for length in document[0].get_size()] == list(SIZES[kind])
    assert [code.text for code in scanned(seen(pdf))] == ["https://lay-y-kien-nguoi-dan.phuongthanhkhe.danang.gov.vn/s/K7MPT4"]
    assert "K7MPT4" in "".join(pages(pdf)[0].split())
    assert "".join(title.split()) in "".join(pages(pdf)[0].split())


@settings(max_examples=12)
@given(text("aưWiMỗ .\n", min_size=1, max_size=300), text("ôxW, .\n", max_size=3000), sampled_from(list(KINDS)))
def test_any_title_and_summary_is_one_page(title, summary, kind):
    paper = leaflet(kind, title={"vi": title}, summary={"vi": summary}, changes={"vi": summary})

    assert len(pages(fitted(tries(paper), font=FONT if kind == "letter" else SANS))) == 1


def test_poster_says_what_until_when_how_who_and_by_which_law():
    [page] = pages(papers.make(leaflet("poster a4")))

    for words in (
        "Ủy ban nhân dân phường Thanh Khê hỏi ý kiến người dân",
        "Có nên mở rộng đường số 5?",
        "Phường định mở rộng từ 6 lên 9 mét.",
        "Trả lời đến hết ngày 20/12/2026",
        "ykien.danang.gov.vn/s/K7MPTP",
        "Khoảng 6 phút.",
        "Nhận và nộp phiếu tại: Trụ sở UBND phường, 503 Trần Cao Vân.",
        "Bà Nguyễn Thị Soạn, 0236 3712 345.",
        "Theo Luật Thực hiện dân chủ ở cơ sở số 10/2022/QH15",
    ):
        assert words in page
    assert "BẢN THỬ" not in page


def test_letter_has_the_form_of_the_decree():
    [page] = pages(papers.make(leaflet("letter")))

    for words in (
        "ỦY BAN NHÂN DÂN THÀNH PHỐ ĐÀ NẴNG ỦY BAN NHÂN DÂN PHƯỜNG THANH KHÊ",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc",
        "/TB-UBND",
        "THÔNG BÁO Về việc lấy ý kiến Nhân dân: “Có nên mở rộng đường số 5?”",
        "Kính gửi: Các hộ gia đình phường Thanh Khê",
        "từ ngày 20/11/2026 đến hết ngày 20/12/2026.",
        "gia đình./.",
        "Nơi nhận: - Như trên; - Lưu: VT.",
        "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH",
    ):
        assert words in page


def test_letter_of_a_satisfaction_survey_decides_nothing():
    [page] = pages(papers.make(leaflet("letter", instrument=Instrument.SATISFACTION)))

    assert "Về việc đo lường sự hài lòng của người dân" in page
    assert "trước khi quyết định." not in page.replace("Phường muốn biết ý kiến người dân trước khi quyết định.", "")


@pytest.mark.parametrize("kind", KINDS)
def test_english_paper_holds_no_vietnamese_sentence_of_ours(kind):
    pdf = papers.make(leaflet(kind, language="en"))

    with opened(pdf) as document:
        assert str(document.Root.Lang) == "en"
    for words in ("Trả lời", "Ủy ban", "Không quét", "Kính gửi", "Nơi nhận"):
        assert words not in pages(pdf)[0]


@pytest.mark.parametrize("kind", KINDS)
def test_trial_and_sample_are_marked(kind):
    [page] = pages(papers.make(leaflet(kind, trial=True, sample=True)))

    assert "DỮ LIỆU MẪU · BẢN THỬ, CHƯA PHÊ DUYỆT" in page


@pytest.mark.parametrize("kind", KINDS)
def test_paper_is_titled_tagged_and_describes_its_code(kind):
    with opened(papers.make(leaflet(kind))) as document:
        assert str(document.Root.Lang) == "vi"
        assert str(document.docinfo.Title) == "Về việc lấy ý kiến Nhân dân: “Có nên mở rộng đường số 5?”"
        assert str(document.docinfo.Author) == "Ủy ban nhân dân phường Thanh Khê"
        assert document.Root.MarkInfo.Marked
        assert "<pdfuaid:part>1</pdfuaid:part>" in document.Root.Metadata.read_bytes().decode()
        assert [str(intent.S) for intent in document.Root.OutputIntents] == ["/GTS_PDFA1"]
        described = [str(one.Alt) for one in document.objects if isinstance(one, type(document.Root)) and one.get("/S") == "/Figure"]
        assert described == ["Mã QR mở trang ykien.danang.gov.vn/s/K7MPTP"]


@pytest.mark.parametrize("kind", KINDS)
def test_hostile_words_are_printed_as_they_were_written(kind):
    hostile = "{{7*7}} <script>alert(1)</script> <img src=file:///etc/passwd> ${x}"
    contact = Contact("<b>A</b>", "<i>0</i>", "</p><img src='paper:/qr/YQ=='>")
    pdf = papers.make(leaflet(kind, title={"vi": hostile}, summary={"vi": hostile}, changes={"vi": hostile}, use={"vi": hostile}, contact=contact))

    page = pages(pdf)[0]
    assert hostile in page
    assert "</p><img src='paper:/qr/YQ=='>" in page
    assert len(scanned(seen(pdf))) == 1


@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_picture_of_a_link_is_a_png_of_the_size_that_networks_show(title, language):
    content = papers.make(leaflet("card", title={"vi": title}, language=language))
    picture = Image.open(io.BytesIO(content))

    assert (picture.format, picture.size) == ("PNG", (1200, 630))
    assert len(content) < 300_000
    assert picture.convert("RGB").getpixel((5, 5)) == (10, 92, 102)
    assert picture.convert("RGB").getpixel((5, 625)) == (8, 71, 79)


@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES)
def test_title_of_a_card_never_reaches_its_foot(title):
    picture = Image.open(io.BytesIO(papers.make(leaflet("card", title={"vi": title})))).convert("RGB")

    assert {picture.getpixel((x, y)) for x in range(1200) for y in range(480, 497)} == {(10, 92, 102)}


def test_same_leaflet_twice_is_the_same_bytes():
    assert papers.make(leaflet("poster a4")) == papers.make(leaflet("poster a4"))


@given(integers(0, 10_000), integers(0, 2000))
def test_cutting_keeps_whole_words_within_the_letters(seed, letters):
    chance = random.Random(seed)
    lines = [" ".join("xin" * chance.randint(1, 4) for _ in range(chance.randint(1, 40))) for _ in range(chance.randint(0, 6))]

    kept = cut(lines, letters)

    assert sum(map(len, kept)) <= letters + 1
    for line, whole in zip(kept, lines, strict=False):
        assert line == whole or (line.endswith("…") and whole.startswith(line[:-1] + " "))


def test_fits_go_from_large_to_small():
    for fits in FITS.values():
        assert sorted(fits, key=lambda fit: (-fit.scale, -fit.letters)) == fits
