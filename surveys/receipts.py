"""Receipts, and the keyed hashes under which answers and repeats are kept. Nothing here can be turned back without the secret.

The receipt comes out of the idempotency key, so a repeat gets the same one though nothing links it to its answer.
"""

import hashlib
import hmac
import re
import unicodedata
from typing import Any

import msgspec

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""No I, L, O, U: read as 1, 1, 0 and not at all."""

LETTERS = 26
"""128 bits, five a letter."""

GROUPS = (5, 4, 4, 4, 4, 5)
KEY = re.compile(r"[A-Za-z0-9_-]{8,64}")
MISREAD = str.maketrans("ILO", "110")


def keyed(secret: bytes, label: str, *parts: bytes) -> bytes:
    """HMAC-SHA256 under a label of its own; parts cannot run into each other."""
    message = b"".join(len(part).to_bytes(8, "big") + part for part in (label.encode(), *parts))
    return hmac.new(secret, message, hashlib.sha256).digest()


def is_key(text: str) -> bool:
    """Whether it may be an idempotency key."""
    return KEY.fullmatch(text) is not None


def receipt(secret: bytes, *, consultation: str, key: str) -> str:
    """The receipt that an answer sent with this idempotency key gets: 26 letters, ungrouped."""
    number = int.from_bytes(keyed(secret, "receipt", consultation.encode(), key.encode())[:16], "big")
    return "".join(ALPHABET[number >> (5 * place) & 31] for place in reversed(range(LETTERS)))


def grouped(receipt: str) -> str:
    """As it is shown: 5-4-4-4-4-5 letters."""
    starts = [sum(GROUPS[:index]) for index in range(len(GROUPS))]
    return "-".join(receipt[start : start + length] for start, length in zip(starts, GROUPS, strict=True))


def parse(text: str) -> str | None:
    """The receipt somebody typed, in any case, with spaces or dashes anywhere, o for 0 and l for 1; None where it cannot be one."""
    plain = unicodedata.normalize("NFKC", text[:200]).upper()
    letters = "".join(letter for letter in plain if letter.isalnum()).translate(MISREAD)
    odd = [letter for letter in plain if not letter.isalnum() and not letter.isspace() and unicodedata.category(letter) not in ("Pd", "Po", "Cf", "Pc")]
    if odd or len(letters) != LETTERS or any(letter not in ALPHABET for letter in letters) or letters[0] not in "01234567":
        return None
    return letters


def answer_id(secret: bytes, receipt: str) -> bytes:
    """The id under which the answer of this receipt is stored."""
    return keyed(secret, "answer", receipt.encode())


def withdrawal_hash(secret: bytes, receipt: str) -> bytes:
    """What stays of a withdrawn answer, so that one new one may name its receipt."""
    return keyed(secret, "withdrawal", receipt.encode())


def key_hash(secret: bytes, *, consultation: str, key: str) -> bytes:
    return keyed(secret, "key", consultation.encode(), key.encode())


def body_hash(secret: bytes, *, consultation: str, body: Any) -> bytes:
    """Alike for bodies that say the same, whatever the order of their keys and the spaces between."""
    return keyed(secret, "body", consultation.encode(), canonical(body))


def canonical(body: Any) -> bytes:
    """JSON with sorted keys and no spaces."""
    return msgspec.json.encode(body, order="deterministic")
