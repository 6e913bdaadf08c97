"""The catalogue of everything that can be wrong: a code for programs, a sentence for people, what to do next.

Sentences are Vietnamese; `locale/en` holds their English. A mistake of a respondent or an author is a `Problem`, a value.
A request that cannot be granted is a `Refusal`, an exception that only `server/errors.py` turns into an answer.
"""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct


class Code(Struct, frozen=True):
    """One kind of problem. `sentence` and `next` are Vietnamese message ids with {named} places."""

    id: str
    sentence: str
    next: str = ""


class Problem(Struct, frozen=True):
    """A mistake in what somebody gave: `where` is a question's name, `sheet!row`, or a field."""

    code: Code
    where: str = ""
    given: Mapping[str, Any] = {}


class Refusal(Exception):
    """A request that cannot be granted, with its code and the words that fill its sentence."""

    status = 400

    def __init__(self, code: Code, /, **given: Any) -> None:
        super().__init__(code.id)
        self.code = code
        self.given = given


class BadRequest(Refusal):
    """A request that no consultation could take: something it must carry is missing or malformed."""


class NotFound(Refusal):
    """There is no such thing, or not for this person."""

    status = 404


class NotAllowed(Refusal):
    """The thing is theirs to see, the act is not theirs to do."""

    status = 403


class Conflict(Refusal):
    """The thing is not in a state that allows the act."""

    status = 409


class Closed(Refusal):
    """A consultation that takes no answers now."""

    status = 403


class Busy(Refusal):
    """Nothing was stored; the same request may come again after `retry_after_s`."""

    status = 503
    retry_after_s = 5


class Invalid(Refusal):
    """What was given has these problems, all of them."""

    status = 422

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(INVALID)
        self.problems = problems


INVALID = Code("invalid", "Có chỗ cần sửa.", "Sửa các chỗ được nêu rồi gửi lại.")

# A respondent's answers
REQUIRED = Code("required", "Câu này cần có trả lời.", "Chọn hoặc điền một câu trả lời.")
NOT_AN_OPTION = Code("not_an_option", "“{given}” không phải là một lựa chọn của câu này.", "Chọn một trong các lựa chọn đã nêu.")
NOT_A_NUMBER = Code("not_a_number", "“{given}” không phải là một số.", "Điền một số, ví dụ 12.")
NOT_AN_INTEGER = Code("not_an_integer", "“{given}” không phải là số nguyên.", "Điền một số nguyên, ví dụ 12.")
TOO_SMALL = Code("too_small", "{given} nhỏ hơn mức thấp nhất là {low}.", "Điền một số từ {low} trở lên.")
TOO_LARGE = Code("too_large", "{given} lớn hơn mức cao nhất là {high}.", "Điền một số không quá {high}.")
NOT_A_DATE = Code("not_a_date", "“{given}” không phải là một ngày.", "Chọn ngày, tháng, năm, ví dụ 23/11/2026.")
TOO_EARLY_DATE = Code("too_early_date", "Ngày {given} sớm hơn {low}.", "Chọn ngày từ {low} trở đi.")
TOO_LATE_DATE = Code("too_late_date", "Ngày {given} muộn hơn {high}.", "Chọn ngày không quá {high}.")
TOO_LONG = Code("too_long", "Câu trả lời dài {given} ký tự, nhiều nhất là {high}.", "Viết ngắn lại.")
TOO_MANY = Code("too_many", "Đã chọn {given} ý, nhiều nhất là {high}.", "Bỏ bớt lựa chọn.")
TOO_FEW = Code("too_few", "Mới chọn {given} ý, ít nhất là {low}.", "Chọn thêm.")
EXCLUSIVE = Code("exclusive", "“{option}” không thể chọn cùng ý khác.", "Chỉ chọn ý này, hoặc bỏ nó.")
OTHER_WITHOUT_TEXT = Code("other_without_text", "Đã chọn ý khác nhưng chưa ghi rõ.", "Ghi rõ ý khác.")
NOT_CONSENTED = Code("not_consented", "Cần có sự đồng ý của ông/bà mới gửi được.", "Đánh dấu vào ô đồng ý, hoặc không gửi.")
WRONG_SHAPE = Code("wrong_shape", "Câu trả lời không đúng dạng.", "Gửi giá trị theo dạng của câu hỏi này.")
NOT_ASKED = Code("not_asked", "Câu này không được hỏi với các trả lời đã chọn.", "Bỏ câu trả lời này.")
UNKNOWN_QUESTION = Code("unknown_question", "Không có câu hỏi tên “{given}”.", "Bỏ nó, hoặc sửa tên.")
NOT_ANSWERED = Code("not_answered", "Mục này chỉ để đọc, không có câu trả lời.", "Bỏ câu trả lời này.")
TEXT_WITHOUT_CHOICE = Code("text_without_choice", "Đã ghi ý kiến nhưng chưa chọn câu trả lời.", "Chọn một câu trả lời; nội dung đã ghi vẫn được giữ.")
RANKED_TWICE = Code("ranked_twice", "Có hai ý cùng một hạng.", "Cho mỗi ý một hạng khác nhau.")
RANKS_MISSING = Code("ranks_missing", "Mới xếp hạng {given} ý, cần {n}.", "Xếp hạng đủ {n} ý, 1 là cao nhất.")
RANKS_WITH_GAPS = Code("ranks_with_gaps", "Các hạng không liền nhau.", "Dùng các số từ 1 đến {n}, mỗi số một lần.")
POINTS_NOT_DIVIDED = Code("points_not_divided", "Đã chia {given}, cần đúng {total}.", "Chia lại cho đủ {total}.")
NOT_A_TIME = Code("not_a_time", "“{given}” không phải là giờ.", "Ghi giờ và phút, ví dụ 07:30.")
TIME_OUTSIDE = Code("time_outside", "{given} nằm ngoài khoảng {low} đến {high}.", "Chọn giờ từ {low} đến {high}.")
NOT_A_UNIT = Code("not_a_unit", "Không có địa phương nào tên “{given}”.", "Gõ tên xã, phường, đặc khu, rồi dấu phẩy và tên tỉnh, thành phố.")
SEVERAL_UNITS = Code("several_units", "Có nhiều nơi tên “{given}”: {units}.", "Thêm dấu phẩy và tên tỉnh, thành phố.")
SEVERAL_OPTIONS = Code("several_options", "Có nhiều ý giống “{given}”: {options}.", "Ghi đầy đủ ý muốn chọn.")
NOT_A_PLACE = Code("not_a_place", "Chưa chỉ rõ một điểm.", "Chạm vào bản đồ, hoặc ghi đủ hai số.")
OFF_THE_MAP = Code("off_the_map", "Điểm này nằm ngoài bản đồ.", "Chọn một điểm trong bản đồ.")
NO_SUCH_FILE = Code("no_such_file", "Không tìm thấy tệp đã gửi.", "Chọn tệp và gửi lại.")

