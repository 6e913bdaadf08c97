"""The questionnaires that a consultation had: listed, any two compared question by question, an earlier one taken up again."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler
from msgspec import Struct

from server.clock import Clock
from server.desk import workspace
from server.forms import typed
from server.store import consultations, drafts
from server.store import versions as store
from server.web import language, page, see_other
from surveys.comparability import VERDICTS, Judgement, judged
from surveys.comparing import Change, comparison
from surveys.consultation import Consultation, Person
from surveys.history import Made, landmarks
from surveys.problems import CHANGED_MEANWHILE, NO_SUCH_CONSULTATION, Conflict, NotFound
from surveys.questionnaire import Questionnaire

Visit = Request[Any, Any, Any]
Slug = FromPath[str]
Who = NamedDependency[Person]
Time = NamedDependency[Clock]

SHOWN = 30
"""Versions listed at most, the latest ones."""


class Listed(Struct, frozen=True):
    """A version, the one listed before it (0: the first), and how many questions were added, removed, changed, moved since then."""

    made: Made
    before: int
    counts: dict[str, int]


@get("/desk/{slug:str}/versions")
async def versions(request: Visit, slug: Slug, person: Who, clock: Time) -> Response[Any]:
    """`?old=1&new=3` compares these two; `?all=1` lists every save."""
    consultation = await consultations.to_see(person, slug, clock.now())
    found = await store.made(consultation)
    shown = found if "all" in request.query_params else landmarks(found)
    shown = shown[:SHOWN]
    contents = await store.contents(consultation, [one.version for one in shown])
    around = await workspace(consultation, person, "versions", today=clock.today())
    context = {"versions": listed(shown, contents), "hidden": len(found) - len(shown), "numbers": [one.version for one in found]}
    return page(request, "official/versions.html", **around | context | await compared(request, consultation))


def listed(shown: list[Made], contents: dict[int, Questionnaire]) -> list[Listed]:
    found = []
    for at, one in enumerate(shown):
        before = shown[at + 1].version if at + 1 < len(shown) else 0
        changes = comparison(contents[before], contents[one.version]) if before else []
        counts = {what: sum(change.what == what for change in changes) for what in ("added", "removed", "changed", "moved")}
        found.append(Listed(one, before, counts))
    return found


async def compared(request: Visit, consultation: Consultation) -> dict[str, Any]:
    """The two versions that the address names, side by side. Raises NotFound where there is no such version."""
    old, new = (number(request.query_params.get(name, "")) for name in ("old", "new"))
    if not old or not new:
        return {"old": 0, "new": 0, "changes": []}
    contents = await store.contents(consultation, [old, new])
    if not {old, new} <= contents.keys():
        raise NotFound(NO_SUCH_CONSULTATION)
    return {"old": old, "new": new, "changes": differing(comparison(contents[old], contents[new], language=language(request)))}


def number(given: str) -> int:
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else 0


def differing(changes: list[Change], same_meaning: frozenset[str] = frozenset()) -> list[tuple[Change, Judgement]]:
    """What differs, with what that does to comparing answers."""
    return [(change, judged(change, same_meaning=same_meaning)) for change in changes if change.what != "same"]


@post("/desk/{slug:str}/versions/{version:int}/restore")
async def restore(request: Visit, slug: Slug, version: FromPath[int], person: Who, clock: Time) -> Response[Any]:
    """An earlier version becomes the latest one; what it takes the place of stays a version too."""
    consultation = await consultations.to_edit(person, slug, clock.now())
    if (await typed(request)).get("version") != str(consultation.version):
        raise Conflict(CHANGED_MEANWHILE)
    wanted = (await store.contents(consultation, [version])).get(version)
    if wanted is None:
        raise NotFound(NO_SUCH_CONSULTATION)
    await drafts.save(slug, wanted, since=consultation.version, by=person, now=clock.now(), verb="restore")
    return see_other(request, f"/desk/{slug}/versions", said="Đã trở lại bản {version}; bản trước đó vẫn còn trong danh sách.", version=version)


def verdict_words() -> dict[int, Any]:
    return {int(verdict): code for verdict, code in VERDICTS.items()}


handlers: list[ControllerRouterHandler] = [versions, restore]
