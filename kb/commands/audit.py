"""`kb audit`: does a report hold together."""

from __future__ import annotations

import json
from collections import Counter
from contextlib import closing
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kb import database
from kb.audit.rules import RULES
from kb.audit.stored import SEVERITIES, findings, known_report
from kb.cli import db_option

COLOURS = {"error": "bold red", "warning": "yellow", "info": "dim"}


@click.command()
@click.argument("report", required=False)
@db_option
@click.option("--severity", type=click.Choice(SEVERITIES), default="info", show_default=True, help="This and graver.")
@click.option("--rule", metavar="NAME", help="Only rules whose name begins so (case:, units:…).")
@click.option("--json", "as_json", is_flag=True, help="As JSON, with the rows that each finding rests on.")
@click.option("--rules", is_flag=True, help="Show the rules with their tolerances instead.")
def command(  # noqa: PLR0913 - one for each option
    report: str | None, db: Path, severity: str, rule: str | None, *, as_json: bool, rules: bool
) -> None:
    """Show what does not hold together in REPORT (an id such as manufacturing-113): its claims against its own tables.

    Exits with 1 where there is an error, unless --json asks for the data alone.
    """
    if rules:
        _show_rules(as_json=as_json)
        return
    if report is None:
        raise click.UsageError("which report? give its id; `kb status` shows them")
    with closing(database.connect(db)) as conn:
        known_report(conn, report)
        found = findings(conn, report, least=severity, rule=rule or "")
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    console = Console(soft_wrap=True)
    for f in found:
        where = f"p. {f['page']}" if f["page"] is not None else ""
        head = Text.assemble((f"{f['severity']:7}", COLOURS[f["severity"]]), " ", (f["rule"], "cyan"), " ")
        console.print(head.append(" ".join(filter(None, (f["context"], where))), "dim"))
        console.print(Text(f"    {f['message']}"))
    counted = Counter(f["severity"] for f in found)
    console.print(", ".join(f"{counted[s]} {s}" for s in SEVERITIES if counted[s]) or "nothing found")
    if any(f["severity"] == "error" for f in found):
        raise SystemExit(1)


def _show_rules(*, as_json: bool) -> None:
    if as_json:
        listed = [{"rule": r.name, "checks": r.summary, "tolerance": r.tolerance} for r in RULES]
        click.echo(json.dumps(listed, ensure_ascii=False, indent=1))
        return
    table = Table("rule", "checks", "tolerance", box=None, pad_edge=False, header_style="bold")
    for r in RULES:
        table.add_row(r.name, Text(r.summary), Text(r.tolerance))
    Console().print(table)
