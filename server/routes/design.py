"""Writing a consultation: the list of work, a new one, its plan."""

import datetime
import tempfile
from pathlib import Path
from typing import Any

from anyio import to_thread
from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler
from msgspec import structs

from server.clock import Clock
from server.desk import legal_days, tasks, workspace
from server.forms import ROOM_FOR_FIELDS, one_upload, typed, wrong_fields
from server.routes import draft, illustrating, preview, question, questions, sections, together
from server.settings import Settings
from server.store import consultations
from server.store import library as shelf
from server.uploads import read_form
from server.web import page, see_other
from surveys import law, library, rights
from surveys.consultation import Consultation, Instrument, Person, State
from surveys.formats.taken import Taken, Unreadable
from surveys.kinds import Text
from surveys.library import Entry
from surveys.names import INSTRUMENTS
from surveys.particulars import particulars_form, print_of, read_particulars
from surveys.problems import CHOOSE_ONE, FILE_REFUSED, TITLE_MISSING, Conflict, Invalid, NotFound, Problem
from surveys.questionnaire import Questionnaire
from surveys.rewording import Form, read_text

Visit = Request[Any, Any, Any]
Slug = FromPath[str]
Part = FromPath[str]
Who = NamedDependency[Person]
Time = NamedDependency[Clock]

PAGE = 30
LARGEST_FORM_MB = 10
DAYS_TO_PREPARE, DAYS_OPEN = 7, 30
FILE, BLANK = "file", "blank"
"""Where questions come from, beside the library's names."""


