"""Files of many documents: what is sound in them is read, what is not is named by its line."""

from __future__ import annotations

import bz2
import json
from pathlib import Path

import pytest

from dragoman.errors import ReadingError
from dragoman.reading import Flaw, Limits, find, read, unfold
from dragoman.statement import Document

TEXT = "Iraq and Jordan signed a treaty in 1947."


def unfolded(path: Path, **further: object) -> tuple[list[Document], list[str]]:
    """The documents of a file, and what is wrong in it."""
    documents, flaws = [], []
    for item in unfold(find([path], **further)):  # type: ignore[arg-type]
        if isinstance(item, Flaw):
            flaws.append(str(item.error).removeprefix(str(path)))
        else:
            documents.append(read(item))
    return documents, flaws


def write(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


# JSON lines.


def test_a_line_is_a_document(tmp_path: Path) -> None:
    row = {"id": "n 1/2", "headline": "A treaty", "body": TEXT, "date": "2014-05-06", "url": "https://desk.example/1", "lang": "en"}
    documents, flaws = unfolded(write(tmp_path / "news.jsonl", "\ufeff" + json.dumps(row) + "\n\n" + json.dumps({"text": TEXT}) + "\n"))
    assert not flaws
    first, second = documents
    assert (first.id, first.title, first.published, first.edition) == ("n_1_2", "A treaty", "2014-05-06", "")
    assert (first.source, first.language, first.text) == ("https://desk.example/1", "en", TEXT)
    assert (second.id, second.published) == ("news-3", "")


def test_lines_that_are_none_are_named_and_the_others_read(tmp_path: Path) -> None:
    lines = [
        json.dumps({"text": TEXT}).encode(),
        b'{"text": ',
        b"[1]",
        b'{"text": ""}',
        b'{"text": "\xff"}',
        b"[" * 5000,
        json.dumps({"text": TEXT + "!"}).encode(),
    ]
    documents, flaws = unfolded(write(tmp_path / "news.jsonl", b"\n".join(lines)))
    assert [document.id for document in documents] == ["news-1", "news-7"]
    assert [flaw.split(":")[1] for flaw in flaws] == ["2", "3", "4", "5", "6"]
    assert "no JSON" in flaws[0] and "no JSON object" in flaws[1] and "no text" in flaws[2]


def test_the_manifest_says_which_key_is_which(tmp_path: Path) -> None:
    write(tmp_path / "news.jsonl", json.dumps({"article": {"words": ["Iraq met Jordan.", "They talked."]}, "when": "2014"}))
    write(
        tmp_path / "dragoman.toml",
        '[[document]]\nfile = "news.jsonl"\nlicence = "CC0"\n[document.fields]\ntext = "article.words"\npublished = "when"\n',
    )
    (document,), flaws = unfolded(tmp_path)
    assert not flaws
    assert (document.text, document.published, document.licence) == ("Iraq met Jordan.\n\nThey talked.", "2014", "CC0")
    write(tmp_path / "dragoman.toml", '[[document]]\nfile = "news.jsonl"\n[document.fields]\nwords = "x"\n')
    assert "Unknown field 'words'" in unfolded(tmp_path)[1][0]
    write(tmp_path / "dragoman.toml", '[[document]]\nfile = "news.jsonl"\nfields = "x"\n')
    with pytest.raises(ReadingError, match="no table of names"):
        find([tmp_path])


def test_two_of_one_id_and_lines_that_are_too_long(tmp_path: Path) -> None:
    row = json.dumps({"id": "a", "text": TEXT})
    documents, flaws = unfolded(
        write(tmp_path / "x.jsonl", f"{row}\n{row}\n{json.dumps({'text': TEXT * 100})}\n{json.dumps({'text': TEXT})}"), limits=Limits(1000)
    )
    assert [document.id for document in documents] == ["a", "x-4"]
    assert "document 'a' before" in flaws[0] and flaws[0].startswith(":2") and "more than 1,000 bytes" in flaws[1]


# CSV.


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1256", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_tables_in_other_encodings(tmp_path: Path, encoding: str, delimiter: str) -> None:
    rows = [
        ["id", "title", "text", "date"],
        ["1", "زيارة", '"زار الملك عمان، ثم عاد.\nثم غادر إلى بغداد في اليوم التالي."', "2014"],
        ["2", "عودة", "عاد الوزير إلى بغداد.", ""],
    ]
    content = "\r\n".join(delimiter.join(row) for row in rows)
    documents, flaws = unfolded(write(tmp_path / ("x.tsv" if delimiter == "\t" else "x.csv"), content.encode(encoding)))
    assert not flaws
    assert [(d.id, d.language, d.title, d.published) for d in documents] == [("1", "ar", "زيارة", "2014"), ("2", "ar", "عودة", "")]
    assert documents[0].text == "زار الملك عمان، ثم عاد.\nثم غادر إلى بغداد في اليوم التالي."


def test_rows_that_are_none_are_named(tmp_path: Path) -> None:
    content = b"id,text\n1," + TEXT.encode() + b"\n2,\n3,caf\xe9 " + TEXT.encode() + b"\n4\n5," + TEXT.encode() + b"!,more\n"
    padding = b"".join(b"p%d,%s\n" % (n, TEXT.encode()) for n in range(15_000))  # beyond the sample that tells the encoding
    path = write(tmp_path / "x.csv", b"id,text\n" + padding + content[8:])
    items = list(unfold(find([path])))
    flaws = [str(item.error).removeprefix(str(path)) for item in items if isinstance(item, Flaw)]
    assert len(items) == 15_002 + 3
    assert [flaw.split(":")[1] for flaw in flaws] == ["15003", "15004", "15005"]
    assert "not UTF-8" in flaws[1]


def test_a_small_table_in_two_encodings_keeps_its_utf8_rows(tmp_path: Path) -> None:
    rows = ["id,text", "1,زار الملك عمان.", "2,عاد الوزير إلى بغداد."]
    content = "\n".join(rows).encode() + "\n3,غادر الوزير بغداد.".encode("windows-1256")
    documents, flaws = unfolded(write(tmp_path / "x.csv", content))
    assert [document.id for document in documents] == ["1", "2"]
    assert len(flaws) == 1 and flaws[0].startswith(":4: The row is not UTF-8")


def test_only_line_ends_end_a_row(tmp_path: Path) -> None:
    documents, flaws = unfolded(write(tmp_path / "x.csv", f"id,text\r\n1,{TEXT}\u2028They\x85met.\x0b\r\n2,{TEXT}\n"))
    assert not flaws
    assert [document.id for document in documents] == ["1", "2"]


def test_tables_without_text(tmp_path: Path) -> None:
    assert "no text" in unfolded(write(tmp_path / "x.csv", "a,b\n1,2\n"))[1][0]
    assert "no text" in unfolded(write(tmp_path / "y.csv", ""))[1][0]
    write(tmp_path / "dragoman.toml", '[[document]]\nfile = "x.csv"\nencoding = "klingon"\n')
    assert "'klingon' is not known" in unfolded(tmp_path / "x.csv")[1][0]


# Dumps.

HEAD = '<mediawiki xml:lang="en"><siteinfo><base>https://wiki.example/wiki/Main_Page</base></siteinfo>\n'


def page(title: str, text: str, number: int = 7, namespace: int = 0, time: str = "2019-05-01T10:00:00Z") -> str:
    revision = (
        f"<revision><id>{number}</id><timestamp>{time}</timestamp><contributor><id>1</id></contributor><text>{text}</text></revision>"
    )
    return f"<page><title>{title}</title><ns>{namespace}</ns><id>3</id>{revision}</page>\n"


PAGES = (
    page("Iraq–Jordan relations", f"{TEXT} &lt;ref&gt;A book&lt;/ref&gt; [[Category:Relations]]", 11)
    + page("Talk:Iraq", "Iraq attacked Jordan.", 12, 1)
    + page("Old", "#REDIRECT [[Iraq]]", 13)
    + page("Cooking", "Rice is boiled in water.", 14)
)


@pytest.mark.parametrize("packed", [False, True])
def test_the_articles_of_a_dump(tmp_path: Path, packed: bool) -> None:
    data = (HEAD + PAGES + "</mediawiki>").encode()
    # Dumps are of several streams, one behind the other.
    content = bz2.compress(data[:300]) + bz2.compress(data[300:]) if packed else data
    documents, flaws = unfolded(write(tmp_path / ("wiki.xml.bz2" if packed else "wiki.xml"), content))
    assert not flaws
    assert [document.title for document in documents] == ["Iraq–Jordan relations", "Cooking"]
    document = documents[0]
    assert (document.id, document.subject, document.edition) == ("iraq-jordan_relations.en.11", "iraq-jordan_relations", "2019-05-01")
    assert document.source == "https://wiki.example/wiki/Iraq%E2%80%93Jordan_relations?oldid=11"
    assert (document.text, document.sentences[0].cites) == (TEXT, ("A book",))


def test_revisions_of_a_page_are_editions_of_one_subject(tmp_path: Path) -> None:
    both = page("Iraq", TEXT, 1).replace("</page>", page("", TEXT + " It ended.", 2, time="2025-01-01T00:00:00Z").partition("</id>")[2])
    documents, _ = unfolded(write(tmp_path / "w.xml", HEAD + both + "</mediawiki>"))
    assert [(d.subject, d.edition) for d in documents] == [("iraq", "2019-05-01"), ("iraq", "2025-01-01")]


def test_titles_and_categories_that_are_wanted(tmp_path: Path) -> None:
    path = write(tmp_path / "w.xml", HEAD + PAGES + "</mediawiki>")
    for wanted in ({"titles": "*relations"}, {"category": "relat*"}, {"titles": "iraq?jordan_relations", "category": "Relations"}):
        assert [document.title for document in unfolded(path, **wanted)[0]] == ["Iraq–Jordan relations"]
    assert "none has such a title" in unfolded(path, titles="nothing")[1][0]
    write(tmp_path / "dragoman.toml", '[[document]]\nfile = "w.xml"\ntitles = "Cook*"\nlicence = "CC"\n')
    ((document,), _) = unfolded(tmp_path)
    assert (document.title, document.licence) == ("Cooking", "CC")


def test_a_dump_cut_short_keeps_what_was_read(tmp_path: Path) -> None:
    many = (HEAD + "".join(page(f"Page {n}", f"{TEXT} {n}", n) for n in range(2000)) + "</mediawiki>").encode()
    packed = bz2.compress(many)
    for name, content in (("a.xml.bz2", packed[:-100]), ("b.xml", many[: len(many) // 2])):
        documents, flaws = unfolded(write(tmp_path / name, content))
        assert len(flaws) == 1 and "cut short" in flaws[0]
        if name == "b.xml":
            assert 900 < len(documents) < 1100
            assert f"The {len(documents):,} articles before it are read." in flaws[0]
    broken = bytearray(bz2.compress(many[:200_000]) + bz2.compress(many[200_000:]))
    broken[-2000] ^= 0xFF
    documents, flaws = unfolded(write(tmp_path / "c.xml.bz2", bytes(broken)))
    assert len(documents) > 500 and len(flaws) == 1 and f"The {len(documents)} articles before it are read" in flaws[0]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.bz2", b"BZh9 is none", "no whole bzip2"),
        ("i.xml.bz2", b"neither packed nor XML", "no bzip2 file, although it is called one"),
        ("b.xml", b"<html><p>x</p></html>", "begins with <html>"),
        ("c.xml", b"", "cut short"),
        ("d.xml", b"plain", "no XML: syntax error"),
        ("e.xml", (HEAD + "</mediawiki>").encode(), "has no article"),
        ("f.xml", HEAD.replace('"en"', '"fr"').encode() + PAGES.encode(), "French"),
        ("g.xml", b'<!DOCTYPE mediawiki [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><mediawiki>&b;</mediawiki>', "declares a document type"),
        ("h.xml", (HEAD + page("A", TEXT) + "<page></mediawiki>").encode(), "mismatched tag in line 3. The 1 articles before it are read"),
    ],
)
def test_what_is_no_dump_is_said(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    _, flaws = unfolded(write(tmp_path / name, content))
    assert len(flaws) == 1 and said in flaws[0]


def test_a_bomb_is_refused_and_a_large_page_left_out(tmp_path: Path) -> None:
    zeros = bz2.compress((HEAD + page("A", TEXT) + "<page><title>B</title>").encode() + b" " * 3_000_000)
    documents, flaws = unfolded(write(tmp_path / "a.xml.bz2", zeros), limits=Limits(100_000))
    assert len(documents) == 1 and "bytes come without an article's end" in flaws[0]
    large = HEAD + page("A", "x" * 200_000) + page("B", TEXT) + "</mediawiki>"
    documents, flaws = unfolded(write(tmp_path / "b.xml", large), limits=Limits(100_000))
    assert [document.title for document in documents] == ["B"] and "more than 100,000 characters" in flaws[0]
