"""The bundled example: its manifest names its texts, what was planted stands in them, and its sentences are our own."""

from __future__ import annotations

import re
import tomllib
from importlib import resources
from pathlib import Path

import pytest

EXAMPLE = resources.files("dragoman") / "example"
RUN = 7


def read(name: str) -> str:
    return (EXAMPLE / name).read_text("utf-8")


def find_runs(text: str) -> set[tuple[str, ...]]:
    """Every run of RUN words of a text."""
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}


def test_manifest_names_every_text() -> None:
    documents = tomllib.loads(read("dragoman.toml"))["document"]
    assert {document["file"] for document in documents} == {file.name for file in EXAMPLE.iterdir() if file.name.endswith(".txt")}
    assert {document["subject"] for document in documents} == {"pakistan-syria"}
    assert {document["language"] for document in documents} == {"en", "ar"}


def test_planted_differences_stand_in_the_texts() -> None:
    english, arabic = read("pakistan-syria.en.txt"), read("pakistan-syria.ar.txt")
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in read("differences.md").splitlines() if line.startswith("| ")]
    kinds = []
    for what, kind, left, right in rows[1:]:
        assert left in english and right in arabic, what
        assert (kind == "only-here") == (not left or not right), what
        kinds.append(kind)
    assert set(kinds) == {"conflict", "coarser", "only-here"}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_sentences_are_our_own(language: str, shared: Path) -> None:
    real = (shared / "seeds" / f"pakistan-syria.{language}.txt").read_text("utf-8")
    assert not find_runs(read(f"pakistan-syria.{language}.txt")) & find_runs(real)
