"""A whole random report: gold records and the blocks that print them."""

from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Any

from corpus.annex import AnnexRow, annex_table
from corpus.charts import bar_chart
from corpus.layout import Block, Contents, Heading, NewPage, Orientation, Paragraph
from corpus.markdown import TextStyle, to_markdown
from corpus.style import Style
from corpus.tables import CommentRow, EmissionColumn, captioned, comment_blocks, emissions_table, plain_table
from tests.roundtrip import records, shapes
from tests.roundtrip.figures import Span, manner, phrase
from tests.roundtrip.wording import WORDS

Gold = dict[str, Any]
CHINESE = "一二三四五六七八九十"
GREAT = "壹貳參肆伍"
FACTORS = {"百萬公噸": Decimal(1), "萬公噸": Decimal(100), "千公噸": Decimal(1000)}


@dataclass(frozen=True, slots=True)
class Generated:
    """One report: what it says, and what prints it."""

    gold: Gold
    blocks: tuple[Block, ...]
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
        return to_markdown(self.blocks, self.text_style)


def generate(rng: Random, *, sector: str, roc_year: int, measures: int = 9, annex_alone: bool = False) -> Generated:
    """A report of the sector's year. `annex_alone`: title page and annex one, for quick round trips."""
    how, numbers, style = records.habits(rng), manner(rng), shapes.style(rng)
    shape = shapes.shape(rng, roc_year=roc_year, money=how.money, money_in_cell=how.money_in_cell)
    draft = records.draft(rng, sector, roc_year, how, numbers, measures=measures)
    _forget_unshown(draft, shape)
    outline = _Outline(shape.numbering)
    gold: Gold = {
        "report": {},
        **draft.gold,
        "emissions": [],
        "indicators": [],
        "cases": [],
        "comments": [],
        "tables": [],
        "figures": [],
    }
    blocks = _title_page(rng, gold, sector, roc_year)
    writer = _Writer(rng, gold, shape, outline, roc_year, sector)
    if not annex_alone:
        blocks += [NewPage(numbered=False), Contents(), NewPage()]
        blocks += writer.summary() + writer.emissions() + writer.highlights(numbers)
    orientation: Orientation = rng.choice(["landscape", "landscape", "portrait"])
    blocks += [NewPage(orientation), *writer.annex(draft)]
    if not annex_alone:
        blocks += [NewPage(), *writer.comments()]
    text_style = TextStyle(rng.choice([0, 2, 3, 5]), rng.random() < 0.7, rng.random() < 0.3, rng.random() < 0.5)
    return Generated(gold, tuple(blocks), style, text_style)


def _forget_unshown(draft: records.Draft, shape: shapes.Shape) -> None:
    """What no column shows is not in the gold records either."""
    for measure in draft.gold["measures"]:
        for field in ("plan", "category"):
            if not shape.shows(field):
                measure[field] = None
        if not shape.shows("funding"):
            measure["funding_sources"] = []
        if not shape.shows("budget_rate"):
            measure["budget_note"] = None


