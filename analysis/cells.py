"""Text for the cells of spreadsheets, which may come from anybody."""

import re
from typing import Any

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")


def inert(cell: Any) -> Any:
    """Text that no spreadsheet takes for a formula, behind an apostrophe where it would; numbers and all else as they are."""
    if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) and not NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell
