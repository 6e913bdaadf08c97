"""A consultation: its instrument, its states, the verbs between them and who may use them."""

import datetime
from collections.abc import Mapping
from enum import StrEnum

import msgspec
from msgspec import Struct

from surveys.analysis_plan import AnalysisPlan
from surveys.kinds import Text


class Instrument(StrEnum):
    """The three legal instruments of law 10/2022, never mixed."""

    OPINION = "opinion"
    HOUSEHOLD_DECISION = "household_decision"
    SATISFACTION = "satisfaction"


class State(StrEnum):
    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    OPEN = "open"
    CLOSED = "closed"
    SEALED = "sealed"
    PUBLISHED = "published"
    ARCHIVED = "archived"
    CANCELLED = "cancelled"


class Verb(StrEnum):
    SUBMIT = "submit"
    RETURN = "return"
    APPROVE = "approve"
    OPEN = "open"
    EXTEND = "extend"
    CLOSE = "close"
    SEAL = "seal"
    PUBLISH = "publish"
    CANCEL = "cancel"


class Role(StrEnum):
    AUTHOR = "author"
    APPROVER = "approver"
    COLLECTOR = "collector"
    VILLAGE_HEAD = "village_head"
    REPLIER = "replier"
    COUNCIL = "council"
    FRONT = "front"
    AUDITOR = "auditor"
    ADMIN = "admin"


class Channel(StrEnum):
    """How an answer, or a total of answers, arrived. WEB to IMPORT are single answers; the rest are totals of their owners."""

    WEB = "web"
    PAPER = "paper"
    IMPORT = "import"
    MEETING = "meeting"
    HOTLINE = "hotline"
    CONFERENCE = "conference"
    SUGGESTION_BOX = "suggestion_box"
    FRONT = "front"


class Assistance(StrEnum):
    SELF = "self"
    ASSISTED = "assisted"
    PROXY = "proxy"


class Person(Struct, frozen=True, kw_only=True):
    """Somebody who signs in. `roles` are their own and those they hold as a deputy today."""

    id: str
    name: str
    full_name: str
    unit: str
    roles: frozenset[Role]
    language: str = "vi"


class Contact(Struct, frozen=True, omit_defaults=True):
    """Whom residents ask, and where they can hand in paper."""

    name: str = ""
    phone: str = ""
    place: str = ""


class Edition(Struct, frozen=True):
    """A version of the questionnaire that residents could answer: since which day, why it took the place of the one before,
    and the questions of which only slips were mended."""

    version: int
    since: datetime.date
    reason: str = ""
    same_meaning: frozenset[str] = frozenset()


class Consultation(Struct, frozen=True, kw_only=True):
    """What the desk keeps of a consultation, apart from its questionnaire, documents and answers.

    `opens_on` and `closes_on` are days in Asia/Ho_Chi_Minh: it opens at 0:00 of the one and closes after 23:59:59 of the other.
    `authors` are the ids of all who edited it. `version` counts its questionnaires. `shorter_by_law` names the law that
    allows fewer days than the instrument demands. `changes` is what the plan changes and for whom, one point a line.
    `analysis` says beforehand what will be made of the answers.

    `editions`: the versions that were open, oldest first; one until it is changed while open. A change of what is open is written in
    a draft of its own, a revision: `revision_of` is the slug of the open one, `applied_as` the version it became there, `reason` why,
    `same_meaning` the questions whose new words its author states to mean what the old ones meant.
    `wave_of` is the slug of the earlier consultation that this one repeats; `matches` pairs questions of this one with those of the
    earlier one where their names do not say it ('' has no counterpart).
    """

    id: str
    slug: str
    unit: str
    instrument: Instrument
    state: State = State.DRAFT
    title: Text
    summary: Text = {}
    changes: Text = {}
    use: Text = {}
    legal_ground: Text = {}
    shorter_by_law: str = ""
    planning: bool = False
    analysis: AnalysisPlan = AnalysisPlan()
    contact: Contact = msgspec.field(default_factory=Contact)
    opens_on: datetime.date
    closes_on: datetime.date
    version: int = 1
    authors: frozenset[str] = frozenset()
    reply: Text = {}
    proposals: Text = {}
    cancel_reason: str = ""
    close_reason: str = ""
    seal_reason: str = ""
    sample: bool = False
    editions: tuple[Edition, ...] = ()
    revision_of: str = ""
    applied_as: int = 0
    reason: str = ""
    same_meaning: frozenset[str] = frozenset()
    wave_of: str = ""
    matches: Mapping[str, str] = {}
