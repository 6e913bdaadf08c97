"""Reads one form file in a process of its own: `python -m surveys.formats FILE NAME SECONDS MEGABYTES`, the answer as JSON on stdout."""

import resource
import sys
from pathlib import Path

from surveys.formats import load, read
from surveys.formats.taken import told


def main(path: str, name: str, seconds: str, megabytes: str) -> None:
    stay_within(seconds, megabytes)
    sys.stdout.buffer.write(told(lambda: read(load(Path(path)), name)))


def stay_within(seconds: str, megabytes: str) -> None:
    """Limits before a file is opened: what it makes grow, the kernel stops."""
    resource.setrlimit(resource.RLIMIT_AS, (int(megabytes) * 1_000_000,) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds),) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000_000, 50_000_000))


if __name__ == "__main__":
    main(*sys.argv[1:])
