"""Figures for whoever runs the server: how many requests, how long, with which outcome. Of routes, never of addresses or persons."""

import os
from typing import Any

from prometheus_client import REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest, multiprocess

REQUESTS = Counter("ydan_requests", "Requests answered", ["method", "route", "status"])
SECONDS = Histogram("ydan_request_seconds", "Seconds until the answer began", ["route"], buckets=(0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10))


def observe(method: str, route: str, status: int, seconds: float) -> None:
    REQUESTS.labels(method, route, f"{status // 100}xx").inc()
    SECONDS.labels(route).observe(seconds)


def exposition() -> bytes:
    """All figures in Prometheus' text format, of all worker processes where `serve` runs several."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return generate_latest(REGISTRY)
    registry = CollectorRegistry()
    collect: Any = multiprocess.MultiProcessCollector
    collect(registry)
    return generate_latest(registry)
