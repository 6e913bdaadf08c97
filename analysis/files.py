"""Answers, and protected tables of them, as files that others read: CSV, XLSX, SPSS, Parquet, JSON. No cell is a formula."""

import io
import re
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
import pandas as pd
import pyreadstat
from msgspec import structs

from analysis import folding
from analysis.cells import inert
from analysis.coding import options_of
from analysis.exports import tallies_json
from analysis.frame import CONTEXT, Frame, counted
from analysis.labels import label_of, option_label
from analysis.report import GroupTally, OptionTally, QuestionTally, Report
from analysis.workbook import workbook
from surveys.kinds import Matrix, Place, Points, Ranking, Scale, SelectMultiple, SelectOne, Stance, UnitChoice, say
from surveys.problems import Code
from templates import sentence

WHOLE = re.compile(r"-?\d{1,9}")
COORDINATES = {"lat": Code("latitude", "Vĩ độ"), "lon": Code("longitude", "Kinh độ")}
SPSS_NAME_MOST = 64
SPSS_TEXT_MOST = 32_000


def tables(report: Report, *, language: str = "vi") -> pd.DataFrame:
    """One row an option of a question, of everybody and of each group; protected figures are blank and `suppressed` is 1."""
    return pd.DataFrame([row for question in report.questions for row in question_rows(question, language)])


def question_rows(question: QuestionTally, language: str) -> Iterator[dict[str, Any]]:
    whole = {"question": question.name, "label": say(question.label, language), "group_by": "", "group": ""}
    bases = {"asked": question.asked, "answered": question.answered, "missing": question.missing}
    yield from option_rows(question, whole | bases, language)
    for by, groups in question.groups.items():
        for group in groups:
            of_group = {"group_by": by, "group": say(group.label, language) or group.value, "asked": None, "answered": group.answered, "missing": None}
            yield from option_rows(group, whole | of_group, language)


def option_rows(tally: QuestionTally | GroupTally, start: dict[str, Any], language: str) -> Iterator[dict[str, Any]]:
    figures = {"mean": tally.mean, "satisfied_percent": tally.satisfied_percent}
    for option in tally.options or (OptionTally("", {}, tally.answered, None),):
        own = {"option": option.value, "option_label": say(option.label, language), "count": option.count, "percent": option.percent}
        measured = {"mean_rank": option.mean_rank, "mean_share": option.mean_share}
        yield start | own | figures | measured | {"suppressed": int(option.suppressed)}


def tables_csv(report: Report, *, language: str = "vi") -> bytes:
    """With a byte order mark, so that spreadsheets read Vietnamese letters."""
    return as_csv(tables(report, language=language))


def tables_file(report: Report, form: str, *, language: str = "vi") -> bytes:
    """The protected tables as csv, xlsx, sav, parquet, or as tallies.json."""
    if form == "json":
        return tallies_json(report, language=language)
    if form == "xlsx":
        return workbook(report, language=language)
    table = tables(report, language=language)
    return as_csv(table) if form == "csv" else as_parquet(table) if form == "parquet" else as_spss(table, {}, {})


def answers_file(frame: Frame, form: str, *, language: str = "vi") -> bytes:
    """A row a person, in random order: columns of the questionnaire's kinds, then village, channel, assistance, version. Ids stay here."""
    table = frame.table.drop(columns=["id"], errors="ignore").sample(frac=1, ignore_index=True)
    match form:
        case "csv":
            return as_csv(table)
        case "xlsx":
            return as_xlsx(table)
        case "parquet":
            return as_parquet(table)
        case "json":
            return answers_json(frame, table)
    return as_spss(table, column_labels(frame, language), value_labels(frame, language))


def answers_json(frame: Frame, table: pd.DataFrame) -> bytes:
    """A map a person: `answers` as the API takes them, beside what was worked out from them, village, channel, assistance and version."""
    names = [name for name in CONTEXT if name in table]
    context = plain(table[names]).astype("object").where(table[names].notna(), None).to_dict("records")
    people = zip(context, folding.answers(structs.replace(frame, table=table)), strict=True)
    worked_out = {question.name for question in counted(frame.questionnaire) if not question.kind.asks}
    return msgspec.json.encode([person(where, given, worked_out) for where, given in people])


def person(where: Mapping[Any, Any], given: dict[str, Any], worked_out: set[str]) -> dict[str, Any]:
    own = {name: value for name, value in given.items() if name in worked_out}
    answers = {name: value for name, value in given.items() if name not in worked_out}
    return {name: value for name, value in where.items() if value is not None} | {"answers": answers} | ({"calculations": own} if own else {})


