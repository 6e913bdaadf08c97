"""What each kind of question offers to choose from, to print the questionnaire beside its results."""

from msgspec import Struct

from surveys.kinds import (
    CONSENT_LABEL,
    OTHER_LABEL,
    STANCE_LABELS,
    AnyKind,
    Consent,
    Date,
    Decimal,
    Integer,
    Matrix,
    Scale,
    SelectMultiple,
    SelectOne,
    Stance,
    Text,
)
from surveys.problems import Code

A_NUMBER = Code("a_number", "Điền một số")
A_DATE = Code("a_date", "Điền một ngày")
IN_WORDS = Code("in_words", "Trả lời bằng lời")
SEVERAL = Code("several", "Được chọn nhiều ý")


class Asked(Struct, frozen=True):
    """The choices, the rows they are asked of, and how it is answered where that is not one of the choices."""

    options: tuple[Text, ...] = ()
    rows: tuple[Text, ...] = ()
    how: Code | None = None


def asked(kind: AnyKind) -> Asked:
    match kind:
        case SelectOne() | SelectMultiple():
            worded = (OTHER_LABEL,) if kind.other else ()
            labels = tuple(option.label or {"vi": option.name} for option in kind.options)
            return Asked((*labels, *worded), how=SEVERAL if isinstance(kind, SelectMultiple) else None)
        case Scale():
            return Asked(scale_labels(kind))
        case Matrix():
            return Asked(scale_labels(kind.scale), rows=tuple(row.label or {"vi": row.name} for row in kind.rows))
        case Stance():
            return Asked(tuple(STANCE_LABELS.values()))
        case Consent():
            return Asked((CONSENT_LABEL,))
        case Integer() | Decimal():
            return Asked(how=A_NUMBER)
        case Date():
            return Asked(how=A_DATE)
        case _:
            return Asked(how=IN_WORDS)


def scale_labels(scale: Scale) -> tuple[Text, ...]:
    return tuple(option.label or {"vi": option.name} for option in (*scale.options, *scale.missing))
