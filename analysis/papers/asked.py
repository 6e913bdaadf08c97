"""What each question offers and of whom it is asked, to print the questionnaire beside its results."""

from collections.abc import Mapping

from msgspec import Struct

from analysis.labels import unpiped
from surveys import conditions, units
from surveys.kinds import (
    CONSENT_LABEL,
    OTHER_LABEL,
    AnyKind,
    Block,
    Calculation,
    Clause,
    Consent,
    Date,
    Decimal,
    File,
    Integer,
    Matrix,
    Note,
    Option,
    Place,
    Points,
    Ranking,
    Scale,
    SelectMultiple,
    SelectOne,
    Stance,
    Text,
    Time,
    UnitChoice,
    say,
)
from surveys.language import number_words
from surveys.problems import Code
from surveys.questionnaire import Question, Questionnaire, Section
from templates import sentence

A_NUMBER, A_NUMBER_OF = Code("a_number", "Điền một số"), Code("a_number_of", "Điền một số ({unit})")
A_DATE = Code("a_date", "Điền một ngày")
A_TIME, A_TIME_WITHIN = Code("a_time", "Điền một giờ trong ngày"), Code("a_time_within", "Điền một giờ, từ {low} đến {high}")
IN_WORDS = Code("in_words", "Trả lời bằng lời")
SEVERAL, SEVERAL_AT_MOST = Code("several", "Được chọn nhiều ý"), Code("several_at_most", "Được chọn nhiều ý, nhiều nhất {n}")
IN_ORDER = Code("in_order", "Xếp thứ tự tất cả lựa chọn: 1 là chọn trước nhất")
FIRST_ONES = Code("first_ones", "Xếp thứ tự {n} lựa chọn đầu: 1 là chọn trước nhất")
DIVIDED = Code("divided", "Chia {n} {unit} cho các lựa chọn, cộng lại phải đủ {n}")
A_PROVINCE, A_WARD = Code("a_province", "Chọn một tỉnh, thành phố"), Code("a_ward", "Chọn một xã, phường, đặc khu")
A_VILLAGE = Code("a_village", "Chọn một xã, phường, đặc khu rồi một thôn, tổ dân phố")
WITHIN = Code("within_province", "{how}, thuộc {province}")
A_FILE = Code("a_file", "Gửi kèm một tệp: {sorts}; nặng nhất {n} MB")
ON_A_PICTURE, ON_A_MAP = Code("on_a_picture", "Chỉ một điểm trên hình"), Code("on_a_map", "Chỉ một điểm trên bản đồ")
ONLY_IF, OFFERED_IF = Code("only_if", "Chỉ hỏi nếu: {condition}."), Code("offered_if", "chỉ có nếu: {condition}")

POINTS: Text = {"vi": "điểm", "en": "points"}
SORTS: Mapping[str, Text] = {
    "image": {"vi": "ảnh", "en": "picture"},
    "pdf": {"vi": "PDF", "en": "PDF"},
    "office": {"vi": "Word, Excel", "en": "Word, Excel"},
    "audio": {"vi": "ghi âm", "en": "sound"},
}
LONG_SCALE = 7
"""Steps beyond which a scale is printed on one line."""


class Choice(Struct, frozen=True):
    """What can be chosen, on what condition, and whether a picture shows it."""

    label: str
    when: str = ""
    pictured: bool = False


class Asked(Struct, frozen=True):
    """One question in one language. `how` is how it is answered where no choices show it, `steps` a long scale on one line.

    `when` is of whom it is asked; `body` the clause it is about; `picture` what a picture above it shows, `sound` whether it can be heard.
    """

    label: str
    hint: str
    choices: tuple[Choice, ...] = ()
    rows: tuple[str, ...] = ()
    steps: str = ""
    how: str = ""
    when: str = ""
    number: str = ""
    body: tuple[Block, ...] = ()
    pictured: bool = False
    picture: str = ""
    sound: bool = False


