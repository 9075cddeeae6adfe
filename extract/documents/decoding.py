"""The characters of a text file, whichever of Taiwan's encodings it is in."""

from __future__ import annotations

import codecs

from extract.errors import Broken


def decode(name: str, data: bytes) -> str:
    """The characters of a text file: UTF-8, UTF-16 with its mark, else Big5 as Taiwan's Windows writes it."""
    encodings = ["utf-8-sig", "cp950", "big5hkscs"]
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            break
        return text
    raise Broken(name, "it is not text in UTF-8, UTF-16 or Big5", "save it as UTF-8, or give the PDF")
