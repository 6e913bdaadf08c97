"""What columns of a data file mean to a questionnaire."""

from typing import Any

import pytest

from analysis import data, folding
from analysis.data import BadData
from analysis.reading import UnknownValues, from_table, rows
from surveys.kinds import (
    SATISFACTION,
    Calculation,
    Clause,
    Consent,
    Date,
    Decimal,
    File,
    Integer,
    Kind,
    Matrix,
    OpenText,
    Option,
    Place,
    Points,
    Ranking,
    Scale,
    SelectMultiple,
    SelectOne,
    Stance,
    Time,
    UnitChoice,
)
from surveys.questionnaire import Question, Questionnaire, Section

YES_NO = (Option("yes", {"vi": "Có", "en": "Yes"}), Option("no", {"vi": "Không", "en": "No"}))
LACKS = (Option("water", {"vi": "Nước sạch"}), Option("light", {"vi": "Chiếu sáng"}), Option("light_2", {"vi": "Chiếu sáng ngõ"}))


def form(*kinds: Kind, **relevant: Any) -> Questionnaire:
    questions = tuple(Question(f"q{place}", kind, relevant=relevant.get(f"q{place}")) for place, kind in enumerate(kinds))
    return Questionnaire((Section("s", questions),))


def read(questionnaire: Questionnaire, content: str, **extra: Any) -> list[dict[str, Any]]:
    """Answers of each row."""
    return list(folding.answers(from_table(questionnaire, data.read(content.encode()), **extra).frame))


@pytest.mark.parametrize("header", ["q0", "group/q0", "group-q0", "outer/inner/q0", "data-group-q0", "a-b/q0", " q0 "])
def test_a_column_is_named_with_or_without_its_groups(header):
    assert read(form(SelectOne(YES_NO)), f"{header}\nyes\n") == [{"q0": "yes"}]


def test_the_plain_name_wins_over_a_path():
    table = data.read(b"g/q0,q0\nno,yes\n")

    reading = from_table(form(SelectOne(YES_NO)), table)

    assert list(folding.answers(reading.frame)) == [{"q0": "yes"}]
    assert [(note.code.id, note.given["names"]) for note in reading.notes] == [("unknown_columns", "g/q0")]


def test_two_columns_of_one_question_are_refused():
    with pytest.raises(BadData) as refused:
        read(form(SelectOne(YES_NO)), "a/q0,b/q0\nyes,no\n")

    assert refused.value.code.id == "two_columns"


def test_a_file_about_something_else_is_refused():
    with pytest.raises(BadData) as refused:
        read(form(SelectOne(YES_NO)), "name,age\nx,1\n")

    assert (refused.value.code.id, refused.value.given["example"]) == ("nothing_matches", "q0")


