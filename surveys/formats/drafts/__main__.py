"""Reads one draft plan in a process of its own: `python -m surveys.formats.drafts FILE NAME SECONDS MEGABYTES`, the answer as JSON on stdout."""

import sys
from pathlib import Path

import msgspec

from surveys.formats.__main__ import stay_within
from surveys.formats.drafts import LARGEST_MB, codes, read
from surveys.formats.drafts.draft import Heard
from surveys.formats.taken import Unreadable
from surveys.problems import Problem


def told(path: str, name: str) -> bytes:
    with Path(path).open("rb") as file:
        data = file.read(LARGEST_MB * 1_000_000 + 1)
    try:
        said = Heard(draft=read(data, name))
    except Unreadable as refusal:
        said = Heard(unreadable=Problem(refusal.code, given=refusal.given))
    except MemoryError:
        said = Heard(unreadable=Problem(codes.DRAFT_HEAVY, given={"given": name}))
    return msgspec.json.encode(said)


if __name__ == "__main__":
    stay_within(*sys.argv[3:])
    sys.stdout.buffer.write(told(*sys.argv[1:3]))
