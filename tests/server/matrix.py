"""Who may use which official route: one line a route, read by test_matrix.py.

In paths and fields `{slug}` is a consultation of WARD, `{person}` a person of WARD, `{colleague}` somebody of the asker's ward;
`{question}` and `{section}` are of its questionnaire; `{nothing}` is an id that nothing has. A route that has no line here fails a test.
"""

from collections.abc import Mapping
from typing import NamedTuple

from tests.server.personas import PERSONS, WARD


class Line(NamedTuple):
    """`fields` are those of a good request; `state` is the consultation's; `absent`: its thing is not there, so who may gets 404.

    Whoever is of another ward gets 404 wherever the path names something of WARD.
    """

    method: str
    path: str
    may: frozenset[str]
    fields: Mapping[str, str] = {}
    state: str = "draft"
    absent: bool = False

    @property
    def of_the_ward(self) -> bool:
        return "{slug}" in self.path or "{person}" in self.path


EVERYBODY = frozenset(PERSONS)
OF_THE_WARD = frozenset(name for name, (_, unit, _) in PERSONS.items() if unit == WARD)


def holding(*roles: str) -> frozenset[str]:
    """Everybody with one of these roles, in whichever ward."""
    return frozenset(name for name, (_, _, held) in PERSONS.items() if set(roles) & set(held))


VILLAGES = {"name": "Tổ 1", "households": "40", "source": "UBND", "as_of": "2026-11-01"}
COLLEAGUE = {"full_name": "Tên Mới", "roles": "author"}

PEOPLE = (
    Line("GET", "/desk/account", EVERYBODY),
    Line("POST", "/desk/account/password", EVERYBODY, {"current": "đường hoa phượng đỏ", "password": "một câu rất dài", "again": "một câu rất dài"}),
    Line("POST", "/desk/account/language", EVERYBODY, {"language": "en"}),
    Line("POST", "/desk/account/tokens", EVERYBODY),
    Line("POST", "/desk/account/tokens/{nothing}/revoke", EVERYBODY),
    Line("POST", "/desk/account/deputies", holding("approver"), {"deputy": "{colleague}", "starts_on": "2026-12-01", "ends_on": "2026-12-02"}),
    Line("POST", "/desk/account/deputies/{nothing}/end", EVERYBODY),
    Line("GET", "/desk/people", holding("admin")),
    Line("GET", "/desk/people/new", holding("admin")),
    Line("POST", "/desk/people/new", holding("admin"), {"name": "nguoi.moi", **COLLEAGUE}),
    Line("GET", "/desk/people/{person}", frozenset({"admin"})),
    Line("POST", "/desk/people/{person}", frozenset({"admin"}), COLLEAGUE),
    Line("POST", "/desk/people/{person}/disable", frozenset({"admin"})),
    Line("POST", "/desk/people/{person}/enable", frozenset({"admin"})),
    Line("POST", "/desk/people/{person}/link", frozenset({"admin"})),
    Line("GET", "/desk/villages", EVERYBODY),
    Line("POST", "/desk/villages", holding("author", "approver", "admin"), VILLAGES),
    Line("POST", "/desk/villages/file", holding("author", "approver", "admin"), VILLAGES),
    Line("POST", "/sign-out", EVERYBODY),
)


def of_ward(*roles: str) -> frozenset[str]:
    """Those of WARD with one of these roles."""
    return holding(*roles) & OF_THE_WARD


WORKERS = of_ward("author", "approver", "collector", "village_head", "replier", "auditor", "admin")
AUTHORS = of_ward("author")
LEADERS = of_ward("author", "approver")
READERS = of_ward("author", "approver", "replier")
COUNTERS = of_ward("author", "approver", "collector", "village_head")
WATCHERS = of_ward("author", "approver", "village_head")
PUBLIC = OF_THE_WARD
"""From publication on everybody of the ward may see the rooms of results."""

