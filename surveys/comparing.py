"""Two questionnaires question by question: what became of each, property by property, old words beside new ones."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any, Literal

import msgspec
from msgspec import Struct

from surveys.comparability import Rule
from surveys.conditions import words
from surveys.kinds import Option, Text, say
from surveys.language import number_words
from surveys.problems import Code
from surveys.questionnaire import Question, Questionnaire, Section

Fate = Literal["added", "removed", "changed", "moved", "same"]

LABEL, HINT, ALT = Code("p_label", "Lời câu hỏi"), Code("p_hint", "Giải thích dưới câu hỏi"), Code("p_alt", "Lời tả hình")
KIND, REQUIRED, CONDITION = Code("p_kind", "Loại câu"), Code("p_required", "Bắt buộc trả lời"), Code("p_condition", "Chỉ hỏi khi")
SECTION, PLACE, SECTION_CONDITION = Code("p_section", "Thuộc phần"), Code("p_place", "Thứ tự câu"), Code("p_section_condition", "Phần này chỉ hỏi khi")
IMAGE, AUDIO, OTHER_CHOICE = Code("p_image", "Hình"), Code("p_audio", "Ghi âm"), Code("p_other", "Cho ghi “Ý khác”")
OPTION, OPTION_ORDER, OPTION_IMAGE = (
    Code("p_option", "Lựa chọn"),
    Code("p_option_order", "Thứ tự lựa chọn"),
    Code("p_option_image", "Hình của lựa chọn “{option}”"),
)
OPTION_CONDITION = Code("p_option_condition", "Lựa chọn “{option}” chỉ hiện khi")
OPTION_ALONE = Code("p_option_alone", "Lựa chọn “{option}” không chọn cùng ý khác")
ROW, UNSURE = Code("p_row", "Dòng của bảng"), Code("p_unsure", "Lựa chọn ngoài thang")
YES, NO, NONE = Code("yes", "có"), Code("no", "không"), Code("none", "không có")
EVERYBODY = Code("everybody", "mọi người")

SETTINGS: Mapping[str, tuple[Code, Rule]] = {
    "low": (Code("p_low", "Mức thấp nhất"), Rule.LIMIT),
    "high": (Code("p_high", "Mức cao nhất"), Rule.LIMIT),
    "least": (Code("p_least", "Chọn ít nhất"), Rule.LIMIT),
    "most": (Code("p_most", "Chọn nhiều nhất"), Rule.LIMIT),
    "longest": (Code("p_longest", "Nhiều nhất bao nhiêu ký tự"), Rule.LENGTH),
    "long": (Code("p_long", "Ô ghi nhiều dòng"), Rule.LENGTH),
    "total": (Code("p_total", "Tổng số điểm để chia"), Rule.MEASURE),
    "unit": (Code("p_unit", "Đơn vị tính"), Rule.MEASURE),
    "decimals": (Code("p_decimals", "Số chữ số thập phân"), Rule.LENGTH),
    "expression": (Code("p_expression", "Phép tính"), Rule.MEASURE),
    "level": (Code("p_level", "Cấp địa phương"), Rule.MEASURE),
    "within": (Code("p_within", "Trong tỉnh, thành phố"), Rule.LIMIT),
    "image": (Code("p_map", "Bản đồ, hình để chỉ điểm"), Rule.MEASURE),
    "bounds": (Code("p_bounds", "Tọa độ của bản đồ"), Rule.MEASURE),
    "accepts": (Code("p_accepts", "Loại tệp được gửi"), Rule.LENGTH),
    "most_mb": (Code("p_most_mb", "Tệp lớn nhất, MB"), Rule.LENGTH),
    "clause": (Code("p_clause", "Điều khoản được hỏi"), Rule.CLAUSE),
    "number": (Code("p_clause_number", "Số của điều khoản"), Rule.WORDING),
    "body": (Code("p_clause_body", "Lời của điều khoản"), Rule.CLAUSE),
}
"""Settings of kinds that are compared as they are, with what a change of each touches."""

LISTS = ("rows", "options", "missing")

KINDS: Mapping[str, Code] = {
    "select_one": Code("k_select_one", "chọn một ý"),
    "select_multiple": Code("k_select_multiple", "chọn nhiều ý"),
    "ranking": Code("k_ranking", "xếp hạng"),
    "points": Code("k_points", "chia điểm"),
    "stance": Code("k_stance", "đồng ý, không đồng ý, ý kiến khác"),
    "clause": Code("k_clause", "ý kiến về một điều khoản"),
    "scale": Code("k_scale", "thang đo"),
    "matrix": Code("k_matrix", "bảng nhiều dòng trên một thang"),
    "integer": Code("k_integer", "số nguyên"),
    "decimal": Code("k_decimal", "số thập phân"),
    "date": Code("k_date", "ngày tháng"),
    "time": Code("k_time", "giờ trong ngày"),
    "text": Code("k_text", "ghi bằng chữ"),
    "note": Code("k_note", "lời dẫn chỉ để đọc"),
    "consent": Code("k_consent", "xin đồng ý dùng dữ liệu"),
    "calculation": Code("k_calculation", "phép tính tự động"),
    "unit": Code("k_unit", "chọn địa phương"),
    "place": Code("k_place", "chỉ một điểm trên bản đồ"),
    "file": Code("k_file", "gửi tệp"),
}
"""What kinds are called where one became another."""


class Piece(Struct, frozen=True):
    """A run of words that both have, or that only the old or only the new has. `old`: how the old one wrote what both have, for spaces differ."""

    mark: Literal["same", "del", "ins"]
    words: str
    old: str = ""


class Detail(Struct, frozen=True):
    """One property that differs. `old` None: it was added; `new` None: it is gone. `given` fills the words of `what`."""

    what: Code
    rule: Rule
    old: str | Code | None
    new: str | Code | None
    language: str = ""
    given: Mapping[str, Any] = {}

    @property
    def code(self) -> Code:
        """So that templates print it as they print a problem."""
        return self.what

    @property
    def pieces(self) -> list[Piece]:
        """Old and new words in one line, marked; empty where one of them is missing or no words of an author."""
        return marked(self.old, self.new) if isinstance(self.old, str) and isinstance(self.new, str) else []


class Change(Struct, frozen=True):
    """What became of a question. Its label is the newer one's; `was` its older name where that is another."""

    what: Fate
    name: str
    label: Text
    details: tuple[Detail, ...] = ()
    was: str = ""
    asks: bool = True


