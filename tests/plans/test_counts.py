"""Every draft plan of ours in every kind of file that offices send: clauses right and wrong, counted."""

import pytest

from tests.plans.counting import counted
from tests.plans.docx import docx
from tests.plans.paper import pdf
from tests.plans.source import sources

SOURCES = sources()
MAKERS = {"docx": docx, "pdf": pdf}


def test_there_are_ten_plans_of_many_clauses():
    assert len(SOURCES) == 10
    assert sum(len(source.items) for source in SOURCES) > 180


@pytest.mark.parametrize("ending", MAKERS)
@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_no_clause_of_a_plan_is_wrong(source, ending):
    right, wrong, wanted, found = counted(source, MAKERS[ending](source), f"a.{ending}")

    assert ([one for one in wanted if one not in found], [one for one in found if one not in wanted]) == ([], [])
    assert (right, wrong) == (len(source.items), 0)
