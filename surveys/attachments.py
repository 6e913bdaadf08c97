"""Files that people send along, and pictures and sound of questions: which sorts there are, and why one is refused."""

from collections.abc import Iterator, Mapping
from typing import Any

from surveys.kinds import Place
from surveys.kinds.file import FILE_ID
from surveys.problems import Code, Refusal
from surveys.questionnaire import Question, Questionnaire

MEDIA_TYPES = {
    "jpg": "image/jpeg", "png": "image/png", "webp": "image/webp",
    "mp3": "audio/mpeg", "m4a": "audio/mp4", "ogg": "audio/ogg", "webm": "audio/webm",
}  # fmt: skip
"""Of pictures and sound of questions, by the ending of their name."""

LARGEST_MB = 10
"""Of a file that a resident sends; a question may ask for less."""

NO_FILE_GIVEN = Code("no_file_given", "Chưa có tệp nào được gửi.", "Chọn một tệp rồi gửi lại.")
NOT_SUCH_A_FILE = Code("not_such_a_file", "Tệp này không phải là {sorts}, hoặc đã hỏng.", "Chọn tệp khác, hoặc xuất lại tệp rồi thử lại.")
FILE_LOCKED = Code("file_locked", "Tệp này có mật khẩu nên không mở được.", "Bỏ mật khẩu của tệp rồi chọn lại.")
FILE_ACTIVE = Code("file_active", "Tệp này chứa chương trình tự chạy hoặc tệp khác bên trong nên không nhận.", "In ra PDF hoặc chụp ảnh rồi gửi.")
FILE_TOO_BIG = Code("file_too_big", "Tệp lớn hơn {high} MB.", "Chọn tệp nhỏ hơn, hoặc chụp ảnh ở cỡ nhỏ hơn.")
FILE_TOO_HEAVY = Code("file_too_heavy", "Tệp này quá nặng để mở ra.", "Xuất lại ở cỡ nhỏ hơn rồi thử lại.")
FILE_GONE = Code("file_gone", "Tệp đã gửi không còn, hoặc thuộc phiếu khác.", "Chọn tệp và gửi lại.")
NO_FILE_QUESTION = Code("no_file_question", "Đợt lấy ý kiến này không có câu “{given}” nhận tệp.", "Xem lại tên câu hỏi.")
TOO_MANY_FILES = Code("too_many_files", "Đang có quá nhiều tệp chờ.", "Chờ vài phút rồi gửi lại.")

NO_SUCH_PLACE = Code("no_such_place", "Không có thôn, tổ dân phố này ở {unit}.", "Chọn lại từ danh sách.")
WAITING_FILE = Code("file_waiting", "Tệp chưa gửi xong.", "Chờ tệp gửi xong, hoặc bỏ tệp.")

SORTS = {
    "image": Code("sort_image", "ảnh JPEG, PNG hoặc WebP"),
    "pdf": Code("sort_pdf", "PDF"),
    "office": Code("sort_office", "tệp Word, Excel hoặc PowerPoint"),
    "audio": Code("sort_audio", "bản ghi âm MP3, M4A, OGG hoặc WebM"),
}
"""Which files are taken of each sort."""

NAMES = {
    "image": Code("name_image", "ảnh"), "pdf": Code("name_pdf", "tệp PDF"), "office": Code("name_office", "tệp văn phòng"),
    "audio": Code("name_audio", "bản ghi âm"),
}  # fmt: skip
"""What people call one that was sent."""


class BadFile(Refusal):
    """A file that is not taken: its code says why."""

    status = 422


class TooLarge(BadFile):
    status = 413


def files_in(answers: Mapping[str, Any]) -> tuple[str, ...]:
    """Ids of the files that these checked values name, or may name: a text of the same form does no harm."""
    return tuple(value for value in answers.values() if isinstance(value, str) and FILE_ID.fullmatch(value))


def media_of(question: Question) -> Iterator[str]:
    """Media names of everything that is shown or heard of a question."""
    yield from filter(None, (question.image, *question.audio.values()))
    if isinstance(question.kind, Place) and question.kind.image:
        yield question.kind.image
    for option in getattr(question.kind, "options", ()):
        if option.image:
            yield option.image


def names(questionnaire: Questionnaire) -> set[str]:
    """All media names that it shows."""
    return {name for question in questionnaire.questions() for name in media_of(question)}
