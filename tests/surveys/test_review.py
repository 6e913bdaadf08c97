"""What stops a consultation before it opens, and what is only advice."""

import datetime

import pytest
from hypothesis import given
from msgspec import structs

from surveys import findings, refusals, structure
from surveys.consultation import Consultation, Contact, Instrument
from surveys.kinds import SATISFACTION, Consent, Date, Decimal, Integer, Matrix, Note, OpenText, Option, Scale, SelectMultiple, SelectOne, Stance
from surveys.questionnaire import Question, Questionnaire, Section
from surveys.review import check, minutes, review, silent_sentence
from tests.surveys.strategies import questionnaires

DAY = datetime.date(2026, 11, 23)
PLAN = Consultation(
    id="c",
    slug="s",
    unit="20209",
    instrument=Instrument.OPINION,
    title={"vi": "Mở đường số 5?"},
    summary={"vi": "Phường dự định mở đường."},
    legal_ground={"vi": "Luật số 10/2022/QH15"},
    contact=Contact(name="Bà An", phone="0236 1234567"),
    opens_on=DAY,
    closes_on=DAY + datetime.timedelta(days=20),
)
YES_NO = (Option("co", {"vi": "Có", "en": "Yes"}), Option("khong", {"vi": "Không", "en": "No"}))


def ask(name, kind, label="Câu hỏi?", **rest):
    return Question(name, kind, {"vi": label} if label else {}, **rest)


def form(*questions, **rest):
    return Questionnaire((Section("s", questions),), **rest)


DONT_KNOW = (Option("98", {"vi": "Không có ý kiến"}),)
GOOD = form(ask("y", Stance(), "Có đồng ý mở đường không?"))


def codes(problems):
    return [(problem.code.id, problem.where) for problem in problems]


def test_a_good_consultation_has_nothing_to_say():
    reviewed = review(PLAN, GOOD, today=DAY)

    assert (reviewed.forbidden, reviewed.advice) == ([], [])


@given(questionnaires())
def test_sound_questionnaires_can_work(questionnaire):
    assert [
        problem for problem in structure.problems_of(questionnaire) if problem.code not in (findings.NO_QUESTIONS, findings.RESERVED_OPTION, findings.NO_WORDS)
    ] == []


@pytest.mark.parametrize(
    ("questions", "expected"),
    [
        ([], [("no_questions", "")]),
        ([ask("n", Note())], [("no_questions", "")]),
        ([ask("1a", Stance())], [("bad_name", "1a")]),
        ([ask("a/b", Stance())], [("bad_name", "a/b")]),
        ([ask("a" * 65, Stance())], [("bad_name", "a" * 65)]),
        ([ask("q", Stance()), ask("q", Stance())], [("duplicate_name", "q")]),
        ([ask("q", SelectOne(()))], [("no_options", "q")]),
        ([ask("q", Scale(()))], [("no_options", "q")]),
        ([ask("q", Matrix((), SATISFACTION))], [("no_rows", "q")]),
        ([ask("q", SelectOne((*YES_NO, YES_NO[0])))], [("duplicate_option", "q/co")]),
        ([ask("q", SelectMultiple((Option("a b", {"vi": "A"}),)))], [("bad_option_name", "q/a b")]),
        ([ask("q", SelectOne((Option("a/b", {"vi": "A"}),)))], [("bad_option_name", "q/a/b")]),
        ([ask("q", SelectOne((Option("a b", {"vi": "A"}), Option("≥ 5", {"vi": "B"}))))], []),
        ([ask("q", SelectOne((Option("other", {"vi": "A"}),), other=True))], [("reserved_option", "q/other")]),
        ([ask("q", SelectOne((Option("other", {"vi": "A"}),)))], []),
        ([ask("q", Scale((Option("thap"), Option("2"))))], [("scale_name", "q/thap")]),
        ([ask("q", Scale((Option("2"), Option("1"))))], [("scale_order", "q")]),
        ([ask("q", Scale((Option("1"), Option("2")), (Option("1"),)))], [("duplicate_option", "q/1")]),
        ([ask("q", Integer(5, 3))], [("limits_crossed", "q")]),
        ([ask("q", Decimal(0.5, 0.25))], [("limits_crossed", "q")]),
        ([ask("q", Date("2026-02-01", "2026-01-01"))], [("limits_crossed", "q")]),
        ([ask("q", Date("hôm nay"))], [("limit_unreadable", "q")]),
        ([ask("q", SelectMultiple(YES_NO, least=2, most=1))], [("limits_crossed", "q")]),
        ([ask("q", SelectMultiple(YES_NO, least=3))], [("too_few_options", "q")]),
        ([ask("q", OpenText(longest=0))], [("no_room", "q")]),
        ([ask("q", Stance(), "")], [("no_words", "q")]),
        ([ask("q", Scale((Option("1"), Option("2"))))], []),
        ([ask("q", Stance(), relevant={"==": [{"var": "r"}, "agree"]}), ask("r", Stance())], [("condition_later", "q")]),
        ([ask("q", Stance(), relevant={"==": [{"var": "q"}, "agree"]})], [("condition_later", "q")]),
        ([ask("q", Stance(), relevant={"==": [{"var": "zz"}, 1]})], [("condition_unknown", "q")]),
        ([ask("r", Integer()), ask("q", Stance(), relevant={"==": [{"var": "r"}, "5"]})], [("condition_types", "q")]),
        ([ask("q", Stance(), relevant={"exec": ["rm"]})], [("condition_malformed", "q")]),
    ],
)
def test_what_cannot_work_is_found(questions, expected):
    assert codes(review(PLAN, form(*questions)).forbidden) == expected


