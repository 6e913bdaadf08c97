"""A questionnaire with every kind of question, in both languages: pictures, sound, earlier answers in later texts, a number worked out."""

import io
from typing import Any

from PIL import Image, ImageDraw

from surveys.kinds import (
    SATISFACTION,
    Block,
    Calculation,
    Clause,
    Consent,
    Date,
    Decimal,
    File,
    Integer,
    Matrix,
    Note,
    OpenText,
    Option,
    Place,
    Points,
    Ranking,
    Scale,
    SelectMultiple,
    SelectOne,
    Stance,
    Time,
    UnitChoice,
)
from surveys.questionnaire import Question, Questionnaire, Section
from tests.server.asked import NO_OPINION, both


def option(name: str, vi: str, en: str, **more: Any) -> Option:
    return Option(name, both(vi, en), **more)


NEEDS = (option("duong", "Đường", "Road"), option("den", "Đèn", "Lights"), option("cay", "Cây xanh", "Trees"))
WISHES = (option("xe_may", "Xe máy", "Motorbike"), option("o_to", "Ô tô", "Car"), option("di_bo", "Đi bộ", "On foot"))
NUMBERS = tuple(Option(str(n), both("Rất tệ", "Very bad") if n == 0 else both("Rất tốt", "Very good") if n == 10 else {}) for n in range(11))
LONG = tuple(option(f"n{n}", f"Ngõ {n} Trần Cao Vân", f"Lane {n} Trần Cao Vân") for n in range(1, 91))


def questionnaire(*, picture: str = "", sound: str = "", map_picture: str = "") -> Questionnaire:
    """`picture`, `sound`, `map_picture`: media names."""
    return Questionnaire(
        title=both("Mọi loại câu hỏi", "Every kind of question"),
        languages=("vi", "en"),
        sections=(
            Section("chon", chosen(picture, sound), both("Chọn", "Choosing")),
            Section("so", numbers(), both("Số, ngày, giờ", "Numbers, days, hours")),
            Section("noi", places(map_picture), both("Nơi chốn và tệp", "Places and files")),
            Section("loi", words(), both("Lời", "Words")),
        ),
    )


def chosen(picture: str, sound: str) -> tuple[Question, ...]:
    audio = {"vi": sound, "ctu": sound} if sound else {}
    pictured = tuple(Option(one.name, one.label, image=picture) for one in NEEDS) if picture else NEEDS
    return (
        Question("gioi_thieu", Note(), both("Phường hỏi về đường số 5.", "The ward asks about road 5."), image=picture, alt=both("Đường số 5", "Road 5")),
        Question("di_bang", SelectOne(WISHES, other=True), both("Ông/bà thường đi bằng gì?", "How do you travel?"), required=True, audio=audio),
        Question(
            "do_xe",
            SelectOne(
                (
                    option("le", "Lề đường", "Roadside", relevant={"!=": [{"var": "di_bang"}, "di_bo"]}),
                    option("nha", "Trong nhà", "At home"),
                    option("gui", "Bãi gửi", "Car park", relevant={"==": [{"var": "di_bang"}, "o_to"]}),
                )
            ),
            both("Ông/bà đi ${di_bang}: để ở đâu?", "You go by ${di_bang}: where do you park?"),
        ),
        Question("can", SelectMultiple(pictured, most=2), both("Cần gì nhất?", "What is needed most?")),
        Question("thu_tu", Ranking(NEEDS), both("Xếp theo thứ tự quan trọng.", "Put in order of importance."), required=True),
        Question("chia", Points(NEEDS, 100, both("triệu đồng", "million đồng")), both("Chia 100 triệu đồng.", "Divide 100 million đồng.")),
        Question("ngo", SelectOne(LONG), both("Ông/bà ở ngõ nào?", "Which lane do you live in?")),
        Question("cac_ngo", SelectMultiple(LONG, most=3), both("Ngõ nào cần sửa?", "Which lanes need mending?")),
    )


def numbers() -> tuple[Question, ...]:
    total: dict[str, Any] = {"*": [{"var": "so_nguoi"}, {"var": "met"}]}
    return (
        Question("diem", Scale(NUMBERS, (NO_OPINION,)), both("Cho điểm từ 0 đến 10.", "Score from 0 to 10.")),
        Question("sao", Scale(SATISFACTION), both("Ông/bà hài lòng không?", "Are you satisfied?")),
        Question("tung_mat", Matrix(NEEDS, SATISFACTION, (NO_OPINION,)), both("Và từng mặt?", "And each of these?")),
        Question("so_nguoi", Integer(1, 30, both("người", "people")), both("Nhà có mấy người?", "How many at home?")),
        Question("met", Decimal(0, 100, both("mét", "metres")), both("Mặt tiền rộng bao nhiêu?", "How wide is the front?")),
        Question("tich", Calculation(total, 1, both("mét người", "metre people")), both("Nhân lại", "Multiplied")),
        Question("im", Calculation({"+": [{"var": "so_nguoi"}, 1]})),
        Question("nhac", Note(), both("Nhà có ${so_nguoi}, thêm một là ${im}.", "There are ${so_nguoi}; one more is ${im}.")),
        Question("ngay", Date("2020-01-01", "2026-12-31"), both("Từ ngày nào?", "Since when?")),
        Question("gio", Time("06:00", "20:00"), both("Họp lúc mấy giờ?", "At what hour to meet?")),
    )


