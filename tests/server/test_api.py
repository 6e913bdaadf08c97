"""The JSON API as anybody's program uses it: answers, receipts, definitions."""

import asyncio
import json

import httpx
import msgspec
import pytest
from litestar import Litestar

from server.database import DB
from surveys.consultation import Consultation
from tests.conftest import SetClock
from tests.server.asked import asked
from tests.server.desk import ENTRY, SLUG, TITLE
from tests.server.personas import WARD

pytestmark = pytest.mark.anyio

API = "/api/v1/consultations"
HERE = f"{API}/{SLUG}"
GOOD = {"visit": "counter", "matter": ["land", "welfare"], "trips": "2", "desk": {"waiting": "3"}, "overall": "4", "better": "Thêm ghế ngồi."}
KEY = "phieu-cua-toi-01"


@pytest.fixture
async def road(app: Litestar, persons, clock: SetClock) -> Consultation:
    """Open, with every kind of question."""
    return await asked(DB.pool, persons["author"], clock.now())


async def respond(client: httpx.AsyncClient, answers: object = None, *, key: str | None = KEY, here: str = HERE, **more: object) -> httpx.Response:
    headers = {} if key is None else {"Idempotency-Key": key}
    return await client.post(f"{here}/responses", json={"answers": good_answers() if answers is None else answers, **more}, headers=headers)


def good_answers() -> dict[str, object]:
    rows = [row.name for row in ENTRY.questionnaire.question("desk").kind.rows]
    return {**GOOD, "desk": {rows[0]: "3"}}


async def stored() -> int:
    return int(await DB.pool.fetchval("SELECT count(*) FROM answer"))


def told(answer: httpx.Response) -> dict[str, str]:
    """Problems by place."""
    assert answer.headers["content-type"] == "application/problem+json"
    assert all(set(problem) == {"code", "where", "message", "next"} and problem["message"] for problem in answer.json()["problems"])
    return {problem["where"]: problem["code"] for problem in answer.json()["problems"]}


def refused(answer: httpx.Response) -> tuple[int, str]:
    content = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert content["status"] == answer.status_code
    assert content["title"]
    return answer.status_code, content["code"]


# Answering.


async def test_a_repeat_gets_the_same_receipt_and_stores_nothing_more(client: httpx.AsyncClient, opened: Consultation) -> None:
    first, again = await respond(client), await respond(client)

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert await stored() == 1


async def test_the_same_key_with_another_answer_is_a_conflict(client: httpx.AsyncClient, opened: Consultation) -> None:
    await respond(client)

    assert refused(await respond(client, good_answers() | {"overall": "1"})) == (409, "key_reused")
    assert await stored() == 1


@pytest.mark.parametrize("key", [None, "", "ngắn", "short", "x" * 65, "with space!"])
async def test_without_a_usable_key_nothing_is_taken(client: httpx.AsyncClient, opened: Consultation, key: str | None) -> None:
    body = json.dumps({"answers": good_answers()}).encode()
    headers = {"Content-Type": "application/json"} | ({} if key is None else {"Idempotency-Key": key.encode()})

    assert refused(await client.post(f"{HERE}/responses", content=body, headers=headers)) == (400, "bad_key")
    assert await stored() == 0


async def test_every_problem_is_told_at_once(client: httpx.AsyncClient, road: Consultation) -> None:
    wrong = {
        "dong_y": {"stance": "maybe"}, "hai_long": "9", "tung_mat": {"den": "x", "nowhere": "1"}, "so_nguoi": 31, "mat_tien": "wide",
        "ngay": "2026-02-30", "gop_y": "d" * 201, "no_such": 1, "ghi_chu": "x",
    }  # fmt: skip

    answer = await respond(client, wrong, here=f"{API}/{road.slug}", village="Thôn Không Có", version=7)

    found = told(answer)
    assert refused(answer) == (422, "invalid")
    places = {"dong_y", "hai_long", "tung_mat/den", "so_nguoi", "mat_tien", "ngay", "gop_y", "no_such", "ghi_chu", "cho_phep", "village", "version"}
    assert places <= set(found)
    assert (found["no_such"], found["gop_y"], found["version"]) == ("unknown_question", "too_long", "other_version")
    assert await stored() == 0


async def test_what_is_required_is_missed(client: httpx.AsyncClient, opened: Consultation) -> None:
    assert told(await respond(client, {})) == {"visit": "required", "overall": "required"}


async def test_messages_are_in_the_language_asked_for(client: httpx.AsyncClient, opened: Consultation) -> None:
    vietnamese = await client.post(f"{HERE}/responses", json={"answers": {}}, headers={"Idempotency-Key": KEY})
    english = await client.post(f"{HERE}/responses?lang=en", json={"answers": {}}, headers={"Idempotency-Key": KEY})

    assert vietnamese.json()["problems"][0]["message"] != english.json()["problems"][0]["message"]
    assert english.json()["problems"][0]["message"].isascii()


