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
