"""A real browser for the tests: Debian's chromium, driven by Playwright, in which every name but this machine's leads nowhere."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1")


@contextmanager
def starting() -> Iterator[Browser]:
    """The browser, or the test is skipped. CHROMIUM: where it is, when it is not on the path."""
    place = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if place is None:
        pytest.skip("no chromium on this machine: apt-get install chromium, or set CHROMIUM to where it is")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=place, args=list(ARGUMENTS))
        yield browser
        browser.close()


@contextmanager
def visiting(browser: Browser, base: str, **options: Any) -> Iterator[tuple[Page, list[str]]]:
    """An empty page whose addresses are those of the server at `base`, and all that the browser complains of, as it does.

    options: of Playwright's Browser.new_context. Whatever is asked of another server is a complaint, too.
    """
    said: list[str] = []
    context = browser.new_context(base_url=base, **options)
    page = context.new_page()
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("requestfailed", lambda request: said.append(f"{request.failure}: {request.url}"))
    page.on("request", lambda request: None if request.url.startswith((base, "data:")) else said.append(f"asked of another: {request.url}"))
    try:
        yield page, said
    finally:
        context.close()
