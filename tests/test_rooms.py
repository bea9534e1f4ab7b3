"""The rooms: imports go one way, modules stay small, and only the command line prints."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
import warnings
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "dragoman"
MODULES = sorted(PACKAGE.rglob("*.py"))
LONGEST, SHORTEST = 450, 50


def test_imports_go_one_way() -> None:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert " 0 broken" in done.stdout


def test_every_room_stands_in_the_order() -> None:
    """import-linter says nothing about a room that its contract does not name."""
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"][0]
    named = {layer.strip("()").removeprefix("dragoman.") for layer in contract["layers"]}
    rooms = {module.parent.name for module in PACKAGE.glob("*/__init__.py")}
    alone = {module.stem for module in PACKAGE.glob("*.py")} - {"__init__", "__main__"}
    assert rooms | alone <= named


def test_modules_are_of_a_size() -> None:
    """Too long is an error; a short one is reported, for two that are one noun are better joined."""
    lines = {module.relative_to(PACKAGE).as_posix(): len(module.read_text("utf-8").splitlines()) for module in MODULES}
    long = {name: count for name, count in lines.items() if count > LONGEST}
    short = {name: count for name, count in lines.items() if count < SHORTEST and not name.endswith(("__init__.py", "__main__.py"))}
    if short:
        warnings.warn(f"modules of fewer than {SHORTEST} lines: {short}", stacklevel=1)
    assert not long, f"modules of more than {LONGEST} lines: {long}"


def test_only_the_command_line_prints() -> None:
    """Neither print nor a write to the standard streams, whatever ruff is told to ignore."""
    found = []
    for module in MODULES:
        if module.is_relative_to(PACKAGE / "cli"):
            continue
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            if isinstance(node, ast.Name | ast.Attribute) and ast.unparse(node) in ("print", "sys.stdout", "sys.stderr"):
                found.append(f"{module.relative_to(ROOT)}:{node.lineno}")
    assert not found
