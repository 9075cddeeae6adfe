"""Doubts in a reader's words: what a rule means, and where in the report a value stands; several doubts about one row
for one reason told as one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import regex

from kb import schema
from kb.check.model import Doubt

RULES: Mapping[str, str] = {
    "unread:table": "整部分未讀到",
    "lost:page": "附件一有頁未讀到措施",
    "lost:row": "可能有措施未讀到",
    "lost:case": "可能有案例未讀到",
    "gap:code": "編號不連續",
    "gap:item": "項次不連續",
    "gap:year": "缺年份",
    "gap:comment": "意見不連續",
    "gap:caption": "圖表編號不連續",
    "gap:heading": "標題不連續",
    "count:differs": "數目與報告所稱不符",
    "glued:rows": "數列合併成一列",
    "glued:case": "案例吞入後文",
    "long:case": "案例過長",
    "short:case": "案例過短",
    "odd:case": "案例名稱可疑",
    "odd:row": "整列可疑",
    "odd:cell": "內容與同欄不同",
    "odd:word": "用詞與同欄只差幾字",
    "odd:name": "名稱可疑",
    "odd:code": "編號寫法不同",
    "twice:code": "編號重複",
    "odd:strategy": "編號與策略不合",
    "empty:strategy": "策略下沒有措施",
    "odd:role": "主辦與協辦不確定",
    "unknown:agency": "機關不在詞彙中",
    "odd:period": "期程可疑",
    "odd:budget": "經費可疑",
    "odd:amounts": "經費欄有多個數字",
    "odd:rate": "執行率不尋常",
    "odd:number": "數字斷開",
    "odd:ratio": "成果與目標相差懸殊",
    "odd:share": "百分比不尋常",
    "odd:comment": "意見可疑",
    "twice:comment": "意見編號重複",
    "odd:indicator": "指標可疑",
    "odd:year": "年份不合理",
    "odd:sum": "累計不符",
    "odd:jump": "與前一年相差過大",
    "odd:level": "與各年相差過大",
    "odd:future": "未來年份有實際值",
    "odd:corrected": "校正值可疑",
    "unsure:kind": "數值種類不確定",
    "unsure:scope": "數值範圍不確定",
    "unsure:comparator": "比較符號不確定",
    "unsure:unit": "單位不確定",
    "unsure:estimate": "是否推估不確定",
    "empty:field": "該有值而空白",
    "empty:row": "整列空白",
    "absent:column": "整欄未讀到",
    "cut:bracket": "括號不成對",
    "cut:start": "文字缺開頭",
    "cut:end": "文字缺結尾",
    "cut:line": "句中斷行",
    "cut:items": "項次未分開",
    "twice:words": "文字重複",
    "twice:neighbour": "含有相鄰措施的文字",
    "furniture": "頁首、頁尾或頁碼混入",
    "left:cell": "儲存格未進入任何欄位",
    "left:number": "數字未讀成數值",
    "unread:budget": "經費未讀出",
    "unread:rate": "執行率未讀出",
    "unread:picture": "圖片中的文字未讀",
    "guess:header": "欄位意義為推測",
    "guess:rate": "執行率為推測",
    "correction:unfit": "更正與讀取值不合",
}
"""What a rule of the check says."""
FAMILIES: Mapping[str, str] = {
    "unread": "未能解讀",
    "guess": "推測",
    "emissions": "排放量可疑",
    "title": "題名頁可疑",
    "id": "識別碼可疑",
    "duplicate": "重複",
}
"""What a rule of the reading says, by its first word, where the check has none of that name."""
MOST_ALIKE = 3
"""Rows of which the same is said one by one."""
SIDES = {
    "target": "目標",
    "result": "成果",
    "case": "案例",
    "comment": "意見",
    "emission": "排放量",
    "indicator": "指標",
}
PREFIXES = {"measures": "措施 ", "strategies": "策略 "}


def rule_label(rule: str) -> str:
    """What a rule says, for a person."""
    return RULES.get(rule) or FAMILIES.get(rule.partition(":")[0], rule)


@cache
def _columns(table: str) -> Mapping[str, str]:
    """Names of a table's columns for a person, without what stands in brackets behind them."""
    named = {c.name: regex.split(r"[（(：:]", c.zh)[0] for c in schema.tables()[table].columns}
    return named | {"quantities": "數值"}


@dataclass(frozen=True, slots=True)
class Told:
    """Doubts that say the same about one row: `where` is the row, `columns` its doubted columns, both for a person."""

    where: str
    columns: str
    doubt: Doubt

    @property
    def is_whole_part(self) -> bool:
        """Whether it tells of rows that are not there at all, in no place that could be looked at."""
        return self.doubt.key is None and self.doubt.column is None and self.doubt.certainty <= 0.2


def told(report_id: str, doubts: Sequence[Doubt]) -> list[Told]:
    """The doubts in their order, those of one row, rule and reason as one; what is said of many rows of a table in the
    same words as one as well."""
    rows: dict[tuple[str, str, str], list[Doubt]] = {}
    for doubt in doubts:
        rows.setdefault((doubt.rule, doubt.reason, _owner(report_id, doubt)), []).append(doubt)
    alike: dict[tuple[str, str], list[list[Doubt]]] = {}
    for (rule, reason, _), found in rows.items():
        alike.setdefault((rule, reason), []).append(found)
    entries = []
    for groups in alike.values():
        if len(groups) <= MOST_ALIKE or groups[0][0].key is None:
            entries += [_told(report_id, found) for found in groups]
        else:
            first = _told(report_id, groups[0])
            entries.append(Told(f"{first.where} 等 {len(groups)} 列", first.columns, first.doubt))
    return sorted(entries, key=lambda entry: entry.doubt.certainty)


def _owner(report_id: str, doubt: Doubt) -> str:
    """The measure, case, comment or year that a row belongs to."""
    if doubt.key is None:
        return f"{doubt.table} {doubt.printed}"
    rest = doubt.key.removeprefix(f"{report_id}/").split("/")
    return "/".join(rest[:2] if rest[0] in SIDES else rest[:1])


def _told(report_id: str, doubts: Sequence[Doubt]) -> Told:
    first = next((d for d in doubts if d.table in ("measures", "cases", "comments")), doubts[0])
    if len({doubt.key for doubt in doubts}) == 1:
        where = _place(report_id, first)
    else:
        where = _place(report_id, first, is_owner=True)
    names = dict.fromkeys(_column(doubt) for doubt in doubts)
    columns = "整列" if "整列" in names or len(names) > 6 else "、".join(names)
    return Told(where, "" if first.key is None and first.column is None else columns, first)


def _column(doubt: Doubt) -> str:
    if doubt.column is None:
        return "整列"
    return _columns(doubt.table).get(doubt.column, doubt.column)


def _place(report_id: str, doubt: Doubt, *, is_owner: bool = False) -> str:
    table = schema.tables()[doubt.table].zh
    if doubt.key is None:
        return str(regex.split(r"[（(]", table)[0])
    parts = doubt.key.removeprefix(f"{report_id}/").split("/")
    if doubt.key == report_id:
        return table
    if parts[0] in SIDES or doubt.table in ("sections", "tables", "figures", "claims"):
        words = [SIDES.get(parts[0], regex.split(r"[：(（]", table)[0]), *parts[1:2]]
        tail = parts[2:]
    else:
        words = [f"{PREFIXES.get(doubt.table, '措施 ').strip()} {parts[0]}"]
        tail = parts[1:]
    if not is_owner:
        words += [SIDES.get(part, part.replace("q", "數值 ")) for part in tail]
    return " ".join(words)
