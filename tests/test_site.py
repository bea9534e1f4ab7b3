"""docs/ is a site: it builds without a warning, every page is in it, and a reader's browser asks no other machine for anything."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FETCHED = re.compile(
    r"""<(?:script|img|iframe|source|audio|video|embed)\b[^>]*?\bsrc=["']?(?P<src>[^"'\s>]+)"""
    r"""|<link\b(?=[^>]*\brel=["']?(?:stylesheet|icon|preload|preconnect|dns-prefetch|manifest))[^>]*?\bhref=["']?(?P<href>[^"'\s>]+)""",
    re.IGNORECASE,
)
OUTSIDE = re.compile(r"(?:https?:)?//", re.IGNORECASE)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built as `make site` does."""
    place = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(place)]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | {"NO_MKDOCS_2_WARNING": "1"}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return place


def test_every_page_is_there(site: Path) -> None:
    docs = ROOT / "docs"
    for page in docs.rglob("*.md"):
        assert (site / page.relative_to(docs).with_suffix(".html")).is_file(), page
    assert not (site / "fill.py").exists()


def test_nothing_is_fetched_from_elsewhere(site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    found = [(page.name, match["src"] or match["href"]) for page in pages for match in FETCHED.finditer(page.read_text("utf-8"))]
    assert any(address.endswith(".css") for _, address in found) and any(address.endswith(".js") for _, address in found)
    assert [pair for pair in found if OUTSIDE.match(pair[1])] == []
    for sheet in site.rglob("*.css"):
        addresses = re.findall(r"(?:url\(|@import\s+)[\"']?([^\"')\s]+)", sheet.read_text("utf-8"))
        assert [address for address in addresses if OUTSIDE.match(address)] == [], sheet
    # What the theme's script would load from elsewhere, it loads for a diagram in Mermaid or for a repository's address.
    assert not [page.name for page in pages if 'class="mermaid"' in (text := page.read_text("utf-8")) or "data-md-component=source" in text]


def test_an_address_of_another_machine_would_be_found() -> None:
    seen = '<link href="https://fonts.example/x.css" rel=stylesheet><script async src=//cdn.example/a.js></script><a href="https://example.org">x</a>'
    assert [match["src"] or match["href"] for match in FETCHED.finditer(seen)] == ["https://fonts.example/x.css", "//cdn.example/a.js"]


def test_pictures_fetch_nothing_and_say_what_they_are() -> None:
    pictures = sorted((ROOT / "docs").rglob("*.svg"))
    assert (ROOT / "docs" / "picture.svg") in pictures
    for picture in pictures:
        text = picture.read_text("utf-8")
        assert not re.search(r"(?:href|src)=[\"'](?!#)", text) and "@import" not in text, picture
        assert "<title" in text, f"{picture} says nothing to who cannot see it"
