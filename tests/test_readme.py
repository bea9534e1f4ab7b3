"""What the README and the pages of docs/ show is what happens: each command is run, in an empty folder, and its output compared."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text("utf-8")
NOT_OURS = ("make", "pip", "git", "cd", "python3", ".")


def load_fill() -> ModuleType:
    """docs/fill.py, which writes the blocks, also knows how they are run."""
    spec = importlib.util.spec_from_file_location("fill", ROOT / "docs" / "fill.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


fill = load_fill()


def level(text: str) -> str:
    """Durations and rates differ from run to run; all else must not."""
    return re.sub(r"\d[\d.,]*(?= ?(?:s\b|seconds?\b|sentences/s|sentences a second))", "N", text)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not (Path(sys.executable).parent / "dragoman").exists():
        pytest.skip("dragoman is not installed beside this interpreter: pip install -e .")
    place = tmp_path_factory.mktemp("readme")
    fill.prepare(place)
    return place


@pytest.mark.parametrize("page", fill.find_pages(), ids=lambda page: page.stem)
def test_every_dragoman_command_is_marked(page: Path) -> None:
    """A command that is shown but not marked would never be run."""
    text = page.read_text("utf-8")
    blocks = re.findall(r"```console\n(.*?)```", text, re.DOTALL)
    marked = [shown.block for shown in fill.find_commands(text)]
    for block in blocks:
        for command in re.findall(r"^\$ (.+)$", block, re.MULTILINE):
            assert command.split()[0] in NOT_OURS or any(f"$ {command}\n" in shown for shown in marked), command


def test_the_readme_shows_the_commands_that_matter() -> None:
    assert {shown.command.split()[1] for shown in fill.find_commands(README)} >= {"demo", "build", "timeline", "show", "export"}


def test_commands_print_what_is_shown(folder: Path) -> None:
    for command, block in fill.find_commands(README):
        filled, result = fill.show(command, folder)
        assert result.status == 0, f"{command}\n{result.errors}"
        assert level(block) == level(filled), f"{command}: the README shows something else; `make docs` renews it"


def test_python_examples_run(folder: Path) -> None:
    """After the commands, in the same folder: the examples open the record that those made."""
    examples = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    assert examples
    for example in examples:
        result = fill.run([sys.executable, "-c", example], folder)
        assert result.status == 0, f"{example}\n{result.errors}"
        assert result.output, f"{example}\nprinted nothing"


@pytest.mark.parametrize("page", fill.find_pages()[1:], ids=lambda page: page.stem)
def test_pages_print_what_they_show(page: Path, tmp_path: Path) -> None:
    """Each page in a folder of its own: its commands, then its Python."""
    text = page.read_text("utf-8")
    fill.prepare(tmp_path, page)
    for command, block in fill.find_commands(text):
        filled, result = fill.show(command, tmp_path)
        assert result.status == 0, f"{command}\n{result.errors}"
        assert level(block) == level(filled), f"{command}: the page shows something else; `make docs` renews it"
    if examples := fill.find_python(text):
        blocks, result = fill.show_python([example.command for example in examples], tmp_path)
        assert result.status == 0, result.errors
        for (_, block), filled in zip(examples, blocks, strict=True):
            assert level(block) == level(filled), "the page shows something else; `make docs` renews it"
    for made, shown in fill.find_pictures(page):
        assert (tmp_path / made).read_bytes() == shown.read_bytes(), f"{shown.name} is another picture; `make docs` renews it"


@pytest.mark.parametrize(
    ("text", "levelled"),
    [("in 1.25 s", "in N s"), ("0.3s", "Ns"), ("1,204 sentences/s", "N sentences/s"), ("12 statements", "12 statements")],
)
def test_only_durations_are_levelled(text: str, levelled: str) -> None:
    assert level(text) == levelled
