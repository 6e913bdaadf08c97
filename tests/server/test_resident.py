"""What residents read and send, without script: nothing stored before sending, nothing typed lost."""

import re
from typing import Any

import httpx
import pytest
from litestar import Litestar

from server.database import DB
from surveys.consultation import Consultation, Person, State
from surveys.review import minutes
from tests.conftest import SetClock
from tests.server.asked import ANSWERS, QUESTIONNAIRE, asked
from tests.server.road import code, flat, heading, hidden, sent, stored

pytestmark = pytest.mark.anyio


async def test_front_page_lists_what_is_open_and_finds_a_ward_without_tones(client: httpx.AsyncClient, road: Consultation) -> None:
    page = await client.get("/?q=thanh+khe")

    assert page.status_code == 200
    assert "Có nên mở rộng đường số 5?" in page.text
    assert "Đến 23:59 ngày 20/12/2026" in page.text
    assert "còn 27 ngày" in page.text
    assert 'href="/?unit=20209"' in page.text
    assert heading(await client.get("/?unit=20209&lang=en")) == "Phường Thanh Khê asks its residents"
    assert "Nothing is open at the moment." in (await client.get("/?unit=20197&lang=en")).text


async def test_plan_says_what_when_who_and_by_which_law(client: httpx.AsyncClient, road: Consultation) -> None:
    page = await client.get(f"/c/{road.slug}")

    assert heading(page) == "Có nên mở rộng đường số 5?"
    for words in (
        "24 hộ mặt tiền",
        "Luật Thực hiện dân chủ ở cơ sở",
        "Ủy ban nhân dân phường Thanh Khê",
        'href="tel:02363712345"',
        "503 Trần Cao Vân",
        f"khoảng {minutes(QUESTIONNAIRE)} phút",
    ):
        assert words in page.text


async def test_empty_form_holds_every_question_and_nothing_chosen(client: httpx.AsyncClient, road: Consultation) -> None:
    page = await client.get(f"/c/{road.slug}/form")

    assert page.status_code == 200
    assert re.findall(r'data-question="(\w+)"', page.text) == [question.name for question in QUESTIONNAIRE.questions()]
    assert " checked" not in page.text
    assert " selected" not in page.text


async def test_answers_are_checked_sent_and_receipted_without_script(client: httpx.AsyncClient, road: Consultation, villages: list[Any]) -> None:
    review = await client.post(f"/c/{road.slug}/check", data={**ANSWERS, ":version": "1", ":village": villages[1].id})
    assert heading(review) == "Xem lại trước khi gửi"
    for words in (
        "Không đồng ý",
        "Mất sân trước.",
        "Không hài lòng",
        "Thoát nước: Không có ý kiến",
        "Đèn; Ý khác: Vỉa hè",
        "4,5 mét",
        "01/05/2021",
        "Tổ dân phố 2",
    ):
        assert words in review.text
    assert await stored() == []

    page = await client.post(f"/c/{road.slug}/send", data=hidden(review))

    assert page.status_code == 200
    assert page.headers["cache-control"] == "no-store"
    assert re.fullmatch(r"([A-Z2-9]{5}-[A-Z2-9]{4}-){2}[A-Z2-9]{5}-[A-Z2-9]{4}", code(page))
    [answer] = await stored()
    assert (answer["village"], answer["channel"], answer["language"], answer["version"]) == (villages[1].id, "web", "vi", 1)
    assert '"tung_mat": {"den": 3, "thoat_nuoc": "kb"}' in answer["answers"]
    turnout = await DB.pool.fetch("SELECT village, day::text, answered FROM turnout")  # type: ignore[union-attr]
    assert [tuple(row) for row in turnout] == [(villages[1].id, "2026-11-23", 1)]


async def test_sending_twice_shows_the_same_receipt_and_stores_once(client: httpx.AsyncClient, road: Consultation) -> None:
    review = await client.post(f"/c/{road.slug}/check", data=ANSWERS)

    first = await client.post(f"/c/{road.slug}/send", data=hidden(review))
    again = await client.post(f"/c/{road.slug}/send", data=hidden(review))

    assert code(first) == code(again)
    assert len(await stored()) == 1


