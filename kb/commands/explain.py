"""`kb explain`: how a sentence is read, span by span."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path

import click
import regex
from rich.console import Console
from rich.table import Table
from rich.text import Text

import extract
from extract.records import Span
from kb import database
from kb.cli import db_option
from kb.explaining import Passage, passage

KEY = regex.compile(r"[a-z][a-z0-9_]*(?:-[a-z0-9_]+)*/\S+")
STYLES = {"figure": "bold green", "time": "cyan", "no figure": "dim"}


@click.command()
@click.argument("text")
@db_option
@click.option("--year", type=int, help="Gregorian year of the report that the sentence stands in.")
@click.option("--topic", default="", help="What the sentence is about, such as the measure's name.")
def command(text: str, db: Path, year: int | None, topic: str) -> None:
    """Say how TEXT is read: every number and time word with its value, unit, kind and the rules that decided.

    TEXT is a sentence, or the key of a row whose sentence is meant: transport-113/T1-1/result/2.
    """
    if KEY.fullmatch(text):
        with closing(database.connect(db)) as conn:
            found = passage(conn, text)
    else:
        found = Passage(text, year, (), topic, "item")
    spans = extract.explain(
        found.text.replace("\n", " "),
        report_year=found.year,
        lead=found.lead,
        topic=found.topic,
        register=found.register,
    )
    _show(found, spans)


def _show(found: Passage, spans: tuple[Span, ...]) -> None:
    console = Console() if sys.stdout.isatty() else Console(width=160)
    words = Text(found.text)
    for span in spans:
        words.stylize(STYLES[span.what], span.start, span.end)
    for lead in found.lead:
        console.print(Text(f"under: {lead}", "dim"))
    console.print(words)
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("at", justify="right")
    for heading in ("printed", "what", "reading", "rules"):
        table.add_column(heading, overflow="fold")
    for span in spans:
        what = Text(span.what, STYLES[span.what])
        table.add_row(str(span.start), Text(span.printed), what, Text(span.reading), Text(span.rule))
    console.print(table if spans else "no number and no time word was found")
