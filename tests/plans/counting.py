"""Clauses right and wrong of every source in each kind of file: `python -m tests.plans.counting` prints the table of docs/formats.md."""

from difflib import SequenceMatcher

from surveys.formats import drafts
from surveys.kinds import Block
from surveys.plan import Plan
from surveys.plan.blocks import even, words_of
from surveys.plan.reading import read
from tests.plans.docx import docx
from tests.plans.paper import pdf
from tests.plans.source import Source, sources

Found = tuple[str, str, str, str]


def expected(source: Source) -> list[Found]:
    found = []
    for item in source.items:
        blocks = [Block(rows=even([tuple(row) for row in block])) if isinstance(block, list) else Block(block) for block in item.body]
        found.append((item.level, item.number, item.heading, words_of(blocks)))
    return found


def found_in(plan: Plan) -> list[Found]:
    return [(clause.level, clause.number, clause.heading, words_of(clause.blocks)) for clause in plan.clauses if clause.level not in ("preamble", "closing")]


def counted(source: Source, content: bytes, name: str) -> tuple[int, int, list[Found], list[Found]]:
    """Clauses right, clauses wrong (missing or not as written), and the two lists."""
    plan = read(drafts.read(content, name).parts)
    wanted, got = expected(source), found_in(plan)
    right = sum(run.size for run in SequenceMatcher(None, wanted, got, autojunk=False).get_matching_blocks())
    return right, max(len(wanted), len(got)) - right, wanted, got


def main() -> None:
    print("| draft | clauses | Word: right | wrong | PDF: right | wrong |\n|---|---|---|---|---|---|")
    for source in sources():
        word, paper = counted(source, docx(source), "a.docx"), counted(source, pdf(source), "a.pdf")
        print(f"| {source.settings.get('title', source.name)} | {len(word[2])} | {word[0]} | {word[1]} | {paper[0]} | {paper[1]} |")


if __name__ == "__main__":
    main()