@get("/desk")
async def home(request: Visit, person: Who, clock: Time) -> Response[Any]:
    """Việc cần làm: each consultation with its one next step, its legal day and who has it."""
    state, wish = request.query_params.get("state", ""), request.query_params.get("page", "")
    found = await consultations.listed(person, clock.now())
    counts = {one: sum(consultation.state is one for consultation in found) for one in State}
    chosen = tasks([one for one in found if not state or one.state == state], person, today=clock.today())
    pages = max(1, -(-len(chosen) // PAGE))
    at = min(max(1, int(wish)), pages) if wish.isdecimal() and len(wish) < 6 else 1
    return page(
        request, "official/desk.html", tasks=chosen[(at - 1) * PAGE : at * PAGE], state=state, total=len(found), page=at, pages=pages,
        counts={one: count for one, count in counts.items() if count}, ready=library.entries(), may_create=rights.may_create(person, person.unit),
    )  # fmt: skip


@get("/desk/new")
async def new(request: Visit, person: Who) -> Response[Any]:
    consultations.may_write(person)
    ready = request.query_params.get("ready", "")
    entry = await entry_for(person, ready)
    form = {"ready": ready, "instrument": entry.instrument, **fields_of("title", entry.title)} if entry else {}
    return await new_page(request, person, form, [])


async def entry_for(person: Person, source: str) -> Entry | None:
    """The ready questionnaire of this key, ours or the unit's own; None where there is none, or the questions come from elsewhere."""
    try:
        return await shelf.any_entry(source, unit=person.unit)
    except NotFound:
        return None


def fields_of(field: str, text: Text) -> dict[str, str]:
    return {f"{field}_{language}": words for language, words in text.items()}


async def new_page(
    request: Visit, person: Person, form: Form, problems: list[Problem], *, takings: tuple[Problem, ...] = (), taken: bool = False, status: int = 200
) -> Response[Any]:
    """takings: what is wrong in the uploaded file; `taken` where the rest of it could be used nevertheless."""
    return page(
        request, "official/new.html", status=status, form=form, wrong=wrong_fields(request, problems), takings=takings, taken=taken,
        instruments=INSTRUMENTS, ready=library.entries(),
        kept=[item for item in await shelf.items(person.unit) if item.kind == "questionnaire" and not item.removed],
    )  # fmt: skip


@post("/desk/new", request_max_body_size=LARGEST_FORM_MB * 1_000_000 + ROOM_FOR_FIELDS)
async def create(request: Visit, person: Who, clock: Time, settings: NamedDependency[Settings]) -> Response[Any]:
    consultations.may_write(person)
    form = await typed(request)
    problems: list[Problem] = []
    entry = await entry_for(person, form.get("ready", ""))
    draft = read_new(form, problems, entry, today=clock.today())
    try:
        taken = Taken(entry.questionnaire) if entry else await chosen_questions(request, form, settings)
    except Invalid as refusal:
        in_file = tuple(problem for problem in refusal.problems if problem.where not in (FILE, "ready"))
        said = [problem for problem in refusal.problems if problem.where in (FILE, "ready")]
        return await new_page(request, person, form, [*problems, *(said or [Problem(FILE_REFUSED, FILE, {"n": len(in_file)})])], takings=in_file, status=422)
    lost = (*taken.problems, *(() if "partial" in form else taken.losses))
    if lost:
        problems.append(Problem(FILE_REFUSED, FILE, {"n": len(lost)}))
    if problems or draft is None:
        return await new_page(request, person, form, problems, takings=lost, taken=not taken.problems, status=422)
    made = await consultations.create(draft, taken.questionnaire, by=person, now=clock.now())
    return see_other(request, f"/desk/{made.slug}/plan", said="Đã lập bản nháp. Viết kế hoạch, rồi xem lại các câu hỏi.")


def read_new(form: Form, problems: list[Problem], entry: Entry | None, *, today: datetime.date) -> Consultation | None:
    """A draft with the words of its library entry. None where the instrument is missing."""
    title = read_text(form, "title", problems)
    if not title.get("vi"):
        problems.append(Problem(TITLE_MISSING, "title_vi"))
    if form.get("instrument") not in list(Instrument):
        problems.append(Problem(CHOOSE_ONE, "instrument"))
        return None
    words = {field: getattr(entry, field) for field in library.BEGINNING} if entry else {}
    return beginning(title, Instrument(form["instrument"]), today=today, **words)


def beginning(title: Text, instrument: Instrument, *, today: datetime.date, **words: Any) -> Consultation:
    """Opens in a week, for as long as its law demands, on the ground of that law."""
    opens_on = today + datetime.timedelta(days=DAYS_TO_PREPARE)
    draft = Consultation(id="", slug="", unit="", instrument=instrument, title=title, opens_on=opens_on, closes_on=opens_on, **words)
    period, ground = law.period(draft), law.ground(draft)
    days = (period and period.minimum) or DAYS_OPEN
    cited = draft.legal_ground or (law.cited(ground) if ground else {})
    return structs.replace(draft, closes_on=opens_on + datetime.timedelta(days=days), legal_ground=cited)


async def chosen_questions(request: Visit, form: Form, settings: Settings) -> Taken:
    """From a file, or none yet. Raises Invalid at `ready` or `file`, or with what the file's rows say."""
    source = form.get("ready", "")
    if source == BLANK:
        return Taken(Questionnaire((), languages=("vi", "en")))
    if source != FILE:
        raise Invalid([Problem(CHOOSE_ONE, "ready")])
    name, content = await one_upload(request, largest_mb=LARGEST_FORM_MB)
    with tempfile.TemporaryDirectory(dir=settings.data) as folder:
        path = Path(folder) / "form"
        await to_thread.run_sync(path.write_bytes, content)
        try:
            return await to_thread.run_sync(lambda: read_form(path, name=name))
        except Unreadable as refusal:
            raise Invalid([Problem(refusal.code, FILE, refusal.given)]) from refusal


@get("/desk/{slug:str}/plan")
async def plan(request: Visit, slug: Slug, person: Who, clock: Time) -> Response[Any]:
    consultation = await consultations.to_see(person, slug, clock.now())
    return await plan_page(request, consultation, person, clock, form=particulars_form(consultation))


async def plan_page(
    request: Visit, consultation: Consultation, person: Person, clock: Clock, *, form: Form, problems: tuple[Problem, ...] = (), status: int = 200
) -> Response[Any]:
    around = await workspace(consultation, person, "plan", today=clock.today())
    return page(request, "official/plan.html", status=status, **around | legal_days(consultation) | {"form": form, "wrong": wrong_fields(request, problems)})


@post("/desk/{slug:str}/plan")
async def save_plan(request: Visit, slug: Slug, person: Who, clock: Time) -> Response[Any]:
    consultation = await consultations.to_edit(person, slug, clock.now())
    form = await typed(request)
    read, problems = read_particulars(consultation, form)
    if problems:
        return await plan_page(request, consultation, person, clock, form=form, problems=tuple(problems), status=422)
    try:
        await consultations.save(read, by=person, now=clock.now(), was=form.get("was", ""))
    except Conflict as refusal:
        problem = Problem(refusal.code, "", refusal.given)
        return await plan_page(request, consultation, person, clock, form={**form, "was": print_of(consultation)}, problems=(problem,), status=409)
    return see_other(request, f"/desk/{slug}/plan", said="Đã lưu kế hoạch.")


handlers: list[ControllerRouterHandler] = [home, new, create, plan, save_plan, *draft.handlers]
handlers += [handler for room in (questions, question, illustrating, sections, together, preview) for handler in room.handlers]
