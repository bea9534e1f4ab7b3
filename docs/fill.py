"""Writes into README.md and the pages of docs/ what their commands really print (`make docs`); tests/test_readme.py runs the same.

A shown command stands between two marks:

    <!-- output: dragoman timeline Pakistan Syria --record demo.duckdb -->
    (written here: the command and its output)
    <!-- end -->

`[id: words]` in a command is the id of the first statement of its record whose quote holds these words, so that no id is
copied by hand. Python that is shown with what it prints stands so:

    <!-- python -->
    (a block of Python; below it is written what it prints)
    <!-- end -->

The commands of one page run in order, in one empty folder that holds `texts/`, a copy of the bundled example, and what the page
names with `<!-- files: tutorials/sources -->`, a folder of docs/. Then its Python runs, all in one session. What the last of it all
left in a file that `<!-- picture: chart.svg -->` names is the picture that stands below.
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
EXAMPLE = re.compile(r"<!-- python -->\n(?P<shown>```python\n(?P<code>.*?)```\n.*?)<!-- end -->", re.DOTALL)
FILES = re.compile(r"<!-- files: (\S+) -->")
PICTURE = re.compile(r"<!-- picture: (\S+) -->\n!\[[^]]*\]\((?P<shown>[^)]+)\)")
_SESSION = """
import json, sys
scope = {"__name__": "__main__"}
for code in json.load(sys.stdin):
    exec(code, scope)
    print("\\0", end="", flush=True)
"""
WIDTH = "100"


class Result(NamedTuple):
    """What a command gave: exit status, standard output without trailing blanks, standard error."""

    status: int
    output: str
    errors: str


class Shown(NamedTuple):
    """A marked command of a page, or some Python, and the block that stands under it."""

    command: str
    block: str


def find_pages() -> list[Path]:
    """The README, and the pages of docs/ that show commands or Python with what they print."""
    pages = sorted((ROOT / "docs").rglob("*.md"))
    return [README, *(page for page in pages if re.search("^<!-- (?:output:|python)", page.read_text("utf-8"), re.MULTILINE))]


def find_commands(text: str) -> list[Shown]:
    """The marked commands of a page, in order."""
    return [Shown(found["command"], found["shown"]) for found in MARKED.finditer(text)]


def find_python(text: str) -> list[Shown]:
    """The Python of a page that is shown with what it prints, in order."""
    return [Shown(found["code"], found["shown"]) for found in EXAMPLE.finditer(text)]


def find_pictures(page: Path) -> list[tuple[str, Path]]:
    """The files that a page's commands draw, each with the picture of docs/ that shows it."""
    return [(found[1], page.parent / found["shown"]) for found in PICTURE.finditer(page.read_text("utf-8"))]


def prepare(folder: Path, page: Path = README) -> None:
    """Lay out the folder in which a page's commands run."""
    for name in FILES.findall(page.read_text("utf-8")):
        shutil.copytree(ROOT / "docs" / name, folder / Path(name).name)
    (folder / "texts").mkdir()
    for file in sorted((ROOT / "src" / "dragoman" / "example").iterdir()):
        if file.suffix in (".txt", ".toml"):
            shutil.copy(file, folder / "texts")


def run(command: list[str], folder: Path, given: str = "") -> Result:
    """Run a command in the folder, with the `dragoman` of this interpreter first on the PATH and a fixed width."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    fixed = {"PATH": path, "COLUMNS": WIDTH, "NO_COLOR": "1", "TERM": "dumb", "PYTHONUTF8": "1"}
    done = subprocess.run(
        command, cwd=folder, env=os.environ | fixed, input=given, capture_output=True, encoding="utf-8", timeout=300, check=False
    )
    return Result(done.returncode, _clean(done.stdout), done.stderr)


def _clean(output: str) -> str:
    return "\n".join(line.rstrip() for line in output.splitlines()).strip("\n")


def resolve(command: str, folder: Path) -> str:
    """Replace `[id: words]` by the id of the statement that is meant. Raises LookupError when no quote holds the words."""
    record = (re.findall(r"--record (\S+)", command) or ["demo.duckdb"])[0]

    def look_up(found: re.Match[str]) -> str:
        lines = run(["dragoman", "export", "--format", "jsonl", "--record", record], folder).output.splitlines()
        for statement in map(json.loads, lines):
            if found[1] in statement["quote"]:
                return str(statement["id"])
        raise LookupError(f"No statement of {record} says {found[1]!r}.")

    return re.sub(r"\[id: (.+?)\]", look_up, command)


def show(command: str, folder: Path) -> tuple[str, Result]:
    """Run a marked command; give the block that belongs under it, and the result."""
    command = resolve(command, folder)
    result = run(["bash", "-c", command], folder)
    body = f"{result.output}\n" if result.output else ""
    return f"```console\n$ {command}\n{body}```\n", result


def show_python(codes: list[str], folder: Path) -> tuple[list[str], Result]:
    """Run some Python, in one session; give for each the block that belongs there, and the result of all."""
    result = run([sys.executable, "-c", _SESSION], folder, json.dumps(codes))
    printed = map(_clean, result.output.split("\0"))
    return [f"```python\n{code}```\n\n```text\n{output}\n```\n" for code, output in zip(codes, printed, strict=False)], result


def fill(page: Path) -> None:
    """Write into a page what its commands and its Python print. Raises RuntimeError, the page untouched, when one fails."""
    text = page.read_text("utf-8")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        prepare(folder, page)
        for command, block in find_commands(text):
            filled, result = show(command, folder)
            if result.status:
                raise RuntimeError(f"{command}: exit status {result.status}\n{result.errors}")
            mark = f"<!-- output: {command} -->\n"
            text = text.replace(mark + block, mark + filled)
        if examples := find_python(text):
            blocks, result = show_python([example.command for example in examples], folder)
            if result.status:
                raise RuntimeError(f"The Python of {page.name}: {result.errors}")
            for (_, block), filled in zip(examples, blocks, strict=True):
                text = text.replace(f"<!-- python -->\n{block}", f"<!-- python -->\n{filled}")
        for made, shown in find_pictures(page):
            shutil.copy(folder / made, shown)
    page.write_text(text, "utf-8")


def main() -> int:
    """Fill the pages named, or all. Exit status 1 when a command fails."""
    for page in map(Path.absolute, map(Path, sys.argv[1:])) if sys.argv[1:] else find_pages():
        try:
            fill(page)
        except RuntimeError as error:
            sys.stderr.write(f"{page.relative_to(ROOT)}: {error}\n")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
