"""Text files (Markdown, HTML-ish, plain) as a `Document`: headings, paragraphs, tables, with offsets for origins.

The files are made from PDFs by converters: headings with `#` or bare numbered lines, tables as tab-separated lines
cut by repeated headers, `<sub>`, `<p>`, `<ol>` inside cells, pictures gone or as links.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

import regex

from extract.documents.captions import LIST_TITLE, LISTED
from extract.documents.decoding import decode
from extract.documents.markup import inline
from extract.documents.model import Block, Document, Figure, Heading, Paragraph, PlacedText
from extract.documents.page_grid import Grid
from extract.documents.text_open_table import BELOW_TABLE, OpenTable
from extract.documents.text_prose import BARE_LEVEL, LONGEST_HEADING, is_bare_heading, join_lines
from extract.documents.text_tables import (
    MAX_SLOTS,
    Span,
    TooManySlots,
    html_grid,
    html_table_end,
    is_pipe_rule,
    pipe_grid,
    tab_grid,
)
from extract.errors import TooLarge
from extract.records import NOWHERE, Place

_NEWLINE = regex.compile(r"\r\n|[\n\r\f\v\u2028\u2029]")
_HASH = regex.compile(r"[ ]{0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*")
_H_TAG = regex.compile(r"\s*<h([1-6])\b[^<>]{0,200}>(.*?)</h\1>\s*", regex.IGNORECASE)
_RULE = regex.compile(r"\s*(?:(?:[-*_=]\s*){3,}|`{3}.*|\\(?:newpage|pagebreak))\s*")
_IMAGE = regex.compile(r"\s*(?:!\[[^\[\]]*\]\([^()]*\)|<img\b[^<>]{0,400}>)\s*")
_CONTENTS = regex.compile(r"(?:[圖表附錄件]{0,4}目\s*[錄次]|目錄與圖表|contents)", regex.IGNORECASE)
_CONTENTS_LINE = regex.compile(
    r".*?\S(?:\s*[.．…·‧⋯﹒。]{3,}|\s*\t|\s{2,}|\s+)\s*[（(]?(?:p\.?\s*)?[\divxIVXⅰ-ⅹ-]{1,6}[)）]?\s*", regex.IGNORECASE
)
_LEADER = regex.compile(r".*(?:[.．·‧﹒]{4,}|[…⋯]{2,})\s*[（(]?[\divx-]{1,6}[)）]?\s*", regex.IGNORECASE)
_PAGE_NUMBER = regex.compile(
    r"\s*(?:[-–—]\s*\d{1,4}\s*[-–—]|第\s*\d{1,4}\s*頁(?:[，,/／\s]*共\s*\d{1,4}\s*頁)?|p(?:age)?\.?\s*\d{1,4})\s*",
    regex.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class TextOrigins:
    """Origins are offsets in the decoded file."""

    def place(self, *texts: PlacedText) -> Place:
        """The range from the first to the last character of the texts."""
        seen = [o for text in texts for o in text.origins if o >= 0]
        return Place(char_start=min(seen), char_end=max(seen) + 1) if seen else NOWHERE


def read_text(name: str, data: bytes) -> Document:
    """The blocks of a text file. Raises `Broken` where it is not text, `TooLarge` where a table grows beyond all
    measure."""
    raw = decode(name, data)
    reader = _Reader(raw)
    try:
        reader.read()
    except TooManySlots as error:
        fact = f"the cells of one of its tables cover more than {MAX_SLOTS:,} rows and columns"
        raise TooLarge(name, fact, "look at its rowspan and colspan, or give the file as PDF") from error
    return Document(
        name=name,
        media_type="text/markdown" if name.lower().endswith((".md", ".markdown")) else "text/plain",
        sha256=hashlib.sha256(data).hexdigest(),
        blocks=tuple(reader.blocks),
        origins=TextOrigins(),
        contents=tuple(reader.contents),
        furniture=(*reader.furniture, *reader.table.furniture),
    )


def _lines(raw: str) -> list[Span]:
    spans: list[Span] = []
    start = 0
    for match in _NEWLINE.finditer(raw):
        spans.append((start, match.start()))
        start = match.end()
    return [*spans, (start, len(raw))]


@dataclass(slots=True)
class _Reader:
    """One pass over the lines; `table` is the one that is being collected."""

    raw: str
    blocks: list[Block] = field(default_factory=list)
    contents: list[PlacedText] = field(default_factory=list)
    furniture: list[PlacedText] = field(default_factory=list)
    table: OpenTable = field(default_factory=OpenTable)
    lines: list[Span] = field(default_factory=list)
    has_marked_headings: bool = False

    def read(self) -> None:
        self.lines = _lines(self.raw)
        self.has_marked_headings = any(_HASH.fullmatch(self.line(i)) for i in range(len(self.lines)))
        at = 0
        while at < len(self.lines):
            at = self.step(at)
        self.flush()

    def line(self, at: int) -> str:
        start, end = self.lines[at]
        return self.raw[start:end]

    def is_blank(self, at: int) -> bool:
        return not self.line(at).strip(" \t\u3000\xa0\ufeff")

    def is_row(self, at: int) -> bool:
        """Whether a line is parted by tabs; empty cells around the only one with words count, an indent does not."""
        line = self.line(at)
        return "\t" in line.strip() or (line.count("\t") > 1 and not line.isspace())

    def is_empty_row(self, at: int) -> bool:
        """Whether a line has the tabs of a row and no words, right above a row."""
        line = self.line(at)
        return line.isspace() and line.count("\t") > 1 and at + 1 < len(self.lines) and self.is_row(at + 1)

    def text(self, span: Span) -> PlacedText:
        return inline(self.raw, *span)

    def step(self, at: int) -> int:
        """Reads what begins on a line; returns the next line to read."""
        start, end = self.lines[at]
        line = self.raw[start:end]
        if self.is_blank(at) or _RULE.fullmatch(line):
            return at + 1
        if (table := line.lower().find("<table")) >= 0:
            return self.html_table(at, start + table)
        if _HASH.fullmatch(line) or _H_TAG.fullmatch(line):
            return self.marked_heading(at)
        if _IMAGE.fullmatch(line):
            self.put(Figure(Place(char_start=start, char_end=end)))
            return at + 1
        if line.lstrip().startswith("|") or (
            at + 1 < len(self.lines) and "|" in line and is_pipe_rule(self.line(at + 1))
        ):
            stop = at + 1
            while stop < len(self.lines) and "|" in self.line(stop) and not self.is_blank(stop):
                stop += 1
            self.add_grid(pipe_grid(self.raw, self.lines[at:stop]))
            return stop
        return self.run(at)

    def run(self, at: int) -> int:
        """A run of lines up to the next blank line or marked heading: tab-separated rows, a list, or prose."""
        stop = at
        while stop < len(self.lines) and not (self.is_blank(stop) and not self.is_empty_row(stop)):
            line = self.line(stop)
            if stop > at and (_HASH.fullmatch(line) or "<table" in line.lower() or line.lstrip().startswith("|")):
                break
            stop += 1
        if _CONTENTS.fullmatch(self.line(at).strip("*_# \u3000")):
            self.put_heading(at, BARE_LEVEL)
            return self.read_contents(at + 1, of=self.line(at))
        tabbed = [i for i in range(at, stop) if self.is_row(i)]
        leaders = [i for i in range(at, stop) if _LEADER.fullmatch(self.line(i))]
        if len(leaders) >= 3:
            return self.read_contents(leaders[0])
        if tabbed:
            self.tab_run(at, stop, tabbed[0], tabbed[-1])
        else:
            self.prose(at, stop)
        return stop

    def read_contents(self, at: int, *, of: str = "") -> int:
        """The lines of a 目錄, up to the first that does not end in a page number; a list of tables or figures, by its
        title `of`, may do without them."""
        first: str | None = None
        is_list = LIST_TITLE.fullmatch(of.strip("*_# \u3000")) is not None
        while at < len(self.lines):
            line = self.line(at)
            if not self.is_blank(at):
                words = regex.sub(r"[\s.…·‧*#|<>-]", "", line)
                is_entry = _CONTENTS_LINE.fullmatch(line) is not None or (is_list and LISTED.match(line) is not None)
                if _HASH.fullmatch(line) or (first is not None and not is_entry) or words == first:
                    break
                if first is None and not is_entry:
                    break
                first = first or words
                self.contents.append(self.text(self.lines[at]))
            at += 1
        return at

    def marked_heading(self, at: int) -> int:
        start, end = self.lines[at]
        if match := _HASH.fullmatch(self.raw, start, end):
            level = len(match.group(1))
        elif match := _H_TAG.fullmatch(self.raw, start, end):
            level = int(match.group(1))
        else:
            raise ValueError("not a marked heading")
        text = self.text((match.start(2), match.end(2)))
        if not text:
            return at + 1
        self.put(Heading(text, level))
        is_contents = _CONTENTS.fullmatch(regex.sub(r"\s", "", text.text)) is not None
        return self.read_contents(at + 1, of=text.text) if is_contents else at + 1

    def put_heading(self, at: int, level: int) -> None:
        self.put(Heading(self.text(self.lines[at]), level))

    def prose(self, at: int, stop: int) -> None:
        """Lines without tables: a heading without markup, page numbers, or a paragraph."""
        if stop - at == 1 and _PAGE_NUMBER.fullmatch(self.line(at)):
            self.furniture.append(self.text(self.lines[at]))
            return
        begin = at
        for i in range(at, stop):
            if is_bare_heading(self.line(i), is_alone=stop - at == 1, in_plain_file=not self.has_marked_headings):
                self.paragraph(begin, i)
                self.put_heading(i, BARE_LEVEL)
                begin = i + 1
        self.paragraph(begin, stop)

    def paragraph(self, at: int, stop: int) -> None:
        if text := join_lines(self.raw, self.lines[at:stop]):
            self.put(Paragraph(text))

    def tab_run(self, at: int, stop: int, first: int, last: int) -> None:
        """Rows parted by tabs. Lines above without a tab are prose unless the table goes on; those below are prose
        where they are notes; those between are bands."""
        goes_on = bool(self.table)
        if first > at and not (goes_on and not BELOW_TABLE.match(self.line(at))):
            self.prose(at, first)
            at = first
        end = last + 1
        while end < stop and not BELOW_TABLE.match(self.line(end)) and len(self.line(end)) < LONGEST_HEADING:
            end += 1
        self.add_grid(tab_grid(self.raw, self.lines[at:end]))
        if end < stop:
            self.prose(end, stop)

    def html_table(self, at: int, start: int) -> int:
        """A `<table>` with what stands before and after it on its lines."""
        if before := self.text((self.lines[at][0], start)):
            self.put(Paragraph(before))
        end = html_table_end(self.raw, start)
        self.add_grid(html_grid(self.raw, start, end))
        while at < len(self.lines) and self.lines[at][1] < end:
            at += 1
        if at < len(self.lines) and self.lines[at][0] <= end:
            if end < self.lines[at][1] and self.raw[end : self.lines[at][1]].strip():
                self.lines[at] = (end, self.lines[at][1])
            else:
                at += 1
        return at

    def add_grid(self, grid: Grid) -> None:
        """Collects a fragment: it goes on the table before where nothing stands between and header or width agree."""
        if not any(cell for row in grid.rows for cell in row):
            return
        if not self.table.takes(grid):
            self.flush()
            self.table.takes(grid)

    def put(self, block: Block) -> None:
        if not self.table.holds(block):
            self.flush()
            self.blocks.append(block)

    def flush(self) -> None:
        """Ends the table that is being collected."""
        self.blocks += self.table.close()
