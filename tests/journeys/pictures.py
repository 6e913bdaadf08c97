"""Pictures of README and docs, out of the same browser that tests the pages; written only where YDAN_SCREENSHOTS is set."""

import io
import os
from pathlib import Path

import pypdfium2
from PIL import Image, ImageOps
from playwright.sync_api import Page

IMAGES = Path(__file__).parents[2] / "docs/images"
COLOURS = 64
MOST_BYTES = 120_000
EDGE = "#c9cdd1"


def wanted() -> bool:
    return bool(os.environ.get("YDAN_SCREENSHOTS"))


def take(page: Page, name: str, *, width: int, height: int, down: int = 0) -> None:
    """The page that is open, from so many pixels down, as docs/images/NAME.png."""
    if not wanted():
        return
    before = page.viewport_size
    page.set_viewport_size({"width": width, "height": height})
    page.evaluate(f"scrollTo(0, {down})")
    save(Image.open(io.BytesIO(page.screenshot())), name)
    if before:
        page.set_viewport_size(before)


def first_page(pdf: bytes, name: str, *, width: int = 780) -> None:
    if wanted():
        page = pypdfium2.PdfDocument(pdf)[0]
        save(page.render(scale=width / page.get_width()).to_pil(), name)


def beside(left: str, right: str, name: str) -> None:
    """Two pictures that were taken, of the same height, side by side."""
    if not wanted():
        return
    with Image.open(IMAGES / f"{left}.png") as one, Image.open(IMAGES / f"{right}.png") as two:
        tall = min(one.height, two.height)
        sides = [side.convert("RGB").resize((round(side.width * tall / side.height), tall), Image.Resampling.LANCZOS) for side in (one, two)]
    whole = Image.new("RGB", (sides[0].width + sides[1].width + 60, tall), "white")
    whole.paste(sides[0], (0, 0))
    whole.paste(sides[1], (sides[0].width + 60, 0))
    save(whole, name, framed=False)


def save(picture: Image.Image, name: str, *, framed: bool = True) -> None:
    """Quantised; raises ValueError where it is too large for a page that many people open."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    plain = picture.convert("RGB")
    shown = ImageOps.expand(plain, border=1, fill=EDGE) if framed else plain
    content = io.BytesIO()
    shown.quantize(COLOURS, dither=Image.Dither.NONE).save(content, "PNG", optimize=True)
    if content.tell() > MOST_BYTES:
        raise ValueError(f"{name}.png has {content.tell()} bytes, more than {MOST_BYTES}")
    (IMAGES / f"{name}.png").write_bytes(content.getvalue())
