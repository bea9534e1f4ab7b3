"""The pages in a real browser: nothing that they are made of is refused by their own policy, and no machine but the server is asked."""

from __future__ import annotations

import httpx
import pytest
from browsing import visiting
from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from playwright.sync_api import Browser
from served import serving
from test_pages import ADDRESSES, with_ui

from dragoman.web.guard import Guard

WIDTHS = (360, 1440)
"""CSS pixels: of a telephone, and of a screen on a desk."""


@pytest.mark.parametrize("ui", ["en", "ar"])
def test_a_page_breaks_none_of_its_own_rules(client: httpx.Client, browser: Browser, ui: str) -> None:
    """It is whole, the browser has nothing to complain of, and no line is wider than the screen."""
    with visiting(browser, str(client.base_url)) as (page, said):
        for address in ADDRESSES:
            page.goto(with_ui(address, ui))
            assert said == [], address
            assert page.locator("html").get_attribute("dir") == ("rtl" if ui == "ar" else "ltr")
            assert page.locator("main h1").count() == 1
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                wide = page.evaluate("document.documentElement.scrollWidth")
                assert wide <= width, f"{address} at {width} pixels is {wide} wide"


def test_what_breaks_them_would_be_told(browser: Browser) -> None:
    app = FastAPI()
    app.add_middleware(Guard)
    hostile = '<p style="color:red">x</p><script>document.body.append("ran")</script><img src="http://example.org/x.png">'
    app.add_api_route("/", lambda: HTMLResponse(hostile))
    with serving(app) as client, visiting(browser, str(client.base_url)) as (page, said):
        page.goto("/")
        assert sum("Content Security Policy" in line for line in said) >= 3
        assert "ran" not in page.locator("body").inner_text()
