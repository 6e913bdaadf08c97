"""Two questionnaires question by question, and what each difference does to comparing answers."""

import datetime
import typing

from surveys import library
from surveys.comparability import RULES, Rule, Verdict, judged
from surveys.comparing import KINDS, Change, Piece, comparison, marked
from surveys.consultation import Edition
from surveys.editions import amended
from surveys.history import Made, landmarks
from surveys.kinds import AnyKind, Integer, Note, Option, Scale, SelectOne
from surveys.questionnaire import Question, Questionnaire, Section

NOW = datetime.datetime(2026, 11, 23, 9, tzinfo=datetime.UTC)
YES_NO = SelectOne((Option("yes", {"vi": "Có"}), Option("no", {"vi": "Không"})))
FIVE = Scale(tuple(Option(str(step), {"vi": f"Mức {step}"}) for step in range(1, 6)))


def asked(*questions: Question, label: str = "Phần 1") -> Questionnaire:
    return Questionnaire((Section("phan_1", questions, label={"vi": label}),))


def only(old: Question, new: Question) -> Change:
    [change] = [change for change in comparison(asked(old), asked(new)) if change.what != "same"]
    return change


def details(change: Change) -> list[tuple[str, object, object]]:
    return [(detail.what.sentence, said(detail.old), said(detail.new)) for detail in change.details]


def said(words: object) -> object:
    return getattr(words, "sentence", words)


def test_a_questionnaire_does_not_differ_from_itself():
    for entry in library.entries():
        assert {change.what for change in comparison(entry.questionnaire, entry.questionnaire)} == {"same"}


def test_words_differ_word_by_word():
    assert marked("Đường rộng 4 mét?", "Đường nên rộng 5 mét?") == [
        Piece("same", "Đường ", "Đường "), Piece("ins", "nên "), Piece("same", "rộng ", "rộng "), Piece("del", "4 "), Piece("ins", "5 "),
        Piece("same", "mét?", "mét?"),
    ]  # fmt: skip


def test_both_texts_can_be_read_from_the_marked_one():
    old, new = "Ông/bà có đồng ý  mở rộng đường không?", "Ông/bà đồng ý mở đường 5 mét không"
    pieces = marked(old, new)

    assert "".join(piece.old or piece.words for piece in pieces if piece.mark != "ins") == old
    assert "".join(piece.words for piece in pieces if piece.mark != "del") == new


def test_each_language_is_compared_apart():
    change = only(Question("q", YES_NO, {"vi": "Có nên?", "en": "Should we?"}), Question("q", YES_NO, {"vi": "Có nên?", "en": "Ought we?"}))

    assert [(detail.language, detail.old, detail.new) for detail in change.details] == [("en", "Should we?", "Ought we?")]
    assert judged(change).reasons == (RULES[Rule.TRANSLATION][1],)


def test_options_are_compared_by_what_is_stored():
    new = SelectOne((Option("no", {"vi": "Không"}), Option("yes", {"vi": "Đồng ý"}), Option("maybe", {"vi": "Chưa rõ"})))

    change = only(Question("q", YES_NO), Question("q", new))

    assert details(change) == [("Lựa chọn", "Có", "Đồng ý"), ("Lựa chọn", None, "Chưa rõ"), ("Thứ tự lựa chọn", "Có · Không", "Không · Đồng ý · Chưa rõ")]
    assert judged(change).verdict is Verdict.WITH_CARE


def test_another_scale_does_not_compare():
    seven = Scale(tuple(Option(str(step)) for step in range(1, 8)))

    assert judged(only(Question("q", FIVE), Question("q", seven))).verdict is Verdict.NOT_COMPARABLE


def test_another_kind_does_not_compare():
    change = only(Question("q", YES_NO), Question("q", Integer()))

    assert details(change) == [("Loại câu", "chọn một ý", "số nguyên")]
    assert judged(change).verdict is Verdict.NOT_COMPARABLE


