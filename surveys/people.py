"""Rules about people who sign in: their names and passwords, how tries slow down, and who may stand in for whom."""

import datetime
import unicodedata
from collections.abc import Iterable, Mapping

from surveys.consultation import Person, Role
from surveys.language import fold, normalise
from surveys.problems import Code, Problem

LONGEST_NAME = 100
SHORTEST_PASSWORD = 8
LONGEST_PASSWORD = 1000
COMMON_PASSWORDS = frozenset(
    "12345678 123456789 1234567890 11111111 00000000 87654321 88888888 66668888 abc12345 abcd1234 1qaz2wsx qwertyui qwerty123 password "
    "password1 password123 passw0rd iloveyou anhyeuem anhnhoem matkhau1 matkhau12 matkhau123 khongbiet vietnam1 vietnam123 danang123 "
    "phuong123 ubnd1234 ubnd12345 admin123 admin1234 abc123456 abc123456789 a1234567 123456789a 123456aA 12344321 11223344 112233445566".casefold().split()
)
"""Passwords tried first by whoever guesses, of those long enough to be taken."""

ROLE_WORK: Mapping[Role, Code] = {
    Role.AUTHOR: Code("author", "soạn đợt lấy ý kiến, gửi phê duyệt, mở và đóng"),
    Role.APPROVER: Code("approver", "phê duyệt, gia hạn, công bố; không duyệt bài mình tham gia soạn"),
    Role.COLLECTOR: Code("collector", "phát, thu và nhập phiếu giấy"),
    Role.VILLAGE_HEAD: Code("village_head", "theo dõi đã có bao nhiêu hộ trả lời"),
    Role.REPLIER: Code("replier", "đọc kết quả, viết tiếp thu và giải trình"),
    Role.COUNCIL: Code("council", "đọc báo cáo sau khi công bố"),
    Role.FRONT: Code("front", "giám sát, đọc báo cáo sau khi công bố"),
    Role.AUDITOR: Code("auditor", "xem nhật ký của mọi đợt"),
    Role.ADMIN: Code("admin", "lập tài khoản và phân vai trò trong đơn vị"),
}
"""What somebody with this role does, for whoever gives it."""

FREE_TRIES = 5
LONGEST_PAUSE_S = 900

NAME_NEEDED = Code("name_needed", "Chưa điền tên đăng nhập.", "Điền tên đăng nhập, ví dụ an.nguyen.")
NAME_TOO_LONG = Code("name_too_long", "Tên dài {given} ký tự, nhiều nhất là {high}.", "Đặt tên ngắn hơn.")
NAME_UNREADABLE = Code("name_unreadable", "Tên có ký tự không đọc được.", "Chỉ dùng chữ, số và dấu câu thông thường.")
NAME_TAKEN = Code("name_taken", "Tên đăng nhập “{given}” đã có người dùng.", "Chọn tên khác.")
PASSWORD_NEEDED = Code("password_needed", "Chưa điền mật khẩu.", "Điền mật khẩu.")
PASSWORD_TOO_SHORT = Code("password_too_short", "Mật khẩu ngắn hơn {low} ký tự.", "Đặt mật khẩu dài hơn; một câu nhiều từ là dễ nhớ nhất.")
PASSWORD_TOO_LONG = Code("password_too_long", "Mật khẩu dài hơn {high} ký tự.", "Đặt mật khẩu ngắn hơn.")
PASSWORD_COMMON = Code("password_common", "Mật khẩu này ai cũng đoán được.", "Đặt mật khẩu khác, không phải tên đăng nhập thêm vài số.")
PASSWORD_DIFFERS = Code("password_differs", "Hai lần điền mật khẩu không giống nhau.", "Điền lại cùng một mật khẩu vào cả hai ô.")
PASSWORD_WRONG = Code("password_wrong", "Mật khẩu hiện tại không đúng.", "Điền lại mật khẩu đang dùng.")
ROLE_NEEDED = Code("role_needed", "Chưa chọn vai trò nào.", "Chọn ít nhất một vai trò.")
ROLE_UNKNOWN = Code("role_unknown", "Không có vai trò “{given}”.", "Chọn một vai trò trong danh sách.")
ADMIN_NEEDED = Code("admin_needed", "Không ai tự bỏ quyền quản trị hoặc tự khóa tài khoản của mình.", "Nhờ một quản trị viên khác làm việc này.")
DEPUTY_NEEDED = Code("deputy_needed", "Chưa chọn người làm thay.", "Chọn một người cùng đơn vị.")
DEPUTY_STRANGE = Code("deputy_strange", "Người làm thay phải là người khác, cùng đơn vị, đang có tài khoản.", "Chọn một người trong danh sách.")
DEPUTY_NOT_YOURS = Code("deputy_not_yours", "Chỉ người phê duyệt mới cử người làm thay.", "Người đang làm thay không cử tiếp người khác.")
DEPUTY_DAYS = Code("deputy_days", "Ngày kết thúc {ends_on} sớm hơn ngày bắt đầu {starts_on}.", "Chọn ngày kết thúc bằng hoặc sau ngày bắt đầu.")
DEPUTY_PAST = Code("deputy_past", "Ngày bắt đầu {starts_on} đã qua.", "Chọn từ hôm nay trở đi.")


