"""The way in and out: passwords, one-time links, sessions that end, guesses that slow only whoever guesses (promise 21)."""

import httpx
import pytest
from litestar import Litestar
from litestar.testing import RequestFactory
from msgspec import structs

from server.people import NotSignedIn, SessionBackend, caller, device_cookie_name, sessions
from server.store import people, sign_in
from surveys.consultation import Person
from tests.conftest import SetClock, another
from tests.server import pages
from tests.server.personas import PASSWORD, WARD, bearer, post

pytestmark = pytest.mark.anyio
Persons = dict[str, Person]

WRONG = "Tên đăng nhập hoặc mật khẩu không đúng. Điền lại, hoặc nhờ quản trị viên của đơn vị gửi liên kết đăng nhập một lần."


async def try_in(client: httpx.AsyncClient, name: str = "author", password: str = PASSWORD, **fields: str) -> httpx.Response:
    return await post(client, "/sign-in", {"name": name, "password": password, **fields})


def from_address(app: Litestar, address: str) -> httpx.AsyncClient:
    """A browser behind this address."""
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False, client=(address, 4242))
    return httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000")


async def test_right_password_opens_the_desk(client: httpx.AsyncClient, persons: Persons) -> None:
    answer = await try_in(client)
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk")

    account = await client.get("/desk/account")
    assert (account.status_code, pages.heading(account)) == (200, "Nguyễn Thị Soạn")
    assert account.headers["cache-control"] == "no-store"


async def test_wrong_password_says_so_and_keeps_the_name_only(client: httpx.AsyncClient, persons: Persons) -> None:
    answer = await try_in(client, password="sai mật khẩu rồi", next="/desk/account")

    assert answer.status_code == 422
    assert pages.errors(answer) == [WRONG]
    assert pages.error_links(answer) == ["#name"]
    assert (pages.field(answer, "name"), pages.field(answer, "password"), pages.field(answer, "next")) == (["author"], [""], ["/desk/account"])
    assert "sai mật khẩu rồi" not in answer.text
    assert "ydan" not in client.cookies


async def test_unknown_name_and_disabled_account_read_like_a_wrong_password(client: httpx.AsyncClient, persons: Persons, clock: SetClock) -> None:
    await people.disable(persons["reader"].id, unit=WARD, by=persons["admin"].id, now=clock.now())

    answers = [await try_in(client, name, password) for name, password in (("author", "x"), ("nobody", PASSWORD), ("reader", PASSWORD))]

    assert {answer.status_code for answer in answers} == {422}
    assert len({answer.text.replace(name, "") for answer, name in zip(answers, ("author", "nobody", "reader"), strict=True)}) == 1


async def test_blank_fields_are_named(client: httpx.AsyncClient, persons: Persons) -> None:
    answer = await try_in(client, "", "")

    assert answer.status_code == 422
    assert pages.error_links(answer) == ["#name", "#password"]
    assert pages.errors(answer)[0] == "Chưa điền tên đăng nhập. Điền tên đăng nhập, ví dụ an.nguyen."


async def test_sign_in_page_speaks_english_and_remembers_it(client: httpx.AsyncClient, persons: Persons) -> None:
    assert pages.heading(await client.get("/sign-in?lang=en")) == "Sign in"

    answer = await try_in(client, password="wrong")

    assert pages.errors(answer)[0].startswith("The sign-in name or the password is wrong.")


@pytest.mark.parametrize("name", ["\u200f", "x" * 5000, "' OR 1=1 --", "{{7*7}}", "<script>alert(1)</script>", "\0"])
async def test_odd_names_are_just_wrong_and_inert(client: httpx.AsyncClient, persons: Persons, name: str) -> None:
    answer = await try_in(client, name)

    assert (answer.status_code, pages.field(answer, "name")) == (422, [name.replace("\0", "")])
    assert "<script>alert" not in answer.text


