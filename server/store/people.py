"""People in the database: who they are, what they may do today, and since when their sessions count."""

import datetime
import uuid
from collections.abc import Iterable
from typing import Any

import asyncpg
from msgspec import Struct

from server.database import DB
from server.store import journal, units
from server.tables import ApiToken, SignInLink
from server.tables import Person as People
from surveys.consultation import Person, Role
from surveys.language import normalise, sort_key
from surveys.lifecycle import day_of
from surveys.people import NAME_TAKEN, sign_in_name
from surveys.problems import Code, Conflict, NotFound

NO_SUCH_PERSON = Code("no_such_person", "Không có người dùng này trong đơn vị.", "Xem lại danh sách người dùng.")
IS_DISABLED = Code("account_disabled", "Tài khoản {name} đang bị khóa.", "Mở lại tài khoản trước.")

TODAY = """
SELECT p.id, p.name, p.full_name, p.unit, p.language, p.disabled, p.session_version, p.password_hash IS NOT NULL AS has_password, p.roles,
       EXISTS (SELECT 1 FROM deputy d JOIN person a ON a.id = d.person
               WHERE d.deputy = p.id AND $1 BETWEEN d.starts_on AND d.ends_on
                 AND NOT a.disabled AND 'approver' = ANY (a.roles) AND a.unit = p.unit) AS stands_in
FROM person p WHERE """
"""A person with whether they approve today in an absent approver's place, which ends when that approver leaves office."""


class Account(Struct, frozen=True, kw_only=True):
    """A person as their administrator sees them. `own_roles` are those given to them, `person.roles` also a deputy's."""

    person: Person
    own_roles: frozenset[Role]
    disabled: bool
    has_password: bool
    session_version: int


async def person(person_id: str, *, today: datetime.date) -> Person:
    """Raises NotFound where nobody has this id or the account is disabled."""
    found = await accounts_where("p.id = $2 AND NOT p.disabled", today, uuid.UUID(person_id))
    if not found:
        raise NotFound(NO_SUCH_PERSON)
    return found[0].person


async def by_name(name: str, *, today: datetime.date) -> Account | None:
    """Somebody with this sign-in name, disabled or not, in whichever unit."""
    if not name.isprintable():
        return None
    found = await accounts_where("p.name = $2", today, sign_in_name(name))
    return found[0] if found else None


async def in_session(person_id: str, version: int, *, today: datetime.date) -> Person | None:
    """The person of a session, unless it has ended: by sign-out, a new password, or the account being disabled."""
    found = await accounts_where("p.id = $2 AND p.session_version = $3 AND NOT p.disabled", today, uuid.UUID(person_id), version)
    return found[0].person if found else None


async def account(person_id: str, *, unit: str, today: datetime.date) -> Account:
    """Somebody of this unit. Raises NotFound, also for people of other units."""
    try:
        found = await accounts_where("p.id = $2 AND p.unit = $3", today, uuid.UUID(person_id), unit)
    except ValueError:
        found = []
    if not found:
        raise NotFound(NO_SUCH_PERSON)
    return found[0]


async def accounts(unit: str, *, today: datetime.date) -> list[Account]:
    """Everybody of this unit by full name, disabled ones last."""
    found = await accounts_where("p.unit = $2", today, unit)
    return sorted(found, key=lambda account: (account.disabled, sort_key(account.person.full_name), account.person.name))


async def create_or_change(
    name: str,
    *,
    unit: str,
    roles: Iterable[Role],
    now: datetime.datetime,
    full_name: str | None = None,
    password_hash: str | None = None,
) -> Person:
    """For the command line: the person of this sign-in name, made or changed so that they have this unit and just these roles.

    Twice changes nothing more.
    A new `password_hash` ends their sessions. Without `full_name` the one they have stays, a new person gets the name as given.
    Raises NotFound for an unknown unit.
    """
    async with DB.transaction() as transaction:
        await units.unit(unit)
        row = await transaction.connection.fetchrow(
            """INSERT INTO person (id, name, full_name, unit, roles, password_hash, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
               ON CONFLICT ON CONSTRAINT person_name DO UPDATE SET unit = $4, roles = $5, full_name = coalesce($8, person.full_name),
                   password_hash = coalesce($6, person.password_hash),
                   session_version = person.session_version + ($6::text IS NOT NULL)::int
               RETURNING id, xmax = 0 AS fresh""",
            uuid.uuid4(), sign_in_name(name), full_name or normalise(name), unit, in_order(roles), password_hash, now, full_name,
        )  # fmt: skip
        verb = "person_created" if row["fresh"] else "person_changed"
        await journal.note(verb, consultation=None, by=None, now=now, person=str(row["id"]), unit=unit, roles=in_order(roles))
    made = await by_name(name, today=day_of(now))
    assert made is not None
    return made.person


