"""Bytes to text: Unicode with and without a mark, older encodings, and what is no text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.errors import ReadingError
from dragoman.reading.decoding import decode

ENGLISH = "The chargé d’affaires went to the café in Damascus; Germany paid €50 million — “at last”, he said.\nIt was in the year 1990."
ARABIC = "وقعت سوريا ومصر معاهدة صداقة في عام 1958، ثم أعلنت الدولتان قيام الجمهورية العربية المتحدة.\nانتهت الوحدة بعد ذلك بثلاث سنوات."
FRENCH = "La Syrie et la France ont signé un traité à Paris en 1936, mais le traité n'a pas été ratifié par le parlement."


@settings(deadline=None)
@given(st.text(min_size=1).filter(lambda text: "\0" not in text and not text.startswith("\ufeff")))
def test_utf8_is_read_as_it_is(text: str) -> None:
    if any(text.encode().startswith(start) for start in (b"%PDF-", b"GIF8", b"BZh", b"{\\rtf", b"PK\x03\x04", b"\x7fELF")):
        return
    assert (decode(text.encode(), "f").text, decode(text.encode(), "f").encoding, decode(text.encode(), "f").notes) == (text, "utf-8", ())


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("text", [ENGLISH, ARABIC, "عربي mixed with English 🕊️\r\n", "a"])
def test_byte_order_marks_are_dropped(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding), "f")
    assert decoded.text == text
    assert decoded.encoding == encoding
    assert bool(decoded.notes) == (encoding != "utf-8-sig")


def test_the_other_byte_order() -> None:
    assert decode(b"\xfe\xff" + ARABIC.encode("utf-16-be"), "f").text == ARABIC


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ENGLISH, "windows-1252"),
        (ARABIC, "windows-1256"),
        (ARABIC, "iso8859-6"),
        (ARABIC[:20], "windows-1256"),
        ("The café was closed.", "windows-1252"),
        ("They met. " * 200_000 + "The café was closed.", "windows-1252"),
        (FRENCH, "windows-1252"),
        ("Сирия и Россия подписали договор о дружбе и сотрудничестве, и это было важно для обеих стран.", "cp1251"),
    ],
)
def test_older_encodings_are_found_and_said(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding), "f")
    assert decoded.text == text
    assert decoded.encoding == encoding
    assert text.encode(encoding).decode(decoded.encoding) == decoded.text
    assert decoded.notes == (f"The file is not UTF-8; it was read as {encoding}.",)


@pytest.mark.parametrize(
    ("data", "line", "byte"),
    [
        (b"Syria and Iraq signed.\nThen \xff\xff\xff came.", 2, 28),
        (b"Syria and Iraq \x80\x81\x82 signed.", 1, 15),
        (b"Syria \xc0\xaf and Iraq", 1, 6),
        (b"Syria \xed\xa0\x80 and Iraq", 1, 6),
        (b"Syria and Pak\xffistan signed.", 1, 13),
        (ARABIC.encode()[:101], 1, 100),
        (ARABIC.encode()[:100] + b"\xfe" + ARABIC.encode()[100:], 1, 100),
        (ENGLISH.encode() + b"\n\xe9t\xe9", 3, len(ENGLISH.encode()) + 1),
        (b"\xef\xbb\xbfSyria \xff", 1, 9),
        ("Syria".encode("utf-16") + b"a", 1, 12),
        (b"\xe9\x01\x02\x03\x04 \xe9\x05", 1, 0),
    ],
)
def test_what_cannot_be_decoded_is_refused_with_its_place(data: bytes, line: int, byte: int) -> None:
    with pytest.raises(ReadingError) as caught:
        decode(data, "folder/f.txt")
    assert caught.value.where == f"folder/f.txt:{line}"
    assert caught.value.what.startswith(f"Byte {byte} (0x{data[byte]:02x})")
    assert "UTF-8" in caught.value.advice


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0", "a PNG image"),
        (b"%PDF-1.7 text", "a PDF"),
        (b"PK\x03\x04rest", "a ZIP archive"),
        (b"Syria\0Iraq", "NUL (U+0000) at byte 5"),
        ("Syria".encode("utf-16-le"), "NUL (U+0000) at byte 1"),
    ],
)
def test_binary_files_are_refused(data: bytes, said: str) -> None:
    with pytest.raises(ReadingError, match=r"f\.txt") as caught:
        decode(data, "f.txt")
    assert said in caught.value.what
    assert caught.value.advice


@settings(deadline=None)
@given(st.binary())
def test_any_bytes_are_decoded_or_refused(data: bytes) -> None:
    try:
        decoded = decode(data, "f")
    except ReadingError as error:
        assert error.where.startswith("f") and error.what and error.advice
    else:
        assert data.decode(decoded.encoding) == decoded.text
