"""Headers of XLSForm sheets: which field a column holds, and in which language."""

import re

from msgspec import Struct

from surveys.language import fold

ALIASES = {
    "command": "type",
    "tag": "name",
    "value": "name",
    "caption": "label",
    "relevance": "relevant",
    "bind::relevant": "relevant",
    "bind::required": "required",
    "bind::constraint": "constraint",
    "constraining_message": "constraint_message",
    "bind::jr:constraintmsg": "constraint_message",
    "requiredmsg": "required_message",
    "bind::jr:requiredmsg": "required_message",
    "readonly": "read_only",
    "bind::readonly": "read_only",
    "calculate": "calculation",
    "bind::calculate": "calculation",
    "control::appearance": "appearance",
    "body::appearance": "appearance",
    "count": "repeat_count",
    "jr:count": "repeat_count",
    "media::image": "image",
    "media::big-image": "big-image",
    "media::audio": "audio",
    "media::video": "video",
    "id_string": "form_id",
    "set_form_id": "form_id",
    "set_form_title": "form_title",
    "title": "form_title",
}
MEDIA = frozenset({"image", "big-image", "audio", "video"})
"""Fields that name files; a language that only they have is none of the form's."""

SPOKEN = frozenset(
    {"label", "hint", "guidance_hint", "constraint_message", "required_message", "image", "big-image", "audio", "video", "form_title", "unit", "alt"}
)
"""Fields that may stand once a language."""

IGNORABLE = frozenset({"comment", "comments", "note", "notes", "remark", "remarks", "ghi_chú", "ghi_chu", "#"})
"""Columns in which authors write to one another; nobody who answers ever meets them. So do those beginning with `$` or `_`."""

LANGUAGES = {
    "vietnamese": "vi", "tieng viet": "vi", "viet": "vi", "english": "en", "tieng anh": "en", "french": "fr", "francais": "fr",
    "chinese": "zh", "khmer": "km", "lao": "lo", "spanish": "es", "espanol": "es", "portuguese": "pt", "russian": "ru", "korean": "ko",
    "japanese": "ja", "nepali": "ne", "hindi": "hi", "arabic": "ar", "indonesian": "id", "thai": "th", "german": "de",
}  # fmt: skip
"""Languages that forms name without their code."""

NAMES = {
    "vi": "Tiếng Việt",
    "en": "English",
    "fr": "Français",
    "zh": "中文",
    "km": "ខ្មែរ",
    "lo": "ລາວ",
    "es": "Español",
    "ru": "Русский",
    "ko": "한국어",
    "ja": "日本語",
}

CODE = re.compile(r"\(\s*([A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{2,8})*)\s*\)\s*$")


MEANT = frozenset({
    "type", "name", "label", "hint", "guidance_hint", "constraint", "constraint_message", "required", "required_message", "relevant", "appearance",
    "default", "read_only", "calculation", "image", "big-image", "audio", "video", "choice_filter", "parameters", "trigger", "repeat_count",
    "save_to", "rows", "autoplay", "disabled", "query", "intent", "sms_field", "list_name", "unit", "missing", "form_title", "form_id", "version",
    "default_language", "alt", "total", "ranks", "level", "within", "accepts", "most_mb", "map_image", "map_bounds", "clause", "clause_number", "clause_body",
    "decimals", "other",
})  # fmt: skip
"""Fields of XLSForm, and ours. Each cell of them is named when it is not taken; of other columns it is said once, with how many cells they hold."""


class Column(Struct, frozen=True):
    """`header` as written, at `index` from 0. `field` is its one name; what no XLSForm knows keeps its own."""

    index: int
    header: str
    field: str
    language: str = ""

    @property
    def ignorable(self) -> bool:
        return self.field in IGNORABLE or self.field[:1] in {"$", "_"}


def is_field(field: str) -> bool:
    return field in MEANT or "::" in field


def columns(header: list[str]) -> tuple[Column, ...]:
    """One for each header that is not empty."""
    separator = "::" if any("::" in text for text in header) else ":"
    return tuple(column(index, text, separator) for index, text in enumerate(header) if text)


def column(index: int, header: str, separator: str) -> Column:
    whole = field_name(header)
    if whole in ALIASES or separator not in header:
        return Column(index, header, ALIASES.get(whole, whole))
    *path, last = (part.strip() for part in header.split(separator))
    if path[0].lower() in {"bind", "body", "control", "instance"} and separator == ":":
        path, last = [path[0]], f"{separator.join([*path[1:], last])}"
    name = field_name("::".join(path))
    name = ALIASES.get(name, name)
    if name in SPOKEN:
        return Column(index, header, name, language_code(last))
    full = field_name("::".join([*path, last]))
    return Column(index, header, ALIASES.get(full, full))


def field_name(text: str) -> str:
    """`List Name` and `list_name` are one field."""
    return "_".join(text.split()).lower()


def language_code(name: str) -> str:
    """`Tiếng Việt (vi)` is vi, `English` is en; a name that says no code is its own, in lower case."""
    if found := CODE.search(name):
        return found[1].lower().replace("_", "-")
    return LANGUAGES.get(fold(name), "-".join(fold(name).split()))


def language_header(code: str) -> str:
    """What stands after `label::` for this code, so that `language_code` gives the code again."""
    return f"{NAMES.get(code, code)} ({code})"
