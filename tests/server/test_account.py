"""One's own account: password, language, tokens, deputies."""

import datetime

import httpx
import pytest
from litestar import Litestar

from server.store import people
from surveys.consultation import Consultation, Person
from tests.conftest import SetClock, another
from tests.server import pages
from tests.server.personas import PASSWORD, post

pytestmark = pytest.mark.anyio
Persons = dict[str, Person]
NEW = "mùa xuân trên thành phố"


async def test_new_password_ends_other_sessions_and_keeps_this_one(app: Litestar, author: httpx.AsyncClient, persons: Persons) -> None:
    async with another(app) as elsewhere:
        await post(elsewhere, "/sign-in", {"name": "author", "password": PASSWORD})

        answer = await post(author, "/desk/account/password", {"current": PASSWORD, "password": NEW, "again": NEW})

        assert (answer.status_code, answer.headers["location"]) == (303, "/desk/account")
        assert pages.said(await author.get("/desk/account")) == "Đã đổi mật khẩu; các thiết bị khác phải đăng nhập lại."
        assert (await elsewhere.get("/desk/account")).status_code == 303
        assert (await post(elsewhere, "/sign-in", {"name": "author", "password": PASSWORD})).status_code == 422
        assert (await post(elsewhere, "/sign-in", {"name": "author", "password": NEW})).status_code == 303


@pytest.mark.parametrize(("fields", "places"), [
    ({}, ["#current", "#password"]),
    ({"current": "x", "password": NEW, "again": NEW}, ["#current"]),
    ({"current": PASSWORD, "password": NEW, "again": "x"}, ["#again"]),
    ({"current": PASSWORD, "password": "matkhau123", "again": "matkhau123"}, ["#password"]),
])  # fmt: skip
async def test_bad_password_change_is_explained_and_changes_nothing(
    author: httpx.AsyncClient, client: httpx.AsyncClient, fields: dict[str, str], places: list[str]
) -> None:
    answer = await post(author, "/desk/account/password", fields)

    assert (answer.status_code, pages.error_links(answer)) == (422, places)
    assert NEW not in answer.text
    assert (await post(client, "/sign-in", {"name": "author", "password": PASSWORD})).status_code == 303


async def test_language_is_kept_for_the_next_time(app: Litestar, author: httpx.AsyncClient, client: httpx.AsyncClient) -> None:
    answer = await post(author, "/desk/account/language", {"language": "en"})
    assert answer.headers["location"] == "/desk/account?lang=en"
    assert "Change password" in pages.text(await author.get("/desk/account?lang=en"))

    await post(client, "/sign-in", {"name": "author", "password": PASSWORD})
    assert "Change password" in pages.text(await client.get("/desk/account"))


async def test_unknown_language_changes_nothing(author: httpx.AsyncClient) -> None:
    assert (await post(author, "/desk/account/language", {"language": "fr"})).status_code == 303
    assert "Đổi mật khẩu" in pages.text(await author.get("/desk/account"))


async def test_language_switch_of_a_refused_form_leads_to_a_page(author: httpx.AsyncClient) -> None:
    answer = await post(author, "/desk/account/password", {})
    assert 'href="/desk/account?lang=en"' in answer.text


async def test_token_is_shown_once_and_can_be_revoked(author: httpx.AsyncClient) -> None:
    made = await post(author, "/desk/account/tokens")
    assert made.status_code == 200
    assert "ydan_" in pages.text(made)

    later = await author.get("/desk/account")
    assert "ydan_" not in pages.text(later)
    number = pages.tokens(later)[0]
    assert (await post(author, f"/desk/account/tokens/{number}/revoke")).status_code == 303
    assert pages.tokens(await author.get("/desk/account")) == []


async def test_token_of_somebody_else_stays(author: httpx.AsyncClient, approver: httpx.AsyncClient) -> None:
    await post(author, "/desk/account/tokens")
    number = pages.tokens(await author.get("/desk/account"))[0]

    await post(approver, f"/desk/account/tokens/{number}/revoke")

    assert pages.tokens(await author.get("/desk/account")) == [number]


def deputy_form(persons: Persons, name: str = "replier", starts_on: str = "2026-11-24", ends_on: str = "2026-11-25") -> dict[str, str]:
    return {"deputy": persons[name].id, "starts_on": starts_on, "ends_on": ends_on}


