"""A picture of a question, uploaded at the designer: cleaned, shown, taken away again; what is no picture is refused in words."""

import io
import re

import pytest
from PIL import Image

from server.store import consultations, questionnaires
from tests.server.desk import ENTRY, HERE, page_text
from tests.server.personas import post

pytestmark = pytest.mark.anyio

QUESTION = next(question.name for question in ENTRY.questionnaire.questions() if question.kind.asks)
ROOM = f"{HERE}/questions/{QUESTION}/media"


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (400, 300), "teal").save(out, "JPEG")
    return out.getvalue()


async def image_of(draft) -> str:
    return (await questionnaires.questionnaire(await consultations.load(draft.slug))).question(QUESTION).image


async def test_a_picture_is_kept_shown_and_taken_away(author, draft):
    answer = await post(author, ROOM, {"what": "image", "do": "add", "version": "1"}, files={"media-file": ("cho.jpg", picture())})
    assert answer.status_code == 303, answer.text[:500]

    name = await image_of(draft)
    assert re.fullmatch(r"[0-9a-f]{64}\.webp", name)
    assert (await author.get(f"{HERE}/media/{name}")).headers["content-type"] == "image/webp"

    latest = await consultations.load(draft.slug)
    await post(author, ROOM, {"do": "drop:image", "version": str(latest.version)})
    assert await image_of(draft) == ""


async def test_what_is_no_picture_is_refused_in_words(author, draft):
    answer = await post(author, ROOM, {"what": "image", "do": "add", "version": "1"}, files={"media-file": ("cho.jpg", b"not a picture")})

    assert answer.status_code == 422
    assert "Có chỗ cần sửa" in page_text(answer)
    assert await image_of(draft) == ""
