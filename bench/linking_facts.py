"""Facts, differences and conflicts against gold, from gold statements as input: `python bench/linking_facts.py [--shared DIR] [--misses]`.

facts        over pairs of statements: a pair is right when one gold fact holds both statements. Precision, recall, F1 over all pairs that
             the facts of each side imply (a fact of three is three pairs).
differences  those on dates and actors whose severity is conflict or coarser. A difference that was found is right when a gold difference of
             the same slot and severity belongs to a fact that shares two statements or more with its fact; a gold one is found likewise.
conflicts    a conflict that was found is right when its kind is that of a gold one and they share at least half of all their statements.
             Gold conflicts marked machine: false (they need knowledge, or are only tensions) are neither missed nor made up.
dev          pairs of English and Arabic statements of the translated news in texts/, as facts above; only pairs of two languages are
             judged, for the gold has no others: what is found within one text is neither right nor wrong.

The thresholds and the rules of conflict were written with the seeds in view, so their figures show that the rules do what they are for,
not how they do elsewhere. The dev texts were looked at for wrong conflicts, and the rules on headings and overlapping quotes narrowed.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import msgspec

from dragoman.engines.linking import link_file
from dragoman.linking import Linked
from dragoman.statement import Statement

Pair = frozenset[str]


def read(path: Path) -> list[dict[str, Any]]:
    """The JSON objects of a JSONL file."""
    return [msgspec.json.decode(line) for line in path.read_bytes().splitlines() if line.strip()]


def pairs(groups: Iterable[Iterable[str]]) -> set[Pair]:
    """All pairs within the groups."""
    return {frozenset(pair) for group in groups for pair in combinations(group, 2)}


def show(name: str, right_of_found: int, found: int, right_of_gold: int, gold: int) -> None:
    """One line of figures."""
    precision, recall = right_of_found / max(1, found), right_of_gold / max(1, gold)
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    print(f"{name:12} gold {gold:3}  found {found:3}  P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}")


def tell(title: str, missed: Iterable[object], made_up: Iterable[object]) -> None:
    """What was missed and what was made up."""
    for word, rows in (("missed", missed), ("made up", made_up)):
        for row in rows:
            print(f"  {title} {word}: {row}")


def score_facts(found: Linked, gold: Sequence[dict[str, Any]], misses: bool) -> None:
    """Pairs of statements in one fact."""
    system, wanted = pairs(fact.statements for fact in found.facts), pairs(map(str, row["statements"]) for row in gold)
    right = len(system & wanted)
    show("facts", right, len(system), right, len(wanted))
    if misses:
        tell("pair", map(sorted, wanted - system), map(sorted, system - wanted))


def score_differences(found: Linked, gold: Sequence[dict[str, Any]], misses: bool) -> None:
    """Differences on dates and actors, of severity conflict or coarser."""
    judged = ("date", "actor"), ("conflict", "coarser")
    system = [
        (one.slot, one.severity, frozenset(fact.statements))
        for fact in found.facts
        for one in fact.differences
        if one.slot in judged[0] and one.severity in judged[1]
    ]
    wanted = [
        (one["slot"], one["severity"], frozenset(map(str, row["statements"])))
        for row in gold
        for one in row["differs"]
        if one["slot"] in judged[0] and one["severity"] in judged[1]
    ]

    def alike(a: tuple[str, str, Pair], b: tuple[str, str, Pair]) -> bool:
        return a[:2] == b[:2] and len(a[2] & b[2]) > 1

    lost = [b for b in wanted if not any(alike(a, b) for a in system)]
    wrong = [a for a in system if not any(alike(a, b) for b in wanted)]
    show("differences", len(system) - len(wrong), len(system), len(wanted) - len(lost), len(wanted))
    if misses:
        tell("difference", lost, wrong)


def score_conflicts(found: Linked, gold: Sequence[dict[str, Any]], misses: bool) -> None:
    """Conflicts marked machine: true; the others are excused."""
    rows = [(row["kind"], frozenset(map(str, row["statements"])), row["machine"]) for row in gold]
    system = [(one.kind, frozenset(one.statements)) for one in found.conflicts]

    def shares(a: Pair, b: Pair) -> bool:
        return 2 * len(a & b) >= len(a | b)

    wanted = [row for row in rows if row[2]]
    lost = [row for row in wanted if not any(kind == row[0] and shares(ids, row[1]) for kind, ids in system)]
    right = [one for one in system if any(one[0] == row[0] and shares(one[1], row[1]) for row in wanted)]
    excused = [one for one in system if one not in right and any(shares(one[1], row[1]) for row in rows if not row[2])]
    show("conflicts", len(right), len(system) - len(excused), len(wanted) - len(lost), len(wanted))
    if misses:
        tell("conflict", lost, (one for one in system if one not in right and one not in excused))


def score_pairs(statements: Sequence[Statement], found: Linked, gold: Sequence[dict[str, Any]], misses: bool) -> None:
    """Pairs of two languages, by the offsets of the quotes; of several statements of one quote, those of one type."""
    at: dict[tuple[str, int, int], list[Statement]] = {}
    for one in statements:
        at.setdefault((one.doc, one.start, one.end), []).append(one)
    wanted: set[Pair] = set()
    for row in gold:
        sides = [at.get((f"{row['doc']}.{language}", *row[language]), []) for language in ("en", "ar")]
        single = len(sides[0]) == len(sides[1]) == 1
        wanted |= {frozenset((a.id, b.id)) for a in sides[0] for b in sides[1] if single or a.type == b.type}
    language = {one.id: one.language for one in statements}
    system = {pair for pair in pairs(fact.statements for fact in found.facts) if len({language[id] for id in pair}) > 1}
    right = len(system & wanted)
    show("dev", right, len(system), right, len(wanted))
    if misses:
        tell("pair", map(sorted, wanted - system), map(sorted, system - wanted))


def main() -> int:
    """Print the figures; exit status 2 without the gold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path(__file__).resolve().parent.parent.parent / "shared")
    parser.add_argument("--misses", action="store_true", help="list what was missed and what was made up")
    args = parser.parse_args()
    gold = args.shared / "gold"
    if not gold.is_dir():
        print(f"No gold in {gold}.", file=sys.stderr)
        return 2
    _, found = link_file(gold / "seeds.jsonl", args.shared / "seeds")
    facts = read(gold / "seeds.facts.jsonl")
    score_facts(found, facts, args.misses)
    score_differences(found, facts, args.misses)
    score_conflicts(found, read(gold / "seeds.conflicts.jsonl"), args.misses)
    statements, found = link_file(gold / "dev" / "statements.jsonl", args.shared / "texts")
    score_pairs(statements, found, read(gold / "dev" / "pairs.jsonl"), args.misses)
    return 0


if __name__ == "__main__":
    sys.exit(main())
