"""PostgreSQL of our own, for a trial or a small office that has none: made, started, shared and stopped here.

It listens on a Unix socket only, never runs as root, and asks for a password (SCRAM). Several commands may use it at once: each holds
a shared lock while it does, and the last one out stops it, unless somebody else had started it. A command that was killed leaves it
running; the next one adopts it.
"""

import fcntl
import hashlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

from msgspec import Struct

from server import sentences
from server.binaries import SHARED, Account, Binaries, account, chosen
from server.logs import log
from surveys.problems import Refusal

SOCKET = ".s.PGSQL.5432"
LONGEST_SOCKET = 107
START_S = 60.0
STOP_S = 60.0
TRY_AGAIN_S = 5.0

OPTIONS: Mapping[str, str] = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "password_encryption": "scram-sha-256",
    "synchronous_commit": "on",
    "shared_buffers": "128MB",
    "max_connections": "100",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m ",
    "log_min_messages": "warning",
    # An error's detail and statement could hold what somebody answered.
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
}


LAUNCHED: dict[int, subprocess.Popen[bytes]] = {}
"""PostgreSQL started by this very process: its exit must be read, or a zombie stays."""


class Cluster(Struct, frozen=True):
    """A data directory (`folder`), its socket's folder, and where $YDAN_DATA keeps its locks, log and password."""

    data: Path
    folder: Path
    runner: Account

    @property
    def password(self) -> Path:
        return self.data / "postgres.password"

    @property
    def log(self) -> Path:
        return self.data / "postgres.log"

    @property
    def socket_folder(self) -> Path:
        """The data directory itself, closed to others; a short name elsewhere where that would be too long for a socket."""
        if len(os.fsencode(self.folder / SOCKET)) <= LONGEST_SOCKET:
            return self.folder
        return Path(tempfile.gettempdir()) / f"ydan-{digest(self.folder)}"

    @property
    def url(self) -> str:
        password = self.password.read_text("ascii").strip()
        return f"postgresql://ydan:{password}@/ydan?host={quote(str(self.socket_folder))}"


def digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


@contextmanager
def running(data: Path, *, options: Mapping[str, str] | None = None) -> Iterator[str]:
    """The URL of the database under this folder, while the block runs. Raises Refusal where it cannot be had."""
    with (data / "postgres.users").open("a") as users:
        with locked(data):
            fcntl.flock(users, fcntl.LOCK_SH)
            cluster = found_cluster(data)
            ensure(cluster, {**OPTIONS, **(options or {})})
        try:
            yield cluster.url
        finally:
            with locked(data):
                leave(cluster, users.fileno())


class Keeper:
    """Starts it again where it dies while somebody uses it; a disk that is full may become free."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.wait_until = 0.0

    def tend(self) -> None:
        if time.monotonic() < self.wait_until:
            return
        try:
            with locked(self.data):
                ensure(found_cluster(self.data), OPTIONS)
        except Refusal as refusal:
            log.error("database does not start", code=refusal.code.id, reason=refusal.given.get("reason"))
            self.wait_until = time.monotonic() + TRY_AGAIN_S

    def stop(self) -> None:
        """Nothing: `running` stops it when everybody has gone."""


@contextmanager
def locked(data: Path) -> Iterator[None]:
    """One command at a time makes, starts or stops it."""
    with (data / "postgres.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for pid in [pid for pid, process in LAUNCHED.items() if process.poll() is not None]:
            del LAUNCHED[pid]
        yield


def leave(cluster: Cluster, users: int) -> None:
    """Stops it where nobody else uses it and one of our commands had started it."""
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        for process in LAUNCHED.values():
            process.returncode = 0  # it lives on with the others: not ours to wait for any more
        return
    started = cluster.data / "postgres.started"
    pid = postmaster(cluster)
    if pid is not None and started.exists() and started.read_text("ascii") == str(pid):
        stop(cluster, pid)
        started.unlink()


def found_cluster(data: Path) -> Cluster:
    """Where this installation's cluster is, or shall be made."""
    link = data / "postgres"
    if link.is_symlink() or link.exists():
        folder = link.resolve()
        owner = folder.stat()
        if os.geteuid() == 0 and owner.st_uid != 0:
            return Cluster(data, folder, Account(owner.st_uid, owner.st_gid))
        if owner.st_uid != os.geteuid() or owner.st_uid == 0:
            raise Refusal(sentences.POSTGRES_OWNER, folder=str(folder))
        return Cluster(data, folder, Account())
    runner = account()
    if runner.uid is None or runner.may_enter(data):
        return Cluster(data, data.resolve() / "postgres", runner)
    SHARED.mkdir(mode=0o755, parents=True, exist_ok=True)
    return Cluster(data, SHARED / f"{digest(data)}-{secrets.token_hex(3)}", runner)


