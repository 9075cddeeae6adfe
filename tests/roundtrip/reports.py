"""A whole random report: gold records and the blocks that print them."""

from dataclasses import dataclass, replace
from random import Random
from typing import Any

from corpus.annex import AnnexRow, annex_table
from corpus.layout import Block, Contents, Heading, NewPage, Orientation, Paragraph
from corpus.markdown import TextStyle, to_markdown
from corpus.style import Ruling, Style
from tests.roundtrip import chapters, records, shapes
from tests.roundtrip.wording import WORDS

Gold = dict[str, Any]
CHINESE = "〇一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Generated:
    """One report: what it says, and what prints it. `text_blocks` are for text, where no cell can be merged but
    a strategy's."""

    gold: Gold
    blocks: tuple[Block, ...]
    text_blocks: tuple[Block, ...]
    style: Style
    text_style: TextStyle

    @property
    def name(self) -> str:
        """`transport-112`."""
        return str(self.gold["report"]["id"])

    @property
    def title(self) -> str:
        """As on its title page."""
        return str(self.gold["report"]["title"])

    def markdown(self) -> str:
        """The report as text."""
        return to_markdown(self.text_blocks, self.text_style)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked of a report. `annex_alone`: title page and annex one, for quick round trips."""

    measures: int = 9
    annex_alone: bool = False
    rulings: tuple[Ruling, ...] = shapes.RULINGS


def generate(rng: Random, sector: str, roc_year: int, plan: Plan) -> Generated:
    """A report of the sector's year."""
    how, style = records.habits(rng, roc_year), shapes.style(rng, plan.rulings)
    shape = shapes.shape(rng, style.ruling, roc_year=roc_year, money=how.money.unit, money_in_cell=how.money.in_cell)
    draft = records.draft(rng, sector, how, measures=plan.measures)
    _forget_unshown(draft, shape)
    gold: Gold = {"report": {}, **draft.gold, "emissions": [], "indicators": [], "cases": [], "comments": []}
    gold |= {"tables": [], "figures": []}
    writer = chapters.Writer(rng, gold, shape, WORDS["sectors"][sector]["name"], roc_year)
    front: list[Block] = [NewPage(numbered=False), *_title_page(rng, gold, sector, roc_year)]
    if not plan.annex_alone:
        front += [NewPage(numbered=False), Contents(), NewPage()]
        front += [*writer.summary(), *writer.emissions(), *writer.indicators(), *writer.highlights(how.numbers)]
    orientation: Orientation = rng.choice(["landscape", "landscape", "portrait"])
    front.append(NewPage(orientation))
    back: list[Block] = [] if plan.annex_alone else [NewPage(), *writer.comments()]
    annex = _annex_heading(rng, WORDS["sectors"][sector]["name"], roc_year)
    unmerged = _annex_table(draft, replace(shape, merged=frozenset()))
    text_style = TextStyle(rng.choice([0, 2, 3, 5]), rng.random() < 0.7, rng.random() < 0.3, rng.random() < 0.5)
    blocks = (*front, annex, _annex_table(draft, shape), *back)
    return Generated(gold, blocks, (*front, annex, unmerged, *back), style, text_style)


def _forget_unshown(draft: records.Draft, shape: shapes.Shape) -> None:
    """What no column shows is not in the gold records either; what only `extra` can take goes there."""
    for measure, printed in zip(draft.gold["measures"], draft.printed, strict=True):
        if not shape.shows("plan"):
            measure["plan"] = None
        if not shape.shows("category"):
            measure["category"] = None
        if not shape.shows("funding"):
            measure["funding_sources"] = []
        if not shape.shows("budget_rate"):
            measure["budget_note"] = None
        measure["extra"] = [
            printed[f] for f in ("remark", "control", "spent") if shape.shows(f) and len(printed[f]) > 1
        ]


def _annex_heading(rng: Random, sector: str, roc_year: int) -> Heading:
    heading = rng.choice(
        [
            f"附件一、{roc_year} 年{sector}部門行動方案執行情形",
            f"附件一 {sector}部門溫室氣體減量行動方案{roc_year}年執行成果一覽表",
            f"附件 1、{sector}部門推動措施執行情形（{roc_year} 年度）",
            f"附錄一、{roc_year} 年度具體措施辦理情形",
        ]
    )
    return Heading(1, heading)


def _annex_table(draft: records.Draft, shape: shapes.Shape) -> Block:
    rows = [AnnexRow(s, cells) for s, cells in zip(draft.strategies, draft.printed, strict=True)]
    return annex_table(rows, shape.columns, strategy_as=shape.strategy_as, merged=shape.merged)


def _title_page(rng: Random, gold: Gold, sector: str, roc_year: int) -> list[Block]:
    """Title in one to three lines, agencies in full or gathered by ministry, month of publishing."""
    words = WORDS["sectors"][sector]
    phase = 2 if roc_year < 115 else 3
    name = f"{words['name']}部門溫室氣體減量行動方案"
    ordinal = f"第{CHINESE[phase]}期"
    lines = rng.choice(
        [
            (f"{ordinal}{name}", f"{roc_year} 年成果報告"),
            (f"{ordinal}{name}", f"{roc_year}年度執行成果報告"),
            (f"{name}({ordinal})", f"{roc_year} 年成果報告"),
            (f"{ordinal}{name}{roc_year}年成果報告",),
            (f"{ordinal}{words['name']}部門", "溫室氣體減量行動方案", f"{roc_year} 年度成果報告"),
            (f"{ordinal}{name}", f"{''.join(CHINESE[int(d)] for d in str(roc_year))}年成果報告"),
        ]
    )
    month = rng.randint(8, 12)
    gold["report"] = {
        "id": f"{sector}-{roc_year}",
        "title": " ".join(lines),
        "sector": words["name"],
        "phase": phase,
        "roc_year": roc_year,
        "published": f"{roc_year + 1912}-{month:02}",
        "lead_agencies": words["lead"],
        "co_agencies": words["co"],
    }
    lead, co = rng.choice([("主辦機關：", "協辦機關："), ("主辦：", "協辦："), ("主辦機關:", "協辦機關:")])
    leads = by_ministry(words["lead"]) if rng.random() < 0.5 else "、".join(words["lead"])
    date = rng.choice(["中華民國 {} 年 {} 月", "中 華 民 國 {} 年 {} 月", "中華民國{}年{}月"]).format(
        roc_year + 1, month
    )
    return [
        *(Paragraph(line, "title") for line in lines),
        Paragraph(lead + leads, "agencies"),
        Paragraph(co + "、".join(words["co"]), "agencies"),
        Paragraph(date, "date"),
    ]


def by_ministry(agencies: list[str]) -> str:
    """Full names gathered under their ministry, 交通部（公路局、鐵道局）."""
    groups: dict[str, list[str]] = {}
    for agency in agencies:
        ministry, _, rest = agency.partition("部")
        groups.setdefault(f"{ministry}部", []).append(rest)
    return "、".join(
        f"{ministry}（{'、'.join(names)}）" if all(names) else ministry for ministry, names in groups.items()
    )
