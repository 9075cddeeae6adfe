"""Sets a generated report, reads it back and tells what differs."""

from pathlib import Path

import extract
from corpus.engines import Engine, to_pdf
from tests.roundtrip.compare import Field, compare
from tests.roundtrip.reports import Generated

ANNEX = ("report", "strategies", "measures", "items", "quantities")
"""The areas that a report of annex one alone has."""


def read_back(report: Generated, folder: Path, kind: str, *, annex_alone: bool = False) -> list[Field]:
    """All fields with their readings; `kind` is `md` or an engine. Raises what `extract.read` and the engine raise."""
    path = folder / f"{report.name}.{'md' if kind == 'md' else 'pdf'}"
    if kind == "md":
        path.write_text(report.markdown(), encoding="utf-8")
    else:
        engine: Engine = kind  # type: ignore[assignment]  # the caller's list of kinds
        path.write_bytes(to_pdf(report.blocks, report.style, title=report.title, engine=engine))
    return compare(report.gold, extract.read(path), areas=ANNEX if annex_alone else ())


def wrong(fields: list[Field]) -> list[Field]:
    """The fields that were not read as they were set."""
    return [field for field in fields if not field.is_right]


def told(fields: list[Field], limit: int = 12) -> str:
    """The wrong fields for a failing test's message."""
    bad = wrong(fields)
    more = f"\n… and {len(bad) - limit} more" if len(bad) > limit else ""
    return f"{len(bad)} of {len(fields)} fields:\n" + "\n".join(map(str, bad[:limit])) + more
