"""Annex one as forms: a small table for each measure, labels beside their values, instead of a row under headers.

A form begins where the label that begins the first one comes again, or where another code or name is given. The same
code or name again, and rows without either, go on the form before, over pages and tables. A form that gives no name by
a label has it from the band or heading over it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import regex

from extract.documents.codes import leading_code, without_code
from extract.documents.joining import join_seam
from extract.documents.model import EMPTY, Block, Heading, Paragraph, PlacedText, Table
from extract.documents.numbering import read_numbering
from extract.notes import Notes
from extract.reading.columns import ESSENTIAL, SUPPORTING, Column, Columns, read_columns
from extract.reading.continued import without_continued
from extract.reading.drafts import Draft, split_code
from extract.reading.form_cells import Band, Label, Pair, is_form, lines_of
from extract.reading.strategies import (
    StrategyText,
    clean_code,
    is_total,
    names_strategy,
    strategy_above,
    strategy_of,
)
from extract.reading.vocabulary import TIMEOUT, folded, money_unit

IDENTITY = ("code", "number", "name")
"""Fields whose values say which measure a form is about."""
NEARBY = 4
"""A form's strategy, name or unit stands at most this many blocks above it."""
LONGEST_ABOVE, LONGEST_TITLE = 120, 60
"""Characters of a line above a form that may say its strategy or unit, and of one that may be its name."""
FEWEST_BESIDE = 2
"""Fields that a measure's form has at least beside name, target and result."""

UNLABELLED = Label("（無標籤）", None, 0.0)
"""What stands in a form before its first label: kept, and signalled as a header that is not understood."""

_MEASURE_WORD = regex.compile(r"(?:推動|具體|減量|行動)?措施\s*(?=[\dA-Za-z一二三四五六七八九十（(])")


@dataclass(slots=True)
class Form:
    """One form as it is gathered: each label once, in order, with its values. `title` is the line over it where no
    label says the name."""

    title: PlacedText = EMPTY
    strategy: StrategyText | None = None
    above: tuple[PlacedText, ...] = ()
    labels: list[Label] = field(default_factory=list)
    values: list[list[PlacedText]] = field(default_factory=list)

    @property
    def fields(self) -> frozenset[str]:
        """The fields that its labels name."""
        return frozenset(label.field for label in self.labels if label.field)

    def value(self, name: str) -> PlacedText:
        """The first value of the first label with a field."""
        found = (values for label, values in zip(self.labels, self.values, strict=True) if label.field == name)
        return next((values[0] for values in found if values), EMPTY)

    def code_and_name(self) -> tuple[str | None, PlacedText]:
        """The measure's code and name, None and empty where the form gives none."""
        name = self.value("name") or self.title
        code = self.value("code")
        if not name and 0 < without_code(code.text) < len(code):
            return split_code(EMPTY, EMPTY, code)
        return split_code(code, self.value("number"), name)

    def is_measure(self) -> bool:
        """Whether a form has what a measure has: a name or code, what was aimed at and done, and two fields beside."""
        code, name = self.code_and_name()
        return bool(code or name) and self.fields >= ESSENTIAL and len(self.fields & SUPPORTING) >= FEWEST_BESIDE


def read_forms(blocks: Sequence[Block], notes: Notes) -> tuple[list[Draft], list[Table]]:
    """The measures of a document's forms as drafts, and the tables that hold them."""
    told = {folded(words): meaning for words, meaning in notes.columns.items()}
    reader = _Reader(told)
    for index, block in enumerate(blocks):
        if not isinstance(block, Table) or not notes.may_be_annex(next((grid.page for grid in block.raw), None)):
            continue
        if is_form(block, told) and not read_columns(block, notes.columns).is_annex():
            reader.read(block, tuple(_above(blocks, index)))
    forms = [(form, tables) for form, tables in reader.forms if form.is_measure()]
    tables = [table for _, tables in forms for table in tables]
    return [_draft(form) for form, _ in forms], list({id(table): table for table in tables}.values())


def _above(blocks: Sequence[Block], index: int) -> Iterator[PlacedText]:
    """The lines between a table and the one before it, as far as they are near."""
    start = max(0, index - NEARBY)
    start = max([start, *(i + 1 for i in range(start, index) if isinstance(blocks[i], Table))])
    for block in blocks[start:index]:
        if isinstance(block, Heading | Paragraph) and len(block.text) < LONGEST_ABOVE:
            yield block.text


