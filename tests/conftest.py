"""What every test may ask for."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

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


@pytest.fixture(scope="session")
def web_record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The record of tests/web/served.py."""
    from served import build

    place = tmp_path_factory.mktemp("web") / "record.duckdb"
    build(place)
    return place


@pytest.fixture(scope="session")
def client(web_record: Path) -> Iterator[httpx.Client]:
    """Asks a real server of that record."""
    from served import serving

    from dragoman.record import Record
    from dragoman.web import make_app

    with Record.open(web_record, read_only=True) as record, serving(make_app(record, ("127.0.0.1", "localhost"))) as made:
        yield made


@pytest.fixture(scope="session")
def shown(client: httpx.Client) -> Callable[[str], httpx.Response]:
    """Pages, each asked for once."""
    return cache(lambda address: client.get(address))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real browser (tests/web/browsing.py); the test is skipped where there is none."""
    from browsing import starting

    with starting() as made:
        yield made
