"""What a clause says: paragraphs and tables, and both as plain text that a person can edit."""

from collections.abc import Iterable, Sequence

from surveys.kinds import Block

BAR = " | "
"""Between the cells of a table's row where it is written as text."""


def words_of(blocks: Iterable[Block]) -> str:
    """One line a paragraph and one a row of a table, for comparing and for editing; `blocks_of` reads it back."""
    return "\n".join(written(block) for block in blocks)


def written(block: Block) -> str:
    if not block.rows:
        return block.text
    return "\n".join(row_text(row) for row in block.rows)


def row_text(row: Sequence[str]) -> str:
    """“| 1 | Đường số 5 | 120 m |”: bars in a cell become slashes, for they would part it."""
    cells = (" ".join(cell.replace("|", "/").split()) for cell in row)
    return f"|{BAR[:1]}{BAR.join(cells)} |"


def blocks_of(text: str) -> tuple[Block, ...]:
    """Lines that begin and end with a bar are rows of a table; every other line that is not blank is a paragraph."""
    found: list[Block] = []
    for line in text.splitlines():
        words = " ".join(line.split())
        if not words:
            continue
        if len(words) > 1 and words[0] == words[-1] == "|":
            row = tuple(cell.strip() for cell in words[1:-1].split("|"))
            if found and found[-1].rows:
                found[-1] = Block(rows=even((*found[-1].rows, row)))
            else:
                found.append(Block(rows=(row,)))
        else:
            found.append(Block(text=words))
    return tuple(found)


def even(rows: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    """Rows of one length: short ones end in empty cells."""
    width = max((len(row) for row in rows), default=0)
    return tuple((*row, *("" for _ in range(width - len(row)))) for row in rows)
