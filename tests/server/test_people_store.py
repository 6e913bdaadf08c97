"""People, their ways in and their deputies, in the database."""

import asyncio
import datetime
import uuid

import asyncpg
import pytest

from server import passwords
from server.store import deputies, people, sign_in
from server.store.sign_in import TooManyTries
from surveys.consultation import Person, Role
from surveys.problems import Conflict, NotAllowed, NotFound, Refusal
from tests.conftest import SetClock
from tests.server.personas import OTHER_WARD, PASSWORD, WARD

pytestmark = pytest.mark.anyio
SECRET = b"a secret of this test"
HERE, ELSEWHERE = b"h" * 32, b"e" * 32
PersonsByName = dict[str, Person]


async def refusal(name: str, password: str, clock: SetClock, *, source: bytes = HERE) -> Refusal | None:
    try:
        await sign_in.sign_in(name, password, source=source, now=clock.now())
    except Refusal as refused:
        return refused
    return None


async def test_create_or_change_is_idempotent(db: asyncpg.Pool, clock: SetClock) -> None:
    first = await people.create_or_change("An.Nguyen", unit=WARD, roles=[Role.AUTHOR], now=clock.now())
    second = await people.create_or_change("an.nguyen", unit=WARD, roles=[Role.AUTHOR], now=clock.now())

    assert first == second == Person(id=first.id, name="an.nguyen", full_name="An.Nguyen", unit=WARD, roles=frozenset({Role.AUTHOR}))


async def test_create_or_change_gives_just_these_roles_and_unit(db: asyncpg.Pool, clock: SetClock) -> None:
    await people.create_or_change("an", unit=WARD, roles=[Role.AUTHOR, Role.ADMIN], full_name="Nguyễn An", now=clock.now())

    changed = await people.create_or_change("an", unit=OTHER_WARD, roles=[Role.APPROVER], now=clock.now())

    assert (changed.unit, changed.roles, changed.full_name) == (OTHER_WARD, frozenset({Role.APPROVER}), "Nguyễn An")


async def test_unknown_unit_makes_nobody(db: asyncpg.Pool, clock: SetClock) -> None:
    with pytest.raises(NotFound):
        await people.create_or_change("an", unit="99999", roles=[Role.AUTHOR], now=clock.now())
    assert await people.by_name("an", today=clock.today()) is None


async def test_taken_name_is_a_conflict_in_whichever_unit(stored_persons: PersonsByName, clock: SetClock) -> None:
    with pytest.raises(Conflict):
        await people.create("STRANGER", unit=WARD, roles=[Role.AUTHOR], full_name="", by=stored_persons["admin"].id, now=clock.now())


async def test_sign_in_gives_the_person_and_their_session(stored_persons: PersonsByName, clock: SetClock) -> None:
    session = await sign_in.sign_in(" Author ", PASSWORD, source=HERE, now=clock.now())

    assert session.person == stored_persons["author"]
    assert await people.in_session(session.person.id, session.version, today=clock.today()) == session.person


async def test_unknown_wrong_disabled_and_passwordless_are_refused_alike(stored_persons: PersonsByName, clock: SetClock) -> None:
    await people.disable(stored_persons["reader"].id, unit=WARD, by=stored_persons["admin"].id, now=clock.now())
    await people.create_or_change("moi", unit=WARD, roles=[Role.AUTHOR], now=clock.now())

    tries = [("nobody", PASSWORD), ("an\x00", PASSWORD), ("author", "x"), ("reader", PASSWORD), ("moi", PASSWORD), ("moi", "")]
    refused = [await refusal(name, password, clock, source=bytes([n]) * 32) for n, (name, password) in enumerate(tries)]

    assert {(type(each), each.code, tuple(each.given)) for each in refused if each} == {(NotAllowed, sign_in.WRONG_SIGN_IN, ())}
    assert len(refused) == len(tries)


async def test_every_refusal_does_the_work_of_one_hash(stored_persons: PersonsByName, clock: SetClock, monkeypatch: pytest.MonkeyPatch) -> None:
    verified: list[str | None] = []
    monkeypatch.setattr(passwords, "verify", lambda stored, password: bool(verified.append(stored)))

    for name in ("nobody", "author", "reader"):
        await refusal(name, "x", clock, source=name.encode() * 8)

    assert [stored is None for stored in verified] == [True, False, False]


