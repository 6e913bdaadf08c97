"""Pictures and sound of a question, uploaded at the designer."""

import tempfile
from pathlib import Path
from typing import Any

from anyio import Path as AsyncPath
from litestar import Response, post
from litestar.di import NamedDependency
from litestar.types import ControllerRouterHandler

from server.forms import ROOM_FOR_FIELDS, one_upload, wrong_fields
from server.media import LARGEST_MB, keep_media
from server.routes.drafting import Draft, Part, Slug, Time, Visit, Who, by_htmx, designer_page, draft_of, found_question, question_context
from server.routes.question import saved_state
from server.settings import Settings
from server.web import page, see_other
from surveys import editing
from surveys.illustrating import spots, with_media
from surveys.problems import CHOOSE_ONE, Invalid, Problem, Refusal
from surveys.questionnaire import Question


@post("/desk/{slug:str}/questions/{name:str}/media", request_max_body_size=max(LARGEST_MB.values()) * 1_000_000 + ROOM_FOR_FIELDS)
async def illustrate(request: Visit, slug: Slug, name: Part, person: Who, clock: Time, settings: NamedDependency[Settings]) -> Response[Any]:
    """`do`: add, with a `file` for the place `what`; or `drop:<place>`."""
    draft = await draft_of(request, slug, person, clock)
    question, do = found_question(draft.latest, name), draft.form.get("do", "add")
    what = do.removeprefix("drop:") if do.startswith("drop:") else draft.form.get("what", "")
    spot = next((one for one in spots(question) if one.what == what), None)
    try:
        if spot is None:
            raise Invalid([Problem(CHOOSE_ONE, "what")])
        media = "" if do.startswith("drop:") else await kept(request, spot.sort, settings)
    except Refusal as refusal:
        return await refused(draft, question, refusal)
    changed = with_media(question, what, media)
    saved = await draft.save(editing.replace_question(draft.latest, changed), part=name)
    if not by_htmx(request):
        return see_other(request, f"/desk/{slug}/questions/{name}#media", said="Đã lưu câu hỏi.")
    return await saved_state(draft, saved, changed, [], "media")


async def kept(request: Visit, sort: Any, settings: Settings) -> str:
    _, content = await one_upload(request, largest_mb=LARGEST_MB[sort], field="media-file")
    with tempfile.TemporaryDirectory(prefix="ydan-media-") as folder:
        path = Path(folder) / "file"
        await AsyncPath(path).write_bytes(content)
        return await keep_media(path, sort=sort, folder=settings.files)


async def refused(draft: Draft, question: Question, refusal: Refusal) -> Response[Any]:
    problems = refusal.problems if isinstance(refusal, Invalid) else [Problem(refusal.code, "media-file", refusal.given)]
    opened = await question_context(draft.request, draft.consultation, draft.latest, question, draft.person, draft.clock)
    opened |= {"wrong": wrong_fields(draft.request, problems)}
    if by_htmx(draft.request):
        none: dict[str, Any] = {"forbidden": [], "advice": []}
        heads = {"HX-Retarget": "#editor", "HX-Reswap": "innerHTML"}
        return page(draft.request, "official/designer/_opened.html", status=422, headers=heads, **opened, findings_of=none)
    return await designer_page(draft.request, draft.consultation, draft.person, draft.clock, status=422, **opened)


handlers: list[ControllerRouterHandler] = [illustrate]
