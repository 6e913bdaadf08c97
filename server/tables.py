"""The tables as Piccolo sees them. The migrations make them; a test holds both together.

Where the key has several columns, `primary_key` stands on the first one because Piccolo knows no other way: never `save()` or
`remove()` a row of those tables, only `insert`, and `update` or `delete` with a full `where`.
JSON columns come back as text unless `.output(load_json=True)`; hand them msgspec-encoded text.
"""

from piccolo.columns import JSON, JSONB, UUID, Array, BigInt, BigSerial, Boolean, Bytea, Date, Integer, Text, Timestamptz
from piccolo.table import Table

from server.database import DB


class Unit(Table, db=DB):
    """A province, or a ward, commune or special zone of one (`parent`). `search` is its name without tones."""

    code = Text(primary_key=True)
    name = Text()
    kind = Text()
    parent = Text(null=True, default=None)
    formed_from = Text()
    search = Text()


class Village(Table, db=DB):
    """A thôn or tổ dân phố. `name_key` is its name in lower case. `ended`: gone from the list, kept because answers name it."""

    id = UUID(primary_key=True)
    unit = Text()
    name = Text()
    kind = Text()
    households = Integer(null=True, default=None)
    source = Text()
    as_of = Date(null=True, default=None)
    position = Integer()
    ended = Boolean()
    name_key = Text()


class Person(Table, db=DB):
    id = UUID(primary_key=True)
    name = Text()
    full_name = Text()
    unit = Text()
    roles = Array(base_column=Text())
    password_hash = Text(null=True, default=None, secret=True)
    session_version = Integer()
    disabled = Boolean()
    language = Text(default="vi")
    created_at = Timestamptz(default=None)


class Deputy(Table, db=DB):
    """`deputy` holds the roles of `person` from `starts_on` to `ends_on`, both included."""

    id = UUID(primary_key=True)
    person = UUID(default=None)
    deputy = UUID(default=None)
    starts_on = Date(default=None)
    ends_on = Date(default=None)


class SignInLink(Table, db=DB):
    token_hash = Bytea(primary_key=True)
    person = UUID(default=None)
    expires_at = Timestamptz(default=None)
    used_at = Timestamptz(null=True, default=None)


class SignInFailure(Table, db=DB):
    """`source` is a keyed hash of where the attempt came from."""

    id = BigSerial(primary_key=True)
    name = Text()
    source = Bytea()
    at = Timestamptz(default=None)


class ApiToken(Table, db=DB):
    token_hash = Bytea(primary_key=True)
    person = UUID(default=None)
    created_at = Timestamptz(default=None)
    revoked_at = Timestamptz(null=True, default=None)


class Consultation(Table, db=DB):
    """`details` holds the fields of surveys.consultation.Consultation that have no column here."""

    id = UUID(primary_key=True)
    slug = Text()
    unit = Text()
    instrument = Text()
    state = Text()
    opens_on = Date(default=None)
    closes_on = Date(default=None)
    version = Integer()
    authors = Array(base_column=Text())
    details = JSONB()
    search = Text()
    created_at = Timestamptz(default=None)
    changed_at = Timestamptz(default=None)


class Questionnaire(Table, db=DB):
    """Key: consultation, version. `content` keeps the order of its keys."""

    consultation = UUID(primary_key=True)
    version = Integer()
    content = JSON()


class Document(Table, db=DB):
    """A file of the draft plan; its bytes are $YDAN_DATA/files/<sha256>."""

    id = UUID(primary_key=True)
    consultation = UUID(default=None)
    name = Text()
    media_type = Text()
    bytes = BigInt()
    pages = Integer(null=True, default=None)
    sha256 = Text()
    position = Integer()


class PlanVersion(Table, db=DB):
    """Key: consultation, number. `content` is a surveys.plan.Plan; `before` what the last change made it from, for undo.

    `document` is the file it was read from, `source` that file's name or '' for pasted text. Without `accepted_at` it waits for comparison.
    """

    consultation = UUID(primary_key=True)
    number = Integer()
    content = JSON()
    before = JSON(null=True, default=None)
    revision = Integer()
    document = UUID(null=True, default=None)
    source = Text()
    made_at = Timestamptz(default=None)
    accepted_at = Timestamptz(null=True, default=None)


class Comment(Table, db=DB):
    """What one official tells another about a draft; `question` is '' where it concerns the whole."""

    id = UUID(primary_key=True)
    consultation = UUID(default=None)
    person = UUID(default=None)
    question = Text()
    text = Text()
    at = Timestamptz(default=None)
    resolved = Boolean()
    parent = UUID(null=True, default=None)
    resolved_by = UUID(null=True, default=None)
    resolved_at = Timestamptz(null=True, default=None)


class Trial(Table, db=DB):
    """The secret link of a trial run; gone once the consultation opens."""

    consultation = UUID(primary_key=True)
    token = Text()
    started_by = UUID(default=None)
    started_at = Timestamptz(default=None)


class TrialAnswer(Table, db=DB):
    """Key: consultation, key_hash. What a colleague tried; never counted."""

    consultation = UUID(primary_key=True)
    key_hash = Bytea()
    version = Integer()
    answers = JSONB()


