"""How many pages a PDF from outside has: it is opened in a child process, with limits on time and memory, never here."""

import resource
import subprocess
import sys
from pathlib import Path

import surveys
from surveys.problems import NOT_A_PDF, Invalid, Problem

ROOT = Path(surveys.__file__).parents[1]
READ_WITHIN_S = 15
READ_WITHIN_MB = 1500


def pages_of(content: bytes, *, name: str, within_s: int = READ_WITHIN_S) -> int:
    """Takes about half a second, so a web worker calls it in a thread. Raises Invalid at `file` where it is no PDF that opens."""
    refusal = Invalid([Problem(NOT_A_PDF, "file", {"given": name})])
    if not content.startswith(b"%PDF-"):
        raise refusal
    command = [sys.executable, "-P", "-m", "server.pdf", str(within_s), str(READ_WITHIN_MB)]
    try:
        child = subprocess.run(command, input=content, capture_output=True, timeout=within_s * 2, env={"PYTHONPATH": str(ROOT)}, check=False)
    except subprocess.TimeoutExpired:
        raise refusal from None
    if child.returncode or not child.stdout.strip().isdigit():
        raise refusal
    return int(child.stdout)


def main(seconds: str, megabytes: str) -> int:
    """Limits before the file is read: what it makes grow, the kernel stops."""
    import io

    import pikepdf

    resource.setrlimit(resource.RLIMIT_AS, (int(megabytes) * 1_000_000,) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds),) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    try:
        with pikepdf.open(io.BytesIO(sys.stdin.buffer.read())) as pdf:
            pages = len(pdf.pages)
    except pikepdf.PdfError:
        return 1
    print(pages)
    return 0 if pages else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
