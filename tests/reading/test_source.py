"""Which files are read, and what a manifest says of them."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from dragoman.errors import LanguageError, ReadingError
from dragoman.reading import Entry, Source, find, read

TEXT = "The two states signed a treaty, and it is in force."


def write(path: Path, text: str = TEXT) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def test_a_folder_is_searched_in_order_without_hidden_files_and_other_endings(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.md", "a/A.markdown", "a/y.TXT", ".hidden.txt", ".git/c.txt", "d.csv", "e", "c/d/f.txt"):
        write(tmp_path / name)
    assert find([tmp_path]) == [Source(tmp_path / name, tmp_path) for name in ("a/A.markdown", "a/y.TXT", "a/z.md", "b.txt", "c/d/f.txt")]


def test_files_are_taken_as_they_are_named(tmp_path: Path) -> None:
    first, second = write(tmp_path / "notes.log"), write(tmp_path / ".hidden.txt")
    assert find([first, second]) == [Source(first), Source(second)]
    assert read(find([first])[0]).id == "notes"


def test_a_file_found_twice_counts_once(tmp_path: Path) -> None:
    path = write(tmp_path / "x.txt")
    assert find([tmp_path, path, tmp_path]) == [Source(path, tmp_path)]


def test_two_files_with_one_id_are_refused_by_name(tmp_path: Path) -> None:
    one, other = write(tmp_path / "a" / "x.en.txt"), write(tmp_path / "b" / "x.en.md")
    with pytest.raises(ReadingError) as caught:
        find([tmp_path])
    assert str(one) in str(caught.value) and str(other) in str(caught.value) and "'x.en'" in str(caught.value)


@pytest.mark.parametrize("name", ["nothing", "nothing.txt", "x.txt/below", "a" * 300, "nul\0byte"])
def test_a_missing_path_is_refused(tmp_path: Path, name: str) -> None:
    write(tmp_path / "x.txt")
    with pytest.raises(ReadingError) as caught:
        find([tmp_path / name])
    assert caught.value.where == str(tmp_path / name)
    assert caught.value.advice


@pytest.mark.parametrize("names", [[], ["x.csv", ".y.txt"], ["a/b/c.docx", "d.jsonl", "e.xml.bz2"]])
def test_a_folder_without_texts_is_refused(tmp_path: Path, names: list[str]) -> None:
    for name in names:
        write(tmp_path / name)
    with pytest.raises(ReadingError, match="no file that can be read") as caught:
        find([tmp_path])
    assert caught.value.where == str(tmp_path)
    assert ".markdown" in caught.value.advice


def test_links_in_a_circle_are_followed_once(tmp_path: Path) -> None:
    path = write(tmp_path / "a" / "x.txt")
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    (tmp_path / "again").symlink_to(tmp_path / "a")
    assert find([tmp_path]) == [Source(path, tmp_path)]


def test_a_link_that_leads_nowhere_is_refused_when_read(tmp_path: Path) -> None:
    (tmp_path / "x.txt").symlink_to(tmp_path / "gone.txt")
    (source,) = find([tmp_path])
    with pytest.raises(ReadingError, match="no such file"):
        read(source)
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    with pytest.raises(ReadingError, match="cannot be read"):
        find([tmp_path / "loop.txt"])


def test_what_is_neither_file_nor_folder_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(ReadingError, match="neither a file nor a folder"):
        find([tmp_path / "pipe.txt"])


def test_a_name_that_is_not_unicode_is_refused_and_can_be_printed(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/x\xff.txt"))
    path.write_text(TEXT)
    with pytest.raises(ReadingError, match="not valid UTF-8") as caught:
        find([tmp_path])
    assert str(caught.value).encode()


@pytest.fixture
def unprivileged() -> Iterator[Path]:
    """A folder seen as a user to whom permissions apply: the superuser may read everything."""
    with tempfile.TemporaryDirectory() as name:
        os.chmod(name, 0o755)
        root = os.geteuid() == 0
        if root:
            os.chown(name, 65534, 65534)
            os.seteuid(65534)
        try:
            yield Path(name)
        finally:
            if root:
                os.seteuid(0)
            for path in Path(name).rglob("*"):
                path.chmod(0o755)


def test_missing_permissions_are_said(unprivileged: Path) -> None:
    file, folder = write(unprivileged / "x.txt"), write(unprivileged / "shut" / "y.txt").parent
    file.chmod(0)
    with pytest.raises(ReadingError, match="Permission denied") as caught:
        read(find([file])[0])
    assert caught.value.where == str(file)
    folder.chmod(0)
    for path in (unprivileged, folder, folder / "y.txt"):
        with pytest.raises(ReadingError, match="Permission denied"):
            find([path])


# The manifest.

FULL = """
[[document]]
file = "x.txt"
subject = "syria-iraq"
language = "en"
edition = 2019
title = "A treaty"
source = "https://example.org/x"
licence = "CC0-1.0"

