"""The words of this room, read once from the data files beside it.

    units.csv          printed form, dimension, canonical unit, factor, how it stands in a rate, kind; whether Chinese
                       numerals go with it (2: from two up, 1: 一 too), and what may not stand behind it
    kinds.toml         words that decide the meaning of a figure
    comparators.toml   words that make a figure a bound
    periods.toml       time words
    names.toml         numbers that are part of a name, a code, a date

A line added there is enough for next year's wording. A file that does not hold together raises `ValueError` at the
first reading.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import regex

from extract.language.fold import SCRIPTS, fold
from extract.language.sheet import UnitForm

HERE = Path(__file__).parent
TIMEOUT = 5.0
"""Seconds that one pattern may take over one text; a text that needs longer is signalled, not waited for."""


def unit_key(printed: str) -> str:
    """How units are looked up: folded, lower case, scripts as digits, without spaces."""
    return "".join(fold(printed).translate(SCRIPTS).lower().split())


@cache
def unit_forms() -> Mapping[str, UnitForm]:
    """The lines of units.csv by their key."""
    forms: dict[str, UnitForm] = {}
    with (HERE / "units.csv").open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            key = unit_key(line["form"])
            if key in forms:
                raise ValueError(f"units.csv: {line['form']} stands twice")
            forms[key] = UnitForm(
                form=line["form"],
                dimension=line["dimension"],
                canonical=line["canonical"] or line["form"],
                factor=Decimal(line["factor"] or 1),
                # what is counted one by one can stand under a line: kgCO2e/包
                rate=line["rate"] or (line["form"] if line["dimension"] == "counter" and len(key) == 1 else ""),
                kind=line["kind"],
                chinese=line["chinese"],
                not_before=tuple(unit_key(w) for w in line["not_before"].split()),
            )
    return dict(_times_counted(forms)) | forms


def _times_counted(forms: Mapping[str, UnitForm]) -> Iterator[tuple[str, UnitForm]]:
    """艘次, 杯次, 盒次: every counter of one character with 次 counts how often."""
    once = forms["次"]
    for key, form in forms.items():
        if form.dimension == "counter" and len(key) == 1 and key not in "次年":
            kind = form.kind if form.kind in ("organisations", "participants") else once.kind
            name = f"{form.form}次"
            yield f"{key}次", UnitForm(name, "counter", name, Decimal(1), name, kind, "2", (*once.not_before, "要"))


@cache
def longest_form() -> int:
    """Characters of the longest key."""
    return max(map(len, unit_forms()))


@cache
def table(name: str) -> Mapping[str, Any]:
    """One of the TOML files."""
    return tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))


def any_of(words: Sequence[str]) -> str:
    """A pattern for any of the words, the longest first."""
    return "|".join(regex.escape(fold(w)) for w in sorted(words, key=len, reverse=True))