def comparison(old: Questionnaire, new: Questionnaire, *, language: str = "vi", pairs: Mapping[str, str] | None = None) -> list[Change]:
    """Every question of the new one in its order, then those that are gone. `pairs`: new name → old name where a person matched
    them, '' where there is no counterpart; all others are matched by name."""
    before = {question.name: Asked(question, section, old) for section in old.sections for question in section.questions}
    counterparts = {question.name: (pairs or {}).get(question.name, question.name) for question in new.questions()}
    shifted = out_of_order(list(before), [counterparts[question.name] for question in new.questions() if counterparts[question.name] in before])
    found = [
        change_of(before[counterparts[question.name]], Asked(question, section, new), shifted, language)
        if counterparts[question.name] in before
        else Change("added", question.name, question.label, asks=question.kind.asks)
        for section in new.sections
        for question in section.questions
    ]
    taken = set(counterparts.values())
    return found + [Change("removed", name, gone.question.label, asks=gone.question.kind.asks) for name, gone in before.items() if name not in taken]


def change_of(old: "Asked", new: "Asked", shifted: Collection[str], language: str) -> Change:
    """A question that both have."""
    earlier, question = old.question, new.question
    details = tuple(differences(old, new, language))
    if earlier.name in shifted and not any(detail.what == SECTION for detail in details):
        details += (Detail(PLACE, Rule.ORDER, place_of(old.whole, earlier.name), place_of(new.whole, question.name)),)
    only_moved = all(detail.what in (PLACE, SECTION) for detail in details)
    what: Fate = "same" if not details else "moved" if only_moved else "changed"
    return Change(what, question.name, question.label, details, earlier.name if earlier.name != question.name else "", question.kind.asks)


