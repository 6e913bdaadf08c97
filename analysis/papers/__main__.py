"""The child process: a paper as JSON on stdin → a PDF (of a card, a PNG) at the path named first; then seconds and megabytes it may use."""

import gc
import resource
import sys
from pathlib import Path

import msgspec

from analysis.papers import council, leaflets, study
from analysis.papers.child import NO_FONT, NO_MEMORY, Paper
from analysis.papers.refusals import FONT, SANS, PaperFailed

LARGEST_FILE_MB = 200


def main(target: str, seconds: str, megabytes: str) -> int:
    cap(int(seconds), int(megabytes))
    gc.disable()  # a fifth of the time, for memory that this short life gives back anyway
    paper = msgspec.json.decode(sys.stdin.buffer.read(), type=Paper)
    try:
        made = printed(paper)
    except PaperFailed:
        return NO_FONT
    except MemoryError:
        return NO_MEMORY
    Path(target).write_bytes(made)
    return 0


def printed(paper: Paper) -> bytes:
    from analysis.papers.render import fitted, picture, render

    if isinstance(paper, council.CouncilPaper):
        return render(council.html(paper))
    if isinstance(paper, study.StudyPaper):
        return render(study.html(paper))
    pdf = fitted(leaflets.tries(paper), font=FONT if isinstance(paper, leaflets.Letter) else SANS)
    return picture(pdf) if isinstance(paper, leaflets.Card) else pdf


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
