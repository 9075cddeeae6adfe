"""A page as a test looks at it, and a database with rows of a test's own."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from html.parser import HTMLParser
from pathlib import Path


class Page(HTMLParser):
    """Links, inline code, images, headings and words of a page."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.links, self.inline, self.handlers, self.words, self.ids = [], [], [], [], []
        self._in: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        self._in.append(tag)
        if tag == "a":
            self.links.append(told.get("href") or "")
        if (tag == "script" and "src" not in told) or tag == "style" or "style" in told:
            self.inline.append(tag)
        self.handlers += [name for name in told if name.startswith("on")]
        if "id" in told:
            self.ids.append(told["id"])

    def handle_endtag(self, tag):
        if tag in self._in:
            while self._in.pop() != tag:
                pass

    def handle_data(self, data):
        self.words.append(data)

    @property
    def text(self):
        return " ".join("".join(self.words).split())


def changed_copy(many: Path, tmp_path: Path, *statements: str) -> Path:
    """The reports made by hand with a few rows of their own."""
    copy = Path(shutil.copy(many, tmp_path / "kb.db"))
    with closing(sqlite3.connect(copy)) as conn, conn:
        for statement in statements:
            conn.execute(statement)
    return copy
