"""Where a text breaks into sentences and clauses.

A sentence ends at 。！？ or at a real line break; ， and ； part clauses alone (SCHEMA.md, scope).
"""

from __future__ import annotations

from extract.language.sheet import Clauses

SENTENCE_ENDS = "。！？!?\n"
CLAUSE_ENDS = "，,；;" + SENTENCE_ENDS
OPENING = dict(zip("([{【〔〈", ")]}】〕〉", strict=True))
CLOSING = set(OPENING.values())
QUOTES = dict(zip("「『《“", "」』》”", strict=True))


def find_clauses(folded: str) -> Clauses:
    """Sentences and clauses of a folded text. A comma between two digits parts nothing."""
    sentences: list[tuple[int, int]] = []
    clauses: list[tuple[int, int]] = []
    sentence = clause = 0
    last = len(folded) - 1
    for at, c in enumerate(folded):
        if c not in CLAUSE_ENDS:
            continue
        if c in ",，" and 0 < at < last and folded[at - 1].isdecimal() and folded[at + 1].isdecimal():
            continue
        clauses.append((clause, at + 1))
        clause = at + 1
        if c in SENTENCE_ENDS:
            sentences.append((sentence, at + 1))
            sentence = at + 1
    if clause <= last:
        clauses.append((clause, last + 1))
    if sentence <= last:
        sentences.append((sentence, last + 1))
    return Clauses(tuple(sentences), tuple(clauses))