[[document]]
file = "sub/y.txt"
edition = 2019-05-01
"""


def test_a_manifest_tells_of_its_documents(tmp_path: Path) -> None:
    write(tmp_path / "dragoman.toml", "\ufeff" + FULL)
    x, y, z = write(tmp_path / "x.txt"), write(tmp_path / "sub" / "y.txt"), write(tmp_path / "z.fr.txt")
    write(tmp_path / "more" / "dragoman.toml", '[[document]]\nfile = "w.log"\n')
    w = write(tmp_path / "more" / "w.log")
    manifest = tmp_path / "dragoman.toml"
    entry = Entry("x.txt", "syria-iraq", "en", "2019", "A treaty", "https://example.org/x", "CC0-1.0", where=f"{manifest}:3")
    assert find([tmp_path]) == [
        Source(w, tmp_path, Entry("w.log", where=f"{tmp_path / 'more' / 'dragoman.toml'}:2")),
        Source(y, tmp_path, Entry("sub/y.txt", edition="2019-05-01", where=f"{manifest}:12")),
        Source(x, tmp_path, entry),
        Source(z, tmp_path),
    ]
    assert find([x]) == [Source(x, None, entry)]
    document = read(find([x])[0])
    assert (document.id, document.subject, document.language, document.edition) == ("x", "syria-iraq", "en", "2019")
    assert (document.title, document.source, document.licence) == ("A treaty", "https://example.org/x", "CC0-1.0")


def test_the_manifest_outdoes_the_name(tmp_path: Path) -> None:
    write(tmp_path / "dragoman.toml", '[[document]]\nfile = "x.fr.2001.txt"\nlanguage = "en"\n')
    write(tmp_path / "x.fr.2001.txt")
    document = read(find([tmp_path])[0])
    assert (document.id, document.subject, document.language, document.edition) == ("x.fr.2001", "x", "en", "2001")


def test_a_folder_need_not_have_a_manifest_and_a_manifest_no_documents(tmp_path: Path) -> None:
    path = write(tmp_path / "x.txt")
    write(tmp_path / "dragoman.toml", "# nothing yet\n")
    assert find([tmp_path]) == [Source(path, tmp_path)]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('[[document]]\nfile = "x.txt"\n\n[[document]]\nfile = "y.txt"\nlanguange = "en"\n', ":6", "Unknown key 'languange'"),
        ('documents = "x.txt"\n', ":1", "Unknown key 'documents'"),
        ('[document]\nfile = "x.txt"\n', ":1", "not a list of tables"),
        ('[[document]]\nfile = "x.txt"\ntitle = ["a", "b"]\n', ":3", "value of title"),
        ('[[document]]\nfile = true\n', ":2", "value of file"),
        ('[[document]]\nsubject = "x"\n', ":1", "names no file"),
        ('\n[[document]]\nfile = "gone.txt"\n', ":3", "'gone.txt' does not exist"),
        ('[[document]]\nfile = "../x.txt"\n', ":2", "lies outside"),
        ('[[document]]\nfile = "x.txt"\n[[document]]\nfile = "x.txt"\n', ":4", "described twice"),
        ('[[document]]\nfile = "x.txt"\ntitle = "unclosed\n', ":3:18", "Not TOML"),
        ('[[document]]\nfile = "x.txt"\nfile = "y.txt"\n', ":3:", "Not TOML"),
        ('[[document]\n', ":1:", "Not TOML"),
        ('title = """', ":1:12", "Not TOML"),
    ],
)  # fmt: skip
def test_a_bad_manifest_is_refused_with_its_line(tmp_path: Path, text: str, line: str, said: str) -> None:
    write(tmp_path / "x.txt"), write(tmp_path / "y.txt")
    path = write(tmp_path / "dragoman.toml", text)
    for paths in ([tmp_path], [tmp_path / "x.txt"]):
        with pytest.raises(ReadingError) as caught:
            find(paths)
        assert caught.value.where.startswith(f"{path}{line}")
        assert said in caught.value.what
        assert caught.value.advice


def test_an_unknown_key_is_refused_with_those_allowed(tmp_path: Path) -> None:
    write(tmp_path / "x.txt")
    write(tmp_path / "dragoman.toml", '[[document]]\nfile = "x.txt"\nyear = 2019\n')
    with pytest.raises(ReadingError, match="Allowed are file, subject, language, edition, title, source, licence"):
        find([tmp_path])


def test_a_file_described_by_two_manifests_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "sub" / "x.txt")
    write(tmp_path / "dragoman.toml", '[[document]]\nfile = "sub/x.txt"\n')
    write(tmp_path / "sub" / "dragoman.toml", '[[document]]\nfile = "x.txt"\n')
    with pytest.raises(ReadingError, match="described twice"):
        find([tmp_path])


def test_a_manifest_that_is_no_text_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "x.txt")
    (tmp_path / "dragoman.toml").write_bytes(b"# \xff\n")
    with pytest.raises(ReadingError, match="Byte 2 is not UTF-8"):
        find([tmp_path])


def test_a_manifest_is_no_source(tmp_path: Path) -> None:
    path = write(tmp_path / "dragoman.toml", "")
    with pytest.raises(ReadingError, match="This is a manifest"):
        find([path])


def test_a_language_in_a_manifest_that_has_no_folder_is_refused_with_its_line(tmp_path: Path) -> None:
    write(tmp_path / "x.txt")
    path = write(tmp_path / "dragoman.toml", '[[document]]\nfile = "x.txt"\nlanguage = "fr"\n')
    with pytest.raises(LanguageError, match="French") as caught:
        read(find([tmp_path])[0])
    assert caught.value.where == f"{path}:2"
