"""The settings sheet, and the languages in which a form speaks."""

from collections.abc import Iterator

from msgspec import Struct

from surveys.formats.xlsform.columns import MEDIA, SPOKEN, language_code
from surveys.formats.xlsform.sheets import Row, Sheet
from surveys.kinds import Text

DEFAULT = "vi"


class Settings(Struct, frozen=True):
    """`default` is the language of labels without one; the first of `languages` is the one that must be complete."""

    name: str
    title: Text
    version: str
    default: str
    languages: tuple[str, ...]


def settings(sheet: Sheet | None, *worded: Sheet) -> Settings:
    row = sheet.rows[0] if sheet and sheet.rows else Row("settings", 2, {})
    chosen = row.take("default_language")
    default = language_code(chosen) if chosen and chosen != "default" else DEFAULT
    title = {**row.take_text("form_title", default), **other_titles(row)}
    named = [*spoken(worded, default), *title]
    first = [default] if chosen or default in named or not named else []
    languages = tuple(dict.fromkeys([*first, *named]))
    ordered = {language: title[language] for language in languages if language in title}
    return Settings(row.take("form_id"), ordered, row.take("version"), default, languages)


def other_titles(row: Row) -> Text:
    """`form_title_en`: a column of ours, for XLSForm knows one title only."""
    found = {column.field.removeprefix("form_title_"): column.field for column in row.cells if column.field.startswith("form_title_")}
    return {language.replace("_", "-"): row.take(field) for language, field in found.items()}


def spoken(worded: tuple[Sheet, ...], default: str) -> Iterator[str]:
    """The languages of labels and hints, in the order of their columns."""
    for sheet in worded:
        for column in sheet.columns:
            if column.field in SPOKEN - MEDIA:
                yield column.language or default