@dataclass(slots=True)
class _Reader:
    """Gathers the forms of table after table; `last` and `columns` are the labels that a row without one goes on."""

    told: Mapping[str, str]
    forms: list[tuple[Form, list[Table]]] = field(default_factory=list)
    strategy: StrategyText | None = None
    title: PlacedText = EMPTY
    unit: PlacedText = EMPTY
    last: Label | None = None
    columns: dict[int, Label] = field(default_factory=dict)

    def read(self, table: Table, above: Sequence[PlacedText]) -> None:
        """The forms of one table; its first rows may go on the last form of the table before."""
        lines = _with_labels_overleaf(list(lines_of(table, self.told)))
        pairs = [pair for line in lines if isinstance(line, list) for pair in line]
        names = [pair for pair in pairs if _field(pair) == "name"]
        is_named = bool(names) or (bool(self.forms) and "name" in self.forms[-1][0].fields)
        if not is_named:
            titles = [text for text in above if _is_title(text)]
            self.title = _bare_title(titles[-1]) if titles else self.title
            above = [text for text in above if text not in titles[-1:]]
        codes = [code for p in pairs if _field(p) in IDENTITY and (code := leading_code(p.value.text))]
        self.strategy = strategy_above(Columns(()), above, codes) or self.strategy
        self.unit = next((t for t in above if "單位" in t.text and money_unit(t.text)), self.unit)
        for line in lines:
            if isinstance(line, list):
                self.row(line)
                if not any(table is known for known in self.forms[-1][1]):
                    self.forms[-1][1].append(table)
            elif is_named or names_strategy(line.text) or not _is_title(line.text):
                self.strategy = self.strategy if is_total(line.text.text) else strategy_of(line.text)
            else:
                self.title = _bare_title(line.text)

    def row(self, pairs: list[Pair]) -> None:
        """One row: of a form that begins here, of the form before, or its code and name again on the next page."""
        pairs = [replace(p, value=without_continued(p.value)) if _field(p) in IDENTITY else p for p in pairs]
        if not self.forms or self.begins(pairs):
            unit = (self.unit,) if self.unit else ()
            self.forms.append((Form(self.title, self.strategy, unit), []))
            self.last, self.columns = None, {}
        form = self.forms[-1][0]
        for pair in pairs:
            if _field(pair) not in IDENTITY or _field(pair) not in form.fields:
                self.put(form, pair)

    def begins(self, pairs: list[Pair]) -> bool:
        """Whether a row is the first of another form: it has another code or name, or the label that begins forms."""
        form = self.forms[-1][0]
        labelled = [p for p in pairs if p.label is not None]
        row = Form(self.title, labels=[p.label for p in labelled if p.label], values=[[p.value] for p in labelled])
        (code, name), (known_code, known_name) = row.code_and_name(), form.code_and_name()
        if code and known_code and code != known_code:
            return True
        if name and known_name:
            return not _begin_alike(name, known_name)
        if code and known_code:
            return False
        if (code or name) and not known_code and not known_name and form.fields & ESSENTIAL:
            return True
        opening = form.labels[0].field if form.labels else None
        return opening is not None and bool(labelled) and not labelled[0].is_next and _field(labelled[0]) == opening

    def put(self, form: Form, pair: Pair) -> None:
        """A value to those of its label: a further one, or the rest of one that a page break cut."""
        label = pair.label or self.columns.get(pair.column) or self.last or UNLABELLED
        self.last = self.columns[pair.column] = label
        words = [folded(known.words) for known in form.labels]
        if folded(label.words) not in words:
            form.labels.append(label)
            form.values.append([pair.value] if pair.value else [])
            return
        values = form.values[words.index(folded(label.words))]
        if not pair.value or any(folded(pair.value.text) == folded(known.text) for known in values):
            return
        if pair.is_next or not values:
            values.append(pair.value)
        else:
            values[-1] = join_seam(values[-1], pair.value)


def _with_labels_overleaf(lines: Sequence[Band | list[Pair]]) -> list[Band | list[Pair]]:
    """The lines of forms in which a row that a page break cut has its label on the second page, below the form's name
    if that is printed again: its list begins on the first page and goes on there."""
    whole = list(lines)
    for at, cut in enumerate(lines):
        if not isinstance(cut, list) or len(cut) != 1 or cut[0].label is not None:
            continue
        below = (line for line in lines[at + 1 :] if isinstance(line, list))
        rest = next((line[0] for line in below if any(_field(pair) not in IDENTITY for pair in line)), None)
        if rest is not None and rest.label is not None and _mark(cut[0].value) == 1 < _mark(rest.value):
            whole[at] = [replace(cut[0], label=rest.label)]
    return whole


def _mark(text: PlacedText) -> int:
    """The number of the item that a text begins with, 0 where it begins with none."""
    numbering = read_numbering(text.text.strip())
    return numbering.parts[-1] if numbering is not None else 0


def _field(pair: Pair) -> str | None:
    return pair.label.field if pair.label is not None else None


def _begin_alike(a: PlacedText, b: PlacedText) -> bool:
    """Whether two names are one, or one is the other cut short."""
    words = sorted((folded(a.text), folded(b.text)), key=len)
    return words[1].startswith(words[0])


def _is_title(text: PlacedText) -> bool:
    """Whether a line over a form may be its measure's code and name."""
    body = _bare_title(text)
    return (
        not names_strategy(text)
        and leading_code(body.text) is not None
        and len(body) < LONGEST_TITLE
        and "。" not in body.text
    )


def _bare_title(text: PlacedText) -> PlacedText:
    """A line over a form without the word 措施 before its code and the mark that it goes on."""
    body = without_continued(text)
    match = _MEASURE_WORD.match(body.text, timeout=TIMEOUT)
    return body[match.end() :] if match else body


def _draft(form: Form) -> Draft:
    """A form as the draft of its measure; its labels are the columns."""
    columns = Columns(tuple(Column(i, x.field, x.words, x.certainty) for i, x in enumerate(form.labels)))
    code, name = form.code_and_name()
    cells: dict[str, list[tuple[int, PlacedText]]] = {"name": [(columns.first("name") or 0, name)]}
    for column, values in zip(columns.columns, form.values, strict=True):
        if column.field not in {"strategy", "strategy_code", *IDENTITY}:
            for value in values:
                cells.setdefault(column.field or f"?{column.header}", []).append((column.index, value))
    strategy = form.strategy
    if said := form.value("strategy"):
        strategy = strategy_of(said)
        strategy.code = clean_code(form.value("strategy_code").text) or strategy.code
    return Draft(strategy, code, cells, columns, form.above)
