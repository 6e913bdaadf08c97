"""What an official mends: ids stay with their clause, nothing is lost."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.kinds import Block
from surveys.plan import Clause, Plan
from surveys.plan.blocks import blocks_of, words_of
from surveys.plan.mending import edited, joined, levelled, moved, removed, split
from surveys.problems import Conflict, Invalid
from tests.surveys.plan.strategies import plans

PLAN = Plan(
    (
        Clause("d1", "article", "Điều 1", "Mặt đường", (Block("Mở lên 8 m."), Block("Lát gạch."))),
        Clause("d2", "clause", "1.", blocks=(Block("Từ chợ."), Block("Đến cầu."))),
        Clause("d3", "point", "a)", blocks=(Block("Ban đêm;"),)),
        Clause("d4", "article", "Điều 2", "Kinh phí"),
    ),
    4,
)


def ids(plan):
    return [clause.id for clause in plan.clauses]


def test_joining_keeps_the_words_and_the_id_of_the_first():
    found = joined(PLAN, "d3")

    assert ids(found) == ["d1", "d2", "d4"]
    assert found.clause("d2").blocks == (Block("Từ chợ."), Block("Đến cầu."), Block("a) Ban đêm;"))
    assert joined(PLAN, "d4").clause("d3").blocks == (Block("Ban đêm;"), Block("Điều 2 Kinh phí"))
    with pytest.raises(Conflict):
        joined(PLAN, "d1")


def test_splitting_gives_the_rest_a_new_id():
    found = split(PLAN, "d2")

    assert found.clauses[1:3] == (Clause("d2", "clause", "1.", blocks=(Block("Từ chợ."),)), Clause("d5", "clause", blocks=(Block("Đến cầu."),)))
    assert found.given == 5
    assert ids(split(PLAN, "d1")) == ["d1", "d5", "d2", "d3", "d4"]
    with pytest.raises(Conflict):
        split(PLAN, "d3")


def test_editing_reads_paragraphs_tables_and_lines_that_split():
    found = edited(PLAN, "d3", level="clause", number=" 2. ", heading="Giờ\nlàm", text="Ban đêm.\n| Giờ | Việc |\n| 22 | Đào |\n=====\nBan ngày.")

    assert found.clauses[2:4] == (
        Clause("d3", "clause", "2.", "Giờ làm", (Block("Ban đêm."), Block(rows=(("Giờ", "Việc"), ("22", "Đào"))))),
        Clause("d5", "clause", blocks=(Block("Ban ngày."),)),
    )
    with pytest.raises(Invalid):
        edited(PLAN, "d3", level="point", number=" ", heading="", text="\n")


def test_levels_go_one_step_and_stop_at_the_ends():
    assert levelled(PLAN, "d3", step=-1).clause("d3").level == "subclause"
    assert levelled(PLAN, "d3", step=1).clause("d3").level == "paragraph"
    assert levelled(levelled(PLAN, "d3", step=1), "d3", step=1).clause("d3").level == "paragraph"
    top = Plan((Clause("d1", "preamble"),), 1)
    assert levelled(top, "d1", step=1) == top


def test_moving_takes_along_what_lies_in_it():
    down = moved(PLAN, "d1", step=1)

    assert ids(down) == ["d4", "d1", "d2", "d3"]
    assert moved(down, "d1", step=-1) == PLAN
    assert moved(PLAN, "d4", step=1) == PLAN
    assert moved(PLAN, "d1", step=-1) == PLAN
    assert ids(removed(PLAN, "d2")) == ["d1", "d3", "d4"]


@given(plans(), st.data())
def test_no_change_ever_repeats_an_id(plan, data):
    clause = data.draw(st.sampled_from([one.id for one in plan.clauses]))
    for act in (joined, split, removed):
        try:
            found = act(plan, clause)
        except Conflict:
            continue
        assert len(set(ids(found))) == len(ids(found))
        assert {*ids(found)} - {*ids(plan)} <= {f"d{plan.given + 1}"}
    for step in (-1, 1):
        assert sorted(ids(moved(plan, clause, step=step))) == sorted(ids(plan))


cells = st.text(st.characters(exclude_categories=["Cc", "Cs", "Z"], exclude_characters="|"), max_size=8).map(str.strip)
lines = st.text("aăđ 1.)", min_size=1, max_size=20).map(lambda text: " ".join(text.split())).filter(bool)
tables = st.lists(st.tuples(cells, cells), min_size=1, max_size=3).map(lambda rows: Block(rows=tuple(rows)))


@given(st.lists(st.one_of(lines.map(Block), tables), max_size=5).filter(lambda found: not any(one.rows and two.rows for one, two in pairwise(found))))
def test_words_and_blocks_are_the_same_thing(blocks):
    assert blocks_of(words_of(blocks)) == tuple(blocks)