def test_limits_and_units_are_said():
    change = only(Question("q", Integer(low=0, high=9, unit={"vi": "người"})), Question("q", Integer(low=0, unit={"vi": "hộ"})))

    assert details(change) == [("Mức cao nhất", "9", "không có"), ("Đơn vị tính", "người", "hộ")]
    assert judged(change).verdict is Verdict.NOT_COMPARABLE


def test_conditions_are_said_in_words():
    first = Question("a", YES_NO, {"vi": "Có nhà?"})
    old, new = (asked(first, Question("b", Integer(), {"vi": "Mấy người?"}, relevant=when)) for when in (None, {"==": [{"var": "a"}, "yes"]}))

    [change] = [change for change in comparison(old, new) if change.what != "same"]

    assert details(change) == [("Chỉ hỏi khi", "mọi người", "“Có nhà?” là “Có”")]
    assert judged(change).verdict is Verdict.WITH_CARE


def test_questions_come_go_and_move():
    a, b, c, d = (Question(name, YES_NO) for name in "abcd")

    found = {change.name: change.what for change in comparison(asked(a, b, c), asked(c, a, d))}

    assert found == {"c": "moved", "a": "same", "d": "added", "b": "removed"}


def test_questions_can_be_matched_by_hand():
    old, new = asked(Question("a", YES_NO), Question("b", YES_NO)), asked(Question("a", YES_NO), Question("x", YES_NO))

    found = [(change.name, change.what, change.was) for change in comparison(old, new, pairs={"x": "b", "a": ""})]

    assert found == [("a", "added", ""), ("x", "same", "b"), ("a", "removed", "")]


def test_author_may_state_that_words_mean_the_same_but_nothing_more():
    reworded = only(Question("q", YES_NO, {"vi": "Ông bà có nhà?"}), Question("q", YES_NO, {"vi": "Ông/bà có nhà?"}))
    rescaled = only(Question("q", FIVE, {"vi": "Hài lòng?"}), Question("q", Scale(FIVE.options[:4]), {"vi": "Hài lòng không?"}))

    assert (judged(reworded).verdict, judged(reworded, same_meaning={"q"}).verdict) == (Verdict.WITH_CARE, Verdict.COMPARABLE)
    assert judged(rescaled, same_meaning={"q"}).verdict is Verdict.NOT_COMPARABLE


def test_a_note_has_nothing_to_compare():
    assert judged(only(Question("q", Note(), {"vi": "Đọc kỹ."}), Question("q", Note(), {"vi": "Xin đọc kỹ."}))).verdict is Verdict.COMPARABLE


def test_every_kind_and_rule_has_its_words():
    assert {kind.__struct_config__.tag for kind in typing.get_args(AnyKind)} == set(KINDS)
    assert set(RULES) == set(Rule)


def test_results_say_what_was_changed_while_open():
    first = asked(Question("a", YES_NO, {"vi": "Có nên?"}), Question("b", FIVE), Question("c", YES_NO))
    second = asked(Question("a", YES_NO, {"vi": "Có nên mở?"}), Question("b", Scale(FIVE.options[:4])), Question("d", YES_NO))
    editions = (Edition(3, NOW.date()), Edition(4, NOW.date(), "Sửa", frozenset({"a"})))

    found = amended(editions, {3: first, 4: second})

    assert {name: [(one.what, one.edition.version) for one in changes] for name, changes in found.items()} == {
        "b": [("changed", 4)], "d": [("added", 4)], "c": [("removed", 4)],
    }  # fmt: skip


def test_landmarks_leave_out_saves_in_between():
    def saved(version: int, minute: int, who: str = "An", **more: object) -> Made:
        return Made(version=version, who=who, at=NOW + datetime.timedelta(minutes=minute), **more)  # type: ignore[arg-type]

    versions = [saved(8, 200), saved(7, 101), saved(6, 100, submitted=True), saved(5, 99), saved(4, 20, "Bình"), saved(3, 2), saved(2, 1), saved(1, 0)]

    assert [one.version for one in landmarks(versions)] == [8, 7, 6, 4, 3, 1]
