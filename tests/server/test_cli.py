"""The commands as a person calls them: one sentence for every failure, nothing half-done."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from server.cli import COMMANDS, main
from server.postgres import found_cluster, postmaster
from server.processes import demand_port
from surveys.problems import Refusal

ROOT = Path(__file__).parents[2]


@pytest.fixture
def call(database_url: str, tmp_path: Path):
    def invoke(*words: str, stdin: str = "", **environment: str) -> Result:
        known = {"DATABASE_URL": database_url, "YDAN_DATA": str(tmp_path / "data"), "YDAN_LOG": "error"}
        return CliRunner().invoke(main, words, input=stdin, env={**known, **environment}, prog_name="ydan")

    return invoke


def test_help_lists_every_command(call) -> None:
    told = call("--help").output
    assert [name for name in COMMANDS if name not in told] == []


@pytest.mark.parametrize("name", ["serve", "work", "official", "token", "villages"])
def test_every_command_explains_itself(call, name: str) -> None:
    result = call(name, "--help")
    assert (result.exit_code, "--help" in result.output) == (0, True)


@pytest.mark.parametrize(
    ("words", "environment", "status", "said"),
    [
        (("nonsense",), {}, 2, "nonsense"),
        (("official",), {}, 2, "NAME"),
        (("official", "an", "--unit", "20209"), {}, 2, "--role"),
        (("official", "an", "--unit", "1", "--role", "author"), {}, 1, "Không có đơn vị mang mã 1."),
        (("token", "nobody"), {}, 1, "Không có ai tên đăng nhập là nobody."),
        (("token", "an"), {"DATABASE_URL": "postgresql://a:b@127.0.0.1:1/c"}, 1, "Không kết nối được cơ sở dữ liệu"),
        (("token", "an"), {"DATABASE_URL": "nonsense", "YDAN_LOG": "loud"}, 1, "DATABASE_URL phải là địa chỉ PostgreSQL."),
        (("villages", "20209", "/nowhere.xlsx"), {}, 1, "nowhere.xlsx"),
        (("serve", "--port", "0"), {}, 2, "--port"),
        (("serve", "--host", "203.0.113.7"), {}, 1, "203.0.113.7"),
    ],
)
def test_a_failure_is_one_sentence_on_stderr(call, words: tuple[str, ...], environment: dict[str, str], status: int, said: str) -> None:
    result = call(*words, **environment)
    assert (result.exit_code, result.stdout) == (status, "")
    assert said in result.stderr
    assert result.stderr.count("\n") == 1
    assert "Traceback" not in result.stderr


def test_official_with_a_password_says_nothing_and_twice_changes_nothing_more(call) -> None:
    for _ in range(2):
        result = call("official", "an", "--unit", "20209", "--role", "author", "--role", "admin", "--password-stdin", stdin="một câu dài để nhớ\n")
        assert (result.exit_code, result.output) == (0, "")


def test_official_without_a_password_prints_a_link(call) -> None:
    result = call("official", "an", "--unit", "20209", "--role", "author", YDAN_BASE_URL="https://ydan.example.vn")
    assert result.stdout.startswith("https://ydan.example.vn/sign-in/")


def test_a_poor_password_is_taken_with_a_reminder(call) -> None:
    result = call("official", "an", "--unit", "20209", "--role", "author", "--password-stdin", stdin="ngắn\n")
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (0, "", 1)


def test_no_password_at_all_makes_nobody(call) -> None:
    assert call("official", "an", "--unit", "20209", "--role", "author", "--password-stdin", stdin="\n").exit_code == 1
    assert call("token", "an").exit_code == 1


def test_token_is_printed_alone(call) -> None:
    call("official", "an", "--unit", "20209", "--role", "author")
    result = call("token", "an")
    assert (result.exit_code, result.stdout.count("\n"), result.stderr) == (0, 1, "")
    assert len(result.stdout.strip()) > 40


def workbook(path: Path, *rows: tuple[object, ...]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def test_villages_come_from_a_workbook(call, tmp_path: Path) -> None:
    file = workbook(tmp_path / "ho.xlsx", ("UBND phường",), ("STT", "Tổ dân phố", "Số hộ"), (1, "Tổ 1", 120), (2, "Tổ 2", None), ("", "Tổng", 120))
    result = call("villages", "20209", str(file), "--source", "Công an phường", "--as-of", "01/11/2026")
    assert (result.exit_code, result.stdout) == (0, "2 thôn, tổ; 120 hộ; 1 nơi chưa có số hộ\n")


def test_wrong_villages_are_told_by_row_and_none_is_taken(call, tmp_path: Path) -> None:
    file = workbook(tmp_path / "ho.xlsx", ("Thôn", "Số hộ"), ("Thôn 1", "nhiều"), ("Thôn 2", 5), ("thôn 2", 6), (None, 7))
    result = call("villages", "20320", str(file))
    assert result.exit_code == 1
    assert [line.split(": ")[0] for line in result.stderr.splitlines()] == ["ho.xlsx:Sheet!2", "ho.xlsx:Sheet!4", "ho.xlsx:Sheet!5"]


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        chosen: int = probe.getsockname()[1]
        return chosen


class Served:
    """`ydan serve` with a PostgreSQL of its own."""

    def __init__(self, data: Path, port: int) -> None:
        self.data = data
        self.port = port
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("YDAN_", "DATABASE"))}
        self.environment = {**environment, "YDAN_DATA": str(data), "YDAN_LOG": "warning", "PYTHONPATH": str(ROOT)}
        command = self.command("serve", "--port", str(port))
        self.process = subprocess.Popen(command, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def command(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "server.cli", *words]

    def call(self, *words: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(self.command(*words), env=self.environment, capture_output=True, text=True, check=False, timeout=120)

    def status(self) -> int:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health", timeout=10) as answer:
                return int(answer.status)
        except OSError:
            return 0

    def wait(self) -> "Served":
        assert self.process.stdout is not None
        assert f"http://127.0.0.1:{self.port}" in self.process.stdout.readline(), self.process.stderr
        assert self.status() == 200
        return self

    def wait_for_health(self) -> None:
        until = time.monotonic() + 120
        while self.status() != 200:
            assert time.monotonic() < until
            time.sleep(0.1)

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.communicate()


@pytest.fixture
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    data = tmp_path_factory.mktemp("served") / "data"
    data.mkdir()
    yield data
    cluster = found_cluster(data)
    pid = postmaster(cluster)
    if pid is not None:
        os.kill(pid, signal.SIGQUIT)
    subprocess.run(["rm", "-rf", str(cluster.folder)], check=True)


def test_serve_revives_its_postgresql_ends_at_sigterm_and_takes_it_along(home: Path, port: int) -> None:
    served = Served(home, port)
    try:
        served.wait()
        taken = served.call("serve", "--port", str(port))
        assert (taken.returncode, taken.stdout) == (1, "")
        assert f"Cổng {port}" in taken.stderr
        assert served.call("official", "an", "--unit", "20209", "--role", "author").returncode == 0
        assert served.status() == 200
        database = postmaster(found_cluster(home))
        assert database is not None
        os.kill(database, signal.SIGKILL)
        served.wait_for_health()
        served.process.send_signal(signal.SIGTERM)
        _, told = served.process.communicate(timeout=120)
        assert (served.process.returncode, "Traceback" in told) == (0, False)
        assert postmaster(found_cluster(home)) is None
        demand_port("127.0.0.1", port)
    finally:
        served.close()


def test_after_kill_9_the_next_serve_finds_everything_in_order(home: Path, port: int) -> None:
    served = Served(home, port)
    try:
        served.wait()
        served.process.kill()
    finally:
        served.close()
    again = Served(home, port)
    try:
        again.wait()
        again.process.send_signal(signal.SIGINT)
        again.process.communicate(timeout=120)
        assert again.process.returncode == 0
        assert postmaster(found_cluster(home)) is None
    finally:
        again.close()


def test_a_port_in_use_is_refused(port: int) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        began = time.monotonic()
        with pytest.raises(Refusal) as refused:
            demand_port("127.0.0.1", port)
        assert (refused.value.code.id, time.monotonic() - began < 10) == ("port_taken", True)
