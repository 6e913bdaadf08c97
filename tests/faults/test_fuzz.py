"""Whatever is sent to the API, it answers: with what it promises or with a refusal that says why, never with a failure (promise 36)."""

import contextlib
import itertools
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from litestar import Litestar
from schemathesis import Case, GenerationMode
from schemathesis.schemas import APIOperation

from surveys.consultation import Consultation, Verb
from tests.conftest import SetClock
from tests.server.desk import SLUG
from tests.server.personas import bearer

pytestmark = pytest.mark.anyio

EXAMPLES = 12
LEAKS = ("Traceback", "asyncpg", "msgspec", "litestar", "SELECT ", "/site-packages/")


made: dict[tuple[str, GenerationMode], list[Case]] = {}
"""Making up what to send takes longer than sending it, and everybody is sent the same."""


def cases(operation: APIOperation[Any, Any, Any, Any], mode: GenerationMode) -> list[Case]:
    """The same ones at every run."""
    key = (operation.label, mode)
    if key not in made:
        made[key] = gathered(operation, mode)
    return made[key]


def gathered(operation: APIOperation[Any, Any, Any, Any], mode: GenerationMode) -> list[Case]:
    found: list[Case] = []

    @settings(max_examples=EXAMPLES, derandomize=True, database=None, phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck))
    @given(operation.as_strategy(generation_mode=mode))
    def gather(case: Case) -> None:
        found.append(case)

    with contextlib.suppress(Unsatisfiable):  # a call that takes nothing cannot be given anything wrong
        gather()
    return found


def aimed(found: list[Case]) -> Iterator[Case]:
    """Most at the consultation that is there, with steps that there are."""
    verbs = itertools.cycle(Verb)
    for number, case in enumerate(found):
        if number % 4 and case.path_parameters:
            known = {"slug": SLUG, "verb": str(next(verbs))}
            case.path_parameters = case.path_parameters | {name: value for name, value in known.items() if name in case.path_parameters}
        yield case


async def send(client: httpx.AsyncClient, case: Case, headers: dict[str, str]) -> httpx.Response:
    asked = case.as_transport_kwargs(base_url=str(client.base_url))
    body = {"json": asked["json"]} if "json" in asked else {"content": asked["data"]} if isinstance(asked.get("data"), bytes | str) else {}
    sent = {name: value.encode("utf-8", "replace") for name, value in {**asked.get("headers", {}), **headers}.items()}
    return await client.request(asked["method"], asked["url"], params=asked.get("params"), headers=sent, **body)


@pytest.mark.parametrize("who", ["author", "approver", "nobody"])
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["fitting", "unfitting"])
async def test_no_call_breaks_the_server(
    app: Litestar, client: httpx.AsyncClient, opened: Consultation, persons, clock: SetClock, who: str, mode: GenerationMode
) -> None:
    token = {} if who == "nobody" else await bearer(app, persons[who], clock)
    schema = schemathesis.openapi.from_dict((await client.get("/api/v1/openapi.json")).json())
    broken, sent = [], 0
    for operation in (found.ok() for found in schema.get_all_operations()):
        for case in aimed(cases(operation, mode)):
            answer = await send(client, case, token)
            sent += 1
            refused = answer.status_code >= 400
            leaks = [word for word in LEAKS if refused and word in answer.text]
            if answer.status_code >= 500 or leaks or (refused and answer.headers["content-type"] != "application/problem+json"):
                broken.append((operation.label, answer.status_code, leaks, case.as_curl_command()[:400], answer.text[:200]))

    assert broken == []
    assert sent > 100
