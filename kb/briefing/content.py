"""What a briefing says, from the knowledge base alone. Every figure is a link to the row that it was read into."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from typing import get_args

from kb.achieve import achievements
from kb.achieve.judging import Status
from kb.audit.facts import Facts
from kb.audit.headline import annex, headlines
from kb.audit.model import Figure, Row
from kb.audit.stored import SEVERITIES, findings
from kb.briefing.blocks import Block, Briefing, Grid, Heading, Line, Paragraph, Span, grid, line
from kb.identity import ROC
from kb.site import cite, labels
from kb.site.numbers import large, money, percent, plain

SHOWN = 12
"""Rows of each table: the whole lists are on the site."""
WORDS = 26
"""Characters of a quoted figure that a cell takes."""
STATUSES: tuple[Status, ...] = get_args(Status)


class Links:
    """Addresses of rows: the site's, with its own address in front."""

    def __init__(self, site: str) -> None:
        self.site = site.rstrip("/")

    def to(self, table: str, row: Row, text: str) -> Span:
        """Words that lead to a row."""
        return Span(text, f"{self.site}{cite.path(table, row['id'])}")

    def place(self, table: str, row: Row) -> Span:
        """The place of a row in words, leading to it."""
        return self.to(table, row, cite.where(row) or "出處")

    def figure(self, figure: Figure) -> Span:
        """A figure as printed, leading to its row."""
        return self.to("quantities", {"id": figure.id}, figure.printed)

    def quote(self, figure: Figure) -> Span:
        """The words around a figure, its end at least: 4 份 alone says nothing."""
        words = "".join(figure.quote.split())
        return self.to("quantities", {"id": figure.id}, words if len(words) <= WORDS else f"…{words[-WORDS:]}")


def briefing(conn: sqlite3.Connection, report_id: str, site: str = "") -> Briefing:
    """The briefing on a report. `site` is the address under which the knowledge base is served."""
    facts, links = Facts(conn, report_id), Links(site)
    report = facts.report
    subtitle = "，".join(
        part
        for part in (
            f"{report['sector'] or ''}部門 {report['roc_year'] or ''} 年".strip(),
            f"{report['published']} 出版" if report["published"] else "",
            "主辦：" + "、".join(json.loads(report["lead_agencies"])) if report["lead_agencies"] != "[]" else "",
            f"來源檔 {report['source_name']}",
        )
        if part
    )
    blocks = (
        *_in_short(facts),
        *_year(facts, links),
        *_achieved(facts, links),
        *_found(facts, links),
        *_cases(facts, links),
    )
    return Briefing(f"{report['title'] or report_id} 摘要簡報", subtitle, blocks)


def _in_short(facts: Facts) -> Iterator[Block]:
    """What a reader with a minute must know: emissions against the target, targets met, what does not hold."""
    said = []
    known = [r for r in facts.emissions if r["target"] and r["actual"] is not None and not r["is_estimate"]]
    for r in known[-1:]:
        value = r["corrected"] if r["corrected"] is not None else r["actual"]
        how = "校正後" if r["corrected"] is not None else ""
        word = "低於" if value < r["target"] else "高於" if value > r["target"] else "等於"
        said.append(
            f"{r['year'] - ROC} 年排放量{how} {plain(value)} 百萬公噸 CO2e，{word}目標值 {plain(r['target'])}"
            f"（{(value - r['target']) / r['target']:+.1%}）。"
        )
    told = achievements(facts)
    able = [a for a in told if a.status not in ("not_comparable", "no_figure")]
    if able:
        met, late = (sum(a.status in kinds for a in able) for kinds in (("met", "on_course"), ("missed", "behind")))
        said.append(
            f"可與成果比較的目標 {len(able)} 個，達成或在進度內 {met} 個（{met / len(able):.0%}），"
            f"未達或落後 {late} 個；"
            f"另有 {len(told) - len(able)} 個無從比較。"
        )
    errors = [f for f in findings(facts.conn, facts.id) if f["severity"] == "error"]
    if not said:
        return
    said.append(
        f"以報告自身各表重算，有 {len(errors)} 處數字兜不攏，詳「檢核發現」。"
        if errors
        else "以報告自身各表重算，未見確定的數字矛盾。"
    )
    yield Heading("重點")
    yield from (Paragraph(line(text)) for text in said)


def _year(facts: Facts, links: Links) -> Iterator[Block]:
    yield Heading("年度數字")
    measures = facts.measures
    ended = sum(m.has_ended for m in measures)
    kinds = Counter(m.row["category"] or "未分類" for m in measures)
    rows: list[tuple[str, Line]] = [
        (
            "策略與措施",
            line(
                f"{len(facts.rows('strategies'))} 項策略、{len(measures)} 項措施"
                f"(推動中 {len(measures) - ended}、已結束 {ended}；"
                + "、".join(f"{kind} {count}" for kind, count in kinds.most_common())
                + ")"
            ),
        )
    ]
    rows += [
        ("當年減碳量(文中)", line(links.figure(f), " ", links.place("quantities", f.place)))
        for f in {f.amount: f for f in headlines(facts)}.values()
    ]
    told = annex(facts)
    if told.figures:
        rows.append(("當年減碳量(附件各措施合計)", line(large(told.total, "公噸 CO2e"))))
    amounts = [m.row["budget_ntd"] for m in measures if m.row["budget_ntd"] is not None]
    if amounts:
        rows.append(("經費(附件各措施合計)", line(money(sum(amounts)), f"，{len(amounts)} 項措施")))
    for r in facts.rows("indicators"):
        words = f"目標 {r['target'] or '—'}；成果 {r['result'] or '—'} "
        rows.append((r["name"] or "", line(words, links.place("indicators", r))))
    yield grid(("項目", "數字"), rows)
    if facts.emissions:
        yield Paragraph(line("排放量，百萬公噸 CO2e:"))
        yield _emissions(facts, links)