@pytest.mark.parametrize("target", ["/desk/account", "/desk/people?x=1", "/council"])
async def test_sign_in_goes_on_to_where_somebody_wanted(client: httpx.AsyncClient, persons: Persons, target: str) -> None:
    assert (await try_in(client, next=target)).headers["location"] == target


@pytest.mark.parametrize("target", [
    "https://evil.example", "//evil.example", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)", "/\tevil", "/sign-out", "desk", "", "/" + "a" * 600,
])  # fmt: skip
async def test_sign_in_never_leads_away(client: httpx.AsyncClient, persons: Persons, target: str) -> None:
    assert (await try_in(client, next=target)).headers["location"] == "/desk"


async def test_page_that_needs_somebody_leads_to_sign_in_and_back(client: httpx.AsyncClient, persons: Persons) -> None:
    away = await client.get("/desk/villages?lang=en&x=1")
    assert (away.status_code, away.headers["location"]) == (303, "/sign-in?next=/desk/villages%3Flang%3Den%26x%3D1")

    form = await client.get(away.headers["location"])
    assert pages.field(form, "next") == ["/desk/villages?lang=en&x=1"]


async def test_fragment_that_needs_somebody_moves_the_whole_page(client: httpx.AsyncClient, persons: Persons) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": "http://127.0.0.1:8000/desk/account?lang=en"}

    answer = await client.get("/desk/people", headers=headers)

    assert (answer.status_code, answer.headers["hx-redirect"]) == (401, "/sign-in?next=/desk/account%3Flang%3Den")


async def test_whoever_is_in_need_not_sign_in_again(author: httpx.AsyncClient) -> None:
    answer = await author.get("/sign-in?next=/desk/account")
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk/account")


async def test_sign_out_ends_the_session_also_for_a_copied_cookie(client: httpx.AsyncClient, persons: Persons) -> None:
    await try_in(client)
    copied = dict(client.cookies)

    out = await post(client, "/sign-out")
    assert (out.status_code, out.headers["location"]) == (303, "/sign-in")
    assert pages.said(await client.get("/sign-in")) == "Đã đăng xuất trên mọi thiết bị."
    assert "ydan" not in client.cookies

    client.cookies.update(copied)
    assert (await client.get("/desk/account")).status_code == 303


async def test_disabled_account_is_out_at_once(author: httpx.AsyncClient, admin: httpx.AsyncClient, persons: Persons) -> None:
    assert (await author.get("/desk/account")).status_code == 200

    await post(admin, f"/desk/people/{persons['author'].id}/disable")

    assert (await author.get("/desk/account")).status_code == 303


async def test_roles_are_those_of_this_moment(author: httpx.AsyncClient, persons: Persons, clock: SetClock) -> None:
    assert (await author.get("/desk/people")).status_code == 403

    await people.change(persons["author"].id, unit=WARD, roles=["admin"], full_name="X", by=persons["admin"].id, now=clock.now())

    assert (await author.get("/desk/people")).status_code == 200


async def test_session_planted_before_signing_in_is_dropped(app: Litestar, client: httpx.AsyncClient, stranger: httpx.AsyncClient, persons: Persons) -> None:
    client.cookies.set("ydan", stranger.cookies["ydan"], domain="127.0.0.1", path="/")
    planted = client.cookies["ydan"]

    await try_in(client)

    assert client.cookies["ydan"] != planted
    assert pages.heading(await client.get("/desk/account")) == "Nguyễn Thị Soạn"


@pytest.mark.parametrize("cookie", ["", "x", "null", "AAAA", "YWRkaXRpb25hbF9hdXRoZW50aWNhdGVkX2RhdGE9e30=", "e" * 5000, "é"])
async def test_cookie_that_is_not_ours_is_no_session(client: httpx.AsyncClient, persons: Persons, cookie: str) -> None:
    answer = await client.get("/desk/account", headers={"Cookie": f"ydan={cookie}".encode()})
    assert answer.status_code == 303


