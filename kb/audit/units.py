"""Units that do not belong to what they are printed behind."""

from __future__ import annotations

from collections.abc import Iterable

import regex

from kb.audit import vocabulary
from kb.audit.facts import Facts
from kb.audit.model import Figure, Finding, Severity, Text, evidence, first, matches, number, rule
from kb.audit.texts import clause_around, located, sentence, squeezed
from kb.identity import ROC

NUM = r"\d[\d,]*(?:\.\d+)?(?:\s*[~～\-–—至]\s*\d[\d,]*(?:\.\d+)?)?"
RATE_IN_AMOUNT = regex.compile(
    rf"(?:{vocabulary.alternatives('rates')})(?:約|為|達|可達|高達|達到|提升至|提升|至){{0,3}}\s*({NUM})\s*"
    r"((?:百萬|千萬|萬|億|千|百)?\s*(?:度|元|公噸|噸|公秉|kWh|家|台|座))"
)
CARBON_WORDS = regex.compile(r"減|碳|排放|溫室|吸收|移除")
PER_YEAR = regex.compile(r"^\s*/\s*年")
DOUBLE_YEAR = regex.compile(r"每年")
LOOSE = regex.compile(
    rf"(?P<lead>約|近|大約|將近|接近)\s*(?P<number>{NUM}\s*(?:百萬|千萬|萬|億|千|餘)?[^\d，。；、（）()]{{0,8}}?)"
    r"(?P<tail>以上|以下|餘)"
)
RANGE_AND_MORE = regex.compile(r"\d[\d,.]*\s*%?\s*[~～–—\-]\s*\d[\d,.]*\s*[^\d，。；、\s（）()]{0,6}\s*(?:以上|以下)")
NOT_CARBON = regex.compile(vocabulary.alternatives("not_carbon"))
YEAR_AND_SUM = regex.compile(
    r"(?<![\d\-–~至])(?<!截至\s)(?<!截至)(?P<year>\d{2,4})\s*年(?:度)?(?!底|止|末)[^，。；\d]{0,6}?累[計積]"
)
CAPACITY = regex.compile(vocabulary.alternatives("capacity"))
SPAN = regex.compile(r"[\-–~至]\s*$|截至\s*$|自\s*$")


def _texts(facts: Facts) -> tuple[Text, ...]:
    return (*facts.claims, *facts.cases, *facts.items.values(), *facts.comments)


def _quoted(text: Text, found: regex.Match[str], room: int = 12) -> dict[str, object]:
    start, end = max(0, found.start() - room), min(len(text.text), found.end() + room)
    return evidence(text.table, text.id, text.text[start:end].strip(), text.place)


@rule("units:rate_in_amount", "無容差：率以 % 或百分點計")
def rate_in_amount(facts: Facts) -> Iterable[Finding]:
    """節能率、回收率等以度、元、公噸等數量單位表示。"""
    for text in _texts(facts):
        for found in matches(RATE_IN_AMOUNT, text.text):
            message = f"「{squeezed(found[0])}」以 {squeezed(found[2])} 表示比率，單位應為 %"
            yield Finding("error", message, (_quoted(text, found),), text.context)


CUMULATIVE = regex.compile(r"累[計積]|全程|截至|五年|合計|\d{2,4}\s*年?\s*[-~～–—至]\s*\d{2,4}\s*年")


@rule("units:cumulative_per_year", "無容差：累計值沒有「/年」；累計或起訖年須在同一句")
def cumulative_per_year(facts: Facts) -> Iterable[Finding]:
    """累計值的單位帶「/年」，無法分辨為累計量或年減量。"""
    found: dict[tuple[str, str], list[Figure]] = {}
    for f in facts.figures:
        where = located(f)
        # What is built can work off so much a year: 累計設置處理量能 9 萬公噸/年.
        is_capacity = f.kind == "physical" and first(CAPACITY, clause_around(f)[0])
        if (
            f.scope == "cumulative"
            and where
            and first(CUMULATIVE, sentence(f.text.text, where[0]))
            and not is_capacity
            and first(PER_YEAR, f.text.text[where[1] : where[1] + 4])
        ):
            found.setdefault((f.text.id, sentence(f.text.text, where[0])), []).append(f)
    for figures in found.values():
        told = "、".join(f"{f.printed}/年" for f in figures)
        context = figures[0].code or figures[0].text.context
        yield Finding("error", f"累計值卻以每年為單位：{told}", tuple(f.evidence() for f in figures), context)


