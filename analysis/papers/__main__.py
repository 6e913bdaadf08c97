"""The child process: a paper as JSON on stdin → a PDF at the path named first; then seconds and megabytes it may use."""

import gc
import resource
import sys
from pathlib import Path

import msgspec

from analysis.papers import council, study
from analysis.papers.child import NO_FONT, NO_MEMORY, Paper
from analysis.papers.refusals import PaperFailed

LARGEST_FILE_MB = 200


def main(target: str, seconds: str, megabytes: str) -> int:
    cap(int(seconds), int(megabytes))
    gc.disable()  # a fifth of the time, for memory that this short life gives back anyway
    from analysis.papers.render import render

    paper = msgspec.json.decode(sys.stdin.buffer.read(), type=Paper)
    try:
        pdf = render(council.html(paper) if isinstance(paper, council.CouncilPaper) else study.html(paper))
    except PaperFailed:
        return NO_FONT
    except MemoryError:
        return NO_MEMORY
    Path(target).write_bytes(pdf)
    return 0


def cap(seconds: int, megabytes: int) -> None:
    for limit, value in (
        (resource.RLIMIT_CPU, seconds + 1),
        (resource.RLIMIT_AS, megabytes * 1024 * 1024),
        (resource.RLIMIT_FSIZE, LARGEST_FILE_MB * 1024 * 1024),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (value, value))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
