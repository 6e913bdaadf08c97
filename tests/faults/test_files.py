"""Files of residents: hostile ones are refused, foreign ones count for nothing, what nobody claims goes, what is withdrawn goes too."""

import datetime
import io
from pathlib import Path
from typing import Any

import httpx
import pikepdf
import pytest
from litestar import Litestar
from msgspec import structs
from PIL import Image

from server import sent
from server.database import DB
from surveys.consultation import Consultation, Person, State
from surveys.kinds import File
from surveys.questionnaire import Question, Questionnaire, Section
from tests.conftest import SetClock
from tests.server import every
from tests.server.asked import asked
from tests.server.personas import signed_in
from tests.server.test_media import office, paper, photo

pytestmark = pytest.mark.anyio

FORM = Questionnaire((Section("s", (Question("anh", File(("image", "pdf"), 5), {"vi": "Ảnh"}), Question("tep", File(("office",)), {"vi": "Tệp"}))),))
JPEG, PNG = "image/jpeg", "image/png"


@pytest.fixture
async def held(app: Litestar, persons: dict[str, Person], clock: SetClock) -> Consultation:
    return await asked(DB.pool, persons["author"], clock.now(), questionnaire=FORM)


async def send(client: httpx.AsyncClient, held: Consultation, content: bytes, question: str = "anh", name: str = "a.jpg") -> httpx.Response:
    data = {"question": question} if question else {}
    return await client.post(f"/api/v1/consultations/{held.slug}/files", data=data, files={"file": (name, content, "application/octet-stream")})


async def answer(client: httpx.AsyncClient, held: Consultation, answers: dict[str, Any], key: str = "the-first-key") -> httpx.Response:
    return await client.post(f"/api/v1/consultations/{held.slug}/responses", json={"answers": answers}, headers={"Idempotency-Key": key})


async def rows() -> list[dict[str, Any]]:
    return [dict(row) for row in await DB.pool.fetch("SELECT id, created, claimed, settled FROM upload ORDER BY id")]  # type: ignore[union-attr]


def kept(app: Litestar) -> list[Path]:
    folder = app.state.settings.sent
    return sorted(folder.iterdir()) if folder.exists() else []


async def test_photo_is_kept_without_place_name_and_time(client: httpx.AsyncClient, app: Litestar, held: Consultation) -> None:
    given = await send(client, held, photo(), name="nha_ong_Ba.jpg")

    [file] = kept(app)
    assert (given.status_code, given.json()) == (201, {"file": file.name})
    assert dict(Image.open(io.BytesIO(file.read_bytes())).getexif()) == {}
    assert file.stat().st_mtime == 0
    assert b"nha_ong_Ba" not in file.read_bytes()


SCRIPT = paper(OpenAction=pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)")))


@pytest.mark.parametrize(
    ("content", "question", "status", "code"),
    [
        (b"<svg onload='alert(1)'/>", "anh", 422, "not_such_a_file"),
        (b"MZ" + bytes(500), "anh", 422, "not_such_a_file"),
        (SCRIPT, "anh", 422, "file_active"),
        (office(), "anh", 422, "not_such_a_file"),
        (photo(20, 20), "tep", 422, "not_such_a_file"),
        (b"\xff\xd8\xff" + bytes(5_100_000), "anh", 413, "file_too_big"),
        (b"\xff\xd8\xff" + bytes(12_000_000), "anh", 413, "too_large_body"),
        (photo(20, 20), "khong_co", 422, "no_file_question"),
    ],
    ids=["svg", "program", "script in a PDF", "office for a photo", "photo for office", "over its limit", "over every limit", "no such question"],
)
async def test_bad_file_is_refused(client: httpx.AsyncClient, app: Litestar, held: Consultation, content: bytes, question: str, status: int, code: str) -> None:
    refused = await send(client, held, content, question)

    assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert (await rows(), kept(app)) == ([], [])


async def test_request_without_a_file_is_refused(client: httpx.AsyncClient, held: Consultation) -> None:
    refused = await client.post(f"/api/v1/consultations/{held.slug}/files", data={"question": "anh"})

    assert (refused.status_code, refused.json()["code"]) == (422, "no_file_given")


async def test_nothing_is_taken_once_it_is_closed(client: httpx.AsyncClient, app: Litestar, held: Consultation, clock: SetClock) -> None:
    clock.move(days=60)

    refused = await send(client, held, photo(20, 20))

    assert (refused.status_code, refused.json()["code"], kept(app)) == (403, "closed", [])


async def test_foreign_and_invented_files_are_refused(client: httpx.AsyncClient, persons: dict[str, Person], held: Consultation, clock: SetClock) -> None:
    other = await asked(DB.pool, persons["author"], clock.now(), questionnaire=FORM)
    foreign = (await send(client, other, photo(20, 20))).json()["file"]

    for file in (foreign, "0" * 32):
        refused = await answer(client, held, {"anh": file})
        assert (refused.status_code, refused.json()["problems"][0]["code"]) == (422, "file_gone")
    page = await client.post(f"/c/{held.slug}/check/files", data={"anh": foreign})
    assert page.status_code == 422
    assert f'value="{foreign}"' not in page.text


