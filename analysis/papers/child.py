"""Makes a paper in a child process that may use so much time and memory, and knows none of the server's secrets."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from analysis.papers.council import CouncilPaper
from analysis.papers.leaflets import Card, Letter, Poster
from analysis.papers.refusals import FONT, FONT_MISSING, PAPER_BROKEN, PAPER_TOO_LARGE, PAPER_TOO_SLOW, PaperFailed
from analysis.papers.study import StudyPaper

Paper = CouncilPaper | StudyPaper | Poster | Letter | Card

ROOT = Path(__file__).parents[2]
PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "FONTCONFIG_FILE", "FONTCONFIG_PATH", "XDG_CACHE_HOME", "LD_LIBRARY_PATH")
"""All that the child sees of the environment."""
NO_FONT, NO_MEMORY = 3, 4
"""Exit codes of the child."""


def make(paper: Paper, *, timeout_s: float = 120, memory_mb: int = 2048) -> bytes:
    """The PDF of this paper, the PNG of a card. Raises PaperFailed, which says why in a sentence."""
    with started(timeout_s=timeout_s, memory_mb=memory_mb) as finish:
        return finish(paper)


@contextmanager
def started(*, timeout_s: float = 120, memory_mb: int = 2048) -> Iterator[Callable[[Paper], bytes]]:
    """A child that loads its libraries while somebody still counts; gives what makes one paper of it, as `make` does."""
    with tempfile.TemporaryDirectory(prefix="ydan-paper-") as folder:
        target = Path(folder) / "paper.pdf"
        command = [sys.executable, "-P", "-m", "analysis.papers", str(target), str(int(timeout_s)), str(memory_mb)]
        pipe = subprocess.PIPE
        with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, env=environment(), cwd=folder) as process:

            def finish(paper: Paper) -> bytes:
                try:
                    _, said = process.communicate(msgspec.json.encode(paper), timeout=timeout_s)
                except subprocess.TimeoutExpired:
                    raise PaperFailed(PAPER_TOO_SLOW, seconds=int(timeout_s)) from None
                if process.returncode:
                    raise failure(process.returncode, said.decode(errors="replace"), timeout_s, memory_mb)
                return target.read_bytes()

            try:
                yield finish
            finally:
                if process.poll() is None:
                    process.kill()


def environment() -> dict[str, str]:
    return {name: os.environ[name] for name in PASSED_ON if name in os.environ} | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}


def failure(code: int, said: str, timeout_s: float, memory_mb: int) -> PaperFailed:
    if code == NO_FONT:
        return PaperFailed(FONT_MISSING, font=FONT)
    if code == NO_MEMORY:
        return PaperFailed(PAPER_TOO_LARGE, megabytes=memory_mb)
    if code == -signal.SIGXCPU:
        return PaperFailed(PAPER_TOO_SLOW, seconds=int(timeout_s))
    return PaperFailed(PAPER_BROKEN, reason=(said.strip().splitlines() or [str(code)])[-1][:300])