class Event(Table, db=DB):
    """The journal of what officials did. Never answers, codes or receipts."""

    id = BigSerial(primary_key=True)
    consultation = UUID(null=True, default=None)
    person = UUID(null=True, default=None)
    verb = Text()
    at = Timestamptz(default=None)
    detail = JSONB()


class Answer(Table, db=DB):
    """Key: consultation, id. No time, no day, no order (secrecy 1)."""

    consultation = UUID(primary_key=True)
    id = Bytea()
    unit = Text()
    version = Integer()
    village = Text(null=True, default=None)
    channel = Text()
    assistance = Text()
    language = Text()
    answers = JSONB()


class Submission(Table, db=DB):
    """Key: consultation, key_hash. Dropped at sealing (secrecy 4)."""

    consultation = UUID(primary_key=True)
    key_hash = Bytea()
    body_hash = Bytea()


class Withdrawal(Table, db=DB):
    """Key: consultation, receipt_hash. `replaced`: the one new answer has come."""

    consultation = UUID(primary_key=True)
    receipt_hash = Bytea()
    replaced = Boolean()


class Turnout(Table, db=DB):
    """Key: all but the two counts. `village` is '' where none was given."""

    consultation = UUID(primary_key=True)
    unit = Text()
    village = Text()
    channel = Text()
    assistance = Text()
    day = Date(default=None)
    answered = Integer()
    withdrawn = Integer()


class ChannelTotal(Table, db=DB):
    """What a channel's owner counted: hands at a meeting, calls to a hotline. `village` is '' for the whole unit."""

    id = UUID(primary_key=True)
    consultation = UUID(default=None)
    channel = Text()
    owner = Text()
    village = Text()
    held_on = Date(null=True, default=None)
    people = Integer()
    counts = JSONB()
    entered_by = UUID(null=True, default=None)


class Reading(Table, db=DB):
    """Key: consultation, answer, question. An official has read an open answer, and released it or not."""

    consultation = UUID(primary_key=True)
    answer = Bytea()
    question = Text()
    released = Boolean()
    person = UUID(default=None)


class Snapshot(Table, db=DB):
    consultation = UUID(primary_key=True)
    sha256 = Text()
    file = Text()
    rows = Integer()
    made_at = Timestamptz(default=None)


class Result(Table, db=DB):
    """Key: consultation, audience (official, public). `report` is an analysis Report, `basis` a print of all it was counted from."""

    consultation = UUID(primary_key=True)
    audience = Text()
    report = JSON()
    made_at = Timestamptz(default=None)
    basis = Text()


class Paper(Table, db=DB):
    """Key: consultation, name, language. A PDF that was made, at $YDAN_DATA/files/<sha256>."""

    consultation = UUID(primary_key=True)
    name = Text()
    language = Text()
    file = Text()
    sha256 = Text()
    bytes = BigInt()
    pages = Integer()
    made_at = Timestamptz(default=None)


class ShortLink(Table, db=DB):
    """What people type from a poster: /s/<code>."""

    consultation = UUID(primary_key=True)
    code = Text()


class LinkName(Table, db=DB):
    """Key: consultation, via. A channel that officials named."""

    consultation = UUID(primary_key=True)
    via = Text()
    name = Text()


class LinkCount(Table, db=DB):
    """Key: consultation, via, day. How many opened the plan by a channel's link, and answered; nothing of who or what."""

    consultation = UUID(primary_key=True)
    via = Text()
    day = Date(default=None)
    opened = Integer()
    answered = Integer()


class LibraryItem(Table, db=DB):
    """A questionnaire or a block that a unit keeps. `removed_at`: off the list, and can come back. `content` keeps the order of its keys."""

    id = UUID(primary_key=True)
    unit = Text()
    kind = Text()
    name = Text()
    questions = Integer()
    minutes = Integer()
    content = JSON()
    person = UUID(default=None)
    made_at = Timestamptz(default=None)
    removed_at = Timestamptz(null=True, default=None)


class Upload(Table, db=DB):
    """Key: consultation, id. A file of a resident, at $YDAN_DATA/files/sent/<id>. `claimed`: an answer names it; then it has no day.

    `settled`: written anew after sealing, so that its times tell nothing.
    """

    consultation = UUID(primary_key=True)
    id = Text()
    sha256 = Text()
    media_type = Text()
    bytes = BigInt()
    created = Date(null=True, default=None)
    claimed = Boolean()
    settled = Boolean()


class Edit(Table, db=DB):
    """Key: consultation, version. How a version of a draft came about (surveys.undoing.Edit)."""

    consultation = UUID(primary_key=True)
    version = Integer()
    person = UUID(default=None)
    part = Text()
    act = Text()
    of = Integer(null=True, default=None)
    at = Timestamptz(default=None)


class Presence(Table, db=DB):
    """Key: consultation, person. Who has which question of a draft open, and when that was last heard."""

    consultation = UUID(primary_key=True)
    person = UUID(default=None)
    part = Text()
    at = Timestamptz(default=None)


TABLES: tuple[type[Table], ...] = (
    Unit, Village, Person, Deputy, SignInLink, SignInFailure, ApiToken, Consultation, Questionnaire, Document, PlanVersion, Comment, Event,
    Answer, Submission, Withdrawal, Turnout, ChannelTotal, Reading, Snapshot, Result, Paper,
    ShortLink, LinkName, LinkCount, LibraryItem, Trial, TrialAnswer,
    Edit, Presence, Upload,
)  # fmt: skip
