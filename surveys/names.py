"""What people call the states, verbs, roles and channels. As codes, so that they can stand inside other sentences."""

from collections.abc import Mapping

from surveys.consultation import Assistance, Channel, Instrument, Role, State, Verb
from surveys.problems import Code

INSTRUMENTS: Mapping[Instrument, Code] = {
    Instrument.OPINION: Code("opinion", "Nhân dân tham gia ý kiến"),
    Instrument.HOUSEHOLD_DECISION: Code("household_decision", "Hộ gia đình bàn và quyết định"),
    Instrument.SATISFACTION: Code("satisfaction", "Đo lường sự hài lòng"),
}

STATES: Mapping[State, Code] = {
    State.DRAFT: Code("draft", "bản nháp"),
    State.IN_REVIEW: Code("in_review", "chờ phê duyệt"),
    State.APPROVED: Code("approved", "đã phê duyệt, chưa mở"),
    State.OPEN: Code("open", "đang mở"),
    State.CLOSED: Code("closed", "đã đóng"),
    State.SEALED: Code("sealed", "đã niêm phong"),
    State.PUBLISHED: Code("published", "đã công bố"),
    State.ARCHIVED: Code("archived", "đã lưu trữ"),
    State.CANCELLED: Code("cancelled", "đã hủy"),
}

VERBS: Mapping[Verb, Code] = {
    Verb.SUBMIT: Code("submit", "gửi phê duyệt"),
    Verb.RETURN: Code("return", "trả lại để sửa"),
    Verb.APPROVE: Code("approve", "phê duyệt"),
    Verb.OPEN: Code("open", "mở"),
    Verb.EXTEND: Code("extend", "gia hạn"),
    Verb.CLOSE: Code("close", "đóng"),
    Verb.SEAL: Code("seal", "niêm phong"),
    Verb.PUBLISH: Code("publish", "công bố"),
    Verb.CANCEL: Code("cancel", "hủy"),
}

ROLES: Mapping[Role, Code] = {
    Role.AUTHOR: Code("author", "người soạn"),
    Role.APPROVER: Code("approver", "người phê duyệt"),
    Role.COLLECTOR: Code("collector", "người thu phiếu"),
    Role.VILLAGE_HEAD: Code("village_head", "trưởng thôn, tổ trưởng tổ dân phố"),
    Role.REPLIER: Code("replier", "người tiếp thu, giải trình"),
    Role.COUNCIL: Code("council", "đại biểu Hội đồng nhân dân"),
    Role.FRONT: Code("front", "Mặt trận Tổ quốc"),
    Role.AUDITOR: Code("auditor", "người kiểm tra"),
    Role.ADMIN: Code("admin", "quản trị viên"),
}

CHANNELS: Mapping[Channel, Code] = {
    Channel.WEB: Code("web", "trên mạng"),
    Channel.PAPER: Code("paper", "phiếu giấy"),
    Channel.IMPORT: Code("import", "nhập từ tệp"),
    Channel.MEETING: Code("meeting", "họp thôn, tổ dân phố"),
    Channel.HOTLINE: Code("hotline", "đường dây nóng"),
    Channel.CONFERENCE: Code("conference", "hội nghị đối thoại"),
    Channel.SUGGESTION_BOX: Code("suggestion_box", "hòm thư góp ý"),
    Channel.FRONT: Code("front", "qua Mặt trận Tổ quốc"),
}

ASSISTANCE: Mapping[Assistance, Code] = {
    Assistance.SELF: Code("self", "tự trả lời"),
    Assistance.ASSISTED: Code("assisted", "có người giúp"),
    Assistance.PROXY: Code("proxy", "người khác trả lời thay"),
}
