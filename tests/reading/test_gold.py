"""The real texts with gold, where they are at hand: each gold quote lies within one sentence."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from dragoman.reading import find, read
from dragoman.statement import Document


@cache
def documents(shared: Path) -> dict[str, Document]:
    return {source.path.name.removesuffix(".txt"): read(source) for source in find([shared / "seeds", shared / "texts"])}


@pytest.mark.parametrize("gold", ["seeds.jsonl", "dev/statements.jsonl"])
def test_gold_quotes_lie_within_one_sentence(shared: Path, gold: str) -> None:
    rows = [json.loads(line) for line in (shared / "gold" / gold).read_text("utf-8").splitlines()]
    across = []
    for row in rows:
        document = documents(shared)[row["doc"]]
        assert document.text[row["start"] : row["end"]] == row["quote"]
        if not any(s.start <= row["start"] and row["end"] <= s.end for s in document.sentences):
            across.append(row["quote"])
    # One title of the gold is of two sentences.
    assert len(across) <= 0.005 * len(rows), across


def test_gold_quotes_of_one_sentence_are_in_one(shared: Path) -> None:
    """Where the gold has two quotes in two of its sentences, they are nearly always in two of ours."""
    rows = [json.loads(line) for line in (shared / "gold" / "seeds.jsonl").read_text("utf-8").splitlines()]
    ours: dict[tuple[str, int], set[int]] = {}
    for row in rows:
        sentences = documents(shared)[row["doc"]].sentences
        mine = next(n for n, s in enumerate(sentences) if s.start <= row["start"] and row["end"] <= s.end)
        ours.setdefault((row["doc"], row["sent"]), set()).add(mine)
    assert sum(len(found) == 1 for found in ours.values()) >= 0.98 * len(ours)


def test_files_and_sections_of_the_seeds(shared: Path) -> None:
    english, arabic = documents(shared)["pakistan-syria.en"], documents(shared)["pakistan-syria.ar"]
    assert english.text == (shared / "seeds" / "pakistan-syria.en.txt").read_bytes().decode()
    assert (english.subject, english.language, arabic.subject, arabic.language) == ("pakistan-syria", "en", "pakistan-syria", "ar")
    assert [section.level for section in english.sections] == [1, 2, 3, 3, 4, 3, 3, 3, 2]
    assert len(arabic.sentences) == 14
    assert not english.notes and not arabic.notes
