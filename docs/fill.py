"""Writes into README.md what its commands really print (`make docs`); tests/test_readme.py runs the same commands.

A shown command stands between two marks:

    <!-- output: dragoman timeline Pakistan Syria --record demo.duckdb -->
    (written here: the command and its output)
    <!-- end -->

`[id: words]` in a command is the id of the first statement of demo.duckdb whose quote holds these words, so that no id is
copied by hand. The commands of one README run in order, in one empty folder that holds `texts/`, a copy of the bundled example.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
MARKED = re.compile(r"<!-- output: (?P<command>.+?) -->\n(?P<shown>.*?)<!-- end -->", re.DOTALL)
WIDTH = "100"


class Result(NamedTuple):
    """What a command gave: exit status, standard output without trailing blanks, standard error."""

    status: int
    output: str
    errors: str


class Shown(NamedTuple):
    """A marked command of the README, and the block that stands under it."""

    command: str
    block: str


def find_commands(text: str) -> list[Shown]:
    """The marked commands of a README, in order."""
    return [Shown(found["command"], found["shown"]) for found in MARKED.finditer(text)]


def prepare(folder: Path) -> None:
    """Lay out the folder in which the README's commands run."""
    (folder / "texts").mkdir()
    for file in sorted((ROOT / "src" / "dragoman" / "example").iterdir()):
        if file.suffix in (".txt", ".toml"):
            shutil.copy(file, folder / "texts")


def run(command: list[str], folder: Path) -> Result:
    """Run a command in the folder, with the `dragoman` of this interpreter first on the PATH and a fixed width."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    fixed = {"PATH": path, "COLUMNS": WIDTH, "NO_COLOR": "1", "TERM": "dumb", "PYTHONUTF8": "1"}
    done = subprocess.run(command, cwd=folder, env=os.environ | fixed, capture_output=True, encoding="utf-8", timeout=300, check=False)
    output = "\n".join(line.rstrip() for line in done.stdout.splitlines()).strip("\n")
    return Result(done.returncode, output, done.stderr)


def resolve(command: str, folder: Path) -> str:
    """Replace `[id: words]` by the id of the statement that is meant. Raises LookupError when no quote holds the words."""

    def look_up(found: re.Match[str]) -> str:
        lines = run(["dragoman", "export", "--format", "jsonl", "--record", "demo.duckdb"], folder).output.splitlines()
        for statement in map(json.loads, lines):
            if found[1] in statement["quote"]:
                return str(statement["id"])
        raise LookupError(f"No statement of demo.duckdb says {found[1]!r}.")

    return re.sub(r"\[id: (.+?)\]", look_up, command)


def show(command: str, folder: Path) -> tuple[str, Result]:
    """Run a marked command; give the block that belongs under it, and the result."""
    command = resolve(command, folder)
    result = run(["bash", "-c", command], folder)
    body = f"{result.output}\n" if result.output else ""
    return f"```console\n$ {command}\n{body}```\n", result


def main() -> int:
    """Fill the README. Exit status 1, and the README untouched, when a command fails."""
    text = README.read_text("utf-8")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        prepare(folder)
        for command, block in find_commands(text):
            filled, result = show(command, folder)
            if result.status:
                sys.stderr.write(f"{command}: exit status {result.status}\n{result.errors}")
                return 1
            mark = f"<!-- output: {command} -->\n"
            text = text.replace(mark + block, mark + filled)
    README.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
