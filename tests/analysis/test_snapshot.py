"""A snapshot is written once, in no order, and says itself when it was changed."""

import hashlib
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis import folding, snapshot
from analysis.data import BadData
from analysis.frame import Frame
from analysis.stored import Answer, from_answers
from surveys.kinds import SATISFACTION, Decimal, OpenText, Option, Scale, SelectMultiple
from surveys.questionnaire import Question, Questionnaire, Section
from tests.analysis.test_tally import surveys

FORM = Questionnaire(
    (
        Section(
            "s",
            (
                Question("rated", Scale(SATISFACTION, (Option("9"),))),
                Question("lacks", SelectMultiple((Option("water"), Option("light")))),
                Question("size", Decimal(), relevant={"==": [{"var": "rated"}, 5]}),
                Question("note", OpenText()),
            ),
        ),
    )
)
ANSWERS = [
    Answer({"rated": 5, "lacks": ["light"], "size": 1.5, "note": "Đường hẹp"}, id="a", village="v1"),
    Answer({"rated": "9"}, id="b", village="v2", channel="paper", assistance="assisted"),
    Answer({"lacks": ["water", "light"]}, id="c"),
]


@pytest.fixture
def frame() -> Frame:
    return from_answers({1: FORM}, ANSWERS)


def test_the_hash_is_of_the_lines_that_its_docstring_describes(frame):
    header = "ydan-answers/1\x1frated\x1flacks/water\x1flacks/light\x1fsize\x1fnote\x1funit\x1fvillage\x1fchannel\x1fassistance\x1fversion"
    lines = [
        "5\x1f0\x1f1\x1f1.5\x1fĐường hẹp\x1f\x1fv1\x1fweb\x1fself\x1f1",
        "9\x1f\x1f\x1f\x1f\x1f\x1fv2\x1fpaper\x1fassisted\x1f1",
        "\x1f1\x1f1\x1f\x1f\x1f\x1f\x1fweb\x1fself\x1f1",
    ]

    expected = hashlib.sha256("\x1e".join([header, *sorted(lines)]).encode()).hexdigest()

    assert snapshot.content_hash(frame) == expected


@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(surveys(), st.randoms())
def test_the_order_of_answers_changes_nothing(survey, shuffler):
    questionnaire, stored = survey
    turned = list(stored)
    shuffler.shuffle(turned)

    assert snapshot.content_hash(from_answers({1: questionnaire}, stored)) == snapshot.content_hash(from_answers({1: questionnaire}, turned))


@pytest.mark.parametrize(
    "changed",
    [
        ANSWERS[:2],
        [*ANSWERS, ANSWERS[2]],
        [Answer({"rated": 4, "lacks": ["light"], "note": "Đường hẹp"}, village="v1"), *ANSWERS[1:]],
        [Answer(ANSWERS[0].answers, village="v2"), *ANSWERS[1:]],
        [Answer(ANSWERS[0].answers | {"note": "Đường hẹp."}, village="v1"), *ANSWERS[1:]],
    ],
)
def test_any_change_of_content_changes_the_hash(frame, changed):
    assert snapshot.content_hash(from_answers({1: FORM}, changed)) != snapshot.content_hash(frame)


def test_what_was_written_is_read_back(frame, tmp_path):
    digest = snapshot.write(frame, tmp_path / "answers.parquet")

    found = snapshot.read(tmp_path / "answers.parquet")

    order = found.table["id"].map({"a": 0, "b": 1, "c": 2}).argsort()
    assert digest == snapshot.content_hash(found)
    assert (found.questionnaire, dict(found.missing)) == (FORM, {"rated": frozenset({"9"})})
    assert found.asked["size"][order].tolist() == [True, False, False]
    assert list(folding.answers(found)) == [ANSWERS["abc".index(name)].answers for name in found.table["id"]]
    pd.testing.assert_frame_equal(found.table.iloc[order].reset_index(drop=True), frame.table)


def test_rows_are_shuffled(tmp_path):
    frame = from_answers({1: FORM}, [Answer({"note": f"ý {place}"}) for place in range(200)])

    snapshot.write(frame, tmp_path / "answers.parquet")

    assert snapshot.read(tmp_path / "answers.parquet").table["note"].tolist() != frame.table["note"].tolist()


def test_a_snapshot_is_never_written_over(frame, tmp_path):
    snapshot.write(frame, tmp_path / "answers.parquet")
    before = (tmp_path / "answers.parquet").read_bytes()

    with pytest.raises(FileExistsError):
        snapshot.write(from_answers({1: FORM}, []), tmp_path / "answers.parquet")

    assert (tmp_path / "answers.parquet").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["answers.parquet"]


def test_a_changed_answer_is_found_out(frame, tmp_path):
    snapshot.write(frame, tmp_path / "answers.parquet")
    table = pq.read_table(tmp_path / "answers.parquet")
    notes = table.column("note").to_pylist()
    place = table.column_names.index("note")
    forged = table.set_column(place, "note", [[note and "Đường rộng" for note in notes]])
    pq.write_table(forged.replace_schema_metadata(table.schema.metadata), tmp_path / "forged.parquet")

    with pytest.raises(BadData) as refused:
        snapshot.read(tmp_path / "forged.parquet")

    assert refused.value.code.id == "changed_snapshot"


@pytest.mark.parametrize("content", [b"", b"PAR1", b"not a parquet file"])
def test_a_damaged_file_is_refused(content, tmp_path: Path):
    (tmp_path / "answers.parquet").write_bytes(content)

    with pytest.raises(BadData) as refused:
        snapshot.read(tmp_path / "answers.parquet")

    assert refused.value.code.id == "broken_snapshot"


def test_no_answers_are_a_snapshot_too(tmp_path):
    empty = from_answers({1: FORM}, [])

    assert snapshot.write(empty, tmp_path / "answers.parquet") == snapshot.content_hash(snapshot.read(tmp_path / "answers.parquet"))
