"""The room of the draft plan: its text becomes clauses, its files lie beside it."""

import tempfile
from pathlib import Path
from typing import Any

from anyio import to_thread
from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import File
from litestar.types import ControllerRouterHandler

from server import pdf
from server.clock import Clock
from server.desk import workspace
from server.forms import ROOM_FOR_FIELDS, one_upload, typed, wrong_fields
from server.routes import draft_clauses, draft_versions
from server.settings import Settings
from server.store import consultations, documents, plans
from server.uploads import read_draft
from server.web import page, see_other
from surveys.consultation import Consultation, Person
from surveys.formats.drafts import pasted
from surveys.formats.drafts.draft import Draft
from surveys.formats.taken import Unreadable
from surveys.plan import asking, reading
from surveys.problems import DRAFT_MISSING, DRAFT_TOO_LONG, NOT_A_DOCUMENT, Invalid, Problem
from surveys.rewording import Form

Visit = Request[Any, Any, Any]
Slug = FromPath[str]
Part = FromPath[str]
Who = NamedDependency[Person]
Time = NamedDependency[Clock]

LARGEST_DOCUMENT_MB = 20
MOST_CLAUSES = 2000
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@get("/desk/{slug:str}/draft")
async def draft(request: Visit, slug: Slug, person: Who, clock: Time) -> Response[Any]:
    return await draft_page(request, await consultations.to_see(person, slug, clock.now()), person, clock)


async def draft_page(
    request: Visit,
    consultation: Consultation,
    person: Person,
    clock: Clock,
    *,
    form: Form | None = None,
    problems: tuple[Problem, ...] = (),
    status: int = 200,
) -> Response[Any]:
    around = await workspace(consultation, person, "draft", today=clock.today())
    found = await plans.versions(consultation)
    return page(
        request, "official/draft.html", status=status,
        **around | {
            "documents": await documents.documents(consultation.id), "versions": found, "asked": asking.asked(around["questionnaire"]),
            "current": next((one for one in reversed(found) if not one.waits), None), "waiting": found[-1] if found and found[-1].waits else None,
            "form": form or {}, "wrong": wrong_fields(request, problems),
        },
    )  # fmt: skip


@post("/desk/{slug:str}/draft", request_max_body_size=LARGEST_DOCUMENT_MB * 1_000_000 + ROOM_FOR_FIELDS)
async def add_document(request: Visit, slug: Slug, person: Who, clock: Time, settings: NamedDependency[Settings]) -> Response[Any]:
    """A file that residents can open beside the clauses: PDF or Word."""
    consultation = await consultations.to_edit(person, slug, clock.now())
    try:
        name, content = await one_upload(request, largest_mb=LARGEST_DOCUMENT_MB)
        name, media_type, pages = await attachable(name, content, settings)
    except Invalid as refusal:
        return await draft_page(request, consultation, person, clock, problems=tuple(refusal.problems), status=422)
    kept = await documents.add(content, folder=settings.files, name=name, media_type=media_type, pages=pages, slug=slug, by=person, now=clock.now())
    return see_other(request, f"/desk/{slug}/draft", said="Đã thêm “{name}”.", name=kept.name)


async def attachable(name: str, content: bytes, settings: Settings) -> tuple[str, str, int | None]:
    """Its name with the right ending, its media type, its pages. Raises Invalid at `file` where it is neither PDF nor Word."""
    if content.startswith(b"PK"):
        try:
            await opened(content, name, settings)
        except Unreadable:
            raise Invalid([Problem(NOT_A_DOCUMENT, "file", {"given": name})]) from None
        return ended(name, ".docx"), DOCX, None
    return ended(name, ".pdf"), PDF, await to_thread.run_sync(lambda: pdf.pages_of(content, name=name))


def ended(name: str, ending: str) -> str:
    return name if name.lower().endswith(ending) else f"{name}{ending}"


async def opened(content: bytes, name: str, settings: Settings) -> Draft:
    """What a file says, read in a child process. Raises Unreadable."""
    with tempfile.TemporaryDirectory(dir=settings.data) as folder:
        path = Path(folder) / "draft"
        await to_thread.run_sync(path.write_bytes, content)
        return await to_thread.run_sync(lambda: read_draft(path, name=name))