@pytest.mark.parametrize("language", ["en", "vi-VN;q=0.4, en-GB;q=0.9", "fr, en;q=0.5"])
async def test_a_program_may_name_its_language_in_a_header(client: httpx.AsyncClient, opened: Consultation, language: str) -> None:
    answer = await client.post(f"{HERE}/responses", json={"answers": {}}, headers={"Idempotency-Key": KEY, "Accept-Language": language})

    assert answer.json()["problems"][0]["message"].isascii()


async def test_not_open_is_closed_with_the_day(client: httpx.AsyncClient, opened: Consultation, clock: SetClock) -> None:
    clock.set("2026-12-25", "00:00")
    answer = await respond(client)

    assert refused(answer) == (403, "closed")
    assert "24/12/2026" in answer.json()["title"]


async def test_announced_but_not_open_yet_is_closed_with_the_day(client: httpx.AsyncClient, in_review: Consultation, persons, clock: SetClock) -> None:
    await DB.pool.execute("UPDATE consultation SET state = 'approved', opens_on = '2026-11-30'")
    answer = await respond(client)

    assert refused(answer) == (403, "closed")
    assert "30/11/2026" in answer.json()["title"]


@pytest.mark.parametrize("given", [{"code": "ABCD-EFGH"}, {"code": ""}, {"receipt": "nonsense"}, {"receipt": "ABCDE-FGHJ-KMNPQ-RSTU-VWXYZ-2345"}])
async def test_codes_and_receipts_that_do_not_fit_are_refused_alike(client: httpx.AsyncClient, opened: Consultation, given: dict[str, str]) -> None:
    answer = await respond(client, **given)
    other = await respond(client, code="WXYZ")

    assert refused(answer) == (403, "code_not_accepted")
    assert {**answer.json(), "instance": ""} == {**other.json(), "instance": ""}
    assert await stored() == 0


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"null", b"[]", b"1", b'"x"', b'{"answers": []}', b'{"answers": null}', b'{"answers": {}, "version": "1"}', b'{"answers": {}, "code": 5}',
        b'{"answers": {}, "assistance": "lots"}', b'{"answers": {}, "language": 1}', b'\xff\xfe', b'{"answers": {"overall": NaN}}', b"[" * 5000,
        b'{"answers": ' + b'{"a":' * 5000,
    ],
)  # fmt: skip
async def test_what_is_no_answer_is_refused_in_problem_json(client: httpx.AsyncClient, opened: Consultation, body: bytes) -> None:
    answer = await client.post(f"{HERE}/responses", content=body, headers={"Idempotency-Key": KEY, "Content-Type": "application/json"})

    status, _ = refused(answer)
    assert status in (400, 422)
    assert await stored() == 0


@pytest.mark.parametrize(
    "value", [True, 1, 1.5, -1, 10**400, "\x00", "\ud800", [], [[]], {"a": {}}, {"stance": []}, ["den", "den"], {"choice": "other"}, "x" * 5000]
)
async def test_any_value_at_any_question_is_taken_or_told(client: httpx.AsyncClient, road: Consultation, value: object) -> None:
    names = ["ghi_chu", "dong_y", "vi_sao", "hai_long", "tung_mat", "uu_tien", "xe", "so_nguoi", "mat_tien", "ngay", "gop_y", "cho_phep"]
    content = json.dumps({"answers": dict.fromkeys(names, value)}).encode()

    answer = await client.post(f"{API}/{road.slug}/responses", content=content, headers={"Idempotency-Key": KEY, "Content-Type": "application/json"})

    assert answer.status_code in (400, 422)
    assert refused(answer)


async def test_more_than_a_megabyte_is_too_large(client: httpx.AsyncClient, opened: Consultation) -> None:
    assert refused(await respond(client, {"better": "x" * 1_100_000})) == (413, "too_large_body")


async def test_village_help_and_language_are_kept(client: httpx.AsyncClient, opened: Consultation, persons, clock: SetClock) -> None:
    from server.store import units
    from server.store.units import VillageRow

    await units.replace_villages(WARD, [VillageRow("Tổ 1", 40, "tổ dân phố")], source="UBND", as_of=clock.today(), by=persons["author"].id, now=clock.now())
    [village] = await units.villages(WARD)

    assert (await respond(client, village="Tổ 1", assistance="proxy", language="en", version=1)).status_code == 201

    row = await DB.pool.fetchrow("SELECT village, assistance, language, channel FROM answer")
    assert tuple(row) == (village.id, "proxy", "en", "web")


async def test_fifty_of_one_key_at_once_are_one_answer(client: httpx.AsyncClient, opened: Consultation) -> None:
    answers = await asyncio.gather(*(respond(client) for _ in range(50)))

    assert sorted(answer.status_code for answer in answers) == [200] * 49 + [201]
    assert len({answer.json()["receipt"] for answer in answers}) == 1
    assert await stored() == 1


# Receipts.