# An author at the desk
LABEL_MISSING = Code("label_missing", "Chưa có lời bằng tiếng Việt.", "Viết câu này bằng tiếng Việt.")
LIMITS_CROSSED = Code("limits_crossed", "Mức thấp nhất {low} lớn hơn mức cao nhất {high}.", "Sửa một trong hai mức.")
USED_BY_CONDITION = Code("used_by_condition", "“{user}” dựa vào trả lời của câu “{question}”, nên chưa bỏ câu này được.", "Bỏ “{user}” trước.")
CHANGED_MEANWHILE = Code("changed_meanwhile", "Có người đã sửa phần này sau khi ông/bà mở trang.", "Xem bản mới ở trang bên cạnh, rồi lưu lại nếu vẫn cần.")
NO_SUCH_CONSULTATION = Code("no_such_consultation", "Không có đợt lấy ý kiến này, hoặc không thuộc đơn vị của ông/bà.", "Xem lại đường dẫn.")
FORM_LOCKED = Code("form_locked", "Đợt này không còn là bản nháp nên không sửa được.", "Người phê duyệt trả lại thì sửa được.")
NO_SUCH_DOCUMENT = Code("no_such_document", "Không có tài liệu này.", "Xem lại đường dẫn.")
NO_SUCH_CLAUSE = Code("no_such_clause", "Dự thảo không có điều khoản này.", "Tải lại trang để xem bản mới nhất của dự thảo.")
NO_SUCH_VERSION = Code("no_such_plan_version", "Dự thảo không có bản này.", "Về phòng Dự thảo để xem các bản đang có.")
NO_PLAN = Code("no_plan", "Đợt này chưa có dự thảo để tách thành điều khoản.", "Vào phòng Dự thảo, tải tệp lên hoặc dán nội dung.")
DRAFT_MISSING = Code("draft_missing", "Chưa có dự thảo.", "Chọn tệp Word hoặc PDF, hoặc dán nội dung vào ô bên dưới.")
DRAFT_TOO_LONG = Code("draft_too_long", "Dự thảo có {n} điều khoản, nhiều nhất là {high}.", "Chia thành nhiều phần, mỗi phần một đợt lấy ý kiến.")
NOT_A_DOCUMENT = Code(
    "not_a_document", "“{given}” không phải là tệp Word (.docx) đọc được.", "Mở bằng Word, lưu lại thành .docx hoặc xuất ra PDF, rồi tải lên."
)
CLAUSE_EMPTY = Code("clause_empty", "Điều khoản này không còn chữ nào.", "Viết số, tên hoặc nội dung; muốn bỏ hẳn thì dùng nút Bỏ.")
CLAUSE_FIRST = Code("clause_first", "Đây là phần đầu tiên nên không có phần nào ở trước để gộp vào.", "Gộp phần đứng sau vào phần này.")
CLAUSE_NOT_SPLIT = Code("clause_not_split", "Điều khoản này chỉ có một đoạn nên không tách được.", "Mở nó ra sửa và thêm một dòng ==== ở chỗ cần tách.")
NO_SUCH_ITEM = Code("no_such_item", "Thư viện không có mẫu này, hoặc mẫu thuộc đơn vị khác.", "Xem lại đường dẫn.")
NAME_MISSING = Code("name_missing", "Chưa có tên.", "Đặt tên để tìm lại được.")
NOTHING_TO_KEEP = Code("nothing_to_keep", "Phần này không có câu nào giữ lại được.", "Chọn phần khác; điều khoản của dự thảo không lưu vào thư viện.")
WEIGHT_WRONG = Code("weight_wrong", "Trọng số “{given}” không phải là số nguyên từ 0 đến 1000.", "Điền một số nguyên, ví dụ 10.")
NO_SUCH_REMARK = Code("no_such_remark", "Không có ý kiến này.", "Xem lại đường dẫn.")
TITLE_MISSING = Code("title_missing", "Chưa có tên đợt lấy ý kiến.", "Viết tên bằng tiếng Việt, tốt nhất là một câu hỏi.")
DATES_CROSSED = Code("dates_crossed", "Ngày đóng {closes_on} sớm hơn ngày mở {opens_on}.", "Chọn ngày đóng muộn hơn.")
CHOOSE_ONE = Code("choose_one", "Chưa chọn.", "Chọn một trong các ý đã nêu.")
FILE_MISSING = Code("file_missing", "Chưa chọn tệp.", "Chọn một tệp trên máy.")
FILE_TOO_LARGE = Code("file_too_large", "Tệp lớn hơn {high} MB.", "Nén nhỏ lại, hoặc chia thành nhiều tệp.")
FILE_REFUSED = Code("file_refused", "Tệp có {n} chỗ cần xem; chưa lập đợt nào.", "Sửa các chỗ nêu bên dưới trong tệp rồi chọn lại tệp.")
NOT_A_PDF = Code("not_a_pdf", "“{given}” không phải là tệp PDF đọc được.", "Xuất lại thành PDF, không đặt mật khẩu, rồi tải lên.")
TYPE_TO_CONFIRM = Code("type_to_confirm", "Chưa gõ đúng “{word}”.", "Gõ đúng “{word}” để xác nhận.")

