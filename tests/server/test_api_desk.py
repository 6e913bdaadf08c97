"""The JSON API with an official's token: what the desk can do, under the same rights."""

import json

import httpx
import pytest
from litestar import Litestar

from server.database import DB
from server.store import comments
from surveys.consultation import Consultation
from surveys.questionnaire import to_json
from tests.conftest import SetClock
from tests.server.desk import ENTRY, SLUG, TITLE
from tests.server.personas import OTHER_WARD, WARD, bearer
from tests.server.test_api import API, HERE, refused, told

pytestmark = pytest.mark.anyio


def new(**changes: object) -> dict[str, object]:
    """What makes a draft: the questionnaire as `ydan convert` writes it."""
    given = {"title": TITLE, "unit": WARD, "instrument": "satisfaction", "questionnaire": json.loads(to_json(ENTRY.questionnaire))}
    return {**given, "opens_on": "2026-11-24", "closes_on": "2026-12-24", **changes}


@pytest.fixture
async def author_token(app: Litestar, persons, clock: SetClock) -> dict[str, str]:
    return await bearer(app, persons["author"], clock)


@pytest.fixture
async def approver_token(app: Litestar, persons, clock: SetClock) -> dict[str, str]:
    return await bearer(app, persons["approver"], clock)


async def test_a_whole_life_by_api(client: httpx.AsyncClient, author_token, approver_token, clock: SetClock) -> None:
    made = await client.post(API, json=new(), headers=author_token)
    states = [made.json()["state"]]
    assert (made.status_code, made.json()["slug"]) == (201, SLUG)

    changed = await client.put(f"{HERE}/questionnaire", content=to_json(ENTRY.questionnaire), headers={**author_token, "Content-Type": "application/json"})
    assert (changed.status_code, changed.json()["version"]) == (200, 2)

    async def step(verb: str, token: dict[str, str], **given: object) -> dict[str, object]:
        for _ in range(2):  # a state already reached is 200 again
            answer = await client.post(f"{HERE}/{verb}", headers=token, **({"json": given} if given else {}))
            assert (verb, answer.status_code, answer.text) == (verb, 200, answer.text)
        states.append(answer.json()["state"])
        return answer.json()

    await step("submit", author_token)
    await step("return", approver_token, reason="Thêm câu hỏi về thời gian chờ.")
    await step("submit", author_token)
    await step("approve", approver_token)
    clock.set("2026-11-24")
    await step("open", author_token)
    extended = await step("extend", approver_token, closes_on="2026-12-28")
    await step("close", author_token, reason="Đủ phiếu.")
    await step("seal", author_token)
    await step("publish", approver_token)

    assert states == ["draft", "in_review", "draft", "in_review", "approved", "open", "open", "closed", "sealed", "published"]
    assert extended["closes_on"] == "2026-12-28"


async def test_cancelling_needs_a_public_reason(client: httpx.AsyncClient, draft: Consultation, approver_token) -> None:
    bare = await client.post(f"{HERE}/cancel", headers=approver_token)
    given = await client.post(f"{HERE}/cancel", json={"reason": "Hoãn dự án."}, headers=approver_token)

    assert told(bare) == {"reason": "reason_needed"}
    assert given.json()["state"] == "cancelled"


@pytest.mark.parametrize(
    "headers", [{}, {"Authorization": "Bearer nonsense"}, {"Authorization": "Basic YTpi"}, {"Authorization": "Bearer"}, {"Authorization": ""}]
)
async def test_without_a_good_token_401(client: httpx.AsyncClient, draft: Consultation, headers: dict[str, str]) -> None:
    calls = [
        ("POST", API, new()),
        ("PUT", f"{HERE}/questionnaire", json.loads(to_json(ENTRY.questionnaire))),
        ("POST", f"{HERE}/submit", None),
        ("POST", f"{HERE}/nonsense", None),
    ]
    for method, path, body in calls:
        answer = await client.request(method, path, json=body, headers=headers)
        assert (path, *refused(answer)) == (path, 401, "token_needed")


async def test_who_may_not_is_told_401_before_anything_about_the_body(client: httpx.AsyncClient, draft: Consultation) -> None:
    assert (await client.post(API, json={"nonsense": 1})).status_code in (400, 401)


VERBS = ("submit", "return", "approve", "open", "extend", "close", "seal", "publish", "cancel")


