"""From labelled sentences to samples: a view, the classes that its label allows, a weight, and the file it stands in."""

from __future__ import annotations

import csv
import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

from dragoman.coding.lexicon import lexicon
from dragoman.coding.parse import parse
from dragoman.coding.sentence import Sentence
from dragoman.coding.views import View, look
from dragoman.statement import EVENTS, POSITIONS, TIES

NOTHING = ""
FINER = ("AGREE/SUPPORT", "COERCE/ASSAULT")
"""Types of ours that PLOVER divides: what is signed is SUPPORT there, an abduction ASSAULT. Only the benchmark tells them apart."""

CLASSES = (NOTHING, *EVENTS, *TIES, *POSITIONS, *FINER)
ROOTS = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}

_PLAIN = 1.5
"""The weight of a pair with a PLOVER root seen without its trigger, as the benchmark gives it; of any other view of a pair, a half."""

UN_CLASSES: dict[str, tuple[str, ...]] = {
    "0": (NOTHING,),
    "1": ("REQUEST", "ACCUSE", "REJECT", "THREATEN", "OPPOSES"),
    "2": ("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
    "3": ("AGREE", "CONSULT", "SUPPORT", "SUPPORTS", "AGREEMENT"),
    "4": ("COOPERATE", "AID", "CONCEDE", "RETREAT", "INSTITUTION", "TRADE"),
}
"""What the five classes of the UN sentences allow: irrelevant, verbal and material conflict, verbal and material cooperation."""


class Sample(NamedTuple):
    """What is learned from. group: samples of one sentence share it, so that none is both learned from and measured on."""

    view: View
    allowed: tuple[str, ...]
    weight: float
    group: str
    origin: str


def fold_of(group: str, folds: int) -> int:
    """The same fold for the same sentence, always."""
    return int(hashlib.sha256(group.encode()).hexdigest()[:8], 16) % folds


def root_of(name: str) -> str:
    """The PLOVER root of a class, as PLV has them."""
    kind, _, root = name.partition("/")
    return root or ROOTS.get(kind, kind)


def allow(says: dict[str, Any]) -> tuple[str, ...]:
    """The classes that a label allows: a finer one only where the PLOVER root is told."""
    kind, root = says["type"], says.get("root")
    if root is None:
        return tuple(c for c in CLASSES if c.partition("/")[0] == kind)
    return (f"{kind}/{root}",) if f"{kind}/{root}" in FINER else (kind,)


def read_ours(folder: Path) -> list[Sample]:
    """The samples of all files below the folder, one folder a language."""
    return [
        sample
        for file in sorted(folder.glob("*/*.jsonl"))
        for line in file.read_text("utf-8").splitlines()
        if line.strip()
        for sample in sample_line(json.loads(line), file.parent.name, f"{file.parent.name}/{file.stem}")
    ]


def sample_line(row: dict[str, Any], language: str, origin: str) -> Iterator[Sample]:
    """The samples of one labelled sentence: each statement seen with and without its trigger, and pairs of which nothing is said."""
    text = row["text"]
    sentence = parse(lexicon(language), text, 0, len(text))
    places = {name: find(sentence, text, name) for name in row["actors"]}
    told = Counter(frozenset(pair) for says in row["says"] for pair in set(pair_up(says)))
    for says in row["says"]:
        trigger = find(sentence, text, says.get("trigger") or "")
        pairs = list(pair_up(says))
        for source, target in pairs[:4]:
            alone = told[frozenset((source, target))] == 1  # else only the trigger tells which of its statements is meant
            for seen in (trigger, *([None] if alone else [])) if trigger else (None,):
                view = look(sentence, near(places.get(source), trigger), near(places.get(target), trigger), seen[0] if seen else None)
                plain = _PLAIN if seen is None and "root" in says else 0.5
                yield Sample(view, allow(says), plain / min(len(pairs), 4), text, origin)
    if row["says"]:
        return
    words = [(i, m.end) for i, m in sorted(sentence.triggers.items())][:3]
    named = [place[0] for name in row["actors"] if (place := places[name])]
    pairs_left: list[tuple[tuple[int, int] | None, tuple[int, int] | None]] = []
    pairs_left += list(combinations(sorted(named), 2))[:2]
    if not pairs_left:
        pairs_left = [(named[0] if named else None, None)]
    for first, second in pairs_left:
        for word in (None, *words):
            yield Sample(look(sentence, first, second, word), (NOTHING,), 1 / (len(pairs_left) * (1 + len(words))), text, origin)


def pair_up(says: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Source and target, each with each; of a symmetric statement its sides, two by two."""
    source, target = says["source"], says["target"]
    if target:
        yield from ((s, t) for s in source or [""] for t in target)
    elif len(source) > 1:
        yield from combinations(source, 2)
    else:
        yield from ((s, "") for s in source or [""])


def find(sentence: Sentence, text: str, name: str) -> list[tuple[int, int]]:
    """The ranges of tokens at which the name stands."""
    found, start = [], text.find(name) if name else -1
    while start >= 0:
        inside = [i for i, t in enumerate(sentence.tokens) if t.start < start + len(name) and start < t.end]
        if inside:
            found.append((inside[0], inside[-1] + 1))
        start = text.find(name, start + 1)
    return found


def near(places: Sequence[tuple[int, int]] | None, trigger: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """The place nearest to the trigger."""
    if not places:
        return None
    anchor = trigger[0][0] if trigger else 0
    return min(places, key=lambda p: (abs(p[0] - anchor), p))


def read_un(folder: Path, language: str) -> list[tuple[Sample, str]]:
    """The UN sentences with five classes, each with its class; of a sentence, the text in English tells its fold."""
    with (
        (folder / "en.quad.tsv").open(encoding="utf-8", newline="") as english,
        (folder / f"{language}.quad.tsv").open(encoding="utf-8", newline="") as own,
    ):
        keys = [r[0] for r in csv.reader(english, delimiter="\t")][1:]
        rows = list(csv.reader(own, delimiter="\t"))[1:]
    if len(keys) != len(rows):
        raise ValueError(f"{folder}: {len(keys)} English and {len(rows)} other sentences")
    words = lexicon(language)
    return [
        (Sample(look(parse(words, r[0], 0, len(r[0])), None, None), UN_CLASSES[r[1]], 1.0, key, f"un/{language}"), r[1])
        for key, r in zip(keys, rows, strict=True)
    ]
