"""Why a step of a consultation cannot be taken: codes for `NotAllowed`, `Conflict`, `Closed` and `NotFound`."""

from surveys.problems import NO_SUCH_CONSULTATION, Code

__all__ = ["NO_SUCH_CONSULTATION"]

NOT_YOUR_ROLE = Code("not_your_role", "Chỉ {roles} mới {verb} được.", "Nhờ người có vai trò này, hoặc hỏi quản trị viên của đơn vị.")
FOUR_EYES = Code("four_eyes", "Người đã tham gia soạn không được phê duyệt chính đợt này.", "Nhờ một người phê duyệt khác, hoặc cử người làm thay.")
WRONG_STATE = Code("wrong_state", "Đợt lấy ý kiến ở trạng thái “{state}”, không {verb} được. Lúc này có thể: {possible}.", "Chọn một việc có thể làm lúc này.")
WRONG_STATE_FINAL = Code("wrong_state", "Đợt lấy ý kiến ở trạng thái “{state}”, không {verb} được và không còn bước nào nữa.", "Lập một đợt mới nếu cần.")
TOO_EARLY = Code("too_early", "Chưa đến ngày mở {opens_on}.", "Đợt này tự mở lúc 0 giờ ngày {opens_on}; cần sớm hơn thì trả lại để sửa ngày.")
TOO_SHORT = Code(
    "too_short",
    "Mở ngày {opens_on}, đóng ngày {closes_on} thì chỉ có {days} ngày; {law} đòi hỏi ít nhất {minimum} ngày, không tính ngày đầu.",
    "Chọn ngày đóng từ {earliest} trở đi.",
)
TOO_LONG_OPEN = Code(
    "too_long_open",
    "Mở ngày {opens_on}, đóng ngày {closes_on} là {days} ngày; {law} cho nhiều nhất {maximum} ngày.",
    "Chọn ngày đóng không muộn hơn {latest}.",
)
ALREADY_OVER = Code("already_over", "Ngày đóng {closes_on} đã qua.", "Chọn ngày đóng muộn hơn.")
INSTRUMENT_NOT_READY = Code(
    "instrument_not_ready", "Phiếu hộ gia đình quyết định chưa mở được trên hệ thống này.", "Tổ chức họp hoặc phát phiếu giấy theo luật."
)
ONLY_LATER = Code("only_later", "Ngày đóng {given} sớm hơn ngày đóng hiện nay {closes_on}; chỉ gia hạn thêm được.", "Chọn ngày muộn hơn {closes_on}.")
NOT_EARLIER = Code(
    "not_earlier", "Đợt này đóng khi hết ngày {closes_on}; chỉ khảo sát hài lòng mới đóng sớm được.", "Chờ đến hết ngày đóng, hoặc hủy đợt và nêu lý do."
)
REASON_NEEDED = Code("reason_needed", "Chưa nêu lý do.", "Viết lý do; lý do này được lưu, và khi hủy thì được công khai.")
COMMENT_NEEDED = Code("comment_needed", "Trả lại để sửa thì cần ghi ý kiến.", "Viết cần sửa gì, hoặc ghi ý kiến ở câu hỏi.")
DAY_NEEDED = Code("day_needed", "Chưa chọn ngày đóng mới.", "Chọn một ngày muộn hơn ngày đóng hiện nay.")
NOT_OPEN_YET = Code("closed", "Đợt lấy ý kiến chưa mở, mở từ ngày {opens_on}.", "Quay lại từ ngày đó.")
CLOSED_ALREADY = Code("closed", "Đợt lấy ý kiến đã kết thúc ngày {closes_on}.", "Xem kết quả ở trang này sau khi công bố.")
CANCELLED = Code("closed", "Đợt lấy ý kiến đã hủy: {reason}", "Hỏi đơn vị tổ chức nếu cần biết thêm.")
NOTHING_BEFORE_PUBLICATION = Code("not_published", "Kết quả chưa được công bố.", "Xem lại sau khi có công bố.")
NOT_YOUR_RIGHT = Code("not_your_right", "Vai trò của ông/bà không có quyền này.", "Hỏi quản trị viên của đơn vị.")

NOT_OPEN_TO_CHANGE = Code("wrong_state", "Đợt lấy ý kiến ở trạng thái “{state}”; chỉ sửa phiếu như thế này khi đợt đang mở.", "Xem lại trang của đợt.")
REVISION_UNDER_WAY = Code("revision_under_way", "Đã có một bản sửa đang soạn hoặc chờ duyệt.", "Mở bản sửa đó và sửa tiếp, hoặc hủy nó trước.")
ONLY_QUESTIONS = Code(
    "only_questions",
    "Đợt đang mở: chỉ sửa được câu hỏi và điều khoản của dự thảo. Kế hoạch và thời gian phải giữ như người dân đã đọc.",
    "Gia hạn, hoặc lập đợt mới nếu cần.",
)
NOTHING_REVISED = Code("nothing_revised", "Bản sửa này chưa khác gì phiếu đang mở.", "Sửa câu hỏi rồi gửi, hoặc hủy bản sửa.")
NO_TRIAL = Code("no_trial", "Không có lần chạy thử nào ở địa chỉ này.", "Lần chạy thử kết thúc khi đợt lấy ý kiến mở; hỏi người đã gửi đường dẫn.")
TRIAL_OVER = Code("wrong_state", "Chỉ chạy thử được trước khi mở.", "Xem trang của đợt lấy ý kiến.")
TRIAL_FULL = Code("trial_full", "Lần chạy thử này đã đủ {most} phiếu.", "Xóa phiếu thử ở bàn làm việc rồi thử tiếp.")
NOT_A_WAVE = Code("wrong_state", "Đợt này không lặp lại đợt nào nên không có gì để ghép.", "Lập đợt mới từ một đợt đã đóng.")
NOT_YET_A_WAVE = Code("wrong_state", "Đợt lấy ý kiến ở trạng thái “{state}”; chỉ lập đợt mới từ bản nháp hoặc từ đợt đã đóng.", "Chờ đợt này đóng.")

# The next step of a consultation, for “Việc cần làm”
STEP_WRITE = Code("step_write", "Soạn xong và gửi phê duyệt")
STEP_REVISE = Code("step_revise", "Sửa phiếu đang mở rồi gửi phê duyệt bản sửa")
STEP_APPLY = Code("step_apply", "Phê duyệt bản sửa của phiếu đang mở, hoặc trả lại")
STEP_REVIEW = Code("step_review", "Phê duyệt, hoặc trả lại để sửa")
STEP_WAIT = Code("step_wait", "Chờ đến ngày mở; hệ thống tự mở lúc 0 giờ")
STEP_OPEN = Code("step_open", "Chọn ngày đóng muộn hơn rồi mở")
STEP_NOT_READY = Code("step_not_ready", "Chưa mở được trên hệ thống này: tổ chức họp hoặc phát phiếu giấy")
STEP_WATCH = Code("step_watch", "Theo dõi, nhắc người dân; hệ thống tự đóng khi hết ngày")
STEP_SEAL = Code("step_seal", "Nhập hết phiếu giấy rồi niêm phong")
STEP_PUBLISH = Code("step_publish", "Đọc kết quả, ghi tiếp thu, giải trình rồi công bố")
