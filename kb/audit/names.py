"""How things are written: abbreviations, brackets, lists, agencies, slips of the pen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations

import regex

from kb.audit import vocabulary
from kb.audit.counts import rows_of
from kb.audit.facts import Facts
from kb.audit.model import Finding, Row, Text, evidence, first, matches, rule
from kb.audit.texts import squeezed

BEHIND_NAME = regex.compile(r"(?P<name>\p{Han}{3,12})[（(](?P<short>[A-Z][A-Za-z]{1,6})[)）]")
BEFORE_NAME = regex.compile(r"(?<![A-Za-z])(?P<short>[A-Z][A-Z]{1,6})[（(](?P<name>\p{Han}{3,12})[)）]")
NOT_NAME = frozenset("置入用及為成立動備供與之的於以型式由到至化管施展行和或了其等該將使經從")
"""Characters that end a verb or a particle: what follows begins the name."""


@rule("wording:abbreviation", "同一英文縮寫；中文全名只差一、二字且非動詞、虛字才報")
def abbreviation(facts: Facts) -> Iterable[Finding]:
    """同一縮寫在兩處所附的中文名稱不同。"""
    told: dict[str, dict[str, tuple[Text, str, bool]]] = {}
    for text in (*facts.sections, *facts.cases, *facts.items.values(), *facts.comments):
        plain = facts.squeezed(text)
        for pattern, is_whole in ((BEHIND_NAME, False), (BEFORE_NAME, True)):
            for m in matches(pattern, plain):
                told.setdefault(m["short"].upper(), {}).setdefault(m["name"], (text, m[0], is_whole))
    for short, names in told.items():
        for a, b in combinations(names, 2):
            if (pair := _two_names((a, names[a][2]), (b, names[b][2]))) is not None:
                quotes = tuple(evidence(t.table, t.id, q, t.place) for t, q, _ in (names[a], names[b]))
                yield Finding("info", f"{short} 有兩個中文名稱：「{pair[0]}」與「{pair[1]}」", quotes, short, 0.6)
                break


def _two_names(left: tuple[str, bool], right: tuple[str, bool]) -> tuple[str, str] | None:
    """The two names where the one is a form of the other: its first character differs (聚碳酸酯, 環碳酸酯), or a
    character or two stand more in the middle (碳酸二酯, 碳酸二烷基酯)."""
    (a, a_whole), (b, b_whole) = left, right
    if a_whole or b_whole:
        whole, run = (a, b) if a_whole else (b, a)
        at = run.rfind(whole[:2])
        tail = run[at:] if at >= 0 else ""
        is_form = (
            tail and tail != whole and tail[-1] == whole[-1] and abs(len(tail) - len(whole)) <= 2 and tail not in whole
        )
        return (tail, whole) if is_form else None
    size = 0
    while size < min(len(a), len(b)) and a[-1 - size] == b[-1 - size]:
        size += 1
    if not 3 <= size <= 5 or size >= min(len(a), len(b)):
        return None
    x, y = a[-1 - size], b[-1 - size]
    return None if {x, y} & NOT_NAME else (a[-1 - size :], b[-1 - size :])


PAIRED = (("（(", "）)"), ("「", "」"), ("《", "》"), ("【", "】"))


@rule("wording:brackets", "無容差：名稱中的左右括號須成對；只看措施、策略、案例名稱與圖表名")
def unbalanced(facts: Facts) -> Iterable[Finding]:
    """名稱中的括號不成對。"""
    for name, quote in _titles(facts):
        if any(sum(name.count(c) for c in left) != sum(name.count(c) for c in right) for left, right in PAIRED):
            yield Finding("info", f"名稱的括號不成對：「{squeezed(name)}」", (quote,), "", 0.8)


def _titles(facts: Facts) -> Iterator[tuple[str, Row]]:
    for m in facts.measures:
        yield m.row["name"] or "", next(iter(rows_of([m])))
    for table, column in (("strategies", "title"), ("cases", "title"), ("figures", "caption"), ("tables", "caption")):
        for row in facts.rows(table):
            if row[column]:
                yield row[column], evidence(table, row["id"], row[column], row)


ITEM = regex.compile(r"[^、，。；：:\n（()）]+")
RUN = regex.compile(r"(?:[^、，。；：:\n（()）\d]{2,16}、){2,}[^、，。；：:\n（()）\d]{2,16}")


@rule("wording:listed_twice", "以頓號分隔、三項以上的列舉；三字以上的同一項出現兩次")
def listed_twice(facts: Facts) -> Iterable[Finding]:
    """列舉中同一項目出現兩次。"""
    for text in (*facts.sections, *facts.cases, *facts.items.values(), *facts.comments):
        for run in matches(RUN, text.text):
            items = [squeezed(m[0]) for m in matches(ITEM, run[0])]
            # What stands before the first and behind the last belongs to the sentence.
            twice = {i for i in items[1:-1] if len(i) >= 3 and (items.count(i) > 1 or items[0].endswith(i))}
            twice |= {i for i in items[1:-1] if len(i) >= 4 and items[-1].startswith((f"{i}等", f"{i}及"))}
            for word in sorted(twice):
                quote = evidence(text.table, text.id, run[0], text.place)
                yield Finding("info", f"列舉中「{word}」出現兩次：「{squeezed(run[0])}」", (quote,), text.context, 0.8)


MOST = 0.8
"""Share of the printed agencies from which on the full form is the report's own."""
AGENCY = regex.compile(r"^\p{Han}{2,8}[署局司處]$")


