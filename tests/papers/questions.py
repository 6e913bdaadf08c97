"""The questions of the sample ward: one of every kind."""

from surveys.kinds import (
    SATISFACTION,
    Block,
    Calculation,
    Clause,
    File,
    Integer,
    Matrix,
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


def choices(**labels):
    return tuple(Option(name, {"vi": vi, "en": en}) for name, (vi, en) in labels.items())


def text(vi, en):
    return {"vi": vi, "en": en}


PLACES = choices(
    market=("Chợ Thuận Phước", "Thuận Phước market"),
    school=("Trường Tiểu học Đinh Bộ Lĩnh", "Đinh Bộ Lĩnh primary school"),
    clinic=("Trạm y tế phường", "Ward clinic"),
    park=("Công viên 29 tháng 3", "29 March park"),
    beach=("Bãi biển Nguyễn Tất Thành", "Nguyễn Tất Thành beach"),
    office=("Bộ phận Một cửa", "One-stop desk"),
    station=("Ga Đà Nẵng", "Đà Nẵng station"),
    lane=("Kiệt, hẻm trong tổ", "Lanes of the block"),
    hall=("Nhà sinh hoạt cộng đồng", "Community hall"),
    bus=("Trạm xe buýt", "Bus stops"),
    none=("Không nơi nào", "None of these"),
)

WORKS = choices(
    road=("Sửa đường số 5", "Repair road 5"),
    drain=("Thoát nước kiệt 14", "Drain lane 14"),
    lamp=("Đèn đường tổ 3 và tổ 4", "Street lights in blocks 3 and 4"),
    park=("Vườn hoa đầu phố", "A small park"),
)
PICTURE = f"{'5' * 64}.jpg"

MORE = Section(
    "more",
    label=text("Ưu tiên và điều khoản", "Priorities and clauses"),
    questions=(
        Question(
            "first",
            Clause(
                clause="c4",
                number="Điều 4",
                body=(
                    Block("1. Thi công từ 7 giờ 00 đến 18 giờ 00, trừ ngày lễ."),
                    Block("2. Mức hỗ trợ hộ phải lùi hàng rào:"),
                    Block(rows=(("Chiều rộng lùi", "Mức hỗ trợ"), ("Dưới 0,5 m", "2.000.000 đồng"), ("Từ 0,5 m", "3.500.000 đồng"))),
                ),
            ),
            text("Thời gian thi công và hỗ trợ", "Working hours and support"),
        ),
        Question("order", Ranking(WORKS), text("Xin xếp thứ tự bốn việc sau theo mức cần làm trước", "Put these four works in order")),
        Question("best", Ranking(PLACES[:6], most=3), text("Ba nơi cần sửa trước nhất, theo thứ tự", "Your first three places, in order")),
        Question(
            "budget",
            Points(WORKS, unit=text("triệu đồng", "million đồng")),
            text("Ông/bà chia 100 triệu đồng thế nào?", "How would you divide 100 million?"),
        ),
        Question("home", UnitChoice(within="48"), text("Ông/bà đang ở phường, xã nào?", "In which ward or commune do you live?")),
        Question("quiet", Time(), text("Ban đêm nên dừng thi công từ mấy giờ?", "From what hour should work stop at night?")),
        Question("spot", Place(PICTURE), text("Chỗ nào thường ngập nhất?", "Where does it flood?"), image=PICTURE, alt=text("Sơ đồ đường số 5", "Road 5")),
        Question("photo", File(accepts=("image",)), text("Gửi ảnh chỗ hư hỏng", "Send a photo of the damage"), relevant={"!=": [{"var": "spot/lat"}, None]}),
        Question(
            "trust",
            Scale(choices(**{str(n): (str(n), str(n)) for n in range(11)} | {"0": ("Không tin", "None"), "10": ("Rất tin", "Full")})),
            text("Ông/bà tin kế hoạch sẽ làm đúng hạn đến mức nào?", "How far do you trust the plan to be on time?"),
        ),
        Question(
            "tree",
            SelectOne(
                (
                    Option("lim", text("Lim xẹt", "Lim xẹt"), image=PICTURE),
                    Option("sau", text("Sấu", "Sấu"), image=PICTURE),
                    Option("none", text("Không trồng ở ${home}", "None in ${home}"), relevant={"==": [{"var": "pavement"}, "disagree"]}),
                )
            ),
            text("Nên trồng cây nào?", "Which tree?"),
            audio={"vi": f"{'6' * 64}.mp3", "ctu": f"{'7' * 64}.mp3"},
        ),
        Question("double", Calculation({"*": [{"var": "people"}, 2]}, unit=text("suất", "portions")), text("Suất quà Trung thu", "Mid-autumn gifts")),
    ),
)

QUESTIONNAIRE = Questionnaire(
    name="duong-so-5",
    languages=("vi", "en"),
    title=text("Phiếu lấy ý kiến về dự thảo cải tạo đường số 5", "Form on the draft plan to rebuild road 5"),
    sections=(
        Section(
            "plan",
            label=text("Dự thảo kế hoạch", "The draft plan"),
            questions=(
                Question("widen", Stance(), text("Mở rộng lòng đường số 5 từ 5,5 m lên 7,5 m", "Widen road 5 from 5.5 m to 7.5 m"), required=True),
                Question("pavement", Stance(), text("Lát vỉa hè hai bên, trồng cây xanh", "Pave both sides and plant trees")),
                Question("parking", Stance(), text("Thu phí đỗ xe ô tô ban đêm trên đường số 5", "Charge for parking cars at night on road 5")),
                Question(
                    "start",
                    SelectOne(
                        choices(
                            q1=("Quý I năm 2027", "First quarter of 2027"),
                            q2=("Quý II năm 2027", "Second quarter of 2027"),
                            later=("Sau Tết Nguyên đán 2028", "After Tết 2028"),
                        ),
                        other=True,
                    ),
                    text("Nên khởi công vào lúc nào?", "When should work begin?"),
                ),
                Question("wish", OpenText(long=True), text("Ông/bà muốn đề xuất thêm điều gì?", "What else do you propose?")),
            ),
        ),
        Section(
            "services",
            label=text("Dịch vụ của phường", "The ward's services"),
            questions=(
                Question("desk", Scale(SATISFACTION), text("Mức hài lòng chung với Bộ phận Một cửa", "Overall satisfaction with the one-stop desk")),
                Question(
                    "parts",
                    Matrix(
                        choices(
                            time=("Thời gian giải quyết hồ sơ", "Time to settle a file"),
                            manner=("Thái độ của công chức", "Manner of officials"),
                            guide=("Hướng dẫn hồ sơ dễ hiểu", "Clear guidance"),
                            online=("Nộp hồ sơ trực tuyến", "Filing online"),
                        ),
                        SATISFACTION,
                    ),
                    text("Ông/bà hài lòng thế nào với từng việc sau?", "How satisfied are you with each of these?"),
                ),
                Question(
                    "light",
                    Scale(choices(**{"1": ("Tối", "Dark"), "2": ("Tạm được", "Fair"), "3": ("Sáng", "Bright")})),
                    text("Đèn đường trong tổ dân phố", "Street lights in the block"),
                ),
            ),
        ),
        Section(
            "household",
            label=text("Về gia đình", "The household"),
            questions=(
                Question("people", Integer(low=1, high=20), text("Số người trong hộ", "People in the household")),
                Question(
                    "places", SelectMultiple(PLACES), text("Những nơi cần được sửa chữa trước", "Places to repair first"), text("Chọn nhiều nhất ba nơi", "")
                ),
                Question(
                    "age",
                    SelectOne(choices(a=("18–35 tuổi", "18–35"), b=("36–60 tuổi", "36–60"), c=("Trên 60 tuổi", "Over 60"))),
                    text("Nhóm tuổi", "Age group"),
                ),
                Question("news", OpenText(), text("Ông/bà nhận tin của phường qua đâu?", "Where do you get the ward's news?")),
            ),
        ),
        MORE,
    ),
)
