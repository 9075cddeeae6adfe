"""PDFs of one page, written out object by object, for files that no program would write."""

from __future__ import annotations

import zlib


def pdf(content: bytes, *, filters: str = "", page: str = "") -> bytes:
    """A PDF whose one page draws `content`, a stream as stored, to be decoded by `filters` (`/FlateDecode`)."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R {page} >>".encode(),
        f"<< /Length {len(content)} {f'/Filter [{filters}]' if filters else ''} >>\nstream\n".encode()
        + content
        + b"\nendstream",
    ]
    out = bytearray(b"%PDF-1.7\n")
    starts = []
    for number, body in enumerate(objects, start=1):
        starts.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % start for start in starts)
    out += b"trailer << /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % table
    return bytes(out)


def blown_up(megabytes: int) -> bytes:
    """A page whose stream unpacks, twice, to so many megabytes of blanks."""
    packer = zlib.compressobj(1)
    once = b"".join(packer.compress(b" " * (1 << 20)) for _ in range(megabytes)) + packer.flush()
    return pdf(zlib.compress(once), filters="/FlateDecode /FlateDecode")


def many_strokes(count: int) -> bytes:
    """A page of so many strokes, each a path of its own."""
    return pdf(zlib.compress(b"0 0 m 9 9 l S\n" * count), filters="/FlateDecode")


def nothing_for_long(count: int, *, packed: bool = True) -> bytes:
    """A page that saves and restores its state so many times and draws nothing."""
    content = b"q Q\n" * count
    return pdf(zlib.compress(content), filters="/FlateDecode") if packed else pdf(content)
