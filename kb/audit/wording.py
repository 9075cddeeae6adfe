"""Names where the report masks them, captions and references that do not match, names that differ by a few words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import combinations

import regex

from kb.audit import vocabulary
from kb.audit.facts import Facts
from kb.audit.model import Finding, Row, Text, evidence, first, matches, rule
from kb.audit.texts import squeezed

MASK = regex.compile(r"\p{Han}[○Ｏ〇◯●]\p{Han}?[○〇◯●]?|某[\p{Han}]{0,8}?(?:業|廠|公司|企業|業者|團隊)")
INCORPORATED = regex.compile(r"(?<!某)(?<!\p{Han})\p{Han}{2,6}?(?:股份有限公司|有限公司)")
CAPTION = regex.compile(r"^(圖|表)\s*([\d一二三四五六七八九十]+(?:[-.]\d+)?)")
REFERENCE = regex.compile(r"(?:如|見|參|參見|於|由|依|及)?\s*(圖|表)\s*(\d+(?:[-.]\d+)?)(?!\s*[、:：.]\s*\p{Han}{3})")
ANNEX = regex.compile(r"^(?:附件|附錄|附表)")
QUOTED = regex.compile(r"「([^「」]{8,40})」")
PROGRAMME = regex.compile(r"[\p{Han}A-Za-z.]{6,24}?計畫")
SAME = 0.8
"""Names alike by 80 % of their characters and yet not equal are one name in two forms."""


@rule("wording:unmasked", "公司名稱依詞彙表 companies.csv 與「股份有限公司」字樣；僅在報告以某、○隱去名稱時檢查")
def unmasked(facts: Facts) -> Iterable[Finding]:
    """報告以「某業者」或○隱去名稱，卻在他處寫出公司名稱。"""
    texts = (*facts.cases, *facts.items.values())
    if sum(first(MASK, t.text) is not None for t in texts) < 2:
        return
    for text in texts:
        names = {n for n in vocabulary.companies() if n in text.text}
        names |= {m[0] for m in matches(INCORPORATED, text.text)}
        names -= {n for n in names if any(n != o and n in o for o in names)}
        for name in sorted(names):
            at = text.text.find(name)
            quote = text.text[max(0, at - 12) : at + len(name) + 12]
            message = f"「{name}」為未隱去的公司名稱，報告其他各處以「某」或○代稱"
            yield Finding("warning", message, (evidence(text.table, text.id, quote, text.place),), text.context, 0.85)


def _captions(facts: Facts) -> Iterator[tuple[str, str, Row, str]]:
    """Kind, number, row and table of every numbered caption; those whose number stands in the caption alone too."""
    for kind, table in (("圖", "figures"), ("表", "tables")):
        for row in facts.rows(table):
            if row["number"]:
                yield kind, str(row["number"]), row, table
            elif (found := first(CAPTION, row["caption"] or "")) and found[1] == kind:
                yield kind, found[2], row, table


def _position(row: Row) -> tuple[int, float]:
    """Where a row stands in its file: offset of a text, page and height of a PDF."""
    if row["char_start"] is not None:
        return int(row["char_start"]), 0.0
    return int(row["page"] or 0), float(json.loads(row["boxes"])[0][2]) if row["boxes"] else 0.0


def _annex_start(facts: Facts) -> tuple[int, float] | None:
    """Where the first annex begins."""
    rows = [
        r
        for r in facts.rows("sections")
        if any(first(ANNEX, squeezed(r[part] or "")) for part in ("number", "heading"))
    ]
    rows += [m.row for m in facts.measures[:1]]
    rows += [t for t in facts.tables for m in facts.measures[:1] if facts.inside(m.text(), t)]
    return min((_position(r) for r in rows), default=None)


@rule("wording:captions", "無容差：圖表編號各自唯一、連續；附件自編圖表號者不計")
def captions(facts: Facts) -> Iterable[Finding]:
    """圖號、表號重複、跳號，或有圖名而無編號。"""
    told = list(_captions(facts))
    seen: dict[tuple[str, str], tuple[Row, str]] = {}
    annex = _annex_start(facts)
    for kind, value, row, table in told:
        if annex is not None and _position(row) >= annex:
            # An annex numbers its own.
            continue
        if (kind, value) in seen:
            other, _ = seen[kind, value]
            message = f"{kind} {value} 有兩個：「{other['caption']}」與「{row['caption']}」"
            quotes = tuple(evidence(table, r["id"], r["caption"] or "", r) for r in (other, row))
            yield Finding("warning", message, quotes, f"{kind} {value}")
        seen.setdefault((kind, value), (row, table))
    for kind in ("圖", "表"):
        plain = sorted({int(v) for k, v, *_ in told if k == kind and v.isdigit()})
        gaps = [n for n in range(1, plain[-1]) if n not in plain] if plain else []
        if gaps:
            message = f"{kind}號跳號：缺 {kind} {'、'.join(map(str, gaps))}"
            yield Finding("info", message, (), kind, 0.6)
    numbered = {row["id"] for *_, row, _ in told}
    for row in facts.rows("figures"):
        if row["caption"] and row["id"] not in numbered:
            message = f"圖「{row['caption']}」沒有編號，其他圖均有編號"
            yield Finding("info", message, (evidence("figures", row["id"], row["caption"], row),), "圖", 0.6)


@rule("wording:references", "無容差：所引圖表須存在；未被引用的圖表合併為一筆 info")
def references(facts: Facts) -> Iterable[Finding]:
    """文中所引的圖、表不存在，或有圖表在文中從未被引用。"""
    known = {(k, v) for k, v, *_ in _captions(facts)}
    used: set[tuple[str, str]] = set()
    for text in (*facts.sections, *facts.cases, *facts.comments):
        for found in matches(REFERENCE, text.text):
            key = (found[1], found[2])
            used.add(key)
            same_style = any(
                k == key[0] and ("-" in v or "." in v) == ("-" in key[1] or "." in key[1]) for k, v in known
            )
            if key not in known and same_style:
                message = f"文中引用「{squeezed(found[0])}」，報告內沒有{key[0]} {key[1]}"
                quote = text.text[max(0, found.start() - 15) : found.end() + 10]
                yield Finding(
                    "warning", message, (evidence(text.table, text.id, quote, text.place),), f"{key[0]} {key[1]}", 0.7
                )
    unused = sorted(known - used)
    if used and unused:
        rows = {(k, v): (row, table) for k, v, row, table in _captions(facts)}
        message = "文中從未引用：" + "、".join(f"{k} {v}" for k, v in unused)
        quotes = tuple(evidence(rows[u][1], rows[u][0]["id"], rows[u][0]["caption"] or "", rows[u][0]) for u in unused)
        yield Finding("info", message, quotes, "圖表引用", 0.5)


def _names(facts: Facts) -> Iterator[tuple[str, Text]]:
    """Names of programmes, publications and strategies: quoted ones, measures, cells of short tables."""
    for text in (*facts.sections, *facts.cases, *facts.comments):
        for found in matches(QUOTED, text.text):
            yield squeezed(found[1]), text
    for m in facts.measures:
        yield squeezed(m.row["name"] or ""), m.text()
    yield from _cells(facts)
    for row in (*facts.rows("tables"), *facts.rows("figures")):
        for part in (row["source"] or "").split("，"):
            if 8 <= len(squeezed(part)) <= 40:
                yield squeezed(part), Text("tables" if "cells" in row else "figures", row["id"], part, "資料來源", row)
    for text in facts.cases:
        for found in matches(PROGRAMME, squeezed(text.text)):
            yield found[0], text


def _cells(facts: Facts) -> Iterator[tuple[str, Text]]:
    """Row labels of captioned short tables."""
    for table in facts.tables:
        if not table["caption"] or not 2 <= len(table["cells"]) <= 40:
            continue
        place = Text("tables", table["id"], "", table["caption"] or "", table)
        for row in table["cells"][table["header_rows"] :]:
            for cell in row[:2]:
                if 8 <= len(squeezed(cell or "")) <= 40:
                    yield squeezed(cell), place


@rule("wording:name_variants", "八成以上文字相同而不相等；只差數字、年度、標點或空白者不計")
def name_variants(facts: Facts) -> Iterable[Finding]:
    """同一計畫、統計或策略名稱在兩處寫法不同。"""
    first_place: dict[str, Text] = {}
    for name, text in _names(facts):
        if len(name) >= 8:
            first_place.setdefault(name, text)
    reported: set[frozenset[str]] = set()
    for a, b in combinations(first_place, 2):
        if abs(len(a) - len(b)) > 0.3 * max(len(a), len(b)) or _letters(a) == _letters(b):
            continue
        tables = {first_place[a].table, first_place[b].table}
        if tables == {"measures"} or (tables == {"tables"} and first_place[a].id == first_place[b].id):
            # Measures and rows of one table are named alike because they differ.
            continue
        short, long = sorted((_letters(a), _letters(b)), key=len)
        if long.startswith(short) and TAIL.fullmatch(long[len(short) :], timeout=1):
            continue
        if long.endswith(short) and LEAD.fullmatch(long[: -len(short)], timeout=1):
            continue
        ratio = SequenceMatcher(None, _letters(a), _letters(b), autojunk=False)
        if ratio.quick_ratio() >= SAME and ratio.ratio() >= SAME and frozenset((a, b)) not in reported:
            reported.add(frozenset((a, b)))
            quotes = tuple(evidence(first_place[n].table, first_place[n].id, n, first_place[n].place) for n in (a, b))
            yield Finding("info", f"名稱寫法不一：「{a}」與「{b}」", quotes, a, 0.6)


LEAD = regex.compile(r"(?:推動|推廣|辦理|落實|加強|強化|協助|提供|補助|執行|持續|賡續|修正|修訂|[A-Za-z])+")
TAIL = regex.compile(
    r"(?:推動|推廣|管理|輔導|補助|示範|執行|行動|獎勵|改善|工作|作業)*(?:計畫|辦法|要點|案例|專案|措施|方案|作業|工作|實施)"
)


@lru_cache(maxsize=1024)
def _letters(name: str) -> str:
    return "".join(c for c in name if c.isalpha())


RULES = (unmasked, captions, references, name_variants)
