"""The notebook's cells run in order. They are executed as they stand, without Jupyter: it would bring forty packages for nine cells."""

from __future__ import annotations

import json
from pathlib import Path

from making import run_python

NOTEBOOK = Path(__file__).resolve().parent.parent / "docs" / "answers.ipynb"


def test_its_cells_run(tmp_path: Path) -> None:
    cells = ["".join(cell["source"]) for cell in json.loads(NOTEBOOK.read_text("utf-8"))["cells"] if cell["cell_type"] == "code"]
    assert len(cells) > 5
    # Each cell is told apart in the output, so that one that says nothing is seen.
    marked = "\n".join(f"{cell}\nprint('-- cell {number}')" for number, cell in enumerate(cells))
    done = run_python(marked, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    outputs = [part.strip() for part in done.stdout.split("-- cell ")]
    said = [output.partition("\n")[2] for output in outputs]
    assert all(said[1 : len(cells)]), done.stdout
    assert "MISSION embassy" in done.stdout
    assert "('ar', 'en')" in done.stdout or "('en',)" in done.stdout


def test_no_output_is_kept_in_it() -> None:
    """What it prints changes with the coder; a reader runs it."""
    assert not any(cell.get("outputs") for cell in json.loads(NOTEBOOK.read_text("utf-8"))["cells"])
