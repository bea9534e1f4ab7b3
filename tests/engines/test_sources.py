"""What a build makes of files of many documents: the sound ones are in, the others named; doubles are said."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

import dragoman
from dragoman.engines import build
from dragoman.errors import ReadingError
from dragoman.exporting import find_format
from dragoman.reading import Limits
from dragoman.record import Record

TEXT = "Iraq and Jordan signed a treaty in 1947."


def write_lines(path: Path, *rows: object) -> Path:
    path.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows))
    return path


def names(record: Path) -> list[str]:
    with Record.open(record, read_only=True) as opened:
        return [document.id for document in opened.documents()]


@pytest.mark.parametrize("workers", [1, 2])
def test_a_bad_line_is_named_and_the_others_are_kept(tmp_path: Path, workers: int) -> None:
    path = write_lines(
        tmp_path / "news.jsonl",
        {"text": TEXT},
        "{",
        {"text": "Jordan condemned Iraq."},
        {"text": "La Syrie et la Jordanie ont signé un traité dans les années qui suivent."},
    )
    summary = build([path], tmp_path / "r.duckdb", workers, link=False)
    assert (summary.added, len(summary.failed)) == (2, 2)
    assert f"{path}:2: The line is no JSON" in summary.failed[0] and f"{path}:4" in summary.failed[1] and "French" in summary.failed[1]
    again = build([path], tmp_path / "r.duckdb", workers, link=False)
    assert (again.unchanged, again.added, len(again.failed)) == (2, 0, 2)
    assert names(tmp_path / "r.duckdb") == ["news-1", "news-3"]


def test_strict_stops_and_a_file_without_one_sound_document_does(tmp_path: Path) -> None:
    good, bad = write_lines(tmp_path / "a.jsonl", {"text": TEXT}, "{"), write_lines(tmp_path / "b.jsonl", "{", "[")
    with pytest.raises(ReadingError, match=":2: The line is no JSON"):
        build([good], tmp_path / "r.duckdb", link=False, strict=True)
    with pytest.raises(ReadingError, match="2 of 4 sources cannot be read"):
        build([good, bad], tmp_path / "r.duckdb", link=False)
    assert not (tmp_path / "r.duckdb").exists()


def test_texts_that_are_the_same_are_said(tmp_path: Path) -> None:
    path = write_lines(
        tmp_path / "news.jsonl", {"text": TEXT}, {"text": "Jordan condemned Iraq."}, {"text": TEXT.upper().replace(" ", "\n ")}
    )
    (tmp_path / "copy.en.txt").write_text(TEXT + "\n")
    summary = build([path, tmp_path / "copy.en.txt"], tmp_path / "r.duckdb", link=False)
    assert summary.added == 4
    same = [note for note in summary.notes if "the same as" in note]
    assert same == [
        f"{path}:3: The text is the same as that of {path}:1.",
        f"{tmp_path / 'copy.en.txt'}: The text is the same as that of {path}:1.",
    ]


def test_what_reading_found_is_in_the_record(tmp_path: Path) -> None:
    (tmp_path / "x.en.wiki").write_text(TEXT + "<ref>A book, 1990</ref>")
    (tmp_path / "dragoman.toml").write_text('[[document]]\nfile = "x.en.wiki"\npublished = 2014-05-06\nedition = 2019\n')
    dragoman.build([tmp_path], tmp_path / "r.duckdb", link=False)
    with dragoman.open(tmp_path / "r.duckdb") as record:
        (document,) = record.documents()
        assert document.text == TEXT
        assert (document.published, document.edition, document.sentences[0].cites) == ("2014-05-06", "2019", ("A book, 1990",))
        assert [statement.date for statement in record.statements()] == ["1947"]


def test_a_dump_is_built_by_title(tmp_path: Path) -> None:
    page = (
        "<page><title>{}</title><ns>0</ns><revision><id>{}</id><timestamp>2019-05-01T00:00:00Z</timestamp><text>{}</text></revision></page>"
    )
    pages = page.format("Iraq–Jordan relations", 1, TEXT) + page.format("Rice", 2, "{{" * 200 + TEXT)
    (tmp_path / "w.xml").write_text(f'<mediawiki xml:lang="en">{pages}</mediawiki>')
    summary = build([tmp_path / "w.xml"], tmp_path / "r.duckdb", link=False, titles="*relations")
    assert (summary.added, summary.failed) == (1, ())
    summary = build([tmp_path / "w.xml"], tmp_path / "all.duckdb", link=False)
    assert summary.added == 1 and "more than 100 deep" in summary.failed[0] and "Rice" in summary.failed[0]
    assert build([tmp_path / "w.xml"], tmp_path / "all.duckdb", link=False, limits=Limits(deepest=300)).added == 1


def test_a_record_that_an_older_dragoman_made_is_read_and_completed(tmp_path: Path) -> None:
    (tmp_path / "x.en.txt").write_text(TEXT)
    (tmp_path / "y.en.wiki").write_text(TEXT + "<ref>A book</ref>")
    path = tmp_path / "r.duckdb"
    build([tmp_path / "x.en.txt"], path, link=False)
    with Record.open(path) as opened:
        for sql in (
            "DROP VIEW current_documents",
            "DROP VIEW current_sentences",
            "ALTER TABLE documents DROP published",
            "ALTER TABLE documents DROP pages",
            "ALTER TABLE sentences DROP cites",
            "CREATE VIEW current_documents AS SELECT d.*, c.seq, c.coder FROM documents d JOIN current c ON d.key = c.key",
            "CREATE VIEW current_sentences AS SELECT s.* FROM sentences s JOIN current c ON s.document = c.key",
        ):
            list(opened.query(sql))
    with Record.open(path, read_only=True) as opened:
        assert [document.published for document in opened.documents()] == [""]
        for format in ("csv", "polecat", "trig"):  # which tell when a document was published
            find_format(format).write(opened, io.BytesIO(), "statements")
    assert build([tmp_path / "x.en.txt", tmp_path / "y.en.wiki"], path, link=False).added == 1
    with Record.open(path, read_only=True) as opened:
        assert [document.sentences[0].cites for document in opened.documents()] == [(), ("A book",)]
