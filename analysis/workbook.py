"""A Report as tables.xlsx: a sheet of all questions, one of each variable that groups were made by, one of who took part."""

import io
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import xlsxwriter
from msgspec import Struct

from analysis.cells import inert
from analysis.exports import POINTS, RANKING, TIME, clock, ends
from analysis.papers.figures import grouping_label
from analysis.report import GroupTally, OptionTally, QuestionTally, Report, Turnout
from surveys.kinds import say
from surveys.names import CHANNELS
from surveys.problems import Code
from templates import sentence

HIDDEN = "•"
BASES_AND_FIGURES = 9
"""Columns that only a question fills."""
SHEET_NAME_MOST = 31
NOT_IN_SHEET_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))

# What the sheets say
QUESTIONS = Code("sheet_questions", "Câu hỏi")
TOOK_PART = Code("sheet_turnout", "Tham gia")
HIDDEN_MEANS = Code("hidden_means", "• là số được bảo vệ: dưới {k} người, hoặc từ đó tính ra được số dưới {k} người.")
BASE_MEANS = Code("base_means", "Tỷ lệ tính trên số người trả lời câu đó; người không trả lời nêu riêng.")
INDEX_MEANS = Code("index_means", "Chỉ số hài lòng = (hài lòng + rất hài lòng) / số người trả lời × 100.")
NAME, CONTENT, PEOPLE, SHARE = Code("name", "Mã"), Code("content", "Nội dung"), Code("people", "Số người"), Code("share", "Tỷ lệ (%)")
ASKED, ANSWERED, NO_REPLY = Code("asked", "Được hỏi"), Code("answered", "Trả lời"), Code("no_reply", "Không trả lời")
MEAN, INDEX = Code("mean", "Trung bình"), Code("index", "Chỉ số hài lòng (%)")
LEAST, MOST, MEDIAN, TOTAL = Code("least", "Nhỏ nhất"), Code("most", "Lớn nhất"), Code("median", "Trung vị"), Code("total", "Tổng")
MEAN_RANK, MEAN_SHARE = Code("mean_rank", "Thứ hạng trung bình"), Code("mean_share", "Tỷ lệ điểm được chia (%)")
FIRST_MEANS = Code("first_means", "Câu xếp thứ tự: số người là số người xếp lựa chọn đó thứ nhất. Câu chia điểm: số người cho lựa chọn đó điểm.")
HEADS = (NAME, CONTENT, PEOPLE, SHARE, ASKED, ANSWERED, NO_REPLY, MEAN, INDEX, LEAST, MOST, MEDIAN, TOTAL, MEAN_RANK, MEAN_SHARE)
RESPONSES = Code("responses", "Số phiếu")
VILLAGE, HOUSEHOLDS, OF_HOUSEHOLDS, WHOLE = (
    Code("village", "Thôn, tổ dân phố"), Code("households", "Số hộ"), Code("of_households", "Tỷ lệ trên số hộ (%)"), Code("whole", "Toàn địa bàn"),
)  # fmt: skip
POPULATION = Code("population", "Tổng số người")
NO_VILLAGE = Code("no_village", "Không nêu thôn, tổ dân phố")

Cells = Sequence[Any]
Speak = Callable[..., str]


class Line(Struct, frozen=True):
    """A row of a sheet: texts, counts (int), figures (float), HIDDEN, None. `style`: title, head, question or plain."""

    cells: Cells
    style: str = "plain"


def workbook(report: Report, *, language: str = "vi") -> bytes:
    """The .xlsx. Text is text, whatever it begins with; nothing in it is a formula."""
    speak = speaker(language)
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    book.set_properties({"title": say(report.title, language)})
    sheets = [(speak(QUESTIONS), question_lines(report, language, speak))]
    variables = dict.fromkeys(by for question in report.questions for by in question.groups)
    sheets += [(say(grouping_label(report, by), language), group_lines(report, by, language, speak)) for by in variables]
    if report.turnout:
        sheets.append((speak(TOOK_PART), turnout_lines(report.turnout, speak)))
    taken: set[str] = set()
    for name, lines in sheets:
        write(book, sheet_name(name, taken), lines)
    book.close()
    return content.getvalue()


def speaker(language: str) -> Speak:
    def speak(code: Code, **given: Any) -> str:
        return str(sentence(code.sentence, language, given))

    return speak


