"""What every template may use, and how it writes text that came from outside."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from datasette import hookimpl
from datasette.utils import tilde_encode

from kb.site import beside, cells, cite, comparing, labels, listing, numbers, wording
from kb.site.faults import in_chinese
from kb.site.text import fullwidth, shown

NAV = (
    ("/search", "搜尋"),
    (f"/{cite.NAME}/measures", "措施"),
    (f"/{cite.NAME}/quantities", "數值"),
    (f"/{cite.NAME}/cases", "案例"),
    (f"/{cite.NAME}/comments", "委員意見"),
    (f"/{cite.NAME}/agencies", "機關"),
    ("/check", "檢核"),
    ("/compare", "跨年比較"),
    ("/downloads", "取用"),
    ("/about", "關於資料"),
)


@hookimpl  # type: ignore[untyped-decorator]
def prepare_jinja2_environment(env: Any) -> None:
    """Filters and names for all templates."""
    env.finalize = visible
    env.filters |= {
        "large": numbers.large,
        "money": numbers.money,
        "ntd": numbers.ntd,
        "percent": numbers.percent,
        "fixed": numbers.fixed,
        "plain": numbers.plain,
        "roc": numbers.roc,
        "amount": numbers.amount,
        "converted": numbers.converted,
        "meaning": numbers.meaning,
        "relation": labels.relation,
        "changes": comparing.changes,
        "rule": labels.rule,
        "rule_family": labels.family,
        "unit": labels.unit,
        "moment": numbers.moment,
        "fullwidth": fullwidth,
        "whole": whole,
        "in_chinese": in_chinese,
        "report_name": numbers.report_name,
        "anchor": anchor,
        "local": local,
        "pairs": lambda query: parse_qsl(query, keep_blank_values=True),
        "from_json": lambda text: json.loads(text or "[]"),
    }
    env.globals |= {
        "cells": cells,
        "label": labels.value,
        "table_name": labels.table,
        "column_name": labels.column,
        "years": numbers.years,
        "row_path": cite.path,
        "page_path": cite.page_path,
        "where": cite.where,
        "table_path": table_path,
        "nav": NAV,
        "db_name": cite.NAME,
        "listed": listing.listed,
        "facets_in_order": listing.facets_in_order,
        "filters_in_words": listing.filters_in_words,
        "in_words": wording.in_words,
        "corrected": wording.corrected,
        "printed_words": wording.printed,
        "emission_columns": wording.EMISSIONS,
        "emission_digits": wording.emission_digits,
        "levels": levels,
        "note": note,
        "heading": heading,
        "metric": beside.metric,
        "nameless": numbers.nameless,
        "without_page": listing.without_page,
        "chart_words": chart_words,
    }


def visible(value: object) -> object:
    """Text with its invisible marks written out; anything else as it is. Markup stays markup."""
    return type(value)(shown(value)) if isinstance(value, str) else value


def table_path(table: str, **filters: object) -> str:
    """A table's page, filtered: `table_path('measures', sector='運輸')`."""
    told = {name: value for name, value in filters.items() if value is not None}
    return f"/{cite.NAME}/{table}" + (f"?{urlencode(told)}" if told else "")


def heading(number: str | None, words: str | None) -> str:
    """A heading as printed: 壹、摘要; 2.1 節能. Chinese numbers bring their own gap."""
    gap = "" if (number or "").endswith(("、", "）", "．")) else " "
    return f"{number or ''}{gap}{words or ''}".strip()


LONGEST_LEVEL = 40
"""Characters of one level of a table's header that stand beside a value."""


def levels(header: Sequence[Sequence[str]], column: int) -> str:
    """The name of a printed table's column, all levels of its header: 累計 目標值. A cell that reaches over several
    rows or columns says its words once."""
    words = (" ".join(line[column].split()) for line in header if column < len(line))
    told = [w if len(w) <= LONGEST_LEVEL else w[: LONGEST_LEVEL - 1] + "…" for w in dict.fromkeys(words) if w]
    return " ".join(told)


NOTE_MARKS = ("註", "附註", "備註", "說明", "單位", "※", "*")


def note(words: str) -> str:
    """A note under a table as printed; 註： in front where it has no such word of its own."""
    return words if words.lstrip().startswith(NOTE_MARKS) else f"註：{words}"


def anchor(key: str) -> str:
    """A row's key as a name within the page."""
    return str(tilde_encode(key)).replace("~", "_")


def whole(value: object) -> object:
    """A number of an SQL answer without the .0 that says nothing: 41200000000.0 is 41200000000."""
    text = str(value)
    return text[:-2] if text.endswith(".0") and text[:-2].lstrip("-").isdigit() else value


def local(url: str) -> str:
    """An address of this site without its host: Datasette makes whole ones of the host that it was asked under."""
    parts = urlsplit(url)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def chart_words(lines: Sequence[Mapping[str, Any]]) -> str:
    """What a chart of emissions shows, in a sentence: the last year with a figure, against its target."""
    told = [line for line in lines if line["actual"] is not None]
    if not told:
        return "僅有目標，尚無實際排放量。"
    last, digits = told[-1], wording.emission_digits(lines)
    kind = "推估" if last["is_estimate"] else "實際"
    words = f"{numbers.roc(last['year'])} 年{kind} {numbers.fixed(last['actual'], digits)}"
    if last["corrected"] is not None:
        words += f"（校正後 {numbers.fixed(last['corrected'], digits)}）"
    if last["target"] is None:
        return words + " 百萬公噸。"
    # The target counts electricity by the target's own factor, as the corrected value does.
    value = last["actual"] if last["corrected"] is None else last["corrected"]
    over = value - last["target"]
    side = f"{'' if last['corrected'] is None else '校正後'}{'高於' if over > 0 else '低於'}"
    target, distance = (numbers.fixed(amount, digits) for amount in (last["target"], abs(over)))
    return f"{words}，目標 {target}，{side}目標 {distance} 百萬公噸。"
