"""What every test may ask for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

# Speed is measured in bench/: no example fails for having taken long on a busy machine.
settings.register_profile("dragoman", deadline=None)
settings.load_profile("dragoman")

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of gold and real texts, which is no part of the repository; tests that need it are skipped without it."""
    given = os.environ.get("DRAGOMAN_SHARED")
    folder = Path(given) if given else ROOT.parent / "shared"
    if not (folder / "gold").is_dir():
        pytest.skip(f"no gold in {folder}: put the folder `shared` beside the repository or name it in DRAGOMAN_SHARED")
    return folder