@post("/desk/{slug:str}/draft/plan", request_max_body_size=LARGEST_DOCUMENT_MB * 1_000_000 + ROOM_FOR_FIELDS)
async def add_plan(request: Visit, slug: Slug, person: Who, clock: Time, settings: NamedDependency[Settings]) -> Response[Any]:
    """A file, which is kept for residents too, or pasted text; the first becomes the plan, later ones wait to be compared."""
    consultation = await consultations.to_edit(person, slug, clock.now())
    form = await typed(request)
    try:
        name, content, said = await chosen(request, form, settings)
        plan = await to_thread.run_sync(reading.read, said.parts)
        if len(plan.clauses) > MOST_CLAUSES:
            raise Invalid([Problem(DRAFT_TOO_LONG, "plan" if content else "text", {"n": len(plan.clauses), "high": MOST_CLAUSES})])
    except Invalid as refusal:
        return await draft_page(request, consultation, person, clock, form=form, problems=tuple(refusal.problems), status=422)
    document = None
    if content:
        name, kind = (ended(name, ".docx"), DOCX) if said.pages is None else (ended(name, ".pdf"), PDF)
        document = await documents.add(
            content, folder=settings.files, name=name, media_type=kind, pages=said.pages, slug=slug, by=person, now=clock.now()
        )  # fmt: skip
    made = await plans.add(plan, source=name, document=document.id if document else None, slug=slug, by=person, now=clock.now())
    if made.waits:
        return see_other(request, f"/desk/{slug}/draft/compare", said="Đã đọc bản {n}. Xem từng điều đã đổi gì, rồi dùng bản này.", n=made.number)
    if said.problems:
        told = "Đã tách thành {n} điều khoản, trừ trang {pages} là hình chụp: xem lại và bổ sung phần chữ ở đó."
        return see_other(request, f"/desk/{slug}/draft/clauses", said=told, n=len(plan.clauses), pages=said.problems[0].given["given"])
    return see_other(
        request, f"/desk/{slug}/draft/clauses", said="Đã tách thành {n} điều khoản. Xem lại và sửa nếu chỗ nào tách chưa đúng.", n=len(plan.clauses)
    )


async def chosen(request: Visit, form: Form, settings: Settings) -> tuple[str, bytes, Draft]:
    """Name, bytes and words of the file; without a file those of the pasted text. Raises Invalid at `plan` or `text`."""
    if form.get("text", "").strip():
        parts = await to_thread.run_sync(pasted, form["text"])
        return "", b"", Draft(parts)
    try:
        name, content = await one_upload(request, largest_mb=LARGEST_DOCUMENT_MB, field="plan")
    except Invalid as refusal:
        missing = [Problem(DRAFT_MISSING, "plan")] if len(form.get("text", "")) == 0 else refusal.problems
        raise Invalid(missing if refusal.problems[0].code.id == "file_missing" else refusal.problems) from None
    try:
        return name, content, await opened(content, name, settings)
    except Unreadable as refusal:
        raise Invalid([Problem(refusal.code, "plan", refusal.given)]) from None


@post("/desk/{slug:str}/documents/{document:str}")
async def change_document(request: Visit, slug: Slug, document: Part, person: Who, clock: Time) -> Response[Any]:
    """`do`: up, down or remove."""
    await consultations.to_edit(person, slug, clock.now())
    do = (await typed(request)).get("do", "")
    if do == "remove":
        gone = await documents.remove(document, slug=slug, by=person, now=clock.now())
        return see_other(request, f"/desk/{slug}/draft", said="Đã bỏ “{name}”.", name=gone.name)
    if do in ("up", "down"):
        await documents.move(document, step=-1 if do == "up" else 1, slug=slug, by=person, now=clock.now())
    return see_other(request, f"/desk/{slug}/draft")


@get("/desk/{slug:str}/documents/{document:str}")
async def download(slug: Slug, document: Part, person: Who, clock: Time, settings: NamedDependency[Settings]) -> File:
    consultation = await consultations.to_see(person, slug, clock.now())
    found = await documents.document(document, consultation=consultation.id)
    return File(path=settings.files / found.sha256, filename=found.name, media_type=found.media_type, etag=None, content_disposition_type="attachment")


handlers: list[ControllerRouterHandler] = [
    draft, add_document, add_plan, change_document, download, *draft_clauses.handlers, *draft_versions.handlers
]  # fmt: skip
