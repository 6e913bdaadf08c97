"""The council paper, made as the server makes it and read back."""

import pytest
from msgspec import structs

from analysis import papers
from analysis.papers import letterhead
from surveys.language import number_words
from tests.papers.reading import headings, opened, pages
from tests.papers.sample import CONSULTATION, sample_paper, sample_report


@pytest.fixture(scope="module")
def paper():
    return sample_paper()


@pytest.fixture(scope="module")
def pdf(paper):
    return papers.make_council(paper)


@pytest.fixture(scope="module")
def provisional():
    """In English, without number, date, reply or proposals, before sealing."""
    bare = structs.replace(CONSULTATION, reply={}, proposals={}, sample=False)
    return papers.make_council(sample_paper(consultation=bare, report=sample_report(provisional=True), language="en", number=None, signed_on=None))


def figures_of(report):
    """Every count and percent that the report lets anybody see, as the paper must print it."""
    for tally in report.questions:
        yield from (number_words(count, "vi") for count in (tally.answered, tally.missing))
        if tally.mean is not None:
            yield number_words(tally.mean, "vi", decimals=2)
        if tally.satisfied_percent is not None:
            yield number_words(tally.satisfied_percent, "vi", decimals=2)
        for options in (tally.options, *(group.options for groups in tally.groups.values() for group in groups)):
            for option in options:
                if not option.suppressed:
                    yield number_words(option.count, "vi")
                    yield number_words(option.percent if tally.kind != "points" else option.mean_share, "vi", decimals=2)
        yield from (number_words(option.mean_rank, "vi", decimals=2) for option in tally.options if option.mean_rank is not None)
    for merged in report.merged:
        yield from (number_words(option.percent, "vi", decimals=2) for option in merged.options)


def test_every_figure_of_the_report_is_printed(paper, pdf):
    printed = set(" ".join(pages(pdf)).replace("(", " ").replace(")", " ").replace(";", " ").split())

    assert set(figures_of(paper.report)) - printed == set()


def test_every_village_is_printed_with_its_share_or_without_a_base(paper, pdf):
    text = " ".join(pages(pdf))

    for village in paper.report.turnout.villages:
        counts = " ".join(number_words(count, "vi") for count in (*village.by_channel.values(), village.answered))
        households = number_words(village.households, "vi") if village.households else "chưa có"
        share = f"{number_words(village.share.value, 'vi', decimals=2)} %" if village.households else "chưa có số hộ"
        assert f"{village.name} {households} {counts} {share}" in text


def test_first_page_is_enough_to_vote_on(pdf):
    first = pages(pdf)[0]

    for words in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc Thanh Khê, ngày 02 tháng 11 năm 2026",
        "ỦY BAN NHÂN DÂN THÀNH PHỐ ĐÀ NẴNG ỦY BAN NHÂN DÂN PHƯỜNG THANH KHÊ Số: 05/BC-UBND",
        "BÁO CÁO Kết quả lấy ý kiến Nhân dân về “Dự thảo kế hoạch cải tạo đường số 5”",
        "Căn cứ Luật Thực hiện dân chủ ở cơ sở số 10/2022/QH15, các Điều 25 đến 29;",
        "Số phiếu trả lời 640",
        "Đồng ý: 388; Không đồng ý: 144; Ý kiến khác: 87; không trả lời: 21",
        "Đề xuất: Đề nghị Hội đồng nhân dân phường thông qua",
    ):
        assert words in first


def test_pages_are_numbered_from_the_second_and_annexes_on_their_own(pdf):
    text = pages(pdf)
    annexes = [index for index, page in enumerate(text) if page.startswith("Phụ lục")]

    for start, end in zip([0, *annexes], [*annexes, len(text)], strict=True):
        numbers = [page.removesuffix(" DỮ LIỆU MẪU").rsplit(" ", 1)[-1] for page in text[start + 1 : end]]
        starts = [page.split(" ", 1)[0] for page in text[start + 1 : end]]
        for place, (first, last) in enumerate(zip(starts, numbers, strict=True), start=2):
            assert str(place) in (first, last)
        assert not text[start].startswith("1 ")


