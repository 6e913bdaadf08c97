"""Plans as offices write them, and changes that a second version makes."""

from hypothesis import strategies as st

from surveys.kinds import Block
from surveys.plan import Clause, Plan, with_fresh_ids

SENTENCE = """
đường hẻm rộng thêm vỉa hè cống thoát nước hộ dân lùi tường rào cổng mái hiên kinh phí ngân sách phường thôn tổ trường chợ rác đèn cây xanh hỗ trợ
di dời nhà đất giá công khai niêm yết giám sát họp bầu phí miễn trẻ em người già
"""
WORDS = SENTENCE.split()

sentences = st.lists(st.sampled_from(WORDS), min_size=4, max_size=14).map(lambda words: " ".join(words).capitalize() + ".")
headings = st.lists(st.sampled_from(WORDS), min_size=2, max_size=5).map(lambda words: " ".join(words).capitalize())
tables = st.lists(st.tuples(st.sampled_from(WORDS), st.integers(1, 999).map(str)), min_size=2, max_size=4).map(lambda rows: Block(rows=tuple(rows)))


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Articles with clauses and points, all of different words."""
    found: list[Clause] = []
    used = draw(st.lists(sentences, min_size=30, max_size=30, unique=True))
    for article in range(1, draw(st.integers(1, 5)) + 1):
        found.append(Clause("", "article", f"Điều {article}", f"{draw(headings)} {article}"))
        for clause in range(1, draw(st.integers(0, 4)) + 1):
            if not used:
                break
            blocks = (Block(used.pop()),) + ((draw(tables),) if draw(st.booleans()) else ())
            found.append(Clause("", "clause", f"{clause}.", blocks=blocks))
    return with_fresh_ids(tuple(found), 0)


def printed(plan: Plan) -> list[str]:
    """The plan as lines of text; tables are left out."""
    lines = []
    for clause in plan.clauses:
        number = f"{clause.number}." if clause.level == "article" else clause.number
        texts = [block.text for block in clause.blocks if block.text]
        if clause.heading:
            lines += [f"{number} {clause.heading}", *texts]
        else:
            lines += [f"{number} {texts[0]}", *texts[1:]]
    return lines
