"""A file or photo that somebody sends along."""

import re
from typing import Any, Literal

from surveys import problems
from surveys.kinds.kind import Column, Kind, Reading, Text, Value, say
from surveys.problems import Problem

Sort = Literal["image", "pdf", "office", "audio"]

FILE_ID = re.compile(r"[0-9a-f]{32}")
SENT: Text = {"vi": "Đã gửi tệp", "en": "File sent"}


class File(Kind, frozen=True, tag="file"):
    """One file of these sorts, at most `most_mb` megabytes. Stored as the id it was given when it came in."""

    accepts: tuple[Sort, ...] = ("image", "pdf")
    most_mb: int = 10

    def read(self, raw: Any) -> Reading:
        return raw.strip() if isinstance(raw, str) and FILE_ID.fullmatch(raw.strip()) else Problem(problems.NO_SUCH_FILE)

    def columns(self, name: str) -> list[Column]:
        return [Column(name, "text")]

    def words(self, value: Value, language: str) -> str:
        return say(SENT, language)
