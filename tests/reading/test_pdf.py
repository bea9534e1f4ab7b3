"""The text layer of a PDF is read page by page; what has none is said."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from dragoman.errors import ReadingError
from dragoman.reading import Limits, find, pdf, read


def make_pdf(*pages: list[str]) -> bytes:
    """A PDF of such lines, put together by hand."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for lines in pages:
        shown = "".join(f"({line}) Tj 0 -14 Td " for line in lines)
        content = f"BT /F1 12 Tf 72 720 Td {shown}ET"
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
        resources = "<< /Font << /F1 3 0 R >> >>"
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {len(objects)} 0 R /Resources {resources} >>")
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    data, places = b"%PDF-1.4\n", []
    for number, thing in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{thing}\nendobj\n".encode()
    start = len(data)
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    return (
        data + f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    )


ONE, TWO = ["Iraq and Jordan signed a treaty of friendship in 1947,", "and it is in force."], ["They formed a union in 1958."]


def test_each_page_and_where_it_begins(tmp_path: Path) -> None:
    (tmp_path / "x.en.pdf").write_bytes(make_pdf(ONE, TWO))
    document = read(find([tmp_path])[0])
    assert document.pages == (0, document.text.index("They"))
    sentences = [document.text[s.start : s.end] for s in document.sentences]
    assert sentences == ["Iraq and Jordan signed a treaty of friendship in 1947,\nand it is in force.", "They formed a union in 1958."]


def test_a_sentence_runs_over_the_end_of_a_page(tmp_path: Path) -> None:
    (tmp_path / "x.en.pdf").write_bytes(make_pdf(["They formed a union that lasted until"], ["the summer of 1958."]))
    document = read(find([tmp_path])[0])
    assert [document.text[s.start : s.end] for s in document.sentences] == ["They formed a union that lasted until\fthe summer of 1958."]


def test_running_heads_are_left_out_and_said() -> None:
    draft = pdf.read(
        make_pdf(*([f"Desk report, page {n}", f"Iraq met Jordan for the {n}th time.", "confidential"] for n in range(1, 6))), "x"
    )
    assert "Desk report" not in draft.text and "confidential" not in draft.text
    assert draft.text.count("Iraq met Jordan") == 5
    assert draft.notes == ("Lines that recur on most pages were left out: 10.",)
    assert [draft.text[place : place + 4] for place in draft.pages] == ["Iraq"] * 5


def test_no_text_layer_is_said() -> None:
    with pytest.raises(ReadingError, match=r"no text layer.*OCR"):
        pdf.read(make_pdf([], []), "x.pdf")
    assert pdf.read(make_pdf(ONE, [], TWO), "x").notes == ("Pages without a text layer: 2 of 3.",)


def test_what_is_damaged_or_locked_is_said() -> None:
    whole = make_pdf(ONE)
    for data in (b"%PDF-1.4\n", whole[:200], b"not a pdf", b""):
        with pytest.raises(ReadingError, match=r"damaged|no text layer"):
            pdf.read(data, "x.pdf")
    writer = PdfWriter(clone_from=PdfReader(BytesIO(whole)))
    writer.encrypt("secret", algorithm="RC4-128")
    locked = BytesIO()
    writer.write(locked)
    with pytest.raises(ReadingError, match="locked"):
        pdf.read(locked.getvalue(), "x.pdf")
    with pytest.raises(ReadingError, match="more than 10 characters"):
        pdf.read(whole, "x.pdf", Limits(largest=10))
