"""Ways in: a name with its password, a one-time link, an API token. Only keyed hashes of links and tokens are kept."""

import datetime
import hashlib
import hmac
import math
import secrets
import uuid

from msgspec import Struct

from server import passwords
from server.database import DB
from server.store import journal, people
from server.tables import ApiToken, SignInFailure, SignInLink
from server.tables import Person as People
from surveys.consultation import Person
from surveys.lifecycle import day_of
from surveys.people import pause_s
from surveys.problems import Code, NotAllowed, NotFound, Refusal

LINK_LASTS = datetime.timedelta(hours=24)
FAILURES_COUNT = datetime.timedelta(days=1)
PREFIX = "ydan_"
NOBODY = str(uuid.UUID(int=0))
"""Looked up for unknown names, so that they take the same steps."""

WRONG_SIGN_IN = Code("wrong_sign_in", "Tên đăng nhập hoặc mật khẩu không đúng.", "Điền lại, hoặc nhờ quản trị viên của đơn vị gửi liên kết đăng nhập một lần.")
TOO_MANY_TRIES = Code("too_many_tries", "Đã thử sai nhiều lần từ thiết bị này.", "Chờ {seconds} giây rồi thử lại.")
LINK_NOT_ACCEPTED = Code(
    "link_not_accepted", "Liên kết đăng nhập này đã dùng, đã quá 24 giờ, hoặc không đúng.", "Nhờ quản trị viên của đơn vị gửi liên kết mới."
)


class TooManyTries(Refusal):
    """Whoever guesses from here must wait `seconds` first."""

    status = 429


class Session(Struct, frozen=True):
    """Who signed in, and the version under which the database knows their sessions."""

    person: Person
    version: int


class Token(Struct, frozen=True):
    """An API token as its owner sees it later: `id` is the start of its hash."""

    id: str
    created_at: datetime.datetime


def keyed(secret: bytes, label: str, *parts: str) -> bytes:
    """What is stored of something secret; without our own secret nobody can compute it. `label` keeps uses apart."""
    return hmac.digest(secret, "\0".join((label, *parts)).encode(), hashlib.sha256)


async def sign_in(name: str, password: str, *, source: bytes, now: datetime.datetime) -> Session:
    """Raises NotAllowed, alike in words and work for an unknown name, a wrong password and a disabled account; TooManyTries first.

    `source` stands for this name together with the address or known device the try comes from. Each has its own count,
    so that whoever guesses elsewhere slows down only themselves.
    """
    account = await people.by_name(name, today=day_of(now))
    await count_try(account.person.name if account else "", source=source, now=now)
    stored = await stored_hash(account.person.id if account else NOBODY)
    if not await passwords.matches(stored, password) or account is None or account.disabled:
        raise NotAllowed(WRONG_SIGN_IN)
    if stored and passwords.outdated(stored):
        await People.update({People.password_hash: await passwords.hashed(password)}).where(People.id == uuid.UUID(account.person.id))
    await SignInFailure.delete().where(SignInFailure.source == source)
    return Session(account.person, account.session_version)


async def count_try(name: str, *, source: bytes, now: datetime.datetime) -> None:
    """Counts a try before it is judged, one at a time for a source, so that fifty at once are not fifty free ones."""
    async with DB.transaction() as transaction:
        await transaction.connection.execute("SELECT pg_advisory_xact_lock($1)", int.from_bytes(source[:8], signed=True))
        await SignInFailure.delete().where(SignInFailure.at < now - FAILURES_COUNT)
        row = await transaction.connection.fetchrow("SELECT count(*) AS failures, max(at) AS last FROM sign_in_failure WHERE source = $1", source)
        pause = pause_s(row["failures"])
        wait = min(pause, pause - (now - row["last"]).total_seconds()) if row["last"] else 0
        if wait > 0:
            raise TooManyTries(TOO_MANY_TRIES, seconds=math.ceil(wait))
        await SignInFailure.insert(SignInFailure(name=name, source=source, at=now))


async def check_password(person_id: str, password: str) -> bool:
    return await passwords.matches(await stored_hash(person_id), password)


