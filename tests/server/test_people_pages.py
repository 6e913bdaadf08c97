"""The people of a unit, as their administrator keeps them."""

import re
from typing import Any

import httpx
import pytest
from litestar import Litestar

from server.store import people
from surveys.consultation import Person, Role
from tests.conftest import SetClock, another
from tests.server import pages
from tests.server.personas import PASSWORD, WARD, post

pytestmark = pytest.mark.anyio
Persons = dict[str, Person]
NEWCOMER = {"name": "An.Nguyen", "full_name": "Nguyễn Văn An", "roles": ["author", "replier"]}


async def test_list_shows_people_and_rights_of_the_unit_only(admin: httpx.AsyncClient, persons: Persons) -> None:
    page = await admin.get("/desk/people")

    assert pages.heading(page) == "Người dùng của Phường Thanh Khê"
    assert pages.rows(page)[1] == ["Đặng Văn Biểu reader", "đại biểu Hội đồng nhân dân", "đang dùng"]
    assert len(pages.rows(page)) == 9
    assert "Dương Văn Xa" not in page.text


async def test_list_takes_as_many_queries_for_30_people_as_for_few(admin: httpx.AsyncClient, persons: Persons, clock: SetClock, queries: Any) -> None:
    with queries() as few:
        await admin.get("/desk/people")
    for n in range(30):
        await people.create(f"p{n}", unit=WARD, roles=[Role.AUTHOR], full_name=f"P {n}", by=persons["admin"].id, now=clock.now())

    with queries() as many:
        page = await admin.get("/desk/people")

    assert len(pages.rows(page)) == 39
    assert (len(many), 0 < len(few) < 10) == (len(few), True)


async def test_new_person_gets_a_link_and_comes_in_by_it(app: Litestar, admin: httpx.AsyncClient) -> None:
    made = await post(admin, "/desk/people/new", NEWCOMER)
    assert made.status_code == 303
    theirs = made.headers["location"]
    page = await admin.get(theirs)
    assert (pages.heading(page), sorted(pages.field(page, "roles"))) == ("Nguyễn Văn An", ["author", "replier"])
    assert pages.said(page) == "Đã lập tài khoản an.nguyen. Gửi cho họ một liên kết đăng nhập."

    shown = await post(admin, f"{theirs}/link")
    [link] = re.findall(r"http://127\.0\.0\.1:8000(/sign-in/[\w-]+)", shown.text)
    assert "/sign-in/" not in pages.text(await admin.get(theirs))
    async with another(app) as newcomer:
        assert (await post(newcomer, link, {"password": PASSWORD, "again": PASSWORD})).status_code == 303
        assert pages.heading(await newcomer.get("/desk/account")) == "Nguyễn Văn An"


@pytest.mark.parametrize(("wrong", "places", "sentence"), [
    ({"name": ""}, ["#name"], "Chưa điền tên đăng nhập."),
    ({"name": "author"}, ["#name"], "Tên đăng nhập “author” đã có người dùng."),
    ({"name": "STRANGER"}, ["#name"], "Tên đăng nhập “STRANGER” đã có người dùng."),
    ({"name": "a" * 101}, ["#name"], "Tên dài 101 ký tự"),
    ({"full_name": "x" * 101}, ["#full_name"], "Tên dài 101 ký tự"),
    ({"roles": []}, ["#roles"], "Chưa chọn vai trò nào."),
    ({"roles": ["king"]}, ["#roles"], "Không có vai trò “king”."),
    ({"name": " ", "roles": []}, ["#name", "#roles"], "Chưa điền"),
])  # fmt: skip
async def test_bad_new_person_is_explained_and_what_was_typed_stays(admin: httpx.AsyncClient, wrong: dict[str, str], places: list[str], sentence: str) -> None:
    fields = {**NEWCOMER, **wrong}

    answer = await post(admin, "/desk/people/new", fields)

    assert (answer.status_code, pages.error_links(answer)) == (422, places)
    assert pages.errors(answer)[0].startswith(sentence)
    assert (pages.field(answer, "name"), pages.field(answer, "full_name")) == ([fields["name"]], [fields["full_name"]])
    assert sorted(pages.field(answer, "roles")) == sorted(role for role in fields["roles"] if role != "king")


async def test_full_name_may_be_left_out(admin: httpx.AsyncClient) -> None:
    made = await post(admin, "/desk/people/new", {"name": "Lan.Tran", "roles": "author"})

    assert pages.heading(await admin.get(made.headers["location"])) == "Lan.Tran"


async def test_change_gives_just_these_roles(admin: httpx.AsyncClient, persons: Persons) -> None:
    answer = await post(admin, f"/desk/people/{persons['author'].id}", {"full_name": "Nguyễn Thị Sửa", "roles": ["village_head"]})

    assert answer.status_code == 303
    assert ["Nguyễn Thị Sửa author", "trưởng thôn, tổ trưởng tổ dân phố", "đang dùng"] in pages.rows(await admin.get("/desk/people"))


async def test_admin_can_neither_disable_nor_unseat_themselves(admin: httpx.AsyncClient, persons: Persons) -> None:
    own = f"/desk/people/{persons['admin'].id}"

    changed = await post(admin, own, {"full_name": "Hồ Thị Quản", "roles": ["author"]})
    disabled = await post(admin, f"{own}/disable")

    assert (changed.status_code, pages.error_links(changed)) == (422, ["#roles"])
    assert (disabled.status_code, pages.heading(disabled)) == (409, "Không ai tự bỏ quyền quản trị hoặc tự khóa tài khoản của mình.")
    assert (await admin.get(own)).status_code == 200


async def test_disabled_person_gets_no_link_until_enabled(admin: httpx.AsyncClient, persons: Persons) -> None:
    theirs = f"/desk/people/{persons['author'].id}"
    await post(admin, f"{theirs}/disable")
    assert pages.said(await admin.get("/desk/people")) == "Đã khóa tài khoản Nguyễn Thị Soạn; họ bị đăng xuất ngay."
    assert pages.rows(await admin.get("/desk/people"))[-1] == ["Nguyễn Thị Soạn author", "người soạn", "đã khóa"]

    assert (await post(admin, f"{theirs}/link")).status_code == 409
    await post(admin, f"{theirs}/enable")
    assert (await post(admin, f"{theirs}/link")).status_code == 200


@pytest.mark.parametrize("path", ["not-an-id", "00000000-0000-0000-0000-000000000001", "%00", "new/x"])
async def test_missing_person_is_not_found(admin: httpx.AsyncClient, persons: Persons, path: str) -> None:
    assert (await admin.get(f"/desk/people/{path}")).status_code == 404


async def test_names_are_inert(admin: httpx.AsyncClient) -> None:
    await post(admin, "/desk/people/new", {"name": "x", "full_name": "<script>alert(1)</script>{{7*7}}", "roles": "author"})

    page = await admin.get("/desk/people")

    assert "<script>alert" not in page.text
    assert "<script>alert(1)</script>{{7*7}}" in pages.text(page)
