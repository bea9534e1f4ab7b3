"""Whole documents: from files and from memory, what must hold for any text, and what is refused."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dragoman.errors import DragomanError, LanguageError, ReadingError
from dragoman.reading import Source, find, parse, read
from dragoman.reading.document import LARGEST
from dragoman.reading.splitting import LONGEST
from dragoman.statement import Document

PROSE = "The two governments agreed on a treaty, which both parliaments approved. It is still in force."


def pieces(document: Document) -> list[str]:
    return [document.text[sentence.start : sentence.end] for sentence in document.sentences]


def test_a_file_becomes_a_document(tmp_path: Path) -> None:
    text = f"\ufeffRuritania and Strelsau\r\n\r\n{PROSE}\r\n- Treaty\r\n"
    path = tmp_path / "sub" / "ruritania-strelsau.en.2019.txt"
    path.parent.mkdir()
    path.write_bytes(text.encode())
    document = read(find([tmp_path])[0])
    assert document.text == text[1:]
    assert (document.id, document.subject, document.language, document.edition) == (
        "ruritania-strelsau.en.2019", "ruritania-strelsau", "en", "2019",
    )  # fmt: skip
    assert (document.title, document.source, document.licence) == ("Ruritania and Strelsau", "sub/ruritania-strelsau.en.2019.txt", "")
    assert (document.encoding, document.notes) == ("utf-8-sig", ())
    assert path.read_bytes().decode(document.encoding) == document.text
    assert pieces(document) == ["Ruritania and Strelsau", *PROSE.replace(". ", ".|").split("|"), "Treaty"]
    assert [sentence.role for sentence in document.sentences] == ["heading", "body", "body", "list"]
    assert read(Source(path)).source == "ruritania-strelsau.en.2019.txt"


def test_an_older_encoding_is_said(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    text = "وقعت سوريا ومصر معاهدة صداقة في عام 1958، ثم أعلنت الدولتان الوحدة. وانتهت بعد ثلاث سنوات."
    path.write_bytes(text.encode("cp1256"))
    document = read(Source(path))
    assert (document.text, document.encoding, document.language, len(document.sentences)) == (text, "windows-1256", "ar", 2)
    assert any("windows-1256" in note for note in document.notes) and any("Arabic" in note for note in document.notes)


def test_markdown_is_known_by_the_name(tmp_path: Path) -> None:
    for name, headings in (("x.md", 1), ("y.markdown", 1), ("z.txt", 0)):
        (tmp_path / name).write_text(f"{PROSE}\n\nThe history of the two states, as it is told today\n---\n\n{PROSE}\n\n{PROSE}")
        document = read(Source(tmp_path / name))
        assert sum(section.level == 2 for section in document.sections) == headings


def test_a_text_in_memory_is_named_like_a_file() -> None:
    document = parse(PROSE, "a-b.en.2001", source="letter", licence="mine")
    assert (document.subject, document.language, document.edition, document.source, document.licence) == (
        "a-b",
        "en",
        "2001",
        "letter",
        "mine",
    )
    document = parse(PROSE, "a-b.ar", "en", subject="c", edition="2", title="T")
    assert (document.subject, document.language, document.edition, document.title) == ("c", "en", "2", "T")


def test_a_language_that_does_not_look_like_the_text_is_said() -> None:
    document = parse(PROSE, "x.ar")
    assert document.language == "ar"
    assert document.notes == ("The text is taken as Arabic, as it was given; it looks like English.",)
    assert parse(PROSE, "x.en").notes == ()


def test_directions_may_be_mixed() -> None:
    text = (
        "The word \u202bالسلام عليكم\u202c means peace. It is \u2067سلام\u2069.\n\u200fوقعت مصر (Egypt) معاهدة. ثم ألغيت.\u200e\n\u200f\n"
    )
    document = parse(text, "x.en")
    assert document.text == text
    assert pieces(document) == [
        "The word \u202bالسلام عليكم\u202c means peace.", "It is \u2067سلام\u2069.", "\u200fوقعت مصر (Egypt) معاهدة.", "ثم ألغيت.\u200e",
    ]  # fmt: skip


SCRIPTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
BITS = st.sampled_from([
    "\n", "\n\n", "\r\n", "\r\n\r\n", "\r", "\u2028", "\x85", "\x1c", " ", "  ", "\t", "\u00a0", "\u200f", "\ufeff",
    "= A =", "==B==", "==", "# C", "## ",
    "- ", "* ", "• ", "1. ", "|", "{|", "|}", "{{", "}}", "| a = b", "Infobox", "---", "===", "```", "> ", "Key: value",
    ". ", ".", "? ", "؟ ", "،", "... ", "Syria signed a treaty with Iraq", "the two", "وقعت سوريا معاهدة", "ب.م", "U.S. ",
    "1967", "e\u0301", "👩‍🚀", "🏳️", "한국", "中国。", "नमस्ते।",
])  # fmt: skip
TEXTS = st.lists(st.one_of(BITS, BITS, SCRIPTS), max_size=40).map("".join)
# What may stand outside of sentences: white space, marks of direction and the marks of headings, lists, tables and lines.
MARKS = set("=#-*+–•◦▪‣|{}>`~_─—:.)") | set(
    "\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)


@settings(deadline=None)
@given(TEXTS, st.sampled_from(["en", "ar"]), st.booleans())
@example("\u200f= A =\u200f\n\u200f- b\n\u200fc", "ar", False)
@example("A\n\nb", "en", False)
@example("x\n===\n", "en", False)
@example("\x1c=A=\x1c\r\n\x85", "en", True)
def test_sentences_of_any_text(text: str, language: str, markdown: bool) -> None:
    try:
        document = parse(text, "x", language, markdown=markdown)
    except ReadingError as error:
        assert error.what == "There is no text in it."
        return
    assert document.text == text
    place = 0
    for sentence in document.sentences:
        assert place <= sentence.start < sentence.end <= len(text)
        quote = text[sentence.start : sentence.end]
        assert quote == quote.strip()
        between = text[place : sentence.start]
        assert all(c.isspace() or c in MARKS or c.isdecimal() for c in between), (between, document)
        place = sentence.end
        assert -1 <= sentence.section < len(document.sections)
        if sentence.role == "heading":
            assert document.sections[sentence.section].title == quote
    assert all(c.isspace() or c in MARKS or c.isdecimal() for c in text[place:]), text[place:]
    for one, other in pairwise(document.sentences):
        assert one.paragraph <= other.paragraph <= one.paragraph + 1
        assert one.section <= other.section
    for number, section in enumerate(document.sections):
        assert text[section.start : section.end] == section.title == section.title.strip() != ""
        assert -1 <= section.parent < number
        assert section.parent < 0 or document.sections[section.parent].level < section.level
    assert sum(sentence.role == "heading" for sentence in document.sentences) == len(document.sections)


@settings(deadline=None)
@given(TEXTS)
def test_the_language_of_any_text_is_told_or_refused(text: str) -> None:
    try:
        assert parse(text, "x").language in ("ar", "en")
    except DragomanError as error:
        assert error.where == "x" and error.what and error.advice


@pytest.mark.parametrize(
    ("data", "error", "said"),
    [
        (b"", ReadingError, "no text"),
        (b" \r\n\t\xc2\xa0\n", ReadingError, "no text"),
        (b"\xef\xbb\xbf", ReadingError, "no text"),
        ("\u200f\n".encode(), ReadingError, "no text"),
        (b"\xff\xfe", ReadingError, "no text"),
        ("a\0b".encode("utf-16"), ReadingError, "NUL (U+0000) at character 1"),
        (b"Syria\0Iraq", ReadingError, "NUL (U+0000) at byte 5"),
        (b"12345", LanguageError, "no words"),
        ("Два государства подписали договор о дружбе".encode(), LanguageError, "Russian (ru)"),
        ("Deux États ont signé un traité et les ministres sont dans la ville".encode(), LanguageError, "French (fr)"),
    ],
)
def test_a_bad_file_is_refused(tmp_path: Path, data: bytes, error: type[DragomanError], said: str) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes(data)
    with pytest.raises(error) as caught:
        read(Source(path))
    assert said in caught.value.what
    assert caught.value.where == str(path)
    assert caught.value.advice


def test_a_language_without_a_folder_is_refused_by_the_name_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "x.fr.txt"
    path.write_text(PROSE)
    with pytest.raises(LanguageError, match=r"x\.fr\.txt: The language French \(fr\) has no folder.*Arabic \(ar\), English \(en\)"):
        read(Source(path))


@pytest.mark.parametrize("text", ["ab\ud800c", "سو\udfffريا"])
def test_lone_surrogates_are_refused(text: str) -> None:
    with pytest.raises(ReadingError, match="Character 2 is a lone surrogate"):
        parse(text, "x.en")


def test_nuls_in_memory_are_refused() -> None:
    with pytest.raises(ReadingError, match="character 4"):
        parse("abc \0", "x.en")


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    with path.open("wb") as file:
        file.truncate(LARGEST + 1)  # a hole: it takes no room
    with pytest.raises(ReadingError, match=rf"{LARGEST + 1:,} bytes; at most {LARGEST:,}") as caught:
        read(Source(path))
    assert "smaller files" in caught.value.advice


def test_a_line_of_fifty_megabytes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.en.txt"
    path.write_text("word " * (10 * 1024 * 1024))
    with pytest.raises(ReadingError, match="52,428,800 bytes"):
        read(Source(path))


def test_a_sentence_that_is_too_long_is_cut_and_said() -> None:
    document = parse("word " * 10_000 + "end. A short one.", "x.en")
    assert all(len(piece) <= LONGEST for piece in pieces(document))
    assert " ".join(pieces(document)) == document.text
    assert document.notes == (f"Sentences longer than {LONGEST:,} characters were cut: 1.",)


def test_too_many_sentences_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.reading.document.MOST_SENTENCES", 1_000)
    assert len(parse("Ab!\n" * 1_000, "x.en").sentences) == 1_000
    with pytest.raises(ReadingError, match="more than 1,000 sentences"):
        parse("Ab! " * 1_001, "x.en")


def test_a_hundred_thousand_headings_are_read() -> None:
    text = "".join(f"{'=' * (i % 6 + 1)} Heading {i} {'=' * (i % 6 + 1)}\nSyria was here.\n\n" for i in range(100_000))
    document = parse(text, "x.en")
    assert len(document.sections) == 100_000 and len(document.sentences) == 200_000


MEASURE = """
import sys
from pathlib import Path
from dragoman.reading import Source, read
document = read(Source(Path(sys.argv[1])))
status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
print(len(document.sentences), int(status["VmHWM"].split()[0]) // 1024)  # ru_maxrss would count the parent's memory too
"""


@pytest.mark.parametrize(
    ("unit", "at_least"),
    [("word ", 3_300), ("The two governments of Syria and Iraq signed a treaty of friendship in the year 1936 in Baghdad. ", 160_000)],
)
def test_the_longest_line_is_read_in_bounded_memory(tmp_path: Path, unit: str, at_least: int) -> None:
    path = tmp_path / "x.en.txt"
    path.write_text(unit * (LARGEST // len(unit)))
    result = subprocess.run([sys.executable, "-c", MEASURE, str(path)], capture_output=True, text=True, check=True)
    sentences, megabytes = map(int, result.stdout.split())
    assert sentences >= at_least
    assert megabytes < 600