HERE = "/desk/{slug}"
DESK = (
    Line("GET", "/desk", EVERYBODY),
    Line("GET", "/desk/new", holding("author")),
    Line("POST", "/desk/new", holding("author")),
    Line("GET", HERE, WORKERS),
    Line("GET", HERE, PUBLIC, state="published"),
    Line("GET", HERE + "/plan", WORKERS),
    Line("POST", HERE + "/plan", AUTHORS),
    Line("GET", HERE + "/draft", WORKERS),
    Line("POST", HERE + "/draft", AUTHORS),
    Line("GET", HERE + "/documents/{nothing}", WORKERS, absent=True),
    Line("POST", HERE + "/documents/{nothing}", AUTHORS, absent=True),
    Line("GET", HERE + "/questions", WORKERS),
    Line("GET", HERE + "/questions.xlsx", WORKERS),
    Line("POST", HERE + "/questions", AUTHORS),
    Line("GET", HERE + "/questions/{question}", WORKERS),
    Line("POST", HERE + "/questions/{question}", AUTHORS),
    Line("POST", HERE + "/questions/{question}/place", AUTHORS),
    Line("POST", HERE + "/sections", AUTHORS),
    Line("POST", HERE + "/sections/{section}", AUTHORS),
    Line("POST", HERE + "/undo", AUTHORS),
    Line("GET", HERE + "/preview", WORKERS),
    Line("GET", HERE + "/preview/vi", WORKERS),
    Line("GET", HERE + "/review", WORKERS),
    Line("POST", HERE + "/remarks", LEADERS, {"question": "{question}", "text-{question}": "Nên hỏi thêm."}),
    Line("POST", HERE + "/remarks/{nothing}", LEADERS, absent=True),
    Line("GET", HERE + "/journal", of_ward("author", "approver", "auditor", "admin")),
    Line("GET", HERE + "/do/submit", AUTHORS),
    Line("POST", HERE + "/do/submit", AUTHORS),
    Line("POST", HERE + "/do/return", of_ward("approver"), {"reason": "Sửa câu 1."}, state="in_review"),
    Line("POST", HERE + "/do/approve", of_ward("approver"), state="in_review"),
    Line("POST", HERE + "/do/open", LEADERS, {"confirm": "mở"}, state="approved"),
    Line("POST", HERE + "/do/extend", of_ward("approver"), {"closes_on": "2027-01-31", "confirm": "gia hạn"}, state="open"),
    Line("POST", HERE + "/do/close", LEADERS, {"reason": "Đủ ý kiến.", "confirm": "đóng"}, state="open"),
    Line("POST", HERE + "/do/seal", LEADERS, {"confirm": "niêm phong"}, state="closed"),
    Line("POST", HERE + "/do/publish", of_ward("approver"), {"confirm": "công bố"}, state="sealed"),
    Line("POST", HERE + "/do/cancel", of_ward("approver"), {"reason": "Thôi.", "confirm": "hủy"}),
    Line("GET", HERE + "/watch", WATCHERS, state="open"),
    Line("GET", HERE + "/watch/turnout", WATCHERS, state="open"),
    Line("GET", HERE + "/totals", COUNTERS, state="open"),
    Line("POST", HERE + "/totals", COUNTERS, state="open"),
    Line("POST", HERE + "/totals/{nothing}/remove", COUNTERS, state="open", absent=True),
    Line("GET", HERE + "/results", READERS, state="closed"),
    Line("GET", HERE + "/results/figures", READERS, state="closed"),
    Line("GET", HERE + "/results/tables.xlsx", READERS, state="closed", absent=True),
    Line("GET", HERE + "/results/tallies.json", READERS, state="closed", absent=True),
    Line("GET", HERE + "/words", READERS, state="closed"),
    Line("POST", HERE + "/words", READERS, state="closed"),
    Line("GET", HERE + "/reply", READERS, state="closed"),
    Line("POST", HERE + "/reply", READERS, state="closed"),
    Line("GET", HERE + "/papers", READERS, state="closed"),
    Line("GET", HERE + "/papers/list", READERS, state="closed"),
    Line("GET", HERE + "/papers/{nothing}", READERS, state="closed", absent=True),
    Line("GET", "/council", EVERYBODY),
    Line("GET", "/council/{slug}/{nothing}", PUBLIC, state="published", absent=True),
)

FILES = (
    Line("GET", HERE + "/media/" + "0" * 64 + ".webp", WORKERS, absent=True),
    Line("GET", HERE + "/files", READERS, state="closed"),
    Line("GET", HERE + "/files/{nothing}", READERS, state="closed", absent=True),
)
"""Pictures of questions, and files that residents sent."""


