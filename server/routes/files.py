"""Files that residents sent with their answers, for those who may read what was answered."""

from typing import Any

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import File as Sending
from litestar.types import ControllerRouterHandler

from server.clock import Clock
from server.desk import workspace
from server.references import file_words
from server.routes.results import to_read
from server.settings import Settings
from server.store import questionnaires, uploads
from server.store.uploads import Upload
from server.web import language, page
from surveys import rights
from surveys.consultation import Consultation, Person
from surveys.kinds import File
from surveys.problems import NO_SUCH_DOCUMENT, NotAllowed, NotFound
from surveys.refusals import NOT_YOUR_RIGHT

Visit = Request[Any, Any, Any]
PAGE = 50
ENDINGS = {
    "image/jpeg": "jpg", "application/pdf": "pdf", "audio/mpeg": "mp3", "audio/mp4": "m4a", "audio/ogg": "ogg", "audio/webm": "webm",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
}  # fmt: skip


async def allowed(person: Person, slug: str, clock: Clock) -> Consultation:
    """Raises NotFound, NotAllowed: before it is closed, or without the right to read what was answered."""
    consultation = await to_read(person, slug, clock)
    if not rights.may_read_words(person, consultation):
        raise NotAllowed(NOT_YOUR_RIGHT)
    return consultation


@get("/desk/{slug:str}/files")
async def files(request: Visit, slug: FromPath[str], person: NamedDependency[Person], clock: NamedDependency[Clock]) -> Response[Any]:
    consultation = await allowed(person, slug, clock)
    wish = request.query_params.get("page", "")
    at = max(1, int(wish)) if wish.isascii() and wish.isdecimal() and len(wish) < 6 else 1
    asked = {one.name: one.label for one in (await questionnaires.questionnaire(consultation)).questions() if isinstance(one.kind, File)}
    found = await uploads.sent(consultation.id, list(asked), limit=PAGE + 1, offset=(at - 1) * PAGE)
    lines = [(one, asked[one.question], file_words(Upload(one.id, one.media_type, one.bytes), language(request))) for one in found[:PAGE]]
    around = await workspace(consultation, person, "results", today=clock.today())
    return page(request, "official/files.html", **around, lines=lines, page=at, more=len(found) > PAGE, first=(at - 1) * PAGE)


@get("/desk/{slug:str}/files/{file:str}")
async def one_file(
    slug: FromPath[str], file: FromPath[str], person: NamedDependency[Person], clock: NamedDependency[Clock], settings: NamedDependency[Settings]
) -> Sending:
    """As an attachment: nothing that a resident sent opens within our pages."""
    consultation = await allowed(person, slug, clock)
    found = await uploads.claimed(consultation.id, file)
    path: Any = settings.sent / file
    if found is None or not path.exists():
        raise NotFound(NO_SUCH_DOCUMENT)
    name = f"{consultation.slug}-{found.id[:8]}.{ENDINGS.get(found.media_type, 'bin')}"
    return Sending(path=path, filename=name, media_type=found.media_type, content_disposition_type="attachment", headers={"Cache-Control": "no-store"})


handlers: list[ControllerRouterHandler] = [files, one_file]
