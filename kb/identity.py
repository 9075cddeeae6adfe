"""Which report is it: its id from sector and year, and back."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib import resources

import regex

from extract.records import Report
from kb.errors import KbError, ReportIdUnknown

ID_FORM = regex.compile(r"[a-z][a-z0-9_]*(?:-[a-z0-9_]+)*")
ROC = 1911
"""Gregorian year = ROC year + 1911."""


@cache
def sectors() -> Mapping[str, str]:
    """Sector as printed -> slug."""
    with resources.files("kb").joinpath("sectors.csv").open(encoding="utf-8") as source:
        return {line["sector"]: line["slug"] for line in csv.DictReader(source)}


def report_id(report: Report, given: str | None = None) -> str:
    """The id `<sector slug>-<ROC year>`, or the one given.

    Raises `ReportIdUnknown` where the file states no sector or year and none was given.
    """
    if given is not None:
        return checked(given)
    slug = sectors().get((report.sector or "").removesuffix("部門"))
    if slug is None or report.roc_year is None:
        lacking = [
            *([f"sector ({report.sector or 'none printed'})"] if slug is None else []),
            *(["year"] if report.roc_year is None else []),
        ]
        raise ReportIdUnknown(
            f"{report.source_name}: its {' and '.join(lacking)} cannot be told from the text; "
            "give the id, for example --id manufacturing-113"
        )
    return f"{slug}-{report.roc_year}"


def checked(given: str) -> str:
    """The id as given. Raises `KbError` where it could not stand in a link."""
    if not ID_FORM.fullmatch(given):
        raise KbError(f"--id {given}: use small letters, digits and hyphens, for example manufacturing-113")
    return given


def sector_and_year(identity: str) -> tuple[str | None, int | None]:
    """Sector as printed and ROC year that an id states, None for what it does not."""
    slug, _, year = identity.rpartition("-")
    sector = {s: printed for printed, s in sectors().items()}.get(slug)
    return sector, int(year) if year.isascii() and year.isdigit() else None
