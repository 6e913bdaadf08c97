"""Whole responses per second through HTTP, stored durably, against the same server that checks them and stores nothing.

One worker, 32 residents at once on kept connections, 12 questions; a real PostgreSQL of our own with fsync and synchronous commit. The
load comes from another process of the same machine. Also the bytes and requests of a resident's first load. A peer: LimeSurvey 6.10.6 on the machine
of docs/performance.md, 10.8 responses a second, 376 kB, 23 requests.
"""

import asyncio
import datetime
import json
import os
import secrets
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from litestar import Litestar

ROOT = Path(__file__).parents[1]
RESIDENTS = 32
SECONDS = 8
LIMESURVEY_PER_S, LIMESURVEY_KB, LIMESURVEY_REQUESTS = 10.8, 376, 23
NOTHING = "YDAN_BENCH_STORES_NOTHING"


def app() -> Litestar:
    """The application; where NOTHING is set its intake acknowledges without storing."""
    from server import app as wiring
    from server import intake
    from server.settings import from_environment

    class Forgetful(intake.Intake):
        async def store(self, batch: object) -> None:
            for _, future in batch:  # type: ignore[attr-defined]
                future.set_result("stored")

    if os.environ.get(NOTHING):
        wiring.Intake = Forgetful  # type: ignore[misc]
    return wiring.create_app(from_environment())


async def opened() -> str:
    """An open consultation with the one-stop desk's questions; gives its slug."""
    from server.clock import SystemClock
    from server.store import consultations, people
    from surveys import library
    from surveys.consultation import Consultation, Role, Verb

    now = SystemClock().now()
    writes, approves = [await people.create_or_change(role, unit="20209", roles=[role], now=now, full_name=role) for role in (Role.AUTHOR, Role.APPROVER)]
    entry = library.entry("one_stop_desk")
    days = {"opens_on": now.date(), "closes_on": now.date() + datetime.timedelta(days=30)}
    made = await consultations.create(
        Consultation(id="", slug="", unit="20209", instrument=entry.instrument, title=entry.title, **days), entry.questionnaire, by=writes, now=now
    )
    for verb, by in ((Verb.SUBMIT, writes), (Verb.APPROVE, approves), (Verb.OPEN, writes)):
        await consultations.act(verb, made.slug, by=by, now=now)
    return made.slug


ANSWERS = {
    "visit": "counter",
    "matter": ["land"],
    "trips": "2",
    "desk": {"place": 4, "guidance": 5, "attitude": 3, "skill": 4, "time": 2, "fee": 4},
    "overall": 4,
}


async def resident(port: int, slug: str, until: float, done: list[float]) -> None:
    """Sends responses one after the other on one connection."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    body = json.dumps({"answers": ANSWERS}).encode()
    while time.perf_counter() < until:
        begun = time.perf_counter()
        head = (
            f"POST /api/v1/consultations/{slug}/responses HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nIdempotency-Key: {secrets.token_hex(16)}\r\n"
        )
        writer.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        answer = await reader.readuntil(b"\r\n\r\n")
        length = next(int(line.split(b":")[1]) for line in answer.lower().split(b"\r\n") if line.startswith(b"content-length"))
        await reader.readexactly(length)
        assert answer.startswith(b"HTTP/1.1 201"), answer
        done.append(time.perf_counter() - begun)
    writer.close()


async def load(port: int, slug: str) -> tuple[float, float]:
    """Responses per second, and the median time of one in milliseconds."""
    done: list[float] = []
    begun = time.perf_counter()
    await asyncio.gather(*(resident(port, slug, begun + SECONDS, done) for _ in range(RESIDENTS)))
    return len(done) / (time.perf_counter() - begun), sorted(done)[len(done) // 2] * 1000


def served(environment: dict[str, str], port: int) -> subprocess.Popen[bytes]:
    command = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "asgi",
        "--port",
        str(port),
        "--factory",
        "--no-ws",
        "--log-level",
        "warning",
        "--loop",
        "asyncio",
    ]
    process = subprocess.Popen([*command, "benchmarks.responses:app"], env=environment, cwd=ROOT)
    for _ in range(300):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=1).close()
            return process
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server does not answer")


def first_load(port: int, slug: str) -> tuple[int, int]:
    """Bytes on the wire, compressed, and requests, of the form with its style and script."""
    import re

    def fetched(path: str) -> bytes:
        request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Accept-Encoding": "br"})
        with urllib.request.urlopen(request) as answer:
            assert answer.headers["Content-Encoding"] == "br", path
            return bytes(answer.read())

    import brotli

    page = fetched(f"/c/{slug}/form")
    parts = sorted(set(re.findall(r'(?:href|src)="(/static/[^"]+\.(?:css|js)[^"]*)"', brotli.decompress(page).decode())))
    return len(page) + sum(len(fetched(part)) for part in parts), 1 + len(parts)


def say(name: str, value: float, unit: str, **against: float) -> None:
    [(kind, other)] = against.items()
    print(json.dumps({"name": name, "value": round(value, 2), "unit": unit, kind: round(other, 2), "ratio": round(value / other, 3)}), flush=True)


def main() -> None:
    from server.cli.database import in_store
    from server.postgres import running
    from server.settings import from_environment
    from tests.journeys.conftest import free_port

    with tempfile.TemporaryDirectory(prefix="ydan-bench-") as folder:
        Path(folder).chmod(0o755)
        with running(Path(folder)) as url:
            environment = os.environ | {"DATABASE_URL": url, "YDAN_DATA": folder, "YDAN_LOG": "warning", "PYTHONPATH": str(ROOT)}
            slug = asyncio.run(in_store(from_environment(environment), lambda _: opened()))
            figures = {}
            for name, more in (("nothing", {NOTHING: "yes"}), ("durable", {}), ("nothing again", {NOTHING: "yes"}), ("durable again", {})):
                port = free_port()
                server = served(environment | more, port)
                figures[name] = asyncio.run(load(port, slug))
                if name == "durable":
                    weight, requests = first_load(port, slug)
                server.terminate()
                server.wait(20)
    nothing, durable = (max(figures[name][0], figures[f"{name} again"][0]) for name in ("nothing", "durable"))
    say("responses stored durably against storing nothing", durable, "1/s", limit=nothing)
    say("responses stored durably against LimeSurvey", durable, "1/s", peer=LIMESURVEY_PER_S)
    say("median time of one response, 32 at once", figures["durable"][1], "ms", limit=figures["nothing"][1])
    say("first load of the form", weight / 1000, "kB", peer=LIMESURVEY_KB)
    say("requests of the first load", requests, "requests", peer=LIMESURVEY_REQUESTS)


if __name__ == "__main__":
    main()