async def test_claimed_file_has_no_day_and_a_repeat_is_a_repeat(client: httpx.AsyncClient, held: Consultation) -> None:
    file = (await send(client, held, photo(20, 20))).json()["file"]
    assert [row["created"] for row in await rows()] == [datetime.date(2026, 11, 23)]

    statuses = [(await answer(client, held, {"anh": file})).status_code for _ in range(2)]

    assert statuses == [201, 200]
    assert await rows() == [{"id": file, "created": None, "claimed": True, "settled": False}]


async def test_unclaimed_files_go_and_claimed_ones_stay(client: httpx.AsyncClient, app: Litestar, held: Consultation, clock: SetClock) -> None:
    claimed, lonely = [(await send(client, held, photo(20, 20))).json()["file"] for _ in range(2)]
    await answer(client, held, {"anh": claimed})
    orphan = app.state.settings.sent / ("f" * 32)
    orphan.write_bytes(b"left by a process that died")

    await sent.tidy(app.state.settings, today=clock.today() + datetime.timedelta(days=1))
    assert {file.name for file in kept(app)} == {claimed, lonely, orphan.name}
    await sent.tidy(app.state.settings, today=clock.today() + datetime.timedelta(days=2))

    assert {file.name for file in kept(app)} == {claimed, orphan.name}
    assert sent.left_behind(app.state.settings.sent) == []


async def test_withdrawn_answer_takes_its_file_along(client: httpx.AsyncClient, app: Litestar, held: Consultation) -> None:
    file = (await send(client, held, photo(20, 20))).json()["file"]
    receipt = (await answer(client, held, {"anh": file})).json()["receipt"]

    gone = await client.delete(f"/api/v1/consultations/{held.slug}/receipts/{receipt}")

    assert gone.json() == {"state": "withdrawn"}
    assert (await rows(), kept(app)) == ([], [])


async def test_sealed_files_are_written_anew_in_an_order_of_chance(client: httpx.AsyncClient, app: Litestar, held: Consultation, clock: SetClock) -> None:
    files = [(await send(client, held, photo(20, 20))).json()["file"] for _ in range(2)]
    for at, file in enumerate(files):
        await answer(client, held, {"anh": file}, key=f"key-number-{at}")
    before = {file.name: (file.stat().st_ctime_ns, file.read_bytes()) for file in kept(app)}
    await DB.pool.execute("UPDATE consultation SET state = 'sealed'")  # type: ignore[union-attr]

    await sent.tidy(app.state.settings, today=clock.today())

    after = {file.name: (file.stat().st_ctime_ns, file.read_bytes()) for file in kept(app)}
    assert {name: content for name, (_, content) in after.items()} == {name: content for name, (_, content) in before.items()}
    assert min(time for time, _ in after.values()) > max(time for time, _ in before.values())
    assert all(row["settled"] for row in await rows())


async def test_officials_download_as_attachments_by_right(client: httpx.AsyncClient, app: Litestar, held: Consultation) -> None:
    file = (await send(client, held, photo(20, 20))).json()["file"]
    waiting = (await send(client, held, photo(20, 20))).json()["file"]
    await answer(client, held, {"anh": file})
    address = f"/desk/{held.slug}/files"
    async for author in signed_in(app, "author"):
        assert (await author.get(f"{address}/{file}")).status_code == 403
        await DB.pool.execute("UPDATE consultation SET state = 'closed'")  # type: ignore[union-attr]
        room, given = await author.get(address), await author.get(f"{address}/{file}")
        assert (await author.get(f"{address}/{waiting}")).status_code == 404
    async for stranger in signed_in(app, "stranger"):
        assert (await stranger.get(f"{address}/{file}")).status_code == 404

    assert "Tệp 1" in room.text
    assert f"{address}/{file}" in room.text
    assert given.headers["content-disposition"].startswith("attachment")
    assert given.headers["x-content-type-options"] == "nosniff"
    assert Image.open(io.BytesIO(given.content)).size == (20, 20)


async def test_picture_is_shown_by_its_own_consultation_only(client: httpx.AsyncClient, app: Litestar, persons: dict[str, Person], clock: SetClock) -> None:
    from server.media import keep_media

    (app.state.settings.data / "given").write_bytes(every.picture())
    name = await keep_media(app.state.settings.data / "given", sort="image", folder=app.state.settings.files)
    shown = structs.replace(FORM, sections=(Section("s", (Question("anh", File(), {"vi": "Ảnh"}, image=name),)),))
    mine = await asked(DB.pool, persons["author"], clock.now(), questionnaire=shown)
    other = await asked(DB.pool, persons["author"], clock.now(), questionnaire=FORM)
    draft = await asked(DB.pool, persons["author"], clock.now(), questionnaire=shown, state=State.DRAFT)

    picture = await client.get(f"/c/{mine.slug}/media/{name}")
    statuses = [(await client.get(f"/c/{slug}/media/{name}")).status_code for slug in (other.slug, draft.slug)]
    statuses += [(await client.get(f"/c/{mine.slug}/media/{wrong}")).status_code for wrong in ("../secret", f"{'0' * 64}.webp", f"{name}x")]

    assert (picture.status_code, picture.headers["content-type"]) == (200, "image/webp")
    assert "immutable" in picture.headers["cache-control"]
    assert statuses == [404] * 5
