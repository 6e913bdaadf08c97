"""Made-up residents: for each question an answer of the right kind, not all of them pleased, some silent."""

from collections.abc import Iterator, Mapping, Sequence
from random import Random
from typing import Any

from surveys import units
from surveys.answers import check
from surveys.kinds import (
    AnyKind,
    Consent,
    Date,
    Decimal,
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
from surveys.questionnaire import Questionnaire

SILENT = 0.06
WORDY = 0.3
MOODS = ((4, 8, 22, 44, 22), (10, 22, 30, 28, 10), (2, 5, 14, 46, 33))
"""How many of a hundred choose each step of a scale of five, by question."""

STANCES = (62, 24, 14)
WORDS = (
    "Nên làm vỉa hè trước rồi mới trồng cây.",
    "Cán bộ hướng dẫn rõ ràng, dễ hiểu.",
    "Phải chờ lâu vào sáng thứ Hai, nên thêm người.",
    "Đề nghị cho biết kinh phí từ đâu.",
    "Mong được báo kết quả qua tin nhắn.",
    "Mưa lớn là ngập đầu hẻm, cần nạo vét cống.",
    "Bảng hướng dẫn chữ nhỏ quá, người già khó đọc.",
    "Nên có lịch làm việc ngày thứ Bảy.",
    "Đồng ý nhưng đừng làm vào dịp Tết.",
    "Chỗ để xe còn chật.",
)


def residents(questionnaire: Questionnaire, *, count: int, seed: int) -> Iterator[dict[str, Any]]:
    """So many checked answers, the same ones for the same seed."""
    chance = Random(seed)  # noqa: S311 – a sample that must come out the same again
    moods = {question.name: chance.choice(MOODS) for question in questionnaire.questions()}
    for _ in range(count):
        raw = {
            question.name: answer(question.kind, chance, moods[question.name])
            for question in questionnaire.questions()
            if question.kind.asks and (question.required or chance.random() > SILENT)
        }
        yield check(questionnaire, {name: value for name, value in raw.items() if value is not None}).values


def answer(kind: AnyKind, chance: Random, mood: Sequence[int]) -> Any:
    match kind:
        case Stance():
            stance = chance.choices(("agree", "disagree", "other"), STANCES)[0]
            return {"stance": stance, "text": chance.choice(WORDS)} if stance == "other" else {"stance": stance}
        case Scale():
            return step(kind.options, chance, mood)
        case Matrix():
            return {row.name: step(kind.options, chance, mood) for row in kind.rows if chance.random() > SILENT}
        case SelectOne():
            return chance.choices(kind.options, [len(kind.options) - place for place in range(len(kind.options))])[0].name
        case SelectMultiple():
            return several(kind, chance)
        case OpenText():
            return chance.choice(WORDS) if chance.random() < WORDY else None
        case Consent():
            return True
    return amount(kind, chance)


def step(options: Sequence[Option], chance: Random, mood: Sequence[int]) -> str:
    weights = mood if len(options) == len(mood) else [1] * len(options)
    return chance.choices(options, weights)[0].name


def several(kind: SelectMultiple, chance: Random) -> list[str]:
    together = [option.name for option in kind.options if not option.exclusive]
    most = min(kind.most or 3, 3, len(together))
    return chance.sample(together, chance.randint(min(kind.least or 1, most), most))


def by_liking(options: Sequence[Option], chance: Random) -> list[str]:
    """All of them in an order that the first ones tend to lead."""
    weight = {option.name: len(options) - place for place, option in enumerate(options)}
    return sorted(weight, key=lambda name: chance.random() ** (1 / weight[name]), reverse=True)


def divided(kind: Points, chance: Random) -> dict[str, int]:
    """Ten equal parts and what is left over, most of them to the first options."""
    parts = chance.choices(kind.options, [len(kind.options) - place for place in range(len(kind.options))], k=10)
    given = {option.name: parts.count(option) * (kind.total // 10) for option in kind.options}
    given[parts[0].name] += kind.total - sum(given.values())
    return given


def near(kind: UnitChoice, chance: Random) -> str:
    """A unit of the sample ward's province, seldom another's."""
    if kind.level == "province":
        return chance.choices(("48", "46", "51"), (90, 6, 4))[0]
    wards = [unit.code for unit in units.catalogue().values() if unit.parent == (kind.within or "48")][:8]
    return chance.choices(wards, [2 ** (len(wards) - place) for place in range(len(wards))])[0]


def amount(kind: AnyKind, chance: Random) -> Any:
    match kind:
        case Ranking():
            return by_liking(kind.options, chance)[: kind.ranks]
        case Points():
            return divided(kind, chance)
        case UnitChoice():
            return near(kind, chance)
        case Time():
            return f"{chance.randint(6, 20):02}:{chance.choice((0, 30)):02}"
        case Place():
            south, west, north, east = kind.frame
            return [chance.uniform(south, north), chance.uniform(west, east)]
    if isinstance(kind, Integer | Decimal):
        return chance.randint(int(kind.low or 0), int(kind.high if kind.high is not None else 80))
    return kind.low if isinstance(kind, Date) else None


def blocks(villages: Mapping[str, int], chance: Random) -> str:
    """One of these villages, the larger the likelier."""
    return chance.choices(list(villages), list(villages.values()))[0]
