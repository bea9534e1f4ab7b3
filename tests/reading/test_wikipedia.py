"""Articles are fetched from a server that is slow, busy and breaks off, politely, and put on a shelf that can be read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import wiki as local

from dragoman.errors import DragomanError, QueryError, ReadingError
from dragoman.reading import find, read
from dragoman.reading.shelf import fetch
from dragoman.reading.wikipedia import Wiki

TITLE = "Syria–Iraq relations"


@pytest.fixture
def server() -> Iterator[local.Wiki]:
    with local.serve() as server:
        yield server


class Waits(list[float]):
    """Waits for nothing, and remembers for how long it should have."""

    def __call__(self, seconds: float) -> None:
        self.append(seconds)


def connect(server: local.Wiki, waits: Waits | None = None, contact: str = "desk@example.org") -> Wiki:
    return Wiki(server.api, contact, "1.2", wait=waits if waits is not None else Waits())


def test_an_article_comes_with_its_revision_date_licence_and_address(server: local.Wiki) -> None:
    with connect(server) as wiki:
        article = wiki.newest(TITLE, "en")
    assert (article.revision, article.date, article.licence) == ("90003", "2025-03-04T05:06:07Z", "CC BY-SA 4.0")
    assert article.address == "https://wiki.example/w/index.php?title=Syria%E2%80%93Iraq_relations&oldid=90003"
    assert article.text.startswith("'''Syria'''")
    assert set(server.agents) == {server.agents[0]}
    assert server.agents[0].startswith("dragoman/1.2 (desk@example.org) httpx/")


def test_a_redirect_is_followed_and_the_other_languages_are_found(server: local.Wiki) -> None:
    with connect(server) as wiki:
        found = wiki.find("Iraq-Syria relations", "en")
    assert (found.title, found.by) == (TITLE, "Iraq-Syria relations")
    assert found.languages == {"ar": "العلاقات السورية العراقية", "fr": "Relations entre l'Irak et la Syrie"}


def test_a_title_that_does_not_exist_is_answered_with_the_nearest(server: local.Wiki) -> None:
    with connect(server) as wiki:
        with pytest.raises(QueryError, match=r"no article 'Syria Irak relations'.*Nearest: Syria–Iraq relations"):
            wiki.find("Syria Irak relations", "en")
        with pytest.raises(QueryError, match="look at its spelling"):
            wiki.find("Zzz", "en")
        for title in ("<b>", "A|B"):
            with pytest.raises(QueryError, match="No article can be called"):
                wiki.find(title, "en")


@pytest.mark.parametrize(
    ("fault", "wait"),
    [
        (local.cut, 1.0),
        (local.status(503), 1.0),
        (local.status(429, "7"), 7.0),
        (local.status(429, "Wed, 21 Oct 2015 07:28:00 GMT"), 1.0),
        (local.status(500, "soon"), 1.0),
        (local.error("maxlag", retry="5"), 5.0),
        (local.error("ratelimited"), 1.0),
        (local.text(b"<html>"), 1.0),
        (local.text(b"\xff"), 1.0),
        (local.status(503, "99999"), 120.0),
    ],
)
def test_what_may_pass_is_tried_again_after_a_while(server: local.Wiki, fault: local.Fault, wait: float) -> None:
    waits = Waits()
    server.faults += [fault]
    with connect(server, waits) as wiki:
        assert wiki.newest(TITLE, "en").revision == "90003"
    assert waits == [wait]


def test_waits_grow_and_end(server: local.Wiki) -> None:
    waits = Waits()
    server.faults += [local.cut] * 10
    with connect(server, waits) as wiki, pytest.raises(ReadingError, match="tried 6 times") as caught:
        wiki.newest(TITLE, "en")
    assert waits == [1, 2, 4, 8, 16]
    assert caught.value.where == server.api.format(language="en")


def test_a_server_that_is_not_there(server: local.Wiki) -> None:
    with Wiki("http://127.0.0.1:9/{language}", wait=Waits()) as wiki, pytest.raises(ReadingError, match="cannot be reached"):
        wiki.newest(TITLE, "en")


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (local.status(404), "refuses"),
        (local.status(403), "--contact"),
        (local.error("badvalue", "Unrecognized value"), "Unrecognized value"),
        (local.text(b"[1]"), "not that of MediaWiki"),
        (local.text(b'{"query": []}'), "not that of MediaWiki"),
    ],
)
def test_what_will_not_pass_is_said_at_once(server: local.Wiki, fault: local.Fault, said: str) -> None:
    waits = Waits()
    server.faults += [fault]
    with connect(server, waits) as wiki, pytest.raises(DragomanError, match=said):
        wiki.newest(TITLE, "en")
    assert not waits


def test_redirects_of_the_server_are_followed_but_not_for_ever(server: local.Wiki) -> None:
    def elsewhere(handler: object) -> bool:
        return local.send(handler, b"", 302, Location=handler.path)  # type: ignore[arg-type, attr-defined]

    server.faults += [elsewhere]
    with connect(server) as wiki:
        assert wiki.newest(TITLE, "en").revision == "90003"
        server.faults += [elsewhere] * 30
        with pytest.raises(ReadingError, match="in a circle"):
            wiki.find(TITLE, "en")


@pytest.mark.parametrize("api", ["nowhere", "ftp://x/{language}", "http://{wiki}/", "http://[::1/"])
def test_an_api_that_is_no_address(api: str) -> None:
    with Wiki(api, wait=Waits()) as wiki, pytest.raises(QueryError, match="is no address"):
        wiki.find("A", "en")


def test_a_contact_that_no_request_can_hold() -> None:
    with pytest.raises(QueryError, match="contact"):
        Wiki(contact="a\r\nX-Evil: 1")


def test_articles_are_put_on_a_shelf_and_read_from_it(server: local.Wiki, tmp_path: Path) -> None:
    with connect(server) as wiki:
        fetched = fetch(wiki, ["Iraq-Syria relations"], ["en", "ar", "de"], tmp_path / "a" / "b")
    assert [(put.language, put.edition, put.file) for put in fetched.articles] == [
        ("en", "2025-03-04", "syria-iraq_relations.en.90003.wiki"),
        ("ar", "2023-01-02", "syria-iraq_relations.ar.50001.wiki"),
    ]
    assert fetched.notes == (
        "'Iraq-Syria relations' leads to 'Syria–Iraq relations'.",
        "'Syria–Iraq relations' has no article in German (de).",
    )
    arabic, english = [read(source) for source in find([tmp_path / "a"])]
    assert english.text == "Syria and Iraq reopened their embassies in 2006."
    assert (english.language, english.subject, english.edition) == ("en", "syria-iraq_relations", "2025-03-04")
    assert (arabic.language, arabic.subject, arabic.title) == ("ar", "syria-iraq_relations", "العلاقات السورية العراقية")
    assert english.licence == "CC BY-SA 4.0" and english.source.endswith("oldid=90003")


def test_all_languages_that_can_be_read(server: local.Wiki, tmp_path: Path) -> None:
    with connect(server) as wiki:
        fetched = fetch(wiki, [TITLE], ["all"], tmp_path)
    assert [put.language for put in fetched.articles] == ["ar", "en"]
    assert fetched.notes == ("'Syria–Iraq relations' is also there in languages that cannot be read: French.",)


@pytest.mark.parametrize("since", ["90001", "2019-05", "2019-05-01"])
def test_editions_since_a_revision_or_a_date(server: local.Wiki, tmp_path: Path, since: str) -> None:
    with connect(server) as wiki:
        fetched = fetch(wiki, [TITLE], ["en"], tmp_path, since=since)
    assert [put.edition for put in fetched.articles] == ["2019-05-01", "2021-02-01", "2025-03-04"]
    documents = [read(source) for source in find([tmp_path])]
    assert {document.subject for document in documents} == {"syria-iraq_relations"}
    assert len({document.id for document in documents}) == 3


def test_an_edition_before_the_first_is_said(server: local.Wiki, tmp_path: Path) -> None:
    with connect(server) as wiki:
        fetched = fetch(wiki, [TITLE], ["en"], tmp_path, since="2018")
    assert "'Syria–Iraq relations' (en) was not there yet on 2018-01-01." in fetched.notes
    assert fetched.articles[0].edition == "2019-05-01"


@pytest.mark.parametrize(
    ("since", "said"),
    [("70001", "it is one of 'Syria–Jordan"), ("12345", "has no revision 12345"), ("soon", "neither"), ("2019-13", "neither")],
)
def test_a_revision_that_is_none_of_the_article(server: local.Wiki, tmp_path: Path, since: str, said: str) -> None:
    with connect(server) as wiki, pytest.raises(QueryError, match=said):
        fetch(wiki, [TITLE], ["en"], tmp_path, since=since)


def test_a_category_is_fetched_page_by_page_and_what_fails_is_named(server: local.Wiki, tmp_path: Path) -> None:
    with connect(server) as wiki:
        fetched = fetch(wiki, ["Nothing of the kind", "Hidden"], ["en"], tmp_path, category="Relations")
        with pytest.raises(QueryError, match="has no articles"):
            fetch(wiki, [], ["en"], tmp_path, category="Empty")
    assert [put.title for put in fetched.articles] == [TITLE, "Syria–Jordan relations"]
    assert len(fetched.failed) == 2 and "no article 'Nothing" in fetched.failed[0] and "hidden" in fetched.failed[1]


def test_fetching_again_changes_nothing_and_a_users_manifest_is_kept(server: local.Wiki, tmp_path: Path) -> None:
    mine = '[[document]]\nfile = "mine.txt"\ntitle = "Mine"'
    (tmp_path / "mine.txt").write_text("Syria and Iraq met.")
    (tmp_path / "dragoman.toml").write_text(mine)
    with connect(server) as wiki:
        fetch(wiki, [TITLE], ["en"], tmp_path)
        before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
        again = fetch(wiki, [TITLE], ["en"], tmp_path)
    assert not any(put.new for put in again.articles)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
    assert before["dragoman.toml"].decode().startswith(mine + "\n\n[[document]]")
    assert len(find([tmp_path])) == 2


def test_what_came_before_a_cut_is_kept(server: local.Wiki, tmp_path: Path) -> None:
    with connect(server) as wiki:
        fetch(wiki, ["Syria–Jordan relations"], ["en"], tmp_path)
        server.faults += [lambda handler: True] * 3 + [local.cut] * 6
        with pytest.raises(ReadingError):
            fetch(wiki, ["Syria–Jordan relations", TITLE], ["en"], tmp_path)
    assert [source.path.name for source in find([tmp_path])] == ["syria-jordan_relations.en.70001.wiki"]


def test_a_folder_that_cannot_be_made(server: local.Wiki, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with connect(server) as wiki, pytest.raises(ReadingError, match="folder cannot be made"):
        fetch(wiki, [TITLE], ["en"], tmp_path / "file" / "x")
    with connect(server) as wiki, pytest.raises(QueryError, match="no code of a language"):
        fetch(wiki, [TITLE], ["../en"], tmp_path)
