"""Everything that reading and writing files of other programs can find wrong, or cannot carry over."""

from surveys.problems import Code

# The file
TOO_BIG = Code("file_too_big", "Tệp lớn hơn {high} MB.", "Bỏ hình ảnh và phần không cần trong tệp rồi thử lại.")
TOO_HEAVY = Code("file_too_heavy", "Đọc tệp này tốn quá nhiều thời gian hoặc bộ nhớ nên đã dừng.", "Lưu lại thành tệp mới, chỉ giữ các trang của biểu mẫu.")
UNKNOWN_FORMAT = Code(
    "unknown_format",
    "Tệp này không thuộc dạng nào đọc được: XLSForm (.xlsx, .xls), LimeSurvey (.lss), SurveyJS hoặc bộ câu hỏi Ý Dân (.json).",
    "Xuất biểu mẫu ra một trong các dạng đó.",
)
BROKEN_FILE = Code("broken_file", "Tệp hỏng hoặc không đúng với đuôi tên của nó nên không mở được.", "Mở tệp bằng phần mềm đã tạo ra nó rồi lưu lại.")
NO_FILE = Code("no_file", "Không có tệp “{given}” hoặc không được phép đọc.", "Kiểm tra lại tên tệp.")
NOT_WRITTEN = Code("not_written", "Không ghi được tệp “{given}”.", "Kiểm tra thư mục và quyền ghi.")
NO_SURVEY = Code("no_survey", "Tệp không có trang “survey”.", "Đặt tên trang chứa các câu hỏi là survey.")
REFUSED = Code("refused_by_pyxform", "pyxform không nhận biểu mẫu: {given}", "Sửa chỗ được nêu.")

# The form
NO_TYPE = Code("no_type", "Dòng này không ghi loại câu hỏi.", "Điền cột type.")
UNKNOWN_TYPE = Code("unknown_type", "Không có loại câu hỏi “{given}”.", "Dùng một loại của XLSForm, ví dụ select_one.")
NO_NAME = Code("no_name", "Câu hỏi hoặc nhóm này không có tên.", "Điền cột name.")
BAD_NAME = Code("bad_name", "Tên “{given}” không dùng được.", "Bắt đầu bằng chữ cái hoặc dấu gạch dưới, tiếp theo chỉ có chữ, số và . _ -")
NO_LABEL = Code("no_label", "Câu “{given}” không có lời.", "Điền cột label.")
DUPLICATE_NAME = Code("duplicate_name", "Tên “{given}” đã dùng ở {first}.", "Đặt tên khác.")
DUPLICATE_COLUMN = Code("duplicate_column", "Có hai cột cùng là “{given}”.", "Bỏ một cột hoặc ghi rõ ngôn ngữ của từng cột.")
UNKNOWN_REFERENCE = Code("unknown_reference", "“{column}” nói đến câu “{given}” mà biểu mẫu không có.", "Sửa tên trong điều kiện.")
NO_LIST = Code("no_list", "Câu hỏi chọn nhưng không ghi danh sách lựa chọn nào.", "Ghi tên danh sách sau loại câu hỏi.")
UNKNOWN_LIST = Code("unknown_list", "Trang lựa chọn không có danh sách “{given}”.", "Thêm danh sách đó hoặc sửa tên.")
EMPTY_LIST = Code("empty_list", "Danh sách “{given}” không có lựa chọn nào.", "Thêm ít nhất hai lựa chọn.")
DUPLICATE_OPTION = Code("duplicate_option", "Danh sách “{list}” có hai lựa chọn tên “{given}”.", "Đặt tên khác cho một lựa chọn.")
OPTION_WITHOUT_NAME = Code("option_without_name", "Lựa chọn này không có tên.", "Điền cột name.")
OPTION_WITH_SPACE = Code("option_with_space", "Tên lựa chọn “{given}” có dấu cách nên không chọn nhiều được.", "Thay dấu cách bằng dấu gạch dưới.")
END_WITHOUT_BEGIN = Code("end_without_begin", "“{given}” không khớp với nhóm nào đang mở.", "Bỏ dòng này, hoặc thêm dòng begin tương ứng.")
BEGIN_WITHOUT_END = Code("begin_without_end", "Nhóm “{given}” không được đóng.", "Thêm dòng end tương ứng.")
WRONG_JSON = Code("wrong_json", "Không đúng dạng của bộ câu hỏi Ý Dân: {given}", "Sửa chỗ được nêu theo docs/formats.md.")

