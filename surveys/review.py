"""Everything wrong with a consultation before it may open: what forbids it, and advice that does not."""

import datetime
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec import Struct, structs

from surveys import findings, law, problems, structure
from surveys.advice import advise, length
from surveys.consultation import Consultation, Instrument
from surveys.kinds import Clause, Consent, Matrix, Option, Points, Ranking, Scale, SelectMultiple, SelectOne, Stance, Text
from surveys.language import fold
from surveys.lifecycle import wrong_length
from surveys.problems import Problem
from surveys.questionnaire import Question, Questionnaire

SILENT = r"(?:khong|chua) (?:co )?(?:tra loi|phan hoi|y kien|gop y|gui|nop|tham gia|cho y kien)|im lang"
AGREEING = r"(?:da |hoan toan )?(?:dong y|nhat tri|thong nhat|tan thanh|chap thuan|ung ho)"
TAKEN_FOR = r"(?<!khong )(?<!khong duoc )(?<!khong bi )(?<!khong the )(?<!khong phai )(?:(?:coi|xem)(?: nhu)?(?: la)?|(?<!khong co )nghia la|tuc la)"
SILENCE = (
    re.compile(rf"(?:{SILENT})[^.;!?]{{0,100}}? {TAKEN_FOR} {AGREEING}"),
    re.compile(rf"im lang la {AGREEING}"),
    re.compile(
        r"(?:silence|no (?:reply|answer|response)|(?:not|n't|who do not|without) (?:reply|replying|answer|answering|respond|responding))"
        r"[^.;!?]{0,80}? (?<!not )(?<!never )"
        r"(?:is|means?|counts?|counted|taken|regarded|deemed|considered)(?: as| to)?(?: be)?(?: an?| your)? (?:agree|consent|approv)"
    ),
)
"""Sentences that take silence for agreement, without tones. “Không trả lời không được coi là đồng ý” is the opposite and passes."""

PERSONAL = re.compile(
    r"\b(?:ho (?:va )?ten|so dien thoai|dien thoai lien he|can cuoc|cccd|cmnd|dia chi nha|so nha|ngay sinh|ngay thang nam sinh|e-?mail"
    r"|full name|phone number|home address|date of birth|identity card)\b"
)
SENSITIVE = re.compile(
    r"\b(?:dan toc|ton giao|tin nguong|dang vien|quan diem chinh tri|suc khoe cua|tinh trang suc khoe|benh tat|khuyet tat"
    r"|ethnic|religion|religious|political views|your health|disability)\b"
)


minutes = length.minutes
weight = length.weight


class Review(Struct, frozen=True):
    """forbidden: nothing may be submitted or opened with these. advice: worth a look. `where` is a question, a section or a field."""

    forbidden: list[Problem]
    advice: list[Problem]


def review(consultation: Consultation, questionnaire: Questionnaire, *, today: datetime.date | None = None) -> Review:
    """today: counts the legal days from today where the first day has passed."""
    return Review(
        forbidden=[*wrong_plan(consultation, today), *structure.problems_of(questionnaire), *silence_as_agreement(consultation, questionnaire)],
        advice=[*plan_advice(consultation, today), *form_advice(questionnaire), *instrument_advice(consultation.instrument, questionnaire)],
    )


def check(questionnaire: Questionnaire) -> Review:
    """The same of a questionnaire on its own, before it belongs to a consultation."""
    texts = [(question.name, text) for question in questionnaire.questions() for text in texts_of(question)]
    return Review(
        forbidden=[*structure.problems_of(questionnaire), *silent_texts([("title", questionnaire.title), *texts])],
        advice=list(form_advice(questionnaire)),
    )


def wrong_plan(consultation: Consultation, today: datetime.date | None) -> Iterator[Problem]:
    """Of a revision of what is open nothing: its plan stays as residents read it."""
    if consultation.revision_of:
        return
    if structure.is_empty(consultation.title):
        yield Problem(problems.TITLE_MISSING, "title")
    if consultation.closes_on < consultation.opens_on:
        yield Problem(problems.DATES_CROSSED, "closes_on", {"opens_on": consultation.opens_on, "closes_on": consultation.closes_on})
        return
    opens_on = max(consultation.opens_on, today or consultation.opens_on)
    refusal = wrong_length(structs.replace(consultation, opens_on=opens_on))
    if refusal is not None:
        yield Problem(refusal.code, "closes_on", refusal.given)


def plan_advice(consultation: Consultation, today: datetime.date | None) -> Iterator[Problem]:
    if consultation.revision_of:
        return
    if today is not None and consultation.opens_on < today:
        yield Problem(findings.OPENS_IN_PAST, "opens_on", {"opens_on": consultation.opens_on})
    if not (consultation.contact.name.strip() and consultation.contact.phone.strip()):
        yield Problem(findings.NO_CONTACT, "contact")
    if structure.is_empty(consultation.legal_ground):
        yield Problem(findings.NO_GROUND, "legal_ground")
    if structure.is_empty(consultation.summary):
        yield Problem(findings.NO_SUMMARY, "summary")