def ensure(cluster: Cluster, options: Mapping[str, str]) -> None:
    """Running, made first where it is missing."""
    programs = chosen(cluster.runner, cluster.folder)
    if not cluster.folder.exists():
        make(cluster, programs)
    if not cluster.password.exists():
        raise Refusal(sentences.POSTGRES_PASSWORD, file=str(cluster.password), folder=str(cluster.data / "postgres"))
    if postmaster(cluster) is None:
        start(cluster, programs, options)


def make(cluster: Cluster, programs: Binaries) -> None:
    """A new cluster with the database `ydan`, made beside its place and renamed when whole."""
    password = secrets.token_urlsafe(32)
    fresh = cluster.folder.with_name(f".{cluster.folder.name}-{secrets.token_hex(4)}")
    fresh.mkdir(mode=0o700)
    try:
        if cluster.runner.uid is not None:
            os.chown(fresh, cluster.runner.uid, cluster.runner.gid or -1)
        initialise(fresh, programs, cluster.runner, password)
        write_private(cluster.password, password)
        fresh.rename(cluster.folder)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    if cluster.folder != cluster.data.resolve() / "postgres":
        (cluster.data / "postgres").symlink_to(cluster.folder)


def initialise(folder: Path, programs: Binaries, runner: Account, password: str) -> None:
    locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] if programs.version >= 17 else ["--locale=C.UTF-8"]
    command = [programs.program("initdb"), "-D", str(folder), "-U", "postgres", "-E", "UTF8", "--auth=scram-sha-256", "--pwfile=/dev/stdin", *locale]
    sql = f"CREATE ROLE ydan LOGIN CREATEDB PASSWORD '{password}';\nCREATE DATABASE ydan OWNER ydan;\n"
    demand(runner.run("/bin/sh", "-c", 'cat | "$@"', "sh", *command, stdin=password + "\n"))
    demand(runner.run(programs.program("postgres"), "--single", "-D", str(folder), "-c", "password_encryption=scram-sha-256", "postgres", stdin=sql))


def demand(done: subprocess.CompletedProcess[str]) -> None:
    """Raises Refusal with the program's last words where it failed."""
    if done.returncode != 0 or "ERROR:" in done.stderr:
        raise Refusal(sentences.POSTGRES_NOT_MADE, reason=last_words(done.stderr or done.stdout))