@rule("units:not_carbon_as_carbon", "無容差：蒸汽、廢棄物等的公噸不是 CO2e")
def not_carbon(facts: Facts) -> Iterable[Finding]:
    """蒸汽量、鏈結量等實物數量以 CO2e 為單位。"""
    for f in facts.figures:
        if f.canonical_unit != "tCO2e" or f.kind != "physical" or "CO2" not in squeezed(f.unit).upper():
            continue
        before, _ = clause_around(f)
        label = before[-10:]
        thing = first(NOT_CARBON, label)
        if thing and not first(CARBON_WORDS, label):
            carbon = [c for c in facts.of(f.text) if c.kind == "emission_reduction" and c.scope == f.scope]
            more = ""
            if carbon and carbon[0].amount < f.amount:
                more = f";同段減碳量 {carbon[0].printed} 只有其 {carbon[0].amount / f.amount:.2f}"
            message = f"「{label}」{f.printed}：{thing[0]}是實物量，單位卻為 CO2e{more}"
            yield Finding(
                "error", message, (f.evidence(), *(c.evidence() for c in carbon[:1])), f.text.context or f.code, 0.85
            )


@rule("units:no_mass", "無容差：CO2e 前須有質量單位")
def no_mass(facts: Facts) -> Iterable[Finding]:
    """數字直接接 CO2e 而無公噸、公斤等質量單位。"""
    for f in facts.figures:
        unit = squeezed(f.unit).upper()
        if unit.startswith("CO2"):
            message = f"「{squeezed(f.quote)}」的 CO2e 前缺質量單位(公噸、公斤…)"
            yield Finding("error", message, (f.evidence(),), f.text.context or f.code)


@rule("units:oil_equivalent", "1 公秉油當量 = 0.9 公噸油當量，差一成")
def oil_equivalent(facts: Facts) -> Iterable[Finding]:
    """同一措施的目標與成果一用公秉油當量、一用公噸油當量。"""
    for m in facts.measures:
        pairs = [
            (t, r)
            for t in m.figures
            for r in m.figures
            if t.side == "target" and r.side == "result" and {t.canonical_unit, r.canonical_unit} == {"kLOE", "toe"}
        ]
        for t, r in pairs[:1]:
            to_kloe = r.amount / 0.9 if r.canonical_unit == "toe" else r.amount
            message = (
                f"措施 {m.code}：目標 {t.printed}，成果 {r.printed}，油當量單位不同(公秉/公噸),"
                f"不能直接相比(以 0.9 公噸/公秉換算，成果約 {number(round(to_kloe, 1))} 公秉油當量)"
            )
            if r.canonical_unit == "kLOE":
                message = f"措施 {m.code}：目標 {t.printed}，成果 {r.printed}，油當量單位不同(公噸/公秉),不能直接相比"
            yield Finding("warning", message, (t.evidence(), r.evidence()), m.code)


@rule("units:loose_and_bound", "無容差：約、近與以上、以下不能並用")
def loose_and_bound(facts: Facts) -> Iterable[Finding]:
    """同一數字前有約、近，後有以上、以下，或區間之後又加以上。"""
    for text in _texts(facts):
        for found in matches(LOOSE, text.text):
            how = "語意重複" if found["tail"] == "餘" else "語意相反"
            message = f"「{squeezed(found[0])}」：「{found['lead']}」與「{found['tail']}」並用，{how}"
            severity: Severity = "info" if found["tail"] == "餘" else "warning"
            yield Finding(severity, message, (_quoted(text, found),), text.context)
        for found in matches(RANGE_AND_MORE, text.text):
            message = f"「{squeezed(found[0])}」：已有上限的區間又加以上、以下，上限不明"
            yield Finding("warning", message, (_quoted(text, found),), text.context)


