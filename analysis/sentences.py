"""What can be wrong with a file of answers, or with what one asks of it, as codes with Vietnamese sentences."""

from surveys.problems import Code

# The file
NO_DATA_FILE = Code("no_data_file", "Không đọc được tệp dữ liệu “{given}”: {reason}.", "Kiểm tra lại tên tệp và quyền đọc.")
NOT_UTF8 = Code("not_utf8", "Tệp dữ liệu không phải mã UTF-8: hỏng từ byte thứ {at}.", "Ghi rõ mã của tệp bằng --encoding, ví dụ --encoding cp1258.")
NO_SUCH_ENCODING = Code("no_such_encoding", "Không có bảng mã “{given}”.", "Dùng tên như utf-8, utf-16, cp1258, cp1252.")
WRONG_ENCODING = Code("wrong_encoding", "Tệp dữ liệu không đọc được bằng mã “{given}”: hỏng từ byte thứ {at}.", "Chọn bảng mã khác.")
BROKEN_WORKBOOK = Code("broken_workbook", "Không mở được tệp Excel này: {reason}.", "Mở bằng Excel hoặc LibreOffice rồi lưu lại thành .xlsx.")
WORKBOOK_TOO_BIG = Code("workbook_too_big", "Tệp Excel này bung ra {given} MB, nhiều nhất là {high} MB.", "Lưu lại thành CSV.")
NO_HEADER = Code("no_header", "Tệp dữ liệu không có dòng tiêu đề.", "Dòng đầu phải ghi tên các câu hỏi.")
COLUMN_TWICE = Code("column_twice", "Cột “{given}” có hai lần trong tệp dữ liệu.", "Bỏ hoặc đổi tên một cột.")
RAGGED = Code("ragged", "Dòng {row} có {given} ô, dòng tiêu đề có {high}.", "Kiểm tra dấu phân cách và dấu ngoặc kép của dòng đó.")
UNREADABLE_CSV = Code("unreadable_csv", "Dòng {row} của tệp dữ liệu không đọc được: {reason}.", "Kiểm tra dấu ngoặc kép của dòng đó.")

# The columns
NOTHING_MATCHES = Code("nothing_matches", "Không cột nào của tệp dữ liệu mang tên câu hỏi của biểu mẫu.", "Dòng tiêu đề phải ghi tên câu hỏi, ví dụ {example}.")
TWO_COLUMNS = Code("two_columns", "Cột “{first}” và cột “{second}” cùng ứng với “{name}”.", "Bỏ hoặc đổi tên một cột.")
UNKNOWN_VALUES = Code("unknown_values", "{n} giá trị lạ trong tệp dữ liệu; {shown} giá trị đầu:")

# A snapshot
BROKEN_SNAPSHOT = Code("broken_snapshot", "Không đọc được bản chụp dữ liệu {given}: {reason}.", "Phục hồi tệp đó từ bản sao lưu.")
CHANGED_SNAPSHOT = Code("changed_snapshot", "Bản chụp dữ liệu {given} không còn khớp với mã băm của nó.", "Phục hồi tệp đó từ bản sao lưu.")

# What is asked of it
NO_SUCH_QUESTION = Code("no_such_question", "Không có câu hỏi hay cột tên “{given}”.", "Dùng một trong: {known}.")
NOT_A_SCALE = Code("not_a_scale", "“{given}” không làm thang điểm {low}–{high} được.", "Thang điểm cần một câu số hoặc một câu chọn một.")
BESIDE_SCALE = Code(
    "beside_scale", "“{given}” có lựa chọn không thuộc thang điểm {low}–{high}: {names}.", "Nếu đó là không biết hoặc từ chối, nêu bằng --missing."
)
NO_GROUPS = Code("no_groups", "Không chia nhóm theo “{given}” được vì mỗi người chọn nhiều ý.", "Chia theo từng ý, ví dụ --by {example}.")
POPULATION_TOO_SMALL = Code("population_too_small", "{given} phiếu nhiều hơn tổng số {n} người nêu ở --population.", "Kiểm tra lại số người.")

# Said beside the result
UNKNOWN_COLUMNS = Code("unknown_columns", "Cột không có trong biểu mẫu: {names}")
ABSENT_QUESTIONS = Code("absent_questions", "Câu hỏi không có cột nào trong tệp dữ liệu: {names}")
NOT_ASKED_ANSWERS = Code("not_asked_answers", "{n} câu trả lời cho câu không được hỏi theo điều kiện của biểu mẫu, không tính: {names}")
OUTSIDE_LIMITS = Code("outside_limits", "{n} số ở câu “{name}” nằm ngoài giới hạn của biểu mẫu, vẫn được tính")
