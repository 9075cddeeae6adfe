"""Counts that the prose claims against the rows of annex one and the list of the title page."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

import regex

from kb.audit import vocabulary
from kb.audit.facts import Facts, Measure
from kb.audit.model import Figure, Finding, Row, Text, evidence, first, rule
from kb.audit.texts import clause_around, located, sentence, squeezed

TOTAL_BEFORE = regex.compile(
    r"(?:^|計|(?:共|計|訂|列|部門|方案|期|年度?|總)有|共|包括|包含|含|提|出|定|推動|擬|涵蓋|及|與|和|單位|方案|部門|年度?|上述)$"
)
"""What stands before a count of all: not the name of one kind of measures (製程改善有 36 措施)."""
MEASURES_BEHIND = regex.compile(r"^(?:具體|推動|減量|行動|重點|執行|調適)*(?:措施|行動計畫)")
STRATEGIES_BEHIND = regex.compile(r"^(?:推動|減量|行動|重點)*策略")
UNITS_BEHIND = regex.compile(r"^(?:主辦|協辦|執行|權責)*(?:單位|機關|部會|局處)")
PHASE = regex.compile(r"第([一二三四五六七八九])期")
ALL_MET = regex.compile(r"措施[^，。；]{0,8}?(?:均|皆|全數|全部|都)[^，。；]{0,6}?(?:達成|符合|達標|完成|達到)")
EXCEPT = regex.compile(r"其餘|其他|除[^，。；]{2,40}外|扣除|僅有?[^，。；]{0,20}未")
"""Words after which a count is of what is left, not of all."""
COUNTERS = ("項", "個", "種", "措施", "策略", "大", "案", "單位", "機關", "部會", "")


def counted(facts: Facts, is_about: Callable[[str, str], bool]) -> dict[float, list[Figure]]:
    """Claimed counts, value -> figures, whose words before and behind are about the thing. Of other phases none."""
    found: dict[float, list[Figure]] = {}
    for figure in facts.figures:
        if figure.side != "claim" or figure.kind != "count" or figure.unit not in COUNTERS:
            continue
        before, behind = clause_around(figure)
        if figure.unit not in ("項", "個", "種", "大", "案"):
            behind = figure.unit + behind
        if is_about(before, behind) and not _is_other_phase(facts, figure):
            found.setdefault(figure.value, []).append(figure)
    return found


def _is_other_phase(facts: Facts, figure: Figure) -> bool:
    phase = facts.report["phase"]
    named = first(PHASE, sentence(figure.text.text, figure.start)[:40])
    return phase is not None and named is not None and "一二三四五六七八九".index(named[1]) + 1 != phase


def _against(
    claimed: dict[float, list[Figure]], annex: int, what: str, detail: str, other: int | None = None
) -> Iterator[Finding]:
    """`other` is a second count that a claim may mean: the rows that say anything, the measures that are active."""
    for value, figures in claimed.items():
        if annex and value not in (annex, other):
            message = f"{what}：文中稱 {value:.0f} 項，附件一實有 {annex} 項{detail}，相差 {abs(value - annex):.0f} 項"
            yield Finding("error", message, tuple(f.evidence() for f in figures), what)


MANY = 8


@rule("counts:strategies", "無容差：個數須相等")
def strategies(facts: Facts) -> Iterable[Finding]:
    """文中所稱推動策略數與附件一的策略數。"""
    claimed = counted(facts, lambda b, a: bool(first(STRATEGIES_BEHIND, a) and first(TOTAL_BEFORE, b)))
    known = facts.rows("strategies")
    if len(known) == 1 and len(facts.measures) > MANY:
        # One strategy over so many measures is a column that was not read: its number says nothing.
        return
    yield from _against(claimed, len(known), "推動策略數", "")


@rule("counts:measures", "無容差：個數須相等")
def measures(facts: Facts) -> Iterable[Finding]:
    """文中所稱具體措施數與附件一的措施數。"""
    claimed = counted(facts, lambda b, a: bool(first(MEASURES_BEHIND, a) and first(TOTAL_BEFORE, b)))
    # 2 項措施執行率未達九成 at the head of a clause tells of some, not of how many there are.
    claimed = {
        value: [f for f in figures if clause_around(f)[0] or 2 * value >= len(facts.measures)]
        for value, figures in claimed.items()
    }
    claimed = {value: figures for value, figures in claimed.items() if figures}
    ended = sum(m.has_ended for m in facts.measures)
    detail = f"(其中 {ended} 項期程已結束)" if ended else ""
    yield from _against(claimed, len(facts.measures), "具體措施數", detail, len(facts.measures) - ended)


@rule("counts:categories", "無容差：個數須相等")
def categories(facts: Facts) -> Iterable[Finding]:
    """文中所稱各類措施數與附件一類別欄的個數。"""
    known = vocabulary.table("categories")
    kinds = {
        m.code: next((k for k in known if m.row["category"].startswith(k)), m.row["category"])
        for m in facts.measures
        if m.row["category"]
    }
    if len(kinds) < len(facts.measures):
        # A category that was not read would be missing in the count.
        return
    printed = Counter(kinds.values())
    for category, count in printed.items():
        words = {category, *known.get(category, ())}
        others = {w for c in printed if c != category for w in (c, *known.get(c, ()))}

        def is_about(before: str, behind: str, words: set[str] = words, others: set[str] = others) -> bool:
            named = max((before.rfind(w) for w in words), default=-1)
            near = named >= 0 and named > max((before.rfind(w) for w in others), default=-1)
            return near and not first(STRATEGIES_BEHIND, behind) and len(before) - named <= 12

        ended = sum(m.has_ended for m in facts.measures if kinds[m.code] == category)
        detail = f"(類別欄「{category}」；推動中 {count - ended}、已結束 {ended})"
        yield from _against(counted(facts, is_about), count, f"{category}類措施數", detail, count - ended)


@rule("counts:all_met", "無容差：期程已結束的措施無當年執行可言")
def all_met(facts: Facts) -> Iterable[Finding]:
    """稱全部措施達成當年目標，但附件一有措施在報告年度前已結束。"""
    ended = [m for m in facts.measures if m.has_ended]
    active = len(facts.measures) - len(ended)
    said = [t for t in all_met_claims(facts) if (_count_said(facts, t) or len(facts.measures)) > active]
    if said and ended:
        counts = [c for t in said if (c := _count_said(facts, t)) is not None]
        codes = "、".join(m.code for m in ended)
        message = (
            f"文中稱{f' {max(counts):.0f} 項' if counts else '各項'}措施全數達成當年目標，但附件一有 {len(ended)} 項"
            f"期程在報告年度前已結束、無當年成果({codes}),推動中者僅 {active} 項"
        )
        quotes = [evidence(t.table, t.id, _all_met_sentence(t), t.place) for t in said]
        yield Finding("error", message, (*quotes, *rows_of(ended)), "全數達成")


def all_met_claims(facts: Facts) -> list[Text]:
    """Where the report says that all its measures met their targets. 其餘 20 項均達成 says so of the rest alone, and a
    count below that of the active measures of some."""
    active = sum(not m.has_ended for m in facts.measures)
    said = [t for t in facts.claims if _says_all(t)]
    if not any(first(ALL_MET, squeezed(t.text)) for t in facts.claims):
        # A sentence without a number is no claim; its section has it.
        said = [t for t in facts.sections if _says_all(t)]
    return [t for t in said if (_count_said(facts, t) or active) >= active]


def _says_all(text: Text) -> bool:
    found = first(ALL_MET, text.text) or first(ALL_MET, squeezed(text.text))
    return found is not None and not first(EXCEPT, _all_met_sentence(text))


def _count_said(facts: Facts, text: Text) -> float | None:
    """Of measures in the sentence that says so, the nearest before it; None where none is counted (各項措施均達成)."""
    found = first(ALL_MET, text.text)
    if text.table != "claims" or found is None:
        return max((f.value for f in facts.of(text) if f.kind == "count"), default=None)
    begin = max(text.text.rfind("。", 0, found.start()), 0)
    told = [
        f
        for f in facts.of(text)
        if f.kind == "count" and (at := located(f)) and begin <= at[0] <= found.start() and f.unit in COUNTERS
    ]
    return told[-1].value if told else None


def _all_met_sentence(text: Text) -> str:
    """The sentence that says so; the beginning where spaces hide it."""
    found = first(ALL_MET, text.text)
    return sentence(text.text, found.start()) if found else text.text[:80]


def rows_of(found: Iterable[Measure]) -> Iterator[Row]:
    """The measures as rows that a finding rests on."""
    for m in found:
        yield evidence("measures", m.row["id"], f"{m.code} {m.row['name']}", m.row)


@rule("counts:agencies", "無容差：附件一主辦機關、主協辦機關、題名頁機關三者之一相等即可")
def agencies(facts: Facts) -> Iterable[Finding]:
    """文中所稱單位數與附件一及題名頁的機關數；題名頁較多者(另列協辦)不在此限。"""
    leads = {a for m in facts.measures for a in facts.agencies(m.row, "lead_agencies")}
    every = leads | {a for m in facts.measures for a in facts.agencies(m.row, "co_agencies")}
    title = {a for role in ("lead_agencies", "co_agencies") for a in facts.agencies(facts.report, role)}
    claimed = counted(facts, lambda b, a: bool(first(UNITS_BEHIND, a) and first(TOTAL_BEFORE, b)))
    for value, figures in claimed.items():
        if leads and value not in (len(leads), len(every), len(title)):
            message = (
                f"文中稱 {value:.0f} 個單位，附件一主辦機關有 {len(leads)} 個、"
                f"題名頁主協辦機關共 {len(title)} 個，均不符"
            )
            yield Finding("error", message, tuple(f.evidence() for f in figures), "單位數")
        elif title and value > len(title) and leads:
            extra = "、".join(sorted(leads - title))
            message = (
                f"文中稱 {value:.0f} 個單位，與附件一主辦機關數({len(leads)})相符，但題名頁只列 {len(title)} 個機關"
                + (f"，未列 {extra}" if extra else "")
            )
            yield Finding("warning", message, tuple(f.evidence() for f in figures), "單位數", 0.8)


@rule("counts:title_page", "無容差：逐一比對機關全名")
def title_page(facts: Facts) -> Iterable[Finding]:
    """附件一主辦機關未列於題名頁主辦機關，或題名頁主辦機關在附件一無措施。"""
    lead, co = (set(facts.agencies(facts.report, role)) for role in ("lead_agencies", "co_agencies"))
    of: dict[str, list[Measure]] = {}
    for m in facts.measures:
        for agency in facts.agencies(m.row, "lead_agencies"):
            of.setdefault(agency, []).append(m)
    if not lead or not of:
        return
    above = facts.conn.execute("select id, ministry from agencies where ministry is not null")
    names = {agency: facts.one_name(ministry) for agency, ministry in above}
    both = {agency: found for agency, found in of.items() if agency in co}
    absent = {
        agency: found
        for agency, found in of.items()
        if agency not in lead | co
        and not agency.endswith("公司")
        and not any(agency.startswith(a) or a.startswith(agency) or names.get(agency) == a for a in lead | co)
    }
    if absent:
        told = "、".join(f"{agency}({'、'.join(m.code for m in found)})" for agency, found in absent.items())
        message = f"附件一主辦機關未列於題名頁主辦、協辦機關：{told}"
        quotes = tuple(q for found in absent.values() for q in rows_of(found))
        yield Finding("warning", message, quotes, "、".join(absent), 0.8)
    if both:
        told = "、".join(f"{agency}({'、'.join(m.code for m in found)})" for agency, found in both.items())
        message = f"題名頁列為協辦機關，附件一卻列為主辦：{told}"
        yield Finding(
            "info", message, tuple(q for found in both.values() for q in rows_of(found)), "、".join(both), 0.6
        )
    every = set(of) | {a for m in facts.measures for a in facts.agencies(m.row, "co_agencies")}
    for agency in sorted(lead - every):
        if not any(a.startswith(agency) for a in every):
            message = f"{agency}在題名頁列為主辦機關，附件一卻無任何措施由其主辦或協辦"
            yield Finding("info", message, (), agency, 0.7)


@rule("counts:no_agency", "無容差：每項措施應有主辦機關")
def no_agency(facts: Facts) -> Iterable[Finding]:
    """附件一有措施未載主辦機關，而其他措施均有。"""
    lacking = [m for m in facts.measures if not json.loads(m.row["lead_agencies"])]
    if 0 < len(lacking) <= len(facts.measures) // 5:
        for m in lacking:
            message = (
                f"措施 {m.code}「{m.row['name']}」的主(協)辦機關欄空白，"
                f"其餘 {len(facts.measures) - len(lacking)} 項均有"
            )
            yield Finding("warning", message, tuple(rows_of([m])), m.code, 0.8)


@rule("counts:no_funding", "無容差：僅在多數措施載有經費來源時檢查")
def no_funding(facts: Facts) -> Iterable[Finding]:
    """附件一有措施未載經費來源，或列有經費來源而經費為 0。"""
    lacking = [m for m in facts.measures if not json.loads(m.row["funding"])]
    if 0 < len(lacking) <= len(facts.measures) // 5:
        for m in lacking:
            message = f"措施 {m.code}「{m.row['name']}」的經費來源欄空白"
            yield Finding("info", message, tuple(rows_of([m])), m.code, 0.8)
    for m in facts.measures:
        if m.row["budget_ntd"] == 0 and json.loads(m.row["funding"]):
            message = f"措施 {m.code} 列有經費來源「{'、'.join(json.loads(m.row['funding']))}」，當年經費卻為 0"
            yield Finding("info", message, tuple(rows_of([m])), m.code, 0.7)


RULES = (strategies, measures, categories, all_met, agencies, title_page, no_agency, no_funding)
