"""Texts are hostile, and so may be who asks: what a text holds is shown as text, and nobody else's page reads the record."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from served import HOSTILE, LONG, OVERRIDE, SLY, Shown, serving
from test_pages import ADDRESSES, Elements, with_ui

from dragoman.record import Record
from dragoman.web import make_app
from dragoman.web.asking import Pace
from dragoman.web.problem import status_of
from dragoman.web.view import TooManyError
from making import environment


@pytest.mark.parametrize(
    "address", ["/", *(a for a in ADDRESSES if "sly" in a or "script" in a), "/documents", "/statements", "/state?of=SYR", "/issues"]
)
def test_what_a_text_holds_is_text(shown: Shown, address: str) -> None:
    for ui in ("en", "ar"):
        page = shown(with_ui(address, ui)).text
        elements = Elements(page)
        assert not {tag for tag, _ in elements.found} & {"img", "iframe", "b"}
        assert sum(tag == "script" for tag, _ in elements.found) == 1
        assert len(page) < 1_300_000, "a name of a megabyte is not written out each time"


def test_a_hostile_quote_is_shown_whole_and_set_apart(client: httpx.Client) -> None:
    page = client.get("/statement?id=sly").text
    text = "".join(Elements(page).text)
    assert HOSTILE.text in text, "as it is, the signs that turn its direction too"
    place = page.index(OVERRIDE)
    assert page.rindex("<blockquote", 0, place) > page.rfind("</blockquote>", 0, place), "which end with the quote"
    for found in re.finditer(OVERRIDE, page):
        before = page[: found.start()]
        opened = [before.count(f"<{tag}") > before.count(f"</{tag}>") for tag in ("bdi", "blockquote", "title")]
        attribute = before.rfind('="') > before.rfind('">')
        assert any(opened) or attribute
    assert SLY not in page and LONG[:1000] not in page


def test_all_of_a_hostile_name_is_in_the_twin(client: httpx.Client) -> None:
    found = client.get("/statement.json?id=sly").json()
    assert found["statement"]["source"][1]["name"] == LONG[:20_000]
    assert found["document"]["title"].endswith(LONG)
    assert found["statement"]["issue"] == SLY


def test_headers(client: httpx.Client) -> None:
    for address in ("/", "/static/site.css", "/api/v1/statements", "/nothing", "/dyad", "/state?of=" + "x" * 5000):
        headers = client.get(address).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy and "http" not in policy
        assert headers["x-content-type-options"] == "nosniff" and headers["referrer-policy"] == "no-referrer"
        assert "server" not in headers or "uvicorn" in headers["server"]


def test_what_the_pages_bring_asks_nobody(client: httpx.Client) -> None:
    for file in ("site.css", "site.js", "icon.svg"):
        response = client.get(f"/static/{file}")
        assert response.status_code == 200
        assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)|@import|url\((?!/static/)|fetch\(|XMLHttpRequest", response.text)


@pytest.mark.parametrize(
    "address",
    ["/static/../app.py", "/static/%2e%2e/app.py", "/static/nothing.css", "/document?id=../../etc/passwd", "/state?of=/etc/passwd"],
)
def test_no_path_leads_out(client: httpx.Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code in (400, 404)
    assert "root:" not in response.text


def test_another_name_for_this_machine_is_refused(client: httpx.Client) -> None:
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 421
    assert client.get("/", headers={"Host": "localhost:8000"}).status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_the_pages_take_nothing(client: httpx.Client, method: str) -> None:
    assert client.request(method, "/statements", content=b"x").status_code == 405


def test_more_questions_than_a_person_asks_are_refused() -> None:
    now = [0.0]
    pace = Pace(3, 0.5, lambda: now[0])
    for _ in range(3):
        pace.take()
    with pytest.raises(TooManyError) as refused:
        pace.take()
    assert status_of(refused.value) == 429
    now[0] = 1.0
    with pytest.raises(TooManyError):
        pace.take()
    now[0] = 2.0
    pace.take()


def test_a_fault_is_not_told_in_detail(web_record: Path) -> None:
    record = Record.open(web_record, read_only=True)
    app = make_app(record)
    record.close()
    with serving(app) as client:
        response = client.get("/")
        assert response.status_code in (500, 503)
        assert "Traceback" not in response.text and "File " not in response.text


def test_serve_says_where_it_is_and_ends(web_record: Path) -> None:
    code = "from dragoman.cli import main; main()"
    command = [sys.executable, "-c", code, "serve", "--record", str(web_record), "--port", "0"]
    refused = subprocess.run(command, env=environment(), capture_output=True, encoding="utf-8", timeout=60, check=False)
    assert refused.returncode == 2 and "port" in refused.stderr
    missing = [*command[:-3], str(web_record.with_name("none.duckdb"))]
    done = subprocess.run(missing, env=environment(), capture_output=True, encoding="utf-8", timeout=60, check=False)
    assert done.returncode == 2 and "There is no record here" in done.stderr
