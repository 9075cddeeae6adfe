"""The agencies of a text as spaCy spans, for pipelines: `nlp.add_pipe("report_agencies")`.

Spans are in `doc.spans["agencies"]`, each with `span._.agency`. Roles and brackets are the business of
`agencies.resolve`, which needs no spaCy.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from extract.language.agency_vocabulary import Entry, vocabulary

_WIDE_BRACKETS = str.maketrans("()", "（）")

if not Span.has_extension("agency"):
    Span.set_extension("agency", default=None)


@Language.factory("report_agencies")
def make_agencies(nlp: Language, name: str) -> AgencyFinder:
    """A component that marks every form of the vocabulary."""
    return AgencyFinder(nlp, name)


class AgencyFinder:
    """Marks agencies by a PhraseMatcher over the vocabulary's forms; of two that overlap the longer counts."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name
        self.matcher = PhraseMatcher(nlp.vocab)
        self.entries: dict[int, Entry] = {}
        for form, entry in vocabulary().forms():
            spellings = {form, form.replace("臺", "台"), form.translate(_WIDE_BRACKETS)}
            key = f"agency:{form}"
            self.entries[nlp.vocab.strings.add(key)] = entry
            self.matcher.add(key, [nlp.make_doc(spelling) for spelling in sorted(spellings)])

    def __call__(self, doc: Doc) -> Doc:
        """The document with `spans["agencies"]`."""
        found = [Span(doc, start, end, label=key) for key, start, end in self.matcher(doc)]
        for span in (kept := filter_spans(found)):
            span._.agency = self.entries[span.label].agency(span.text)
        doc.spans["agencies"] = kept
        return doc
