"""What an XLSForm says, in our kinds."""

from surveys.formats import Taken, read
from surveys.kinds import SATISFACTION, Consent, Date, Decimal, Integer, Matrix, Note, OpenText, Option, Scale, SelectMultiple, SelectOne, Stance
from surveys.questionnaire import Question, Section

LIKERT = [("list_name", "name", "label"), *(("sat", int(option.name), option.label["vi"]) for option in SATISFACTION)]
VI_SATISFACTION = tuple(Option(option.name, {"vi": option.label["vi"]}) for option in SATISFACTION)


def taken(data: bytes) -> Taken:
    return read(data, "form.xlsx")


def kinds(found: Taken) -> dict[str, object]:
    return {question.name: question.kind for question in found.questionnaire.questions()}


def test_plain_kinds_are_taken(workbook, yes_no):
    rows = [
        ("select_one yes_no", "one"), ("select_multiple yes_no or_other", "many"), ("integer", "whole"), ("decimal", "number"), ("date", "day"),
        ("text", "short"), ("note", "read_this"), ("acknowledge", "consent"), ("select one from yes_no or specify other", "old_words"),
    ]  # fmt: skip
    data = workbook(survey=[("type", "name", "label"), *((kind, name, name.title()) for kind, name in rows)], choices=yes_no)

    found = taken(data)

    options = (Option("yes", {"vi": "Có"}), Option("no", {"vi": "Không"}))
    assert kinds(found) == {
        "one": SelectOne(options), "many": SelectMultiple(options, other=True), "whole": Integer(), "number": Decimal(), "day": Date(),
        "short": OpenText(), "read_this": Note(), "consent": Consent(), "old_words": SelectOne(options, other=True),
    }  # fmt: skip
    assert (found.losses, found.problems) == ((), ())


def test_settings_are_taken(workbook):
    data = workbook(survey=[("type", "name", "label"), ("text", "q", "Q")], settings=[("form_title", "form_id", "version"), ("Tên phiếu", "phieu", 20261123)])

    found = taken(data).questionnaire

    assert (found.title, found.name, found.version, found.languages) == ({"vi": "Tên phiếu"}, "phieu", "20261123", ("vi",))


def test_labels_in_languages_are_taken_and_those_without_belong_to_the_default(workbook):
    header = ("type", "name", "label", "label::English (en)", "hint::Cơ Tu (ktv)", "label::french")
    data = workbook(survey=[header, ("text", "q", "Tên đường?", "Street name?", "Gợi ý", "Rue ?")])

    found = taken(data)

    question = found.questionnaire.question("q")
    assert question.label == {"vi": "Tên đường?", "en": "Street name?", "fr": "Rue ?"}
    assert question.hint == {"ktv": "Gợi ý"}
    assert found.questionnaire.languages == ("vi", "en", "ktv", "fr")
    assert found.losses == ()


def test_labels_without_a_language_belong_to_default_language(workbook):
    data = workbook(
        survey=[("type", "name", "label", "label::Tiếng Việt (vi)"), ("text", "q", "Street?", "Đường?")],
        settings=[("form_id", "default_language"), ("f", "English (en)")],
    )

    found = taken(data).questionnaire

    assert found.question("q").label == {"en": "Street?", "vi": "Đường?"}
    assert found.languages == ("en", "vi")


def test_likert_of_whole_numbers_is_a_scale_lowest_first(workbook):
    upside_down = [LIKERT[0], *reversed(LIKERT[1:])]
    data = workbook(survey=[("type", "name", "label", "appearance"), ("select_one sat", "q", "Q", "w1 likert")], choices=upside_down)

    assert kinds(taken(data)) == {"q": Scale(VI_SATISFACTION)}


def test_without_likert_the_same_list_stays_a_select(workbook):
    data = workbook(survey=[("type", "name", "label"), ("select_one sat", "q", "Q")], choices=LIKERT)

    assert kinds(taken(data)) == {"q": SelectOne(VI_SATISFACTION)}


