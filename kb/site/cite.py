"""The line by which a row is cited: report, page, link."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from datasette.utils import tilde_encode

NAME = "kb"
"""Under which the database is served, whatever its file is called: links outlive a new file name."""


def path(table: str, *keys: object) -> str:
    """A row's page on this site; a key of several columns has its parts in order."""
    return f"/{NAME}/{tilde_encode(table)}/" + ",".join(tilde_encode(str(key)) for key in keys)


def page_path(report_id: str, page: int) -> str:
    """The report opened at a page of the file."""
    return f"{path('reports', report_id)}?page={page}"


def search_path(query: str) -> str:
    """The search for these words."""
    return f"/search?q={quote(query)}"


def where(row: Mapping[str, Any]) -> str:
    """In words where a row stands: `第 34 頁`, or the characters of a text file; empty where it is not known."""
    if row.get("page") is not None:
        return f"第 {row['page']} 頁"
    if row.get("char_start") is not None:
        return f"文字檔第 {row['char_start']}–{row['char_end']} 字元"
    return ""


def line(report: Mapping[str, Any] | None, href: str, row: Mapping[str, Any]) -> str:
    """`《…成果報告》（運輸 113），第 12 頁，http://…/kb/measures/…`. `href` is the whole address of the row."""
    told = ""
    if report is not None:
        title = report["title"] or report["source_name"]
        told = f"《{title}》（{report['sector'] or '部門未載明'} {report['roc_year'] or ''}".rstrip() + "）"
    return "，".join(part for part in (told, where(row), href) if part)
