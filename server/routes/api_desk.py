"""The JSON API for programs of officials: what the desk can do, under the same rights, with a bearer token."""

import datetime
from typing import Any

from litestar import Router, post, put
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, JSONBody
from msgspec import Struct

from server.clock import Clock
from server.people import caller
from server.store import consultations
from server.store.comments import wrong_comment
from surveys import structure
from surveys.consultation import Consultation, Contact, Instrument, Person, State, Verb
from surveys.kinds import Text
from surveys.particulars import wrong_particulars
from surveys.problems import NO_SUCH_CONSULTATION, NO_SUCH_VERB, Invalid, NotFound, Problem
from surveys.questionnaire import Questionnaire


class NewConsultation(Struct, kw_only=True):
    """A draft. `title` and the other texts are Vietnamese, or a mapping by language."""

    title: str | dict[str, str]
    unit: str
    instrument: Instrument
    questionnaire: Questionnaire
    opens_on: datetime.date
    closes_on: datetime.date
    summary: str | dict[str, str] = ""
    changes: str | dict[str, str] = ""
    use: str | dict[str, str] = ""
    legal_ground: str | dict[str, str] = ""
    shorter_by_law: str = ""
    planning: bool = False
    contact: Contact = Contact()


class Step(Struct):
    """What a step needs: a reason for closing early, cancelling or an unbalanced ledger; a later day for extending; for returning a comment,
    at a question or at the whole."""

    reason: str = ""
    comment: str = ""
    question: str = ""
    closes_on: datetime.date | None = None


class Standing(Struct):
    slug: str
    state: State
    version: int
    opens_on: datetime.date
    closes_on: datetime.date


@post("/consultations", summary="Make a draft", status_code=201)
async def create(data: JSONBody[NewConsultation], person: NamedDependency[Person], clock: NamedDependency[Clock]) -> Standing:
    if data.unit != person.unit:
        raise NotFound(NO_SUCH_CONSULTATION)
    draft = drafted(data)
    demand_sound([*wrong_particulars(draft), *structure.problems_of(data.questionnaire)])
    return standing(await consultations.create(draft, data.questionnaire, by=person, now=clock.now()))


def demand_sound(problems: list[Problem]) -> None:
    if problems:
        raise Invalid(problems)


def drafted(given: NewConsultation) -> Consultation:
    texts: dict[str, Any] = {field: as_text(getattr(given, field)) for field in ("title", "summary", "changes", "use", "legal_ground")}
    same: dict[str, Any] = {field: getattr(given, field) for field in ("unit", "instrument", "opens_on", "closes_on", "shorter_by_law", "planning", "contact")}
    return Consultation(id="", slug="", **texts, **same)


def as_text(given: str | dict[str, str]) -> Text:
    return {language: words for language, words in given.items() if words.strip()} if isinstance(given, dict) else {"vi": given} if given.strip() else {}


@put("/consultations/{slug:str}/questionnaire", summary="Replace a draft's questionnaire")
async def replace_questionnaire(slug: FromPath[str], data: JSONBody[Questionnaire], person: NamedDependency[Person], clock: NamedDependency[Clock]) -> Standing:
    consultation = await consultations.to_edit(person, slug, clock.now())
    demand_sound(structure.problems_of(data))
    return standing(await consultations.save_questionnaire(consultation, data, by=person, now=clock.now()))


@post("/consultations/{slug:str}/{verb:str}", summary="Take a step: submit, return, approve, open, extend, close, seal, publish, cancel", status_code=200)
async def act(
    slug: FromPath[str], verb: FromPath[str], person: NamedDependency[Person], clock: NamedDependency[Clock], data: JSONBody[Step | None] = None
) -> Standing:
    if verb not in list(Verb):
        raise NotFound(NO_SUCH_VERB, given=verb)
    step = data or Step()
    demand_sound([problem for field in ("reason", "comment") if (words := getattr(step, field)) for problem in wrong_comment(words, where=field)])
    return standing(
        await consultations.act(
            Verb(verb), slug, by=person, now=clock.now(), reason=step.reason or step.comment, question=step.question, closes_on=step.closes_on
        )
    )


def standing(consultation: Consultation) -> Standing:
    return Standing(**{field: getattr(consultation, field) for field in Standing.__struct_fields__})


router = Router(
    "/", route_handlers=[create, replace_questionnaire, act], dependencies={"person": Provide(caller)}, security=[{"token": []}], tags=["officials"]
)
