"""Pictures: turned upright, made smaller, and written anew, so that nothing but what is seen comes along."""

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from server.cleaning.clean import Clean, UnfitError
from surveys.attachments import FILE_TOO_HEAVY, NOT_SUCH_A_FILE

PHOTO_SIDE, PICTURE_SIDE = 2560, 1600
LIGHT = 150_000
"""Bytes that a picture of a question should have at most: three seconds on a slow 3G network."""

MOST_PIXELS, MOST_JPEG_PIXELS = 50_000_000, 250_000_000
"""JPEG is decoded at the size that is wanted; other formats whole."""

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")


def looks_so(content: bytes) -> bool:
    return content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8")) or (content[:4] == b"RIFF" and content[8:12] == b"WEBP")


def photo(content: bytes) -> Clean:
    """What a resident sends: as JPEG, at most 2560 pixels wide or high."""
    return Clean("image/jpeg", "jpg", written(opened(content, PHOTO_SIDE).convert("RGB"), "JPEG", quality=85, optimize=True))


def picture(content: bytes) -> Clean:
    """A picture of a question: as WebP, at most 1600 pixels, and as light as it can be while still clear."""
    image = opened(content, PICTURE_SIDE)
    for side, quality in ((1600, 80), (1600, 65), (1280, 65), (1280, 50), (1024, 50)):
        smaller = shrunk(image, side)
        made = written(smaller, "WEBP", quality=quality, method=4)
        if len(made) <= LIGHT:
            break
    return Clean("image/webp", "webp", made)


def opened(content: bytes, side: int) -> Image.Image:
    """Upright, without transparency, at most `side` pixels. Raises UnfitError."""
    warnings.simplefilter("ignore")
    try:
        image: Image.Image = Image.open(io.BytesIO(content), formats=FORMATS)
        pixels = image.width * image.height
        if pixels > (MOST_JPEG_PIXELS if image.format == "JPEG" else MOST_PIXELS):
            raise UnfitError(FILE_TOO_HEAVY)
        image.draft("RGB", (side, side))
        return shrunk(flat(ImageOps.exif_transpose(image)), side)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError):
        raise UnfitError(NOT_SUCH_A_FILE) from None


def flat(image: Image.Image) -> Image.Image:
    """On white paper where it is transparent."""
    if not image.has_transparency_data:
        return image.convert("RGB")
    layered = image.convert("RGBA")
    paper = Image.new("RGB", layered.size, "white")
    paper.paste(layered, mask=layered.getchannel("A"))
    return paper


def shrunk(image: Image.Image, side: int) -> Image.Image:
    smaller = image.copy()
    smaller.thumbnail((side, side), Image.Resampling.LANCZOS)
    return smaller


def written(image: Image.Image, form: str, **how: int | bool) -> bytes:
    """Its pixels alone: whatever else the file said of itself stays behind."""
    image.info = {}
    target = io.BytesIO()
    image.save(target, form, **how)
    return target.getvalue()