# What carried meaning and could not be taken
LOST_TYPE = Code("lost_type", "Chưa nhận loại câu hỏi “{given}”; câu “{name}” không được lấy.")
LOST_METADATA = Code("lost_metadata", "Không thu thập “{given}”; dòng này không được lấy.")
LOST_REPEAT = Code("lost_repeat", "Chưa nhận nhóm lặp lại; “{given}” không được lấy.")
LOST_IN_REPEAT = Code("lost_in_repeat", "Câu “{given}” nằm trong nhóm lặp lại “{repeat}” nên không được lấy.")
LOST_CELL = Code("lost_cell", "Cột “{column}” ghi “{given}” không được lấy.")
LOST_COLUMN = Code("lost_column", "Cột “{column}” không được lấy ({n} ô).")
LOST_SHEET = Code("lost_sheet", "Trang “{given}” không được lấy ({n} ô).")
LOST_SETTING = Code("lost_setting", "Thiết lập “{column}” là “{given}” không được lấy.")
LOST_LIST = Code("lost_list", "Danh sách “{given}” không được câu nào được lấy dùng đến nên không được lấy.")
LOST_OPTION = Code("lost_option", "Lựa chọn “{given}” lặp lại trong danh sách “{list}”; chỉ lấy lần đầu.")
LOST_OTHER = Code("lost_other", "Lựa chọn “other” của danh sách “{list}” được thay bằng ô ghi ý khác; nhãn riêng của nó không được lấy.")
LOST_CONDITION = Code("lost_condition", "Điều kiện “{given}” không được lấy: {why}.", "Không có nó, câu này được hỏi với mọi người.")
LOST_CONSTRAINT = Code("lost_constraint", "Giới hạn “{given}” không được lấy: {why}.")
LOST_REFERENCE = Code("lost_reference", "Cột “{column}” chèn câu trả lời {given} vào lời; chỗ đó được thay bằng “…”.")
LOST_GROUP = Code("lost_group", "Nhóm “{given}” không còn câu nào được lấy nên không được lấy.")
LOST_FIELD = Code("lost_field", "Trường “{given}” không thuộc dạng này nên không được lấy.")
LOST_BEYOND = Code("lost_beyond", "Dòng này cách các dòng trên hơn 60 dòng trống nên không được đọc: “{given}”.")
LOST_ROW = Code("lost_row", "Dòng ghi chú không có loại, tên và nhãn không được lấy: “{given}”.")
LOST_FORMULA = Code("lost_formula", "Phép tính “{given}” của “{name}” không được lấy: {why}.")
LOST_ELEMENT = Code("lost_element", "Mục “{column}” ghi “{given}” không được lấy.")
LOST_ATTRIBUTE = Code("lost_attribute", "Thuộc tính “{column}” của câu “{name}” là “{given}” không được lấy.")
LOST_PART = Code("lost_part", "Một dòng của phần “{given}” không được lấy: {words}.")
LOST_TABLE = Code("lost_table", "Phần “{given}” không được lấy ({n} mục).")
LOST_HIDDEN = Code("lost_hidden", "Câu “{name}” ẩn với người trả lời nên không được lấy.")
LOST_MARKUP = Code("lost_markup", "Lời của “{name}” có {given}, không phải chữ nên không được lấy.")
LOST_INSERT = Code("lost_insert", "Lời của “{name}” chèn {given}; chỗ đó được thay bằng “…”.")
LOST_COMMENT = Code("lost_comment", "Câu “{name}” có ô ghi chú cạnh lựa chọn; ô đó không được lấy.")
RENUMBERED = Code("renumbered", "Mã các mức của câu “{name}” được đánh số theo thứ tự trong bảng: {given}.")
RENAMED = Code("renamed", "Tên “{given}” không dùng được hoặc đã có, nên đổi thành “{name}”.")
NOT_KEPT = Code("not_kept", "“{given}” không giữ được nguyên vẹn trong XLSForm.", "Giữ thêm bản .json của bộ câu hỏi.")

# Why a condition or a limit could not be taken: `why` of the two codes above
UNREADABLE_EXPRESSION = Code("unreadable_expression", "không đọc được biểu thức")
TOO_LONG_EXPRESSION = Code("too_long_expression", "biểu thức quá dài")
UNSUPPORTED_PART = Code("unsupported_part", "có phép tính hoặc hàm chưa hỗ trợ")
ABOUT_UNTAKEN = Code("about_untaken", "nói đến câu không được lấy")
WRONG_TYPES = Code("wrong_types", "so sánh hai loại câu trả lời khác nhau")
NO_SUCH_LIMIT = Code("no_such_limit", "loại câu hỏi này không có giới hạn như vậy")
OPEN_LIMIT = Code("open_limit", "giới hạn không kể chính số đó được lấy thành kể cả số đó")
