"""Files from outside, opened in a child process with limits on time and memory; web and command line read them through the same door."""

import logging
import subprocess
import sys
from pathlib import Path

import msgspec

import surveys
from surveys.formats import codes, villages
from surveys.formats.drafts import codes as draft_codes
from surveys.formats.drafts import draft as drafts
from surveys.formats.drafts.draft import Draft
from surveys.formats.taken import Taken, Unreadable, heard
from surveys.villages import VillageTable

ROOT = Path(surveys.__file__).parents[1]
LOG = logging.getLogger(__name__)
READ_WITHIN_S = 20
READ_WITHIN_MB = 1500
READ_DRAFT_WITHIN_S = 2
READ_DRAFT_WITHIN_MB = 300


def read_form(path: Path, *, name: str = "", within_s: int = READ_WITHIN_S, within_mb: int = READ_WITHIN_MB) -> Taken:
    """The questionnaire in a form file. `name` is what it was called where it came from, if the path says no more.

    Takes about a second, so a web worker calls it in a thread. Raises Unreadable (also where the child was stopped) and Invalid.
    """
    try:
        return heard(said_by_child("surveys.formats", path, name=name, within_s=within_s, within_mb=within_mb))
    except msgspec.MsgspecError:
        raise Unreadable(codes.TOO_HEAVY) from None


def read_villages(path: Path, *, name: str = "", within_s: int = READ_WITHIN_S, within_mb: int = READ_WITHIN_MB) -> VillageTable:
    """The villages that a workbook lists, with what is wrong in it. As slow, and stopped in the same way, as `read_form`. Raises Unreadable."""
    try:
        return villages.heard(said_by_child("surveys.formats.villages", path, name=name, within_s=within_s, within_mb=within_mb))
    except msgspec.MsgspecError:
        raise Unreadable(codes.TOO_HEAVY) from None


def read_draft(path: Path, *, name: str = "", within_s: int = READ_DRAFT_WITHIN_S, within_mb: int = READ_DRAFT_WITHIN_MB) -> Draft:
    """The paragraphs and tables of a draft plan. As slow, and stopped in the same way, as `read_form`. Raises Unreadable."""
    called = name or path.name
    try:
        return drafts.heard(said_by_child("surveys.formats.drafts", path, name=called, within_s=within_s, within_mb=within_mb))
    except (msgspec.MsgspecError, Unreadable) as refusal:
        if isinstance(refusal, Unreadable) and refusal.code is not codes.TOO_HEAVY:
            raise
        raise Unreadable(draft_codes.DRAFT_HEAVY, given=called) from None


def said_by_child(module: str, path: Path, *, name: str, within_s: int, within_mb: int) -> bytes:
    """What the module printed about this file; cut short or nothing where the kernel stopped it."""
    command = [sys.executable, "-P", "-m", module, str(path), name or path.name, str(within_s), str(within_mb)]
    try:
        child = subprocess.run(command, capture_output=True, timeout=within_s * 2, env={"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "0"}, check=False)
    except subprocess.TimeoutExpired:
        raise Unreadable(codes.TOO_HEAVY) from None
    return child.stdout
