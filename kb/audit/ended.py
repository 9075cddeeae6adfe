"""Measures that ended before the report year and are yet told among its results."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

import regex

from kb.audit.counts import COUNTERS, rows_of
from kb.audit.facts import Facts, Measure
from kb.audit.model import Finding, evidence, rule
from kb.audit.texts import located, squeezed
from kb.identity import ROC

OWN_WORDS = 6
"""Characters that a text must share with an ended measure, and with no active one."""


@rule("twice:ended", "與已結束措施的名稱開頭或內容有六字以上相同，而推動中措施與策略均無此字串")
def ended(facts: Facts) -> Iterable[Finding]:
    """文中把期程已結束的措施列為當年成果。"""
    active = "".join(m.words for m in facts.measures if not m.has_ended)
    active += "".join(squeezed(r["title"] or "") for r in facts.rows("strategies"))
    for m in facts.measures:
        if not m.has_ended:
            continue
        row = m.text()
        found = [
            (text, words)
            for text in facts.prose
            if not facts.inside(row, text.place) and (words := _own_words(facts.squeezed(text), m, active))
        ]
        if found:
            words = "、".join(f"「{w}」" for w in dict.fromkeys(w for _, w in found))
            until = f"(期程至 {m.row['end_year'] - ROC} 年)" if m.row["end_year"] else ""
            message = (
                f"文中仍把{words}列為當年成果，但所屬措施 {m.code}「{m.row['name']}」已結束{until}，附件一無當年成果"
            )
            quotes = [evidence(t.table, t.id, t.text[:120], t.place) for t, _ in found]
            quotes.append(evidence("measures", m.row["id"], f"{m.code} {m.row['name']}", m.row))
            yield Finding("warning", message, tuple(quotes), m.code, 0.75)


VERB = regex.compile(r"^(?:推動|推廣|協助|提供|導入|辦理|補助|加強|落實)+")


def _own_words(text: str, m: Measure, active: str) -> str:
    """The longest string that a text shares with an ended measure and with no active one; from the name only what
    tells it apart: its beginning, or a part with Latin letters."""
    stem = VERB.sub("", squeezed(m.row["name"] or ""))
    names, rest = squeezed(m.row["name"] or ""), squeezed(f"{m.row['plan'] or ''}|{m.row['target'] or ''}")
    from_rest = _longest(text, rest, active)
    from_name = _longest(text, names, active)
    if not (from_name.endswith(stem[:4]) or stem[:4] in from_name or any(c.isascii() for c in from_name)):
        from_name = ""
    if from_rest in names or (len(from_rest) <= OWN_WORDS and not any(c.isascii() for c in from_rest)):
        from_rest = ""
    return max(from_rest, from_name, key=len)


def _longest(text: str, ended_words: str, active: str) -> str:
    """The longest string of characters that text and ended measure share and no active measure has."""
    grams = _grams(ended_words)
    if grams.isdisjoint(_grams(text)):
        return ""
    best = ""
    for at in range(len(text) - OWN_WORDS + 1):
        if text[at : at + OWN_WORDS] not in grams:
            continue
        size = max(OWN_WORDS, len(best) + 1)
        while len(part := text[at : at + size]) == size and part in ended_words:
            if part not in active and PLAIN.fullmatch(part, timeout=1):
                best = part
            size += 1
    return best


@lru_cache(maxsize=1024)
def _grams(text: str) -> frozenset[str]:
    """Every run of `OWN_WORDS` characters."""
    return frozenset(text[i : i + OWN_WORDS] for i in range(len(text) - OWN_WORDS + 1))


PLAIN = regex.compile(r"[\p{Han}A-Za-z.]+")


NEAR = 12
"""Characters between the count of measures and the reduction that they are said to have made."""


@rule("counts:ended_in_total", "無容差：措施數等於附件一全部措施數，其後緊接當年減碳量；附件一有已結束的措施")
def ended_in_total(facts: Facts) -> Iterable[Finding]:
    """當年減碳量以全部措施計，但其中有已結束而無當年成果者。"""
    gone = [m for m in facts.measures if m.has_ended]
    for claim in facts.claims if gone else ():
        figures = facts.of(claim)
        for count, carbon in pairwise(figures):
            left, right = located(count), located(carbon)
            is_all = count.kind == "count" and count.unit in COUNTERS and count.value == len(facts.measures)
            if (
                not is_all
                or carbon.kind != "emission_reduction"
                or carbon.scope == "cumulative"
                or not left
                or not right
            ):
                continue
            between = squeezed(claim.text[left[1] : right[0]])
            if "措施" in count.unit + between and len(between) <= NEAR and "。" not in between:
                parts = [f for f in figures if f.kind == "count" and f.unit == count.unit and f.value < count.value]
                terms = " + ".join(f"{f.value:.0f}" for f in parts)
                whole = f"{terms} = " if sum(f.value for f in parts) == count.value else ""
                message = (
                    f"文中以 {whole}{count.printed}措施計當年減碳 {carbon.printed}，但其中 {len(gone)} 項"
                    f"({'、'.join(m.code for m in gone)})已結束、無當年成果，"
                    f"推動中者僅 {len(facts.measures) - len(gone)} 項"
                )
                quotes = tuple(f.evidence() for f in (*parts, count, carbon))
                yield Finding("warning", message, (*quotes, *rows_of(gone)), count.printed, 0.8)
                break


RULES = (ended, ended_in_total)