def places(map_picture: str) -> tuple[Question, ...]:
    return (
        Question("xa", UnitChoice("ward"), both("Ông/bà sinh ở xã, phường nào?", "Where were you born?")),
        Question("thon", UnitChoice("village", "48"), both("Bây giờ ở đâu?", "Where do you live now?")),
        Question("cho", Place(map_picture), both("Chỗ nào hay ngập?", "Where does it flood?"), alt=both("Sơ đồ đường số 5", "Plan of road 5")),
        Question("toa_do", Place(), both("Tọa độ nhà ông/bà?", "Coordinates of your home?")),
        Question("anh", File(("image", "pdf"), 5), both("Ảnh chỗ hỏng", "Photo of what is broken")),
    )


def words() -> tuple[Question, ...]:
    body = (Block("1. Mặt đường rộng 9 mét."), Block(rows=(("Đoạn", "Rộng"), ("A–B", "9 m"))))
    return (
        Question("dong_y", Stance(longest=300), both("Ông/bà có đồng ý?", "Do you agree?")),
        Question("dieu_5", Clause(300, clause="d5", number="Điều 5", body=body), both("Điều 5. Quy mô", "Article 5. Size")),
        Question("mot_dong", OpenText(longest=60), both("Một lời ngắn", "A few words")),
        Question("gop_y", OpenText(long=True, longest=300), both("Góp ý thêm", "Anything else")),
        Question("cho_phep", Consent(), both("Tôi đồng ý cho dùng.", "I agree to this use."), required=True),
    )


FORM: dict[str, Any] = {
    "di_bang": "other", "di_bang/text": "Xe đạp", "do_xe": "nha", "can": ["duong", "cay"], "thu_tu/duong": "2", "thu_tu/den": "1", "thu_tu/cay": "3",
    "chia/duong": "60", "chia/den": "40", "chia/cay": "", "ngo/typed": "ngo 12 tran cao van", "cac_ngo/typed": "Ngõ 3 Trần Cao Vân\nngo 5 tran cao van",
    "diem": "7", "sao": "4", "tung_mat/duong": "2", "tung_mat/den": "kb", "so_nguoi": "4", "met": "4,5", "ngay": "2021-05-01", "gio": "07:30",
    "xa": "tan an, ca mau", "thon": "Phường Thanh Khê", "cho/lat": "0,25", "cho/lon": "0,5", "toa_do/lat": "16,0678", "toa_do/lon": "108,2208",
    "dong_y": "other", "dong_y/text": "Làm vỉa hè trước.", "dieu_5": "disagree", "dieu_5/text": "Quá rộng", "mot_dong": "Cảm ơn", "gop_y": "Hết",
    "cho_phep": "true",
}  # fmt: skip
"""As a browser without script sends it, without the photo."""

VALUES: dict[str, Any] = {
    "di_bang": {"choice": "other", "text": "Xe đạp"}, "do_xe": "nha", "can": ["duong", "cay"], "thu_tu": ["den", "duong", "cay"],
    "chia": {"duong": 60, "den": 40}, "ngo": "n12", "cac_ngo": ["n3", "n5"], "diem": 7, "sao": 4, "tung_mat": {"duong": 2, "den": "kb"},
    "so_nguoi": 4, "met": 4.5, "tich": 18.0, "im": 5.0, "ngay": "2021-05-01", "gio": "07:30", "thon": "20209", "cho": [0.25, 0.5],
    "toa_do": [16.0678, 108.2208], "dong_y": {"stance": "other", "text": "Làm vỉa hè trước."}, "dieu_5": {"stance": "disagree", "text": "Quá rộng"},
    "mot_dong": "Cảm ơn", "gop_y": "Hết", "cho_phep": True,
}  # fmt: skip
"""What is stored of it, but for `xa`, whose code the test looks up."""


def picture(width: int = 1200, height: int = 900, *, words: str = "") -> bytes:
    """A plain drawing: a road with trees."""
    image = Image.new("RGB", (width, height), "#e8efe6")
    pen = ImageDraw.Draw(image)
    pen.polygon([(0, height * 0.6), (width, height * 0.35), (width, height * 0.55), (0, height * 0.85)], fill="#8d9399")
    for place in range(6):
        x, y = width * (0.08 + place * 0.17), height * (0.5 - place * 0.05)
        pen.ellipse([x - 40, y - 60, x + 40, y + 20], fill="#3f7d4f")
    pen.text((30, 30), words, fill="black")
    target = io.BytesIO()
    image.save(target, "JPEG", quality=88)
    return target.getvalue()


SOUND = b"\xff\xfb\x90\x64" + bytes(417 * 20)
"""Half a second of silence, as MP3."""


def units_called(name: str) -> list[str]:
    from surveys.units import found

    return found(name, level="ward")
