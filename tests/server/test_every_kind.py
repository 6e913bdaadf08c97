"""Every kind of question without script: form, check answers, send, and what is stored then. And the same by a program."""

import re
from typing import Any

import httpx
import msgspec
import pytest
from litestar import Litestar

from server.database import DB
from surveys.consultation import Consultation, Person
from tests.conftest import SetClock
from tests.server import every
from tests.server.asked import asked
from tests.server.pages import errors
from tests.server.road import code, flat, heading, hidden

pytestmark = pytest.mark.anyio


@pytest.fixture
async def held(app: Litestar, persons: dict[str, Person], clock: SetClock) -> Consultation:
    return await asked(DB.pool, persons["author"], clock.now(), questionnaire=every.questionnaire())


async def stored() -> dict[str, Any]:
    return msgspec.json.decode(await DB.pool.fetchval("SELECT answers FROM answer"), type=dict[str, Any])  # type: ignore[union-attr]


async def stand_in(client: httpx.AsyncClient, slug: str, **changes: Any) -> httpx.Response:
    """The filled form as a browser without script sends it, with a photo."""
    photo = {"anh/file": ("IMG_2041.jpg", every.picture(), "image/jpeg")}
    return await client.post(f"/c/{slug}/check/files", data={**every.FORM, **changes}, files=photo)


async def test_every_kind_without_script(client: httpx.AsyncClient, held: Consultation) -> None:
    form = await client.get(f"/c/{held.slug}/form")
    checked = await stand_in(client, held.slug)
    assert checked.status_code == 200, errors(checked)
    sent = await client.post(f"/c/{held.slug}/send", data=hidden(checked))

    values = await stored()
    assert 'enctype="multipart/form-data"' in form.text
    assert code(sent)
    assert re.fullmatch("[0-9a-f]{32}", values.pop("anh"))
    assert values.pop("xa") in every.units_called("tan an")
    assert values == every.VALUES
    assert "IMG_2041" not in str(await DB.pool.fetch("SELECT * FROM upload"))  # type: ignore[union-attr]


async def test_check_page_says_every_answer_in_words(client: httpx.AsyncClient, held: Consultation) -> None:
    page = flat(await stand_in(client, held.slug))

    for words in (
        "Ý khác: Xe đạp", "Ông/bà đi Ý khác: Xe đạp: để ở đâu?", "1. Đèn 2. Đường 3. Cây xanh", "Đường: 60 triệu đồng", "Ngõ 12 Trần Cao Vân",
        "Ngõ 3 Trần Cao Vân; Ngõ 5 Trần Cao Vân", "Nhân lại", "18,0 mét người", "01/05/2021", "07:30", "Phường Thanh Khê, Thành phố Đà Nẵng",
        "0,25; 0,5", "16,0678; 108,2208", "Đã nhận: ảnh,", "Ý kiến khác: Làm vỉa hè trước.",
    ):  # fmt: skip
        assert words in page.replace("\n", " "), words
    assert "Nhà có 4 người" not in page


async def test_mistakes_keep_all_that_was_typed_and_the_photo(client: httpx.AsyncClient, held: Consultation) -> None:
    wrong = {"thu_tu/duong": "1", "chia/den": "70", "so_nguoi": "99", "gio": "25 giờ", "ngo/typed": "ngo 1", "cho/lat": "97", "xa": "tan an"}

    page = await stand_in(client, held.slug, **wrong)

    assert page.status_code == 422
    said = errors(page)
    for words in ("Có hai ý cùng một hạng", "Đã chia 130, cần đúng 100", "99 lớn hơn mức cao nhất là 30", "“25 giờ” không phải là giờ", "ngoài bản đồ"):
        assert any(words in line for line in said), (words, said)
    assert any("Có nhiều nơi tên “tan an”: Phường Tân An" in line or "Có nhiều nơi tên “tan an”: Xã Tân An" in line for line in said)
    assert any("Có nhiều ý giống “ngo 1”: Ngõ 1 Trần Cao Vân, Ngõ 10" in line for line in said)
    photo = hidden(page)["anh"]
    assert re.fullmatch("[0-9a-f]{32}", photo[0])
    assert 'value="25 giờ"' in page.text
    assert "Đã nhận: ảnh," in page.text
    again = await client.post(f"/c/{held.slug}/check/files", data={**every.FORM, "anh": photo[0]})
    assert heading(again) == "Xem lại trước khi gửi"