@pytest.mark.parametrize(
    ("kind", "written", "value"),
    [
        (SelectOne(YES_NO), "yes", "yes"),
        (SelectOne(YES_NO), "Không", "no"),
        (SelectOne(YES_NO), " No ", "no"),
        (SelectOne((Option("1"), Option("2"))), "2.0", "2"),
        (SelectOne((Option("a", {"vi": "b"}), Option("b", {"vi": "c"}))), "b", "b"),
        (Scale(SATISFACTION, (Option("9"),)), "4.0", 4),
        (Scale(SATISFACTION, (Option("9"),)), "9", "9"),
        (Scale(SATISFACTION), "Rất hài lòng", 5),
        (SelectMultiple(LACKS), "light water", ["water", "light"]),
        (SelectMultiple(LACKS), "Chiếu sáng ngõ", ["light_2"]),
        (SelectMultiple(LACKS), "Chiếu sáng ngõ Nước sạch", ["water", "light_2"]),
        (SelectMultiple(LACKS), "Chiếu sáng; Nước sạch", ["water", "light"]),
        (Stance(), "Ý kiến khác", {"stance": "other"}),
        (Integer(), "12.0", 12),
        (Integer(), "1.200", 1200),
        (Decimal(), "1,5", 1.5),
        (Date(), "23/11/2026", "2026-11-23"),
        (Date(), "2026-11-23T08:00:00.000+07:00", "2026-11-23"),
        (OpenText(), "  hai\u0000 dòng ", "hai dòng"),
        (Consent(), "OK", True),
        (Consent(), "true", True),
        (Clause(number="Điều 5"), "Đồng ý", {"stance": "agree"}),
        (Ranking(LACKS), "light water light_2", ["light", "water", "light_2"]),
        (Ranking(LACKS), "Chiếu sáng ngõ, Nước sạch", ["light_2", "water"]),
        (Ranking(LACKS, most=1), "light", ["light"]),
        (UnitChoice(), "20209", "20209"),
        (UnitChoice("province"), "1", "01"),
        (UnitChoice(), "4.0", "00004"),
        (UnitChoice(), "thanh khe, da nang", "20209"),
        (Time("08:00", "12:00"), "07:30:00.000+07:00", "07:30"),
        (Time(), "7h30", "07:30"),
        (File(), "anh-1.jpg", "anh-1.jpg"),
        (Place(), "16.054407 108.202164 12.5 4.8", [16.054407, 108.202164]),
        (Place(image=f"{'5' * 64}.png"), "0.25 0.5", [0.25, 0.5]),
        (Place(bounds=(10, 100, 11, 101)), "16.05 108.2", [16.05, 108.2]),
        (Calculation({"*": [1, 2]}), "1.5e1", 15.0),
    ],
)
def test_a_cell_is_read_as_its_kind_reads_it(kind, written, value):
    assert read(form(kind, OpenText()), f'q0,q1\n"{written}",x\n') == [{"q0": value, "q1": "x"}]


@pytest.mark.parametrize("written", ["", "  "])
@pytest.mark.parametrize("kind", [SelectOne(YES_NO), SelectMultiple(LACKS), Stance(), Integer(), Date(), OpenText(), Consent()])
def test_blank_is_no_answer(kind, written):
    assert read(form(kind, OpenText()), f'q0,q1\n"{written}",x\n') == [{"q1": "x"}]


def test_one_column_per_option_may_be_split_over_groups_and_lack_some():
    content = "g/q0/water,q0/light\n1,0\n0,0\n,\n1.0,TRUE\n"

    assert read(form(SelectMultiple(LACKS)), content) == [{"q0": ["water"]}, {}, {}, {"q0": ["water", "light"]}]


def test_the_whole_column_wins_over_columns_per_option():
    assert read(form(SelectMultiple(LACKS)), "q0,q0/water,q0/light\nlight,1,0\n") == [{"q0": ["light"]}]


def test_a_worded_choice_has_its_words_beside_it():
    questionnaire = form(SelectOne(YES_NO, other=True), SelectMultiple(LACKS, other=True))

    found = read(questionnaire, "q0,q0/text,q1,q1_other\nother,tùy,water other,cây\nyes,stray,light,stray\n")

    assert found == [
        {"q0": {"choice": "other", "text": "tùy"}, "q1": ["water", {"choice": "other", "text": "cây"}]},
        {"q0": "yes", "q1": ["light"]},
    ]


def test_matrix_rows_stand_in_columns_of_their_own():
    matrix = Matrix((Option("r1"), Option("r2")), SATISFACTION)

    assert read(form(matrix), "g/q0/r1,r2\n5,\n,Bình thường\n,\n") == [{"q0": {"r1": 5}}, {"q0": {"r2": 3}}, {}]


WORKS = (Option("road"), Option("drain"), Option("lamp"))


