"""Files from outside, opened in a child process with limits on time and memory; web and command line read them through the same door."""

import subprocess
import sys
from pathlib import Path

import msgspec

import surveys
from surveys.formats import codes
from surveys.formats.taken import Taken, Unreadable, heard

ROOT = Path(surveys.__file__).parents[1]
READ_WITHIN_S = 20
READ_WITHIN_MB = 1500


def read_form(path: Path, *, name: str = "", within_s: int = READ_WITHIN_S, within_mb: int = READ_WITHIN_MB) -> Taken:
    """The questionnaire in a form file. `name` is what it was called where it came from, if the path says no more.

    Takes about a second, so a web worker calls it in a thread. Raises Unreadable (also where the child was stopped) and Invalid.
    """
    command = [sys.executable, "-P", "-m", "surveys.formats", str(path), name or path.name, str(within_s), str(within_mb)]
    try:
        child = subprocess.run(command, capture_output=True, timeout=within_s * 2, env={"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "0"}, check=False)
    except subprocess.TimeoutExpired:
        raise Unreadable(codes.TOO_HEAVY) from None
    try:
        return heard(child.stdout)
    except msgspec.MsgspecError:
        raise Unreadable(codes.TOO_HEAVY) from None