def last_words(text: str) -> str:
    """The line that says most: the last FATAL, PANIC or ERROR, else the last line."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    telling = [line for line in lines if any(word in line for word in ("FATAL:", "PANIC:", "ERROR:", "error:"))]
    return (telling or lines or ["?"])[-1]


def write_private(file: Path, text: str) -> None:
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())


def start(cluster: Cluster, programs: Binaries, options: Mapping[str, str]) -> None:
    """Waits until it takes connections. Right after a kill -9 the old backends may need a moment to go: it tries again then."""
    forget_stale(cluster)
    make_socket_folder(cluster)
    deadline = time.monotonic() + START_S
    while True:
        begin = cluster.log.stat().st_size if cluster.log.exists() else 0
        process = launch(cluster, programs, options)
        while process.poll() is None and time.monotonic() < deadline:
            if is_ready(cluster, process.pid):
                LAUNCHED[process.pid] = process
                write_private(cluster.data / "postgres.started", str(process.pid))
                return
            time.sleep(0.02)
        said = log_since(cluster, begin)
        if "shared memory block" not in said or time.monotonic() > deadline:
            break
        time.sleep(0.2)
    if process.poll() is None:
        process.send_signal(signal.SIGQUIT)
        process.wait()
    raise Refusal(sentences.POSTGRES_FAILED, reason=last_words(said), log=str(cluster.log))


def launch(cluster: Cluster, programs: Binaries, options: Mapping[str, str]) -> subprocess.Popen[bytes]:
    settings = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
    command = [programs.program("postgres"), "-D", str(cluster.folder), "-k", str(cluster.socket_folder), *settings]
    runner = cluster.runner
    with os.fdopen(os.open(cluster.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab") as log:
        return subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/", start_new_session=True,
            env={"PATH": os.defpath, "LC_ALL": "C.UTF-8", "TZ": "UTC"}, user=runner.uid, group=runner.gid, extra_groups=runner.groups,
        )  # fmt: skip


def log_since(cluster: Cluster, begin: int) -> str:
    with cluster.log.open("rb") as log:
        log.seek(begin)
        return log.read().decode("utf-8", "replace")


def make_socket_folder(cluster: Cluster) -> None:
    folder = cluster.socket_folder
    if folder == cluster.folder:
        return
    owner = os.geteuid() if cluster.runner.uid is None else cluster.runner.uid
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
        os.chown(folder, owner, -1)
    if folder.is_symlink() or folder.stat().st_uid != owner:
        raise Refusal(sentences.POSTGRES_OWNER, folder=str(folder))
    folder.chmod(0o700)


def postmaster(cluster: Cluster) -> int | None:
    """The process id of the PostgreSQL that serves this cluster, once it is ready; None where none does."""
    pid = written_pid(cluster)
    if pid is None or not is_postmaster(cluster, pid):
        return None
    deadline = time.monotonic() + START_S
    while not is_ready(cluster, pid):
        if not is_postmaster(cluster, pid) or time.monotonic() > deadline:
            return None
        time.sleep(0.02)
    return pid


def written_pid(cluster: Cluster) -> int | None:
    lines = pid_file(cluster)
    return abs(int(lines[0])) if lines and lines[0].strip("-").isdigit() else None


def pid_file(cluster: Cluster) -> list[str]:
    """postmaster.pid: process id, data directory, start time, port, socket's folder, address, shared memory, status."""
    try:
        return (cluster.folder / "postmaster.pid").read_text("utf-8").splitlines()
    except FileNotFoundError:
        return []


def is_postmaster(cluster: Cluster, pid: int) -> bool:
    """Whether that process lives and works in this data directory; another one may have got its number since."""
    try:
        return Path(f"/proc/{pid}/cwd").samefile(cluster.folder)
    except OSError:
        return not Path("/proc/self").exists() and accepts(cluster)


def accepts(cluster: Cluster) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        return probe.connect_ex(str(cluster.socket_folder / SOCKET)) == 0


def is_ready(cluster: Cluster, pid: int) -> bool:
    lines = pid_file(cluster)
    return len(lines) >= 8 and lines[0] == str(pid) and lines[7].strip() == "ready"


def forget_stale(cluster: Cluster) -> None:
    """Removes what a killed PostgreSQL left: a living stranger with its number would keep a new one from starting."""
    pid = written_pid(cluster)
    if pid is not None and is_postmaster(cluster, pid):
        return
    for file in (cluster.folder / "postmaster.pid", cluster.socket_folder / SOCKET, cluster.socket_folder / f"{SOCKET}.lock"):
        file.unlink(missing_ok=True)


def stop(cluster: Cluster, pid: int) -> None:
    """Fast shutdown: open transactions are rolled back, what was committed is kept. Waits until it has gone."""
    for sign, seconds in ((signal.SIGINT, STOP_S), (signal.SIGQUIT, 10.0)):
        with suppress(ProcessLookupError):
            os.kill(pid, sign)
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if pid in LAUNCHED:
                LAUNCHED[pid].poll()
            if not is_postmaster(cluster, pid):
                return
            time.sleep(0.02)