async def stored_hash(person_id: str) -> str | None:
    row = await People.select(People.password_hash).where(People.id == uuid.UUID(person_id)).first()
    return row["password_hash"] if row else None


async def make_link(person_id: str, *, secret: bytes, now: datetime.datetime, by: str | None = None) -> str:
    """The secret part of a one-time sign-in link, for 24 hours. Earlier links of theirs end."""
    token = secrets.token_urlsafe(32)
    async with DB.transaction():
        await SignInLink.delete().where(SignInLink.person == uuid.UUID(person_id))
        await SignInLink.insert(SignInLink(token_hash=keyed(secret, "sign-in link", token), person=uuid.UUID(person_id), expires_at=now + LINK_LASTS))
        await journal.note("sign_in_link_made", consultation=None, by=by, now=now, person=person_id)
    return token


async def link_owner(token: str, *, secret: bytes, now: datetime.datetime) -> Person:
    """Whose link it is; looking does not use it up. Raises NotFound."""
    row = await SignInLink.select(SignInLink.person).where(
        (SignInLink.token_hash == keyed(secret, "sign-in link", token)) & SignInLink.used_at.is_null() & (SignInLink.expires_at > now)
    ).first()  # fmt: skip
    if row is None:
        raise NotFound(LINK_NOT_ACCEPTED)
    return await people.person(str(row["person"]), today=day_of(now))


async def use_link(token: str, *, password_hash: str, secret: bytes, now: datetime.datetime) -> Session:
    """Sets the owner's password and signs them in, once. Raises NotFound."""
    async with DB.transaction():
        used = await SignInLink.update({SignInLink.used_at: now}).where(
            (SignInLink.token_hash == keyed(secret, "sign-in link", token)) & SignInLink.used_at.is_null() & (SignInLink.expires_at > now)
        ).returning(SignInLink.person)  # fmt: skip
        if not used:
            raise NotFound(LINK_NOT_ACCEPTED)
        owner = await people.person(str(used[0]["person"]), today=day_of(now))
        version = await people.set_password(owner.id, password_hash=password_hash, now=now)
    return Session(owner, version)


async def make_token(person_id: str, *, secret: bytes, now: datetime.datetime) -> str:
    """An API token with this person's rights. It is known only now; the database keeps its keyed hash."""
    token = PREFIX + secrets.token_urlsafe(32)
    async with DB.transaction():
        await ApiToken.insert(ApiToken(token_hash=keyed(secret, "api token", token), person=uuid.UUID(person_id), created_at=now))
        await journal.note("token_made", consultation=None, by=person_id, now=now)
    return token


async def token_owner(token: str, *, secret: bytes, today: datetime.date) -> Person | None:
    condition = "NOT p.disabled AND p.id = (SELECT person FROM api_token WHERE token_hash = $2 AND revoked_at IS NULL)"
    found = await people.accounts_where(condition, today, keyed(secret, "api token", token))
    return found[0].person if found else None


async def tokens(person_id: str) -> list[Token]:
    """Those that still work, newest first."""
    rows = await ApiToken.select(ApiToken.token_hash, ApiToken.created_at).where(
        (ApiToken.person == uuid.UUID(person_id)) & ApiToken.revoked_at.is_null()
    ).order_by(ApiToken.created_at, ascending=False)  # fmt: skip
    return [Token(row["token_hash"].hex()[:12], row["created_at"]) for row in rows]


async def revoke_token(person_id: str, token_id: str, *, now: datetime.datetime) -> None:
    """A token of this person, by the id that `tokens` gives. One that is revoked already stays so."""
    async with DB.transaction() as transaction:
        revoked = await transaction.connection.fetch(
            "UPDATE api_token SET revoked_at = $3 WHERE person = $1 AND revoked_at IS NULL AND left(encode(token_hash, 'hex'), 12) = $2 RETURNING 1",
            uuid.UUID(person_id), token_id, now,
        )  # fmt: skip
        if revoked:
            await journal.note("token_revoked", consultation=None, by=person_id, now=now)
