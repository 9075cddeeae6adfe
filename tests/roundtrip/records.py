"""Random records: what a made-up report says, in the gold schema, with the printed text of each cell."""

from dataclasses import dataclass, field
from random import Random
from typing import Any

from tests.roundtrip.figures import Figure, Manner, Span, phrase
from tests.roundtrip.wording import AMOUNTS, WORDS

Gold = dict[str, Any]

CODES = ("1.1.1", "1-1-1", "T1-1", "能-1-2", "一(一)", "一、(一)1")
CHINESE = "一二三四五六七八九十"
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩"
ITEM_MARKS = ("1.", "1. ", "(1)", "（1）", "①", "一、", "１、", "1、")
PERIODS = ("{a}-{b}", "{a}–{b} 年", "{a}年至{b}年", "{a}~{b}年", "{a}-{b} 年度", "{A}-{B}", "民國{a}年至{b}年")
SINGLES = ("{a}", "{a} 年", "{a}年度", "{A}")
BLANKS = ("-", "—", "－", "")
MONEY = {"元": 1, "千元": 1000, "萬元": 10000, "億元": 100000000}


@dataclass(frozen=True, slots=True)
class Habits:
    """How one report writes what its annex says."""

    codes: str = "1.1.1"
    code_gap: str = " "
    item_mark: str = "1. "
    nested: bool = True
    period: str = "{a}-{b}"
    single: str = "{a}"
    blank: str = "-"
    money: str = "萬元"
    money_in_cell: bool = False
    rate_joint: str = "\n"
    agency_roles: str = "brackets"
    short_agencies: bool = False
    marks: tuple[str, ...] = ("新增",)
    wide_brackets: bool = False
    has_notes: bool = False


@dataclass(slots=True)
class Draft:
    """Gold records with, for each measure, the printed texts by field."""

    gold: Gold
    printed: list[dict[str, str]] = field(default_factory=list)
    strategies: list[str] = field(default_factory=list)
    """What the strategy cell of each measure prints."""


def habits(rng: Random) -> Habits:
    """A ministry's habits."""
    return Habits(
        codes=rng.choice(CODES),
        code_gap=rng.choice([" ", "", "\n"]),
        item_mark=rng.choice(ITEM_MARKS),
        nested=rng.random() < 0.5,
        period=rng.choice(PERIODS),
        single=rng.choice(SINGLES),
        blank=rng.choice(BLANKS),
        money=rng.choice(list(MONEY)),
        money_in_cell=rng.random() < 0.3,
        rate_joint=rng.choice(["\n", "/", " / ", "brackets"]),
        agency_roles=rng.choice(["brackets", "words", "short words", "lines"]),
        short_agencies=rng.random() < 0.25,
        marks=tuple(rng.sample(["新增", "調整", "解除列管", "已完成"], rng.randint(1, 3))),
        wide_brackets=rng.random() < 0.5,
        has_notes=rng.random() < 0.4,
    )


def draft(rng: Random, sector: str, roc_year: int, how: Habits, numbers: Manner, *, measures: int) -> Draft:
    """Strategies and measures of the sector, at most `measures` of them."""
    words = WORDS["sectors"][sector]
    made = Draft({"strategies": [], "measures": [], "quantities": []})
    phase_start = 110 if roc_year < 115 else 115
    left = measures
    for s, strategy in enumerate(words["strategies"], 1):
        chosen = strategy["measures"][: max(1, left)] if left > 0 else []
        if not chosen:
            break
        left -= len(chosen)
        code, gap = strategy_code(how.codes, s, words), how.code_gap
        if how.codes.startswith("一"):
            gap = "、" if how.codes == "一(一)" else ""
        made.gold["strategies"].append({"code": code, "title": strategy["title"]})
        for m, words_of in enumerate(chosen, 1):
            _measure(rng, made, how, numbers, words_of, (code, m), roc_year, phase_start)
            made.strategies.append(f"{code}{gap}{strategy['title']}")
            made.printed[-1] |= {"strategy_code": code, "strategy_title": strategy["title"]}
    return made


def strategy_code(system: str, number: int, words: dict[str, Any]) -> str:
    """The code of the n-th strategy."""
    match system:
        case "1.1.1":
            return f"{(number + 1) // 2}.{(number + 1) % 2 + 1}"
        case "1-1-1":
            return f"{(number + 1) // 2}-{(number + 1) % 2 + 1}"
        case "T1-1":
            return f"{words['letter']}{number}"
        case "能-1-2":
            return f"{words['prefix']}-{number}"
        case "一(一)":
            return CHINESE[number - 1]
        case _:
            return f"一、({CHINESE[number - 1]})"