async def test_other_answers_under_the_same_key_are_told_that_they_came_late(client: httpx.AsyncClient, road: Consultation) -> None:
    review = await client.post(f"/c/{road.slug}/check", data=ANSWERS)
    first = await client.post(f"/c/{road.slug}/send", data=hidden(review))

    again = await client.post(f"/c/{road.slug}/send", data={**hidden(review), "so_nguoi": "5"})

    assert again.status_code == 409
    assert code(again) == code(first)
    assert [answer["answers"].count('"so_nguoi": 4') for answer in await stored()] == [1]


async def test_mistakes_are_all_said_and_everything_typed_stays(client: httpx.AsyncClient, road: Consultation) -> None:
    typed = {**ANSWERS, "dong_y": "", "so_nguoi": "bốn", "xe": "bay", "gop_y": "<b>'\"&" + "x" * 300, "cho_phep": ""}
    typed |= {"tung_mat/den": "7", "uu_tien": ["den", "cay", "khong"]}

    page = await client.post(f"/c/{road.slug}/check", data=typed)

    assert page.status_code == 422
    links = re.findall(r'<li><a href="#f-([^"]+)">', page.text)
    assert sorted(links) == sorted(["dong_y", "xe", "so_nguoi", "gop_y", "tung_mat/den", "uu_tien", "cho_phep"])
    for link in links:
        assert f'id="f-{link}"' in page.text
    assert 'value="bốn"' in page.text
    assert "&lt;b&gt;&#39;&#34;&amp;xxx" in page.text
    assert len(re.findall(r'value="(?:den|cay|khong)" checked', flat(page))) == 3
    assert page.text.count("<title>Cần sửa: ") == 1
    assert await stored() == []


async def test_changing_an_answer_brings_the_form_back_as_it_was(client: httpx.AsyncClient, road: Consultation, villages: list[Any]) -> None:
    review = await client.post(f"/c/{road.slug}/check", data={**ANSWERS, ":village": villages[0].id})

    form = await client.post(f"/c/{road.slug}/form", data=hidden(review))

    assert form.status_code == 200
    assert 'name="hai_long" value="2" checked' in flat(form)
    assert ">\nMất sân trước.</textarea>" in form.text
    assert f'value="{villages[0].id}" selected' in flat(form)
    assert hidden(form)[":key"] == hidden(review)[":key"]


async def test_questions_that_are_not_asked_are_neither_required_nor_stored(client: httpx.AsyncClient, road: Consultation) -> None:
    page = await sent(client, road.slug, {**ANSWERS, "dong_y": "agree", "hai_long": "5"})

    assert page.status_code == 200
    [answer] = await stored()
    assert "vi_sao" not in answer["answers"]
    assert "uu_tien" not in answer["answers"]


async def test_form_of_an_earlier_version_keeps_its_version(client: httpx.AsyncClient, road: Consultation) -> None:
    await DB.pool.execute("INSERT INTO questionnaire SELECT consultation, 2, content FROM questionnaire")  # type: ignore[union-attr]
    editions = '{"editions": [{"version": 1, "since": "2026-11-20"}, {"version": 2, "since": "2026-11-23"}]}'
    await DB.pool.execute("UPDATE consultation SET version = 2, details = details || $1::jsonb", editions)  # type: ignore[union-attr]

    await sent(client, road.slug, {**ANSWERS, ":version": "1"})
    await sent(client, road.slug, {**ANSWERS, ":version": "99"})

    assert sorted(answer["version"] for answer in await stored()) == [1, 2]


@pytest.mark.parametrize(("day", "hour", "status"), [("2026-12-20", "23:59", 200), ("2026-12-21", "00:00", 403), ("2026-11-19", "23:59", 403)])
async def test_the_closing_hour_decides_and_keeps_what_was_typed(
    client: httpx.AsyncClient, persons: dict[str, Person], clock: SetClock, day: str, hour: str, status: int
) -> None:
    road = await asked(DB.pool, persons["author"], clock.now(), state=State.APPROVED)
    clock.set(day, hour)

    page = await client.post(f"/c/{road.slug}/send", data={**ANSWERS, ":key": "k" * 32})

    assert page.status_code == status
    assert len(await stored()) == (status == 200)
    if day == "2026-12-21":
        assert heading(page) == "Đợt lấy ý kiến đã kết thúc ngày 20/12/2026."
        assert "Mất sân trước." in page.text
    if day == "2026-11-19":
        assert heading(page) == "Đợt lấy ý kiến chưa mở, mở từ ngày 20/11/2026."


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (State.APPROVED, "Chưa mở."),
        (State.CLOSED, "Kết quả sẽ được công bố ở trang này."),
        (State.PUBLISHED, '/results">'),
        (State.CANCELLED, "Dự thảo đã được rút."),
    ],
)
async def test_plan_of_what_takes_no_answers_says_why(client: httpx.AsyncClient, persons: dict[str, Person], clock: SetClock, state: State, words: str) -> None:
    clock.set("2026-11-10")
    road = await asked(DB.pool, persons["author"], clock.now(), state=state, cancel_reason="Dự thảo đã được rút." if state is State.CANCELLED else "")

    plan, form = await client.get(f"/c/{road.slug}"), await client.get(f"/c/{road.slug}/form")

    assert words in plan.text
    assert "Bắt đầu trả lời" not in plan.text
    assert form.status_code == 403
    assert "<form" not in form.text


