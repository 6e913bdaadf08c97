"""What can be wrong with the file of a draft plan."""

from surveys.problems import Code

DRAFT_UNKNOWN = Code(
    "draft_unknown", "“{given}” không phải là tệp Word (.docx) hay PDF.", "Lưu dự thảo thành .docx hoặc PDF rồi tải lên, hoặc dán nội dung vào ô bên dưới."
)
DRAFT_OLD_WORD = Code(
    "draft_old_word", "“{given}” là tệp Word kiểu cũ (.doc) nên không đọc được.", "Mở tệp bằng Word, chọn Lưu thành (Save As), kiểu .docx, rồi tải lên tệp mới."
)
DRAFT_LOCKED = Code("draft_locked", "“{given}” đặt mật khẩu nên không mở được.", "Bỏ mật khẩu của tệp, lưu lại rồi tải lên.")
DRAFT_BROKEN = Code("draft_broken", "“{given}” hỏng hoặc không đúng với đuôi tên của nó.", "Mở tệp bằng phần mềm đã tạo ra nó, lưu lại rồi tải lên.")
DRAFT_HEAVY = Code(
    "draft_heavy",
    "Đọc “{given}” tốn quá nhiều thời gian hoặc bộ nhớ nên đã dừng.",
    "Bỏ hình ảnh, bản vẽ khỏi tệp (tải riêng thành tài liệu kèm theo) rồi tải lên lại.",
)
DRAFT_SCANNED = Code(
    "draft_scanned",
    "“{given}” là bản quét: chỉ có hình chụp các trang, không có chữ để tách thành điều khoản.",
    "Tải lên tệp Word (.docx) gốc hoặc PDF xuất từ Word, hoặc dán nội dung vào ô bên dưới; bản quét có thể tải lên làm tài liệu kèm theo.",
)
DRAFT_EMPTY = Code("draft_empty", "“{given}” không có chữ nào.", "Kiểm tra lại tệp rồi tải lên, hoặc dán nội dung vào ô bên dưới.")
DRAFT_LONG = Code("draft_long", "“{given}” quá dài: nhiều nhất {high} đoạn.", "Chia dự thảo thành nhiều phần, mỗi phần một đợt lấy ý kiến.")
PAGES_WITHOUT_TEXT = Code(
    "pages_without_text", "Trang {given} là hình chụp nên chữ trên đó không được lấy.", "Xem lại các điều khoản và bổ sung phần còn thiếu."
)
