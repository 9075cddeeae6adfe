"""Random records of annex one: what a made-up report says, in the gold schema, with the printed text of each cell."""

from dataclasses import dataclass, field
from random import Random
from typing import Any

from tests.roundtrip import codes, money
from tests.roundtrip.figures import Manner, manner
from tests.roundtrip.sentences import AD, CellText, Term, cell
from tests.roundtrip.wording import WORDS

Gold = dict[str, Any]

PERIODS = ("{a}-{b}", "{a}–{b} 年", "{a}年至{b}年", "{a}~{b}年", "{a}-{b} 年度", "{A}-{B}", "民國{a}年至{b}年")
SINGLES = ("{a}", "{a} 年", "{a}年度", "{A}")
BLANKS = ("-", "—", "－", "")
ENDINGS = ("- (推動期程僅執行至 {b} 年)", "本措施執行至 {b} 年止", "已於 {b} 年底辦理完畢，{y} 年無執行事項")
ROLES = {
    "brackets": "{lead}（{co}）",
    "words": "主辦：{lead}\n協辦：{co}",
    "short words": "主：{lead}\n協：{co}",
    "lines": "{lead}（主辦）\n{co}（協辦）",
}


@dataclass(frozen=True, slots=True)
class Habits:
    """The year of one report and how it writes what its annex says."""

    roc_year: int
    codes: str
    code_gap: str
    item_mark: str
    nested: bool
    period: str
    single: str
    blank: str
    agency_roles: str
    short_agencies: bool
    marks: tuple[str, ...]
    wide_brackets: bool
    has_remarks: bool
    numbers: Manner
    money: money.MoneyHabits


@dataclass(slots=True)
class Draft:
    """Gold records; for each measure the printed texts by field and what its strategy cell prints."""

    gold: Gold
    printed: list[dict[str, str]] = field(default_factory=list)
    strategies: list[str] = field(default_factory=list)


def habits(rng: Random, roc_year: int) -> Habits:
    """A ministry's habits."""
    return Habits(
        roc_year=roc_year,
        codes=rng.choice(codes.SYSTEMS),
        code_gap=rng.choice([" ", "", "\n"]),
        item_mark=rng.choice(codes.MARKS),
        nested=rng.random() < 0.5,
        period=rng.choice(PERIODS),
        single=rng.choice(SINGLES),
        blank=rng.choice(BLANKS),
        agency_roles=rng.choice(list(ROLES)),
        short_agencies=rng.random() < 0.25,
        marks=tuple(rng.sample(["新增", "調整", "解除列管", "已完成"], rng.randint(1, 3))),
        wide_brackets=rng.random() < 0.5,
        has_remarks=rng.random() < 0.5,
        numbers=manner(rng),
        money=money.habits(rng),
    )


def draft(rng: Random, sector: str, how: Habits, *, measures: int) -> Draft:
    """Strategies and measures of the sector, at most `measures` of them."""
    made = Draft({"strategies": [], "measures": [], "quantities": []})
    for number, strategy in enumerate(WORDS["sectors"][sector]["strategies"], 1):
        chosen = strategy["measures"][: measures - len(made.gold["measures"])]
        if not chosen:
            break
        code, title = codes.strategy_code(how.codes, number, sector), strategy["title"]
        made.gold["strategies"].append({"code": code, "title": title})
        for n, words in enumerate(chosen, 1):
            texts = _measure(rng, made.gold, how, words, (code, n))
            made.printed.append(texts | {"strategy_code": code, "strategy_title": title})
            made.strategies.append(codes.strategy_text(how.codes, code, how.code_gap, title))
    return made


def _measure(rng: Random, gold: Gold, how: Habits, words: Gold, place: tuple[str, int]) -> dict[str, str]:
    """One measure into the gold records; what its cells print."""
    code = codes.measure_code(how.codes, *place)
    term, is_over = _term(rng, how.roc_year)
    marks = rng.sample(how.marks, 1) if rng.random() < 0.3 else []
    target = cell(rng, how.numbers, words["does"], "target", term, how.item_mark, nested=False)
    if is_over:
        said = rng.choice(ENDINGS).format(b=term.end, y=how.roc_year)
        result = CellText([{"ordinal": None, "text": said}], [], said)
        spent = money.nothing(how.blank)
    else:
        result = cell(rng, how.numbers, words["does"], "result", term, how.item_mark, nested=how.nested)
        spent = money.draw(rng, how.money, how.blank)
    measure = {
        "code": code,
        "strategy": place[0],
        "name": words["name"],
        "is_new": "新增" in marks,
        "plan": "".join(rng.sample(WORDS["shared"]["plans"], rng.choice([1, 1, 2, 3]))),
        "category": rng.choice(["減緩", "減緩", "能力建構", "調適"]),
        "lead_agencies": [words["by"]],
        "co_agencies": [words["with"]] if "with" in words else [],
        "start_year": term.start + AD,
        "end_year": term.end + AD,
        "status": "ended" if is_over else "active",
        "targets": target.items,
        "results": result.items,
        "budget_ntd": spent.budget_ntd,
        "execution_rate": spent.rate,
        "budget_note": spent.note,
        "funding_sources": rng.sample(WORDS["shared"]["funding"], rng.choice([1, 1, 1, 2])),
    }
    gold["measures"].append(measure)
    for side, figures in (("target", target.figures), ("result", result.figures)):
        gold["quantities"] += [{"measure": code, "side": side, **figure} for figure in figures]
    brackets = "（{}）" if how.wide_brackets else "({})"
    name = words["name"] + "".join(brackets.format(m) for m in marks)
    form = how.single if term.start == term.end else how.period
    return {
        "code": code,
        "name": name,
        "measure": f"{code}{how.code_gap}{name}",
        "plan": str(measure["plan"]),
        "category": str(measure["category"]),
        "period": form.format(a=term.start, b=term.end, A=term.start + AD, B=term.end + AD),
        "target": target.text,
        "result": result.text,
        "funding": "、".join(measure["funding_sources"]),
        "control": rng.choice(["部會列管", "自行列管", "院列管"]),
        "remark": rng.choice(["", *WORDS["shared"]["remarks"]]) if how.has_remarks else "",
        **_agencies(how, measure),
        **spent.cells,
    }


def _term(rng: Random, roc_year: int) -> tuple[Term, bool]:
    """A period within the phase of the report, and whether it was over before the report's year."""
    first = 110 if roc_year < 115 else 115
    chance = rng.random()
    if roc_year > first and chance < 0.12:
        return Term(first, rng.randint(first, roc_year - 1), roc_year), True
    start = rng.randint(first + 1, roc_year) if roc_year > first and chance < 0.27 else first
    return Term(start, first + 4, roc_year), False


def _agencies(how: Habits, measure: Gold) -> dict[str, str]:
    """The agencies in one cell with their roles, and split over two columns."""
    short = WORDS["short"] if how.short_agencies else {}
    lead = "、".join(short.get(a, a) for a in measure["lead_agencies"])
    co = "、".join(short.get(a, a) for a in measure["co_agencies"])
    both = ROLES[how.agency_roles].format(lead=lead, co=co) if co else lead
    if not co and how.agency_roles == "words":
        both = f"主辦：{lead}"
    return {"agency": both, "lead": lead, "co": co or how.blank}
