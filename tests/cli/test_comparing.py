"""compare, conflicts, link and export --what as a person and as a program use them."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest

from making import ROOT, run_dragoman

EXAMPLE = ROOT / "src" / "dragoman" / "example"


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("comparing") / "r.duckdb"
    done = run_dragoman("build", *sorted(EXAMPLE.glob("*.txt")), "--record", place)
    assert done.returncode == 0, done.stderr
    return place


def test_conflicts_stand_first_and_arabic_is_isolated(record: Path) -> None:
    done = run_dragoman("compare", "pakistan-syria", "--record", record)
    assert done.returncode == 0
    heads = ["Conflicts:", "Differences:", "Said alike:", "Only in pakistan-syria.ar:", "Only in pakistan-syria.en:", "Coverage"]
    places = [done.stdout.index(head) for head in heads]
    assert places == sorted(places)
    arabic = [line for line in done.stdout.splitlines() if "\u0632\u0627\u0631" in line]
    assert arabic and all("\u2068" in line and "\u2069" in line for line in arabic)


def test_json_holds_all_of_it(record: Path) -> None:
    found = json.loads(run_dragoman("compare", "pakistan-syria", "--record", record, "--json").stdout)
    assert set(found) == {"subject", "versions", "conflicts", "both", "sentences", "only", "coverage", "changes"}
    assert found["only"][0]["statement"]["quote"]
    listed = json.loads(run_dragoman("conflicts", "pakistan-syria", "--record", record, "--json").stdout)
    assert [one["conflict"]["id"] for one in listed] == [one["conflict"]["id"] for one in found["conflicts"]]


class Page(HTMLParser):
    """What a page refers to, and the language and direction of its quotes."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.quotes: list[dict[str, str | None]] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.links += [value for name in ("src", "href") if (value := given.get(name))]
        if tag == "blockquote":
            self.quotes.append(given)
        if tag not in ("meta", "link", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_whole_and_needs_nothing_else(record: Path, tmp_path: Path) -> None:
    done = run_dragoman("compare", "pakistan-syria", "--record", record, "--html", tmp_path / "page.html")
    assert done.returncode == 0 and done.stdout == "" and "page.html" in done.stderr
    text = (tmp_path / "page.html").read_text("utf-8")
    page = Page()
    page.feed(text)
    assert page.open == []
    assert all(link.startswith("#") for link in page.links)
    assert {quote["dir"] for quote in page.quotes if quote["lang"] == "ar"} == {"rtl"}
    assert {quote["dir"] for quote in page.quotes if quote["lang"] == "en"} == {"ltr"}
    assert "prefers-color-scheme: dark" in text
    assert not any(
        word in text for word in ("margin-left", "margin-right", "padding-left", "padding-right", "text-align: left", "<script", "@import")
    )


def test_what_a_document_says_is_escaped(tmp_path: Path) -> None:
    for name, text in (("x.en", "Pakistan & <b>Syria</b> signed a treaty in 1948."), ("x.ar", "وقعت باكستان وسوريا معاهدة عام 1948.")):
        (tmp_path / f"{name}.txt").write_text(text + "\n", "utf-8")
    (tmp_path / "dragoman.toml").write_text(
        "".join(
            f'[[document]]\nfile = "{name}.txt"\nsubject = "x"\nlanguage = "{name[2:]}"\ntitle = "<script>alert(1)</script>"\n'
            for name in ("x.en", "x.ar")
        ),
        "utf-8",
    )
    run_dragoman("build", *sorted(tmp_path.glob("*.txt")), "--record", tmp_path / "r.duckdb")
    done = run_dragoman("compare", "x", "--record", tmp_path / "r.duckdb", "--html", tmp_path / "page.html")
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "page.html").read_text("utf-8")
    assert "<script" not in text and "&lt;script&gt;" in text
    wiki = run_dragoman("compare", "x", "--record", tmp_path / "r.duckdb", "--wikitext").stdout
    assert "<b>" not in wiki


def test_wikitext_marks_language_and_direction(record: Path) -> None:
    done = run_dragoman("compare", "pakistan-syria", "--record", record, "--wikitext")
    assert done.returncode == 0
    assert done.stdout.startswith("== ")
    assert '<span lang="ar" dir="rtl">' in done.stdout
    assert done.stdout.count("{|") == done.stdout.count("|}")


@pytest.mark.parametrize("command", [["compare", "pakistan-siria"], ["conflicts", "pakistan-siria"]])
def test_an_unknown_subject_ends_with_2_and_the_nearest_names(record: Path, command: list[str]) -> None:
    done = run_dragoman(*command, "--record", record)
    assert done.returncode == 2
    assert "pakistan-syria" in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize("what", ["links", "facts", "differences", "conflicts", "issues"])
def test_export_of_each_part_is_json_lines(record: Path, what: str) -> None:
    done = run_dragoman("export", "--what", what, "--record", record)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0 and rows
    named = {"links": "left", "facts": "statements", "differences": "fact", "conflicts": "problem", "issues": "wordings"}
    assert all(named[what] in row for row in rows)


def test_export_of_what_is_not_there(record: Path) -> None:
    done = run_dragoman("export", "--what", "dreams", "--record", record)
    assert done.returncode == 2 and "statements, links, facts" in done.stderr


def test_link_gives_back_the_facts_of_exported_statements(record: Path, tmp_path: Path) -> None:
    run_dragoman("export", "--record", record, "--output", tmp_path / "s.jsonl")
    done = run_dragoman("link", tmp_path / "s.jsonl", "--texts", EXAMPLE / "pakistan-syria.en.txt", "--json")
    assert done.returncode == 2 and "No text has the id 'pakistan-syria.ar'" in done.stderr
    done = run_dragoman("link", tmp_path / "s.jsonl", "--texts", EXAMPLE, "--json")
    found = json.loads(done.stdout)
    facts = [json.loads(line) for line in run_dragoman("export", "--what", "facts", "--record", record).stdout.splitlines()]
    assert [one["id"] for one in found["facts"]] == [one["id"] for one in facts]
    assert "Facts:" in run_dragoman("link", tmp_path / "s.jsonl", "--texts", EXAMPLE).stdout
