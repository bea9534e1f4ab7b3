"""Review on a real server: who may write, what is written, what is shown of it; and by keyboard in a real browser."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import msgspec
import pytest
from browsing import visiting
from playwright.sync_api import Browser, Page
from served import serving

from dragoman.engines.judging import judge
from dragoman.record import Record, judgements
from dragoman.statement import Judgement
from dragoman.web import make_app
from dragoman.web.accounts import Door, hash_password, read_accounts

HOSTS = ("127.0.0.1", "localhost")


@contextmanager
def reviewing(path: Path, door: Door) -> Iterator[tuple[httpx.Client, Record]]:
    with Record.open(path) as record, serving(make_app(record, HOSTS, door)) as client:
        yield client, record


@pytest.fixture
def place(web_record: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(web_record, tmp_path / "r.duckdb"))


def sign_in(client: httpx.Client, name: str = "Ada", password: str = "") -> str:
    """The token of the session."""
    response = client.post("/signin", data={"name": name, "password": password})
    assert response.status_code == 303, response.text
    found = re.search(r'name="csrf" value="([^"]+)"', client.get("/review?id=mission").text)
    assert found
    return found[1]


def post(client: httpx.Client, token: str, **fields: str) -> httpx.Response:
    return client.post("/review", data={"csrf": token, **fields})


def test_a_form_is_a_judgement(place: Path) -> None:
    with reviewing(place, Door("local")) as (client, record):
        token = sign_in(client, "ليلى أحمد")
        before = client.get("/statement?id=mission").headers["etag"]
        response = post(
            client, token, id="mission", verdict="correct", why="so says the book", **{"slot-date": "1974", "slot-type": "MISSION"}
        )
        assert response.status_code == 303 and response.headers["location"].startswith("/review")
        page = client.get("/statement?id=mission", headers={"If-None-Match": before})
        assert page.status_code == 200, "the page is another now"
        assert "corrected by <bdi>ليلى أحمد</bdi>" in page.text and "so says the book" in page.text and ">1975<" in page.text
        told = client.get("/statement.json?id=mission").json()
        assert (told["statement"]["date"], told["machine"]["date"]) == ("1974", "1975")
        assert "corrected by" in client.get("/dyad?a=PAK&b=SYR").text
        assert "mission" not in {one["statement"]["id"] for one in client.get("/review.json").json()["waiting"]}
        (one,) = judgements.read(record)
        assert (one.by, one.verdict, one.why) == ("ليلى أحمد", "correct", "so says the book")
        post(client, token, id="mission", undoes=one.id, verdict="undo")
        assert client.get("/statement.json?id=mission").json()["statement"]["date"] == "1975"
        assert [row["verdict"] for row in client.get("/api/v1/judgements").json()["items"]] == ["correct", "undo"]
        assert "line-through" in client.get("/static/site.css").text and 'class="undone"' in client.get("/judgements").text


def test_what_is_rejected_is_hidden_and_can_be_found(place: Path) -> None:
    with reviewing(place, Door("local")) as (client, _):
        token = sign_in(client)
        assert post(client, token, id="treaty", verdict="reject").status_code == 303
        assert "treaty" not in {one["id"] for one in client.get("/statements.json").json()["statements"]}
        assert "signed a treaty" not in client.get("/dyad?a=PAK&b=SYR").text
        page = client.get("/statement?id=treaty").text
        assert "rejected by" in page and "/statement.json?id=treaty" in page
        counted = client.get("/home.json").json()["counts"]["statements"]
        for kind, number in counted.items():
            assert client.get(f"/statements.json?kind={kind}").json()["total"] == number
        assert sum(counted.values()) == 5 == sum(one["statements"] for one in client.get("/documents.json").json())
        fields = {"slot-source": "IRN"}
        assert post(client, token, id="came", verdict="correct", **fields).status_code == 303
        assert [one["id"] for one in client.get("/statements.json?actor=Iran").json()["statements"]] == ["came"]
        assert "came" not in {one["id"] for one in client.get("/statements.json?actor=SYR").json()["statements"]}
        assert "signed a treaty" in client.get("/judgements").text


def test_what_is_judged_is_shown_and_counted_on_every_page(place: Path) -> None:
    with reviewing(place, Door("local")) as (client, record):
        token = sign_in(client)
        assert record.places is not None
        twins = client.get("/statement.json?id=embassy").json()["twins"]
        assert [(one["id"], one["date"]) for one in twins] == [("mission", "1975")]
        assert post(client, token, id="mission", verdict="same", other="embassy").status_code == 303
        assert post(client, token, id="mission", verdict="correct", **{"slot-date": "1976"}).status_code == 303
        assert [one["date"] for one in client.get("/statement.json?id=embassy").json()["twins"]] == ["1976"]
        assert "corrected by" in client.get("/statement?id=embassy").text
        assert post(client, token, id="came", verdict="correct", **{"slot-source": "IRN", "slot-date": "1999"}).status_code == 303
        assert post(client, token, id="treaty", verdict="reject").status_code == 303
        years = {(one["value"], one["number"]) for one in client.get("/statistics.json").json()["year"] if one["number"]}
        assert (1976, 2) in years and (1999, 1) in years and not {1975, 1986} & {year for year, _ in years}
        total = client.get("/statements.json").json()["total"]
        assert sum(one["number"] for one in client.get("/statistics.json").json()["type"]) == total
        assert dict(client.get("/map.json").json()["states"])["IRN"] == 1
        assert {"a": "IRN", "b": "PAK"}.items() <= next(
            one.items() for one in client.get("/network.json").json() if "IRN" in (one["a"], one["b"])
        )
        assert client.get("/statements.json?from=1999&to=1999").json()["total"] == 1
        assert post(client, token, id="mission", verdict="reject").status_code == 303
        assert client.get("/statement.json?id=embassy").json()["twins"] == []
        assert client.get("/conflicts.json").json() == []


def test_the_doubtful_comes_first(place: Path) -> None:
    with reviewing(place, Door("local")) as (client, record):
        token = sign_in(client)
        shown = client.get("/review.json").json()["waiting"]
        assert {one["statement"]["id"] for one in shown[:2]} == {"mission", "embassy"}
        assert [one["why"] for one in shown] == ["conflict", "conflict", "", "", "", ""]
        first, second = (one["statement"]["id"] for one in shown[:2])
        location = post(client, token, id=first, verdict="accept", type="MISSION").headers["location"]
        assert location == f"/review?type=MISSION&id={second}", "on to the next of those that were chosen"
        assert post(client, token, id=second, verdict="accept", type="MISSION").headers["location"] == "/review?type=MISSION"
        assert client.get("/review.json?type=MISSION").json()["total"] == 0
        assert post(client, token, id="mission", verdict="never-same", other="embassy").headers["location"] == "/review?id=mission"
        assert record.count("judged_pairs") == 1
        assert len(client.get("/statement.json?id=mission").json()["twins"]) == 0


def test_what_is_asked_again_is_shown(place: Path) -> None:
    with Record.open(place) as record:
        judge(record, "treaty", "accept", "Ada")
        old = next(record.documents("id = 'visit.en'"))
        record.add(msgspec.structs.replace(old, text=old.text.replace("1986", "1987")), [], "test-1")
        from dragoman.record.settling import resettle

        resettle(record)
    with reviewing(place, Door("local")) as (client, _):
        page = client.get("/review").text
        assert "the words are no longer there as they were" in page and "signed a treaty in 1986" in page


def test_what_cannot_be_said_is_said_and_the_form_stays_filled(place: Path) -> None:
    with reviewing(place, Door("local")) as (client, record):
        token = sign_in(client)
        response = post(client, token, id="mission", verdict="correct", why="<b>x", **{"slot-date": "so<on", "slot-topic": "trade"})
        assert response.status_code == 400 and 'value="so&lt;on"' in response.text and 'value="&lt;b&gt;x"' in response.text
        assert '<option value="trade" selected>' in response.text
        assert post(client, token, id="mission", verdict="praise").status_code == 400
        assert post(client, token, id="nothing", verdict="accept").status_code == 404
        assert post(client, token, verdict="accept").status_code == 400
        assert client.post("/review", content=b"\xff\xfe=1").status_code == 400
        assert client.post("/review", content=b"a=" + b"x" * 100_000).status_code == 400
        assert record.count("judgements") == 0


def test_writing_needs_a_session_and_its_token(place: Path) -> None:
    with reviewing(place, Door("local")) as (client, record):
        assert post(client, "", id="mission", verdict="accept").status_code == 403
        assert 'name="verdict"' not in client.get("/review?id=mission").text
        token = sign_in(client)
        cookie = client.cookies.get("dragoman")
        for wrong in ("", "x", token[:-1], "é"):
            assert post(client, wrong, id="mission", verdict="accept").status_code == 403
        other = {"Sec-Fetch-Site": "cross-site"}
        assert client.post("/review", data={"csrf": token, "id": "mission", "verdict": "accept"}, headers=other).status_code == 403
        assert client.post("/signin", data={"name": "Eve"}, headers=other).status_code == 403
        assert client.post("/signout", data={"csrf": "x"}).status_code == 403
        assert client.post("/signout", data={"csrf": token}).status_code == 303
        client.cookies.set("dragoman", cookie or "", domain="127.0.0.1")
        assert post(client, token, id="mission", verdict="accept").status_code == 403, "the session has ended"
        assert record.count("judgements") == 0
        page = client.get("/review")
        assert page.headers["cache-control"] == "no-store"


def test_the_cookie_is_kept_from_scripts_and_other_sites(place: Path) -> None:
    with reviewing(place, Door("local")) as (client, _):
        said = client.post("/signin", data={"name": "Ada"}).headers["set-cookie"].lower()
        assert "httponly" in said and "samesite=strict" in said and "path=/" in said


def test_accounts(place: Path, tmp_path: Path) -> None:
    file = tmp_path / "accounts"
    file.write_text(f"# who judges\nAda:{hash_password('correct horse', 2**8)}\n", "utf-8")
    with reviewing(place, Door("accounts", read_accounts(file))) as (client, record):
        for name, password in (("Ada", "wrong horse"), ("Bo", "correct horse"), ("Ada", "")):
            response = client.post("/signin", data={"name": name, "password": password})
            assert response.status_code == 403 and "do not belong together" in response.text and "set-cookie" not in response.headers
        token = sign_in(client, "Ada", "correct horse")
        assert post(client, token, id="mission", verdict="accept").status_code == 303
        assert [one.by for one in judgements.read(record)] == ["Ada"]
        tried = [client.post("/signin", data={"name": "Ada", "password": str(n)}).status_code for n in range(12)]
        assert 429 in tried, "who guesses is slowed down"


def test_the_name_of_a_proxy_counts_and_no_other(place: Path) -> None:
    with reviewing(place, Door("header", header="X-Remote-User")) as (client, record):
        assert client.post("/signin", data={"name": "Eve"}).status_code == 403
        assert post(client, "x", id="mission", verdict="accept").status_code == 403
        ada = {"X-Remote-User": "Ada"}
        token = client.get("/api/v1/session", headers=ada).json()["csrf"]
        fields = {"csrf": token, "id": "mission", "verdict": "accept"}
        assert client.post("/review", data=fields, headers={"X-Remote-User": "Eve"}).status_code == 403, "a session is of one name"
        assert client.post("/review", data=fields).status_code == 403, "without a name there is none"
        assert client.post("/review", data=fields, headers=ada).status_code == 303
        assert [one.by for one in judgements.read(record)] == ["Ada"]


def test_a_server_that_only_shows(client: httpx.Client) -> None:
    assert client.post("/signin", data={"name": "Ada"}).status_code == 403
    assert post(client, "x", id="mission", verdict="accept").status_code == 403
    assert "for reading only" in client.get("/review").text
    assert client.get("/api/v1/session").json() == {"name": "", "csrf": "", "writes": False}


def test_the_api(place: Path) -> None:
    with reviewing(place, Door("local")) as (client, record):
        said = {"id": "mission", "verdict": "correct", "slots": {"date": "1974"}, "why": "x"}
        refused = client.post("/api/v1/judgements", json=said)
        assert (refused.status_code, refused.headers["content-type"]) == (403, "application/problem+json")
        sign_in(client)
        head = {"X-CSRF-Token": client.get("/api/v1/session").json()["csrf"]}
        made = client.post("/api/v1/judgements", json=said, headers=head)
        assert made.status_code == 201
        one = msgspec.json.decode(made.content, type=Judgement)
        assert list(judgements.read(record)) == [one]
        lines = client.get("/api/v1/judgements", headers={"Accept": "application/x-ndjson"})
        assert [msgspec.json.decode(line, type=Judgement) for line in lines.iter_lines()] == [one]
        several: list[dict[str, object]] = [{"verdict": "praise"}, {"colour": "red"}, {"slots": {"date": "soon"}}, {"slots": []}]
        for wrong in several:
            assert client.post("/api/v1/judgements", json={**said, **wrong}, headers=head).status_code == 400
        assert client.post("/api/v1/judgements", content=b"\xff", headers=head).status_code == 400
        assert client.get("/api/v1/statements/mission").json()["date"] == "1974"
        described = client.get("/api/v1/openapi.json").json()["paths"]["/api/v1/judgements"]["post"]
        assert described["requestBody"]["content"]["application/json"]["schema"]["$ref"].endswith("Said")


def test_hostile_words_are_shown_as_words(place: Path) -> None:
    sly = "<script>alert(1)</script>\u202e"
    with reviewing(place, Door("local")) as (client, _):
        assert client.post("/signin", data={"name": "a\x00b"}).status_code == 400
        token = sign_in(client, "<script>alert(1)</script>")
        assert post(client, token, id="sly", verdict="correct", why=sly, **{"slot-issue": "<script>x</script>"}).status_code == 303
        for address in ("/judgements", "/statement?id=sly", "/review?id=sly", "/review"):
            text = client.get(address).text
            assert "<script>" not in text and "&lt;script&gt;" in text


def test_review_by_keyboard(place: Path, browser: Browser) -> None:
    with reviewing(place, Door("local")) as (client, record), visiting(browser, str(client.base_url)) as (page, said):
        page.goto("/review?ui=ar")
        page.locator(".visitor a").first.click()
        page.locator("input[name=name]").fill("Ada")
        page.keyboard.press("Enter")
        page.wait_for_url("**/review**")
        order = [one["statement"]["id"] for one in client.get("/review.json").json()["waiting"]]
        go(page, "j", order[0])
        go(page, "j", order[1])
        go(page, "k", order[0])
        go(page, "a", order[1])
        page.keyboard.press("c")
        assert page.evaluate("document.activeElement.name") == "slot-type"
        page.locator("input[name=slot-date]").fill("1975-03")
        page.keyboard.press("a")  # is written, for the field has the focus
        page.locator("input[name=slot-date]").fill("1975-03")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**id={order[2]}**")
        page.locator("input[name=why]").click()
        page.keyboard.type("a rumour")
        page.keyboard.press("Escape")
        go(page, "r", order[3])
        page.locator("[data-keys] input").uncheck()
        page.keyboard.press("a")
        page.reload()
        page.keyboard.press("a")
        assert said == []
        made = [(one.readings[0].statement.id, one.verdict, one.why) for one in judgements.read(record)]
        assert made == [(order[0], "accept", ""), (order[1], "correct", ""), (order[2], "reject", "a rumour")]
        for width in (360, 1440):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        pinned = page.locator(".pinned")
        page.evaluate("window.scrollTo(0, document.body.scrollHeight / 2)")
        box = pinned.bounding_box()
        assert box and box["y"] > -box["height"], "the source stays beside the fields"


def go(page: Page, key: str, id: str) -> None:
    """Press a key that leads to the form of a statement."""
    page.keyboard.press(key)
    page.wait_for_url(f"**id={id}**")


def test_review_without_scripts(place: Path, browser: Browser) -> None:
    with (
        reviewing(place, Door("local")) as (client, record),
        visiting(browser, str(client.base_url), java_script_enabled=False) as (page, _),
    ):
        page.goto("/signin")
        page.locator("input[name=name]").fill("Ada")
        page.locator("main button").click()
        page.locator("a.begin").click()
        assert not page.locator("[data-keys]").is_visible()
        page.locator("button[value=reject]").click()
        assert [one.verdict for one in judgements.read(record)] == ["reject"]