def out_of_order(before: Sequence[str], after: Sequence[str]) -> set[str]:
    """Those of `after` that stand elsewhere among the ones kept: the fewest whose move explains the new order."""
    kept = [name for name in before if name in set(after)]
    matched: set[str] = set()
    for block in SequenceMatcher(None, kept, after, autojunk=False).get_matching_blocks():
        matched |= set(kept[block.a : block.a + block.size])
    return set(kept) - matched


class Asked(Struct, frozen=True):
    """A question where it stands."""

    question: Question
    section: Section
    whole: Questionnaire


def differences(old: Asked, new: Asked, language: str) -> Iterator[Detail]:
    """Property by property."""
    before, after = old.question, new.question
    if before.kind.tag != after.kind.tag:
        yield Detail(KIND, Rule.KIND, kind_name(before), kind_name(after))
    for what, field, rule in ((LABEL, "label", Rule.WORDING), (HINT, "hint", Rule.HINT), (ALT, "alt", Rule.HINT)):
        yield from texts(what, rule, getattr(before, field), getattr(after, field))
    if before.kind.tag == after.kind.tag:
        yield from of_kind(old, new, language)
    if before.required != after.required:
        yield Detail(REQUIRED, Rule.REQUIRED, yes_or_no(before.required), yes_or_no(after.required))
    yield from conditioned(CONDITION, (before.relevant, old.whole), (after.relevant, new.whole), language)
    if before.image != after.image:
        yield Detail(IMAGE, Rule.IMAGE, yes_or_no(before.image), yes_or_no(after.image))
    if dict(before.audio) != dict(after.audio):
        yield Detail(AUDIO, Rule.AUDIO, ", ".join(before.audio) or NO, ", ".join(after.audio) or NO)
    if old.section.name != new.section.name:
        yield Detail(SECTION, Rule.ORDER, section_name(old), section_name(new))
    yield from conditioned(SECTION_CONDITION, (old.section.relevant, old.whole), (new.section.relevant, new.whole), language)


def texts(what: Code, rule: Rule, old: Text, new: Text, **given: Any) -> Iterator[Detail]:
    """One language at a time; a translation alone touches less than the words it translates."""
    for spoken in dict.fromkeys((*old, *new)):
        was, now = old.get(spoken, "").strip(), new.get(spoken, "").strip()
        if was != now:
            yield Detail(what, rule if spoken == "vi" else Rule.TRANSLATION, was or None, now or None, spoken, given)


def conditioned(what: Code, old: tuple[Any, Questionnaire], new: tuple[Any, Questionnaire], language: str, **given: Any) -> Iterator[Detail]:
    if old[0] != new[0]:
        was, now = (EVERYBODY if condition is None else words(condition, whole, language) for condition, whole in (old, new))
        yield Detail(what, Rule.CONDITION, was, now, given=given)


def of_kind(old: Asked, new: Asked, language: str) -> Iterator[Detail]:
    """What differs in the kind itself, both being of one sort."""
    before, after = old.question.kind, new.question.kind
    for field in LISTS:
        if hasattr(after, field):
            yield from options(field, old, new, language)
    had, has = getattr(before, "other", False), getattr(after, "other", False)
    if had != has:
        yield Detail(OTHER_CHOICE, Rule.OPTION_ADDED if has else Rule.OPTION_REMOVED, yes_or_no(had), yes_or_no(has))
    for field, (what, rule) in SETTINGS.items():
        was, now = getattr(before, field, None), getattr(after, field, None)
        if was == now:
            continue
        if isinstance(was, Mapping) and isinstance(now, Mapping) and field == "unit":
            yield from texts(what, rule, was, now)
        else:
            yield Detail(what, rule, shown(was), shown(now))


