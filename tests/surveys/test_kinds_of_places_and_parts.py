"""Ranks, points, hours, units, points on a map, files, clauses: what they read and what they say is wrong."""

import pytest

from surveys import problems
from surveys.kinds import Calculation, Clause, File, Option, Place, Points, Ranking, Time, UnitChoice
from surveys.problems import Problem

THREE = (Option("cho", {"vi": "Chợ"}), Option("truong", {"vi": "Trường"}), Option("cau", {"vi": "Cầu"}))
DA_NANG = "48"
FILE = "0123456789abcdef0123456789abcdef"


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        (Ranking(THREE), ["cau", "cho", "truong"], ["cau", "cho", "truong"]),
        (Ranking(THREE), {"cho": "2", "cau": " 1 ", "truong": 3}, ["cau", "cho", "truong"]),
        (Ranking(THREE, most=1), {"cho": "", "cau": "1"}, ["cau"]),
        (Points(THREE), {"cho": 60, "cau": "40"}, {"cho": 60, "cau": 40}),
        (Points(THREE), {"cho": "100", "cau": "0", "truong": ""}, {"cho": 100}),
        (Time(), "7h30", "07:30"),
        (Time(), "07:30:15", "07:30"),
        (Time(low="06:00", high="22:00"), "22:00", "22:00"),
        (UnitChoice(), "20209", "20209"),
        (UnitChoice(), "phuong thanh khe", "20209"),
        (UnitChoice(within=DA_NANG), "Hải Châu", "20242"),
        (UnitChoice(level="province"), "da nang", DA_NANG),
        (UnitChoice(level="village"), "20209/0b5c", "20209/0b5c"),
        (Place(), ["16,0678", 108.2208], [16.0678, 108.2208]),
        (Place(), {"lat": "16.06780049", "lon": "108"}, [16.0678, 108.0]),
        (Place(image="a.png"), [0.5, 1], [0.5, 1.0]),
        (File(), f" {FILE} ", FILE),
        (Clause(clause="c5"), {"stance": "other", "text": " nên lùi "}, {"stance": "other", "text": "nên lùi"}),
    ],
)
def test_reads(kind, raw, value):
    assert kind.read(raw) == value


@pytest.mark.parametrize(
    ("kind", "raw", "code"),
    [
        (Ranking(THREE), ["cau", "cho"], problems.RANKS_MISSING),
        (Ranking(THREE), ["cau", "cau", "cho"], problems.RANKED_TWICE),
        (Ranking(THREE), ["cau", "cho", "song"], problems.NOT_AN_OPTION),
        (Ranking(THREE), {"cho": "1", "cau": "1", "truong": "2"}, problems.RANKED_TWICE),
        (Ranking(THREE), {"cho": "1", "cau": "2", "truong": "4"}, problems.RANKS_WITH_GAPS),
        (Ranking(THREE), {"cho": "nhất"}, problems.NOT_AN_INTEGER),
        (Ranking(THREE), "cho", problems.WRONG_SHAPE),
        (Points(THREE), {"cho": 60, "cau": 30}, problems.POINTS_NOT_DIVIDED),
        (Points(THREE), [60, 40], problems.WRONG_SHAPE),
        (Time(), "25:00", problems.NOT_A_TIME),
        (Time(), 7, problems.NOT_A_TIME),
        (Time(low="06:00"), "05:59", problems.TIME_OUTSIDE),
        (UnitChoice(), "Không Đâu", problems.NOT_A_UNIT),
        (UnitChoice(), DA_NANG, problems.NOT_A_UNIT),
        (UnitChoice(level="province"), "20209", problems.NOT_A_UNIT),
        (UnitChoice(within="01"), "20209", problems.NOT_A_UNIT),
        (UnitChoice(), "Tân An", problems.SEVERAL_UNITS),
        (Place(), ["16", ""], problems.NOT_A_PLACE),
        (Place(), [91, 0], problems.OFF_THE_MAP),
        (Place(image="a.png", bounds=(16.0, 108.0, 16.1, 108.3)), [15.9, 108.1], problems.OFF_THE_MAP),
        (Place(), "16,108", problems.WRONG_SHAPE),
        (File(), "../../etc/passwd", problems.NO_SUCH_FILE),
    ],
)
def test_says_what_is_wrong(kind, raw, code):
    reading = kind.read(raw)

    assert isinstance(reading, Problem)
    assert reading.code == code


def test_every_part_of_points_says_what_is_wrong_with_it():
    wrong = Points(THREE).read({"cho": "x", "cau": 101, "song": 1})

    assert {(problem.where, problem.code) for problem in wrong} == {
        ("cho", problems.NOT_AN_INTEGER),
        ("cau", problems.TOO_LARGE),
        ("song", problems.NOT_AN_OPTION),
    }


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        (Ranking(THREE), ["cau", "cho"], "1. Cầu; 2. Chợ"),
        (Points(THREE, total=1000, unit={"vi": "triệu đồng"}), {"cho": 1000}, "Chợ: 1.000 triệu đồng"),
        (UnitChoice(), "20209", "Phường Thanh Khê, Thành phố Đà Nẵng"),
        (Place(), [16.0678, 108.0], "16,0678; 108"),
        (Calculation(1, decimals=1, unit={"vi": "m²"}), 1234.56, "1.234,6 m²"),
    ],
)
def test_sounds(kind, value, words):
    assert kind.words(value, "vi") == words


def test_a_name_of_several_places_is_narrowed_down_by_its_province():
    several = UnitChoice().read("Tân An")
    assert isinstance(several, Problem)
    named = several.given["units"][0]

    assert UnitChoice().words(UnitChoice().read(named.replace("Phường ", "").replace("Xã ", "")), "vi") == named
