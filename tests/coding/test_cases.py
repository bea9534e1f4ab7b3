"""Floors for single sentences that were written, and annotated by gold/GUIDELINES.md, apart from the coder."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml
from coded import document, show

from dragoman.coding import code
from dragoman.statement import TYPES, Actor, Statement

FLOORS = {"found": 0.79, "typed": 0.73, "roles": 0.62}
"""Least F1 at each level, in each language."""
PRECISION = 0.80
"""Least precision of what is found: what is not in the text is worse than what is missed."""
MADE_UP = 5
"""Most sentences that say nothing and yet get a statement."""


class Gold(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A statement that a sentence makes. source, target: codes, or the name of a body of no state."""

    kind: str
    type: str
    source: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    date: str = ""
    modality: str = "asserted"
    by: str = ""

    @property
    def sides(self) -> tuple[frozenset[str], frozenset[str]]:
        return frozenset(map(str.casefold, self.source)), frozenset(map(str.casefold, self.target))


class Case(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sentence, the two states of the text it stands in where it leans on it, and all that it says."""

    text: str
    about: tuple[str, ...] = ()
    says: tuple[Gold, ...] = ()


class Score(msgspec.Struct):
    """Counts over the cases of a language; misses: a line for each sentence with a disagreement."""

    gold: int = 0
    system: int = 0
    found: int = 0
    typed: int = 0
    roles: int = 0
    negatives: int = 0
    made_up: int = 0
    misses: list[str] = []

    def figures(self, level: str) -> tuple[float, float, float]:
        """Precision, recall and F1."""
        passed = getattr(self, level)
        precision, recall = passed / max(self.system, 1), passed / max(self.gold, 1)
        return precision, recall, 2 * passed / max(self.system + self.gold, 1)

    def __str__(self) -> str:
        levels = (f"{level}: P {p:.3f} R {r:.3f} F {f:.3f}" for level in FLOORS for p, r, f in [self.figures(level)])
        return f"gold {self.gold}, system {self.system}; {'; '.join(levels)}; made up in {self.made_up} of {self.negatives} negatives"


@cache
def cases(language: str) -> tuple[Case, ...]:
    """The sentences of a language."""
    loaded: Any = yaml.safe_load((Path(__file__).parent / f"cases.{language}.yaml").read_text("utf-8"))
    return msgspec.convert(loaded, tuple[Case, ...])


def sides(statement: Statement) -> tuple[frozenset[str], frozenset[str]]:
    def names(actors: tuple[Actor, ...]) -> frozenset[str]:
        return frozenset((actor.code or actor.name).casefold() for actor in actors)

    return names(statement.source), names(statement.target)


def agree(gold: Gold, statement: Statement) -> int:
    """How many levels in a row they agree on: 1 same kind and an actor in common, 2 same type, 3 same roles."""
    ours, theirs = gold.sides, sides(statement)
    together, others = ours[0] | ours[1], theirs[0] | theirs[1]
    if gold.kind != statement.kind or not together & others:
        return 0
    if gold.type != statement.type:
        return 1
    symmetric = gold.kind == "tie" or not ours[1] or not theirs[1]
    return 3 if ours == theirs or (symmetric and together == others) else 2


def pair(gold: tuple[Gold, ...], found: list[Statement]) -> dict[int, int]:
    """For each gold statement with a partner, its index and their level; each statement once, the best pairs first."""
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    ranked = sorted((-agree(g, s), i, j) for i, g in enumerate(gold) for j, s in enumerate(found))
    for level, i, j in ranked:
        if level and i not in pairs and j not in taken:
            pairs[i] = -level
            taken.add(j)
    return pairs


@cache
def score(language: str) -> Score:
    """All cases of a language, coded and counted."""
    total = Score(misses=[])
    for case in cases(language):
        found = code(document(case.text, case.about, language))
        pairs = pair(case.says, found)
        total.gold += len(case.says)
        total.system += len(found)
        total.found += len(pairs)
        total.typed += sum(level >= 2 for level in pairs.values())
        total.roles += sum(level >= 3 for level in pairs.values())
        total.negatives += not case.says
        total.made_up += bool(found) and not case.says
        if [*pairs.values()] != [3] * len(case.says) or len(found) != len(case.says):
            wanted = [f"{g.type} {' '.join(g.source)} > {' '.join(g.target)}" for g in case.says]
            total.misses.append(f"{case.text}\n    says {wanted}\n    was coded {[show(s) for s in found]}")
    return total


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_cases_are_sound(language: str) -> None:
    told = cases(language)
    assert len({case.text for case in told}) == len(told) >= 100
    assert sum(not case.says for case in told) >= 20
    for case in told:
        for gold in case.says:
            assert gold.type in TYPES[gold.kind], case.text
            assert gold.source or gold.target, case.text


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("level", FLOORS)
def test_levels(language: str, level: str) -> None:
    total = score(language)
    assert total.figures(level)[2] >= FLOORS[level], f"{language}: {total}\n" + "\n".join(total.misses)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_precision(language: str) -> None:
    total = score(language)
    assert total.figures("found")[0] >= PRECISION, f"{language}: {total}"


@pytest.mark.parametrize("language", ["en", "ar"])
def test_little_is_made_up(language: str) -> None:
    total = score(language)
    assert total.made_up <= MADE_UP, f"{language}: {total}"
