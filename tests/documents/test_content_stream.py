"""Content streams read at once give what pdfminer's own parser gives, or are left to it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdfminer.pdfinterp import PDFContentParser
from pdfminer.pdftypes import PDFStream
from pdfminer.psexceptions import PSEOF, PSException

from extract.documents import content_stream
from extract.documents.content_stream import Unusual, read_content


def parsed(data: bytes) -> list[object]:
    """The same stream by pdfminer."""
    found: list[object] = []
    try:
        parser = PDFContentParser([PDFStream({}, data)])
        while True:
            found.append(parser.nextobject()[1])
    except PSEOF:
        return found


def shown(items: list[object]) -> list[tuple[type, str]]:
    """Items with their types: 1, 1.0 and True are equal, but not the same operand."""
    return [(type(item), repr(item)) for item in items]


WORDS = [
    b"BT",
    b"ET",
    b"Tj",
    b"T*",
    b"'",
    b'"',
    b"0",
    b"-1",
    b"+2",
    b"12.50",
    b"-.5",
    b"4.",
    b"true",
    b"false",
    b"/F1",
    b"/A#42",
    b"/\xe4\xb8\xad",
    b"/\xff",
    b"/",
    b"(ab)",
    b"(a(b)c)",
    rb"(\(\101\7\n\q\\)",
    b"(\\\r\nx)",
    b"(\r\n)",
    b"<41 42>",
    b"<414>",
    b"<>",
    b"[",
    b"]",
    b"<<",
    b">>",
    b"<</K<41>>>",
    b"% note\n",
    b"{",
    b"1.2.3",
    b"--1",
    b"1e5",
    b"2Td",
    b"\x00",
    b"BI",
]


@pytest.mark.parametrize(
    "data",
    [
        b"BT /F1 12 Tf 1 0 0 1 72.5 -.25 Tm [(A) -120 <0041> 3.] TJ ET",
        b"/Span <</ActualText<FEFF0041>/MCID 3/Lang(zh)>> BDC EMC",
        rb"(one \(two\) \101\060\7 \n\q end\\) Tj",
        b"0 0 m 9 9 l S % a line\rq Q",
        b"(a)'1 2(b)\"",
        b"",
        b"\x00 \x00",
    ],
)
def test_what_programs_write(data: bytes) -> None:
    assert shown(read_content(data)) == shown(parsed(data))


@given(st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from([b" ", b"\n", b"", b"\x00"])), max_size=12))
def test_whatever_is_read_is_what_pdfminer_reads(pieces: list[tuple[bytes, bytes]]) -> None:
    data = b"".join(word + gap for word, gap in pieces)
    try:
        found = read_content(data)
    except Unusual:
        return
    assert shown(found) == shown(parsed(data))


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"q BI /W 1 /H 1 ID \x00 EI Q", id="image inside the stream"),
        pytest.param(b"[ (a) Tj ]", id="operator in an array"),
        pytest.param(b"[ 1 2", id="not closed"),
        pytest.param(b"<< /A 1 ] >>", id="closed by another bracket"),
        pytest.param(b">> q", id="closed twice"),
        pytest.param(b"<< /A >> BDC", id="name without value"),
        pytest.param(b"<< 1 2 >> BDC", id="no name"),
        pytest.param(b"(a(b)c) Tj", id="brackets in a string"),
        pytest.param(b"(abc", id="string without end"),
        pytest.param(rb"(\777) Tj", id="more than a byte"),
        pytest.param(b"<414> Tj", id="half a byte"),
        pytest.param(b"/A#42 gs", id="escape in a name"),
        pytest.param(b"1.2.3 w", id="no number"),
        pytest.param(b". w", id="point alone"),
        pytest.param(b"{ } q", id="braces"),
    ],
)
def test_what_is_left_to_pdfminer(data: bytes) -> None:
    with pytest.raises(Unusual):
        read_content(data)


def test_a_huge_stream_is_left_to_pdfminer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content_stream, "LONGEST", 10)
    assert read_content(b"q Q q Q") != []
    with pytest.raises(Unusual):
        read_content(b"q Q q Q q Q")


def test_pdfminer_itself_stumbles_over_a_byte_of_777() -> None:
    with pytest.raises((AssertionError, PSException)):
        parsed(rb"(\777) Tj")