async def test_a_receipt_says_counted_then_withdrawn_and_never_what(client: httpx.AsyncClient, opened: Consultation) -> None:
    receipt = (await respond(client)).json()["receipt"]

    before = await client.get(f"{HERE}/receipts/{receipt}")
    gone = await client.delete(f"{HERE}/receipts/{receipt.lower().replace('-', '')}")
    after = await client.get(f"{HERE}/receipts/{receipt}")

    assert [before.json(), gone.json(), after.json()] == [{"state": "counted"}, {"state": "withdrawn"}, {"state": "withdrawn"}]
    assert await stored() == 0


@pytest.mark.parametrize("receipt", ["ABCDE-FGHJ-KMNPQ-RSTU-VWXYZ-2345", "x", "%00", "a" * 3000])
async def test_an_unknown_receipt_is_not_found(client: httpx.AsyncClient, opened: Consultation, receipt: str) -> None:
    for method in ("GET", "DELETE"):
        assert refused(await client.request(method, f"{HERE}/receipts/{receipt}")) == (404, "no_such_receipt")


async def test_a_withdrawn_receipt_admits_one_new_answer(client: httpx.AsyncClient, opened: Consultation) -> None:
    receipt = (await respond(client)).json()["receipt"]
    too_early = await respond(client, key="moi-00000001", receipt=receipt)
    await client.delete(f"{HERE}/receipts/{receipt}")

    once = await respond(client, key="moi-00000001", receipt=receipt)
    again = await respond(client, key="moi-00000001", receipt=receipt)
    twice = await respond(client, key="moi-00000002", receipt=receipt)

    assert refused(too_early) == (403, "code_not_accepted")
    assert (once.status_code, again.status_code) == (201, 200)
    assert refused(twice) == (403, "code_not_accepted")
    assert await stored() == 1


async def test_nothing_is_withdrawn_after_the_end(client: httpx.AsyncClient, opened: Consultation, clock: SetClock) -> None:
    receipt = (await respond(client)).json()["receipt"]
    clock.set("2026-12-25", "00:00")

    assert refused(await client.delete(f"{HERE}/receipts/{receipt}")) == (403, "closed")
    assert (await client.get(f"{HERE}/receipts/{receipt}")).json() == {"state": "counted"}


# What anybody may read.


async def test_the_list_and_the_definition(client: httpx.AsyncClient, opened: Consultation) -> None:
    [line] = (await client.get(API)).json()
    definition = (await client.get(HERE)).json()

    days = {"opens_on": "2026-11-24", "closes_on": "2026-12-24"}
    assert line == {"slug": SLUG, "title": TITLE, "unit": WARD, "instrument": "satisfaction", "state": "open", **days}
    assert {field: definition[field] for field in line} == line
    assert (definition["version"], definition["documents"], definition["unit_name"]) == (1, [], "Phường Thanh Khê")
    assert definition["questionnaire"] == msgspec.json.decode(msgspec.json.encode(ENTRY.questionnaire))


async def test_a_draft_is_nobodys_business(client: httpx.AsyncClient, draft: Consultation) -> None:
    assert (await client.get(API)).json() == []
    for method, path in [
        ("GET", HERE),
        ("POST", f"{HERE}/responses"),
        ("GET", f"{HERE}/receipts/x"),
        ("DELETE", f"{HERE}/receipts/x"),
        ("GET", f"{HERE}/results"),
    ]:
        answer = await client.request(method, path, json={"answers": {}} if method == "POST" else None, headers={"Idempotency-Key": KEY})
        assert (path, answer.status_code) == (path, 404)


@pytest.mark.parametrize("ending", ["", ".json", ".csv", ".xlsx", ".pdf"])
async def test_results_are_not_there_before_publication(client: httpx.AsyncClient, opened: Consultation, ending: str) -> None:
    for state in ("open", "closed", "sealed"):
        await DB.pool.execute("UPDATE consultation SET state = $1", state)
        assert refused(await client.get(f"{HERE}/results{ending}")) == (404, "no_such_consultation")


async def test_the_description_tells_the_token_and_every_call(client: httpx.AsyncClient) -> None:
    schema = (await client.get("/api/v1/openapi.json")).json()

    calls = {(method, path) for path, item in schema["paths"].items() for method in item if method in ("get", "post", "put", "delete")}
    one = "/api/v1/consultations/{slug}"
    assert {
        ("get", "/api/v1/consultations"), ("post", "/api/v1/consultations"), ("get", one), ("post", f"{one}/responses"), ("get", f"{one}/receipts/{{receipt}}"),
        ("delete", f"{one}/receipts/{{receipt}}"), ("put", f"{one}/questionnaire"), ("post", f"{one}/{{verb}}"), ("get", f"{one}/results"),
        ("get", f"{one}/results.pdf"),
    } <= calls  # fmt: skip
    assert all(path.startswith("/api/v1/") for _, path in calls)
    assert schema["components"]["securitySchemes"]["token"] == {"type": "http", "scheme": "bearer"}
    assert schema["paths"]["/api/v1/consultations"]["post"]["security"] == [{"token": []}]
