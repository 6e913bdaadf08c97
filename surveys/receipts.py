"""Receipts: what a respondent keeps, and the keyed hashes by which the answer is found without storing the receipt.

A receipt is derived from the idempotency key, so that a repeat gets the same one with no stored link (secrecy 4). All hashes
are HMAC-SHA256 under the installation's secret, each with a label of its own.
"""

import hashlib
import hmac
import itertools
import re
from typing import Any

import msgspec

ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ2345679"
"""30 characters without look-alikes: no I, L, O, 0, 1, 8."""

LENGTH = 27
"""30^27 > 2^132: the receipt holds 128 bits."""

GROUPS = (5, 4, 5, 4, 5, 4)
LONGEST_TYPED = 200

KEY = re.compile(r"[A-Za-z0-9_-]{8,64}")
"""An idempotency key."""


def keyed(secret: bytes, label: str, *parts: str | bytes) -> bytes:
    """32 bytes; parts are told apart by their lengths."""
    message = b"".join(len(part).to_bytes(8, "big") + part for part in (encoded(part) for part in (label, *parts)))
    return hmac.digest(secret, message, hashlib.sha256)


def encoded(part: str | bytes) -> bytes:
    return part.encode() if isinstance(part, str) else part


def receipt(secret: bytes, consultation: str, key: str) -> str:
    """The same for the same key of the same consultation: 27 letters, ungrouped."""
    number = int.from_bytes(keyed(secret, "receipt", consultation, key)[:16], "big")
    letters = []
    for _ in range(LENGTH):
        number, rest = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[rest])
    return "".join(letters)


def is_key(text: str) -> bool:
    """Whether it may be an idempotency key."""
    return KEY.fullmatch(text) is not None


def grouped(letters: str) -> str:
    """As it is shown: XXXXX-XXXX-XXXXX-XXXX-XXXXX-XXXX."""
    starts = itertools.accumulate(GROUPS, initial=0)
    return "-".join(letters[start : start + length] for start, length in zip(starts, GROUPS, strict=False))


def parse(typed: str) -> str | None:
    """The receipt that somebody typed, in any case and spacing; None where it cannot be one."""
    letters = re.sub(r"[^A-Z0-9]", "", typed[:LONGEST_TYPED].upper())
    return letters if len(letters) == LENGTH and not set(letters) - set(ALPHABET) else None


def answer_id(secret: bytes, receipt: str) -> bytes:
    return keyed(secret, "answer", receipt)


def withdrawal_hash(secret: bytes, receipt: str) -> bytes:
    return keyed(secret, "withdrawal", receipt)


def key_hash(secret: bytes, consultation: str, key: str) -> bytes:
    return keyed(secret, "key", consultation, key)


def body_hash(secret: bytes, body: bytes) -> bytes:
    return keyed(secret, "body", body)


def canonical(body: Any) -> bytes:
    """JSON with sorted keys and no spaces: bodies that say the same are the same bytes."""
    return msgspec.json.encode(body, order="deterministic")
