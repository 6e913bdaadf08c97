"""Cleans one file: `python -m server.cleaning FILE SORTS SECONDS MEGABYTES`. Prints a line of JSON, then the clean bytes."""

import sys
from pathlib import Path

import msgspec

from server.cleaning import UnfitError, cleaned
from surveys.formats.__main__ import stay_within


def main(path: str, sorts: str, seconds: str, megabytes: str) -> None:
    stay_within(seconds, megabytes)
    try:
        clean = cleaned(Path(path).read_bytes(), sorts.split(","))
    except UnfitError as unfit:
        sys.stdout.buffer.write(msgspec.json.encode({"code": unfit.code.id}) + b"\n")
        return
    sys.stdout.buffer.write(msgspec.json.encode({"media_type": clean.media_type, "ending": clean.ending}) + b"\n" + clean.content)


if __name__ == "__main__":
    main(*sys.argv[1:])
