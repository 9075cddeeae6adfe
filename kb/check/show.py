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
from kb.check.labels import Told, rule_label, told
from kb.check.model import Quality

SHARES = {
    "parts": "報告所列的部分有讀到",
    "digits": "附件一的數字有歸屬",
    "cells": "附件一的儲存格有歸屬",
    "fields": "措施欄位無疑義",
    "rows": "依編號應有的措施",
    "measures": "報告自稱的措施數",
    "strategies": "報告自稱的策略數",
    "emissions": "排放量各年無重大疑義",
    "cases": "案例無重大疑義",
    "comments": "意見無重大疑義",
}
"""Name of a share in the reader's words."""
WIDTH_WITHOUT_TERMINAL = 100
"""Columns of a line that goes to a file or another program; a terminal has its own."""
PRINTED, MOST_RULES = 60, 8
"""Characters of printed words that are shown; kinds of doubt in the summary."""


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
    """Print what was found, what is missing, the shares against their bounds, and the `limit` least certain doubts
    (0: all)."""
    out = console or Console()
    if console is None and not out.is_terminal:
        out = Console(width=WIDTH_WITHOUT_TERMINAL)
    entries = told(quality.report_id, quality.doubts)
    out.print(_verdict(quality, entries))
    out.print(_counts(quality))
    for entry in entries:
        if entry.is_whole_part:
            page = "" if entry.doubt.page is None else f"（第 {entry.doubt.page} 頁）"
            out.print(Text(f"✗ {entry.doubt.reason}{page}", "bold red"))
    for bound in quality.broken:
        name = SHARES.get(bound.name, bound.name)
        out.print(Text(f"✗ {name}低於下限 {bound.least:.0%}：{bound.reason}", "bold red"))
    if quality.broken or quality.doubts:
        out.print()
        out.print(_shares(quality))
    rest = [entry for entry in entries if not entry.is_whole_part]
    shown = rest[: limit or None]
    if shown:
        out.print(f"\n疑義 {len(rest)} 處：{_rules(rest)}\n")
        out.print(_doubts(shown))
    if len(shown) < len(rest):
        out.print(f"\n只列最沒把握的 {len(shown)} 處；--limit 0 列出全部，--json 逐欄列出")


def _verdict(quality: Quality, entries: list[Told]) -> Text:
    if quality.broken:
        return Text(f"{quality.report_id}：讀取不合格，有 {len(quality.broken)} 項低於下限，須先查明再發布", "bold red")
    if not entries:
        return Text(f"{quality.report_id}：讀取良好，各項下限都達到，沒有疑義", "bold green")
    return Text(f"{quality.report_id}：各項下限都達到；有 {len(entries)} 處請人核對", "bold")


def _counts(quality: Quality) -> Text:
    parts: list[tuple[str, str]] = []
    for count in quality.counts:
        said = "" if count.stated is None else f"（報告稱 {count.stated}）"
        name = schema.tables()[count.what].zh.split("(")[0].split("（")[0]
        parts.append((f"{name} {count.found}{said}", "" if count.holds else "red"))
        parts.append(("、", ""))
    joins = f"；跨頁接合 {len(quality.joins)} 處" if quality.joins else ""
    return Text.assemble("讀到：", *parts[:-1], joins)


def _shares(quality: Quality) -> Table:
    least = {bound.name: bound.least for bound in bounds()}
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("項目")
    for heading in ("讀到", "應有", "比率", "下限"):
        table.add_column(heading, justify="right", no_wrap=True)
    for share in quality.shares:
        bound = least.get(share.name)
        style = "red" if bound is not None and share.value < bound else ""
        limit = "" if bound is None else f"{bound:.0%}"
        name = SHARES.get(share.name, share.name)
        table.add_row(name, str(share.part), str(share.whole), f"{share.value:.1%}", limit, style=style)
    return table


def _rules(entries: list[Told]) -> str:
    found = Counter(rule_label(entry.doubt.rule) for entry in entries).most_common()
    more = f"，其他 {sum(n for _, n in found[MOST_RULES:])}" if len(found) > MOST_RULES else ""
    return "、".join(f"{name} {count}" for name, count in found[:MOST_RULES]) + more


def _doubts(entries: list[Told]) -> Table:
    """One row for each entry: how sure, page, where, and the reason with the printed words below it."""
    table = Table(box=None, pad_edge=False, header_style="bold", expand=False)
    table.add_column("把握", justify="right", no_wrap=True)
    table.add_column("頁", justify="right", no_wrap=True)
    table.add_column("何處", max_width=24, overflow="fold")
    table.add_column("理由與印出的文字", overflow="fold", ratio=1)
    for entry in entries:
        doubt = entry.doubt
        where = entry.where if not entry.columns else f"{entry.where}\n{entry.columns}"
        printed = " ".join(doubt.printed.split())
        short = printed if len(printed) <= PRINTED else f"{printed[:PRINTED]}…"
        words = Text.assemble(doubt.reason, *([("\n" + f"「{short}」", "dim")] if short else []))
        table.add_row(f"{doubt.certainty:.0%}", "" if doubt.page is None else str(doubt.page), Text(where), words)
    return table
