"""Two versions of a plan: ids stay with their clause, and every difference is told."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from surveys.kinds import Block
from surveys.plan import Clause, Plan, with_fresh_ids
from surveys.plan.comparing import Piece, compared, woven
from surveys.plan.matching import carried, rematched
from surveys.plan.reading import Part, read
from tests.surveys.plan.strategies import plans

OLD = read([
    Part(line)
    for line in (
        "Điều 1. Mặt đường", "1. Mặt đường mở từ 5,5 m lên 8 m.", "2. Vỉa hè hai bên rộng 1,5 m.", "Điều 2. Kinh phí", "1. Ngân sách phường chi 2,4 tỷ đồng.",
        "2. Người dân không đóng góp bằng tiền.",
    )
])  # fmt: skip


def anew(plan: Plan) -> Plan:
    """The plan as a file gives it: ids from one on."""
    return with_fresh_ids(tuple(structs.replace(clause, id="") for clause in plan.clauses), 0)


def states(old, new):
    return [(change.state, change.clause.title) for change in compared(old, new)]


@given(plans())
def test_a_plan_compared_with_itself_is_all_the_same(plan):
    again = carried(plan, anew(plan))

    assert again == plan
    assert {change.state for change in compared(plan, again)} <= {"same"}


@given(plans(), st.data())
def test_removing_a_clause_moves_no_other_id(plan, data):
    gone = data.draw(st.integers(0, len(plan.clauses) - 1))
    less = Plan(plan.clauses[:gone] + plan.clauses[gone + 1 :])

    assert [clause.id for clause in carried(plan, anew(less)).clauses] == [clause.id for clause in less.clauses]


@given(plans(), st.data())
def test_inserting_a_clause_that_shifts_the_numbers_moves_no_id(plan, data):
    """As a paper that is numbered anew: every clause of the same level behind it counts one more."""
    at = data.draw(st.integers(0, len(plan.clauses)))
    new = Clause("", "article", "Điều 1", "Điều hoàn toàn mới")
    shifted = [
        structs.replace(clause, number=f"Điều {int(clause.number.split()[1]) + 1}") if clause.level == "article" else clause for clause in plan.clauses[at:]
    ]
    more = Plan((*plan.clauses[:at], new, *shifted))

    found = carried(plan, anew(more))
    assert [clause.id for clause in found.clauses] == [*(one.id for one in plan.clauses[:at]), f"d{plan.given + 1}", *(one.id for one in plan.clauses[at:])]


@given(plans(), plans())
def test_ids_never_repeat_and_are_never_used_again(old, new):
    found = carried(old, anew(new))

    ids = [clause.id for clause in found.clauses]
    assert len(set(ids)) == len(ids)
    known = {clause.id for clause in old.clauses}
    fresh = [int(one[1:]) for one in ids if one not in known]
    assert all(old.given < number <= found.given for number in fresh)


def test_a_clause_is_known_by_what_it_says_not_by_its_number():
    new = read([
        Part(line)
        for line in (
            "Điều 1. Nguyên tắc", "1. Không hộ nào phải dời nhà.", "Điều 2. Mặt đường", "1. Mặt đường mở từ 5,5 m lên 7,5 m.", "2. Vỉa hè hai bên rộng 1,5 m.",
            "Điều 3. Kinh phí", "1. Người dân không đóng góp bằng tiền.",
        )
    ])  # fmt: skip
    found = carried(OLD, new)

    assert [clause.id for clause in found.clauses] == ["d7", "d8", "d1", "d2", "d3", "d4", "d6"]
    assert states(OLD, found) == [
        ("added", "Điều 1 Nguyên tắc"), ("added", "1. Không hộ nào phải dời nhà."), ("renumbered", "Điều 2 Mặt đường"),
        ("changed", "1. Mặt đường mở từ 5,5 m lên 7,5 m."), ("same", "2. Vỉa hè hai bên rộng 1,5 m."), ("renumbered", "Điều 3 Kinh phí"),
        ("removed", "1. Ngân sách phường chi 2,4 tỷ đồng."), ("renumbered", "1. Người dân không đóng góp bằng tiền."),
    ]  # fmt: skip


def test_a_clause_that_changed_places_has_moved():
    new = Plan((*OLD.clauses[3:], *OLD.clauses[:3]), OLD.given)

    assert [state for state, _ in states(OLD, new)] == ["moved", "moved", "moved", "same", "same", "same"]


def test_a_match_is_corrected_and_whoever_held_the_id_gets_a_new_one():
    new = carried(OLD, read([Part("Điều 1. Mặt đường"), Part("1. Chỉ sửa ổ gà."), Part("2. Vỉa hè hai bên rộng 1,5 m.")]))
    assert [clause.id for clause in new.clauses] == ["d1", "d7", "d3"]

    right = rematched(OLD, new, "d7", "d2")
    assert [clause.id for clause in right.clauses] == ["d1", "d2", "d3"]
    other = rematched(OLD, right, "d3", "d2")
    assert [clause.id for clause in other.clauses] == ["d1", "d8", "d2"]
    alone = rematched(OLD, other, "d1", "")
    assert [clause.id for clause in alone.clauses] == ["d9", "d8", "d2"]


def test_differences_are_words():
    assert woven("Mở từ 5,5 m lên 8 m.", "Mở từ 5,5 m lên 7,5 m, hai bên.") == (
        Piece("same", "Mở từ 5,5 m lên "), Piece("removed", "8"), Piece("added", "7,5"), Piece("same", " m"), Piece("added", ", hai bên"), Piece("same", ".")
    )  # fmt: skip


@given(st.text("ab ,.đường", max_size=60), st.text("ab ,.đường", max_size=60))
def test_both_texts_can_be_read_out_of_the_differences(old, new):
    pieces = woven(old, new)

    assert "".join(piece.text for piece in pieces if piece.what != "added") == old
    assert "".join(piece.text for piece in pieces if piece.what != "removed") == new


def test_a_very_long_clause_is_shown_whole():
    old, new = "một " * 7000, "hai " * 7000

    assert [piece.what for piece in woven(old, new)] == ["removed", "added"]


def test_changed_tables_differ_by_cells():
    old = Plan((Clause("d1", "article", "Điều 1", "Giá", (Block(rows=(("Rau", "60"),)),)),), 1)
    new = Plan((Clause("d1", "article", "Điều 1", "Giá", (Block(rows=(("Rau", "48"),)),)),), 1)

    assert [piece.text for piece in compared(old, new)[0].text if piece.what != "same"] == ["60", "48"]
