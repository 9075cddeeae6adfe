"""The reading of figures as a spaCy pipeline of our own.

    climate_numbers → climate_times → climate_scopes → climate_comparators → climate_kinds → climate_quantities

on `spacy.blank("zh")` with one token a character, so that offsets are token indexes. Nothing is downloaded. Each
component fills in one part of the working paper (`doc._.sheet`); the last shows the result as
`doc.spans["quantities"]`, with the record of each in `span._.quantity`, and the time words as `doc.spans["times"]`.
spaCy is imported when this module is.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from extract.language.clauses import find_clauses
from extract.language.compact import Compact
from extract.language.comparators import compare
from extract.language.figures import find_figures
from extract.language.fold import fold
from extract.language.kinds import mean
from extract.language.periods import find_times
from extract.language.quantities import reading
from extract.language.scopes import govern
from extract.language.sheet import Decided, Reading, Setting, Sheet
from extract.records import Signal

LONGEST_TEXT = 4_000_000
"""Characters of one text; a report has some fifty thousand."""

for owner, name in ((Doc, "sheet"), (Doc, "setting"), (Doc, "reading"), (Span, "quantity"), (Span, "time")):
    if not owner.has_extension(name):
        owner.set_extension(name, default=None)


class CharacterTokenizer:
    """One token for each character, spaces too."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """The text as a document."""
        return Doc(self.vocab, words=list(text), spaces=[False] * len(text))


def _sheet(doc: Doc) -> Sheet:
    """The working paper of a document, begun if it has none."""
    if doc._.sheet is None:
        text = doc.text
        folded = fold(text)
        doc._.sheet = Sheet(text, folded, Compact(folded), doc._.setting or Setting(), find_clauses(folded))
    sheet: Sheet = doc._.sheet
    return sheet


def _step(fill: Callable[[Sheet], None]) -> Callable[[Doc], Doc]:
    """A component that fills in one part of the sheet. A pattern that runs into its time limit leaves a signal."""

    def component(doc: Doc) -> Doc:
        sheet = _sheet(doc)
        try:
            fill(sheet)
        except TimeoutError:
            sheet.figures, sheet.decided = [], []
            sheet.signals.append(Signal("unread:slow", "error", "讀取此段文字逾時，其中數字未列入", sheet.text[:80]))
        return doc

    return component


def _numbers(sheet: Sheet) -> None:
    find_figures(sheet)


def _times(sheet: Sheet) -> None:
    figures = {figure.start for figure in sheet.figures}
    # the 3 年 of a payback period is a figure, no time that governs others
    sheet.times = [t for t in find_times(sheet.folded, sheet.setting.report_year) if t.start not in figures]


def _scopes(sheet: Sheet) -> None:
    sheet.decided = [Decided(f, governor=g) for f, g in zip(sheet.figures, govern(sheet), strict=True)]


def _comparators(sheet: Sheet) -> None:
    sheet.decided = [Decided(d.figure, compare(sheet, i), d.governor) for i, d in enumerate(sheet.decided)]


def _kinds(sheet: Sheet) -> None:
    meanings = [mean(sheet, i) for i in range(len(sheet.decided))]
    sheet.decided = [
        d.with_kind(m.kind, m.rule, m.canonical, m.factor) for d, m in zip(sheet.decided, meanings, strict=True)
    ]


def _quantities(doc: Doc) -> Doc:
    """Show what the sheet holds as spans."""
    sheet = _sheet(doc)
    doc._.reading = reading(sheet)
    spans = []
    for quantity in doc._.reading.quantities:
        span = Span(doc, quantity.start, quantity.end, label=quantity.kind)
        span._.quantity = quantity
        spans.append(span)
    doc.spans["quantities"] = spans
    times = []
    for word in sheet.times:
        span = Span(doc, word.start, word.end, label=word.form)
        span._.time = word
        times.append(span)
    doc.spans["times"] = times
    return doc


STEPS: dict[str, Callable[[Doc], Doc]] = {
    "climate_numbers": _step(_numbers),
    "climate_times": _step(_times),
    "climate_scopes": _step(_scopes),
    "climate_comparators": _step(_comparators),
    "climate_kinds": _step(_kinds),
    "climate_quantities": _quantities,
}


def _factory(name: str) -> Callable[[Language, str], Callable[[Doc], Doc]]:
    """A factory for one component, registered with spaCy under its name."""

    def create(nlp: Language, name: str) -> Callable[[Doc], Doc]:
        del nlp, name
        return step

    step = STEPS[name]
    Language.factory(name, func=create)
    return create


make_numbers = _factory("climate_numbers")
make_times = _factory("climate_times")
make_scopes = _factory("climate_scopes")
make_comparators = _factory("climate_comparators")
make_kinds = _factory("climate_kinds")
make_quantities = _factory("climate_quantities")
"""What the entry points `spacy_factories` name."""


@cache
def pipeline() -> Language:
    """The pipeline, built once."""
    nlp = spacy.blank("zh")
    nlp.tokenizer = CharacterTokenizer(nlp.vocab)
    nlp.max_length = LONGEST_TEXT
    for name in STEPS:
        nlp.add_pipe(name)
    return nlp


def run(text: str, setting: Setting) -> Doc:
    """The text through the pipeline."""
    nlp = pipeline()
    doc = nlp.make_doc(text)
    doc._.setting = setting
    return nlp(doc)


def read(text: str, setting: Setting) -> Reading:
    """What the text says."""
    found: Reading = run(text, setting)._.reading
    return found
