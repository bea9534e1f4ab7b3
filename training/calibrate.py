"""Fit a statement's confidence: `python -m training.calibrate [--shared DIR]`; writes coding/confidence.json, docs/reliability.svg.

What is coded is judged as gold/score.py judges `typed`, on the gold texts of the shared folder, on those of our own that may be read,
and on the cases of the tests; not on labelled sentences, which the model for types has seen. Each text is rated by numbers fitted
without it; only those figures are reported. Cases teach how the signs weigh, the texts how sure the coder is on running text.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np
import yaml
from numpy.typing import NDArray

from dragoman.answers.evaluation import Judged, judged, pair_up, read_gold
from dragoman.coding.coder import Coder
from dragoman.coding.confidence import FILE, LEAST, LINE, MOST, Scale, Signs
from dragoman.coding.model import load
from dragoman.coding.proposals import Proposer
from dragoman.languages.states import names
from dragoman.reading import find, parse, read
from dragoman.statement import TYPES, Document, Statement

ROOT = Path(__file__).parents[1]
OURS = ROOT / "tests/coding/texts"
FIELDS = Signs.__struct_fields__[:-1]  # what a model proposes is rated apart
RIDGE = 3.0
TYPED = 2
"""The level of gold/score.py from which a statement counts as right."""

KINDS = {t: kind for kind, types in TYPES.items() for t in types}
Array = NDArray[np.float64]


class Rated(NamedTuple):
    """One coded statement. place: the text, or "cases" for sentences that stand alone. right: whether it is typed right."""

    place: str
    signs: Signs
    right: bool


def code_with_signs(document: Document) -> list[tuple[Statement, Signs]]:
    """The statements of a document, each with what its confidence would be read from."""
    seen: list[Signs] = []

    model = load()
    judge = Proposer(model, sure=2) if model is not None else None  # is asked how likely it finds a type, and proposes nothing

    def note(signs: Signs) -> float:
        seen.append(signs)
        return 0.5 + len(seen) * 1e-9  # tells the statement again, and of two alike prefers neither for what it says

    return [(s, seen[round((s.confidence - 0.5) * 1e9) - 1]) for s in Coder(document, judge, note).code()]


def judge_gold(texts: Path, gold: Sequence[Judged]) -> Iterator[Rated]:
    """Those of the gold's texts in a folder; what matches an optional gold statement is left out."""
    for source in find([texts]):
        document = read(source)
        own = [g for g in gold if g.doc == document.id]
        if not own:
            continue
        coded = code_with_signs(document)
        pairs = {j: (own[i], level) for i, (j, level) in pair_up(own, [judged(s) for s, _ in coded]).items()}
        for number, (_, signs) in enumerate(coded):
            matched, level = pairs.get(number, (None, 0))
            if matched is None or not matched.optional:
                yield Rated(document.id, signs, level >= TYPED)


def judge_alone(place: str, text: str, language: str, about: Sequence[str], says: Sequence[tuple[str, set[str]]]) -> Iterator[Rated]:
    """A sentence that stands alone. says: the type of each statement it makes, and the codes of those in it."""
    document = parse(text, "sentence", language, title=" – ".join(names(state, language) for state in about))
    left = list(says)
    for statement, signs in code_with_signs(document):
        codes = {a.code for a in (*statement.source, *statement.target)}
        match = next((s for s in left if s[0] == statement.type and (s[1] & codes or not s[1])), None)
        if match is not None:
            left.remove(match)
        yield Rated(place, signs, match is not None)


def judge_cases(folder: Path) -> Iterator[Rated]:
    """The cases of the coder's tests."""
    for file in sorted(folder.glob("cases.*.yaml")):
        rows: list[dict[str, Any]] = yaml.safe_load(file.read_text("utf-8"))
        for row in rows:
            says = [(s["type"], {*s["source"], *s.get("target", [])}) for s in row.get("says", [])]
            yield from judge_alone("cases", row["text"], file.name.split(".")[1], row.get("about", ()), says)


def fit(rows: Sequence[Rated]) -> Scale:
    """Logistic regression with a ridge (Newton's method); cases have a bias of their own beside the shared one."""
    x = np.array([[*msgspec.structs.astuple(r.signs)[:-1], r.place == "cases", 1.0] for r in rows], np.float64)
    y = np.array([r.right for r in rows], np.float64)
    alone = np.array([r.place == "cases" for r in rows])
    weights = np.where(alone, min(1.0, (~alone).sum() / max(1, alone.sum())), 1.0)
    penalty = np.diag([RIDGE] * len(FIELDS) + [0.1, 1e-3])
    beta = np.zeros(x.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ beta))
        slope = x.T @ (weights * (y - p)) - penalty @ beta
        step = np.linalg.solve((x.T * (weights * p * (1 - p))) @ x + penalty, slope)
        beta += step
        if np.abs(step).max() < 1e-8:
            break
    return Scale({name: round(float(b), 3) for name, b in zip(FIELDS, beta, strict=False)}, round(float(beta[-1]), 3))


def rate_all(scale: Scale, rows: Sequence[Rated]) -> Array:
    """The confidence of each."""
    x = np.array([msgspec.structs.astuple(r.signs)[:-1] for r in rows], np.float64)
    scores = x @ np.array([scale.weights[f] for f in FIELDS]) + scale.bias
    rated: Array = np.clip(1 / (1 + np.exp(-scores)), LEAST, MOST)
    return rated


def bin_up(confidence: Array, right: Array, bins: int = 6) -> list[tuple[float, float, int]]:
    """Mean confidence, share that is right, and number, of equally many statements each."""
    order = np.argsort(confidence, kind="stable")
    return [(float(confidence[b].mean()), float(right[b].mean()), len(b)) for b in np.array_split(order, bins) if len(b)]