def test_answers_beside_a_scale_are_missing_where_they_plainly_are(workbook):
    for name, label in ((98, "98"), ("dk", "Không biết"), (9, "9"), (6, "Không có ý kiến"), (0, "Don’t know"), (-9, "Từ chối trả lời")):
        data = workbook(survey=[("type", "name", "label", "appearance"), ("select_one sat", "q", "Q", "likert")], choices=[*LIKERT, ("sat", name, label)])

        assert kinds(taken(data)) == {"q": Scale(VI_SATISFACTION, (Option(str(name), {"vi": label}),))}, name


def test_an_answer_that_may_mean_anything_leaves_a_select(workbook):
    for name, label in (("maybe", "Có thể"), (7, "Tuyệt vời"), ("yes", "Có")):
        data = workbook(survey=[("type", "name", "label", "appearance"), ("select_one sat", "q", "Q", "likert")], choices=[*LIKERT, ("sat", name, label)])

        assert isinstance(kinds(taken(data))["q"], SelectOne), name


def test_a_neutral_middle_that_says_no_opinion_stays_in_the_scale(workbook):
    choices = [("list_name", "name", "label"), ("s", 1, "Kém"), ("s", 2, "Không có ý kiến"), ("s", 3, "Tốt")]
    data = workbook(survey=[("type", "name", "label", "appearance"), ("select_one s", "q", "Q", "likert")], choices=choices)

    assert [option.name for option in kinds(taken(data))["q"].options] == ["1", "2", "3"]


def test_a_table_of_likerts_is_a_matrix(workbook):
    survey = [
        ("type", "name", "label", "appearance", "required", "hint"),
        ("begin_group", "desk", "Từng mặt", "table-list", None, "Mỗi dòng một mức"),
        ("select_one sat", "place", "Chỗ ngồi", "likert", "yes"),
        ("select_one sat", "time", "Đúng hẹn", "likert", "yes"),
        ("end_group",),
    ]

    found = taken(workbook(survey=survey, choices=LIKERT))

    rows = (Option("place", {"vi": "Chỗ ngồi"}), Option("time", {"vi": "Đúng hẹn"}))
    question = Question("desk", Matrix(rows, VI_SATISFACTION), {"vi": "Từng mặt"}, {"vi": "Mỗi dòng một mức"}, required=True, source="survey!2")
    assert list(found.questionnaire.questions()) == [question]
    assert found.losses == ()


def test_a_table_drawn_the_older_way_is_a_matrix_and_its_heading_is_named(workbook):
    survey = [
        ("type", "name", "label", "appearance"),
        ("begin_group", "desk", "Từng mặt", "field-list"),
        ("select_one sat", "head", "Mức", "label"),
        ("select_one sat", "place", "Chỗ ngồi", "list-nolabel"),
        ("select_one sat", "time", "Đúng hẹn", "list-nolabel"),
        ("end_group",),
    ]

    found = taken(workbook(survey=survey, choices=LIKERT))

    assert kinds(found) == {"desk": Matrix((Option("place", {"vi": "Chỗ ngồi"}), Option("time", {"vi": "Đúng hẹn"})), VI_SATISFACTION)}
    assert [(loss.where, loss.given) for loss in found.losses] == [("survey!3", {"column": "label", "given": "Mức"})]


def test_likerts_that_differ_stay_questions_of_their_own(workbook):
    choices = [*LIKERT, ("other", 1, "Ít"), ("other", 2, "Vừa"), ("other", 3, "Nhiều")]
    rows = [("select_one sat", "a", "A", "likert", None), ("select_one other", "b", "B", "likert", None)]
    survey = [("type", "name", "label", "appearance", "required"), ("begin_group", "g", None, "field-list"), *rows, ("end_group",)]
    assert set(kinds(taken(workbook(survey=survey, choices=choices)))) == {"a", "b"}

    rows = [("select_one sat", "a", "A", "likert", None), ("select_one sat", "b", "B", "likert", "yes")]
    survey = [("type", "name", "label", "appearance", "required"), ("begin_group", "g", None, "field-list"), *rows, ("end_group",)]
    assert set(kinds(taken(workbook(survey=survey, choices=choices)))) == {"a", "b"}


