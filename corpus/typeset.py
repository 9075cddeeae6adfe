"""Sets a report from its records: python -m corpus.typeset RECORDS.toml --out FOLDER.

Writes NAME.pdf and NAME.md. The PDF needs WeasyPrint with Debian's pango, or Chromium or
LibreOffice, and the fonts that the options name; `make demo` needs none of it, for the PDF is kept with the project.
"""

from __future__ import annotations

from pathlib import Path

import click

from corpus import edition
from corpus.engines import ENGINES, Engine, EngineError, to_pdf
from corpus.markdown import to_markdown
from corpus.style import Style


@click.command()
@click.argument("records", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), default=Path(), help="Folder to write to.")
@click.option("--name", help="Name of the files without ending; else that of the records file.")
@click.option("--engine", type=click.Choice(ENGINES), default="weasyprint", show_default=True)
@click.option("--font", default=Style().font, show_default=True, help="Font for Chinese.")
def main(records: Path, out: Path, name: str | None, engine: Engine, font: str) -> None:
    """Set the report of a records file (its form: corpus/edition.py) as PDF and as text."""
    try:
        blocks, title = edition.load(records), edition.title(records)
        pdf = to_pdf(blocks, Style(font=font), title=title, engine=engine)
    except (edition.EditionError, EngineError) as wrong:
        raise click.ClickException(str(wrong)) from wrong
    out.mkdir(parents=True, exist_ok=True)
    base = out / (name or records.stem)
    base.with_name(f"{base.name}.pdf").write_bytes(pdf)
    base.with_name(f"{base.name}.md").write_text(to_markdown(blocks), encoding="utf-8")
    click.echo(f"{base}.pdf ({len(pdf) / 1e6:.2f} MB), {base}.md")


if __name__ == "__main__":
    main()
