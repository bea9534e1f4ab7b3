"""The API: its parts are the whole, its streams are the record, its shapes are those that it describes, its errors are problems."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import httpx
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.statement import Document, Statement
from dragoman.web.problem import Problem

LISTS = (
    "/api/v1/statements",
    "/api/v1/facts",
    "/api/v1/timeline?a=PAK",
    "/api/v1/timeline?a=Pakistan&b=سوريا&from=1970&type=tie",
    "/api/v1/ties?a=PAK&b=SYR",
    "/api/v1/positions",
    "/api/v1/positions?state=PAK&about=SYR",
    "/api/v1/conflicts",
    "/api/v1/conflicts?subject=visit",
    "/api/v1/documents",
)


def walk(client: httpx.Client, address: str, limit: int) -> list[Any]:
    """All items, part by part."""
    items: list[Any] = []
    cursor, sign = "", "&" if "?" in address else "?"
    for _ in range(100):
        part = client.get(f"{address}{sign}limit={limit}{cursor}").json()
        assert len(part["items"]) <= limit
        items += part["items"]
        if part["next"] is None:
            return items
        cursor = f"&cursor={part['next']}"
    raise AssertionError("no end")


@pytest.mark.parametrize("address", LISTS)
def test_parts_make_the_whole(client: httpx.Client, address: str) -> None:
    whole = walk(client, address, 1000)
    assert whole
    assert walk(client, address, 1) == walk(client, address, 2) == whole


def test_statements_are_those_of_the_record(client: httpx.Client) -> None:
    found = [msgspec.convert(one, Statement) for one in walk(client, "/api/v1/statements", 2)]
    assert {one.id for one in found} == {"mission", "stand", "treaty", "embassy", "came", "sly"}
    lines = client.get("/api/v1/statements", headers={"Accept": "application/x-ndjson"})
    assert lines.headers["content-type"] == "application/x-ndjson"
    assert [msgspec.json.decode(line, type=Statement) for line in lines.iter_lines()] == found
    ties = walk(client, "/api/v1/statements?kind=tie&actor=Syria", 100)
    assert {one["id"] for one in ties} == {"mission", "embassy"}
    assert client.get("/api/v1/statements/mission").json() == next(one for one in ties if one["id"] == "mission")


def test_a_quote_stands_in_its_document(client: httpx.Client) -> None:
    for id in ("visit.en", "visit.ar"):
        document = msgspec.json.decode(client.get(f"/api/v1/documents/{id}").content, type=Document)
        for one in walk(client, f"/api/v1/statements?doc={id}", 100):
            assert document.text[one["start"] : one["end"]] == one["quote"]


def test_compare(client: httpx.Client) -> None:
    found = client.get("/api/v1/compare?subject=visit").json()
    assert [version["id"] for version in found["versions"]] == ["visit.ar", "visit.en"]
    assert found["both"][0]["fact"]["differences"][0]["values"] == {"mission": "1975", "embassy": "1976"}


def test_nothing_is_sent_twice(client: httpx.Client) -> None:
    for address in LISTS:
        tag = client.get(address).headers["etag"]
        again = client.get(address, headers={"If-None-Match": tag})
        assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/v1/nothing", 404),
        ("/api/v1/statements/zzz", 404),
        ("/api/v1/documents/zzz", 404),
        ("/api/v1/timeline", 422),
        ("/api/v1/timeline?a=Atlantis", 400),
        ("/api/v1/ties?a=PAK&b=PAK", 400),
        ("/api/v1/ties?a=PAK&b=SYR&on=2014-13", 400),
        ("/api/v1/statements?limit=0", 422),
        ("/api/v1/statements?limit=100000", 422),
        ("/api/v1/statements?cursor=zzz", 400),
        ("/api/v1/statements?cursor=%F0%9F%98%80", 400),
        ("/api/v1/facts?cursor=WyIiLDFd", 400),
        ("/api/v1/ask", 422),
        ("/api/v1/ask?q=Pakistan&mode=loud", 422),
        ("/api/v1/compare?subject=zzz", 400),
        ("/api/v1/positions?state=" + "x" * 301, 422),
        ("/api/v1/positions?state=" + "x" * 5000, 414),
    ],
)
def test_what_is_wrong_is_a_problem(client: httpx.Client, address: str, status: int) -> None:
    response = client.get(address)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    said = msgspec.json.decode(response.content, type=Problem)
    assert said.status == status and said.detail


def test_a_cursor_is_for_one_question(client: httpx.Client) -> None:
    cursor = client.get("/api/v1/statements?limit=1").json()["next"]
    assert client.get(f"/api/v1/statements?limit=1&kind=tie&cursor={cursor}").status_code == 400


def test_the_description_is_whole_and_true(client: httpx.Client) -> None:
    described = client.get("/api/v1/openapi.json").json()
    shapes = described["components"]["schemas"]
    refs = set(re.findall(r"#/components/schemas/(\w+)", client.get("/api/v1/openapi.json").text))
    assert refs <= set(shapes)
    assert {path.split("/")[3] for path in described["paths"]} >= {
        "statements",
        "facts",
        "timeline",
        "ties",
        "positions",
        "compare",
        "conflicts",
        "documents",
        "ask",
    }
    for address in LISTS:
        path = address.split("?")[0]
        schema = described["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        shape = shapes[schema["properties"]["items"]["items"]["$ref"].rsplit("/", 1)[1]]
        for item in walk(client, address, 1000):
            assert set(shape["required"]) <= set(item) <= set(shape["properties"])


@settings(max_examples=40)
@given(st.data(), st.text(max_size=20) | st.sampled_from(["\x00", "%", "9" * 300, "2014/..", "../..", "٢٠١٤", "\u202e"]))
def test_no_question_is_a_fault(client: httpx.Client, shown: Callable[[str], httpx.Response], data: st.DataObject, value: str) -> None:
    """Whatever stands in any parameter that is described."""
    paths = {path: ops["get"].get("parameters", []) for path, ops in shown("/api/v1/openapi.json").json()["paths"].items()}
    path = data.draw(st.sampled_from(sorted(path for path in paths if paths[path] and not path.endswith("/ask"))))
    asked = data.draw(st.sampled_from([one["name"] for one in paths[path]]))
    needed = {"a": "PAK", "b": "SYR", "subject": "visit"}
    query = {one["name"]: needed[one["name"]] for one in paths[path] if one["name"] in needed} | ({} if "{" in path else {asked: value})
    response = client.get(path.replace("{id}", quote(value, safe="")), params=query)
    assert response.status_code < 500, response.text
