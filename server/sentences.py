"""What the server refuses or reports apart from the rules of a consultation, as codes with Vietnamese sentences."""

from surveys.problems import Code

# Settings: `where` is the variable's name
NOT_A_DATABASE = Code("setting_database", "{name} phải là địa chỉ PostgreSQL.", "Ghi theo dạng postgresql://người_dùng:mật_khẩu@máy/cơ_sở_dữ_liệu.")
NOT_A_FOLDER = Code("setting_folder", "{name}: không ghi được vào thư mục {given} ({reason}).", "Chọn thư mục mà tài khoản này ghi được.")
SECRET_TOO_SHORT = Code("setting_secret", "{name} phải có ít nhất 32 ký tự.", "Bỏ trống để hệ thống tự tạo, hoặc đặt chuỗi dài hơn.")
NOT_AN_ORIGIN = Code("setting_origin", "{name}: “{given}” không phải là địa chỉ trang.", "Ghi theo dạng https://ydan.example.vn, không có đường dẫn phía sau.")
NOT_NETWORKS = Code("setting_networks", "{name}: “{given}” không phải là địa chỉ mạng.", "Ghi các địa chỉ cách nhau bằng dấu phẩy, ví dụ 10.0.0.0/8,127.0.0.1.")
NOT_A_MAIL_SERVER = Code("setting_mail", "{name}: “{given}” không phải là máy chủ thư.", "Ghi theo dạng smtps://người_dùng:mật_khẩu@máy:465.")
NOT_A_LOG_LEVEL = Code("setting_log", "{name}: không có mức ghi “{given}”.", "Chọn debug, info, warning hoặc error.")

# PostgreSQL of our own
NO_POSTGRES = Code("no_postgres", "Không tìm thấy PostgreSQL {least} trở lên trên máy này.", "Cài gói postgresql, hoặc đặt DATABASE_URL.")
NO_POSTGRES_VERSION = Code(
    "no_postgres_version", "Cơ sở dữ liệu ở {folder} thuộc PostgreSQL {version}, máy này không có bản đó.", "Cài PostgreSQL {version}, hoặc đặt DATABASE_URL."
)
POSTGRES_OWNER = Code("postgres_owner", "Cơ sở dữ liệu ở {folder} thuộc về tài khoản khác.", "Chạy lệnh bằng tài khoản đã tạo ra nó, hoặc bằng root.")
POSTGRES_PASSWORD = Code("postgres_password", "Thiếu tệp mật khẩu {file} của cơ sở dữ liệu.", "Phục hồi tệp đó, hoặc chuyển thư mục {folder} đi nơi khác.")
POSTGRES_FAILED = Code("postgres_failed", "PostgreSQL không chạy được: {reason}", "Xem tệp {log}.")
POSTGRES_NOT_MADE = Code("postgres_not_made", "Không tạo được cơ sở dữ liệu: {reason}", "Kiểm tra chỗ trống của đĩa và quyền ghi, rồi chạy lại.")
NO_DATABASE = Code("no_database", "Không kết nối được cơ sở dữ liệu: {reason}", "Kiểm tra DATABASE_URL và máy chủ PostgreSQL.")

# Requests
NO_PAGE = Code("not_found", "Không có trang này.", "Xem lại địa chỉ, hoặc về trang đầu.")
NO_METHOD = Code("method_not_allowed", "Trang này không nhận yêu cầu kiểu {method}.", "Quay lại trang trước rồi thử lại.")
BAD_REQUEST = Code("bad_request", "Máy chủ không hiểu yêu cầu này.", "Quay lại trang trước rồi thử lại.")
TOO_LARGE = Code("too_large_body", "Nội dung gửi lên lớn hơn mức cho phép.", "Gửi ít hơn, hoặc chọn tệp nhỏ hơn.")
TOO_SLOW = Code("too_slow", "Nội dung gửi lên quá chậm nên bị ngắt.", "Kiểm tra mạng rồi gửi lại.")
UNREADABLE_TYPE = Code("media_type", "Máy chủ không đọc kiểu dữ liệu này.", "Gửi theo kiểu dữ liệu mà trang yêu cầu.")
TOO_MANY_REQUESTS = Code("too_many_requests", "Đang có quá nhiều yêu cầu.", "Chờ một lát rồi thử lại.")
UNAVAILABLE = Code("unavailable", "Hệ thống đang bận hoặc đang bảo trì.", "Chờ một lát rồi thử lại; những gì đã điền vẫn còn trên trang.")
BUG = Code("internal", "Hệ thống gặp lỗi ngoài dự kiến.", "Thử lại; nếu vẫn lỗi, gọi cho đơn vị và đọc mã {request_id}.")

# The command line
UNEXPECTED = Code("unexpected", "Lỗi ngoài dự kiến: {error}.", "Chạy lại; nếu vẫn lỗi, báo cho người quản trị.")
PORT_TAKEN = Code("port_taken", "Cổng {port} của {host} đang có chương trình khác dùng.", "Dừng chương trình đó, hoặc chọn cổng khác bằng --port.")
NO_HOST = Code("no_host", "Không mở được {host}:{port}: {reason}.", "Chọn địa chỉ khác bằng --host.")
KEEPS_FAILING = Code("keeps_failing", "Tiến trình {name} dừng liên tục.", "Xem nhật ký phía trên.")
NO_PERSON_NAMED = Code("no_person_named", "Không có ai tên đăng nhập là {given}.", "Tạo người đó bằng lệnh ydan official.")
NO_PASSWORD_GIVEN = Code(
    "no_password_given", "Không có mật khẩu ở dòng đầu của stdin.", "Đưa mật khẩu vào stdin, hoặc bỏ --password-stdin để nhận liên kết đăng nhập."
)