def rank(confidence: Array, right: Array) -> float:
    """The chance that a right statement is rated above a wrong one (area under the curve)."""
    good, bad = confidence[right > 0], confidence[right == 0]
    return float((good[:, None] > bad).mean() + 0.5 * (good[:, None] == bad).mean()) if len(good) and len(bad) else float("nan")


def draw(bins: Sequence[tuple[float, float, int]], line: float) -> str:
    """The reliability plot: how many are right of those rated so."""
    side, edge = 320, 44

    def at(x: float, y: float) -> tuple[float, float]:
        return round(edge + x * side, 1), round(edge / 2 + (1 - y) * side, 1)

    ticks = "".join(
        f'<text x="{at(v, 0)[0]}" y="{at(0, 0)[1] + 16}" text-anchor="middle">{v:g}</text>'
        f'<text x="{edge - 8}" y="{at(0, v)[1] + 4}" text-anchor="end">{v:g}</text>'
        for v in (0, 0.25, 0.5, 0.75, 1)
    )
    dots = "".join(
        f'<circle cx="{at(c, r)[0]}" cy="{at(c, r)[1]}" r="5" fill="#0b5394">'
        f"<title>{n} statements rated {c:.2f}, {r:.2f} right</title></circle>"
        for c, r, n in bins
    )
    path = " ".join(f"{x},{y}" for x, y in (at(c, r) for c, r, _ in bins))
    (x0, y0), (x1, y1), (xl, _) = at(0, 0), at(1, 1), at(line, 0)
    whole = side + 2 * edge
    return f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole} {whole}" font-family="sans-serif" font-size="12" role="img">
<title>Of the statements rated with a confidence, how many are typed right</title>
<rect x="{x0}" y="{y1}" width="{side}" height="{side}" fill="none" stroke="#999"/>
<line x1="{x0}" y1="{y0}" x2="{x1}" y2="{y1}" stroke="#999" stroke-dasharray="4"/>
<line x1="{xl}" y1="{y0}" x2="{xl}" y2="{y1}" stroke="#a00"/><text x="{xl + 4}" y="{y1 + 14}" fill="#a00">line {line:g}</text>
<polyline points="{path}" fill="none" stroke="#0b5394"/>{dots}{ticks}
<text x="{edge + side / 2}" y="{y0 + 34}" text-anchor="middle">confidence</text>
<text x="12" y="{edge / 2 + side / 2}" text-anchor="middle" transform="rotate(-90 12 {edge / 2 + side / 2})">share typed right</text>
</svg>
"""


def main() -> int:
    """Fit, report on what was kept apart, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="a folder with gold/, seeds/ and texts/")
    parser.add_argument("--check", action="store_true", help="only report")
    options = parser.parse_args()
    gold = options.shared / "gold"
    if not gold.is_dir():
        print(f"{gold} is not there: confidence is calibrated on gold.")
        return 2
    sets = {
        "seeds": (options.shared / "seeds", read_gold(gold / "seeds.jsonl")),
        "dev": (options.shared / "texts", read_gold(gold / "dev/statements.jsonl")),
        "ours": (OURS, [g for g in read_gold(OURS / "statements.jsonl") if g.doc in (OURS / "readable").read_text("utf-8").split()]),
    }
    wanted = {name: goal for name, (_, goal) in sets.items()}
    texts = {name: list(judge_gold(*found)) for name, found in sets.items()}
    alone = list(judge_cases(ROOT / "tests/coding"))
    rows = [r for found in texts.values() for r in found]
    confidence = np.zeros(len(rows))
    for place in sorted({r.place for r in rows}):
        apart = [i for i, r in enumerate(rows) if r.place == place]
        confidence[apart] = rate_all(fit([r for r in rows if r.place != place] + alone), [rows[i] for i in apart])
    right = np.array([r.right for r in rows], np.float64)
    where = np.array([name for name, found in texts.items() for _ in found])
    print(f"{len(rows)} statements of gold texts, {len(alone)} of sentences alone ({np.mean([r.right for r in alone]):.3f} right)")
    figures = {"ranks": round(rank(confidence, right), 3), "Brier": round(float(np.mean((confidence - right) ** 2)), 4)}
    print(f"each text rated without it: {figures}; Brier of the mean alone: {right.mean() * (1 - right.mean()):.4f}")
    for name, goal in wanted.items():
        least = sum(not g.optional for g in goal)
        mine = where == name
        print(f"{name}: {least} to find; ranks {rank(confidence[mine], right[mine]):.3f}")
        for line in sorted({0.0, 0.5, 0.6, 0.7, 0.75, 0.8, 0.82, 0.84, 0.86, 0.9, LINE}):
            kept = mine & (confidence >= line)
            print(f"  line {line:4}: {kept.sum():4} shown, precision of typed {right[kept].mean() if kept.any() else 0:.3f},"
                  f" recall {right[kept].sum() / least:.3f}")  # fmt: skip
    bins = bin_up(confidence, right)
    for c, r, n in bins:
        print(f"  rated {c:.2f}: {r:.2f} right of {n}")
    scale = fit(rows + alone)
    if not options.check:
        about = {
            "fitted on": {"statements of gold texts": len(rows), "of sentences alone": len(alone)},
            "each text rated without it": figures,
        }
        written = json.dumps(msgspec.to_builtins(msgspec.structs.replace(scale, about=about)), indent=1)
        (ROOT / "src/dragoman/coding" / FILE).write_text(written + "\n", "utf-8")
        (ROOT / "docs/reliability.svg").write_text(draw(bins, LINE), "utf-8")
    print(json.dumps(scale.weights), scale.bias)
    return 0


if __name__ == "__main__":
    sys.exit(main())
