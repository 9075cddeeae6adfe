"""Writes one random report as PDF, text and gold records.

python -m tests.roundtrip.generate --seed 7 --out DIR [--sector transport] [--year 113] [--engine chromium] …
"""

import json
import random
from pathlib import Path

import click

from corpus.engines import ENGINES, Engine, to_pdf
from tests.roundtrip.reports import Generated, Plan, generate
from tests.roundtrip.wording import SECTORS


def report_of(seed: int, sector: str | None = None, year: int | None = None, plan: Plan | None = None) -> Generated:
    """The report of the seed: the same for the same arguments, on every machine."""
    rng = random.Random(seed)  # noqa: S311  # for variety, not for secrets
    return generate(rng, sector or rng.choice(SECTORS), year or rng.randint(110, 116), plan or Plan())


@click.command()
@click.option("--seed", type=int, required=True, help="The same seed gives the same report.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True)
@click.option("--engine", type=click.Choice(ENGINES), default="weasyprint", show_default=True)
@click.option("--sector", type=click.Choice(SECTORS))
@click.option("--year", type=click.IntRange(110, 119), help="ROC year of the report.")
def main(seed: int, out: Path, engine: Engine, sector: str | None, year: int | None) -> None:
    """Write <sector>-<year>.pdf, .md and .json to a folder."""
    report = report_of(seed, sector, year)
    out.mkdir(parents=True, exist_ok=True)
    (out / f"{report.name}.md").write_text(report.markdown(), encoding="utf-8")
    gold = json.dumps(report.gold, ensure_ascii=False, indent=1)
    (out / f"{report.name}.json").write_text(gold + "\n", encoding="utf-8")
    pdf = to_pdf(report.blocks, report.style, title=report.title, engine=engine)
    (out / f"{report.name}.pdf").write_bytes(pdf)
    click.echo(f"{out / report.name}.pdf {len(pdf)} bytes, {report.style}")


if __name__ == "__main__":
    main()