def test_all_of_it_is_found_at_once_and_sections_too():
    broken = Questionnaire(
        (
            Section("s", (ask("q", SelectOne(())),), relevant={"==": [{"var": "q"}, "a"]}),
            Section("s", (ask("q", Integer(2, 1), ""),)),
        )
    )

    assert codes(review(PLAN, broken).forbidden) == [
        ("duplicate_name", "q"),
        ("duplicate_section", "s"),
        ("condition_later", "s"),
        ("no_options", "q"),
        ("no_words", "q"),
        ("limits_crossed", "q"),
    ]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"closes_on": DAY + datetime.timedelta(days=19)}, [(refusals.TOO_SHORT, "closes_on")]),
        ({"closes_on": DAY + datetime.timedelta(days=19), "shorter_by_law": "Luật Đất đai, Điều 3"}, []),
        ({"closes_on": DAY + datetime.timedelta(days=31), "planning": True}, [(refusals.TOO_LONG_OPEN, "closes_on")]),
        ({"closes_on": DAY - datetime.timedelta(days=1)}, [("dates_crossed", "closes_on")]),
        ({"closes_on": DAY, "instrument": Instrument.SATISFACTION}, []),
        ({"title": {"vi": " "}}, [("title_missing", "title")]),
        ({"summary": {"vi": "Hộ nào không trả lời thì coi như đồng ý."}}, [("silence_as_agreement", "summary")]),
    ],
)
def test_what_the_law_forbids_in_the_plan(changed, expected):
    found = review(structs.replace(PLAN, **changed), form(ask("y", Stance()))).forbidden

    assert codes(found) == [(getattr(code, "id", code), where) for code, where in expected]


def test_days_that_passed_before_today_do_not_count():
    assert codes(review(PLAN, GOOD, today=DAY + datetime.timedelta(days=1)).forbidden) == [("too_short", "closes_on")]


@pytest.mark.parametrize(
    "sentence",
    [
        "Nếu không trả lời thì được coi là đồng ý.",
        "qua thoi han ma khong co y kien thi xem nhu dong y",
        "Im lặng là đồng ý",
        "Hộ nào không gửi phiếu trước ngày 5/12 coi như đã thống nhất với phương án.",
        "Quá thời hạn trên, hộ gia đình không có ý kiến phản hồi thì được xem là nhất trí",
        "Không trả lời có nghĩa là đồng ý",
        "KHÔNG PHẢN HỒI, TỨC LÀ TÁN THÀNH!",
        "If you do not reply, you are considered to agree",
        "No answer means consent.",
    ],
)
def test_silence_taken_for_agreement_is_found_however_it_is_worded(sentence):
    assert silent_sentence(f"Kính gửi các hộ. {sentence}") == sentence
    asked = form(ask("y", Stance(), hint={"vi": sentence}))
    assert codes(review(PLAN, asked).forbidden) == [("silence_as_agreement", "y")]
    assert codes(check(asked).forbidden) == [("silence_as_agreement", "y")]


