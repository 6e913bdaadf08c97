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
    STANCE_LABELS,
    STANCES,
    Calculation,
    Clause,
    Integer,
    Matrix,
    Option,
    Points,
    Ranking,
    Scale,
    SelectMultiple,
    SelectOne,
    Stance,
    Time,
    UnitChoice,
)
from surveys.units import Unit
from tests.papers.questions import QUESTIONNAIRE, text

UNIT = Unit("20209", "Phường Thanh Khê", "phường", "48", "Thành phố Đà Nẵng")
CHANNELS = {"web": 0.72, "paper": 0.28}
VILLAGES = {f"v{n}": (f"Tổ dân phố {n}", households) for n, households in enumerate((212, 187, 240, 165, 198, 221, None, 174), start=1)}


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
