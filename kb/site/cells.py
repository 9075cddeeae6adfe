"""How values are written in the cells of a table: one function for each form that `listing.toml` names.

They take a row and the name of a column, and give safe HTML. Plain functions, since a page has five hundred cells and
a template's macro costs ten times as much.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from datasette.utils import to_css_class
from markupsafe import Markup, escape

from kb.site import cite, labels, numbers, wording
from kb.site.text import fullwidth, shown

Form = Callable[[Any, str], str]


def _get(row: Any, name: str) -> Any:
    """A value, None where the row lacks it: an address may ask for a few columns alone."""
    try:
        return row[name]
    except (KeyError, IndexError):
        return None


def _text(value: object) -> str:
    return "" if value is None else str(escape(shown(str(value))))


def _safe(html: str) -> Markup:
    return Markup(html)  # noqa: S704 - everything in this module is put together from escaped parts


def _link(href: str, words: object, css: str = "") -> str:
    of_class = f' class="{css}"' if css else ""
    return f'<a{of_class} href="{escape(href)}">{words if isinstance(words, Markup) else _text(words)}</a>'


def chip(css: str, words: object) -> str:
    """A small label."""
    return f'<span class="chip {to_css_class(css) if css else ""}">{_text(words)}</span>'


def meter(share: float) -> Markup:
    """A bar with the share beside it: 0.95 is 95%."""
    css = "fill over" if share > 1.0001 else "fill"
    return _safe(
        '<span class="rate"><svg class="meter" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="track" width="100" height="8" rx="2"></rect>'
        f'<rect class="{css}" width="{min(max(share, 0) * 100, 100):.1f}" height="8" rx="2"></rect></svg> '
        f"{numbers.percent(share)}</span>"
    )


def _of_report(row: Any) -> str:
    year = _get(row, "year")
    return f"{_text(_get(row, 'sector'))} {numbers.roc(year) if isinstance(year, int) else ''}".strip()


def _label(row: Any, name: str) -> str:
    value = _get(row, name)
    return "" if value is None else _text(labels.value(name, value))


def _chip(column: str) -> Form:
    """A chip in the colour of the value, with its word from `labels.csv`."""

    def form(row: Any, name: str) -> str:
        value = _get(row, name)
        return chip(str(value), labels.value(column, value)) if value else ""

    return form


def _number(written: Callable[[float], object]) -> Form:
    def form(row: Any, name: str) -> str:
        value = _get(row, name)
        return str(written(value)) if isinstance(value, (int, float)) else ""

    return form


def listed(value: str | None) -> str:
    """A column of JSON as words with 、 between."""
    told = json.loads(value or "[]")
    return "、".join(_text(v) for v in told) if isinstance(told, list) else _text(value)


def measure(row: Any, _: str = "") -> Markup:
    """Code and name, below them where it is from."""
    words = _safe(f'<span class="code">{_text(_get(row, "code"))}</span> {_text(_get(row, "name"))}')
    below = [_of_report(row) + (" " + chip("new", "新增") if _get(row, "is_new") else ""), _text(_get(row, "period"))]
    return _safe(
        _link(cite.path("measures", _get(row, "id")), words, "strong")
        + f'<div class="sub">{" · ".join(part for part in below if part)}</div>'
    )


def row_link(table: str) -> Form:
    """The value as the link to its row. What is printed without a name is told by its kind and page."""

    def form(row: Any, name: str) -> str:
        words = _get(row, name) or numbers.nameless(table, _get(row, "page"))
        # Messages and reasons are this program's words, all others the report's.
        words = fullwidth(words) if name in ("message", "reason") else words
        return _link(cite.path(table, _get(row, "id")), words)

    return form


def _page(row: Any, name: str) -> str:
    page, report = _get(row, name), _get(row, "report_id")
    if not isinstance(page, int) or not report:
        return ""
    return f'<a href="{escape(cite.page_path(report, page))}" aria-label="原文第 {page} 頁">{page}</a>'


def _report(row: Any, name: str) -> str:
    report = _get(row, name)
    return _link(cite.path("reports", report), numbers.report_name(report)) if report else ""


def _sector_year(row: Any, _: str) -> str:
    report = _get(row, "report_id")
    return _link(cite.path("reports", report), _safe(_of_report(row))) if report else ""


def _owner(row: Any, _: str) -> str:
    # Datasette has looked up what they are called, and escaped it.
    columns = ("measure_id", "case_id", "claim_id")
    return "".join(shown(str(row.display(column))) for column in columns if _get(row, column))


def _measure_key(row: Any, name: str) -> str:
    return shown(str(row.display(name))) if _get(row, name) else "–"


def _changes(row: Any, name: str) -> str:
    told = json.loads(_get(row, name) or "[]")
    words = "、".join(labels.column("measures", str(change.get("field", ""))) for change in told)
    if not words and not (_get(row, "from_id") and _get(row, "to_id")):
        return ""
    return _link(cite.path("measure_links", _get(row, "id")), words or "內容無變更")


def _amount(row: Any, _: str) -> str:
    return f'<span class="amount">{_text(numbers.amount(row))}</span>' if _get(row, "unit") is not None else ""


def _canonical(row: Any, name: str) -> str:
    value = _get(row, name)
    if not isinstance(value, (int, float)):
        return ""
    unit = labels.unit(_get(row, "canonical_unit"))
    return f'{numbers.plain(value)} <span class="unit">{_text(unit)}</span>'


def _case(row: Any, _: str) -> str:
    link = _link(cite.path("cases", _get(row, "case_id")), _get(row, "title") or _get(row, "case_id"))
    return f'{link}<div class="sub">{_of_report(row)}</div>'


def _passage(row: Any, _: str) -> str:
    kind, key = _get(row, "kind"), _get(row, "row_id")
    words = _get(row, "title") or numbers.nameless(str(kind), _get(row, "page"))
    return _link(cite.path(kind, key), words) if kind and key else ""


def _rule(row: Any, name: str) -> str:
    rule = _get(row, name)
    return f'<span title="{escape(shown(str(rule)))}">{_text(labels.rule(rule))}</span>' if rule else ""


def _ratio(row: Any, name: str) -> str:
    # A ratio of what may not be compared is no share of anything.
    ratio = _get(row, name)
    is_comparable = _get(row, "status") != "not_comparable" and isinstance(ratio, (int, float))
    return meter(ratio) if is_comparable else ""


def _clamp(row: Any, name: str) -> str:
    text = _text(_get(row, name))
    return f'<div class="clamp">{text}</div>' if text else ""


def _corrected(row: Any, name: str) -> str:
    told = wording.corrected(str(_get(row, "table_name")), str(_get(row, "column_name")), _get(row, name))
    return f'<div class="clamp">{_text(told)}</div>'


def _column(row: Any, name: str) -> str:
    column = _get(row, name)
    return _text(labels.column(str(_get(row, "table_name")), str(column))) if column else ""


FORMS: Mapping[str, Form] = {
    "text": lambda row, name: _text(_get(row, name)),
    "label": _label,
    "number": _number(numbers.plain),
    "money": _number(numbers.ntd),
    "share": _number(numbers.percent),
    "table": lambda row, name: _text(labels.table(str(_get(row, name) or ""))),
    "rate": _number(meter),
    "ratio": _ratio,
    "time": lambda row, name: _text(numbers.moment(_get(row, name))),
    "roc": _number(lambda year: numbers.roc(int(year))),
    "yes": lambda row, name: "是" if _get(row, name) else "",
    "known": lambda row, name: "收錄" if _get(row, name) else chip("warning", "未收錄"),
    "list": lambda row, name: listed(_get(row, name)),
    "clamp": _clamp,
    "status": _chip("status"),
    "achievement": _chip("achievement"),
    "severity": _chip("severity"),
    "relation": lambda row, name: chip("", labels.relation(_get(row, name))),
    "sector_year": _sector_year,
    "report": _report,
    "page": _page,
    "measure": measure,
    "case": _case,
    "amount": _amount,
    "canonical": _canonical,
    "span": lambda row, _: numbers.years(_get(row, "start_year"), _get(row, "end_year")),
    "owner": _owner,
    "measure_key": _measure_key,
    "changes": _changes,
    "rule": _rule,
    "passage": _passage,
    "corrected": _corrected,
    "column": _column,
    # With the decimals of the row's report where the page knows them (`cell`).
    "emission": _number(numbers.plain),
}


ONE_OF_SEVERAL = '<span class="sub several" title="原文有多個數值，取其一">擇一</span>'
"""Behind a figure of a case that states more than one of its kind."""


def cell(form: str, row: Any, name: str, table: str, digits: Mapping[str, int] | None = None) -> Markup:
    """A cell's HTML; empty where there is nothing to show. `digits`: report -> decimals of its emissions.

    Raises `KeyError` for a form that is none.
    """
    if form == "emission" and digits and _get(row, "report_id") in digits:
        return _safe(_number(lambda value: numbers.fixed(value, digits[row["report_id"]]))(row, name))
    written = row_link(table) if form == "row" else FORMS[form]
    return _safe(written(row, name) + (ONE_OF_SEVERAL if name in str(_get(row, "several") or "").split(", ") else ""))


def status(row: Any) -> Markup:
    """A measure's status as a chip."""
    return _safe(FORMS["status"](row, "status"))


def rate(row: Any) -> Markup:
    """A measure's share of its budget that was spent, as a bar."""
    return _safe(FORMS["rate"](row, "execution_rate"))


def words(value: str | None) -> Markup:
    """A column of JSON as words."""
    return _safe(listed(value))
