"""The name of a downloaded file: what the server calls it, made safe."""

from __future__ import annotations

from email.message import Message
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

import regex

UNSAFE = regex.compile(r"[\x00-\x1f\x7f<>:\"/\\|?*\s]+")
"""What a file name cannot hold on some system, path separators above all."""
EXTENDED = regex.compile(r"filename\*\s*=\s*([\w-]+)'[\w-]*'([^;\s]+)", regex.IGNORECASE)
"""The form of RFC 8187: encoding, language, and the name in per cent signs."""
ENCODINGS = ("utf-8", "big5", "iso-8859-1")
LONGEST = 120
"""Bytes of a name, so that the endings put behind it still fit into the 255 that file systems allow."""
FALLBACK = "report"
SUFFIX_OF = {"application/pdf": ".pdf", "text/markdown": ".md", "text/plain": ".txt"}


def file_name(disposition: str | None, url: str, media_type: str) -> str:
    """The name from the header Content-Disposition, else from the address, else `report`; with an ending that says what
    it is. No path, no hidden file, nothing longer than `LONGEST` bytes."""
    said = _from_header(disposition) or unquote(PurePosixPath(urlsplit(url).path).name)
    name = _safe(said)
    stem, dot, ending = name.rpartition(".")
    wanted = SUFFIX_OF.get(media_type, "")
    if not dot or f".{ending.lower()}" not in SUFFIX_OF.values():
        return (_cut(name, LONGEST) or FALLBACK) + wanted
    return f"{_cut(stem, LONGEST) or FALLBACK}.{ending.lower()}"


def _from_header(disposition: str | None) -> str | None:
    """The file name of a Content-Disposition: `filename*` with its encoding first (RFC 6266), then `filename`, which
    Taiwanese servers send as bare UTF-8 or Big5."""
    if not disposition:
        return None
    extended = EXTENDED.search(disposition)
    if extended is not None:
        encoding, words = extended.groups()
        return unquote(words, encoding if encoding.lower() in ENCODINGS else "utf-8", "replace")
    message = Message()
    message["Content-Disposition"] = disposition
    found = message.get_param("filename", header="content-disposition")
    if not isinstance(found, str) or not found:
        return None
    words = unquote(found) if "%" in found else found
    try:
        return _decoded(words.encode("latin-1"))
    except UnicodeEncodeError:
        return words


def _decoded(raw: bytes) -> str:
    for encoding in ("utf-8", "big5"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1")


def _safe(said: str) -> str:
    safe: str = UNSAFE.sub("_", said.replace("\\", "/").rpartition("/")[2])
    return safe.strip("._ ")


def _cut(stem: str, limit: int) -> str:
    return stem.encode()[:limit].decode("utf-8", "ignore").strip("._ ")