@pytest.mark.parametrize("verb", VERBS)
async def test_another_unit_finds_nothing_and_less_right_may_not(
    app: Litestar, client: httpx.AsyncClient, draft: Consultation, persons, clock: SetClock, verb: str
) -> None:
    strange, reading = await bearer(app, persons["stranger"], clock), await bearer(app, persons["reader"], clock)
    working = await bearer(app, persons["replier"], clock)

    assert refused(await client.post(f"{HERE}/{verb}", headers=strange)) == (404, "no_such_consultation")
    assert refused(await client.post(f"{HERE}/{verb}", headers=reading))[0] == 403
    assert refused(await client.post(f"{HERE}/{verb}", headers=working))[0] == 403
    assert await DB.pool.fetchval("SELECT state FROM consultation") == "draft"


async def test_questionnaire_and_creation_keep_to_rights(app: Litestar, client: httpx.AsyncClient, draft: Consultation, persons, clock: SetClock) -> None:
    form = json.loads(to_json(ENTRY.questionnaire))
    seen = {}
    for name in ("stranger", "reader", "approver"):
        token = await bearer(app, persons[name], clock)
        seen[name] = [
            (await client.put(f"{HERE}/questionnaire", json=form, headers=token)).status_code,
            (await client.post(API, json=new(), headers=token)).status_code,
        ]
    foreign = await client.post(API, json=new(unit=OTHER_WARD), headers=await bearer(app, persons["author"], clock))

    assert seen == {"stranger": [404, 404], "reader": [403, 403], "approver": [403, 403]}
    assert foreign.status_code == 404
    assert await DB.pool.fetchval("SELECT count(*) FROM consultation") == 1


@pytest.mark.parametrize("verb", ["open", "extend", "close", "seal", "publish", "return", "approve"])
async def test_a_wrong_state_says_which_and_what_is_possible(client: httpx.AsyncClient, draft: Consultation, author_token, approver_token, verb: str) -> None:
    token = author_token if verb in ("open", "close", "seal") else approver_token
    answer = await client.post(f"{HERE}/{verb}?lang=en", json={"reason": "x", "closes_on": "2027-01-05"}, headers=token)

    if verb == "return":
        assert answer.json()["state"] == "draft"
        return
    assert refused(answer) == (409, "wrong_state")
    words = f"{answer.json()['title']} {answer.json()['detail']}".lower()
    assert "draft" in words
    assert "submit" in words or "cancel" in words


async def test_an_unknown_step_is_not_found(client: httpx.AsyncClient, draft: Consultation, author_token) -> None:
    assert refused(await client.post(f"{HERE}/explode", headers=author_token)) == (404, "no_such_verb")


async def test_nobody_approves_what_they_wrote(
    app: Litestar, client: httpx.AsyncClient, in_review: Consultation, persons, clock: SetClock, password_hash: str
) -> None:
    from server.store import people
    from surveys.consultation import Role

    both = await people.create_or_change(
        "author", unit=WARD, roles=[Role.AUTHOR, Role.APPROVER], full_name="Nguyễn Thị Soạn", password_hash=password_hash, now=clock.now()
    )

    assert refused(await client.post(f"{HERE}/approve", headers=await bearer(app, both, clock))) == (403, "four_eyes")


async def test_a_household_decision_is_not_ready_to_open(client: httpx.AsyncClient, draft: Consultation, author_token) -> None:
    await DB.pool.execute("UPDATE consultation SET state = 'approved', instrument = 'household_decision', opens_on = '2026-11-20'")

    assert refused(await client.post(f"{HERE}/open", headers=author_token)) == (409, "instrument_not_ready")


@pytest.mark.parametrize(
    ("title", "kept"), [("Đường số 5?", {"vi": "Đường số 5?"}), ({"vi": "Đường số 5?", "en": "Road 5?"}, {"vi": "Đường số 5?", "en": "Road 5?"})]
)
async def test_a_title_is_text_or_by_language(client: httpx.AsyncClient, author_token, title: object, kept: dict[str, str]) -> None:
    slug = (await client.post(API, json=new(title=title), headers=author_token)).json()["slug"]

    assert json.loads(await DB.pool.fetchval("SELECT details FROM consultation WHERE slug = $1", slug))["title"] == kept


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"title": ""}, {"title"}), ({"title": {"en": "Road"}}, {"title"}), ({"title": {"vi": "x" * 2001}}, {"title"}),
        ({"title": {"vi": "Đường", "xx": "?"}}, {"title"}),
        ({"summary": "x" * 2001}, {"summary"}), ({"closes_on": "2026-11-01"}, {"closes_on"}), ({"contact": {"name": "x" * 301}}, {"contact/name"}),
        ({"title": " ", "closes_on": "2026-11-01", "shorter_by_law": "x" * 301}, {"title", "closes_on", "shorter_by_law"}),
    ],
)  # fmt: skip
async def test_a_plan_with_mistakes_makes_nothing(client: httpx.AsyncClient, author_token, changes: dict[str, object], where: set[str]) -> None:
    answer = await client.post(API, json=new(**changes), headers=author_token)

    assert refused(answer) == (422, "invalid")
    assert set(told(answer)) == where
    assert await DB.pool.fetchval("SELECT count(*) FROM consultation") == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"title": 5},
        {"unit": None},
        {"instrument": "poll"},
        {"opens_on": "soon"},
        {"questionnaire": {}},
        {"questionnaire": {"schema": "other/1", "sections": []}},
        {"contact": 1},
    ],
)
async def test_wrong_types_make_nothing(client: httpx.AsyncClient, author_token, changes: dict[str, object]) -> None:
    answer = await client.post(API, json=new(**changes), headers=author_token)

    assert refused(answer)[0] in (400, 422)
    assert await DB.pool.fetchval("SELECT count(*) FROM consultation") == 0


