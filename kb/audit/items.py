"""Items of the table of results against the measures of annex one that they sum up."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from kb.audit.facts import Facts, Measure
from kb.audit.headline import table_items, wan, year_reduction
from kb.audit.model import Figure, Finding, Text, number, rule
from kb.audit.texts import bigrams, squeezed

COUNTED = ("organisations", "events")
NEAR, CANDIDATES, PARTS = 0.15, 6, 3
"""Share of an item's words that a measure must have to be asked at all, how many measures are asked, and how many
counts may add up."""


@rule(
    "sums:item_annex",
    "減碳量依末位四捨五入加 2%;只比家數、場數與附件措施(至多三數，三數者須屬同一策略)之和恰相等的項目",
)
def item_annex(facts: Facts) -> Iterable[Finding]:
    """成果摘要表某項的減碳量與附件一對應措施的當年減碳量。"""
    for _, figures in table_items(facts):
        for carbon in figures:
            claim = carbon.text
            counts = [f for f in facts.of(claim) if f.kind in COUNTED and f.amount >= 10]
            added = [
                (count, group) for count in counts for group in groups(facts, claim, count) if _is_one(facts, group)
            ]
            sums = [sum(f.amount for m in _of(facts, group) for f in year_reduction(facts, m)) for _, group in added]
            if not added or any(abs(carbon.amount - s) <= carbon.half_step + 0.02 * carbon.amount for s in sums):
                continue
            count, group = added[0]
            measures = _of(facts, group)
            told = [f for m in measures for f in year_reduction(facts, m)]
            if not told:
                continue
            codes = " + ".join(m.code for m in measures)
            terms = " + ".join(f.printed for f in group)
            message = (
                f"「{_heading(claim)}」{count.printed}(附件一 {codes}：{terms})減碳 {carbon.printed},"
                f"附件一同措施當年減碳卻為 {wan(sums[0])}"
            )
            yield Finding("warning", message, tuple(f.evidence() for f in (carbon, count, *group, *told)), codes, 0.75)


def _is_one(facts: Facts, group: list[Figure]) -> bool:
    """Three counts of several strategies add up to most numbers by chance."""
    return len(group) < PARTS or len({m.row["strategy_id"] for m in _of(facts, group)}) == 1


@rule("sums:item_below_measure", "依末位四捨五入加 5%;只取字詞最相近、至少三成相同的措施")
def item_below_measure(facts: Facts) -> Iterable[Finding]:
    """成果摘要表某項的減碳量小於附件一最相近的單一措施。"""
    for _, figures in table_items(facts):
        for carbon in figures:
            words = bigrams(carbon.text.text)
            for m in ranked(facts, carbon.text)[:1]:
                told = year_reduction(facts, m)
                added = sum(f.amount for f in told)
                if (
                    len(words & facts.bigrams_of(m)) < 0.3 * len(words)
                    or added <= carbon.amount * 1.05 + carbon.half_step
                ):
                    continue
                message = (
                    f"「{_heading(carbon.text)}」減碳 {carbon.printed}，小於附件一最相近的單一措施 "
                    f"{m.code}「{m.row['name']}」當年 {wan(added)}"
                )
                yield Finding("warning", message, (carbon.evidence(), *(f.evidence() for f in told)), m.code, 0.65)


@rule("sums:item_unfound", "不計約數；容許至多四數相加或全部措施同類之和")
def item_unfound(facts: Facts) -> Iterable[Finding]:
    """成果摘要表的家數、場數、人次在附件一找不到相等的數或和。"""
    every = [f for m in facts.measures for f in m.figures if f.side == "result" and f.scope != "cumulative"]
    for claim in dict.fromkeys(f.text for _, figures in table_items(facts) for f in figures) | dict.fromkeys(
        t for table, _ in table_items(facts) for t in facts.claims if facts.inside(t, table)
    ):
        for count in facts.of(claim):
            if count.kind not in (*COUNTED, "participants") or count.amount < 10 or count.comparator != "=":
                continue
            alike = [f.amount for f in every if f.kind == count.kind]
            if count.amount in alike or sum(alike) == count.amount or groups(facts, claim, count, parts=4):
                continue
            if (with_sums := _with_cumulative(facts, count)) is not None:
                yield with_sums
                continue
            message = f"「{_heading(claim)}」的 {count.printed} 無法由附件一各措施當年成果重算，附件未列同數"
            yield Finding("info", message, (count.evidence(),), _heading(claim), 0.5)


def _with_cumulative(facts: Facts, count: Figure) -> Finding | None:
    """The claimed total of the year as the sum of all measures' figures where one of them is cumulative."""
    told = [f for m in facts.measures for f in m.figures if f.side == "result" and f.kind == count.kind]
    items = {f.text.id for f in told if f.scope != "cumulative"}
    used = [f for f in told if f.scope != "cumulative" or f.text.id not in items]
    over = [f for f in used if f.scope == "cumulative"]
    if not over or sum(f.amount for f in used) != count.amount:
        return None
    terms = " + ".join(number(f.amount) for f in used)
    names = "、".join(f"{f.code} 的 {f.printed}" for f in over)
    message = f"{count.printed} = {terms}，是附件一各措施之和，但其中 {names} 為累計值，不是當年之數"
    return Finding("warning", message, tuple(f.evidence() for f in (count, *used)), count.printed, 0.8)


def _heading(claim: Text) -> str:
    plain = squeezed(claim.text).lstrip("0123456789.、()（）")
    return plain.split("：")[0].split("，")[0][:20]


def ranked(facts: Facts, claim: Text) -> list[Measure]:
    """Active measures with words of the claim, the nearest first."""
    words = bigrams(claim.text)
    scored = [(len(words & facts.bigrams_of(m)) / max(1, len(words)), m) for m in facts.measures if not m.has_ended]
    near = sorted((s for s in scored if s[0] >= NEAR), key=lambda s: -s[0])
    return [m for _, m in near[:CANDIDATES]]


def groups(facts: Facts, claim: Text, count: Figure, parts: int = PARTS) -> list[list[Figure]]:
    """Counts of the year in the nearest measures that add up to the claimed one; the fewest first, then those of the
    fewest strategies, then the nearest; of one kind, else of several kinds (場 counted among 家)."""
    able = [
        f
        for m in ranked(facts, claim)
        for f in m.figures
        if f.side == "result"
        and f.kind in COUNTED
        and f.scope not in ("cumulative", "annual")
        and f.amount <= count.amount
    ]
    same = [f for f in able if f.kind == count.kind]
    for figures in (same, able if count.kind == "organisations" else []):
        found = [
            list(group)
            for size in range(1, parts + 1)
            for group in combinations(figures[:12], size)
            if sum(f.amount for f in group) == count.amount and any(f in same for f in group)
        ]
        if found:
            strategies = {m.code: m.row["strategy_id"] for m in facts.measures}
            return sorted(found, key=lambda group: (len(group), len({strategies[f.code] for f in group})))
    return []


def _of(facts: Facts, group: list[Figure]) -> list[Measure]:
    codes = dict.fromkeys(f.code for f in group)
    return [m for m in facts.measures if m.code in codes]


RULES = (item_annex, item_below_measure, item_unfound)