@rule("units:counter", "無容差：量詞與所計之物須相配(家不計專家，人次不計廠商)")
def counter(facts: Facts) -> Iterable[Finding]:
    """量詞與後面的名詞不相配。"""
    for unit, nouns in vocabulary.table("odd_counters").items():
        pattern = regex.compile(rf"\d[\d,]*\s*{unit}\s*(?:{'|'.join(nouns)})")
        for text in _texts(facts):
            for found in matches(pattern, text.text):
                message = f"「{squeezed(found[0])}」的量詞「{unit}」與所計對象不相配"
                yield Finding("warning", message, (_quoted(text, found),), text.context, 0.8)


@rule("units:person_or_visit", "無容差：人次之數以人次計")
def person_or_visit(facts: Facts) -> Iterable[Finding]:
    """稱人次、家次而以人、家計。"""
    for text in _texts(facts):
        for found in matches(NOT_VISITS, text.text):
            message = f"「{squeezed(found[0])}」：名為{found[1]}，單位卻為{found[2]}"
            yield Finding("info", message, (_quoted(text, found),), text.context, 0.7)


NOT_VISITS = regex.compile(r"((?:[人家戶場])次)數?(?:達|為|共|計|約|合計|總計|逾){0,2}\s*\d[\d,]*\s*([人家戶場])(?!次)")


@rule("units:exact_over", "四位以上、末兩位均不為零的計數")
def exact_over(facts: Facts) -> Iterable[Finding]:
    """以超過、逾、近修飾精確到個位的計數。"""
    for text in _texts(facts):
        for found in matches(EXACT_OVER, text.text):
            message = f"「{squeezed(found[0])}」：「{found[1]}」與精確到個位的數字並用"
            yield Finding("info", message, (_quoted(text, found),), text.context, 0.5)


EXACT_OVER = regex.compile(
    r"(超過|逾|將近|近)\s*\d[\d,]*\d[1-9]\d?(?<=\d,?\d{2}[1-9])\s*(?:家次|廠次|場次|人次|家|場|人|台|輛|座|戶|案|件)"
)


@rule("units:year_and_sum", "只查成果欄的報告年度；截至某年、某年底、起訖年間的累計不在此限")
def year_and_sum(facts: Facts) -> Iterable[Finding]:
    """單一年度卻稱累計，不知是當年或歷年。"""
    for text in facts.items.values():
        for found in matches(YEAR_AND_SUM, text.text) if text.table == "results" else ():
            is_other = facts.year is not None and int(found["year"]) not in (facts.year, facts.year - ROC)
            if is_other or first(SPAN, text.text[: found.start()]):
                continue
            message = f"「{squeezed(found[0])}」：單一年度與「累計」並用，不知為當年或歷年之數"
            yield Finding("info", message, (_quoted(text, found, 20),), text.context, 0.6)


@rule("units:every_year_twice", "無容差：「每年」與「/年」重複")
def every_year_twice(facts: Facts) -> Iterable[Finding]:
    """同一數字前有每年、單位又帶「/年」。"""
    for f in facts.figures:
        where = located(f)
        if where and first(PER_YEAR, f.text.text[where[1] : where[1] + 4]) and first(DOUBLE_YEAR, clause_around(f)[0]):
            message = f"「{squeezed(f.quote)}」：「每年」與「/年」重複"
            yield Finding("info", message, (f.evidence(),), f.code or f.text.context, 0.8)


RULES = (
    rate_in_amount,
    cumulative_per_year,
    not_carbon,
    no_mass,
    oil_equivalent,
    loose_and_bound,
    counter,
    person_or_visit,
    exact_over,
    year_and_sum,
    every_year_twice,
)