@pytest.mark.parametrize(
    ("kind", "content", "values"),
    [
        (Ranking(WORKS), "g/q0/road,q0/drain,q0/lamp\n2,1,3\n1.0,,2\n,,\n", [["drain", "road", "lamp"], ["road", "lamp"], None]),
        (Points(WORKS), "q0/road,q0/drain,q0/lamp\n60,40,\n0,0,100\n,,\n", [{"road": 60, "drain": 40}, {"lamp": 100}, None]),
        (Points(WORKS), "q0/lamp\n100\n", [{"lamp": 100}]),
        (Place(), "q0/lat,q0/lon\n16.05,108.2\n,\n", [[16.05, 108.2], None]),
        (Place(), "_q0_latitude,_q0_longitude\n16.05,108.2\n", [[16.05, 108.2]]),
        (Place(), "g-q0-Latitude,g-q0-Longitude,g-q0-Altitude\n16.05,108.2,3\n", [[16.05, 108.2]]),
    ],
)
def test_one_answer_may_stand_in_several_columns(kind, content, values):
    lines = content.splitlines()
    with_word = "\n".join([f"{lines[0]},q1", *(f"{line},x" for line in lines[1:])])

    assert read(form(kind, OpenText()), with_word) == [{"q1": "x"} if value is None else {"q0": value, "q1": "x"} for value in values]


def test_a_calculation_without_a_column_is_worked_out_and_its_conditions_hold():
    doubled = Calculation({"*": [{"var": "q0"}, 2]})
    questionnaire = form(Integer(), doubled, SelectOne(YES_NO), q2={">": [{"var": "q1"}, 10]})

    reading = from_table(questionnaire, data.read(b"q0,q2\n6,yes\n5,yes\n,no\n"))

    assert list(folding.answers(reading.frame)) == [{"q0": 6, "q1": 12.0, "q2": "yes"}, {"q0": 5, "q1": 10.0}, {}]
    assert [(note.code.id, note.given) for note in reading.notes] == [("not_asked_answers", {"n": 2, "names": "q2"})]


def test_a_calculation_with_a_column_is_read():
    assert read(form(Integer(), Calculation({"var": "q0"})), "q0,q1\n6,7.5\n") == [{"q0": 6, "q1": 7.5}]


def test_a_choice_that_was_not_offered_is_not_chosen():
    only_yes = {"==": [{"var": "q0"}, "yes"]}
    some = (Option("a"), Option("b", relevant=only_yes))
    questionnaire = form(SelectOne(YES_NO), SelectOne(some), SelectMultiple(some))

    reading = from_table(questionnaire, data.read(b"q0,q1,q2\nyes,b,a b\nno,b,a b\nno,a,b\n,b,b\n"))

    assert list(folding.answers(reading.frame)) == [{"q0": "yes", "q1": "b", "q2": ["a", "b"]}, {"q0": "no", "q2": ["a"]}, {"q0": "no", "q1": "a"}, {}]
    assert reading.notes == []


def test_a_condition_knows_first_ranks_points_hours_and_places():
    asked_if = {
        "and": [
            {"==": [{"var": "q0"}, "drain"]},
            {">": [{"var": "q1/road"}, 50]},
            {"<": [{"var": "q2"}, "08:00"]},
            {"!=": [{"var": "q3/lat"}, None]},
            {"==": [{"var": "q4"}, "20209"]},
        ]
    }
    questionnaire = form(Ranking(WORKS), Points(WORKS), Time(), Place(), UnitChoice(), Integer(), q5=asked_if)
    rows = ["drain road lamp,60,40,07:30,1 2,20209,1", "road drain lamp,60,40,07:30,1 2,20209,1", "drain road lamp,50,50,07:30,1 2,20209,1"]
    rows += ["drain road lamp,60,40,08:00,1 2,20209,1", "drain road lamp,60,40,07:30,,20209,1", "drain road lamp,60,40,07:30,1 2,20197,1"]

    reading = from_table(questionnaire, data.read("\n".join(["q0,q1/road,q1/drain,q2,q3,q4,q5", *rows]).encode()))

    assert reading.frame.asked["q5"].tolist() == [True, False, False, False, False, False]


