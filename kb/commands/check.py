"""`kb check`: how well a report was read."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import click

from kb import database
from kb.check import check
from kb.check.show import as_dict, show
from kb.cli import db_option


@click.command()
@click.argument("report")
@db_option
@click.option("--json", "as_json", is_flag=True, help="Every doubt with table, key, column, reason and certainty.")
@click.option("--limit", type=click.IntRange(0), default=40, show_default=True, help="Doubts shown; 0 for all.")
def command(report: str, db: Path, limit: int, *, as_json: bool) -> None:
    """Say how well REPORT (its id, transport-113) was read: counts, gaps, doubtful values, least certain first.

    Exits with 1 where the reading stays below a bound of corpus/bounds.toml.
    """
    with closing(database.connect(db)) as conn:
        quality = check(conn, report)
    if as_json:
        click.echo(json.dumps(as_dict(quality), ensure_ascii=False, indent=1))
    else:
        show(quality, limit)
    if not quality.is_good:
        raise SystemExit(1)
