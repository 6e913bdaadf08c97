"""What a change of a question does to comparing what was answered before it with what was answered after it: rules as data."""

from collections.abc import Collection, Iterable, Mapping
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct

from surveys.problems import Code

if TYPE_CHECKING:
    from surveys.comparing import Change


class Verdict(IntEnum):
    """The worse, the higher."""

    COMPARABLE = 0
    WITH_CARE = 1
    NOT_COMPARABLE = 2


class Rule(StrEnum):
    """What a change touches."""

    WORDING = "wording"
    HINT = "hint"
    TRANSLATION = "translation"
    OPTION_ADDED = "option_added"
    OPTION_REMOVED = "option_removed"
    OPTION_RENAMED = "option_renamed"
    ORDER = "order"
    SCALE = "scale"
    KIND = "kind"
    MEASURE = "measure"
    LIMIT = "limit"
    LENGTH = "length"
    REQUIRED = "required"
    CONDITION = "condition"
    CLAUSE = "clause"
    IMAGE = "image"
    AUDIO = "audio"
    ADDED = "added"
    REMOVED = "removed"
    SAME_MEANING = "same_meaning"
    UNASKED = "unasked"


CARE, NOT = Verdict.WITH_CARE, Verdict.NOT_COMPARABLE

RULES: Mapping[Rule, tuple[Verdict, Code]] = {
    Rule.WORDING: (CARE, Code("c_wording", "Lời câu hỏi đã đổi: người trả lời trước và sau đọc hai lời khác nhau. Chỉ so sánh khi nghĩa không đổi.")),
    Rule.HINT: (CARE, Code("c_hint", "Lời giải thích đã đổi, có thể làm người trả lời hiểu câu hỏi khác đi.")),
    Rule.TRANSLATION: (CARE, Code("c_translation", "Bản dịch đã đổi; chỉ người đọc bản dịch thấy lời khác.")),
    Rule.OPTION_ADDED: (CARE, Code("c_option_added", "Người trả lời trước không có lựa chọn mới, nên tỷ lệ của các lựa chọn cũ không còn như nhau.")),
    Rule.OPTION_REMOVED: (CARE, Code("c_option_removed", "Lựa chọn đã bỏ chỉ người trả lời trước chọn được; phiếu đã chọn vẫn được đếm riêng.")),
    Rule.OPTION_RENAMED: (CARE, Code("c_option_renamed", "Lời của lựa chọn đã đổi. Chỉ so sánh khi nghĩa không đổi.")),
    Rule.ORDER: (CARE, Code("c_order", "Thứ tự đã đổi, có thể ảnh hưởng nhẹ đến cách trả lời.")),
    Rule.SCALE: (NOT, Code("c_scale", "Thang đo đã đổi: điểm trung bình và tỷ lệ hài lòng trước và sau không so sánh được.")),
    Rule.KIND: (NOT, Code("c_kind", "Câu hỏi đã thành loại khác: hai bản được đếm riêng.")),
    Rule.MEASURE: (NOT, Code("c_measure", "Cách đo đã đổi: các con số trước và sau không cùng nghĩa.")),
    Rule.LIMIT: (CARE, Code("c_limit", "Giới hạn trả lời đã đổi: có câu trả lời trước được mà sau không được, hoặc ngược lại.")),
    Rule.LENGTH: (Verdict.COMPARABLE, Code("c_length", "Chỉ đổi cỡ của phần ghi, không ảnh hưởng đến so sánh.")),
    Rule.REQUIRED: (CARE, Code("c_required", "Bắt buộc hay không đã đổi, nên tỷ lệ bỏ trống trước và sau không so sánh được.")),
    Rule.CONDITION: (CARE, Code("c_condition", "Người được hỏi câu này đã khác: chỉ so sánh trong nhóm được hỏi ở cả hai bản.")),
    Rule.CLAUSE: (NOT, Code("c_clause", "Điều khoản được hỏi đã đổi lời: ý kiến trước và sau là về hai nội dung khác nhau.")),
    Rule.IMAGE: (CARE, Code("c_image", "Hình đã đổi, có thể làm người trả lời hiểu khác đi.")),
    Rule.AUDIO: (Verdict.COMPARABLE, Code("c_audio", "Chỉ đổi ghi âm, không ảnh hưởng đến so sánh.")),
    Rule.ADDED: (NOT, Code("c_added", "Câu mới: chỉ phiếu trả lời từ bản này có, không có gì trước đó để so sánh.")),
    Rule.REMOVED: (NOT, Code("c_removed", "Câu đã bỏ: chỉ phiếu trả lời trước có; số liệu đã thu vẫn được giữ và đếm riêng.")),
    Rule.SAME_MEANING: (Verdict.COMPARABLE, Code("c_same_meaning", "Người soạn xác nhận chỉ sửa lỗi chữ, nghĩa không đổi.")),
    Rule.UNASKED: (Verdict.COMPARABLE, Code("c_unasked", "Chỉ là lời dẫn, không có câu trả lời để so sánh.")),
}
"""Each sort of change: how far answers before and after it compare, and why."""

WORDS = frozenset({Rule.WORDING, Rule.HINT, Rule.TRANSLATION, Rule.OPTION_RENAMED})
"""Changes of words alone: an author may state that they mean the same."""

VERDICTS: Mapping[Verdict, Code] = {
    Verdict.COMPARABLE: Code("comparable", "So sánh được"),
    Verdict.WITH_CARE: Code("with_care", "So sánh được, cần thận trọng"),
    Verdict.NOT_COMPARABLE: Code("not_comparable", "Không so sánh được"),
}


class Judgement(Struct, frozen=True):
    """How far a changed question still compares, with one reason a sort of change. `claimable`: the verdict would be better if the words
    were stated to mean the same."""

    verdict: Verdict
    reasons: tuple[Code, ...]
    claimable: bool = False


def judged(change: "Change", *, same_meaning: Collection[str] = ()) -> Judgement:
    """A change by RULES. `same_meaning`: questions whose words an author states to mean what they meant."""
    rules = list(dict.fromkeys(rules_of(change)))
    if not change.asks and change.what != "same":
        rules = [Rule.UNASKED]
    claimable = any(rule in WORDS for rule in rules)
    if claimable and change.name in same_meaning:
        rules = list(dict.fromkeys(Rule.SAME_MEANING if rule in WORDS else rule for rule in rules))
    verdict = max((RULES[rule][0] for rule in rules), default=Verdict.COMPARABLE)
    return Judgement(verdict, tuple(RULES[rule][1] for rule in rules), claimable)


def rules_of(change: "Change") -> Iterable[Rule]:
    if change.what in ("added", "removed"):
        return [Rule(change.what)]
    return [detail.rule for detail in change.details]