def options(field: str, old: Asked, new: Asked, language: str) -> Iterator[Detail]:
    """Options by their stored names: added, gone, worded anew, in another order."""
    before: Sequence[Option] = getattr(old.question.kind, field)
    after: Sequence[Option] = getattr(new.question.kind, field)
    what, scale = {"rows": ROW, "missing": UNSURE}.get(field, OPTION), field == "options" and hasattr(new.question.kind, "missing")
    was, now = {option.name: option for option in before}, {option.name: option for option in after}
    for name in now:
        if name not in was:
            yield Detail(what, Rule.SCALE if scale else Rule.OPTION_ADDED, None, named(now[name], language))
        else:
            yield from option_changes(what, was[name], now[name], (old.whole, new.whole), language)
    for name in was:
        if name not in now:
            yield Detail(what, Rule.SCALE if scale else Rule.OPTION_REMOVED, named(was[name], language), None)
    if out_of_order(list(was), [name for name in now if name in was]):
        yield Detail(OPTION_ORDER, Rule.SCALE if scale else Rule.ORDER, listed(before, language), listed(after, language))


def option_changes(what: Code, before: Option, after: Option, wholes: tuple[Questionnaire, Questionnaire], language: str) -> Iterator[Detail]:
    option = named(after, language)
    yield from texts(what, Rule.OPTION_RENAMED, before.label, after.label)
    if before.image != after.image:
        yield Detail(OPTION_IMAGE, Rule.IMAGE, yes_or_no(before.image), yes_or_no(after.image), given={"option": option})
    if before.exclusive != after.exclusive:
        yield Detail(OPTION_ALONE, Rule.LIMIT, yes_or_no(before.exclusive), yes_or_no(after.exclusive), given={"option": option})
    yield from conditioned(OPTION_CONDITION, (before.relevant, wholes[0]), (after.relevant, wholes[1]), language, option=option)


def named(option: Option, language: str) -> str:
    return say(option.label, language) or option.name


def listed(options: Iterable[Option], language: str) -> str:
    return " · ".join(named(option, language) for option in options)


def shown(value: Any) -> str | Code | None:
    """A setting as people read it."""
    if value is None or value == "" or value == ():
        return NONE
    if isinstance(value, bool):
        return yes_or_no(value)
    if isinstance(value, int | float):
        return number_words(value, "vi")
    if isinstance(value, str):
        return value
    if isinstance(value, tuple) and all(isinstance(part, str) for part in value):
        return ", ".join(value)
    return plain(msgspec.to_builtins(value))


def plain(value: Any) -> str:
    """The words in a nested value, one after the other: clauses with their tables."""
    if isinstance(value, Mapping):
        return " ".join(plain(part) for part in value.values())
    if isinstance(value, list | tuple):
        return " ".join(plain(part) for part in value)
    return str(value)


def yes_or_no(value: object) -> Code:
    return YES if value else NO


def kind_name(question: Question) -> Code:
    return KINDS[question.kind.tag]


def section_name(asked: Asked) -> str:
    return say(asked.section.label, "vi") or str(1 + asked.whole.sections.index(asked.section))


def place_of(questionnaire: Questionnaire, name: str) -> str:
    return str(1 + [question.name for question in questionnaire.questions()].index(name))


def marked(old: str, new: str) -> list[Piece]:
    """Both texts in one line, word by word: “[-4-] [+5+] mét”."""
    was, now = split(old), split(new)
    pieces: list[Piece] = []
    alike = SequenceMatcher(None, [word.strip() for word in was], [word.strip() for word in now], autojunk=False)
    for operation, a, b, c, d in alike.get_opcodes():
        if operation == "equal":
            pieces.append(Piece("same", "".join(now[c:d]), "".join(was[a:b])))
            continue
        pieces += [Piece("del", "".join(was[a:b]))] if b > a else []
        pieces += [Piece("ins", "".join(now[c:d]))] if d > c else []
    return pieces


def split(words: str) -> list[str]:
    """Words and signs, each with the space that follows it."""
    return re.findall(r"[\w\u0300-\u036f]+\s*|[^\w\s]\s*|\s+", words)
