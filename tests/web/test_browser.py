"""The pages in a real browser: nothing that they are made of is refused by their own policy, and no machine but the server is asked."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from served import serving

from dragoman.web.guard import Guard

PAGES = ("/?ui=ar", "/dyad?a=PAK&b=SYR&on=1990", "/statement?id=sly")
Browse = Callable[[str], tuple[str, list[str]]]


@pytest.fixture
def browse(tmp_path: Path) -> Browse:
    """Shows a page in chromium: the document after its script has run, and what the browser had to say."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("no chromium on this machine: apt-get install chromium")
    command = [
        chromium,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        f"--user-data-dir={tmp_path}",
        "--enable-logging=stderr",
        "--dump-dom",
    ]

    def run(address: str) -> tuple[str, list[str]]:
        only = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
        done = subprocess.run([*command, only, address], capture_output=True, encoding="utf-8", timeout=60, check=False)
        return done.stdout, [line for line in done.stderr.splitlines() if ":CONSOLE" in line]

    return run


@pytest.mark.parametrize("address", PAGES)
def test_a_page_breaks_none_of_its_own_rules(client: httpx.Client, browse: Browse, address: str) -> None:
    document, said = browse(str(client.base_url.join(address)))
    assert said == []
    assert document.rstrip().endswith("</html>") and "<main" in document


def test_what_breaks_them_would_be_told(browse: Browse) -> None:
    app = FastAPI()
    app.add_middleware(Guard)
    app.add_api_route("/", lambda: HTMLResponse('<p style="color:red">x</p><script>document.body.append("ran")</script>'))
    with serving(app) as client:
        document, said = browse(str(client.base_url))
    assert len(said) >= 2 and all("Content Security Policy" in line for line in said)
    assert "ran</body>" not in document
