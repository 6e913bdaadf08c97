"""What an official mends in clauses that a file gave: each change gives a new plan, ids stay with their clause."""

from msgspec import structs

from surveys.plan import LEVELS, Clause, Plan, deeper, with_fresh_ids
from surveys.plan.blocks import blocks_of, words_of
from surveys.problems import CLAUSE_EMPTY, CLAUSE_FIRST, CLAUSE_NOT_SPLIT, Conflict, Invalid, Problem

SPLIT = "===="
"""A line that parts a clause in two, as an official types it."""


def edited(plan: Plan, clause: str, *, level: str, number: str, heading: str, text: str) -> Plan:
    """Raises Invalid where nothing would be left of it. A line of ==== begins a new clause of the same level."""
    at = plan.index(clause)
    first, *others = ["\n".join(lines).strip() for lines in cut(text.splitlines())]
    given = next((one for one in LEVELS if one == level), plan.clauses[at].level)
    changed = Clause(clause, given, one_line(number), one_line(heading), blocks_of(first))
    if not (changed.number or changed.heading or changed.blocks):
        raise Invalid([Problem(CLAUSE_EMPTY, "text")])
    new = tuple(Clause("", changed.level, blocks=blocks_of(words)) for words in others if words)
    return with_fresh_ids((*plan.clauses[:at], changed, *new, *plan.clauses[at + 1 :]), plan.given)


def cut(lines: list[str]) -> list[list[str]]:
    found: list[list[str]] = [[]]
    for line in lines:
        if len(line.strip()) > 3 and not line.strip().strip("="):
            found.append([])
        else:
            found[-1].append(line)
    return found


def one_line(text: str) -> str:
    return " ".join(text.split())


def joined(plan: Plan, clause: str) -> Plan:
    """Its number, heading and words become words of the clause before it, whose id stays. Raises Conflict at the first one."""
    at = plan.index(clause)
    if at == 0:
        raise Conflict(CLAUSE_FIRST)
    before, gone = plan.clauses[at - 1], plan.clauses[at]
    line = " ".join(part for part in (gone.number, gone.heading) if part)
    text = words_of(gone.blocks)
    words = f"{line} {text}" if line and not gone.heading else "\n".join(part for part in (line, text) if part)
    grown = structs.replace(before, blocks=(*before.blocks, *blocks_of(words)))
    return structs.replace(plan, clauses=(*plan.clauses[: at - 1], grown, *plan.clauses[at + 1 :]))


def split(plan: Plan, clause: str) -> Plan:
    """Its paragraphs and tables after the first become a clause of their own. Raises Conflict where there is but one."""
    at = plan.index(clause)
    whole = plan.clauses[at]
    keep = 0 if whole.heading else 1
    if len(whole.blocks) <= keep:
        raise Conflict(CLAUSE_NOT_SPLIT)
    parts = (structs.replace(whole, blocks=whole.blocks[:keep]), Clause("", whole.level, blocks=whole.blocks[keep:]))
    return with_fresh_ids((*plan.clauses[:at], *parts, *plan.clauses[at + 1 :]), plan.given)


def levelled(plan: Plan, clause: str, *, step: int) -> Plan:
    """One level outwards (-1) or inwards (+1), the clause alone; at either end nothing changes."""
    at = plan.index(clause)
    steps = [level for level in LEVELS if level not in ("preamble", "annex", "closing")]
    level = plan.clauses[at].level
    place = steps.index(level) + step if level in steps else -1
    if not 0 <= place < len(steps):
        return plan
    changed = structs.replace(plan.clauses[at], level=steps[place])
    return structs.replace(plan, clauses=(*plan.clauses[:at], changed, *plan.clauses[at + 1 :]))


def removed(plan: Plan, clause: str) -> Plan:
    """The clause alone; what lay in it stays and lies in what comes before."""
    at = plan.index(clause)
    return structs.replace(plan, clauses=plan.clauses[:at] + plan.clauses[at + 1 :])


def moved(plan: Plan, clause: str, *, step: int) -> Plan:
    """With all that lies in it, before (-1) or behind (+1) its neighbour of the same depth; at either end nothing changes."""
    at = plan.index(clause)
    block = (plan.clauses[at], *deeper(plan.clauses, at))
    rest = plan.clauses[:at] + plan.clauses[at + len(block) :]
    rank = plan.clauses[at].rank
    if step < 0:
        to = next((place for place in range(at - 1, -1, -1) if rest[place].rank <= rank), at)
    elif at < len(rest):
        to = at + 1 + len(tuple(deeper(rest, at)))
    else:
        to = at
    return structs.replace(plan, clauses=(*rest[:to], *block, *rest[to:]))