def _title_page(rng: Random, gold: Gold, sector: str, roc_year: int) -> list[Block]:
    words = WORDS["sectors"][sector]
    phase = 2 if roc_year < 115 else 3
    name = f"{words['name']}部門溫室氣體減量行動方案"
    lines = rng.choice(
        [
            (f"第{CHINESE[phase - 1]}期{name}", f"{roc_year} 年成果報告"),
            (f"第{CHINESE[phase - 1]}期{name}", f"{roc_year}年度執行成果報告"),
            (f"{name}(第{CHINESE[phase - 1]}期)", f"{roc_year} 年成果報告"),
            (f"第{CHINESE[phase - 1]}期{name}{roc_year}年成果報告",),
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
    date = rng.choice(
        [
            f"中華民國 {roc_year + 1} 年 {month} 月",
            f"中 華 民 國 {roc_year + 1} 年 {month} 月",
            f"中華民國{roc_year + 1}年{month}月",
        ]
    )
    return [
        NewPage(numbered=False),
        *(Paragraph(line, "title") for line in lines),
        Paragraph(lead + "、".join(words["lead"]), "agencies"),
        Paragraph(co + "、".join(words["co"]), "agencies"),
        Paragraph(date, "date"),
    ]


class _Outline:
    """Numbers headings of three levels as the ministry does."""

    def __init__(self, system: str) -> None:
        self.system = system
        self.counts = [0, 0, 0, 0]

    def heading(self, level: int, text: str) -> Heading:
        self.counts[level - 1] += 1
        self.counts[level:] = [0] * (4 - level)
        n = self.counts[level - 1]
        if self.system == "1.1":
            return Heading(level, f"{'.'.join(map(str, self.counts[:level]))} {text}")
        names = {"壹": (f"{GREAT[n - 1]}、",), "章": (f"第{CHINESE[n - 1]}章 ",)}[self.system]
        numbers = (*names, f"{CHINESE[n - 1]}、", f"({CHINESE[n - 1]})", f"{n}.")
        return Heading(level, numbers[level - 1] + text)


class _Writer:
    """Writes the chapters and keeps gold in step."""

    def __init__(
        self, rng: Random, gold: Gold, shape: shapes.Shape, outline: _Outline, roc_year: int, sector: str
    ) -> None:
        self.rng, self.gold, self.shape, self.outline, self.year = rng, gold, shape, outline, roc_year
        self.sector = WORDS["sectors"][sector]["name"]
        self.counts = {"表": 0, "圖": 0}

    def caption(self, kind: str, text: str) -> str:
        self.counts[kind] += 1
        n, chapter = self.counts[kind], self.outline.counts[0]
        number = f"{chapter}-{n}" if "{c}" in self.shape.caption_mark else str(n)
        self.gold["tables" if kind == "表" else "figures"].append({"number": number, "caption": text})
        return self.shape.caption_mark.format(kind=kind, n=n, c=chapter) + text

    def summary(self) -> list[Block]:
        s, m = len(self.gold["strategies"]), len(self.gold["measures"])
        return [
            self.outline.heading(1, "摘要"),
            self.outline.heading(2, f"{self.sector}部門行動方案辦理概況"),
            Paragraph(
                f"{self.sector}部門本期行動方案計有 {s} 項推動策略、{m} 項具體措施，{self.year} 年辦理情形整理於附件。"
            ),
        ]

    def emissions(self) -> list[Block]:
        rng, shape = self.rng, self.shape
        first = 110 if self.year < 115 else 115
        factor = FACTORS[shape.emissions_unit]
        has_sums, has_grid = rng.random() < 0.5, rng.random() < 0.6
        base = Decimal(rng.randint(60, 1500)) / 10
        rows: list[Gold] = []
        printed: list[dict[str, str]] = []
        sums = {"target": Decimal(0), "actual": Decimal(0), "corrected": Decimal(0)}
        for roc in range(first, first + 5):
            is_past, is_estimate = roc < self.year, roc == self.year
            row: Gold = {"year": roc + 1911, "is_estimate": is_estimate}
            row["target"] = base - (roc - first) * Decimal("0.7")
            row["actual"] = base - Decimal(rng.randint(-9, 30)) / 10 if is_past or is_estimate else None
            row["corrected"] = row["actual"] - Decimal("0.4") if row["actual"] is not None and has_grid else None
            row["grid_factor"] = Decimal(502 - 9 * (roc - first)) / 1000 if has_grid else None
            for field, total in sums.items():
                value = row[field]
                key = f"cumulative_{field}"
                sums[field] = total + value if value is not None else total
                row[key] = sums[field] if has_sums and value is not None else None
            rows.append({k: float(v) if isinstance(v, Decimal) else v for k, v in row.items()})
            printed.append(
                {
                    k: self._emission(k, v, factor, is_estimate=is_estimate)
                    for k, v in row.items()
                    if k not in ("year", "is_estimate")
                }
            )
        self.gold["emissions"] = rows
        fields = [("target", "目標值"), ("actual", "實際值")]
        if has_grid:
            fields[1:1] = [("grid_factor", "電力排放係數(公斤CO2e/度)")]
            fields.append(("corrected", "校正值"))
        each = f"{first}-{first + 4} 年溫室氣體排放值" if has_sums else None
        columns = [EmissionColumn(f, h, each) for f, h in fields]
        if has_sums:
            columns += [
                EmissionColumn(f"cumulative_{f}", h, f"{first}-{first + 4} 年累計排放值")
                for f, h in fields
                if f != "grid_factor"
            ]
        words = shape.emissions_estimate == "words"
        years = [f"{r['year'] - 1911} 年" + ("(推估)" if words and r["is_estimate"] else "") for r in rows]
        table = emissions_table(years, columns, printed, is_across=shape.emissions_across)
        notes = [Paragraph("資料來源：環境部，國家溫室氣體排放清冊。", "source")]
        if shape.emissions_estimate == "star":
            notes.append(Paragraph("註：*為推估值。", "note"))
        elif shape.emissions_estimate == "note":
            notes.append(Paragraph(f"註 1：{self.year} 年為推估值。", "note"))
        caption = self.caption("表", f"{first}-{first + 4} 年{self.sector}部門溫室氣體排放值")
        unit = f"單位：{shape.emissions_unit} CO2e"
        out: list[Block] = [
            self.outline.heading(1, "階段管制目標執行狀況與達成情形"),
            self.outline.heading(2, "溫室氣體排放管制目標"),
            Paragraph(f"{self.sector}部門歷年排放情形如下表。"),
            *captioned(caption, table, unit=unit, after=notes),
            bar_chart([str(first + i) for i in range(5)], [float(r["target"]) for r in rows], font="Noto Sans CJK TC"),
            Paragraph(self.caption("圖", f"{self.sector}部門各年目標排放值"), "caption"),
        ]
        return out + self._indicators()

    def _emission(self, field: str, value: Decimal | None, factor: Decimal, *, is_estimate: bool) -> str:
        if value is None:
            return self.rng.choice(["", "-"])
        if field == "grid_factor":
            return f"{value:.3f}"
        text = f"{value * factor:.1f}" if factor == 1 else f"{value * factor:,.0f}"
        if not is_estimate or field.endswith("target"):
            return text
        return {"brackets": f"({text})", "star": f"{text}*", "words": text, "note": f"{text}<sup>註 1</sup>"}[
            self.shape.emissions_estimate
        ]

    def _indicators(self) -> list[Block]:
        rows = [
            {
                "name": "部門排放量",
                "target": f"{self.year} 年低於 {self.rng.randint(20, 99)} 百萬公噸 CO2e",
                "result": f"{self.year} 年 {self.rng.randint(10, 90)} 百萬公噸 CO2e",
            },
            {
                "name": "人均用電",
                "target": f"較 {self.year - 5} 年減少 {self.rng.randint(2, 9)}%",
                "result": f"已減少 {self.rng.randint(2, 9)}%",
            },
        ]
        self.gold["indicators"] = rows
        header = self.rng.choice(
            [
                ("評量或目標", "目標", "目前執行成果"),
                ("評量指標", "目標值", "執行成果"),
                ("評量指標", "年度目標", "達成情形"),
            ]
        )
        table = plain_table(header, [tuple(r.values()) for r in rows], (1.2, 2, 2))
        caption = self.caption("表", f"{self.sector}部門評量指標達成情形")
        return [self.outline.heading(2, "評量指標及年度目標達成情形"), *captioned(caption, table)]

    def highlights(self, numbers: Any) -> list[Block]:
        rng = self.rng
        name = rng.choice(["亮點成果", "亮點案例", "推動亮點", "執行亮點"])
        out: list[Block] = [self.outline.heading(1, "推動策略及措施執行成果"), self.outline.heading(2, name)]
        for strategy in self.gold["strategies"][:3]:
            measure = next(m for m in self.gold["measures"] if m["strategy"] == strategy["code"])
            title = f"{measure['name']}案例"
            place = rng.choice(WORDS["shared"]["case_places"])
            shared = WORDS["shared"]
            metrics, says = [], []
            for activity in ("投資{投資}", "節電{節電}", "減碳{減碳小}"):
                text, figure = phrase(rng, numbers, activity, Span("unspecified"))
                metrics.append(
                    {
                        k: figure[k]
                        for k in (
                            "kind",
                            "value",
                            "value_high",
                            "unit",
                            "canonical_value",
                            "canonical_unit",
                            "comparator",
                            "quote",
                        )
                    }
                )
                says.append(text)
            out.append(self.outline.heading(3, title))
            out.append(Paragraph(shared["case_problem"].format(place=place) + shared["case_approach"]))
            out.append(Paragraph(f"本案{'，'.join(says)}。"))
            self.gold["cases"].append({"title": title, "path": [name, title], "industry": None, "metrics": metrics})
        return out

    def annex(self, draft: records.Draft) -> list[Block]:
        rows = [AnnexRow(s, cells) for s, cells in zip(draft.strategies, draft.printed, strict=True)]
        table = annex_table(rows, self.shape.columns, strategy_as=self.shape.strategy_as, merged=self.shape.merged)
        return [Heading(1, f"附件一、{self.year} 年{self.sector}部門行動方案執行情形"), table]

    def comments(self) -> list[Block]:
        rng, shared = self.rng, WORDS["shared"]
        wide = self.shape.comments_as
        rows: list[CommentRow] = []
        for reviewer in rng.sample(shared["reviewers"], 3):
            round_ = rng.choice(["會前書面意見", "會上意見"])
            for n in range(1, rng.randint(2, 4)):
                comment, reply = rng.choice(shared["questions"]), rng.choice(shared["answers"])
                rows.append(CommentRow(f"{reviewer}（{round_}）", str(n), comment, reply))
                self.gold["comments"].append(
                    {"reviewer": reviewer, "round": round_, "number": str(n), "comment": comment, "reply": reply}
                )
        names = rng.choice(
            [("編號", "委員意見", "部門回復內容"), ("項次", "審查意見", "回復說明"), ("序號", "意見內容", "辦理情形")]
        )
        header = ("委員", *names) if wide == "column" else names
        return [Heading(1, "附件二、專家諮詢會議委員意見回復對照表"), *comment_blocks(rows, header, comments_as=wide)]