@pytest.mark.parametrize(
    "sentence",
    [
        "Không trả lời không được coi là đồng ý.",
        "No reply is never counted as agreement.",
        "Không trả lời không bị coi là đồng ý.",
        "Không trả lời thì không coi là đồng ý.",
        "Im lặng không phải là đồng ý",
        "Không trả lời không có nghĩa là đồng ý",
        "Ông/bà có đồng ý hay không đồng ý?",
        "Câu nào không có ý kiến thì bỏ qua. Đồng ý thì đánh dấu.",
        "Silence is never agreement",
        "If you do not agree, say why.",
    ],
)
def test_sentences_that_say_the_opposite_pass(sentence):
    assert silent_sentence(sentence) == ""


@pytest.mark.parametrize(
    ("questions", "expected"),
    [
        ([ask("y", Stance()), ask("t", OpenText(), "Họ và tên của ông/bà")], [("personal_data", "t")]),
        ([ask("y", Stance()), ask("t", OpenText(), "Họ và tên"), ask("c", Consent(), "Đồng ý cho dùng tên")], []),
        ([ask("y", Stance()), ask("t", OpenText(), "Ông/bà theo tôn giáo nào?"), ask("c", Consent(), "Đồng ý")], [("sensitive_data", "t")]),
        ([ask("t", OpenText(), "Góp ý gì?")], [("no_stance", "")]),
        ([ask("y", Stance(), "Rất dài " * 40)], [("long_label", "y")]),
        ([ask("y", Stance()), ask("m", SelectOne(tuple(Option(f"o{n}", {"vi": f"Ý {n}"}) for n in range(13))))], [("many_options", "m")]),
        ([ask(f"y{n}", Stance()) for n in range(8)], [("long_section", "s")]),
        ([ask("y", Stance()), ask("q", SelectOne((Option("a"),)))], [("no_words", "q/a")]),
        ([ask("y", Stance()), ask("q", Matrix((Option("r"),), SATISFACTION, DONT_KNOW))], [("no_words", "q/r")]),
        ([Question("y", Stance(), {"en": "Agree?"})], [("no_vietnamese", "y")]),
    ],
)
def test_advice_does_not_forbid(questions, expected):
    reviewed = review(PLAN, form(*questions))

    assert codes(reviewed.advice) == expected
    assert reviewed.forbidden == []


def test_what_is_not_translated_is_counted_by_language():
    asked = form(ask("y", Stance()), ask("m", SelectOne(YES_NO)), languages=("vi", "en"))

    advice = review(PLAN, asked).advice

    assert [(problem.code, problem.given["n"], problem.given["language"]) for problem in advice] == [(findings.UNTRANSLATED, 2, "en")]


def test_a_plan_without_contact_ground_and_summary_is_advised():
    bare = structs.replace(PLAN, contact=Contact(), legal_ground={}, summary={}, opens_on=DAY)

    assert codes(review(bare, GOOD).advice) == [("no_contact", "contact"), ("no_ground", "legal_ground"), ("no_summary", "summary")]
    assert codes(review(bare, GOOD, today=DAY + datetime.timedelta(days=2)).advice)[0] == ("opens_in_past", "opens_on")


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (Scale(SATISFACTION, DONT_KNOW), []),
        (Matrix((Option("r", {"vi": "Thái độ"}),), SATISFACTION, DONT_KNOW), []),
        (Scale(tuple(reversed(SATISFACTION)), DONT_KNOW), ["no_legal_scale", "other_scale"]),
        (Scale(SATISFACTION[1:], DONT_KNOW), ["unbalanced_scale", "no_legal_scale", "other_scale"]),
        (Scale(tuple(Option(str(n)) for n in range(1, 6)), DONT_KNOW), ["no_legal_scale"]),
        (Stance(), ["no_legal_scale"]),
    ],
)
def test_satisfaction_is_advised_the_five_labels(kind, expected):
    survey = structs.replace(PLAN, instrument=Instrument.SATISFACTION)

    assert [problem.code.id for problem in review(survey, form(ask("q", kind))).advice] == expected


def test_time_on_a_phone_grows_with_what_is_asked():
    short, long = form(ask("y", Stance())), form(*(ask(f"q{n}", OpenText(long=True)) for n in range(30)))

    assert minutes(short) == 1
    assert minutes(long) == 21
    assert ("long_form", "") in codes(review(PLAN, long).advice)