async def test_piped_words_stand_escaped_in_later_texts(client: httpx.AsyncClient, held: Consultation) -> None:
    hostile = "<img src=x onerror=alert(1)>{{7*7}}${so_nguoi}"

    page = await stand_in(client, held.slug, **{"di_bang/text": hostile, "thu_tu/duong": "1"})

    assert page.status_code == 422
    assert "<img" not in page.text
    assert '<span data-pipe="di_bang">Ý khác: &lt;img src=x onerror=alert(1)&gt;{{7*7}}${so_nguoi}</span>' in page.text


async def test_choice_that_is_not_offered_is_left_out(client: httpx.AsyncClient, held: Consultation) -> None:
    page = await stand_in(client, held.slug, do_xe="gui")

    assert page.status_code == 200
    await client.post(f"/c/{held.slug}/send", data=hidden(page))
    assert "do_xe" not in await stored()


async def test_conditions_of_choices_are_told_in_words(client: httpx.AsyncClient, held: Consultation) -> None:
    assert "Chỉ chọn nếu:" in (await client.get(f"/c/{held.slug}/form")).text
    assert "Choose only if:" in (await client.get(f"/c/{held.slug}/form?lang=en")).text


async def test_long_lists_are_fetched_when_wanted(client: httpx.AsyncClient, held: Consultation) -> None:
    form = await client.get(f"/c/{held.slug}/form")
    lanes = await client.get(f"/c/{held.slug}/choices/ngo?v=1&lang=en", headers={"Accept-Encoding": "br"})

    assert "Ngõ 12 Trần Cao Vân" not in form.text
    assert lanes.json()["options"][11] == ["n12", "Lane 12 Trần Cao Vân"]
    assert lanes.headers["content-type"] == "application/json"
    assert (await client.get(f"/c/{held.slug}/choices/ngo?v=1&lang=en", headers={"If-None-Match": lanes.headers["etag"]})).status_code == 304
    assert [(await client.get(f"/c/{held.slug}/choices/{name}")).status_code for name in ("can", "nothing")] == [404, 404]


async def test_units_are_found_in_one_light_list(client: httpx.AsyncClient, app: Litestar) -> None:
    async with client.stream("GET", "/units.json", headers={"Accept-Encoding": "br"}) as answer:
        raw = b"".join([part async for part in answer.aiter_raw()])
    every_unit = (await client.get("/units.json")).json()
    of_one = (await client.get("/units.json?within=48")).json()

    assert len(raw) < 30_000
    assert (len(every_unit["provinces"]), len(every_unit["wards"])) == (34, 3321)
    assert [name for _, name in of_one["provinces"]] == ["Thành phố Đà Nẵng"]
    assert ["20209", "Phường Thanh Khê", 0] in of_one["wards"]


async def test_villages_of_a_ward(client: httpx.AsyncClient, villages: list[Any], held: Consultation) -> None:
    listed = (await client.get("/units/20209/villages.json")).json()["villages"]
    first = listed[0][0]

    page = await stand_in(client, held.slug, **{"thon": "", "thon/code": f"20209/{first}"})
    stranger = await stand_in(client, held.slug, **{"thon": "", "thon/code": "20209/5b0b7f0e-0000-4000-8000-000000000000"})

    assert listed[0][1] == "Tổ dân phố 1"
    assert "Tổ dân phố 1, Phường Thanh Khê, Thành phố Đà Nẵng" in flat(page)
    assert (stranger.status_code, any("Không có thôn" in line for line in errors(stranger))) == (422, True)


API: dict[str, Any] = {name: value for name, value in every.VALUES.items() if name not in ("tich", "im")} | {"xa": "20209"}


async def test_every_kind_by_a_program(client: httpx.AsyncClient, held: Consultation) -> None:
    here = f"/api/v1/consultations/{held.slug}"
    photo = await client.post(f"{here}/files", data={"question": "anh"}, files={"file": ("a.jpg", every.picture(), "image/jpeg")})
    assert photo.status_code == 201
    answers = API | {"anh": photo.json()["file"]}

    first = await client.post(f"{here}/responses", json={"answers": answers}, headers={"Idempotency-Key": "a-first-key"})
    repeat = await client.post(f"{here}/responses", json={"answers": answers}, headers={"Idempotency-Key": "a-first-key"})

    assert (first.status_code, repeat.status_code) == (201, 200), first.text
    assert await stored() == every.VALUES | {"xa": "20209", "anh": photo.json()["file"]}


async def test_definition_says_where_pictures_are(client: httpx.AsyncClient, persons: dict[str, Person], clock: SetClock) -> None:
    name = f"{'a' * 64}.webp"
    made = await asked(DB.pool, persons["author"], clock.now(), questionnaire=every.questionnaire(picture=name))

    assert (await client.get(f"/api/v1/consultations/{made.slug}")).json()["media"] == {name: f"/c/{made.slug}/media/{name}"}