def asked(question: Question, questionnaire: Questionnaire, language: str) -> Asked:
    kind = question.kind
    listed = tuple(choice(option, questionnaire, language) for option in offered(kind))
    long = steps(kind, language) if isinstance(kind, Scale | Matrix) and len(kind.options) > LONG_SCALE else ""
    return Asked(
        label=say(unpiped(question.label), language) or question.name,
        hint=say(unpiped(question.hint), language),
        choices=() if long else listed,
        rows=tuple(say(unpiped(row.label), language) or row.name for row in kind.rows) if isinstance(kind, Matrix) else (),
        steps=long,
        how=how(kind, language),
        when=spoken(ONLY_IF, language, condition=condition_words(question.relevant, questionnaire, language)) if question.relevant is not None else "",
        number=kind.number if isinstance(kind, Clause) else "",
        body=kind.body if isinstance(kind, Clause) else (),
        pictured=bool(question.image),
        picture=say(question.alt, language),
        sound=bool(question.audio),
    )


def headed(section: Section, questionnaire: Questionnaire, language: str) -> Asked:
    """The head of a section: what it is called and of whom all of it is asked."""
    when = spoken(ONLY_IF, language, condition=condition_words(section.relevant, questionnaire, language)) if section.relevant is not None else ""
    return Asked(say(unpiped(section.label), language), "", when=when)


def condition_words(condition: conditions.Condition, questionnaire: Questionnaire, language: str) -> str:
    return say(unpiped({language: conditions.words(condition, questionnaire, language)}), language)


def choice(option: Option, questionnaire: Questionnaire, language: str) -> Choice:
    when = spoken(OFFERED_IF, language, condition=condition_words(option.relevant, questionnaire, language)) if option.relevant is not None else ""
    return Choice(say(unpiped(option.label), language) or option.name, when, bool(option.image))


def offered(kind: AnyKind) -> tuple[Option, ...]:
    """All there is to choose, in the order printed."""
    match kind:
        case SelectOne() | SelectMultiple():
            return (*kind.options, *((Option("", OTHER_LABEL),) if kind.other else ()))
        case Scale() | Matrix():
            return (*kind.options, *kind.missing)
        case Stance() | Ranking() | Points():
            return kind.options
        case Consent():
            return (Option("", CONSENT_LABEL),)
    return ()


def steps(kind: Scale | Matrix, language: str) -> str:
    """0 (rất tệ) – 1 – 2 – … – 10 (rất tốt); không biết"""
    said = (f"{option.name} ({words})" if words not in ("", option.name) else option.name for option in kind.options for words in [say(option.label, language)])
    return "; ".join([" – ".join(said), *(say(option.label, language) or option.name for option in kind.missing)])


def how(kind: AnyKind, language: str) -> str:
    """The sentence that says how it is answered; '' where choices show it."""
    code, given = manner(kind, language)
    return spoken(code, language, **given) if code else ""


def manner(kind: AnyKind, language: str) -> tuple[Code | None, dict[str, object]]:
    """What is to be done with the choices, or in place of them."""
    match kind:
        case SelectMultiple():
            return (SEVERAL_AT_MOST, {"n": kind.most}) if kind.most else (SEVERAL, {})
        case Ranking():
            return (IN_ORDER, {}) if kind.ranks == len(kind.options) else (FIRST_ONES, {"n": kind.ranks})
        case Points():
            return DIVIDED, {"n": number_words(kind.total, language), "unit": say(kind.unit or POINTS, language)}
        case SelectOne() | Scale() | Matrix() | Stance() | Consent() | Calculation() | Note():
            return None, {}
    return written(kind, language)


def written(kind: AnyKind, language: str) -> tuple[Code, dict[str, object]]:
    """What is to be filled in."""
    match kind:
        case Integer() | Decimal():
            return (A_NUMBER_OF, {"unit": say(kind.unit, language)}) if kind.unit else (A_NUMBER, {})
        case Date():
            return A_DATE, {}
        case Time():
            limited = kind.low is not None or kind.high is not None
            return (A_TIME_WITHIN, {"low": kind.low or "00:00", "high": kind.high or "23:59"}) if limited else (A_TIME, {})
        case UnitChoice():
            code = {"province": A_PROVINCE, "ward": A_WARD, "village": A_VILLAGE}[kind.level]
            return (WITHIN, {"how": spoken(code, language), "province": units.spoken(kind.within)}) if kind.within else (code, {})
        case File():
            return A_FILE, {"sorts": ", ".join(say(SORTS[sort], language) for sort in kind.accepts), "n": kind.most_mb}
        case Place():
            return (ON_A_PICTURE if kind.image else ON_A_MAP), {}
    return IN_WORDS, {}


def spoken(code: Code, language: str, **given: object) -> str:
    return str(sentence(code.sentence, language, given))