async def test_cookie_of_another_installation_is_no_session(app: Litestar, client: httpx.AsyncClient, persons: Persons) -> None:
    other = SessionBackend(config=sessions(structs.replace(app.state.settings, secret=b"another secret")))
    [cookie] = other.dump_data({"person": persons["author"].id, "version": 0})
    client.cookies.set("ydan", cookie.decode())

    assert (await client.get("/desk/account")).status_code == 303


async def test_session_cookie_holds_no_name_and_is_kept_from_scripts_and_other_sites(client: httpx.AsyncClient, persons: Persons) -> None:
    answer = await try_in(client)

    [session] = [cookie for cookie in answer.headers.get_list("set-cookie") if cookie.startswith("ydan=")]
    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= {part.strip() for part in session.split(";")}
    assert "author" not in session


async def test_with_https_cookies_are_bound_to_it(app: Litestar) -> None:
    config = sessions(structs.replace(app.state.settings, base_url="https://ydan.example.vn"))
    assert (config.key, config.secure) == ("__Host-ydan", True)


async def test_guessing_is_slowed_with_the_wait_in_words(client: httpx.AsyncClient, persons: Persons, clock: SetClock) -> None:
    for _ in range(5):
        assert (await try_in(client, password="guess")).status_code == 422

    slowed = await try_in(client)
    assert (slowed.status_code, slowed.headers["retry-after"]) == (429, "2")
    assert pages.errors(slowed) == ["Đã thử sai nhiều lần từ thiết bị này. Chờ 2 giây rồi thử lại."]
    assert pages.field(slowed, "name") == ["author"]
    clock.move(seconds=2)
    assert (await try_in(client)).status_code == 303


async def test_attacker_elsewhere_cannot_lock_the_real_person_out(app: Litestar, client: httpx.AsyncClient, persons: Persons) -> None:
    async with from_address(app, "203.0.113.9") as attacker:
        for _ in range(20):
            await try_in(attacker, password="guess")
        assert (await try_in(attacker)).status_code == 429

    assert (await try_in(client)).status_code == 303


async def test_known_device_has_a_count_of_its_own_behind_a_shared_address(app: Litestar, client: httpx.AsyncClient, persons: Persons) -> None:
    await try_in(client)
    async with another(app) as neighbour:
        for _ in range(20):
            await try_in(neighbour, password="guess")
        assert (await try_in(neighbour)).status_code == 429
        assert (await try_in(neighbour, "approver")).status_code == 303

    assert (await try_in(client)).status_code == 303


async def test_device_cookie_of_one_name_is_worth_nothing_for_another(app: Litestar, client: httpx.AsyncClient, persons: Persons) -> None:
    """Whoever has an account of their own gets no free tries at others by it."""
    await try_in(client, "stranger")
    [(name, value)] = [(name, value) for name, value in client.cookies.items() if name.startswith("ydan-device-")]
    async with another(app) as attacker:
        for _ in range(5):
            await try_in(attacker, password="guess")
        attacker.cookies.set(device_cookie_name("author", secret=app.state.settings.secret), value, domain="127.0.0.1", path="/sign-in")
        assert (await try_in(attacker)).status_code == 429
    assert name == device_cookie_name("stranger", secret=app.state.settings.secret)


async def test_forged_device_cookie_is_worth_nothing(app: Litestar, client: httpx.AsyncClient, persons: Persons) -> None:
    for n in range(6):
        client.cookies.set(device_cookie_name("author", secret=app.state.settings.secret), f"device{n}.{'0' * 64}", domain="127.0.0.1", path="/sign-in")
        answer = await try_in(client, password="guess")
    assert answer.status_code == 429


async def test_x_forwarded_for_gives_no_fresh_count(client: httpx.AsyncClient, persons: Persons) -> None:
    token = (await client.get("/sign-in")) and client.cookies["ydan-form"]
    for n in range(6):
        fields = {"_csrf_token": token, "name": "author", "password": "guess"}
        answer = await client.post("/sign-in", data=fields, headers={"X-Forwarded-For": f"198.51.100.{n}"})
    assert answer.status_code == 429


