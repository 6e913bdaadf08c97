"""The sentences of the advice: what is doubtful, and how to ask instead."""

from surveys.problems import Code

LEADING = Code(
    "leading_words", "Lời “{given}” gợi sẵn câu trả lời.", "Hỏi trung lập: bỏ lời đó, để người trả lời tự chọn giữa đồng ý và không đồng ý, tốt và chưa tốt."
)
PRESUMING = Code(
    "presumed_answer",
    "Câu này hỏi “{given}” với mọi người, như thể ai cũng đã trả lời như vậy.",
    "Hỏi trước xem có hay không, rồi đặt điều kiện để chỉ hỏi lý do những người đó.",
)
TWO_QUESTIONS = Code("two_questions", "Câu này có thể hỏi hai điều cùng lúc: “{given}”.", "Tách thành hai câu, hoặc chỉ giữ điều cần biết.")
DOUBLE_NEGATIVE = Code("double_negative", "“{given}” là phủ định khó hiểu: trả lời “có” nghĩa là gì?", "Viết lại câu theo lối khẳng định.")
ABSOLUTE = Code("absolute_words", "Từ “{given}” quá tuyệt đối nên ít ai chọn “có”.", "Hỏi số lần, hoặc hỏi lần gần đây nhất.")
VAGUE_OFTEN = Code("vague_often", "“{given}” mỗi người hiểu một khác.", "Hỏi số lần trong một khoảng thời gian, ví dụ “mỗi tuần một lần trở lên”.")
NO_PERIOD = Code("no_period", "Câu này hỏi số lần mà không nói trong khoảng thời gian nào.", "Thêm khoảng thời gian, ví dụ “trong 12 tháng qua”.")
ABBREVIATION = Code("abbreviation", "Chữ viết tắt “{given}” chưa được viết đầy đủ ở đâu trong phiếu.", "Viết đầy đủ, ít nhất ở lần đầu.")
UNBALANCED = Code("unbalanced_scale", "Thang này có {up} mức khen và {down} mức chê.", "Để số mức khen và số mức chê bằng nhau.")
NO_MIDDLE = Code("no_middle", "Số của các mức bỏ qua một số ở giữa nhưng thang không có mức giữa.", "Thêm mức “Bình thường”, hoặc đánh số liên tiếp.")
NO_DONT_KNOW = Code(
    "no_dont_know", "Thang này không có chỗ cho người không biết hoặc không có ý kiến.", "Thêm lựa chọn “Không biết, không có ý kiến”, đứng riêng ngoài thang."
)
OVERLAP = Code("overlapping_ranges", "Hai khoảng “{first}” và “{second}” chồng lên nhau.", "Sửa để mỗi trường hợp chỉ thuộc một khoảng.")
GAP = Code("gap_between_ranges", "Giữa “{first}” và “{second}” còn khoảng chưa có lựa chọn nào.", "Sửa để trường hợp nào cũng có chỗ chọn.")
NO_OTHER = Code("no_other", "Danh sách này khó kể hết mà không có “Ý khác”.", "Cho phép ghi ý khác.")
LONG_OPTION = Code("long_option", "Lựa chọn “{given}” dài {n} ký tự, khó đọc trên điện thoại.", "Viết ngắn dưới {high} ký tự.")
LONG_TIME = Code(
    "long_time", "Trả lời hết mất khoảng {minutes} phút; nhiều người sẽ bỏ dở trên điện thoại.", "Bỏ bớt câu, nhất là câu tự viết; giữ dưới {high} phút."
)
