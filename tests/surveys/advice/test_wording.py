"""Advice about words: what each rule must see, and what looks like it and is no fault."""

import pytest

from surveys.advice import wording
from surveys.advice.texts import asked
from surveys.kinds import Consent, Integer, OpenText
from surveys.questionnaire import Question, Questionnaire, Section
from tests.surveys.advice.asking import RATED, STANCE, WHICH, YES_NO, choice, options, rows, said, scale

VI, EN = "vi", "en"


@pytest.mark.parametrize(
    ("label", "kind", "language"),
    [
        ("Ông/bà có đồng ý rằng dự án mở đường mang lại lợi ích cho bà con không?", STANCE, VI),
        ("Chắc hẳn ông/bà đã hài lòng với bộ phận một cửa?", RATED, VI),
        ("Rõ ràng là con đường này quá hẹp. Ông/bà có muốn mở rộng không?", YES_NO, VI),
        ("Ai cũng biết ngõ này ngập khi mưa, ông/bà có đồng ý đóng góp không?", STANCE, VI),
        ("Đa số bà con đã đồng ý mở đường. Còn ông/bà thì sao?", STANCE, VI),
        ("Việc sáp nhập thôn là cần thiết, phải không?", YES_NO, VI),
        ("Ông/bà ủng hộ chủ trương đúng đắn này ở mức nào?", RATED, VI),
        ("Phải chăng trạm y tế đang thiếu bác sĩ?", YES_NO, VI),
        ("Hẳn là ông/bà muốn khu dân cư sạch hơn?", YES_NO, VI),
        ("Như ông/bà đã biết, phường đang thiếu chỗ đỗ xe. Có nên làm bãi xe không?", STANCE, VI),
        ("Don't you agree that the road is too narrow?", STANCE, EN),
        ("Do you agree that the new market benefits everybody?", STANCE, EN),
        ("Surely you want cleaner streets?", YES_NO, EN),
        ("Clearly, the lane floods. Should it be raised?", STANCE, EN),
        ("The merger is needed, right?", YES_NO, EN),
        ("Most residents already support the plan. Do you?", STANCE, EN),
        ("How much do you support this excellent plan?", RATED, EN),
    ],
)
def test_leading_words_are_seen(label, kind, language):
    assert said(wording.leading, label, kind, language=language) == ["leading_words"]


@pytest.mark.parametrize(
    ("label", "kind", "language"),
    [
        ("Ông/bà có đồng ý với dự thảo chỉnh trang đường khu dân cư không?", STANCE, VI),
        ("Phí, lệ phí có rõ ràng không?", YES_NO, VI),
        ("Học phí của trường có phải chăng không?", YES_NO, VI),
        ("Ông/bà có chắc chắn là đã nhận được giấy mời họp không?", YES_NO, VI),
        ("Cán bộ có giải quyết đúng không?", YES_NO, VI),
        ("Theo ông/bà, dự án này thiết thực đến mức nào?", RATED, VI),
        ("Theo ông/bà, chủ trương này có đúng đắn không?", STANCE, VI),
        ("Ai trong nhà đi làm thủ tục?", WHICH, VI),
        ("Tôi đồng ý rằng số điện thoại này chỉ dùng để trả lời tôi.", Consent(), VI),
        ("Nếu không hài lòng, xin cho biết vì sao", OpenText(), VI),
        ("Do you agree with the draft plan?", STANCE, EN),
        ("Are the fees shown clearly?", YES_NO, EN),
        ("To what extent do you agree or disagree with the plan?", RATED, EN),
        ("Is the way to the right office easy to find?", YES_NO, EN),
        ("What course of action should come first?", WHICH, EN),
        ("Of course you may skip this. Do you use the bus?", YES_NO, EN),
    ],
)
def test_plain_questions_are_not_leading(label, kind, language):
    assert said(wording.leading, label, kind, language=language) == []


@pytest.mark.parametrize(
    ("label", "language"),
    [
        ("Vì sao ông/bà hài lòng với bộ phận một cửa?", VI),
        ("Tại sao ông/bà ủng hộ phương án này?", VI),
        ("Vì sao ông/bà chưa hài lòng?", VI),
        ("Vì sao bà con phản đối dự án?", VI),
        ("Điều gì khiến ông/bà không đồng ý?", VI),
        ("Why do you support the plan?", EN),
        ("Why are you not satisfied?", EN),
        ("What makes you worried about the merger?", EN),
    ],
)
def test_a_reason_asked_of_everybody_presumes(label, language):
    assert said(wording.presuming, label, WHICH, language=language) == ["presumed_answer"]