def doubled() -> dict[str, object]:
    """A questionnaire that asks under one name twice, and after a question that there is none."""
    form = json.loads(to_json(ENTRY.questionnaire))
    first = form["sections"][0]["questions"][0]
    form["sections"][0]["questions"] += [first, {**first, "name": "later", "relevant": {"==": [{"var": "nowhere"}, "1"]}}]
    return form


async def test_a_questionnaire_with_mistakes_is_refused_with_all_of_them(client: httpx.AsyncClient, draft: Consultation, author_token) -> None:
    made = await client.post(API, json=new(questionnaire=doubled()), headers=author_token)
    replaced = await client.put(f"{HERE}/questionnaire", json=doubled(), headers=author_token)

    assert {"visit", "later"} <= set(told(made))
    assert told(made) == told(replaced)
    assert await DB.pool.fetchval("SELECT count(*) FROM questionnaire") == 1


async def test_a_questionnaire_is_locked_after_the_draft(client: httpx.AsyncClient, opened: Consultation, author_token) -> None:
    answer = await client.put(f"{HERE}/questionnaire", json=json.loads(to_json(ENTRY.questionnaire)), headers=author_token)

    assert refused(answer) == (409, "form_locked")


async def test_what_the_law_forbids_blocks_submission(client: httpx.AsyncClient, author_token) -> None:
    await client.post(API, json=new(instrument="opinion", closes_on="2026-11-26"), headers=author_token)

    assert told(await client.post(f"{HERE}/submit", headers=author_token)) == {"closes_on": "too_short"}


async def test_a_return_keeps_its_comment_at_the_question(
    client: httpx.AsyncClient, in_review: Consultation, author: httpx.AsyncClient, approver_token
) -> None:
    answer = await client.post(f"{HERE}/return", json={"comment": "Hỏi rõ hơn.", "question": "overall"}, headers=approver_token)

    [remark] = await comments.remarks(in_review.id)
    assert (answer.status_code, answer.json()["state"]) == (200, "draft")
    assert (remark.question, remark.text, remark.resolved) == ("overall", "Hỏi rõ hơn.", False)
    assert "Hỏi rõ hơn." in (await author.get(f"/desk/{SLUG}")).text


@pytest.mark.parametrize(
    ("step", "where"),
    [({}, "reason"), ({"comment": "Sửa.", "question": "nowhere"}, "question"), ({"comment": "x" * 2001}, "comment"), ({"reason": "x" * 2001}, "reason")],
)
async def test_a_return_without_a_fitting_comment_is_refused(
    client: httpx.AsyncClient, in_review: Consultation, approver_token, step: dict[str, str], where: str
) -> None:
    assert set(told(await client.post(f"{HERE}/return", json=step, headers=approver_token))) == {where}
    assert await DB.pool.fetchval("SELECT state FROM consultation") == "in_review"
    assert await comments.remarks(in_review.id) == []


async def test_dates_of_steps_are_told(client: httpx.AsyncClient, opened: Consultation, approver_token) -> None:
    missing = await client.post(f"{HERE}/extend", json={}, headers=approver_token)
    earlier = await client.post(f"{HERE}/extend", json={"closes_on": "2026-12-01"}, headers=approver_token)
    nonsense = await client.post(f"{HERE}/extend", json={"closes_on": "soon"}, headers=approver_token)

    assert told(missing) == {"closes_on": "day_needed"}
    assert refused(earlier) == (409, "only_later")
    assert refused(nonsense)[0] in (400, 422)
