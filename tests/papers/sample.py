"""A consultation of a ward with 8 villages and questions of every kind, counted by plain Python: what the papers are looked at with."""

import datetime
import random
from statistics import median

from analysis.labels import option_label
from analysis.papers.council import CouncilPaper
from analysis.report import (
    Estimate,
    GroupTally,
    MergedTally,
    OptionTally,
    OtherChannel,
    QuestionTally,
    Report,
    Turnout,
    VillageTurnout,
    Words,
)
from surveys import units
from surveys.consultation import Consultation, Contact, Instrument, State
from surveys.kinds import (
    OTHER,
    OTHER_LABEL,
    SATISFACTION,
    STANCE_LABELS,
    STANCES,
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
from surveys.units import Unit

UNIT = Unit("20209", "Phường Thanh Khê", "phường", "48", "Thành phố Đà Nẵng")
CHANNELS = {"web": 0.72, "paper": 0.28}
VILLAGES = {f"v{n}": (f"Tổ dân phố {n}", households) for n, households in enumerate((212, 187, 240, 165, 198, 221, None, 174), start=1)}


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

CONSULTATION = Consultation(
    id="0d0f9d8e-3a55-4b8e-9d3e-0f6d5a1c2b3a",
    slug="duong-so-5",
    unit=UNIT.code,
    instrument=Instrument.OPINION,
    state=State.SEALED,
    title=text("Dự thảo kế hoạch cải tạo đường số 5", "Draft plan to rebuild road 5"),
    summary=text(
        "Ủy ban nhân dân phường lấy ý kiến Nhân dân về dự thảo kế hoạch cải tạo đường số 5, đoạn từ đường Hà Huy Tập đến đường Trần Cao Vân, dài 620 m.",
        "The People's Committee asked residents about the draft plan to rebuild 620 m of road 5.",
    ),
    changes=text(
        "Lòng đường rộng 7,5 m; 14 hộ lùi hàng rào trung bình 0,6 m.\nVỉa hè rộng 3 m, trồng 84 cây.\nĐỗ xe ban đêm thu phí theo tháng.",
        "The carriageway becomes 7.5 m; 14 households move their fences.\nPavements of 3 m with 84 trees.\nNight parking is charged by the month.",
    ),
    legal_ground=text("Nghị định số 59/2023/NĐ-CP ngày 14 tháng 8 năm 2023 của Chính phủ", "Decree 59/2023/NĐ-CP of 14 August 2023"),
    contact=Contact("Nguyễn Thị Hòa", "0236 3812 345", "Nhà sinh hoạt cộng đồng tổ 3"),
    opens_on=datetime.date(2026, 10, 1),
    closes_on=datetime.date(2026, 10, 26),
    reply=text(
        "Tiếp thu: chưa thu phí đỗ xe ban đêm trong năm 2027; trình phương án giữ xe tập trung tại khu đất chợ cũ.\n"
        "Giải trình: lòng đường 7,5 m là bề rộng nhỏ nhất để xe chữa cháy vào được; phần hàng rào phải lùi được bồi thường theo Luật Đất đai.",
        "Accepted: no charge for night parking in 2027.\nExplained: 7.5 m is the least width that lets a fire engine in.",
    ),
    proposals=text(
        "Đề nghị Hội đồng nhân dân phường thông qua kế hoạch cải tạo đường số 5 với lòng đường 7,5 m, vỉa hè 3 m hai bên, khởi công trong quý II năm 2027.\n"
        "Chưa đưa nội dung thu phí đỗ xe ban đêm vào kế hoạch.",
        "The council is asked to adopt the plan with a carriageway of 7.5 m, to begin in the second quarter of 2027.\nNight parking charges are left out.",
    ),
    sample=True,
)

WISHES = (
    "Làm từng đoạn, không đào cả tuyến một lúc.",
    "Cần cống thoát nước lớn hơn, mùa mưa tổ 4 ngập.",
    "Giữ lại cây bàng trước nhà văn hóa.\nTrồng thêm cây sấu.",
    "{{7*7}} <script>alert(1)</script> <img src=file:///etc/passwd>",
)


def percent(count, base):
    return 100 * count / base if base else None


WARDS = [code for code, unit in units.catalogue().items() if unit.parent == "48"][:12]


def answer(dice, kind):
    """One made-up answer as the tally sees it: a list of chosen values, or a number; None is no reply."""
    if dice.random() < 0.04:
        return None
    match kind:
        case Stance():
            return dice.choices(STANCES, weights=(62, 24, 14))
        case SelectOne():
            return [dice.choice([*(option.name for option in kind.options), *([OTHER] if kind.other else [])])]
        case SelectMultiple():
            return dice.sample([option.name for option in kind.options], k=dice.randint(1, 3))
        case Scale():
            return dice.choices([option.name for option in kind.options], weights=(5, 11, 24, 40, 20, 18, 16, 14, 12, 10, 8)[: len(kind.options)])
        case Integer() | Calculation():
            return dice.randint(1, 9)
    return arranged(dice, kind)


def arranged(dice, kind):
    """The same of kinds that put things in order, divide them, or say where and when."""
    match kind:
        case Ranking():
            names = [option.name for option in kind.options]
            return sorted(names, key=lambda name: dice.random() ** (1 / (len(names) - names.index(name))), reverse=True)[: kind.ranks]
        case Points():
            return dice.choices([option.name for option in kind.options], weights=(5, 3, 3, 1), k=20)
        case UnitChoice():
            return dice.choices(WARDS, weights=range(len(WARDS) + 4, 4, -1))
        case Time():
            return dice.choice((1200, 1260, 1290, 1320))
        case _:
            return "x" if dice.random() < 0.3 else None


def counted(values, kind, base):
    return tuple(measured(option, number, values, kind, base) for option in options_of(kind) for number in [people(option.name, values, kind)])


def people(name, values, kind):
    return sum(value[0] == name if isinstance(kind, Ranking) else name in value for value in values)


def measured(option, number, values, kind, base):
    ranks = [value.index(option.name) + 1 for value in values if option.name in value] if isinstance(kind, Ranking) else []
    return OptionTally(
        option.name,
        option.label,
        number,
        percent(number, base),
        mean_rank=sum(ranks) / len(ranks) if ranks else None,
        ranked=len(ranks) if isinstance(kind, Ranking) else None,
        mean_share=percent(sum(value.count(option.name) for value in values), 20 * base) if isinstance(kind, Points) else None,
    )


def options_of(kind):
    match kind:
        case Stance():
            return tuple(Option(name, STANCE_LABELS[name]) for name in STANCES)
        case SelectOne() | SelectMultiple():
            options = tuple(Option(option.name, option_label(option)) for option in kind.options)
            return (*options, *([Option(OTHER, OTHER_LABEL)] if kind.other else []))
        case Scale() | Ranking() | Points():
            return kind.options
        case UnitChoice():
            return tuple(Option(code, {"vi": units.spoken(code)}) for code in WARDS)
        case _:
            return ()


def mean_of(values, kind):
    if isinstance(kind, Integer | Calculation) and values:
        return sum(values) / len(values)
    return sum(int(value[0]) for value in values) / len(values) if isinstance(kind, Scale) and values else None


def satisfied_of(values, kind):
    return percent(sum(value[0] in "45" for value in values), len(values)) if isinstance(kind, Scale) and len(kind.options) == 5 else None


def tally(name, label, kind, rows, *, as_kind=None, least=5):
    """rows: (village, channel, answer)."""
    values = [value for _, _, value in rows if value is not None]
    options = options_of(kind)
    numbers = values if isinstance(kind, Integer | Time | Calculation) else []
    return QuestionTally(
        name=name,
        kind=as_kind or kind.__struct_config__.tag,
        label=label,
        asked=len(rows),
        answered=len(values),
        missing=len(rows) - len(values),
        options=counted(values, kind, len(values)),
        mean=mean_of(values, kind),
        satisfied_percent=satisfied_of(values, kind),
        minimum=min(numbers, default=None),
        maximum=max(numbers, default=None),
        median=median(numbers) if numbers else None,
        total=sum(numbers) if numbers and not isinstance(kind, Time) else None,
        groups={"village": grouped(rows, 0, kind, least), "channel": grouped(rows, 1, kind, least)} if options else {},
    )


def grouped(rows, place, kind, least):
    found = []
    for value in dict.fromkeys(row[place] for row in rows):
        of_group = [row for row in rows if row[place] == value]
        values = [row[2] for row in of_group if row[2] is not None]
        label = {"vi": VILLAGES[value][0]} if value in VILLAGES else {"vi": {"web": "Trên mạng", "paper": "Phiếu giấy"}[value]}
        options = tuple(
            option if (option.count or 0) >= least else OptionTally(option.value, option.label, None, None, suppressed=True)
            for option in counted(values, kind, len(values))
        )
        found.append(GroupTally(value, label, len(of_group), len(values), options, mean_of(values, kind), satisfied_of(values, kind)))
    return tuple(found)


def sample_report(*, public=True, provisional=False, seed=5, people=640):
    dice = random.Random(seed)
    rows = [(dice.choice(list(VILLAGES)), dice.choices(list(CHANNELS), weights=CHANNELS.values())[0]) for _ in range(people)]
    tallies = []
    for question in QUESTIONNAIRE.questions():
        kind = question.kind
        label = {language: f"{kind.number}. {words}" for language, words in question.label.items()} if isinstance(kind, Clause) else question.label
        if isinstance(kind, Matrix):
            for row in kind.rows:
                answers = [(*who, answer(dice, kind.scale)) for who in rows]
                tallies.append(tally(f"{question.name}/{row.name}", row.label, kind.scale, answers, as_kind="matrix"))
        else:
            tallies.append(tally(question.name, label, kind, [(*who, answer(dice, kind)) for who in rows]))
    tallies = [with_words(one) if one.name == "wish" and people else one for one in tallies]
    return Report(
        title=CONSULTATION.title,
        responses=people,
        min_cell=5,
        questions=tuple(tallies),
        turnout=turnout(rows),
        other_channels=(OtherChannel("meeting", "Trần Văn Sơn", "v4", {"widen": {"agree": 38, "disagree": 9, "other": 2}}, 49, "2026-10-18"),),
        merged=(merged(tallies[0]),),
        data_hash="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        public=public,
        provisional=provisional,
    )


def with_words(one):
    words = tuple(Words(str(n), wish, "Tổ dân phố 4", released=True) for n, wish in enumerate(WISHES))
    hidden = Words("x", "Ông Nguyễn Văn A ở số 12 làm ồn", "Tổ dân phố 2", released=None)
    return QuestionTally(
        name=one.name,
        kind="text",
        label=one.label,
        asked=one.asked,
        answered=one.answered,
        missing=one.missing,
        words=(*words, hidden),
        words_withheld=(one.answered or 0) - len(words) - 1,
    )


def turnout(rows):
    villages = tuple(
        VillageTurnout(name, label, households, number, channels, Estimate(percent(number, households) if households else None, households))
        for name, (label, households) in VILLAGES.items()
        for channels in [{channel: sum(row == (name, channel) for row in rows) for channel in CHANNELS}]
        for number in [sum(channels.values())]
    )
    by_channel = {channel: sum(row[1] == channel for row in rows) for channel in CHANNELS}
    help_given = {"self": len(rows) - 41, "assisted": 41}
    return Turnout(None, len(rows), Estimate(None), by_channel, help_given, villages, "Công an phường, ngày 01/9/2026")


def merged(one):
    added = {"agree": 38, "disagree": 9, "other": 2}
    base = one.answered + sum(added.values())
    options = tuple(OptionTally(o.value, o.label, o.count + added[o.value], percent(o.count + added[o.value], base)) for o in one.options)
    return MergedTally(one.name, one.label, base, options)


def sample_paper(**changes):
    given = {
        "consultation": CONSULTATION,
        "questionnaire": QUESTIONNAIRE,
        "report": sample_report(),
        "unit": UNIT,
        "number": 5,
        "signed_on": datetime.date(2026, 11, 2),
        "signer_name": "Nguyễn Văn Hải",
        "software": "0.1.0",
    }
    return CouncilPaper(**given | changes)
