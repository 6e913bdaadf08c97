"""What `review` can find in a questionnaire or a consultation before it may open."""

from surveys.problems import Code

# It cannot work
NO_QUESTIONS = Code("no_questions", "Bộ câu hỏi chưa có câu nào để trả lời.", "Thêm ít nhất một câu hỏi.")
BAD_NAME = Code(
    "bad_name", "Tên “{given}” không dùng được.", "Bắt đầu bằng chữ cái hoặc dấu gạch dưới, tiếp theo chỉ có chữ, số và . _ -; nhiều nhất 64 ký tự."
)
DUPLICATE_NAME = Code("duplicate_name", "Có hai câu hỏi cùng tên “{given}”.", "Đặt tên khác cho một câu.")
DUPLICATE_SECTION = Code("duplicate_section", "Có hai phần cùng tên “{given}”.", "Đặt tên khác cho một phần.")
NO_OPTIONS = Code("no_options", "Câu này chưa có lựa chọn nào.", "Thêm ít nhất hai lựa chọn.")
NO_ROWS = Code("no_rows", "Bảng này chưa có dòng nào.", "Thêm ít nhất một dòng.")
BAD_OPTION_NAME = Code(
    "bad_option_name",
    "Tên lựa chọn “{given}” không dùng được.",
    "Bỏ dấu gạch chéo, dấu cách ở hai đầu (chọn nhiều ý thì bỏ mọi dấu cách); nhiều nhất 64 ký tự.",
)
DUPLICATE_OPTION = Code("duplicate_option", "Câu này có hai lựa chọn cùng tên “{given}”.", "Đặt tên khác cho một lựa chọn.")
RESERVED_OPTION = Code("reserved_option", "Tên lựa chọn “{given}” dành riêng cho ý khác do người trả lời tự ghi.", "Đặt tên khác cho lựa chọn này.")
SCALE_NAME = Code("scale_name", "Mức “{given}” của thang điểm không phải là số nguyên.", "Đặt tên các mức là số nguyên, từ thấp đến cao.")
SCALE_ORDER = Code("scale_order", "Các mức của thang điểm không đi từ thấp đến cao.", "Xếp lại các mức từ số nhỏ đến số lớn.")
LIMIT_UNREADABLE = Code("limit_unreadable", "Giới hạn “{given}” không phải là một ngày.", "Ghi theo dạng 2026-11-23.")
TOO_FEW_OPTIONS = Code("too_few_options", "Phải chọn ít nhất {low} ý nhưng chỉ có {n} lựa chọn.", "Giảm số ý phải chọn, hoặc thêm lựa chọn.")
NO_ROOM = Code("no_room", "Độ dài tối đa {given} không ghi được gì.", "Đặt độ dài từ 1 ký tự trở lên.")
NO_WORDS = Code("no_words", "“{given}” chưa có lời.", "Viết lời bằng tiếng Việt.")

# The law forbids it
SILENCE = Code("silence_as_agreement", "Lời này coi việc không trả lời là đồng ý: “{given}”.", "Bỏ câu đó: không trả lời không bao giờ là đồng ý.")

# Advice
NO_VIETNAMESE = Code("no_vietnamese", "{n} chỗ chưa có tiếng Việt, đầu tiên là “{given}”.", "Viết lời tiếng Việt trước khi mở.")
UNTRANSLATED = Code("untranslated", "{n} chỗ chưa dịch sang “{language}”, đầu tiên là “{given}”.", "Dịch nốt, hoặc bỏ ngôn ngữ này.")
PERSONAL_DATA = Code(
    "personal_data",
    "Câu này hỏi dữ liệu cá nhân mà bộ câu hỏi không có mục xin đồng ý.",
    "Bỏ câu này nếu không thật cần, hoặc thêm mục xin đồng ý nêu rõ để làm gì.",
)
SENSITIVE_DATA = Code(
    "sensitive_data", "Câu này hỏi dữ liệu cá nhân nhạy cảm.", "Bỏ câu này nếu không thật cần; nếu hỏi thì không bắt buộc và xin đồng ý riêng."
)
LONG_FORM = Code("long_form", "Bộ câu hỏi có {n} câu, khoảng {minutes} phút; nhiều người sẽ bỏ dở trên điện thoại.", "Giữ dưới {high} câu nếu được.")
LONG_SECTION = Code("long_section", "Phần này có {n} câu trên một màn hình.", "Chia thành nhiều phần, mỗi phần không quá {high} câu.")
LONG_LABEL = Code("long_label", "Câu hỏi dài {n} ký tự, khó đọc trên điện thoại.", "Viết ngắn dưới {high} ký tự; phần giải thích để ở lời dẫn.")
MANY_OPTIONS = Code("many_options", "Câu này có {n} lựa chọn, khó chọn trên điện thoại.", "Gộp lại còn không quá {high} lựa chọn.")
NO_LEGAL_SCALE = Code(
    "no_legal_scale",
    "Không có câu nào dùng thang năm mức hài lòng đúng lời và thứ tự: {labels}.",
    "Dùng thang này để tính được chỉ số hài lòng.",
)
OTHER_SCALE = Code("other_scale", "Thang này nói về hài lòng nhưng khác lời hoặc thứ tự của thang năm mức: {labels}.", "Dùng đúng thang năm mức.")
NO_STANCE = Code("no_stance", "Không có câu nào hỏi đồng ý, không đồng ý hay ý kiến khác.", "Thêm một câu như vậy về bản dự thảo, nếu đây là một phương án.")
NO_CONTACT = Code("no_contact", "Chưa ghi người và số điện thoại để người dân hỏi.", "Điền người phụ trách và số điện thoại.")
NO_GROUND = Code("no_ground", "Chưa ghi căn cứ pháp lý.", "Ghi luật, nghị định hoặc kế hoạch mà đợt này dựa vào.")
NO_SUMMARY = Code("no_summary", "Chưa có lời giới thiệu ngắn.", "Viết ba dòng: lấy ý kiến về việc gì, vì sao, kết quả dùng làm gì.")
OPENS_IN_PAST = Code(
    "opens_in_past", "Ngày mở {opens_on} đã qua; đợt này sẽ mở ngay khi được phê duyệt.", "Chọn ngày mở sau hôm nay nếu cần thời gian chuẩn bị."
)