async def test_a_weaker_hash_is_made_anew_at_sign_in(stored_persons: PersonsByName, clock: SetClock, db: asyncpg.Pool) -> None:
    weak = passwords.PasswordHasher(time_cost=1, memory_cost=1024).hash(PASSWORD)
    await db.execute("UPDATE person SET password_hash = $1 WHERE name = 'author'", weak)

    assert await refusal("author", PASSWORD, clock) is None
    stored = await db.fetchval("SELECT password_hash FROM person WHERE name = 'author'")
    assert not passwords.outdated(stored)
    assert passwords.verify(stored, PASSWORD)


async def test_guessing_slows_down_and_waiting_helps(stored_persons: PersonsByName, clock: SetClock) -> None:
    for _ in range(5):
        assert isinstance(await refusal("author", "guess", clock), NotAllowed)

    slowed = await refusal("author", PASSWORD, clock)
    assert isinstance(slowed, TooManyTries)
    assert slowed.given == {"seconds": 2}
    clock.move(seconds=2)
    assert await refusal("author", PASSWORD, clock) is None
    assert await refusal("author", PASSWORD, clock) is None


async def test_guessing_elsewhere_slows_nobody_here(stored_persons: PersonsByName, clock: SetClock) -> None:
    for _ in range(30):
        await refusal("author", "guess", clock, source=ELSEWHERE)

    assert isinstance(await refusal("author", PASSWORD, clock, source=ELSEWHERE), TooManyTries)
    assert await refusal("author", PASSWORD, clock, source=HERE) is None


async def test_fifty_guesses_at_once_are_not_fifty_free_ones(stored_persons: PersonsByName, clock: SetClock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "verify", lambda stored, password: False)

    refused = await asyncio.gather(*(refusal("author", "guess", clock) for _ in range(50)))

    assert sorted(type(each).__name__ for each in refused).count("NotAllowed") == 5


async def test_a_clock_set_back_locks_nobody_for_longer_than_the_pause(stored_persons: PersonsByName, clock: SetClock) -> None:
    for _ in range(5):
        await refusal("author", "guess", clock)
    clock.move(hours=-5)

    slowed = await refusal("author", PASSWORD, clock)

    assert slowed is not None
    assert slowed.given == {"seconds": 2}


async def test_tries_hold_no_typed_name_of_strangers_and_are_forgotten_after_a_day(stored_persons: PersonsByName, clock: SetClock, db: asyncpg.Pool) -> None:
    await refusal("a password typed into the wrong field", "x", clock)
    assert await db.fetch("SELECT name FROM sign_in_failure") == [("",)]

    clock.move(days=1, seconds=1)
    await refusal("author", "x", clock, source=ELSEWHERE)
    assert await db.fetch("SELECT name FROM sign_in_failure") == [("author",)]


@pytest.mark.parametrize("end", ["sign out", "disable", "new password", "link"])
async def test_sessions_end_at_once(stored_persons: PersonsByName, clock: SetClock, password_hash: str, end: str) -> None:
    session = await sign_in.sign_in("author", PASSWORD, source=HERE, now=clock.now())
    if end == "sign out":
        await people.end_sessions(session.person.id)
    elif end == "disable":
        await people.disable(session.person.id, unit=WARD, by=stored_persons["admin"].id, now=clock.now())
        await people.enable(session.person.id, unit=WARD, by=stored_persons["admin"].id, now=clock.now())
    elif end == "new password":
        await people.set_password(session.person.id, password_hash=password_hash, now=clock.now())
    else:
        link = await sign_in.make_link(session.person.id, secret=SECRET, now=clock.now())
        await sign_in.use_link(link, password_hash=password_hash, secret=SECRET, now=clock.now())

    assert await people.in_session(session.person.id, session.version, today=clock.today()) is None


