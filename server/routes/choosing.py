"""Lists that are too long for a page, fetched when somebody begins to type: units of the country, options of one question."""

from typing import Any

import msgspec
from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from server.clock import Clock
from server.pressed import JSON, press
from server.store import consultations, questionnaires, units
from server.web import language
from surveys.consultation import Consultation
from surveys.guards import guarded
from surveys.kinds import Option, SelectMultiple, SelectOne, say
from surveys.problems import NO_SUCH_CONSULTATION, NotFound
from surveys.units import catalogue

Visit = Request[Any, Any, Any]


@get("/units.json", include_in_schema=False)
async def all_units(request: Visit) -> Response[bytes]:
    """Provinces as [code, name], wards as [code, name, place of its province in the list]; `within` one province, if that is named."""
    within = request.query_params.get("within", "")

    async def make() -> str:
        known = [unit for unit in catalogue().values() if within not in catalogue() or within in (unit.code, unit.parent)]
        provinces = [unit for unit in known if unit.parent is None]
        place = {unit.code: at for at, unit in enumerate(provinces)}
        wards = [[unit.code, unit.name, place[unit.parent]] for unit in known if unit.parent is not None]
        return text({"provinces": [[unit.code, unit.name] for unit in provinces], "wards": wards})

    return await press(request, ("units", within if within in catalogue() else ""), make, JSON)


@get("/units/{code:str}/villages.json", include_in_schema=False)
async def villages(request: Visit, code: FromPath[str]) -> Response[bytes]:
    """Villages of a ward as [id, name]; none where nobody has listed them."""
    listed = [[village.id, village.name] for village in await units.villages(code)]

    async def make() -> str:
        return text({"villages": listed})

    return await press(request, ("villages", code, text(listed)), make, JSON)


@get("/c/{slug:str}/choices/{question:str}", include_in_schema=False)
async def options(request: Visit, slug: FromPath[str], question: FromPath[str], clock: NamedDependency[Clock]) -> Response[bytes]:
    return await choices(request, await consultations.public(slug, clock.now()), question)


async def choices(request: Visit, consultation: Consultation, question: str) -> Response[bytes]:
    """The options of a long list in the version `v`, as [name, label], with the place of its condition where it has one."""
    wish = request.query_params.get("v", "")
    version = int(wish) if wish.isascii() and wish.isdecimal() and 0 < int(wish[:9]) <= consultation.version else consultation.version
    questionnaire = await questionnaires.questionnaire(consultation, version=version)
    kind = next((one.kind for one in questionnaire.questions() if one.name == question), None)
    if not isinstance(kind, SelectOne | SelectMultiple) or not kind.long_list:
        raise NotFound(NO_SUCH_CONSULTATION)

    async def make() -> str:
        return text(listed(kind.options, language(request)))

    return await press(request, ("choices", consultation.id, version, question, language(request)), make, JSON)


def listed(given: tuple[Option, ...], spoken: str) -> dict[str, Any]:
    """Conditions once each: a cascade of lists repeats them."""
    conditions: dict[bytes, int] = {}
    rows: list[list[Any]] = []
    for option in given:
        row: list[Any] = [option.name, say(option.label, spoken) or option.name]
        if option.relevant is not None:
            row.append(conditions.setdefault(msgspec.json.encode(guarded(option.relevant)), len(conditions)))
        rows.append(row)
    return {"conditions": [msgspec.json.decode(condition) for condition in conditions], "options": rows}


def text(content: Any) -> str:
    return msgspec.json.encode(content).decode()


handlers: list[ControllerRouterHandler] = [all_units, villages, options]