def test_outline_names_the_four_sections_and_every_annex(pdf):
    top = [title for level, title in headings(pdf) if level <= 1]

    assert top == [
        "BÁO CÁO Kết quả lấy ý kiến Nhân dân về “Dự thảo kế hoạch cải tạo đường số 5”",
        "I. TÌNH HÌNH TRIỂN KHAI",
        "II. KẾT QUẢ LẤY Ý KIẾN",
        "III. TIẾP THU, GIẢI TRÌNH",
        "IV. ĐỀ XUẤT, KIẾN NGHỊ",
        "Phụ lục I SỐ LIỆU TỪNG CÂU HỎI",
        "Phụ lục II SỐ LIỆU THEO THÔN, TỔ DÂN PHỐ VÀ HÌNH THỨC TRẢ LỜI",
        "Phụ lục III SỐ LIỆU CỦA CÁC HÌNH THỨC LẤY Ý KIẾN KHÁC",
        "Phụ lục IV PHIẾU LẤY Ý KIẾN",
        "Phụ lục V NGUỒN VÀ CÁCH KIỂM TRA SỐ LIỆU",
    ]


def test_paper_is_titled_tagged_and_in_its_language(pdf):
    with opened(pdf) as document:
        assert str(document.Root.Lang) == "vi"
        assert str(document.docinfo.Title) == "Kết quả lấy ý kiến Nhân dân về “Dự thảo kế hoạch cải tạo đường số 5”"
        assert str(document.docinfo.Author) == "Ủy ban nhân dân phường Thanh Khê"
        assert document.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in document.Root


def test_paper_is_archival_and_accessible_by_its_own_word(pdf):
    """veraPDF says the same of PDF/A-2a and PDF/UA-1, where it is installed."""
    with opened(pdf) as document:
        told = document.Root.Metadata.read_bytes().decode()
        assert 'pdfaid:part="2"' in told
        assert 'pdfaid:conformance="A"' in told
        assert "<pdfuaid:part>1</pdfuaid:part>" in told
        assert document.Root.ViewerPreferences.DisplayDocTitle
        assert [str(intent.S) for intent in document.Root.OutputIntents] == ["/GTS_PDFA1"]


def test_every_page_of_sample_data_says_so(pdf):
    assert [page for page in pages(pdf) if "DỮ LIỆU MẪU" not in page] == []


def test_every_page_before_sealing_says_so(provisional):
    text = pages(provisional)

    assert [page for page in text if "PROVISIONAL, NOT SEALED" not in page] == []
    assert "The data are sealed" not in " ".join(text)


def test_paper_without_reply_or_proposal_says_so(provisional):
    text = " ".join(pages(provisional))

    assert "had entered no reply" in text
    assert "had entered no proposal" in text


def test_paper_without_number_leaves_room_for_a_pen(provisional):
    assert "No.: /BC-UBND" in " ".join(pages(provisional)).replace("\u2002", "")


def test_english_paper_holds_no_vietnamese_sentence_of_ours(provisional):
    with opened(provisional) as document:
        assert str(document.Root.Lang) == "en"
    text = " ".join(pages(provisional))
    for words in ("Số phiếu", "Trả lời", "Không trả lời", "Phụ lục", "Câu hỏi"):
        assert words not in text


def test_open_answer_that_nobody_released_is_counted_and_not_printed(paper, pdf):
    text = " ".join(pages(pdf))

    assert "Nguyễn Văn A" not in text
    assert "Làm từng đoạn, không đào cả tuyến một lúc." in text
    withheld = next(tally for tally in paper.report.questions if tally.name == "wish").words_withheld + 1
    assert f"{withheld} ý kiến bằng lời không in ở đây" in text


def test_hostile_text_is_printed_as_it_was_written(pdf):
    assert "{{7*7}} <script>alert(1)</script> <img src=file:///etc/passwd>" in " ".join(pages(pdf))
    with opened(pdf) as document:
        assert [page for page in document.pages if "/Annots" in page] == []
        assert "/EmbeddedFiles" not in document.Root.get("/Names", {})


def test_body_ends_as_papers_do_and_last_page_names_its_data(paper, pdf):
    text = pages(pdf)

    assert "phường Thanh Khê./." in " ".join(text)
    assert paper.report.data_hash in text[-1].replace(" ", "")
    assert "ydan verify duong-so-5" in text[-1]


def test_consultation_that_nobody_answered_still_makes_a_paper():
    text = " ".join(pages(papers.make_council(sample_paper(report=sample_report(people=0)))))

    assert "Số phiếu trả lời: 0." in text
    assert "Theo hình thức:" not in text


def test_same_paper_twice_is_the_same_bytes(paper, pdf):
    assert papers.make_council(paper) == pdf


def test_each_legal_ground_stands_once():
    law = "Luật Thực hiện dân chủ ở cơ sở số 10/2022/QH15, các Điều 25 đến 29"
    cited = structs.replace(CONSULTATION, legal_ground={"vi": f"{law}; Nghị định số 59/2023/NĐ-CP.\nNghị định số 59/2023/NĐ-CP."})

    assert letterhead.grounds(sample_paper(consultation=cited)) == [law, "Nghị định số 59/2023/NĐ-CP"]
