"""`kb search`: words in everything that the reports say."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from kb import database, schema
from kb.cli import db_option
from kb.highlight import Marked, mark, passage
from kb.search import MAX_CHARACTERS, MAX_TERMS, SEARCHABLE, Hit, count, is_cut, search, terms


@click.command()
@click.argument("words", nargs=-1, required=True)
@db_option
@click.option("--report", metavar="ID", help="Only this report.")
@click.option("--kind", type=click.Choice(SEARCHABLE), help="Only rows of this table.")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="Hits shown.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, with whole texts.")
def command(  # noqa: PLR0913 - one for each option
    words: tuple[str, ...], db: Path, report: str | None, kind: str | None, limit: int, *, as_json: bool
) -> None:
    """Find rows that hold all WORDS, in Chinese of any length; hits in names and titles first.

    Spaces part words; "quoted words" are one. 台 and 臺, full and half width, Simplified and Traditional, CO2e and CO₂e
    are the same.
    """
    query = " ".join(words)
    if not terms(query):
        raise click.UsageError("no word to look for: give a character at least")
    if is_cut(query):
        click.echo(f"only the first {MAX_CHARACTERS} characters and {MAX_TERMS} words are searched", err=True)
    with closing(database.connect_for_search(db)) as conn:
        hits = search(conn, query, report_id=report, kind=kind, limit=limit)
        total = count(conn, query, report_id=report, kind=kind)
    if as_json:
        found = [hit._asdict() | {"passage": passage(hit.text, query).text} for hit in hits]
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    console = Console(soft_wrap=True)
    for hit in hits:
        console.print(_shown(hit, query))
    console.print(f"{total} found" if len(hits) == total else f"{len(hits)} of {total} found; more with --limit")


def _shown(hit: Hit, query: str) -> Text:
    """Two lines: the kind, key and page of the row with its title, then the passage with the words in colour."""
    where = f"{hit.row_id}" + (f" p. {hit.page}" if hit.page is not None else "")
    shown = Text.assemble((schema.tables()[hit.kind].zh, "cyan"), " ", (where, "dim"), " ")
    shown.append_text(_coloured(mark(hit.title, query))).append("\n    ")
    return shown.append_text(_coloured(passage(hit.text, query)))


def _coloured(marked: Marked) -> Text:
    return Text.assemble(*((text.replace("\n", " "), "bold red" if is_hit else "") for text, is_hit in marked.pieces()))
