"""`kb status`: what is in the knowledge base."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kb import database
from kb.cli import db_option
from kb.status import COUNTED, status


@click.command()
@db_option
def command(db: Path) -> None:
    """Show the reports, their rows, what was not understood, and the files read last."""
    with closing(database.connect(db)) as conn:
        found = status(conn)
    console = Console() if sys.stdout.isatty() else Console(width=160)
    reports = _table("report", "title", "source", *COUNTED, "errors", "warnings", numbers_from=3)
    for r in found.reports:
        signals = (str(r.findings.get(severity, 0)) for severity in ("error", "warning"))
        reports.add_row(r.id, Text(r.title or ""), Text(r.source_name), *map(str, r.counts), *signals)
    rules = _table("finding", "severity", "rows", numbers_from=2)
    for rule, severity, number in found.rules:
        rules.add_row(rule, severity, str(number))
    ingests = _table("read at", "file", "outcome", "message")
    for entry in found.ingests:
        ingests.add_row(*(Text(part) for part in entry))
    for table in (reports, rules, ingests):
        if table.row_count:
            console.print(table, "")
    if not found.reports:
        console.print(f"{db}: no report yet; add one with: kb ingest REPORT")


def _table(*headings: str, numbers_from: int = 99) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for at, heading in enumerate(headings):
        table.add_column(heading, justify="right" if at >= numbers_from else "left", overflow="fold")
    return table