@pytest.mark.parametrize(
    ("label", "relevant", "language"),
    [
        ("Vì sao ông/bà chưa hài lòng?", {"<=": [{"var": "overall"}, 2]}, VI),
        ("Why do you support the plan?", {"==": [{"var": "whole"}, "agree"]}, EN),
        ("Vì sao thủ tục phải làm lại nhiều lần?", None, VI),
        ("Cần sửa điều gì để ông/bà đồng ý?", None, VI),
        ("Theo ông/bà, vì sao ngõ bị ngập?", None, VI),
        ("Why does the lane flood?", None, EN),
        ("What would have to change for you to agree?", None, EN),
    ],
)
def test_a_reason_for_those_who_said_so_does_not_presume(label, relevant, language):
    assert said(wording.presuming, label, WHICH, language=language, relevant=relevant) == []


@pytest.mark.parametrize(
    ("label", "kind", "language"),
    [
        ("Điện và nước ở khu dân cư có tốt không?", YES_NO, VI),
        ("Ông/bà hài lòng với thái độ và năng lực của cán bộ ở mức nào?", RATED, VI),
        ("Cán bộ có nhiệt tình và đúng giờ không?", YES_NO, VI),
        ("Ông/bà có đồng ý mở đường và thu hồi đất hai bên không?", STANCE, VI),
        ("Trường học cũng như trạm y tế phục vụ tốt ở mức nào?", RATED, VI),
        ("Ông/bà có biết dự án này không? Có đồng ý không?", STANCE, VI),
        ("Đánh giá từng mặt", rows("Chỗ ngồi chờ", "Phòng vệ sinh và nước uống"), VI),
        ("How satisfied are you with the staff and the waiting time?", RATED, EN),
        ("Is the street clean and safe?", YES_NO, EN),
        ("Do you agree with the road and the new market?", STANCE, EN),
        ("Do you know the plan? Do you agree with it?", STANCE, EN),
    ],
)
def test_two_questions_in_one_are_seen(label, kind, language):
    assert said(wording.two_questions, label, kind, language=language) == ["two_questions"]


@pytest.mark.parametrize(
    ("label", "kind", "language"),
    [
        ("Thủ tục và giấy tờ có được hướng dẫn đầy đủ không?", YES_NO, VI),
        ("Ông/bà hài lòng với Bộ phận Tiếp nhận và Trả kết quả ở mức nào?", RATED, VI),
        ("Ông/bà và gia đình có sống ở đây trước năm 2020 không?", YES_NO, VI),
        ("Sau khi nộp hồ sơ và nhận giấy hẹn, ông/bà có được báo tin không?", YES_NO, VI),
        ("Khoảng cách giữa trường và trạm y tế có xa không?", YES_NO, VI),
        ("Ông/bà có trong độ tuổi từ 18 và 60 không?", YES_NO, VI),
        ("Điểm 2. Làm vỉa hè và rãnh thoát nước hai bên đường", STANCE, VI),
        ("Ông/bà quan tâm đến việc nào trong khu dân cư và trong phường?", WHICH, VI),
        ("Mùa mưa vừa rồi ngõ bị ngập và tắc. Ông/bà hài lòng với việc thoát nước ở mức nào?", RATED, VI),
        ("An ninh và trật tự ở khu dân cư thế nào?", RATED, VI),
        ("Góp ý về đường, điện và nước", OpenText(), VI),
        ("Nhà ông/bà có giấy chứng nhận quyền sử dụng đất và nhà ở không?", YES_NO, VI),
        ("Nhà văn hóa có mở cửa vào thứ Bảy và Chủ nhật không?", YES_NO, VI),
        ("Is the library open on Saturday and Sunday?", YES_NO, EN),
        ("Should the ward and commune be merged?", STANCE, EN),
        ("How satisfied are you with law and order here?", RATED, EN),
        ("After you filed and paid, were you told the date?", YES_NO, EN),
        ("Do you and your family live on this street?", YES_NO, EN),
        ("Which roads and lanes flood?", WHICH, EN),
    ],
)
def test_one_question_about_one_thing_passes(label, kind, language):
    assert said(wording.two_questions, label, kind, language=language) == []


@pytest.mark.parametrize(
    ("label", "kind", "language"),
    [
        ("Ông/bà có không phản đối việc mở đường không?", YES_NO, VI),
        ("Theo ông/bà, có phải không nên không thu phí rác?", YES_NO, VI),
        ("Ông/bà có đồng ý không thu phí giữ xe ở chợ không?", STANCE, VI),
        ("Có thể nói thủ tục này không thể không sửa?", YES_NO, VI),
        ("Ông/bà không đồng ý bỏ quy định cấm xe tải?", YES_NO, VI),
        ("Việc thu gom rác có phải là không bất tiện không?", YES_NO, VI),
        ("Do you oppose not charging for parking?", STANCE, EN),
        ("Should residents not be refused a permit?", YES_NO, EN),
        ("Do you agree that fees should not be charged?", STANCE, EN),
        ("Is the procedure not unclear?", YES_NO, EN),
        ("Do you disagree with banning lorries?", STANCE, EN),
    ],
)
def test_double_negatives_are_seen(label, kind, language):
    assert said(wording.double_negative, label, kind, language=language) == ["double_negative"]