@rule("wording:agency_form", "附件一八成以上的所屬機關印有部會名稱時，才列出未印者")
def agency_form(facts: Facts) -> Iterable[Finding]:
    """附件一的機關未寫明所屬部會，而其他各列均有。"""
    found = facts.conn.execute(
        "select m.measure_id, m.printed, a.ministry from measure_agencies m join agencies a on a.id = m.agency_id "
        "join measures x on x.id = m.measure_id where x.report_id = ? order by m.measure_id, m.position",
        (facts.id,),
    ).fetchall()
    under = [
        (measure, printed, ministry) for measure, printed, ministry in found if ministry or AGENCY.match(printed or "")
    ]
    full = Counter(bool(ministry and printed.startswith(ministry)) for _, printed, ministry in under)
    bare = [
        (measure, printed) for measure, printed, ministry in under if not (ministry and printed.startswith(ministry))
    ]
    if not bare or full[True] < MOST * len(under):
        return
    rows = {m.row["id"]: m for m in facts.measures}
    for printed in dict.fromkeys(p for _, p in bare):
        measures = [rows[i] for i, p in bare if p == printed and i in rows]
        codes = "、".join(m.code for m in measures)
        message = f"機關「{printed}」({codes})未寫明所屬部會，附件一其他 {full[True]} 處均有"
        yield Finding("warning", message, tuple(rows_of(measures)), printed, 0.75)


@rule("wording:slips", "詞彙表 [slips] 所列連用的虛字，以及名稱、計畫內容詞尾重複的字；常見疊字不計")
def slips(facts: Facts) -> Iterable[Finding]:
    """贅字：虛字連用，或詞尾一字印了兩次。"""
    pattern = regex.compile(vocabulary.alternatives("slips"))
    for text in (*facts.sections, *facts.cases, *facts.items.values(), *facts.comments):
        for found in matches(pattern, text.text):
            quote = squeezed(text.text[max(0, found.start() - 8) : found.end() + 8])
            row = evidence(text.table, text.id, quote, text.place)
            yield Finding("info", f"「{quote}」的「{found[0]}」連用，疑有贅字", (row,), text.context, 0.6)
    for m in facts.measures:
        for part in ("name", "plan"):
            plain = squeezed(m.row[part] or "")
            for found in matches(DOUBLED, plain):
                if found[0] not in vocabulary.table("doubled")["names"]:
                    quote = plain[max(0, found.start() - 6) : found.end() + 2]
                    message = f"措施 {m.code}：「{quote}」的「{found[1]}」重複，疑為贅字"
                    yield Finding("info", message, tuple(rows_of([m])), m.code, 0.5)


DOUBLED = regex.compile(r"(?<=\p{Han})(\p{Han})\1(?=[，。；、:：)）(（]|$)")


@rule("wording:no_money_unit", "金額詞後的萬、億直接斷句；並列金額中由末項帶出元字者不計")
def no_money_unit(facts: Facts) -> Iterable[Finding]:
    """金額只有萬、億而無元。"""
    for text in (*facts.claims, *facts.cases, *facts.items.values(), *facts.comments):
        for found in matches(MONEY, text.text):
            if first(LATER_UNIT, text.text[found.end() : found.end() + 16]):
                continue
            row = evidence(text.table, text.id, found[0], text.place)
            yield Finding("info", f"「{squeezed(found[0])}」缺金額單位「元」", (row,), text.context, 0.75)


MONEY = regex.compile(
    rf"(?:{vocabulary.alternatives('money')})[^，。；、\d\n]{{0,6}}\s*\d[\d,.]*\s*(?:[百千]?萬|億)(?=\s*(?:以上|以下|左右)?\s*(?:[，。；、)）\n]|$))"
)
LATER_UNIT = regex.compile(r"^\s*[、及與和至~～\-][^，。；]{0,12}元")


RULES = (abbreviation, unbalanced, listed_twice, agency_form, slips, no_money_unit)
