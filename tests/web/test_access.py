"""Nobody is shut out: axe finds nothing that breaks WCAG 2.2 AA, the keyboard reaches all, and paper shows what the screen shows."""

from __future__ import annotations

import re
from typing import Any

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import visiting
from playwright.sync_api import Browser, Page
from test_pages import ADDRESSES, with_ui

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}, "resultTypes": ["violations"]}
# One address of each page; the hostile document, too.
EACH = list({re.split(r"[?]", address)[0]: address for address in ADDRESSES}.values())


def broken(page: Page) -> list[str]:
    found: dict[str, Any] = Axe().run(page, options=RULES).response
    return [f"{rule['id']}: {node['html'][:200]} {node['failureSummary']}" for rule in found["violations"] for node in rule["nodes"]]


@pytest.mark.parametrize("ui", ["en", "ar"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_rule_of_access_is_broken(client: httpx.Client, browser: Browser, ui: str, scheme: str) -> None:
    # Half of the pages in the dark and the others in the light, and the other way round in the other language.
    some = EACH[(ui == "en") ^ (scheme == "dark") :: 2]
    with visiting(browser, str(client.base_url), color_scheme=scheme, bypass_csp=True) as (page, _):
        for address in some:
            page.goto(with_ui(address, ui))
            assert broken(page) == [], address


def test_what_breaks_a_rule_would_be_found(client: httpx.Client, browser: Browser) -> None:
    with visiting(browser, str(client.base_url), bypass_csp=True) as (page, _):
        page.goto("/")
        page.evaluate(
            "document.querySelector('main').insertAdjacentHTML('beforeend', '<input type=text><p style=color:#bbb>too faint to read</p>')"
        )
        assert {line.split(":")[0] for line in broken(page)} == {"label", "color-contrast"}


def test_the_keyboard_reaches_all(client: httpx.Client, browser: Browser) -> None:
    with visiting(browser, str(client.base_url)) as (page, _):
        page.goto("/dyad?a=PAK&b=SYR")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0, "what is reached is seen"
        page.keyboard.press("Enter")
        wanted = page.locator("main :is(a[href], input:not([type=hidden]), select, button)").count()
        reached = 0
        for _ in range(wanted + 5):
            page.keyboard.press("Tab")
            reached += page.evaluate("document.activeElement.closest('main') !== null")
        assert reached == wanted


def test_a_printed_page_has_the_text_and_no_forms(client: httpx.Client, browser: Browser) -> None:
    with visiting(browser, str(client.base_url)) as (page, _):
        page.goto("/dyad?a=PAK&b=SYR")
        page.emulate_media(media="print")
        assert page.locator("form:visible, nav:visible").count() == 0
        assert page.locator("blockquote:visible").count() == page.locator("blockquote").count() > 0
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
