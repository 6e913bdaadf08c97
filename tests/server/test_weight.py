"""How much a phone loads before the first question can be answered: bytes on the wire, brotli, headers apart."""

import httpx
import pytest
from litestar import Litestar

from server.database import DB
from surveys.consultation import Person
from surveys.kinds import OpenText, Option, Scale, SelectMultiple, SelectOne, UnitChoice
from surveys.questionnaire import Question, Questionnaire, Section
from surveys.units import catalogue
from tests.conftest import SetClock
from tests.server import every
from tests.server.asked import asked, both

pytestmark = pytest.mark.anyio

LARGEST = 40_000
QUESTIONS = 200


def question(n: int) -> Question:
    """Ten of 3,321 choices among them, the others of four ordinary kinds, a third under a condition."""
    label = both(f"Câu {n}: ông/bà nghĩ gì về việc thứ {n} của phường trong năm qua?", f"Question {n}: what do you think of matter {n} this year?")
    relevant = {"==": [{"var": f"q{n - 1}"}, "a"]} if n % 3 == 1 and n % 4 == 2 else None
    if n % 20 == 0:
        return Question(f"q{n}", (SelectOne if n % 40 else SelectMultiple)(WARDS), label)
    kinds = (
        SelectMultiple((Option("a", both(f"Tốt {n}", f"Good {n}")), Option("b", both(f"Chưa tốt {n}", f"Not yet {n}"))), other=True),
        SelectOne((Option("a", both(f"Có {n}", f"Yes {n}")), Option("b", both(f"Không {n}", f"No {n}")))),
        Scale(every.SATISFACTION, (every.NO_OPINION,)),
        OpenText(long=True) if n % 7 else UnitChoice("ward"),
    )
    return Question(f"q{n}", kinds[n % 4], label, relevant=relevant)


WARDS = tuple(Option(code, both(unit.name, unit.name)) for code, unit in catalogue().items() if unit.parent)


async def size(client: httpx.AsyncClient, address: str) -> int:
    async with client.stream("GET", address, headers={"Accept-Encoding": "br"}) as answer:
        assert answer.headers["content-encoding"] == "br"
        return len(b"".join([part async for part in answer.aiter_raw()]))


async def test_two_hundred_questions_with_long_lists_stay_light(client: httpx.AsyncClient, app: Litestar, persons: dict[str, Person], clock: SetClock) -> None:
    questions = [question(n) for n in range(1, QUESTIONS + 1)]
    sections = tuple(Section(f"s{at}", tuple(questions[at : at + 10]), both(f"Phần {at}", f"Part {at}")) for at in range(0, QUESTIONS, 10))
    made = await asked(DB.pool, persons["author"], clock.now(), questionnaire=Questionnaire(sections, languages=("vi", "en")))

    page = await size(client, f"/c/{made.slug}/form")
    choices = await size(client, f"/c/{made.slug}/choices/q20?v=1")

    print(f"{QUESTIONS} questions, {len(WARDS)} choices: page {page} bytes, choices {choices} bytes when asked for")
    assert len(WARDS) == 3321
    assert page < LARGEST
    assert choices < LARGEST