def column_labels(frame: Frame, language: str) -> dict[str, str]:
    """What each column asks."""
    found: dict[str, str] = {}
    for question in counted(frame.questionnaire):
        label = say(label_of(question), language)
        parts = {f"{question.name}/{name}": words for name, words in parts_of(question.kind, language).items()}
        for column in question.kind.columns(question.name):
            own = parts.get(column.name, "")
            found[column.name] = f"{label}: {own}" if own else label
    return found


def parts_of(kind: Any, language: str) -> dict[str, str]:
    """What its columns ask beside the question, by the part they are named by."""
    if isinstance(kind, Place):
        return {part: str(sentence(code.sentence, language, {})) for part, code in COORDINATES.items()}
    options = kind.rows if isinstance(kind, Matrix) else kind.options if isinstance(kind, SelectMultiple | Ranking | Points) else ()
    return {option.name: say(option_label(option), language) for option in options}


def value_labels(frame: Frame, language: str) -> dict[str, dict[str, str]]:
    """Names of options, and codes of units → what they say, of columns that hold them."""
    found: dict[str, dict[str, str]] = {}
    for question in counted(frame.questionnaire):
        kind = question.kind
        if isinstance(kind, SelectOne | Scale | Matrix | Stance):
            labels = {option.name: say(option_label(option), language) for option in options_of(kind)}
            found |= {column.name: labels for column in kind.columns(question.name) if column.type != "text"}
        if isinstance(kind, UnitChoice):
            found[question.name] = {code: kind.words(code, language) for code in frame.table[question.name].dropna().unique()}
    return found


def plain(table: pd.DataFrame) -> pd.DataFrame:
    """Categories as what they are called."""
    return table.astype({name: "object" for name in table if isinstance(table[name].dtype, pd.CategoricalDtype)})


def harmless(table: pd.DataFrame) -> pd.DataFrame:
    """The table without anything that a spreadsheet takes for a formula."""
    safe = plain(table)
    worded = [str(name) for name in safe if safe[name].dtype in ("object", "str", "string")]
    safe[worded] = safe[worded].map(inert)
    return safe.rename(columns=inert)


def as_csv(table: pd.DataFrame) -> bytes:
    return harmless(table).to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def as_xlsx(table: pd.DataFrame) -> bytes:
    content = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with pd.ExcelWriter(content, engine="xlsxwriter", engine_kwargs={"options": options}) as book:
        harmless(table).to_excel(book, index=False, sheet_name="data", freeze_panes=(1, 0))
    return content.getvalue()


def as_parquet(table: pd.DataFrame) -> bytes:
    content = io.BytesIO()
    table.to_parquet(content, index=False)
    return content.getvalue()


def as_spss(table: pd.DataFrame, columns: dict[str, str], values: dict[str, dict[str, str]]) -> bytes:
    """Numbers, and options that are whole numbers, as numbers, everything else as text, with labels; names in the letters SPSS takes."""
    named = {name: spss_name(str(name), place) for place, name in enumerate(table)}
    ready: dict[str, Any] = {}
    valued: dict[str, dict[Any, str]] = {}
    for name, column in table.items():
        labels: dict[Any, str] = {value: label[:120] for value, label in values.get(str(name), {}).items()}
        numbers = isinstance(column.dtype, pd.CategoricalDtype) and all(WHOLE.fullmatch(str(level)) for level in column.cat.categories)
        if numbers or pd.api.types.is_numeric_dtype(column):
            ready[named[name]] = pd.to_numeric(column.astype("object").where(column.notna(), None), errors="raise").astype("float64")
            labels = {float(value): label for value, label in labels.items()}
        else:
            ready[named[name]] = column.astype("object").map(lambda cell: None if pd.isna(cell) else str(cell)[:SPSS_TEXT_MOST])
        valued |= {named[name]: labels} if labels else {}
    titles: dict[str, str | None] = {named[name]: label[:255] for name, label in columns.items() if name in named}
    with tempfile.TemporaryDirectory(prefix="ydan-spss-") as folder:
        file = Path(folder) / "data.sav"
        pyreadstat.write_sav(pd.DataFrame(ready), str(file), column_labels=titles, variable_value_labels=valued)
        return file.read_bytes()


def spss_name(name: str, place: int) -> str:
    """Letters, digits and _ only, beginning with a letter; the place keeps names apart that would become alike."""
    clean = "".join(letter if letter.isascii() and letter.isalnum() else "_" for letter in name)
    if clean == name and name[:1].isalpha() and len(name) <= SPSS_NAME_MOST:
        return name
    return f"v{place}_{clean}"[:SPSS_NAME_MOST]