async def test_one_subscribers_ipv6_addresses_share_a_count(app: Litestar, persons: Persons) -> None:
    for n in range(6):
        async with from_address(app, f"2001:db8:1:2::{n + 1:x}") as client:
            answer = await try_in(client, password="guess")
    assert answer.status_code == 429


async def test_one_time_link_sets_a_password_and_signs_in_once(app: Litestar, client: httpx.AsyncClient, persons: Persons, clock: SetClock) -> None:
    link = await sign_in.make_link(persons["author"].id, secret=app.state.settings.secret, now=clock.now())
    assert "Nguyễn Thị Soạn" in pages.text(await client.get(f"/sign-in/{link}"))
    assert "Nguyễn Thị Soạn" in pages.text(await client.get(f"/sign-in/{link}"))

    new = "mùa xuân trên thành phố"
    answer = await post(client, f"/sign-in/{link}", {"password": new, "again": new})
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk")
    assert (await client.get("/desk/account")).status_code == 200

    async with another(app) as second:
        used = await second.get(f"/sign-in/{link}")
        assert (used.status_code, pages.heading(used)) == (404, "Liên kết đăng nhập này đã dùng, đã quá 24 giờ, hoặc không đúng.")
        assert (await post(second, f"/sign-in/{link}", {"password": new, "again": new})).status_code == 404
        assert (await try_in(second)).status_code == 422
        assert (await try_in(second, password=new)).status_code == 303


async def test_link_with_a_bad_password_stays_good(app: Litestar, client: httpx.AsyncClient, persons: Persons, clock: SetClock) -> None:
    link = await sign_in.make_link(persons["author"].id, secret=app.state.settings.secret, now=clock.now())

    for fields, code in (({}, "Chưa điền mật khẩu."), ({"password": "ngắn"}, "Mật khẩu ngắn hơn 8"), ({"password": PASSWORD, "again": "x"}, "Hai lần điền")):
        answer = await post(client, f"/sign-in/{link}", fields)
        assert (answer.status_code, pages.errors(answer)[0].startswith(code)) == (422, True)
        assert (pages.field(answer, "password"), pages.field(answer, "again")) == ([""], [""])

    assert (await post(client, f"/sign-in/{link}", {"password": PASSWORD, "again": PASSWORD})).status_code == 303


async def test_late_and_made_up_links_are_not_found(app: Litestar, client: httpx.AsyncClient, persons: Persons, clock: SetClock) -> None:
    link = await sign_in.make_link(persons["author"].id, secret=app.state.settings.secret, now=clock.now())
    clock.move(hours=24)

    assert [(await client.get(f"/sign-in/{each}")).status_code for each in (link, "made-up", "%00", "đ")] == [404, 404, 404, 404]


async def test_public_pages_set_no_cookie_and_read_no_session(author: httpx.AsyncClient, client: httpx.AsyncClient) -> None:
    for browser in (author, client):
        for path in ("/health", "/nowhere"):
            assert "set-cookie" not in (await browser.get(path)).headers


async def test_bearer_token_acts_as_its_owner_until_disabled(app: Litestar, persons: Persons, clock: SetClock) -> None:
    async def owner(headers: dict[str, str]) -> Person:
        return await caller(RequestFactory(app=app).get("/api/v1/x", headers=headers))

    right = await bearer(app, persons["author"], clock)
    assert await owner(right) == persons["author"]
    assert await owner({"Authorization": right["Authorization"].replace("Bearer", "bearer")}) == persons["author"]
    for wrong in ({}, {"Authorization": "Bearer"}, {"Authorization": "Bearer x"}, {"Authorization": right["Authorization"].replace("Bearer", "Basic")}):
        with pytest.raises(NotSignedIn, match="token_needed"):
            await owner(wrong)
    await people.disable(persons["author"].id, unit=WARD, by=persons["admin"].id, now=clock.now())
    with pytest.raises(NotSignedIn):
        await owner(right)
