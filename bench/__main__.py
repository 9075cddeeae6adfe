"""`python -m bench`: the parts in turn, as a table for people and as JSON for programs."""

from __future__ import annotations

import importlib
import json
import pkgutil
from pathlib import Path
from types import ModuleType

import click
from rich.console import Console
from rich.table import Table

import bench
from bench.ratio import Ratio

ROOT = Path(__file__).parents[1]
SAMPLES = (
    ROOT.parent / "shared" / "reports" / "manufacturing-113.pdf",
    ROOT / "corpus" / "manufacturing-113-abridged.pdf",
)
"""The whole report where it stands beside the project; else the abridged edition."""


def parts() -> dict[str, ModuleType]:
    """The modules of this package that measure something, by name."""
    names = [module.name for module in pkgutil.iter_modules(bench.__path__) if module.name != "__main__"]
    modules = {name: importlib.import_module(f"bench.{name}") for name in names}
    return {name: module for name, module in modules.items() if hasattr(module, "measure")}


@click.command()
@click.argument("names", nargs=-1, metavar="[PART]…", type=click.Choice(list(parts())))
@click.option("--sample", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Another report (PDF).")
def main(names: tuple[str, ...], sample: Path | None) -> None:
    """Measure PARTs, or all: ratios to bare tools, in one run."""
    path = sample or next(path for path in SAMPLES if path.exists())
    console = Console(stderr=True, width=150)
    ratios: list[Ratio] = []
    for name, module in parts().items():
        if not names or name in names:
            console.print(f"measuring {name} …", style="dim")
            ratios.extend(module.measure(path.resolve()))
    console.print(_table(ratios, path.name))
    click.echo(json.dumps({"sample": path.name, "ratios": [ratio.record() for ratio in ratios]}, indent=1))


def _table(ratios: list[Ratio], sample: str) -> Table:
    table = Table(title=sample, box=None, pad_edge=False, header_style="bold")
    for heading, side in (
        ("", "left"),
        ("measured", "right"),
        ("base", "right"),
        ("ratio", "right"),
        ("bound", "right"),
    ):
        table.add_column(heading, justify="right" if side == "right" else "left")
    for heading in ("", "base is", "note"):
        table.add_column(heading)
    for r in ratios:
        figures = (f"{r.measured:.2f} {r.unit}", f"{r.base:.2f} {r.unit}", f"{r.ratio:.2f}", f"{r.bound:g}")
        table.add_row(r.name, *figures, "" if r.is_within else "over", r.base_is, r.note)
    return table


if __name__ == "__main__":
    main(prog_name="python -m bench")
