"""A Frame frozen in a Parquet file: rows in random order, written once, with a hash that tells whether anything changed.

The hash is of the content alone, whatever the order of rows: SHA-256 over UTF-8 lines joined by U+001E. The first line is
`ydan-answers/1` and the names of the columns; then a line a person, sorted by bytes. Cells are joined by U+001F: option names,
0 and 1, numbers in decimal, days as YYYY-MM-DD, words as they were cleaned; nothing for a blank. Columns are those of the
questionnaire in its order, then unit, village, channel, assistance and version where the frame has them. Answers' random ids
are not content.
"""

import hashlib
import os
import tempfile
from pathlib import Path

import msgspec
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from msgspec import Struct

from analysis import sentences
from analysis.data import BadData
from analysis.frame import CONTEXT, Frame, counted
from surveys.questionnaire import from_json, to_json

SCHEMA = "ydan-answers/1"
CELL_END, LINE_END = "\x1f", "\x1e"
ASKED = "asked:"


def content_hash(frame: Frame) -> str:
    """SHA-256 in hex, as described above."""
    names = content_columns(frame)
    header = CELL_END.join([SCHEMA, *names]).encode()
    cells = [text_cells(frame, name) for name in names]
    lines = pc.binary_join_element_wise(*cells, pa.scalar(CELL_END), null_handling="replace", null_replacement="") if len(frame) else pa.array([], pa.string())
    ordered = lines.take(pc.sort_indices(lines)).to_pylist()
    return hashlib.sha256(LINE_END.encode().join([header, *(line.encode() for line in ordered)])).hexdigest()


def content_columns(frame: Frame) -> list[str]:
    own = [column.name for question in counted(frame.questionnaire) for column in question.kind.columns(question.name)]
    return own + [name for name in CONTEXT if name != "id" and name in frame.table]


def text_cells(frame: Frame, name: str) -> pa.Array:
    column = pa.Array.from_pandas(frame.table[name])
    if pa.types.is_dictionary(column.type):
        return column.cast(pa.string())
    if pa.types.is_floating(column.type):
        return pa.array([None if number is None else repr(number) for number in column.to_pylist()], pa.string())
    return column.cast(pa.string())


def write(frame: Frame, path: Path) -> str:
    """Shuffles and writes; gives the content's hash. Raises FileExistsError: a snapshot is never written over."""
    digest = content_hash(frame)
    order = np.random.default_rng().permutation(len(frame))
    columns = {name: pa.Array.from_pandas(frame.table[name].iloc[order]) for name in frame.table}
    columns |= {f"{ASKED}{name}": pa.array(mask[order]) for name, mask in frame.asked.items()}
    about = {"schema": SCHEMA, "sha256": digest, "questionnaire": to_json(frame.questionnaire), "missing": msgspec.json.encode(frame.missing)}
    table = pa.table(columns).replace_schema_metadata(about)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".snapshot-") as file:
        pq.write_table(table, file, compression="zstd", write_page_checksum=True)
        file.flush()
        os.fsync(file.fileno())
        os.link(file.name, path)
    path.chmod(0o440)
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)
    return digest


def read(path: Path) -> Frame:
    """The Frame as it was written. Raises BadData where the file is damaged or its content is not what its hash says."""
    try:
        table = pq.read_table(path, page_checksum_verification=True)
        about = table.schema.metadata
        questionnaire = from_json(about[b"questionnaire"])
        missing = msgspec.json.decode(about[b"missing"], type=dict[str, frozenset[str]])
    except (OSError, pa.ArrowException, KeyError, TypeError, msgspec.MsgspecError) as wrong:
        raise BadData(sentences.BROKEN_SNAPSHOT, given=path.name, reason=str(wrong)) from None
    asked = {name.removeprefix(ASKED): table.column(name).to_numpy() for name in table.column_names if name.startswith(ASKED)}
    answers = table.select([name for name in table.column_names if not name.startswith(ASKED)]).to_pandas(types_mapper=masked)
    for name in answers.columns[answers.dtypes == "category"]:
        answers[name] = answers[name].cat.rename_categories(pd.Index(answers[name].cat.categories, dtype="str"))
    frame = Frame(questionnaire, answers, asked, missing)
    if content_hash(frame) != about[b"sha256"].decode():
        raise BadData(sentences.CHANGED_SNAPSHOT, given=path.name)
    return frame


class Difference(Struct, frozen=True):
    """The first answer, by its id, that is `changed` in a column, `gone` or `added`."""

    what: str
    answer: str
    column: str = ""


def first_difference(sealed: Frame, now: Frame) -> Difference | None:
    """What is no longer as it was sealed; None where every answer still is."""
    before, after = cells_by_id(sealed), cells_by_id(now)
    for answer in sorted(before.index.union(after.index)):
        if answer not in after.index:
            return Difference("gone", answer)
        if answer not in before.index:
            return Difference("added", answer)
    columns = list(dict.fromkeys([*before, *after]))
    unlike = before.reindex(columns=columns, fill_value="") != after.reindex(index=before.index, columns=columns, fill_value="")
    rows = unlike.index[unlike.any(axis=1)]
    if rows.empty:
        return None
    return Difference("changed", rows[0], str(unlike.columns[unlike.loc[rows[0]]][0]))


def cells_by_id(frame: Frame) -> pd.DataFrame:
    """Every column of the content as text, and who was asked what; a row an answer, in the order of ids."""
    columns = {name: text_cells(frame, name).fill_null("").to_pylist() for name in content_columns(frame)}
    columns |= {f"{ASKED}{name}": [str(bool(each)) for each in mask] for name, mask in frame.asked.items()}
    return pd.DataFrame(columns, index=pd.Index(frame.table["id"].astype("object"), dtype="object")).sort_index()


def masked(kind: pa.DataType) -> object:
    """The pandas types of a Frame's numbers; None for those that pandas chooses itself."""
    return {pa.int8(): pd.Int8Dtype(), pa.int64(): pd.Int64Dtype(), pa.float64(): pd.Float64Dtype()}.get(kind)