@pytest.mark.parametrize(
    ("label", "kind", "language"),
    [
        ("Ông/bà đồng ý hay không đồng ý với dự thảo?", STANCE, VI),
        ("Ông/bà có đồng ý không?", STANCE, VI),
        ("Khu dân cư có thiếu không gian cho trẻ em không?", YES_NO, VI),
        ("Nơi này có không khí trong lành không?", YES_NO, VI),
        ("Ông/bà có đồng ý không nếu đường chỉ rộng 4 mét?", STANCE, VI),
        ("Vì sao ông/bà không hài lòng?", WHICH, VI),
        ("Nhà ông/bà có bị ngập hay không?", YES_NO, VI),
        ("Có khi nào ông/bà không nộp được hồ sơ không?", YES_NO, VI),
        ("Do you agree or disagree with the draft?", STANCE, EN),
        ("Were you not told when to come back?", YES_NO, EN),
        ("Do you oppose the plan?", STANCE, EN),
        ("Should lorries be banned from the lane?", STANCE, EN),
        ("Why did you not come to the meeting?", WHICH, EN),
    ],
)
def test_one_negation_or_none_passes(label, kind, language):
    assert said(wording.double_negative, label, kind, language=language) == []


@pytest.mark.parametrize(
    ("label", "kind", "language"),
    [
        ("Cán bộ có luôn luôn trả kết quả đúng hẹn không?", YES_NO, VI),
        ("Đèn đường có lúc nào cũng sáng không?", YES_NO, VI),
        ("Ông/bà không bao giờ phải chờ lâu?", YES_NO, VI),
        ("Khu dân cư có tuyệt đối an toàn không?", YES_NO, VI),
        ("Đèn ở ngõ có luôn sáng không?", YES_NO, VI),
        ("Are the staff always polite?", YES_NO, EN),
        ("Is the lane never flooded?", YES_NO, EN),
        ("Is the office open at all times?", YES_NO, EN),
    ],
)
def test_absolute_words_are_seen(label, kind, language):
    assert said(wording.absolute, label, kind, language=language) == ["absolute_words"]


@pytest.mark.parametrize(
    ("label", "kind", "language"),
    [
        ("Bao giờ thì nên thi công?", YES_NO, VI),
        ("Tất cả thành viên trong hộ có thẻ bảo hiểm y tế không?", YES_NO, VI),
        ("Ông/bà có nhận được mọi giấy tờ trong một lần không?", YES_NO, VI),
        ("Góp ý của ông/bà để con đường luôn sạch", OpenText(), VI),
        ("Lần gần đây nhất đèn ngõ có sáng không?", choice("Luôn luôn", "Có lúc", "Không bao giờ"), VI),
        ("Were all papers returned together?", YES_NO, EN),
        ("When is the best time for the works?", YES_NO, EN),
        ("What should never be built here?", OpenText(), EN),
    ],
)
def test_other_words_are_not_absolute(label, kind, language):
    assert said(wording.absolute, label, kind, language=language) == []


@pytest.mark.parametrize(
    ("label", "kind", "language"),
    [
        ("Ông/bà có thường xuyên đi họp tổ dân phố không?", YES_NO, VI),
        ("Ông/bà đi họp thế nào?", choice("Thường xuyên", "Thỉnh thoảng", "Hiếm khi", "Chưa bao giờ"), VI),
        ("Rác được thu gom thế nào?", choice("Rất thường xuyên", "Thường xuyên", "Không thường xuyên"), VI),
        ("Ông/bà có hay đi chợ này không?", YES_NO, VI),
        ("Ngõ ngập thế nào?", scale("Hiếm khi", "Đôi khi", "Thường xuyên"), VI),
        ("Do you often use the library?", YES_NO, EN),
        ("How often does the lane flood?", choice("Often", "Sometimes", "Rarely", language="en"), EN),
    ],
)
def test_vague_words_for_how_often_are_seen(label, kind, language):
    assert said(wording.vague_often, label, kind, language=language) == ["vague_often"]


@pytest.mark.parametrize(
    ("label", "kind", "language"),
    [
        ("Trong 12 tháng qua, ông/bà đi họp tổ dân phố mấy lần?", choice("0 lần", "1 lần", "2 lần trở lên"), VI),
        ("Ông/bà đi họp thế nào?", choice("Thường xuyên (mỗi tháng)", "Thỉnh thoảng (mỗi năm vài lần)", "Không đi"), VI),
        ("Nhà ông/bà có bị ngập hay không?", YES_NO, VI),
        ("Hộ ông/bà có đăng ký thường trú ở đây không?", YES_NO, VI),
        ("Ông/bà có thường trú tại phường không?", YES_NO, VI),
        ("Đánh giá từng mặt", rows("Quét dọn thường xuyên", "Xe rác đến đúng giờ"), VI),
        ("How often did you come in the past 12 months?", choice("Once", "Twice", "Three times or more", language="en"), EN),
        ("Where do you usually leave your suggestions?", WHICH, EN),
    ],
)
def test_numbers_and_other_words_are_not_vague(label, kind, language):
    assert said(wording.vague_often, label, kind, language=language) == []


