"""Who may use which official route: one line a route, read by test_matrix.py and by nobody else.

Other rooms add their lines: (method, path, names of personas.PERSONS that may). `{slug}` in a path is a consultation of WARD,
`{person}` a person of WARD, `{deputy}` and `{token}` what nobody has. A route of create_app that has no line here fails a test.
"""

from collections.abc import Mapping
from typing import NamedTuple

from tests.server.personas import PERSONS, WARD


class Line(NamedTuple):
    """`fields` make the request one that is answered below 400; `foreign`: what whoever is of another ward gets for this ward's things."""

    method: str
    path: str
    may: frozenset[str]
    fields: Mapping[str, str] = {}
    foreign: int | None = None


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
    Line("POST", "/desk/account/tokens/{token}/revoke", EVERYBODY),
    Line("POST", "/desk/account/deputies", holding("approver"), {"deputy": "{colleague}", "starts_on": "2026-12-01", "ends_on": "2026-12-02"}),
    Line("POST", "/desk/account/deputies/{deputy}/end", EVERYBODY),
    Line("GET", "/desk/people", holding("admin")),
    Line("GET", "/desk/people/new", holding("admin")),
    Line("POST", "/desk/people/new", holding("admin"), {"name": "nguoi.moi", **COLLEAGUE}),
    Line("GET", "/desk/people/{person}", frozenset({"admin"}), foreign=404),
    Line("POST", "/desk/people/{person}", frozenset({"admin"}), COLLEAGUE, foreign=404),
    Line("POST", "/desk/people/{person}/disable", frozenset({"admin"}), foreign=404),
    Line("POST", "/desk/people/{person}/enable", frozenset({"admin"}), foreign=404),
    Line("POST", "/desk/people/{person}/link", frozenset({"admin"}), foreign=404),
    Line("GET", "/desk/villages", EVERYBODY),
    Line("POST", "/desk/villages", holding("author", "admin"), VILLAGES),
    Line("POST", "/desk/villages/file", holding("author", "admin"), VILLAGES),
    Line("POST", "/sign-out", EVERYBODY),
)

LINES: tuple[Line, ...] = (*PEOPLE,)
"""Every line. Add yours: `LINES = (*PEOPLE, *DESK, …)`."""

OPEN_DOORS = frozenset({"/sign-in", "/sign-in/{link}"})
"""Official routes that need nobody signed in."""
