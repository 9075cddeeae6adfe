"""A check for people, in the terminal, and for programs, as JSON."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from kb import schema
from kb.check.bounds import bounds
from kb.check.model import Doubt, Quality

SHARES = {
    "digits": "附件一的數字有歸屬",
    "cells": "附件一的儲存格有歸屬",
    "fields": "措施欄位無疑義",
    "rows": "依編號應有的措施",
    "measures": "報告自稱的措施數",
    "strategies": "報告自稱的策略數",
}
"""Name of a share in the reader's words."""


def as_dict(quality: Quality) -> dict[str, Any]:
    """Everything, as JSON holds it; `signals` are the doubts."""
    return {
        "report": quality.report_id,
        "is_good": quality.is_good,
        "counts": [asdict(count) | {"holds": count.holds} for count in quality.counts],
        "shares": [asdict(share) | {"value": round(share.value, 4)} for share in quality.shares],
        "broken_bounds": [asdict(bound) for bound in quality.broken],
        "joins": list(quality.joins),
        "signals": [asdict(doubt) for doubt in quality.doubts],
    }


def show(quality: Quality, limit: int, console: Console | None = None) -> None:
    """Print counts, shares against their bounds, and the `limit` least certain doubts (0: all)."""
    out = console or Console()
    out.print(Text(f"{quality.report_id}", "bold"))
    out.print(_counts(quality))
    out.print(_shares(quality))
    out.print(f"跨頁接合 {len(quality.joins)} 處；疑義 {len(quality.doubts)} 項：{_rules(quality)}")
    shown = quality.doubts[: limit or None]
    if shown:
        out.print(_doubts(quality, shown))
    if len(shown) < len(quality.doubts):
        out.print(f"{len(shown)} of {len(quality.doubts)} shown; more with --limit, all with --json")
    for bound in quality.broken:
        out.print(Text(f"✗ {SHARES.get(bound.name, bound.name)} < {bound.least:.0%}: {bound.reason}", "bold red"))


def _counts(quality: Quality) -> Text:
    parts = []
    for count in quality.counts:
        said = "" if count.stated is None else f"（報告稱 {count.stated}）"
        parts.append((f"{schema.tables()[count.what].zh} {count.found}{said}  ", "" if count.holds else "red"))
    return Text.assemble(*parts)


def _shares(quality: Quality) -> Table:
    least = {bound.name: bound.least for bound in bounds()}
    table = Table("項目", "讀到", "應有", "比率", "下限", box=None)
    for share in quality.shares:
        bound = least.get(share.name)
        style = "red" if bound is not None and share.value < bound else ""
        words = SHARES.get(share.name, share.name)
        shown = (
            words,
            str(share.part),
            str(share.whole),
            f"{share.value:.1%}",
            "" if bound is None else f"{bound:.0%}",
        )
        table.add_row(*shown, style=style)
    return table


def _rules(quality: Quality) -> str:
    return "、".join(f"{rule} {count}" for rule, count in Counter(d.rule for d in quality.doubts).most_common())


def _doubts(quality: Quality, doubts: tuple[Doubt, ...]) -> Table:
    table = Table("把握", "資料列", "欄位", "頁", "理由", "印出的文字", box=None)
    for doubt in doubts:
        key = (doubt.key or doubt.table).removeprefix(f"{quality.report_id}/")
        where = "" if doubt.page is None else str(doubt.page)
        printed = " ".join(doubt.printed.split())[:40]
        table.add_row(f"{doubt.certainty:.0%}", key, doubt.column or "整列", where, doubt.reason, printed)
    return table