VALUE_MISSING = Code("value_missing", "Điều kiện về câu “{question}” chưa có giá trị.", "Chọn hoặc ghi giá trị để so sánh, hoặc bỏ dòng này.")
CORNERS_MISSING = Code("corners_missing", "Cần đủ bốn cạnh của bản đồ.", "Ghi cả bốn số, hoặc để trống cả bốn.")
CORNERS_CROSSED = Code("corners_crossed", "Cạnh nam phải nhỏ hơn cạnh bắc, cạnh tây nhỏ hơn cạnh đông.", "Sửa các số.")
NAME_TAKEN = Code("name_taken", "Đã có câu khác tên “{given}”.", "Đặt tên khác.")
NAME_UNUSABLE = Code(
    "name_unusable",
    "Tên “{given}” không dùng được trong bảng số liệu.",
    "Bắt đầu bằng chữ cái, tiếp theo chỉ có chữ, số và dấu gạch dưới; nhiều nhất 64 ký tự.",
)
BOTH_WROTE = Code("both_wrote", "{who} cũng vừa sửa chỗ này.", "Xem hai bản bên dưới và chọn một; chưa có gì mất.")
NOTHING_TO_UNDO = Code("nothing_to_undo", "Không còn bước nào để hoàn tác.", "Xem lại danh sách câu hỏi.")
UNDO_OVERTAKEN = Code("undo_overtaken", "Người khác đã sửa tiếp chỗ này nên không hoàn tác được nữa.", "Sửa lại trực tiếp ở câu đó.")
EDITED_MEANWHILE = Code("edited_meanwhile", "Người khác vừa sửa “{question}” nên chưa bỏ.", "Xem lại câu này, rồi bỏ nếu vẫn cần.")
FORMULA_ODD = Code("formula_odd", "Không hiểu “{given}” trong công thức.", "Viết như trong Excel, ví dụ: so_nguoi * 2 + 1.")
FORMULA_ENDS = Code("formula_ends", "Công thức chưa viết hết.", "Viết nốt, hoặc đóng dấu ngoặc.")