async def test_changing_somebody_of_another_unit_is_not_found(stored_persons: PersonsByName, clock: SetClock) -> None:
    theirs, by = stored_persons["stranger"].id, stored_persons["admin"].id
    with pytest.raises(NotFound):
        await people.account(theirs, unit=WARD, today=clock.today())
    with pytest.raises(NotFound):
        await people.change(theirs, unit=WARD, roles=[Role.ADMIN], full_name="X", by=by, now=clock.now())
    with pytest.raises(NotFound):
        await people.disable(theirs, unit=WARD, by=by, now=clock.now())
    with pytest.raises(NotFound):
        await people.enable(theirs, unit=WARD, by=by, now=clock.now())


async def test_link_works_once_within_a_day_and_only_its_hash_is_kept(
    stored_persons: PersonsByName, clock: SetClock, password_hash: str, db: asyncpg.Pool
) -> None:
    link = await sign_in.make_link(stored_persons["author"].id, secret=SECRET, now=clock.now())
    clock.move(hours=23, minutes=59)

    assert await sign_in.link_owner(link, secret=SECRET, now=clock.now()) == stored_persons["author"]
    assert link.encode() not in b"".join(row["token_hash"] for row in await db.fetch("SELECT token_hash FROM sign_in_link"))
    await sign_in.use_link(link, password_hash=password_hash, secret=SECRET, now=clock.now())
    with pytest.raises(NotFound):
        await sign_in.use_link(link, password_hash=password_hash, secret=SECRET, now=clock.now())


async def test_link_used_by_two_at_once_lets_one_in(stored_persons: PersonsByName, clock: SetClock, password_hash: str) -> None:
    link = await sign_in.make_link(stored_persons["author"].id, secret=SECRET, now=clock.now())

    both = await asyncio.gather(
        *(sign_in.use_link(link, password_hash=password_hash, secret=SECRET, now=clock.now()) for _ in range(2)), return_exceptions=True
    )

    assert sorted(type(each).__name__ for each in both) == ["NotFound", "Session"]


@pytest.mark.parametrize("why", ["too late", "another secret", "a newer link", "disabled", "made up"])
async def test_link_is_not_accepted(stored_persons: PersonsByName, clock: SetClock, why: str) -> None:
    author, secret = stored_persons["author"], SECRET
    link = await sign_in.make_link(author.id, secret=SECRET, now=clock.now())
    if why == "too late":
        clock.move(hours=24)
    elif why == "another secret":
        secret = b"another"
    elif why == "a newer link":
        await sign_in.make_link(author.id, secret=SECRET, now=clock.now())
    elif why == "disabled":
        await people.disable(author.id, unit=WARD, by=stored_persons["admin"].id, now=clock.now())
    else:
        link = "made-up"

    with pytest.raises(NotFound):
        await sign_in.link_owner(link, secret=secret, now=clock.now())


async def test_token_has_its_owners_rights_until_revoked(stored_persons: PersonsByName, clock: SetClock) -> None:
    author = stored_persons["author"]
    token = await sign_in.make_token(author.id, secret=SECRET, now=clock.now())
    assert await sign_in.token_owner(token, secret=SECRET, today=clock.today()) == author
    assert await sign_in.token_owner(token + "x", secret=SECRET, today=clock.today()) is None

    [listed] = await sign_in.tokens(author.id)
    await sign_in.revoke_token(stored_persons["approver"].id, listed.id, now=clock.now())
    assert await sign_in.token_owner(token, secret=SECRET, today=clock.today()) == author
    await sign_in.revoke_token(author.id, listed.id, now=clock.now())
    assert await sign_in.token_owner(token, secret=SECRET, today=clock.today()) is None
    assert await sign_in.tokens(author.id) == []


async def test_disabling_revokes_tokens_for_good(stored_persons: PersonsByName, clock: SetClock) -> None:
    author, by = stored_persons["author"], stored_persons["admin"].id
    token = await sign_in.make_token(author.id, secret=SECRET, now=clock.now())

    await people.disable(author.id, unit=WARD, by=by, now=clock.now())
    assert await sign_in.token_owner(token, secret=SECRET, today=clock.today()) is None
    await people.enable(author.id, unit=WARD, by=by, now=clock.now())
    assert await sign_in.token_owner(token, secret=SECRET, today=clock.today()) is None