def test_what_does_not_add_up_is_named_by_row():
    questionnaire = form(Ranking(WORKS), Points(WORKS), Ranking(WORKS), UnitChoice(), Place(), Time())
    content = "q0,q1/road,q1/drain,q2/road,q2/drain,q3,q4,q5\nroad road,60,30,1,1,Tân An,91 0,25:00\nroad mud,x,100,2,3,99999,here,07:30\n"

    with pytest.raises(UnknownValues) as refused:
        read(questionnaire, content)

    assert sorted(refused.value.wrong) == [
        (2, "q0", "road road"),
        (2, "q1/road", "60, 30"),
        (2, "q2/road", "1, 1"),
        (2, "q3", "Tân An"),
        (2, "q4", "91 0"),
        (2, "q5", "25:00"),
        (3, "q0", "road mud"),
        (3, "q1/road", "x, 100"),
        (3, "q2/road", "2, 3"),
        (3, "q3", "99999"),
        (3, "q4", "here"),
    ]


def test_rows_for_the_import_leave_parts_as_they_were_written():
    questionnaire = form(Ranking(WORKS), Points(WORKS), Place(), Calculation({"var": "q1/road"}), UnitChoice())

    found = rows(questionnaire, data.read("q0,q1/road,q1/drain,q2/lat,q2/lon,q3,q4\nroad mud,60,x,16.0,108.2,7,Tân An\n".encode()))

    answers = {"q0": ["road", "mud"], "q1": {"road": "60", "drain": "x"}, "q2": {"lat": "16", "lon": "108.2"}, "q4": "Tân An"}
    assert found == [(2, answers)]


def test_all_unknown_values_are_found_at_once():
    questionnaire = form(SelectOne(YES_NO), SelectMultiple(LACKS), Integer(), Date(), Matrix((Option("r1"),), SATISFACTION))
    content = "q0,q1,q2,q3,q4/r1\nyes,water,1,2026-11-23,5\nmaybe,water mud,1.5,31/2/2026,6\nNO,,many,,\n"

    with pytest.raises(UnknownValues) as refused:
        read(questionnaire, content)

    assert refused.value.wrong == [
        (3, "q0", "maybe"),
        (3, "q1", "water mud"),
        (3, "q2", "1.5"),
        (3, "q3", "31/2/2026"),
        (3, "q4/r1", "6"),
        (4, "q0", "NO"),
        (4, "q2", "many"),
    ]


def test_an_answer_to_what_was_not_asked_is_left_out_and_opens_nothing():
    second, third = {"==": [{"var": "q0"}, "yes"]}, {"==": [{"var": "q1"}, "yes"]}
    questionnaire = form(SelectOne(YES_NO), SelectOne(YES_NO), SelectOne(YES_NO), q1=second, q2=third)

    reading = from_table(questionnaire, data.read(b"q0,q1,q2\nyes,yes,no\nno,yes,no\n,,\nyes,no,yes\n"))

    assert list(folding.answers(reading.frame)) == [{"q0": "yes", "q1": "yes", "q2": "no"}, {"q0": "no"}, {}, {"q0": "yes", "q1": "no"}]
    assert {name: mask.tolist() for name, mask in reading.frame.asked.items()} == {"q1": [True, False, False, True], "q2": [True, False, False, False]}
    assert [(note.code.id, note.given) for note in reading.notes] == [("not_asked_answers", {"n": 3, "names": "q1, q2"})]


def test_rows_for_the_import_keep_what_is_wrong_for_the_check():
    questionnaire = form(SelectOne(YES_NO), SelectMultiple(LACKS), Integer(), Matrix((Option("r1"), Option("r2")), SATISFACTION), OpenText())

    found = rows(questionnaire, data.read("q0,q1,q2,q3/r1,q3/r2,q4\nCó,water mud,12,7,5,x\n\nno,,,,,\n".encode()))

    assert found == [(2, {"q0": "yes", "q1": "water mud", "q2": 12, "q3": {"r1": "7", "r2": 5}, "q4": "x"}), (4, {"q0": "no"})]
