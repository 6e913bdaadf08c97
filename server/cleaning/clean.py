"""What comes out of cleaning: the file, or why not."""

from msgspec import Struct

from surveys.problems import Code


class Clean(Struct, frozen=True):
    """`ending` without a dot."""

    media_type: str
    ending: str
    content: bytes


class UnfitError(Exception):
    """Its argument is the code that says why."""

    def __init__(self, code: Code) -> None:
        super().__init__(code.id)
        self.code = code
