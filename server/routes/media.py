"""Pictures and sound of questions, to residents and to whoever previews them."""

from typing import Any

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import File
from litestar.types import ControllerRouterHandler

from server.clock import Clock
from server.media import media_name
from server.settings import Settings
from server.store import consultations, uploads
from surveys.attachments import MEDIA_TYPES
from surveys.consultation import Consultation, Person
from surveys.problems import NO_SUCH_DOCUMENT, NotFound

FOR_GOOD = "private, max-age=31536000, immutable"
"""A name never changes what it names."""


@get("/c/{slug:str}/media/{name:str}", include_in_schema=False)
async def medium(slug: FromPath[str], name: FromPath[str], clock: NamedDependency[Clock], settings: NamedDependency[Settings]) -> File:
    return await shown(name, await consultations.public(slug, clock.now()), settings)


@get("/desk/{slug:str}/media/{name:str}")
async def medium_at_desk(
    slug: FromPath[str], name: FromPath[str], person: NamedDependency[Person], clock: NamedDependency[Clock], settings: NamedDependency[Settings]
) -> File:
    return await shown(name, await consultations.to_see(person, slug, clock.now()), settings)


async def shown(name: str, consultation: Consultation, settings: Settings) -> File:
    """Raises NotFound where no version of this consultation's questionnaire names it."""
    digest, ending = media_name(name)
    path: Any = settings.files / digest
    if not await uploads.names_media(consultation.id, name) or not path.exists():
        raise NotFound(NO_SUCH_DOCUMENT)
    return File(path=path, filename=name, media_type=MEDIA_TYPES[ending], content_disposition_type="inline", headers={"Cache-Control": FOR_GOOD})


handlers: list[ControllerRouterHandler] = [medium]
desk_handlers: list[ControllerRouterHandler] = [medium_at_desk]
