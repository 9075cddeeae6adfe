"""Labels of forms in the printed tables: words beside values, known and in no record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kb.check.printed import folded
from kb.check.stored import Row, Stored

OFTEN, FEWEST = 0.8, 4
"""Share of the measures, and number of cells at least, whose tables repeat a label."""
LONGEST = 16
"""Characters of a label."""


def labels_of(tables: Sequence[Row], stored: Stored) -> set[str]:
    """Short words that the tables repeat about as often as there are measures."""
    counts = Counter(folded(cell) for table in tables for row in table["cells"] for cell in row)
    often = max(FEWEST, len(stored["measures"]) * OFTEN)
    return {words for words, count in counts.items() if count >= often and len(words) <= LONGEST}