SPREADERS = of_ward("author", "approver", "collector", "village_head")
SPREAD = (
    Line("GET", HERE + "/spread", SPREADERS),
    Line("GET", HERE + "/spread", WATCHERS, state="closed"),
    Line("POST", HERE + "/spread", LEADERS, {"name": "Trường học"}, state="approved"),
    Line("GET", HERE + "/spread/loudspeaker", SPREADERS, state="approved"),
    Line("GET", HERE + "/spread/qr-board.png", SPREADERS, state="open"),
    Line("GET", HERE + "/spread/{nothing}", SPREADERS, absent=True),
)

DRAFT_PLAN = (
    Line("POST", HERE + "/draft/plan", AUTHORS),
    Line("GET", HERE + "/draft/clauses", WORKERS, absent=True),
    Line("GET", HERE + "/draft/clauses/{nothing}", WORKERS, absent=True),
    Line("POST", HERE + "/draft/clauses/{nothing}", AUTHORS, absent=True),
    Line("POST", HERE + "/draft/undo", AUTHORS, absent=True),
    Line("GET", HERE + "/draft/ask", WORKERS, absent=True),
    Line("POST", HERE + "/draft/ask", AUTHORS, absent=True),
    Line("GET", HERE + "/draft/compare", WORKERS, absent=True),
    Line("POST", HERE + "/draft/match", AUTHORS, absent=True),
    Line("POST", HERE + "/draft/accept", AUTHORS, absent=True),
)

LIFE = (
    Line("GET", HERE + "/versions", WORKERS),
    Line("GET", HERE + "/versions", WORKERS, state="open"),
    Line("POST", HERE + "/versions/1/restore", AUTHORS, {"version": "1"}),
    Line("GET", HERE + "/trial", LEADERS),
    Line("POST", HERE + "/trial", LEADERS, {"do": "start"}),
    Line("GET", HERE + "/change", LEADERS, state="open"),
    Line("POST", HERE + "/change", AUTHORS, {"do": "begin"}, state="open"),
    Line("GET", HERE + "/wave", WORKERS),
    Line("POST", HERE + "/wave", AUTHORS),
    Line("POST", HERE + "/repeat", AUTHORS, state="closed"),
)

DESIGNER = (
    Line("GET", HERE + "/findings", WORKERS),
    Line("GET", HERE + "/asked", WORKERS),
    Line("GET", HERE + "/sections/{section}", WORKERS),
    Line("POST", HERE + "/presence", AUTHORS),
    Line("POST", HERE + "/questions/{question}/media", AUTHORS),
    Line("POST", HERE + "/redo", AUTHORS),
)

LINES: tuple[Line, ...] = (*PEOPLE, *DESK, *FILES, *SPREAD, *DRAFT_PLAN, *LIFE, *DESIGNER)
"""Every line. Add yours: `LINES = (*PEOPLE, *DESK, …)`."""

OPEN_DOORS = frozenset({"/sign-in", "/sign-in/{link}"})
"""Official routes that need nobody signed in."""

LIBRARY = (
    Line("GET", "/desk/library", WORKERS | {"stranger"}),
    Line("GET", "/desk/library/one_stop_desk", WORKERS | {"stranger"}),
    Line("GET", "/desk/library/blocks/safety", WORKERS | {"stranger"}),
    Line("GET", "/desk/library/one_stop_desk/preview/vi", WORKERS | {"stranger"}),
    Line("GET", "/desk/library/blocks/safety/preview/vi", WORKERS | {"stranger"}),
    Line("POST", "/desk/library/own/{nothing}", holding("author"), {"do": "remove"}, absent=True),
    Line("GET", HERE + "/library", WORKERS),
    Line("POST", HERE + "/library", AUTHORS, {"block": "safety", "after": "", "version": "1"}),
    Line("POST", HERE + "/library/keep", AUTHORS, {"name": "Mẫu", "part": ""}),
    Line("GET", HERE + "/analysis", WORKERS),
    Line("POST", HERE + "/analysis", AUTHORS, {"do": "save"}),
)
LINES = (*LINES, *LIBRARY)

IMPORT_FORM = (Line("GET", HERE + "/import", AUTHORS), Line("POST", HERE + "/import", AUTHORS, {"do": "look"}))
LINES = (*LINES, *IMPORT_FORM)
