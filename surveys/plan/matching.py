"""Which clause of a new version is which of the old one: by what it says, not by its number alone."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from operator import itemgetter

from msgspec import structs

from surveys.language import fold
from surveys.plan import Clause, Plan, with_fresh_ids
from surveys.plan.blocks import words_of

ALIKE = 0.5
"""Share of common pairs of words (Dice) from which two clauses are the same one, reworded."""
ALIKE_IN_PLACE = 0.25
"""The same where number, level and what they lie in agree too."""

SAME_NUMBER, SAME_LEVEL, SAME_PARENT = 0.15, 0.05, 0.1


def carried(old: Plan, new: Plan) -> Plan:
    """The new plan under the old one's ids wherever a clause lives on; what is new gets ids that were never used."""
    pairs = matched(old, new)
    ids = {n: old.clauses[o].id for n, o in pairs.items()}
    renamed = tuple(structs.replace(clause, id=ids.get(at, "")) for at, clause in enumerate(new.clauses))
    return with_fresh_ids(renamed, old.given)


def rematched(old: Plan, new: Plan, clause: str, was: str) -> Plan:
    """This clause of the new plan is that one of the old (`was`), or a new one (''). Whoever held that id before gets a new one."""
    at = new.index(clause)
    if was:
        old.index(was)
    clauses = [structs.replace(one, id="" if one.id == was and was else one.id) for one in new.clauses]
    clauses[at] = structs.replace(clauses[at], id=was)
    return with_fresh_ids(tuple(clauses), max(old.given, new.given))


def matched(old: Plan, new: Plan) -> dict[int, int]:
    """Positions in the new plan → positions in the old one. First what is equal, then what is alike, likeliest pairs first."""
    pairs: dict[int, int] = {}
    for key in (whole_key, text_key):
        pair_equal([key(clause) for clause in old.clauses], [key(clause) for clause in new.clauses], pairs)
    taken = set(pairs.values())
    for _, n, o in sorted(candidates(old, new, pairs), key=itemgetter(0), reverse=True):
        if n not in pairs and o not in taken:
            pairs[n] = o
            taken.add(o)
    return pairs


def whole_key(clause: Clause) -> tuple[str, ...]:
    return (clause.level, clause.number, clause.heading, words_of(clause.blocks))


def text_key(clause: Clause) -> tuple[str, ...]:
    """All but the number; a clause without words has only that."""
    words = words_of(clause.blocks)
    return (clause.level, clause.heading, words) if clause.heading or words else whole_key(clause)


def pair_equal(old: Sequence[tuple[str, ...]], new: Sequence[tuple[str, ...]], pairs: dict[int, int]) -> None:
    """Pairs what is equal and not yet paired: first along the longest common run, then wherever it has moved to."""
    taken = set(pairs.values())
    left = [at for at in range(len(old)) if at not in taken]
    right = [at for at in range(len(new)) if at not in pairs]
    for run in SequenceMatcher(None, [old[at] for at in left], [new[at] for at in right], autojunk=False).get_matching_blocks():
        pairs.update({right[run.b + step]: left[run.a + step] for step in range(run.size)})
    waiting: dict[tuple[str, ...], list[int]] = {}
    paired = set(pairs.values())
    for at in left:
        if at not in paired:
            waiting.setdefault(old[at], []).append(at)
    for at in right:
        if at not in pairs and waiting.get(new[at]):
            pairs[at] = waiting[new[at]].pop(0)


def candidates(old: Plan, new: Plan, pairs: dict[int, int]) -> Iterable[tuple[float, int, int]]:
    """(score, position in the new, position in the old) of unpaired clauses that may be the same one."""
    taken = set(pairs.values())
    places = parents_at(old), parents_at(new)
    shingles = {at: pairs_of_words(clause) for at, clause in enumerate(old.clauses) if at not in taken}
    holding: dict[tuple[str, str], list[int]] = {}
    for at, found in shingles.items():
        for pair in found:
            holding.setdefault(pair, []).append(at)
    for n, clause in enumerate(new.clauses):
        if n not in pairs:
            own = pairs_of_words(clause)
            for o, common in shared(own, shingles, holding).items():
                score = likeness(2 * common / (own.total() + shingles[o].total()), old, new, o, n, housed=houses_match(places, pairs, o, n))
                if score:
                    yield score, n, o


def shared(own: Counter[tuple[str, str]], shingles: Mapping[int, Counter[tuple[str, str]]], holding: Mapping[tuple[str, str], list[int]]) -> Counter[int]:
    """How many pairs of words each old clause has in common with these; only those that have any."""
    common: Counter[int] = Counter()
    for pair, times in own.items():
        for at in holding.get(pair, ()):
            common[at] += min(times, shingles[at][pair])
    return common


def houses_match(places: tuple[list[int], list[int]], pairs: Mapping[int, int], o: int, n: int) -> bool:
    """Whether both lie in the same clause, or both in none."""
    was, now = places[0][o], places[1][n]
    return was == now == -1 or pairs.get(now, -2) == was


def likeness(alike: float, old: Plan, new: Plan, o: int, n: int, *, housed: bool) -> float:
    """0 where they are not alike enough; nearer neighbours win a tie."""
    was, now = old.clauses[o], new.clauses[n]
    numbered = was.number == now.number and was.level == now.level
    if alike < (ALIKE_IN_PLACE if numbered and housed else ALIKE):
        return 0
    return alike + SAME_NUMBER * numbered + SAME_LEVEL * (was.level == now.level) + SAME_PARENT * housed - 1e-6 * abs(n - o)


def parents_at(plan: Plan) -> list[int]:
    """Position of what each clause lies in; -1 at the top."""
    places = {clause.id: at for at, clause in enumerate(plan.clauses)}
    return [places.get(parent, -1) for parent in plan.parents().values()]


def pairs_of_words(clause: Clause) -> Counter[tuple[str, str]]:
    """Neighbouring words without tones and capitals; the heading counts as its first words."""
    words = fold(f"{clause.heading} {words_of(clause.blocks)}").split()
    return Counter(zip(["", *words], [*words, ""], strict=False)) if words else Counter({("", clause.level): 1})
