"""Counts one consultation in a process of its own: a job as JSON on stdin, two reports as JSON on stdout.

`python -m analysis.counting SECONDS MEGABYTES`. Answers come as a file of JSON lines, or as the snapshot that sealing froze.
"""

import resource
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec

from analysis import reporting, snapshot
from analysis.frame import Frame
from analysis.job import Counted, Job
from analysis.stored import Answer, from_answers


def counted(job: Job) -> Counted:
    frame = read(job)
    data_hash = snapshot.write(frame, Path(job.freeze)) if job.freeze else snapshot.content_hash(frame)
    decided = {(decision.answer, decision.question): decision.released for decision in job.decided}
    official, public = (
        reporting.make(
            frame,
            title=job.title,
            audience=audience,
            by=groupings(frame, job),
            min_cell=job.min_cell,
            villages=job.villages,
            former=job.former,
            others=job.others,
            decided=decided,
            data_hash=data_hash,
            provisional=job.provisional,
        )
        for audience in ("official", "public")
    )
    return Counted(official, public, data_hash, len(frame))


def read(job: Job) -> Frame:
    if job.frozen:
        return snapshot.read(Path(job.frozen))
    return from_answers(job.questionnaires, lines(Path(job.answers)))


def lines(file: Path) -> Iterator[Answer]:
    with file.open("rb") as stored:
        for line in stored:
            yield msgspec.json.decode(line, type=Answer)


def groupings(frame: Frame, job: Job) -> list[str]:
    """By village where there are villages; by door and by help where answers came by more than one."""
    by = ["village"] if job.villages else []
    return by + [name for name in ("channel", "assistance") if frame.table[name].nunique() > 1]


def main(seconds: str, megabytes: str) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds),) * 2)
    resource.setrlimit(resource.RLIMIT_AS, (int(megabytes) * 1_000_000,) * 2)
    job = msgspec.json.decode(sys.stdin.buffer.read(), type=Job)
    sys.stdout.buffer.write(msgspec.json.encode(counted(job)))


if __name__ == "__main__":
    main(*sys.argv[1:])