def _emissions(facts: Facts, links: Links) -> Grid:
    rows = []
    for r in facts.emissions:
        value = r["corrected"] if r["corrected"] is not None else r["actual"]
        gap = "" if value is None or r["target"] is None else plain(value - r["target"], 1)
        estimate = "(推估)" if r["is_estimate"] else ""
        year = links.to("emissions", r, f"{r['year'] - ROC} 年{estimate}")
        rows.append((year, plain(r["target"]), plain(r["actual"]), plain(r["corrected"]), gap))
    return grid(("年度", "目標", "實際", "校正後", "與目標之差"), rows, range(1, 5))


def _achieved(facts: Facts, links: Links) -> Iterator[Block]:
    told = achievements(facts)
    if not told:
        return
    yield Heading("目標達成情形")
    counted = Counter(a.status for a in told)
    words = "、".join(f"{labels.value('achievement', s)} {counted[s]}" for s in STATUSES if counted[s])
    yield Paragraph(line(f"目標數值 {len(told)} 個：{words}。"))
    by_agency: dict[str, Counter[Status]] = {}
    for a in told:
        for agency in json.loads(a.measure.row["lead_agencies"]) or ["未載主辦機關"]:
            by_agency.setdefault(agency, Counter())[a.status] += 1
    shown = [s for s in STATUSES if counted[s]]
    rows = [(agency, *(str(of[s] or "") for s in shown)) for agency, of in by_agency.items()]
    yield grid(("主辦機關", *(labels.value("achievement", s) for s in shown)), rows, range(1, len(shown) + 1))
    short = [a for a in told if a.status in ("missed", "behind", "on_course")]
    if short:
        yield Paragraph(line("未達、落後與依進度進行者："))
        short.sort(key=lambda a: (STATUSES[::-1].index(a.status), a.ratio or 0))
        yield grid(
            ("措施", "目標", "成果", "比率", "狀態"),
            [
                (
                    links.to("measures", a.measure.row, f"{a.measure.code} {a.measure.row['name']}"),
                    links.quote(a.target),
                    links.quote(a.result) if a.result else "—",
                    percent(a.ratio),
                    labels.value("achievement", a.status),
                )
                for a in short[:SHOWN]
            ],
            (3,),
        )


def _found(facts: Facts, links: Links) -> Iterator[Block]:
    told = findings(facts.conn, facts.id)
    if not told:
        return
    yield Heading("檢核發現")
    counted = Counter(f["severity"] for f in told)
    words = "、".join(f"{labels.value('severity', s)} {counted[s]}" for s in SEVERITIES if counted[s])
    yield Paragraph(line(f"依報告自身各表重算，共 {len(told)} 則：{words}。以下列最重要者。"))
    yield grid(
        ("程度", "說明", "出處"),
        [(labels.value("severity", f["severity"]), f["message"], links.place("findings", f)) for f in _gravest(told)],
    )


def _gravest(told: list[Row]) -> list[Row]:
    """The errors first, of each rule one before the second of any; the list on the site has them all."""
    seen: Counter[str] = Counter()
    ranked = []
    for at, f in enumerate(told):
        if f["severity"] != "info":
            seen[f["rule"]] += 1
            ranked.append((SEVERITIES.index(f["severity"]), seen[f["rule"]], at, f))
    return [f for *_, f in sorted(ranked, key=lambda r: r[:3])][:SHOWN]


def _cases(facts: Facts, links: Links) -> Iterator[Block]:
    cursor = facts.conn.execute("select * from case_metrics where report_id = ?", (facts.id,))
    names = [c[0] for c in cursor.description]
    cases = [dict(zip(names, values, strict=True)) for values in cursor]
    if not cases:
        return
    yield Heading("亮點案例")
    told = ("investment_ntd", "kwh_saved", "reduction_tco2e", "payback_years")
    cases.sort(key=lambda c: (-sum(c[column] is not None for column in told), -(c["reduction_tco2e"] or 0)))
    yield grid(
        ("案例", "產業", "投資", "年節電(度)", "減碳(公噸)", "回收(年)"),
        [
            (
                links.to("cases", {"id": c["case_id"]}, c["title"] or "案例"),
                c["industry"] or "",
                money(c["investment_ntd"]),
                large(c["kwh_saved"]),
                large(c["reduction_tco2e"]),
                plain(c["payback_years"]),
            )
            for c in cases[:SHOWN]
        ],
        (2, 3, 4, 5),
    )
    if len(cases) > SHOWN:
        yield Paragraph(line(f"另有 {len(cases) - SHOWN} 則案例。"))
