"""Passwords hashed with argon2id, in threads of their own: a hash takes tens of milliseconds and 64 MiB."""

import asyncio
import secrets
from concurrent.futures import ThreadPoolExecutor
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from surveys.people import typed_password

HASHER = PasswordHasher()
THREADS = ThreadPoolExecutor(max_workers=2, thread_name_prefix="argon2")


async def hashed(password: str) -> str:
    return await asyncio.get_running_loop().run_in_executor(THREADS, HASHER.hash, typed_password(password))


async def matches(stored: str | None, password: str) -> bool:
    """Whether the password is the stored one. Takes as long where nothing is stored."""
    return await asyncio.get_running_loop().run_in_executor(THREADS, verify, stored, typed_password(password))


def outdated(stored: str) -> bool:
    """Whether the hash was made with weaker parameters than today's."""
    return HASHER.check_needs_rehash(stored)


def verify(stored: str | None, password: str) -> bool:
    try:
        return HASHER.verify(stored or hash_of_nobody(), password) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


@cache
def hash_of_nobody() -> str:
    """Work for names that are not known, so that they take as long as those that are."""
    return HASHER.hash(secrets.token_urlsafe(32))
