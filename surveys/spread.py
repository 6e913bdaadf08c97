"""How people learn of a consultation: a short address to type from a poster, and for each channel a link of its own."""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum

from surveys.problems import Code

ALPHABET = "CFHJKMNPRTVX234679"
"""Capitals and digits that no print confuses, without vowels (no word comes out by chance) and without D and W, which
Vietnamese keyboards turn into Đ and Ư."""

LENGTH = 5
"""18^5: 1.9 million consultations. Nobody need guess: whatever it leads to is public."""

MOST_OTHERS = 9


class Via(StrEnum):
    """By which of its links somebody came. Channels that an official names are `other1` to `other9`."""

    POSTER = "poster"
    LETTER = "letter"
    LOUDSPEAKER = "loudspeaker"
    ZALO = "zalo"
    FACEBOOK = "facebook"
    BOARD = "board"
    FRONT = "front"


NAMES: Mapping[str, Code] = {
    Via.POSTER: Code("via_poster", "Áp phích"),
    Via.LETTER: Code("via_letter", "Thư gửi hộ gia đình"),
    Via.LOUDSPEAKER: Code("via_loudspeaker", "Loa truyền thanh"),
    Via.ZALO: Code("via_zalo", "Zalo"),
    Via.FACEBOOK: Code("via_facebook", "Facebook"),
    Via.BOARD: Code("via_board", "Bảng tin"),
    Via.FRONT: Code("via_front", "Mặt trận, đoàn thể"),
}

OTHERS = tuple(f"other{n}" for n in range(1, MOST_OTHERS + 1))
VIAS = (*(via.value for via in Via), *OTHERS)
"""Every word that `?via=` may carry: few enough that a page may be kept for each."""

LETTERS: Mapping[str, str] = {
    Via.POSTER: "P", Via.LETTER: "T", Via.LOUDSPEAKER: "R", Via.ZALO: "Z", Via.FACEBOOK: "F", Via.BOARD: "B", Via.FRONT: "M",
    **dict(zip(OTHERS, "CHJKNVX34", strict=True)),
}  # fmt: skip
"""What the code ends with in a channel's link: poster, thư, rao, Zalo, Facebook, bảng tin, Mặt trận; others by what is left."""


def new_code(choose: Callable[[Sequence[str]], str]) -> str:
    """A code of chance, which `choose` brings."""
    return "".join(choose(ALPHABET) for _ in range(LENGTH))


def path(code: str, via: str = "") -> str:
    """`/s/K7MPTZ`"""
    return f"/s/{code}{LETTERS.get(via, '')}"


def read(typed: str) -> tuple[str, str]:
    """The code and the channel of what somebody typed after /s/, in any case and spacing; '' for a channel there is not."""
    letters = "".join(letter for letter in typed[:40].upper() if letter.isalnum())
    ending = letters[LENGTH:]
    return letters[:LENGTH], next((via for via, own in LETTERS.items() if own == ending), "")


def via_of(given: str | None) -> str:
    """The channel that a link names; '' where it names none of ours."""
    return given if given in VIAS else ""