# Conditions, found by review
CONDITION_MALFORMED = Code("condition_malformed", "Điều kiện không đọc được: {given}", "Lập lại điều kiện bằng các phép so sánh và, hoặc, không phải.")
CONDITION_UNKNOWN = Code("condition_unknown", "Điều kiện nhắc đến “{given}”, không có câu hỏi nào tên như vậy.", "Sửa tên, hoặc bỏ điều kiện.")
CONDITION_LATER = Code("condition_later", "Điều kiện nhắc đến “{given}”, câu này đứng sau.", "Đưa câu đó lên trước, hoặc bỏ điều kiện.")
CONDITION_TYPES = Code("condition_types", "Không so sánh được câu “{question}” với “{given}”: hai bên khác loại.", "So sánh số với số, lựa chọn với lựa chọn.")
CONDITION_ORDER = Code("condition_order", "Câu “{question}” không có thứ tự nên không dùng “{given}” được.", "Chỉ số và ngày mới so sánh lớn, nhỏ.")
CONDITION_OPTION = Code("condition_option", "“{given}” không phải là một lựa chọn của câu “{question}”.", "Chọn một trong các lựa chọn của câu đó.")
CALCULATION_MALFORMED = Code("calculation_malformed", "Phép tính không đọc được: {given}", "Lập lại phép tính bằng cộng, trừ, nhân, chia.")
CALCULATION_NO_NUMBER = Code("calculation_no_number", "Câu “{question}” không cho ra số nên không tính được.", "Chỉ dùng câu trả lời bằng số trong phép tính.")
PIPED_UNKNOWN = Code("piped_unknown", "Lời nhắc đến câu trả lời “{given}”, không có câu nào tên như vậy.", "Sửa tên trong dấu ngoặc nhọn, hoặc bỏ nó.")
PIPED_LATER = Code("piped_later", "Lời nhắc đến câu trả lời “{given}”, câu này đứng sau.", "Đưa câu đó lên trước, hoặc bỏ nó.")
FILTER_MISPLACED = Code("filter_misplaced", "Lựa chọn ở loại câu này không thể có điều kiện riêng.", "Bỏ điều kiện của lựa chọn, hoặc đổi loại câu.")

# Answers that cannot be taken, and receipts
SERVER_BUSY = Code("busy", "Máy chủ đang bận nên chưa nhận được phiếu. Chưa có gì được lưu.", "Chờ vài giây rồi gửi lại; điều đã ghi vẫn còn trên trang này.")
NO_LONGER_TAKEN = Code("closed", "Đợt lấy ý kiến không còn nhận phiếu.", "Xem kết quả ở trang của đợt sau khi công bố.")
KEY_REUSED = Code("key_reused", "Phiếu này đã được nhận trước đó với nội dung khác.", "Muốn sửa, rút phiếu trước bằng mã biên nhận rồi trả lời lại.")
CODE_NOT_ACCEPTED = Code("code_not_accepted", "Mã này không dùng được cho đợt lấy ý kiến này.", "Xem lại mã; mỗi mã của phiếu đã rút chỉ dùng được một lần.")
NO_SUCH_RECEIPT = Code("no_such_receipt", "Không có phiếu nào mang mã biên nhận này.", "Xem lại từng chữ của mã, và đúng đợt lấy ý kiến.")

# Programs
BAD_KEY = Code("bad_key", "Thiếu Idempotency-Key, hoặc khóa không dùng được.", "Gửi tiêu đề Idempotency-Key gồm 8 đến 64 ký tự A–Z, a–z, 0–9, _ và -.")
OTHER_VERSION = Code("other_version", "Phiếu này thuộc bản {given}, đợt đang dùng bản {version}.", "Tải lại bản hiện hành rồi trả lời.")
NO_VILLAGE_NAMED_SO = Code("no_such_village", "Không có thôn, tổ dân phố “{given}” trong đơn vị này.", "Chọn một thôn, tổ dân phố trong danh sách của đơn vị.")
NO_SUCH_VERB = Code("no_such_verb", "Không có bước nào tên “{given}”.", "Dùng submit, return, approve, open, extend, close, seal, publish hoặc cancel.")
STILL_COUNTING = Code("still_counting", "Kết quả đang được tổng hợp.", "Chờ vài giây rồi tải lại.")

# Other channels
MORE_THAN_PEOPLE = Code("more_than_people", "“{question}”: đã đếm {counted} người, nhiều hơn {people} người tham gia.", "Đếm lại, hoặc sửa số người tham gia.")
NOTHING_COUNTED = Code("nothing_counted", "Chưa ghi số đếm của câu nào.", "Ghi số người cho ít nhất một câu.")
