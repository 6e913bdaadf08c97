"""Vietnamese as it is read out: numbers, days and addresses in words, nothing abbreviated. What a village's loudspeaker says."""

import datetime
import re
from collections.abc import Callable

from surveys.consultation import Consultation, Instrument

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
GROUPS = ("", " nghìn", " triệu", " tỷ")
MONTHS = ("một", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai")
LETTERS = {
    "B": "bê", "C": "xê", "F": "ép", "H": "hát", "J": "giây", "K": "ca", "M": "em", "N": "en", "P": "pê",
    "R": "e rờ", "T": "tê", "V": "vê", "X": "ích xì", "Z": "dét",
}  # fmt: skip
"""How the letters of a short address are called."""

WHOLE_WORDS = {
    "UBND": "Ủy ban nhân dân", "HĐND": "Hội đồng nhân dân", "UBMTTQVN": "Ủy ban Mặt trận Tổ quốc Việt Nam", "UBMTTQ": "Ủy ban Mặt trận Tổ quốc",
    "MTTQ": "Mặt trận Tổ quốc", "TDP": "tổ dân phố", "TP": "thành phố", "TX": "thị xã", "TT": "thị trấn",
    "QL": "quốc lộ", "ĐT": "đường tỉnh",
    "THCS": "trung học cơ sở", "THPT": "trung học phổ thông", "CA": "công an", "KH": "kế hoạch", "NQ": "nghị quyết", "QĐ": "quyết định", "BQL": "ban quản lý",
    "HTX": "hợp tác xã", "DN": "doanh nghiệp", "GPMB": "giải phóng mặt bằng", "NTM": "nông thôn mới",
    "ATGT": "an toàn giao thông", "PCCC": "phòng cháy chữa cháy",
}  # fmt: skip
SHORTENED = re.compile(rf"\b({'|'.join(sorted(WHOLE_WORDS, key=len, reverse=True))})\b\.?")
UNITS = {
    "m2": "mét vuông",
    "m²": "mét vuông",
    "m3": "mét khối",
    "m³": "mét khối",
    "km": "ki lô mét",
    "cm": "xăng ti mét",
    "ha": "héc ta",
    "m": "mét",
    "%": "phần trăm",
}
MEASURED = re.compile(rf"(?<=\d)\s*({'|'.join(UNITS)})(?![\w²³])")
DAY = re.compile(r"(?:ngày\s+)?\b(\d{1,2})/(\d{1,2})/(\d{4})\b")
PHONE = re.compile(r"\b0\d(?:[ .]?\d){7,9}\b")
EITHER = re.compile(r"\b([Ôô]ng)/(bà)\b")
LAW_NUMBER = re.compile(r"\s+số\s+\d+/\d{4}/[\w-]+")
NUMBER = re.compile(r"\d{1,3}(?:\.\d{3})+(?!\d)|\d{1,12}")
DECIMAL = re.compile(r"(\d+),(\d{1,3})(?!\d)")

SYLLABLES_A_MINUTE = 165
"""A calm announcer; Vietnamese writes a syllable a word."""

LONGEST = 235
"""Syllables that take nearly a minute and a half."""


def number_aloud(number: int) -> str:
    """3065628 → “ba triệu không trăm sáu mươi lăm nghìn sáu trăm hai mươi tám”. 0 ≤ number < 10^12."""
    if number == 0:
        return DIGITS[0]
    parts: list[str] = []
    for place in reversed(range(len(GROUPS))):
        group = number // 1000**place % 1000
        if group:
            parts.append(group_aloud(group, whole=not parts) + GROUPS[place])
    return " ".join(parts)


def group_aloud(group: int, *, whole: bool) -> str:
    """Up to three digits. `whole`: nothing larger stands before them, so that no hundreds are named where there are none."""
    hundreds, rest = divmod(group, 100)
    tens, ones = divmod(rest, 10)
    said = [] if whole and not hundreds else [f"{DIGITS[hundreds]} trăm"]
    if tens > 1:
        said.append(f"{DIGITS[tens]} mươi")
    elif tens:
        said.append("mười")
    elif ones and said:
        said.append("linh")
    if ones:
        said.append("mốt" if ones == 1 and tens > 1 else "tư" if ones == 4 and tens > 1 else "lăm" if ones == 5 and tens else DIGITS[ones])
    return " ".join(said)


def day_aloud(day: datetime.date) -> str:
    """“ngày mùng năm tháng tư năm hai nghìn không trăm hai mươi sáu”: up to the tenth a day is mùng."""
    first = "mùng " if day.day <= 10 else ""
    return f"ngày {first}{number_aloud(day.day)} tháng {MONTHS[day.month - 1]} năm {number_aloud(day.year)}"


def digits_aloud(number: str) -> str:
    """A telephone number digit by digit, with a breath where it is written with one, else after four and then three."""
    groups = re.split(r"[ .]", number) if re.search(r"[ .]", number) else [number[:4], number[4:7], number[7:]]
    return ", ".join(" ".join(DIGITS[int(digit)] for digit in group) for group in groups if group)


def address_aloud(address: str) -> str:
    """“ykien.danang.gov.vn/s/K7MPTR” → “ykien chấm danang chấm gov chấm vn, gạch chéo, s, gạch chéo, ca, bảy, em, pê, tê, e rờ”."""
    host, _, path = address.partition("/")
    *folders, code = path.split("/")
    spelt = [LETTERS.get(letter) or (DIGITS[int(letter)] if letter.isdigit() else letter) for letter in code]
    parts = [host.replace(".", " chấm ").replace(":", " hai chấm "), *(part for folder in folders for part in ("gạch chéo", folder)), "gạch chéo", *spelt]
    return ", ".join(parts)


def aloud(text: str) -> str:
    """What an official wrote, as it is read out."""
    steps: list[tuple[re.Pattern[str], Callable[[re.Match[str]], str]]] = [
        (LAW_NUMBER, lambda _: ""),
        (EITHER, lambda found: f"{found[1]} {found[2]}"),
        (DAY, day_found),
        (PHONE, lambda found: digits_aloud(found[0])),
        (SHORTENED, lambda found: WHOLE_WORDS[found[1]]),
        (MEASURED, lambda found: f" {UNITS[found[1]]}"),
        (DECIMAL, lambda found: f"{number_aloud(int(found[1]))} phẩy {' '.join(DIGITS[int(digit)] for digit in found[2])}"),
        (NUMBER, lambda found: number_aloud(int(found[0].replace(".", "")))),
    ]
    for pattern, words in steps:
        text = pattern.sub(words, text)
    return " ".join(text.split())


def day_found(found: re.Match[str]) -> str:
    """What only looks like a day stays as it is."""
    try:
        return day_aloud(datetime.date(int(found[3]), int(found[2]), int(found[1])))
    except ValueError:
        return found[0]


def announcement(consultation: Consultation, *, unit: str, address: str, minutes: int) -> list[str]:
    """The paragraphs to read out, in Vietnamese. The summary gets what time is left of a minute and a half.

    `unit`: “phường Thanh Khê”. `address`: without its scheme. `minutes`: that answering takes.
    """
    held, contact = consultation, consultation.contact
    asks = "đo lường sự hài lòng của người dân" if held.instrument == Instrument.SATISFACTION else "lấy ý kiến người dân trước khi quyết định"
    before = [
        "Kính thưa bà con!",
        f"Ủy ban nhân dân {unit} {asks}, về nội dung: {sentence(aloud(held.title.get('vi', '')))}",
    ]
    after = [
        f"Thời gian trả lời: từ {day_aloud(held.opens_on)}, đến hết hai mươi ba giờ năm mươi chín phút {day_aloud(held.closes_on)}.",
        f"Bà con trả lời trên điện thoại bằng cách quét mã in trên áp phích hoặc trên thư gửi gia đình, hoặc mở trang: {address_aloud(address)}.",
    ]
    if contact.place:
        after.append(f"Bà con không dùng điện thoại thì nhận và nộp phiếu giấy tại {sentence(aloud(contact.place))}")
    if contact.name or contact.phone:
        number = f"số điện thoại {aloud(contact.phone)}" if contact.phone else ""
        after.append(f"Cần hỏi thêm, xin gặp {', '.join(part for part in (aloud(contact.name), number) if part)}.")
    time = f"dành khoảng {number_aloud(minutes)} phút" if minutes else "dành ít phút"
    after.append(f"Kính mong bà con {time} cho ý kiến. Xin trân trọng cảm ơn!")
    room = LONGEST - sum(map(syllables, (*before, *after)))
    return [*before, *told(held.summary.get("vi", ""), room), *after]


def told(summary: str, room: int) -> list[str]:
    """As many of its whole sentences as so many syllables hold."""
    kept: list[str] = []
    for line in filter(None, (re.split(r"(?<=[.!?])\s+|\n", aloud_lines(summary)))):
        room -= syllables(line)
        if room < 0:
            break
        kept.append(sentence(line))
    return [" ".join(kept)] if kept else []


def aloud_lines(text: str) -> str:
    return "\n".join(aloud(line) for line in text.splitlines() if line.strip())


def sentence(words: str) -> str:
    """Ended, if it was not."""
    return words if words.endswith((".", "!", "?", "…")) else f"{words}."


def syllables(text: str) -> int:
    return len(text.split())


def seconds(paragraphs: list[str]) -> int:
    """How long reading takes, to the next five seconds."""
    return -(-sum(map(syllables, paragraphs)) * 60 // SYLLABLES_A_MINUTE // 5) * 5 if paragraphs else 0
