"""What `ydan serve` keeps running, and how every part of it ends when the others do."""

import errno
import fcntl
import os
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Protocol

from server import sentences
from server.logs import log
from surveys.problems import Refusal

LIFELINE = "YDAN_LIFELINE"
"""Variable that names the file which `serve` keeps locked while it lives."""

POLL_S = 0.5
DYING_S = 3.0
"""What a serve that was killed left behind needs at most to go."""

STOP_S = 60.0
CRASHES = 5
CRASHES_WITHIN_S = 60.0


class Tended(Protocol):
    """What is looked after twice a second, and stopped at the end."""

    def tend(self) -> None: ...

    def stop(self) -> None: ...


class Child:
    """A process that is started again when it ends by itself, unless it does so again and again."""

    def __init__(self, name: str, command: list[str], environment: Mapping[str, str]) -> None:
        self.name = name
        self.command = command
        self.environment = dict(environment)
        self.starts: list[float] = []
        self.process = self.start()

    def start(self) -> subprocess.Popen[bytes]:
        self.starts = [*self.starts[-CRASHES:], time.monotonic()]
        return subprocess.Popen(self.command, env=self.environment, stdin=subprocess.DEVNULL, process_group=0)

    def tend(self) -> None:
        """Starts it again where it has ended. Raises Refusal where that does not help."""
        if self.process.poll() is None:
            return
        if len(self.starts) > CRASHES and self.starts[-1] - self.starts[0] < CRASHES_WITHIN_S:
            raise Refusal(sentences.KEEPS_FAILING, name=self.name)
        log.error("process ended", name=self.name, status=self.process.returncode)
        time.sleep(POLL_S)
        self.process = self.start()

    def stop(self) -> None:
        """Lets it finish what was acknowledged; kills its whole group where it takes too long."""
        with suppress(ProcessLookupError):
            self.process.terminate()
        try:
            self.process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def tend(children: Sequence[Tended], *, ready: Callable[[], bool], announce: Callable[[], None]) -> None:
    """Keeps them running until SIGTERM or Ctrl-C, then stops them in this order. Announces once that they are ready."""
    ending = threading.Event()
    before = {sign: signal.signal(sign, lambda *_: ending.set()) for sign in (signal.SIGTERM, signal.SIGINT)}
    announced = False
    try:
        while not ending.wait(POLL_S if announced else 0.05):
            for child in children:
                child.tend()
            if not announced and ready():
                announce()
                announced = True
    finally:
        for child in children:
            child.stop()
        for sign, handler in before.items():
            signal.signal(sign, handler)


@contextmanager
def lifeline(file: Path) -> Iterator[None]:
    """While the block runs, processes that were told of this file go on; they end when this one does, even by kill -9.

    Raises BlockingIOError where another one holds it.
    """
    with file.open("w") as lock:
        deadline = time.monotonic() + DYING_S
        while not taken(lock, fcntl.LOCK_EX):
            if time.monotonic() > deadline:
                raise BlockingIOError(errno.EAGAIN, f"{file} is held")
            time.sleep(0.1)
        yield


def taken(lock: IO[str], kind: int) -> bool:
    """Takes the lock, unless another process holds one against it."""
    try:
        fcntl.flock(lock, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def end_with_serve() -> None:
    """Makes this process, and the one that started it, end with the `serve` they belong to. Nothing where they belong to none."""
    file = os.environ.get(LIFELINE)
    if file:
        threading.Thread(target=watch, args=(Path(file), os.getppid()), daemon=True, name="lifeline").start()


def watch(file: Path, parent: int) -> None:
    while os.getppid() == parent and is_held(file):
        time.sleep(POLL_S)
    if os.getppid() == parent:
        with suppress(ProcessLookupError):
            os.kill(parent, signal.SIGTERM)
    os.kill(os.getpid(), signal.SIGTERM)


def is_held(file: Path) -> bool:
    try:
        with file.open() as lock:
            return not taken(lock, fcntl.LOCK_SH)
    except FileNotFoundError:
        return False


def demand_port(host: str, port: int) -> None:
    """Raises Refusal where it is taken, after the moment that a killed `serve` may need to let it go."""
    deadline = time.monotonic() + DYING_S
    while (error := why_not(host, port)) is not None:
        if error.errno != errno.EADDRINUSE:
            raise Refusal(sentences.NO_HOST, host=host, port=str(port), reason=error.strerror or str(error))
        if time.monotonic() > deadline:
            raise Refusal(sentences.PORT_TAKEN, host=host, port=str(port))
        time.sleep(0.1)


def why_not(host: str, port: int) -> OSError | None:
    """What stands against listening there; None where nothing does."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        return error
    return None


def answers(host: str, port: int) -> bool:
    """Whether somebody listens there already."""
    try:
        with socket.create_connection((host, port), timeout=1):
            return True
    except OSError:
        return False