def silence_as_agreement(consultation: Consultation, questionnaire: Questionnaire) -> Iterator[Problem]:
    plan = [(field, getattr(consultation, field)) for field in ("title", "summary", "changes", "use")]
    form = [(section.name, section.label) for section in questionnaire.sections]
    asked = [(question.name, text) for question in questionnaire.questions() for text in texts_of(question)]
    yield from silent_texts([*plan, ("title", questionnaire.title), *form, *asked])


def silent_texts(texts: Sequence[tuple[str, Text]]) -> Iterator[Problem]:
    for where, text in texts:
        for words in text.values():
            sentence = silent_sentence(words)
            if sentence:
                yield Problem(findings.SILENCE, where, {"given": sentence})


@lru_cache(16_384)
def silent_sentence(words: str) -> str:
    """The first sentence that takes silence for agreement, with or without tones; empty where there is none."""
    for sentence in re.split(r"(?<=[.;!?])\s+|\n+", words):
        if any(pattern.search(fold(sentence)) for pattern in SILENCE):
            return sentence.strip()
    return ""


def texts_of(question: Question) -> list[Text]:
    return [question.label, question.hint, *(option.label for option in options_of(question))]


def options_of(question: Question) -> tuple[Option, ...]:
    """All rows and options that are read, a scale's “don't know” among them."""
    match question.kind:
        case SelectOne(options=options) | SelectMultiple(options=options) | Ranking(options=options) | Points(options=options):
            return options
        case Scale(options=options, missing=missing):
            return (*options, *missing)
        case Matrix(rows=rows, options=options, missing=missing):
            return (*rows, *options, *missing)
    return ()


def form_advice(questionnaire: Questionnaire) -> Iterator[Problem]:
    yield from untranslated(questionnaire)
    for question in questionnaire.questions():
        yield from unworded(question)
    yield from personal_data(questionnaire)
    yield from length.too_long(questionnaire)
    yield from advise(questionnaire)


def untranslated(questionnaire: Questionnaire) -> Iterator[Problem]:
    texts = [(question.name, text) for question in questionnaire.questions() for text in texts_of(question) if not structure.is_empty(text)]
    for language in dict.fromkeys(("vi", *questionnaire.languages)):
        lacking = [name for name, text in texts if not text.get(language, "").strip()]
        if lacking:
            code = findings.NO_VIETNAMESE if language == "vi" else findings.UNTRANSLATED
            yield Problem(code, lacking[0], {"n": len(lacking), "given": lacking[0], "language": language})


def unworded(question: Question) -> Iterator[Problem]:
    """Options and rows that people would read as their bare names; the steps of a scale may be numbers alone."""
    options = question.kind.rows if isinstance(question.kind, Matrix) else () if isinstance(question.kind, Scale) else options_of(question)
    yield from (Problem(findings.NO_WORDS, f"{question.name}/{option.name}", {"given": option.name}) for option in options if structure.is_empty(option.label))


def personal_data(questionnaire: Questionnaire) -> Iterator[Problem]:
    consented = any(isinstance(question.kind, Consent) for question in questionnaire.questions())
    for question in questionnaire.questions():
        label = fold(" ".join(question.label.values()))
        if question.kind.asks and SENSITIVE.search(label):
            yield Problem(findings.SENSITIVE_DATA, question.name)
        elif question.kind.asks and not consented and PERSONAL.search(label):
            yield Problem(findings.PERSONAL_DATA, question.name)


def instrument_advice(instrument: Instrument, questionnaire: Questionnaire) -> Iterator[Problem]:
    if instrument == Instrument.OPINION and not any(isinstance(question.kind, Stance | Clause) for question in questionnaire.questions()):
        yield Problem(findings.NO_STANCE)
    if instrument != Instrument.SATISFACTION:
        return
    legal = tuple(label["vi"] for label in law.satisfaction_labels())
    scales = [question for question in questionnaire.questions() if isinstance(question.kind, Scale | Matrix)]
    if not any(labels(question) == legal for question in scales):
        yield Problem(findings.NO_LEGAL_SCALE, given={"labels": legal})
    for question in scales:
        if labels(question) != legal and any("hai long" in fold(label) for label in labels(question)):
            yield Problem(findings.OTHER_SCALE, question.name, {"labels": legal})


def labels(question: Question) -> tuple[str, ...]:
    return tuple(option.label.get("vi", "") for option in question.kind.options) if isinstance(question.kind, Scale | Matrix) else ()