async def create(name: str, *, unit: str, roles: Iterable[Role], full_name: str, by: str, now: datetime.datetime) -> Person:
    """A new person. Raises Conflict where the sign-in name is taken, in whichever unit."""
    made = uuid.uuid4()
    try:
        async with DB.transaction():
            await People.insert(People(
                id=made, name=sign_in_name(name), full_name=normalise(full_name) or normalise(name), unit=unit, roles=in_order(roles), created_at=now,
            ))  # fmt: skip
            await journal.note("person_created", consultation=None, by=by, now=now, person=str(made), unit=unit, roles=in_order(roles))
    except asyncpg.UniqueViolationError as error:
        raise Conflict(NAME_TAKEN, given=normalise(name)) from error
    return await person(str(made), today=day_of(now))


async def change(person_id: str, *, unit: str, roles: Iterable[Role], full_name: str, by: str, now: datetime.datetime) -> None:
    """Raises NotFound where nobody of this unit has this id."""
    async with DB.transaction():
        changed = await People.update({People.roles: in_order(roles), People.full_name: normalise(full_name)}).where(
            (People.id == uuid.UUID(person_id)) & (People.unit == unit)
        ).returning(People.id)  # fmt: skip
        if not changed:
            raise NotFound(NO_SUCH_PERSON)
        await journal.note("person_changed", consultation=None, by=by, now=now, person=person_id, roles=in_order(roles))


async def disable(person_id: str, *, unit: str, by: str, now: datetime.datetime) -> None:
    """Ends their sessions, sign-in links and API tokens at once; they stay in the journal under their name."""
    async with DB.transaction():
        changed = await People.update({People.disabled: True, People.session_version: People.session_version + 1}).where(
            (People.id == uuid.UUID(person_id)) & (People.unit == unit)
        ).returning(People.id)  # fmt: skip
        if not changed:
            raise NotFound(NO_SUCH_PERSON)
        await SignInLink.delete().where(SignInLink.person == uuid.UUID(person_id))
        await ApiToken.update({ApiToken.revoked_at: now}).where((ApiToken.person == uuid.UUID(person_id)) & ApiToken.revoked_at.is_null())
        await journal.note("person_disabled", consultation=None, by=by, now=now, person=person_id)


async def enable(person_id: str, *, unit: str, by: str, now: datetime.datetime) -> None:
    """Lets them sign in again; what `disable` ended stays ended."""
    async with DB.transaction():
        changed = await People.update({People.disabled: False}).where((People.id == uuid.UUID(person_id)) & (People.unit == unit)).returning(People.id)
        if not changed:
            raise NotFound(NO_SUCH_PERSON)
        await journal.note("person_enabled", consultation=None, by=by, now=now, person=person_id)


async def end_sessions(person_id: str) -> None:
    """Every session of theirs ends, on every device, also for cookies that somebody kept."""
    await People.update({People.session_version: People.session_version + 1}).where(People.id == uuid.UUID(person_id))


async def set_password(person_id: str, *, password_hash: str, now: datetime.datetime) -> int:
    """Ends their sessions and gives the version that new ones carry."""
    async with DB.transaction():
        rows = await People.update({People.password_hash: password_hash, People.session_version: People.session_version + 1}).where(
            People.id == uuid.UUID(person_id)
        ).returning(People.session_version)  # fmt: skip
        await journal.note("password_changed", consultation=None, by=person_id, now=now)
    return int(rows[0]["session_version"])


async def set_language(person_id: str, language: str) -> None:
    await People.update({People.language: language}).where(People.id == uuid.UUID(person_id))


async def accounts_where(condition: str, today: datetime.date, *given: Any) -> list[Account]:
    async with DB.connection() as connection:
        return [account_of(row) for row in await connection.fetch(TODAY + condition, today, *given)]


def account_of(row: asyncpg.Record) -> Account:
    own = frozenset(Role(role) for role in row["roles"])
    return Account(
        person=Person(
            id=str(row["id"]), name=row["name"], full_name=row["full_name"] or row["name"], unit=row["unit"], language=row["language"],
            roles=own | {Role.APPROVER} if row["stands_in"] else own,
        ),
        own_roles=own,
        disabled=row["disabled"],
        has_password=row["has_password"],
        session_version=row["session_version"],
    )  # fmt: skip


def in_order(roles: Iterable[Role]) -> list[str]:
    given = set(roles)
    return [role.value for role in Role if role in given]