def measure_code(system: str, strategy: str, number: int) -> str:
    """The code of the n-th measure under the strategy's code."""
    match system:
        case "1.1.1":
            return f"{strategy}.{number}"
        case "一(一)":
            return f"{strategy}({CHINESE[number - 1]})"
        case "一、(一)1":
            return f"{strategy}{number}"
        case _:
            return f"{strategy}-{number}"


def _measure(
    rng: Random,
    made: Draft,
    how: Habits,
    numbers: Manner,
    words: dict[str, Any],
    place: tuple[str, int],
    roc_year: int,
    phase_start: int,
) -> None:
    strategy, number = place
    code = measure_code(how.codes, strategy, number)
    start, end = phase_start, phase_start + 4
    ended = rng.random() < 0.12 and roc_year > phase_start
    if ended:
        end = rng.randint(phase_start, roc_year - 1)
    elif rng.random() < 0.15 and roc_year > phase_start:
        start = rng.randint(phase_start + 1, roc_year)
    marks = tuple(rng.sample(how.marks, 1)) if rng.random() < 0.3 else ()
    shown_marks = "".join(f"（{m}）" if how.wide_brackets else f"({m})" for m in marks)
    targets, target_figures, target_text = _items(rng, how, numbers, words["does"], "target", (start, end, roc_year))
    if ended:
        said = rng.choice(
            [
                f"- (推動期程僅執行至 {end} 年)",
                f"本措施執行至 {end} 年止",
                f"已於 {end} 年底辦理完畢，{roc_year} 年無執行事項",
            ]
        )
        results, result_figures, result_text = [{"ordinal": None, "text": said}], [], said
    else:
        results, result_figures, result_text = _items(
            rng, how, numbers, words["does"], "result", (start, end, roc_year)
        )
    budget, rate, note, money = _money(rng, how, ended=ended)
    gold = {
        "code": code,
        "strategy": strategy,
        "name": words["name"],
        "is_new": "新增" in marks,
        "plan": "".join(rng.sample(WORDS["shared"]["plans"], rng.choice([1, 1, 2, 3]))),
        "category": rng.choice(["減緩", "減緩", "能力建構", "調適"]),
        "lead_agencies": [words["by"]],
        "co_agencies": [words["with"]] if "with" in words else [],
        "start_year": start + 1911,
        "end_year": end + 1911,
        "status": "ended" if ended else "active",
        "targets": targets,
        "results": results,
        "budget_ntd": budget,
        "execution_rate": rate,
        "budget_note": note,
        "funding_sources": rng.sample(WORDS["shared"]["funding"], rng.choice([1, 1, 1, 2])),
    }
    made.gold["measures"].append(gold)
    for side, figures in (("target", target_figures), ("result", result_figures)):
        made.gold["quantities"] += [{"measure": code, "side": side, **f} for f in figures]
    form = how.single if start == end else how.period
    made.printed.append(
        {
            "code": code,
            "name": words["name"] + shown_marks,
            "measure": f"{code}{how.code_gap}{words['name']}{shown_marks}",
            "plan": gold["plan"],
            "category": gold["category"],
            "period": form.format(a=start, b=end, A=start + 1911, B=end + 1911),
            "target": target_text,
            "result": result_text,
            "funding": "、".join(gold["funding_sources"]),
            **_agencies(how, gold),
            **money,
        }
    )


def _agencies(how: Habits, gold: Gold) -> dict[str, str]:
    short = WORDS["short"] if how.short_agencies else {}
    lead = "\n".join(short.get(a, a) for a in gold["lead_agencies"])
    co = "\n".join(short.get(a, a) for a in gold["co_agencies"])
    both = lead
    if co:
        both = {
            "brackets": f"{lead}（{co}）",
            "words": f"主辦：{lead}\n協辦：{co}",
            "short words": f"主：{lead}\n協：{co}",
            "lines": f"{lead}（主辦）\n{co}（協辦）",
        }[how.agency_roles]
    elif how.agency_roles == "words":
        both = f"主辦：{lead}"
    return {"agency": both, "lead": lead, "co": co or how.blank}


