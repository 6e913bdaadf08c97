"""A consultation whose form holds every kind of question, as residents' tests need it: open, in a ward with villages."""

import datetime
from typing import Any

from surveys.consultation import Consultation, Contact, Instrument, State
from surveys.kinds import SATISFACTION, Consent, Date, Decimal, Integer, Matrix, Note, OpenText, Option, Scale, SelectMultiple, SelectOne, Stance
from surveys.questionnaire import Question, Questionnaire, Section

WARD = "20209"
NO_OPINION = Option("kb", {"vi": "Không có ý kiến", "en": "No opinion"})


def both(vi: str, en: str) -> dict[str, str]:
    return {"vi": vi, "en": en}


QUESTIONNAIRE = Questionnaire(
    title=both("Đường số 5", "Road 5"),
    languages=("vi", "en"),
    sections=(
        Section(
            "y_kien",
            (
                Question(
                    "ghi_chu", Note(), both("Dự thảo mở rộng đường số 5 từ 6 lên 9 mét, làm vỉa hè hai bên.", "The draft widens road 5 from 6 to 9 metres.")
                ),
                Question("dong_y", Stance(), both("Ông/bà có đồng ý mở rộng đường số 5?", "Do you agree to widen road 5?"), required=True),
                Question(
                    "vi_sao",
                    OpenText(long=True, longest=300),
                    both("Vì sao ông/bà không đồng ý?", "Why do you disagree?"),
                    relevant={"==": [{"var": "dong_y"}, "disagree"]},
                ),
            ),
            both("Ý kiến về dự thảo", "Your opinion of the draft"),
        ),
        Section(
            "phuc_vu",
            (
                Question(
                    "hai_long",
                    Scale(SATISFACTION, (NO_OPINION,)),
                    both("Ông/bà hài lòng với mặt đường hiện nay đến mức nào?", "How satisfied are you with the road today?"),
                    both("Chọn một mức.", "Choose one."),
                    required=True,
                ),
                Question(
                    "tung_mat",
                    Matrix(
                        (Option("den", both("Đèn đường", "Street lights")), Option("thoat_nuoc", both("Thoát nước", "Drains"))), SATISFACTION, (NO_OPINION,)
                    ),
                    both("Và từng mặt sau đây?", "And each of these?"),
                ),
            ),
            both("Đường hiện nay", "The road today"),
        ),
        Section(
            "sua_chua",
            (
                Question(
                    "uu_tien",
                    SelectMultiple(
                        (
                            Option("den", both("Đèn", "Lights")),
                            Option("cay", both("Cây xanh", "Trees")),
                            Option("khong", both("Không cần gì", "Nothing"), exclusive=True),
                        ),
                        other=True,
                        most=2,
                    ),
                    both("Cần làm gì trước? Chọn nhiều nhất hai.", "What first? At most two."),
                ),
                Question(
                    "xe",
                    SelectOne((Option("may", both("Xe máy", "Motorbike")), Option("bo", both("Đi bộ", "On foot"))), other=True),
                    both("Ông/bà thường đi bằng gì?", "How do you travel?"),
                ),
            ),
            both("Nên sửa gì", "What to mend"),
            relevant={"<=": [{"var": "hai_long"}, 2]},
        ),
        Section(
            "nha",
            (
                Question("so_nguoi", Integer(1, 30, both("người", "people")), both("Nhà ông/bà có bao nhiêu người?", "How many live in your home?")),
                Question("mat_tien", Decimal(0, 100, both("mét", "metres")), both("Mặt tiền rộng bao nhiêu?", "How wide is the front?")),
                Question("ngay", Date("2020-01-01", "2026-12-31"), both("Ông/bà về ở đây từ ngày nào?", "Since when have you lived here?")),
                Question("gop_y", OpenText(longest=200), both("Điều khác muốn nói", "Anything else")),
                Question(
                    "cho_phep",
                    Consent(),
                    both("Tôi đồng ý để phường dùng câu trả lời này cho báo cáo.", "I agree that the ward uses these answers for its report."),
                    required=True,
                ),
            ),
            both("Về gia đình", "Your household"),
        ),
    ),
)


def consultation(**changes: Any) -> Consultation:
    return Consultation(
        **{
            "id": "",
            "slug": "",
            "unit": WARD,
            "instrument": Instrument.OPINION,
            "opens_on": datetime.date(2026, 11, 20),
            "closes_on": datetime.date(2026, 12, 20),
            "title": both("Có nên mở rộng đường số 5?", "Should road 5 be widened?"),
            "summary": both(
                "Đường số 5 hẹp và hay ngập.\nPhường định mở rộng từ 6 lên 9 mét.\nPhường muốn biết ý kiến người dân trước khi quyết định.",
                "Road 5 is narrow and floods.\nThe ward plans to widen it from 6 to 9 metres in 2027.\nIt asks before it decides.",
            ),
            "changes": both(
                "24 hộ mặt tiền lùi hàng rào 1,5 mét.\nMọi người đi lại có vỉa hè hai bên.", "24 households move their fence back.\nEverybody gets pavements."
            ),
            "use": both("UBND phường tổng hợp, tiếp thu hoặc giải trình rồi công bố ở trang này.", "The ward counts, answers and publishes here."),
            "legal_ground": both("Luật Thực hiện dân chủ ở cơ sở số 10/2022/QH15, điều 25–29", "Law 10/2022/QH15 on grassroots democracy, articles 25–29"),
            "contact": Contact("Bà Nguyễn Thị Soạn", "0236 3712 345", "Trụ sở UBND phường, 503 Trần Cao Vân"),
        }
        | changes
    )


async def asked(
    pool: Any, by: Any, now: datetime.datetime, *, state: State = State.OPEN, questionnaire: Questionnaire = QUESTIONNAIRE, **changes: Any
) -> Consultation:
    """Made by this person, then put into this state past all rules: those are tested elsewhere."""
    from msgspec import structs

    from server.store import consultations

    made = await consultations.create(consultation(**changes), questionnaire, by=by, now=now)
    await pool.execute("UPDATE consultation SET state = $2 WHERE slug = $1", made.slug, state.value)
    return structs.replace(made, state=state)


ANSWERS: dict[str, Any] = {
    "dong_y": "disagree", "dong_y/text": "", "vi_sao": "Mất sân trước.", "hai_long": "2", "tung_mat/den": "3", "tung_mat/thoat_nuoc": "kb",
    "uu_tien": ["den", "other"], "uu_tien/text": "Vỉa hè", "xe": "may", "xe/text": "", "so_nguoi": "4", "mat_tien": "4,5", "ngay": "2021-05-01",
    "gop_y": "Cảm ơn", "cho_phep": "true",
}  # fmt: skip
"""One whole form, as a browser sends it."""