def test_a_stance_with_its_text_is_one_question(workbook):
    survey = [
        ("type", "name", "label", "appearance", "relevant", "constraint", "required"),
        ("select_one stance", "p1", "Điểm 1", "stance", None, None, "yes"),
        ("text", "p1_text", "Ý kiến khác", "multiline stance", "${p1} = 'other'", "string-length(.) <= 500", "yes"),
        ("text", "more", "Thêm", None, None, None, None),
    ]
    choices = [("list_name", "name", "label"), ("stance", "agree", "Đồng ý"), ("stance", "disagree", "Không đồng ý"), ("stance", "other", "Ý kiến khác")]

    found = taken(workbook(survey=survey, choices=choices))

    assert kinds(found) == {"p1": Stance(500), "more": OpenText()}
    assert found.questionnaire.question("p1").required
    assert found.losses == ()


def test_groups_are_sections_and_inner_groups_flow_into_them(workbook, yes_no):
    survey = [
        ("type", "name", "label", "relevant"),
        ("select_one yes_no", "lives", "Ở đây?", None),
        ("begin_group", "house", "Nhà", "${lives} = 'yes'"),
        ("integer", "people", "Mấy người?", None),
        ("begin group", "old", "Người già", "${people} > 2"),
        ("integer", "old_count", "Mấy người già?", "${people} < 9"),
        ("end group", "old"),
        ("end_group",),
        ("text", "last", "Còn gì?", None),
    ]

    found = taken(workbook(survey=survey, choices=yes_no))

    more, fewer = {">": [{"var": "people"}, 2]}, {"<": [{"var": "people"}, 9]}
    kind = SelectOne((Option("yes", {"vi": "Có"}), Option("no", {"vi": "Không"})))
    assert found.questionnaire.sections == (
        Section("section_1", (Question("lives", kind, {"vi": "Ở đây?"}, source="survey!2"),)),
        Section(
            "house",
            (
                Question("people", Integer(), {"vi": "Mấy người?"}, source="survey!4"),
                Question("old", Note(), {"vi": "Người già"}, relevant=more, source="survey!5"),
                Question("old_count", Integer(), {"vi": "Mấy người già?"}, relevant={"and": [more, fewer]}, source="survey!6"),
            ),
            label={"vi": "Nhà"},
            relevant={"==": [{"var": "lives"}, "yes"]},
            source="survey!3",
        ),
        Section("section_2", (Question("last", OpenText(), {"vi": "Còn gì?"}, source="survey!9"),)),
    )
    assert found.losses == ()


def test_text_says_how_long_and_a_slider_is_a_whole_number(workbook):
    header = ("type", "name", "label", "appearance", "parameters")
    data = workbook(
        survey=[header, ("text", "a", "A", "multiline", None), ("text", "b", "B", None, "rows=4"), ("range", "c", "C", None, "start=0 end=10 step=1")]
    )

    found = taken(data)

    assert kinds(found) == {"a": OpenText(long=True), "b": OpenText(long=True), "c": Integer(0, 10)}
    assert found.losses == ()


def test_what_may_only_be_read_is_a_note_and_said_so(workbook):
    rows = [("text", "q", "Chỉ để đọc", "yes"), ("text", "p", "Điền", "no"), ("note", "n", "Đọc", "yes")]

    found = taken(workbook(survey=[("type", "name", "label", "read_only"), *rows]))

    assert kinds(found) == {"q": Note(), "p": OpenText(), "n": Note()}
    assert [(loss.where, loss.code.id) for loss in found.losses] == [("survey!2", "lost_cell")]


def test_a_disabled_row_is_no_row(workbook):
    data = workbook(survey=[("type", "name", "label", "disabled"), ("text", "q", "Q", None), ("geopoint", "p", "P", "yes")])

    found = taken(data)

    assert (set(kinds(found)), found.losses) == ({"q"}, ())


def test_a_workbook_of_one_sheet_is_the_survey(workbook):
    assert set(kinds(taken(workbook(Sheet1=[("type", "name", "label"), ("text", "q", "Q")])))) == {"q"}


def test_letters_are_composed(workbook):
    data = workbook(survey=[("type", "name", "label"), ("text", "q", "Thanh Khê")])

    assert taken(data).questionnaire.question("q").label == {"vi": "Thanh Khê"}
