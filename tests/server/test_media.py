"""Pictures and sound of questions, and everything else that comes from outside as a file: cleaned, or refused fast."""

import io
import struct
import time
import zipfile
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image

from server.cleaning import UnfitError, cleaned
from server.media import keep_media
from surveys.attachments import BadFile

pytestmark = pytest.mark.anyio

GPS = b"Exif\0\0"


def photo(width: int = 3000, height: int = 2000, form: str = "JPEG") -> bytes:
    """A picture with noise, an orientation and a place in its EXIF."""
    image = Image.effect_noise((width, height), 60).convert("RGB")
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Hãng Máy Ảnh"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (16.0, 4.0, 10.0)
    target = io.BytesIO()
    image.save(target, form, exif=exif)
    return target.getvalue()


def paper(**root: Any) -> bytes:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.docinfo["/Author"] = "Nguyễn Văn A"
    for name, value in root.items():
        pdf.Root[f"/{name}"] = value
    target = io.BytesIO()
    pdf.save(target)
    return target.getvalue()


def locked() -> bytes:
    pdf, target = pikepdf.new(), io.BytesIO()
    pdf.add_blank_page()
    pdf.save(target, encryption=pikepdf.Encryption(owner="a", user="b"))
    return target.getvalue()


def office(**parts: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("[Content_Types].xml", "<Types/>")
        book.writestr("word/document.xml", "<w:document/>")
        book.writestr("docProps/core.xml", "<cp:coreProperties><dc:creator>Nguyễn Văn A</dc:creator></cp:coreProperties>")
        for name, content in parts.items():
            book.writestr(name.replace("__", "/").replace("_DOT_", "."), content)
    return target.getvalue()


def box(name: bytes, content: bytes = b"") -> bytes:
    return struct.pack(">I4s", 8 + len(content), name) + content


MP4 = box(b"ftyp", b"M4A \0\0\0\0") + box(b"moov", box(b"mvhd", bytes(8)) + box(b"udta", box(b"\xa9xyz", b"+16.0678+108.2208/"))) + box(b"mdat", b"sound")
MP3 = b"ID3\x04\0\0\0\0\0\x0aTIT2+16.06" + b"\xff\xfb\x90\x64" + bytes(400)


def test_photo_keeps_what_is_seen_and_nothing_else() -> None:
    clean = cleaned(photo(), ["image", "pdf"])

    image = Image.open(io.BytesIO(clean.content))
    assert (clean.media_type, clean.ending, image.size) == ("image/jpeg", "jpg", (1707, 2560))
    assert dict(image.getexif()) == {}
    assert GPS not in clean.content


def test_picture_of_a_question_is_light() -> None:
    clean = cleaned(photo(), ["picture"])

    assert clean.media_type == "image/webp"
    assert max(Image.open(io.BytesIO(clean.content)).size) <= 1600
    assert GPS not in clean.content


def test_transparent_picture_lies_on_white_paper() -> None:
    target = io.BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(target, "PNG")

    assert Image.open(io.BytesIO(cleaned(target.getvalue(), ["image"]).content)).getpixel((4, 4)) == (255, 255, 255)


def test_who_made_a_paper_is_wiped_out() -> None:
    assert "Nguyễn".encode("utf-16-be") not in cleaned(paper(), ["pdf"]).content
    assert dict(pikepdf.open(io.BytesIO(cleaned(paper(), ["pdf"]).content)).docinfo) == {}
    book = zipfile.ZipFile(io.BytesIO(cleaned(office(), ["office"]).content))
    assert book.read("docProps/core.xml") == b"<cp:coreProperties><dc:creator></dc:creator></cp:coreProperties>"


def test_sound_loses_its_notes_and_keeps_its_length() -> None:
    m4a, mp3 = cleaned(MP4, ["audio"]), cleaned(MP3, ["audio"])

    assert (m4a.ending, len(m4a.content), b"+16.06" in m4a.content, m4a.content.endswith(b"sound")) == ("m4a", len(MP4), False, True)
    assert (mp3.ending, mp3.content) == ("mp3", b"\xff\xfb\x90\x64" + bytes(400))


SCRIPT = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
TEMPLATE = b'<Relationship Id="1" Type="x/attachedTemplate" TargetMode="External" Target="http://x"/>'
LAUNCH = pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("cmd.exe"))


@pytest.mark.parametrize(
    ("content", "sorts", "code"),
    [
        (b"", ["image"], "not_such_a_file"),
        (b"<html><script>alert(1)</script>", ["image", "pdf"], "not_such_a_file"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", ["image"], "not_such_a_file"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), ["image"], "not_such_a_file"),
        (photo(40, 40), ["pdf"], "not_such_a_file"),
        (paper(OpenAction=SCRIPT), ["pdf"], "file_active"),
        (paper(OpenAction=LAUNCH), ["pdf"], "file_active"),
        (paper(Names=pikepdf.Dictionary(EmbeddedFiles=pikepdf.Dictionary(Names=[]))), ["pdf"], "file_active"),
        (locked(), ["pdf"], "file_locked"),
        (b"%PDF-1.7\n" + bytes(2000), ["pdf"], "not_such_a_file"),
        (office(word__vbaProject_DOT_bin=b"\xd0\xcf"), ["office"], "file_active"),
        (office(word___rels__document_DOT_xml_DOT_rels=TEMPLATE), ["office"], "file_active"),
        (office(word__styles_DOT_xml=b'<!DOCTYPE x [<!ENTITY a "b">]>'), ["office"], "not_such_a_file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), ["office"], "not_such_a_file"),
        (b"ID3" + bytes(60), ["audio"], "not_such_a_file"),
        (box(b"ftyp", b"M4A ") + b"\xff\xff\xff\xffmoov", ["audio"], "not_such_a_file"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)  # fmt: skip
def test_hostile_file_is_refused(content: bytes, sorts: list[str], code: str) -> None:
    with pytest.raises(UnfitError) as refusal:
        cleaned(content, sorts)

    assert refusal.value.code.id == code


def bomb() -> bytes:
    """A PNG of 30,000 × 30,000 pixels that weighs a few kilobytes."""
    small = io.BytesIO()
    Image.new("1", (30000, 30000)).save(small, "PNG")
    return small.getvalue()


@pytest.mark.parametrize("made", [bomb, lambda: office(word__media__x_DOT_xml=bytes(70_000_000))], ids=["picture", "archive"])
async def test_bomb_is_refused_fast(made: Any, tmp_path: Path) -> None:
    (tmp_path / "given").write_bytes(made())
    began = time.monotonic()

    from server.media import cleaned as in_child

    with pytest.raises(BadFile):
        await in_child(tmp_path / "given", sorts=["image", "office"], most_mb=15)

    assert time.monotonic() - began < 4


async def test_kept_media_is_named_by_its_content(tmp_path: Path) -> None:
    (tmp_path / "given").write_bytes(photo(640, 480))

    name = await keep_media(tmp_path / "given", sort="image", folder=tmp_path / "files")
    again = await keep_media(tmp_path / "given", sort="image", folder=tmp_path / "files")

    assert name == again
    assert [file.name for file in (tmp_path / "files").iterdir()] == [name.removesuffix(".webp")]


async def test_media_says_why_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "given").write_bytes(b"GIF89a nothing")

    with pytest.raises(BadFile) as refusal:
        await keep_media(tmp_path / "given", sort="image", folder=tmp_path)

    assert (refusal.value.code.id, refusal.value.status) == ("not_such_a_file", 422)