async def test_approver_names_a_deputy_who_then_approves_by_the_calendar(
    approver: httpx.AsyncClient, replier: httpx.AsyncClient, persons: Persons, clock: SetClock
) -> None:
    answer = await post(approver, "/desk/account/deputies", deputy_form(persons))
    assert answer.status_code == 303
    assert pages.said(await approver.get("/desk/account")) == "Đã cử Lê Thị Giải phê duyệt thay từ 24/11/2026 đến hết 25/11/2026."

    days = {}
    for n in range(4):
        day = clock.today() + datetime.timedelta(days=n)
        days[day.day] = "approver" in (await people.person(persons["replier"].id, today=day)).roles
    assert days == {23: False, 24: True, 25: True, 26: False}


async def test_deputy_may_be_ended_by_whom_they_stand_in_for_only(approver: httpx.AsyncClient, replier: httpx.AsyncClient, persons: Persons) -> None:
    await post(approver, "/desk/account/deputies", deputy_form(persons, starts_on="23/11/2026"))
    page = await replier.get("/desk/account")
    assert "Lê Thị Giải" in pages.text(page)
    assert "Thôi cử" not in pages.text(page)
    [end] = pages.actions(await approver.get("/desk/account"), ending="/end")

    await post(replier, end)
    assert "Thôi cử" in pages.text(await approver.get("/desk/account"))
    await post(approver, end)
    assert "Thôi cử" not in pages.text(await approver.get("/desk/account"))


async def test_deputy_cannot_name_a_deputy(approver: httpx.AsyncClient, replier: httpx.AsyncClient, persons: Persons) -> None:
    await post(approver, "/desk/account/deputies", deputy_form(persons, starts_on="2026-11-23"))

    assert (await post(replier, "/desk/account/deputies", deputy_form(persons, "author"))).status_code == 403


@pytest.mark.parametrize(("wrong", "places"), [
    ({"deputy": ""}, ["#deputy"]),
    ({"deputy": "not an id"}, ["#deputy"]),
    ({"deputy": "stranger"}, ["#deputy"]),
    ({"deputy": "approver"}, ["#deputy"]),
    ({"starts_on": "hôm qua"}, ["#starts_on"]),
    ({"starts_on": "2026-11-22"}, ["#starts_on"]),
    ({"ends_on": "2026-11-23"}, ["#ends_on"]),
    ({"deputy": "", "starts_on": "", "ends_on": "31/02/2027"}, ["#starts_on", "#ends_on", "#deputy"]),
])  # fmt: skip
async def test_bad_deputy_is_explained_and_what_was_chosen_stays(
    approver: httpx.AsyncClient, persons: Persons, wrong: dict[str, str], places: list[str]
) -> None:
    fields = {**deputy_form(persons), **wrong}
    fields["deputy"] = persons[fields["deputy"]].id if fields["deputy"] in persons else fields["deputy"]

    answer = await post(approver, "/desk/account/deputies", fields)

    assert (answer.status_code, pages.error_links(answer)) == (422, places)
    assert pages.field(answer, "starts_on") == [fields["starts_on"]]
    if fields["deputy"] == persons["replier"].id:
        assert pages.field(answer, "deputy") == [fields["deputy"]]


async def test_deputy_form_is_for_approvers(author: httpx.AsyncClient) -> None:
    assert "Cử người này" not in pages.text(await author.get("/desk/account"))


async def test_deputy_approves_what_others_wrote_and_never_their_own(
    author: httpx.AsyncClient, approver: httpx.AsyncClient, replier: httpx.AsyncClient, persons: Persons, in_review: Consultation
) -> None:
    approve = f"/desk/{in_review.slug}/do/approve"
    assert (await post(replier, approve)).status_code == 403
    for deputy in ("author", "replier"):
        await post(approver, "/desk/account/deputies", deputy_form(persons, deputy, starts_on="2026-11-23"))

    own = await post(author, approve)

    assert own.status_code == 403
    assert "Người đã tham gia soạn không được phê duyệt chính đợt này." in own.text
    assert (await post(replier, approve)).status_code == 303
