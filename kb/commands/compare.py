"""`kb compare`: two reports of one sector beside each other."""

from __future__ import annotations

import json
from collections import Counter
from contextlib import closing
from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from kb import database
from kb.audit.stored import known_report
from kb.cli import db_option
from kb.compare import Comparison, Link, compare


@click.command()
@click.argument("first")
@click.argument("second")
@db_option
@click.option("--json", "as_json", is_flag=True, help="As JSON, with the figures side by side.")
def command(first: str, second: str, db: Path, *, as_json: bool) -> None:
    """Pair the measures of two reports and show what is new, gone, renamed, moved, merged, split or changed, and which
    figures the later report restates."""
    with closing(database.connect(db)) as conn:
        for report in (first, second):
            known_report(conn, report)
        found = compare(conn, first, second)
        if as_json:
            click.echo(json.dumps(found.as_json(), ensure_ascii=False, indent=1))
            return
    console = Console(soft_wrap=True)
    console.print(f"{found.earlier.id} > {found.later.id}", style="bold")
    for link in found.links:
        told = found.changes(link)
        if link.relation != "same" or told:
            console.print(_head(link))
        for change in told:
            console.print(Text(f"    {change['field']}: {change['from']} > {change['to']}"), overflow="fold")
    for r in found.restated:
        console.print(Text.assemble(("restated ", "bold red"), r.message))
    console.print(_totals(found))


def _head(link: Link) -> Text:
    one = link.later or link.earlier
    assert one is not None  # noqa: S101 - a link has one side at least
    codes = " > ".join(dict.fromkeys(m.code for m in (link.earlier, link.later) if m))
    return Text.assemble((f"{link.relation:8}", "cyan"), f" {codes} {one.row['name']} ", (f"{link.confidence}", "dim"))


def _totals(found: Comparison) -> str:
    counted = Counter(link.relation for link in found.links)
    changed = sum(bool(found.changes(link)) for link in found.links)
    return (
        ", ".join(f"{n} {r}" for r, n in counted.most_common()) + f"; {changed} changed, {len(found.restated)} restated"
    )
