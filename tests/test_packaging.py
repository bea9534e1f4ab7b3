"""What is installed is all that is needed: a wheel has every file of the package, and what tells of it agrees."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
import yaml

import dragoman

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    place = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(place), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (file,) = place.glob("*.whl")
    return zipfile.ZipFile(file)


def test_the_wheel_has_every_file_of_the_package(wheel: zipfile.ZipFile) -> None:
    tracked = subprocess.run(["git", "ls-files", "src/dragoman"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split()
    if not tracked:
        pytest.skip("no git checkout: what belongs to the package is not known")
    assert {Path(name).relative_to("src").as_posix() for name in tracked if (ROOT / name).exists()} <= set(wheel.namelist())
    assert any(name.endswith("licenses/LICENSE") for name in wheel.namelist())


def test_the_wheel_has_nothing_else(wheel: zipfile.ZipFile) -> None:
    """No tests, no records, no caches; and it stays small enough to be sent about."""
    assert {name.split("/")[0].split("-")[0] for name in wheel.namelist()} == {"dragoman"}
    assert not [name for name in wheel.namelist() if name.endswith((".pyc", ".duckdb"))]
    assert sum(file.compress_size for file in wheel.infolist()) < 8_000_000


def test_the_citation_is_of_this_version() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert citation["version"] == PROJECT["version"] == dragoman.__version__
    assert citation["license"] == PROJECT["license"]
    assert citation["title"].startswith("Dragoman")


def test_every_package_is_pinned_once_and_no_registry_is_named() -> None:
    text = (ROOT / "constraints.txt").read_text("utf-8")
    pinned = [normalise(line.partition("==")[0]) for line in text.splitlines() if line and not line.startswith("#")]
    assert len(set(pinned)) == len(pinned)
    assert "://" not in text
    asked = [line for extra in (PROJECT["dependencies"], *PROJECT["optional-dependencies"].values()) for line in extra]
    names = {normalise(re.split(r"[\[<>=!~ ;]", line)[0]) for line in asked} - {"dragoman"}
    # Large, and only for those who ask for them: the tests do without, so no version of theirs was tried.
    assert names - set(pinned) <= {"ray", "sentence-transformers"}


def normalise(name: str) -> str:
    """A package's name as registries compare it."""
    return re.sub(r"[-_.]+", "-", name.strip()).lower()


@pytest.mark.parametrize("template", sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml")), ids=lambda path: path.stem)
def test_issue_templates_are_such(template: Path) -> None:
    form = yaml.safe_load(template.read_text("utf-8"))
    if template.stem == "config":
        assert form["blank_issues_enabled"] is True
        return
    assert form["name"] and form["description"]
    ids = [item["id"] for item in form["body"]]
    assert len(set(ids)) == len(ids)
    assert all(item["attributes"]["label"] and item["type"] in ("textarea", "input") for item in form["body"])
