"""Every figure in a text, as data.

    read_quantities("113 年輔導 80 家廠商", Setting(report_year=2024))

gives one `Quantity`: 80 家, organisations, of the year 2024. `read_text` gives the signals too, `explain` how each
number was read. spaCy is imported at the first call, not with this package.
"""

from __future__ import annotations

from extract.language.sheet import Reading, Refused, Setting
from extract.records import Quantity, Span

__all__ = ["Reading", "Refused", "Setting", "explain", "read_quantities", "read_text"]


def read_text(text: str, setting: Setting) -> Reading:
    """The quantities of a text in order, the signals about what was not understood, and the numbers refused."""
    from extract.language.pipeline import read  # noqa: PLC0415 - a second of import time, paid by those who read

    return read(text, setting)


def read_quantities(text: str, setting: Setting) -> list[Quantity]:
    """The quantities of a text in order; `start` and `end` are offsets in `text`."""
    return list(read_text(text, setting).quantities)


def explain(text: str, setting: Setting) -> list[Span]:
    """How the text was read, span by span."""
    from extract.language.explaining import spans  # noqa: PLC0415 - as above

    return spans(text, setting)
