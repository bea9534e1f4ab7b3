"""The pages in a real browser: nothing that they are made of is refused by their own policy, and no machine but the server is asked."""

from __future__ import annotations

from urllib.parse import quote, unquote

import httpx
import pytest
from browsing import visiting
from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from playwright.sync_api import Browser
from served import HOSTILE, SLY, serving
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


def test_copying_a_quote_gives_the_stored_text(client: httpx.Client, browser: Browser) -> None:
    """The signs that turn the direction of writing included, and nothing that a page adds."""
    stored = {one["id"]: one for one in client.get("/api/v1/statements").json()["items"]}
    grant = {"permissions": ["clipboard-read", "clipboard-write"]}
    with visiting(browser, str(client.base_url), **grant) as (page, _):
        for id in ("embassy", "mission", "sly"):
            for place in (f"/statement?id={id}", f"/statements?doc={quote(stored[id]['doc'])}&ui=ar"):
                page.goto(place)
                shown = page.locator(".m-quote" if "id=" in place else f"#s-{id} blockquote p")
                shown.first.evaluate(
                    """(first) => {
                        const every = first.matches("p") ? [first] : [...document.querySelectorAll(".m-quote")];
                        const range = document.createRange();
                        range.setStartBefore(every[0]); range.setEndAfter(every.at(-1));
                        getSelection().removeAllRanges(); getSelection().addRange(range);
                    }"""
                )
                page.keyboard.press("Control+C")
                assert page.evaluate("navigator.clipboard.readText()").strip() == stored[id]["quote"], place


def test_the_slider_shows_the_ties_of_a_year(client: httpx.Client, browser: Browser) -> None:
    with visiting(browser, str(client.base_url)) as (page, said):
        page.goto("/dyad?a=PAK&b=SYR")
        slider = page.locator("input[type=range]")
        assert slider.input_value() == page.locator("output").inner_text() == "1986"
        slider.evaluate("slider => { slider.value = 1980; slider.dispatchEvent(new Event('input')); }")
        assert page.locator("output").inner_text() == "1980"
        with page.expect_navigation():
            slider.evaluate("slider => slider.dispatchEvent(new Event('change'))")
        assert "on=1980" in page.url and page.locator("h2#h-ties").inner_text().endswith("1980")
        assert said == []


def test_without_scripts_the_slider_is_a_form(client: httpx.Client, browser: Browser) -> None:
    with visiting(browser, str(client.base_url), java_script_enabled=False) as (page, said):
        page.goto("/dyad?a=PAK&b=SYR&ui=ar")
        page.locator("input[type=range]").press("Home")
        page.locator("form:has(input[type=range]) button").click()
        assert "on=1975" in page.url and "ui=ar" in page.url
        assert page.locator("h2#h-ties").inner_text().endswith("1975")
        assert said == []


def test_what_is_hostile_does_nothing(client: httpx.Client, browser: Browser) -> None:
    with visiting(browser, str(client.base_url)) as (page, said):
        page.on("dialog", lambda dialog: said.append(f"dialog: {dialog.message}"))
        for address in (f"/document?id={quote(HOSTILE.id)}", "/statement?id=sly", "/documents", "/issues"):
            page.goto(address)
            assert SLY in page.locator("main").inner_text() and page.locator("main img, main script").count() == 0
        assert said == []


@pytest.mark.parametrize("ui", ["en", "ar"])
def test_marks_are_links_to_their_rows(client: httpx.Client, browser: Browser, ui: str) -> None:
    """Of the timeline to a line of the page, of the map, the network and the charts to a page."""
    with visiting(browser, str(client.base_url)) as (page, _):
        for address, lead in (("/dyad?a=PAK&b=SYR", "#e-"), ("/map", "/state?"), ("/network", "/dyad?"), ("/statistics", "/statements?")):
            page.goto(with_ui(address, ui))
            mark = page.locator(f"main svg a[href*='{lead}']").first
            href = mark.get_attribute("href") or ""
            mark.dispatch_event("click")
            page.wait_for_url(lambda url, href=href: unquote(url).endswith(unquote(href)))  # type: ignore[misc]
            assert page.locator("main h1").count() == 1
            if lead == "#e-":
                assert page.locator(":target").count() == 1


def test_arabic_is_written_in_the_letters_that_the_server_brings(client: httpx.Client, browser: Browser) -> None:
    with visiting(browser, str(client.base_url)) as (page, _):
        page.goto("/?ui=ar")
        assert page.evaluate("document.fonts.ready.then(() => [...document.fonts].filter(one => one.status === 'loaded').length)") >= 1