def _money(rng: Random, how: Habits, *, ended: bool) -> tuple[int | None, float | None, str | None, dict[str, str]]:
    """Budget in NT$, rate, note, and the cells that show them."""
    if ended or rng.random() < 0.06:
        return None, None, None, {"budget": how.blank, "rate": how.blank, "spent": how.blank, "budget_rate": how.blank}
    factor = MONEY[how.money]
    if how.money == "億元":
        budget = rng.randint(1, 900) * 1000000
    else:
        budget = rng.randint(3, 9000) * 100000
    amount = f"{budget // factor:,}" if budget % factor == 0 else f"{budget / factor:,.2f}".rstrip("0")
    spent = f"{budget * 97 // 100 / factor:,.2f}".rstrip("0").rstrip(".")
    percent = rng.choice([100, 100, 98.5, 94, 87.2, 103, 76])
    shown = f"{percent:g}%"
    in_cell = how.money if how.money_in_cell else ""
    note = rng.choice(WORDS["shared"]["remarks"]) if how.has_notes and rng.random() < 0.3 else None
    joint = f"（{shown}）" if how.rate_joint == "brackets" else f"{how.rate_joint}{shown}"
    both = f"{amount}{in_cell}{joint}" + (f"\n{note}" if note else "")
    cells = {"budget": f"{amount}{in_cell}", "rate": shown, "spent": f"{spent}{in_cell}", "budget_rate": both}
    return budget, round(percent / 100, 4), note, cells


def mark(style: str, number: int) -> str:
    """The mark of the n-th item, as `style` writes its first."""
    if style == "①":
        return CIRCLED[number - 1]
    if "一" in style:
        return style.replace("一", CHINESE[number - 1])
    if "１" in style:
        return style.replace("１", chr(ord("０") + number))
    return style.replace("1", str(number))


def _items(
    rng: Random, how: Habits, numbers: Manner, does: list[str], side: str, years: tuple[int, int, int]
) -> tuple[list[Gold], list[Figure], str]:
    """Items with ordinals, their figures, and the whole cell as printed."""
    count = rng.choice([1, 2, 3, 3, 5] if side == "result" else [1, 2, 2, 3])
    chosen = rng.sample(does * 2, min(count, 2 * len(does)))
    items: list[Gold] = []
    figures: list[Figure] = []
    lines: list[str] = []
    nest = how.nested and side == "result" and len(chosen) > 2 and how.item_mark in ("1.", "1. ", "1、", "一、", "１、")
    for n, activity in enumerate(chosen, 1):
        sentence, found = _sentence(rng, numbers, activity, side, years)
        if nest and n == 2:
            head = "分項辦理情形如下："
            items.append({"ordinal": "2", "text": head})
            lines.append(mark(how.item_mark, 2) + head)
        ordinal: str | None = str(n)
        shown = mark(how.item_mark, n)
        if len(chosen) == 1:
            ordinal, shown = None, ""
        elif nest and n > 1:
            ordinal, shown = f"2.{n - 1}", mark("(一)" if how.item_mark == "一、" else "(1)", n - 1)
        items.append({"ordinal": ordinal, "text": sentence})
        figures += [{"ordinal": ordinal, **f} for f in found]
        lines.append(shown + sentence)
    return items, figures, "\n".join(lines)


def _sentence(
    rng: Random, numbers: Manner, activity: str, side: str, years: tuple[int, int, int]
) -> tuple[str, list[Figure]]:
    """One item: time words that govern as SCHEMA.md has it, and one or two figures."""
    start, end, year = years
    is_share = any(AMOUNTS[k].kind == "rate" for k in AMOUNTS if f"{{{k}}}" in activity)
    sp = numbers.space
    ad = 1911
    frames: list[tuple[str, Span]] = [
        ("每年{}", Span("annual")),
        (f"{year}{sp}年{{}}", Span("year", year + ad, year + ad)),
        (f"{year}{sp}年度{{}}", Span("year", year + ad, year + ad)),
    ]
    if side == "target":
        frames += [("預計{}", Span("unspecified"))]
    else:
        frames = frames[1:] + [(f"截至{sp}{year}{sp}年底{{}}", Span("cumulative", None, year + ad))]
    if not is_share:
        last = end if side == "target" else year
        frames.append(("累計{}", Span("cumulative")))
        if start < last:
            frames.append((f"{start}-{last}{sp}年累計{{}}", Span("cumulative", start + ad, last + ad)))
    else:
        frames = [f for f in frames if f[1].scope != "cumulative"]
    frame, span = rng.choice(frames)
    text, figure = phrase(rng, numbers, activity, span)
    sentence, figures = frame.format(text), [figure]
    if side == "result" and span.scope == "year" and not is_share and rng.random() < 0.4:
        more, second = phrase(rng, numbers, activity, Span("cumulative"))
        sentence += f"，累計{more}"
        figures.append(second)
    for closing in rng.sample(WORDS["shared"]["closings"], rng.choice([0, 0, 1, 2])):
        sentence += f"，{closing}"
    return sentence + "。", figures