@pytest.mark.parametrize(
    ("label", "language"),
    [
        ("Ông/bà đã đến bộ phận một cửa bao nhiêu lần?", VI),
        ("Ông/bà góp ý với phường mấy lần?", VI),
        ("Nhà ông/bà bị ngập mấy lần?", VI),
        ("Bao lâu một lần xe rác đến?", VI),
        ("How many times have you been to the clinic?", EN),
        ("How often is the waste collected?", EN),
    ],
)
def test_how_many_times_without_since_when_is_seen(label, language):
    assert said(wording.without_period, label, Integer(), language=language) == ["no_period"]


@pytest.mark.parametrize(
    ("label", "kind", "language", "hint"),
    [
        ("Trong 12 tháng qua, ông/bà đến bộ phận một cửa bao nhiêu lần?", Integer(), VI, ""),
        ("Ông/bà phải đi lại mấy lần mới xong việc đó?", Integer(), VI, ""),
        ("Nhà ông/bà bị ngập mấy lần?", Integer(), VI, "Từ đầu năm 2026 đến nay."),
        ("Ông/bà đến bộ phận một cửa mấy lần?", choice("Mỗi tháng một lần", "Mỗi năm một lần"), VI, ""),
        ("Lần nào ông/bà chờ lâu nhất?", OpenText(), VI, ""),
        ("How many times did you have to come to finish?", Integer(), EN, ""),
        ("How many times did it flood this year?", Integer(), EN, ""),
        ("How many trees should be planted?", Integer(), EN, ""),
    ],
)
def test_how_many_times_with_a_period_passes(label, kind, language, hint):
    assert said(wording.without_period, label, kind, language=language, hint={language: hint}) == []


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("Ông/bà có hài lòng với việc giải quyết TTHC không?", YES_NO),
        ("Công tác GPMB của dự án thế nào?", RATED),
        ("Cơ quan nào trả lời ông/bà?", choice("UBND phường", "Công an phường")),
        ("Ông/bà có thẻ BHYT không?", YES_NO),
        ("Khu dân cư đã lắp thiết bị PCCC chưa?", YES_NO),
        ("Đánh giá từng mặt", rows("Tiếp công dân của HĐND")),
    ],
)
def test_abbreviations_nobody_spelled_out_are_seen(label, kind):
    assert said(wording.abbreviated, label, kind) == ["abbreviation"]


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("Ủy ban nhân dân (UBND) phường có trả lời ông/bà không?", YES_NO),
        ("Ông/bà có dùng mã QR để nộp phí không?", YES_NO),
        ("Căn cứ Nghị định 59/2023/NĐ-CP, ông/bà có biết quyền này không?", YES_NO),
        ("Mục II của dự thảo", STANCE),
        ("PHIẾU LẤY Ý KIẾN", STANCE),
        ("Trục đường ĐT605 có cần mở rộng không?", STANCE),
        ("${ten} có đồng ý không?", STANCE),
        ("Đèn LED có đủ sáng không?", YES_NO),
    ],
)
def test_words_and_numbers_are_no_abbreviations(label, kind):
    assert said(wording.abbreviated, label, kind) == []


def test_an_abbreviation_spelled_out_anywhere_before_is_known():
    heading = {"vi": "Về Ủy ban nhân dân (UBND)"}
    form = Questionnaire((Section("s", (Question("q", YES_NO, {"vi": "UBND có trả lời không?"}),), heading),))

    assert [wording.abbreviated(one) for one in asked(form)] == [None]


def test_what_is_said_names_the_words_and_the_row():
    form = Questionnaire((Section("s", (Question("m", rows("Giá", "Điện và nước"), {"vi": "Đánh giá"}),)),))

    problem = wording.two_questions(next(asked(form)))

    assert problem is not None
    assert (problem.where, problem.given) == ("m/2", {"given": "điện và nước"})


def test_letters_composed_otherwise_and_marks_placed_otherwise_are_read_alike():
    import unicodedata

    assert said(wording.leading, unicodedata.normalize("NFD", "Chắc hẳn ông/bà hài lòng?"), YES_NO) == ["leading_words"]
    assert said(wording.two_questions, "Hội đồng nhân dân và Uỷ ban nhân dân có trả lời không?", YES_NO) == []
    assert options("a")[0].name == "1"