@pytest.mark.parametrize("state", [State.DRAFT, State.IN_REVIEW])
async def test_what_is_not_public_is_not_found(client: httpx.AsyncClient, persons: dict[str, Person], clock: SetClock, state: State) -> None:
    draft = await asked(DB.pool, persons["author"], clock.now(), state=state)

    statuses = [(await client.get(f"/c/{draft.slug}{room}")).status_code for room in ("", "/form", "/receipt")]
    statuses += [(await client.post(f"/c/{draft.slug}{room}", data=ANSWERS)).status_code for room in ("/form", "/check", "/send", "/receipt", "/withdraw")]

    assert statuses == [404] * 8
    assert (await client.get("/c/nothing-here")).status_code == 404


async def test_receipt_tells_and_withdraws_and_one_new_answer_may_follow(client: httpx.AsyncClient, road: Consultation) -> None:
    receipt = code(await sent(client, road.slug))

    told = await client.post(f"/c/{road.slug}/receipt", data={"receipt": f" {receipt.lower().replace('-', ' ')} "})
    assert "Phiếu này đang được tính." in told.text
    assert "Mất sân" not in told.text
    gone = await client.post(f"/c/{road.slug}/withdraw", data=hidden(told))
    assert "Đã rút phiếu." in gone.text
    assert await stored() == []

    form = await client.post(f"/c/{road.slug}/form", data=hidden(gone))
    assert " checked" not in form.text
    again = await sent(client, road.slug, {**ANSWERS, **hidden(form)})
    assert again.status_code == 200
    assert len(await stored()) == 1
    assert "Phiếu thay thế đã được nhận." in (await client.post(f"/c/{road.slug}/receipt", data={"receipt": receipt})).text

    third = await client.post(f"/c/{road.slug}/send", data={**ANSWERS, ":key": "another-key", ":receipt": receipt})
    assert third.status_code == 403
    assert "Mất sân trước." in third.text
    assert len(await stored()) == 1


async def test_unknown_receipt_and_late_withdrawal(client: httpx.AsyncClient, road: Consultation, clock: SetClock) -> None:
    receipt = code(await sent(client, road.slug))

    unknown = await client.post(f"/c/{road.slug}/receipt", data={"receipt": "ABCDE"})
    assert (unknown.status_code, 'value="ABCDE"' in unknown.text) == (404, True)
    clock.set("2026-12-21")
    late = await client.post(f"/c/{road.slug}/withdraw", data={"receipt": receipt})
    assert late.status_code == 403
    assert len(await stored()) == 1
    assert "Rút phiếu này" not in (await client.post(f"/c/{road.slug}/receipt", data={"receipt": receipt})).text


async def test_busy_server_keeps_what_was_typed_and_the_key(client: httpx.AsyncClient, app: Litestar, road: Consultation) -> None:
    review = await client.post(f"/c/{road.slug}/check", data=ANSWERS)
    await DB.pool.execute("ALTER TABLE turnout RENAME TO away")  # type: ignore[union-attr]

    page = await client.post(f"/c/{road.slug}/send", data=hidden(review))
    await DB.pool.execute("ALTER TABLE away RENAME TO turnout")  # type: ignore[union-attr]

    assert page.status_code == 503
    assert page.headers["retry-after"] == "5"
    assert hidden(page) == hidden(review)
    assert (await client.post(f"/c/{road.slug}/send", data=hidden(page))).status_code == 200
    assert len(await stored()) == 1


async def test_a_body_over_one_megabyte_is_refused(client: httpx.AsyncClient, road: Consultation) -> None:
    page = await client.post(f"/c/{road.slug}/check", data={**ANSWERS, "gop_y": "x" * 1_100_000})

    assert page.status_code == 413
