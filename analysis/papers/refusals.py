"""Why a paper could not be made, in sentences."""

from surveys.problems import Code, Refusal

FONT = "Liberation Serif"
"""Has the measures of Times New Roman, which Decree 30/2020 asks for, and every Vietnamese letter."""


SANS = "Liberation Sans"
"""For what is read from afar; comes with the same package."""


class PaperFailed(Refusal):
    """The paper was not made; nothing else was touched."""

    status = 503


FONT_MISSING = Code("font_missing", "Máy này thiếu phông chữ {font} nên không lập được văn bản PDF.", "Cài gói fonts-liberation2 rồi thử lại.")
PAPER_TOO_SLOW = Code("paper_too_slow", "Lập văn bản PDF quá {seconds} giây nên đã dừng.", "Thử lại sau, hoặc bớt bảng theo nhóm.")
PAPER_TOO_LARGE = Code("paper_too_large", "Lập văn bản PDF cần hơn {megabytes} MB bộ nhớ nên đã dừng.", "Bớt bảng theo nhóm rồi thử lại.")
PAPER_BROKEN = Code("paper_broken", "Không lập được văn bản PDF: {reason}.", "Báo cho người quản trị, kèm câu này.")
