"""The draft plan of the sample opinion round, as the PDF that residents open."""

from anyio import to_thread

from server import pdf
from templates import render


async def draft_plan() -> tuple[bytes, int]:
    """The PDF and its pages."""
    content = await to_thread.run_sync(made)
    return content, await to_thread.run_sync(lambda: pdf.pages_of(content, name="draft.pdf"))


def made() -> bytes:
    from analysis.papers.render import render as to_pdf

    return to_pdf(render("paper/sample_draft.html", "vi"))
