"""The demo's ward, in the state of a working day: a draft, one in review, one open, one closed, one published."""

import dataclasses
import datetime
from typing import TYPE_CHECKING, Any

from tests.journeys.conftest import Ward, elsewhere

if TYPE_CHECKING:
    from surveys.consultation import Consultation

EVERYBODY = "everybody"
"""Signs in with every right of the ward."""


@dataclasses.dataclass
class Sample:
    """Slugs, the token of an unused sign-in link, the id of a person."""

    draft: str
    review: str
    open: str
    closed: str
    published: str
    link: str
    person: str


def sampled(ward: Ward, password_hash: str) -> Sample:
    return elsewhere(lambda: seed(ward, password_hash))  # type: ignore[no-any-return]


async def seed(ward: Ward, password_hash: str) -> Sample:
    from server.database import DB
    from server.demo import life
    from server.demo.ward import UNIT, settle
    from server.store import people, sign_in
    from surveys.consultation import Role, Verb
    from tests.server.personas import PASSWORD

    now = datetime.datetime.fromisoformat(ward.clock.read_text())
    async with DB.open(size=3):
        cast = life.Cast(await settle(PASSWORD, now=now), ward.settings, now)
        every = await people.create_or_change(EVERYBODY, unit=UNIT, roles=list(Role), full_name="Cả Phường", password_hash=password_hash, now=now)
        link = await sign_in.make_link(every.id, secret=ward.settings.secret, now=now)
        published = await life.published(cast)
        opened = await life.opened(cast)
        review = await life.waiting(cast)
        draft = await life.begin(cast, "one_stop_desk", opened=-7, closes=-37)
        await planned(cast, draft)
        closed = await life.begin(cast, "suggestions", opened=40, closes=5)
        for verb, ago in ((Verb.SUBMIT, 44), (Verb.APPROVE, 42), (Verb.OPEN, 40)):
            closed = await life.act(cast, verb, closed, ago=ago)
        await life.answer(cast, closed, count=60, last=6, seed=3)
    slugs: list[Consultation] = [draft, review, opened, closed, published]
    return Sample(*(one.slug for one in slugs), link=link, person=every.id)


async def planned(cast: Any, draft: "Consultation") -> None:
    """A draft plan in two versions, the second one waiting to be compared."""
    from server.store import plans
    from surveys.formats.drafts import pasted
    from surveys.plan.reading import read

    for lines in (
        ["Điều 1. Mặt đường", "1. Mở từ 5,5 m lên 8 m.", "2. Vỉa hè:", "Đoạn\tRộng (m)\tSố hộ", "Chợ – cầu\t1,5\t21", "Điều 2. Kinh phí", "Chi 2 tỷ."],
        ["Điều 1. Nguyên tắc", "Không ai dời nhà.", "Điều 2. Mặt đường", "1. Mở từ 5,5 m lên 7,5 m.", "Điều 3. Kinh phí", "Phường chi 3 tỷ đồng."],
    ):  # fmt: skip
        plan = read(pasted("\n".join(lines)))
        await plans.add(plan, source="", document=None, slug=draft.slug, by=cast.author, now=cast.now)