async def roles_of(name: str, day: datetime.date) -> frozenset[Role]:
    account = await people.by_name(name, today=day)
    assert account is not None
    return account.person.roles


async def test_deputy_approves_from_the_first_day_to_the_last(stored_persons: PersonsByName, clock: SetClock) -> None:
    day, one = clock.today(), datetime.timedelta(days=1)
    await deputies.add(stored_persons["approver"].id, deputy=stored_persons["author"].id, starts_on=day + one, ends_on=day + 2 * one, now=clock.now())

    alone, standing_in = frozenset({Role.AUTHOR}), frozenset({Role.AUTHOR, Role.APPROVER})
    assert [await roles_of("author", day + n * one) for n in range(4)] == [alone, standing_in, standing_in, alone]
    assert [(each.absent, each.name) for each in await deputies.current(WARD, today=day)] == [("Trần Văn Duyệt", "Nguyễn Thị Soạn")]
    assert await deputies.current(WARD, today=day + 3 * one) == []


async def test_deputy_keeps_own_roles_apart(stored_persons: PersonsByName, clock: SetClock) -> None:
    day = clock.today()
    await deputies.add(stored_persons["approver"].id, deputy=stored_persons["author"].id, starts_on=day, ends_on=day, now=clock.now())

    account = await people.account(stored_persons["author"].id, unit=WARD, today=day)

    assert account.own_roles == frozenset({Role.AUTHOR})


@pytest.mark.parametrize("why", ["ended", "approver disabled", "approver no longer approves", "approver moved"])
async def test_deputy_ends_with_the_approver(stored_persons: PersonsByName, clock: SetClock, why: str) -> None:
    approver, by, day = stored_persons["approver"], stored_persons["admin"].id, clock.today()
    await deputies.add(approver.id, deputy=stored_persons["author"].id, starts_on=day, ends_on=day, now=clock.now())
    if why == "ended":
        [named] = await deputies.current(WARD, today=day)
        await deputies.end(uuid.UUID(named.id), person_id=stored_persons["author"].id, now=clock.now())
        assert Role.APPROVER in await roles_of("author", day)
        await deputies.end(uuid.UUID(named.id), person_id=approver.id, now=clock.now())
    elif why == "approver disabled":
        await people.disable(approver.id, unit=WARD, by=by, now=clock.now())
    elif why == "approver moved":
        await people.create_or_change("approver", unit=OTHER_WARD, roles=[Role.APPROVER], now=clock.now())
    else:
        await people.change(approver.id, unit=WARD, roles=[Role.REPLIER], full_name="X", by=by, now=clock.now())

    assert await roles_of("author", day) == frozenset({Role.AUTHOR})


async def test_what_admins_do_stands_in_the_journal_without_secrets(stored_persons: PersonsByName, clock: SetClock, db: asyncpg.Pool) -> None:
    admin, author = stored_persons["admin"].id, stored_persons["author"].id
    link = await sign_in.make_link(author, secret=SECRET, now=clock.now(), by=admin)
    token = await sign_in.make_token(author, secret=SECRET, now=clock.now())
    await people.change(author, unit=WARD, roles=[Role.AUTHOR, Role.REPLIER], full_name="X", by=admin, now=clock.now())
    await people.disable(author, unit=WARD, by=admin, now=clock.now())

    rows = await db.fetch("SELECT verb, person::text, detail::text FROM event WHERE verb <> 'person_created' ORDER BY id")

    assert [(row["verb"], row["person"]) for row in rows] == [
        ("sign_in_link_made", admin), ("token_made", author), ("person_changed", admin), ("person_disabled", admin),
    ]  # fmt: skip
    assert not any(secret in row["detail"] for row in rows for secret in (link, token))


async def test_list_is_sorted_as_vietnamese_sorts_with_disabled_people_last(stored_persons: PersonsByName, clock: SetClock) -> None:
    await people.disable(stored_persons["front"].id, unit=WARD, by=stored_persons["admin"].id, now=clock.now())

    listed = await people.accounts(WARD, today=clock.today())

    assert [each.person.name for each in listed] == ["reader", "auditor", "admin", "replier", "author", "village_head", "approver", "collector", "front"]