def question_lines(report: Report, language: str, speak: Speak) -> Iterator[Line]:
    yield Line([say(report.title, language)], "title")
    yield Line([speak(RESPONSES), None, report.responses])
    yield from [Line([speak(POPULATION), None, report.population])] if report.population else []
    yield from (
        Line([speak(code, k=report.min_cell)])
        for code in (BASE_MEANS, INDEX_MEANS, *([FIRST_MEANS] if measured(report) else []), *([HIDDEN_MEANS] if report.min_cell > 1 else []))
    )
    yield Line([])
    yield Line(
        [speak(code) for code in (NAME, CONTENT, PEOPLE, SHARE, ASKED, ANSWERED, NO_REPLY, MEAN, INDEX, LEAST, MOST, MEDIAN, TOTAL, MEAN_RANK, MEAN_SHARE)],
        "head",
    )
    for question in report.questions:
        yield question_line(question, language)
        for option in question.options:
            people = [shown(option.count), shown(option.percent) if option.count != 0 else option.percent]
            yield Line([option.value, say(option.label, language), *people, *[None] * BASES_AND_FIGURES, option.mean_rank, option.mean_share])


def measured(report: Report) -> bool:
    return any(question.kind in (RANKING, POINTS) for question in report.questions)


def question_line(question: QuestionTally, language: str) -> Line:
    bases = [shown(question.asked), shown(question.answered), shown(question.missing)]
    figures = [question.mean, question.satisfied_percent, *(clock(end) if question.kind == TIME else end for _, end in ends(question)), question.total]
    return Line([question.name, say(question.label, language), None, None, *bases, *figures], "question")


def group_lines(report: Report, by: str, language: str, speak: Speak) -> Iterator[Line]:
    """A block a question: a row a group, and of every option the people and their share."""
    for question in report.questions:
        groups = question.groups.get(by, ())
        if not groups:
            continue
        labels = [say(option.label, language) for option in question.options]
        yield Line([f"{question.name}. {say(question.label, language)}"], "title")
        beside = {RANKING: [speak(MEAN_RANK)], POINTS: [speak(MEAN_SHARE)]}.get(question.kind, [])
        options = [part for label in labels for part in (label, f"{label} (%)", *(f"{label}: {words}" for words in beside))]
        yield Line([say(grouping_label(report, by), language), *map(speak, (RESPONSES, ANSWERED, MEAN, INDEX)), *options], "head")
        yield from (Line(group_cells(group, language, question.kind)) for group in groups)
        yield Line([])


def group_cells(group: GroupTally, language: str, kind: str) -> Cells:
    options = [
        part for option in group.options for part in (*people_cells(option), *({RANKING: [option.mean_rank], POINTS: [option.mean_share]}.get(kind, [])))
    ]
    return [say(group.label, language) or group.value, shown(group.responses), shown(group.answered), group.mean, group.satisfied_percent, *options]


def people_cells(option: OptionTally) -> Cells:
    return [shown(option.count), shown(option.percent) if option.suppressed else option.percent]


def turnout_lines(turnout: Turnout, speak: Speak) -> Iterator[Line]:
    channels = list(turnout.by_channel)
    named = {channel.value: code for channel, code in CHANNELS.items()}
    yield Line([speak(VILLAGE), speak(HOUSEHOLDS), *(speak(named[channel]) for channel in channels), speak(ANSWERED), speak(OF_HOUSEHOLDS)], "head")
    for village in turnout.villages:
        by_channel = [shown(village.by_channel.get(channel, 0)) for channel in channels]
        yield Line([village.name or speak(NO_VILLAGE), village.households, *by_channel, shown(village.answered), village.share.value])
    by_channel = [shown(turnout.by_channel[channel]) for channel in channels]
    yield Line([speak(WHOLE), turnout.households, *by_channel, turnout.answered, turnout.share.value], "question")


def shown(figure: float | None) -> Any:
    return HIDDEN if figure is None else figure


def sheet_name(name: str, taken: set[str]) -> str:
    """What Excel takes as a name, each once."""
    plain = name.translate(NOT_IN_SHEET_NAMES).strip()[:SHEET_NAME_MOST] or "-"
    found, number = plain, 2
    while found.casefold() in taken:
        found, number = f"{plain[: SHEET_NAME_MOST - 4]} {number}", number + 1
    taken.add(found.casefold())
    return found


def write(book: Any, name: str, lines: Iterator[Line]) -> None:
    sheet = book.add_worksheet(name)
    styles: dict[str, dict[str, Any]] = {
        "title": {"bold": True, "font_size": 13},
        "head": {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E6EFF0", "bottom": 1},
        "question": {"bold": True, "top": 1},
        "plain": {},
    }
    formats = {(style, number): book.add_format({**look, "num_format": number}) for style, look in styles.items() for number in ("#,##0", "#,##0.00", "@")}
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 44)
    sheet.set_column(2, 40, 12)
    for row, line in enumerate(lines):
        for column, cell in enumerate(line.cells):
            if isinstance(cell, str):
                sheet.write_string(row, column, inert(cell), formats[line.style, "@"])
            elif cell is not None:
                sheet.write_number(row, column, cell, formats[line.style, "#,##0" if isinstance(cell, int) else "#,##0.00"])
            elif line.style == "question":
                sheet.write_blank(row, column, None, formats[line.style, "@"])
        if line.style == "head" and name == book.worksheets()[0].get_name():
            sheet.freeze_panes(row + 1, 2)