def sign_in_name(text: str) -> str:
    """What a sign-in name is stored and looked up as: composed letters, lower case, tones kept."""
    return normalise(text).casefold()


def check_name(text: str, *, where: str = "name") -> list[Problem]:
    name = normalise(text)
    if not name:
        return [Problem(NAME_NEEDED, where)]
    if len(name) > LONGEST_NAME:
        return [Problem(NAME_TOO_LONG, where, {"given": len(name), "high": LONGEST_NAME})]
    if not name.isprintable():
        return [Problem(NAME_UNREADABLE, where)]
    return []


def typed_password(text: str) -> str:
    """One form of a password for every keyboard: composed letters, nothing else changed."""
    return unicodedata.normalize("NFC", text)


def check_password(password: str, *, name: str, again: str | None = None, where: str = "password") -> list[Problem]:
    """What is wrong with a new password of the person with this sign-in name. `again` is its repetition, where it is asked."""
    if not password:
        return [Problem(PASSWORD_NEEDED, where)]
    if len(password) < SHORTEST_PASSWORD:
        return [Problem(PASSWORD_TOO_SHORT, where, {"low": SHORTEST_PASSWORD})]
    if len(password) > LONGEST_PASSWORD:
        return [Problem(PASSWORD_TOO_LONG, where, {"high": LONGEST_PASSWORD})]
    bare = fold(password)
    if bare in COMMON_PASSWORDS or len(set(bare)) < 3 or bare.strip("0123456789!@#. ") == fold(name):
        return [Problem(PASSWORD_COMMON, where)]
    if again is not None and typed_password(again) != typed_password(password):
        return [Problem(PASSWORD_DIFFERS, "again")]
    return []


def read_roles(chosen: Iterable[str]) -> tuple[list[Role], list[Problem]]:
    """The roles ticked in a form, in their own order; at least one."""
    given = set(chosen)
    unknown = sorted(given - set(Role))
    problems = [Problem(ROLE_UNKNOWN, "roles", {"given": name}) for name in unknown]
    return [role for role in Role if role in given], problems if given else [Problem(ROLE_NEEDED, "roles")]


def pause_s(failures: int) -> int:
    """Seconds until the next try after this many failures in a row: none at first, then doubling up to 15 minutes.

    It slows guessing down and never locks: whoever waits may try again.
    """
    if failures < FREE_TRIES:
        return 0
    return int(min(LONGEST_PAUSE_S, 2 ** min(failures - FREE_TRIES + 1, 10)))


def check_deputy(
    person: Person,
    deputy: Person | None,
    *,
    own_roles: frozenset[Role],
    starts_on: datetime.date | None,
    ends_on: datetime.date | None,
    today: datetime.date,
) -> list[Problem]:
    """What stands against `deputy` approving in place of `person` on these days, of which unreadable ones are None.

    A deputy names no further deputy.
    """
    problems = []
    if Role.APPROVER not in own_roles:
        problems.append(Problem(DEPUTY_NOT_YOURS, "deputy"))
    if deputy is None or deputy.id == person.id or deputy.unit != person.unit:
        problems.append(Problem(DEPUTY_STRANGE if deputy else DEPUTY_NEEDED, "deputy"))
    if starts_on and starts_on < today:
        problems.append(Problem(DEPUTY_PAST, "starts_on", {"starts_on": starts_on}))
    if starts_on and ends_on and ends_on < starts_on:
        problems.append(Problem(DEPUTY_DAYS, "ends_on", {"starts_on": starts_on, "ends_on": ends_on}))
    return problems
