"""Which proxy is believed, and what the log tells."""

import asyncio
from ipaddress import ip_network
from typing import Any

import httpx
import pytest
from structlog.testing import capture_logs

from server import gate
from server.gate import believe, first_stranger
from server.logs import frames

PROXIES = (ip_network("10.0.0.0/8"),)


def scope(peer: str, **forwarded: str) -> dict[str, object]:
    headers = [(b"host", b"ydan.example.vn")] + [(f"x-forwarded-{name}".encode(), value.encode()) for name, value in forwarded.items()]
    return {"client": (peer, 5000), "scheme": "http", "headers": headers}


def test_a_stranger_cannot_say_where_it_comes_from() -> None:
    given = scope("203.0.113.9", **{"for": "198.51.100.1", "proto": "https", "host": "evil.example"})
    believe(given, PROXIES)
    assert given == {"client": ("203.0.113.9", 5000), "scheme": "http", "headers": [(b"host", b"ydan.example.vn")]}


def test_a_trusted_proxy_is_believed() -> None:
    given = scope("10.0.0.2", **{"for": "198.51.100.1", "proto": "https", "host": "danang.example.vn"})
    believe(given, PROXIES)
    assert given == {"client": ("198.51.100.1", 0), "scheme": "https", "headers": [(b"host", b"danang.example.vn")]}


@pytest.mark.parametrize(
    ("forwarded", "address"),
    [
        ("198.51.100.1", "198.51.100.1"),
        ("1.2.3.4, 198.51.100.1, 10.0.0.7", "198.51.100.1"),
        ("10.0.0.7", ""),
        ("", ""),
        ("nonsense", "nonsense"),
    ],
)
def test_only_the_last_address_that_is_not_ours_counts(forwarded: str, address: str) -> None:
    assert first_stranger(forwarded, PROXIES) == address


@pytest.mark.anyio
async def test_the_log_tells_the_route_and_nothing_of_the_visitor(client: httpx.AsyncClient) -> None:
    with capture_logs() as lines:
        await client.get("/c/no-such/receipt?code=SECRET", headers={"Cookie": "a=SECRET", "X-Forwarded-For": "203.0.113.9"})
        await client.get("/api/v1/consultations/none/receipts/SECRET")
    assert [line["route"] for line in lines] == ["/c/{slug}/receipt", "/api/v1/consultations/{slug}/receipts/{receipt}"]
    assert "SECRET" not in str(lines)
    assert "203.0.113.9" not in str(lines)


def test_an_error_is_told_by_its_place_not_by_its_words() -> None:
    try:
        raise ValueError("what somebody answered")
    except ValueError as error:
        told = frames(error)
    assert told["error"] == "ValueError"
    assert "test_gate.py" in told["places"][-1]
    assert "answered" not in str(told)


@pytest.mark.anyio
async def test_a_body_that_never_comes_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "BODY_TIMEOUT_S", 0.01)

    async def silence() -> Any:
        await asyncio.sleep(60)

    with pytest.raises(gate.TooSlow):
        await gate.in_time(silence)()


@pytest.mark.anyio
async def test_waiting_for_the_answer_may_take_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "BODY_TIMEOUT_S", 0.01)
    messages = [{"type": "http.request", "body": b"x", "more_body": False}, {"type": "http.disconnect"}]

    async def come() -> Any:
        if len(messages) == 1:
            await asyncio.sleep(0.05)
        return messages.pop(0)

    receive = gate.in_time(come)
    assert [(await receive())["type"] for _ in range(2)] == ["http.request", "http.disconnect"]
