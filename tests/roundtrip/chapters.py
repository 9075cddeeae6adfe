"""The chapters in front of annex one, and annex two: each adds to the gold records what it prints."""

from decimal import Decimal
from random import Random
from typing import Any

from corpus.charts import bar_chart
from corpus.layout import Block, Heading, Paragraph
from corpus.tables import CommentRow, EmissionColumn, captioned, comment_blocks, emissions_table, plain_table
from tests.roundtrip.codes import CHINESE
from tests.roundtrip.figures import Manner, Span, phrase
from tests.roundtrip.shapes import Shape
from tests.roundtrip.wording import WORDS

Gold = dict[str, Any]
GREAT = "壹貳參肆伍"
FACTORS = {"百萬公噸": Decimal(1), "萬公噸": Decimal(100), "千公噸": Decimal(1000)}
"""Units of emissions in one million tonnes."""

EMISSION_HEADERS = {
    "target": ("目標值", "目標排放量", "排放目標值"),
    "actual": ("實際值", "實際排放量", "實際排放值"),
    "corrected": ("校正值", "校正後排放量", "校正後"),
    "grid_factor": ("電力排放係數(公斤CO2e/度)", "電力排碳係數\n(公斤 CO2e/度)"),
}
YEARS = ("{} 年", "{}", "民國{}年", "{}年", "{ad}")
BANDS = ("{reviewer}（{heard}）", "{reviewer}({heard})", "{reviewer}（{heard}）/無會上意見")
"""How a reviewer is named over the comments; the last form only over written ones."""

METRIC_FIELDS = ("kind", "value", "value_high", "unit", "canonical_value", "canonical_unit", "comparator", "quote")


class Outline:
    """Numbers headings as the ministry does: 壹/一/(一), 第一章/一/(一) or 1/1.1/1.1.1."""

    def __init__(self, system: str) -> None:
        self.system = system
        self.counts = [0, 0, 0, 0]

    def heading(self, level: int, text: str) -> Heading:
        """The next heading of the level, 1 to 4."""
        self.counts[level - 1] += 1
        self.counts[level:] = [0] * (4 - level)
        n = self.counts[level - 1]
        if self.system == "1.1":
            return Heading(level, f"{'.'.join(map(str, self.counts[:level]))} {text}")
        chapter = f"{GREAT[n - 1]}、" if self.system == "壹" else f"第{CHINESE[n - 1]}章 "
        numbers = (chapter, f"{CHINESE[n - 1]}、", f"({CHINESE[n - 1]})", f"{n}.")
        return Heading(level, numbers[level - 1] + text)


class Writer:
    """Writes chapters and keeps the gold records in step."""

    def __init__(self, rng: Random, gold: Gold, shape: Shape, sector: str, roc_year: int) -> None:
        self.rng, self.gold, self.shape = rng, gold, shape
        self.sector, self.year = sector, roc_year
        self.outline = Outline(shape.numbering)
        self.counts = {"表": 0, "圖": 0}
        self.first = 110 if roc_year < 115 else 115

    def summary(self) -> list[Block]:
        """The chapter that counts strategies and measures."""
        s, m = len(self.gold["strategies"]), len(self.gold["measures"])
        return [
            self.outline.heading(1, "摘要"),
            self.outline.heading(2, f"{self.sector}部門辦理概況"),
            Paragraph(f"{self.sector}部門本期計有 {s} 項策略、{m} 項措施，{self.year} 年辦理情形整理於附件。"),
        ]

    def emissions(self) -> list[Block]:
        """The emissions table, down or across, with a chart."""
        rng, shape = self.rng, self.shape
        has_sums, has_grid = rng.random() < 0.5, rng.random() < 0.6
        rows = self._emission_rows(has_sums=has_sums, has_grid=has_grid)
        self.gold["emissions"] = [
            {k: float(v) if isinstance(v, Decimal) else v for k, v in row.items()} for row in rows
        ]
        names = ["target", "grid_factor", "actual", "corrected"] if has_grid else ["target", "actual"]
        fields = [(name, rng.choice(EMISSION_HEADERS[name])) for name in names]
        span = f"{self.first}-{self.first + 4}"
        columns = [EmissionColumn(f, h, f"{span} 年溫室氣體排放值" if has_sums else None) for f, h in fields]
        if has_sums:
            sums = [(f"cumulative_{f}", h) for f, h in fields if f != "grid_factor"]
            columns += [EmissionColumn(f, h, f"{span} 年累計排放值") for f, h in sums]
        in_words = shape.emissions_estimate == "words"
        form = rng.choice(YEARS)
        years = [
            form.format(r["year"] - 1911, ad=r["year"]) + ("(推估)" if in_words and r["is_estimate"] else "")
            for r in rows
        ]
        printed = [{k: self._emission(k, v, row["is_estimate"]) for k, v in row.items()} for row in rows]
        table = emissions_table(years, columns, printed, is_across=shape.emissions_across)
        notes = [Paragraph("資料來源：環境部，歷年排放統計。", "source")]
        if shape.emissions_estimate in ("star", "note"):
            text = {"star": "註：*為推估值。", "note": f"註 1：{self.year} 年為推估值。"}[shape.emissions_estimate]
            notes.append(Paragraph(text, "note"))
        caption = self._caption("表", f"{span} 年{self.sector}部門排放值")
        targets = [float(r["target"]) for r in rows]
        return [
            self.outline.heading(1, "階段目標達成情形"),
            self.outline.heading(2, "排放目標"),
            Paragraph(f"{self.sector}部門歷年排放情形如下表。"),
            *captioned(caption, table, unit=f"單位：{shape.emissions_unit} CO2e", after=notes),
            bar_chart([str(self.first + i) for i in range(5)], targets, font="Noto Sans CJK TC"),
            Paragraph(self._caption("圖", f"{self.sector}部門各年目標"), "caption"),
        ]

    def _emission_rows(self, *, has_sums: bool, has_grid: bool) -> list[Gold]:
        rng = self.rng
        base = Decimal(rng.randint(60, 1500)) / 10
        sums = {"target": Decimal(0), "actual": Decimal(0), "corrected": Decimal(0)}
        rows: list[Gold] = []
        for roc in range(self.first, self.first + 5):
            actual = base - Decimal(rng.randint(-9, 30)) / 10 if roc <= self.year else None
            row: Gold = {
                "year": roc + 1911,
                "is_estimate": roc == self.year,
                "target": base - (roc - self.first) * Decimal("0.7"),
                "actual": actual,
                "corrected": actual - Decimal("0.4") if actual is not None and has_grid else None,
                "grid_factor": Decimal(502 - 9 * (roc - self.first)) / 1000 if has_grid else None,
            }
            for field, total in sums.items():
                sums[field] = total + (row[field] or 0)
                row[f"cumulative_{field}"] = sums[field] if has_sums and row[field] is not None else None
            rows.append(row)
        return rows

    def _emission(self, field: str, value: object, is_estimate: bool) -> str:
        if not isinstance(value, Decimal):
            return self.rng.choice(["", "-"])
        if field == "grid_factor":
            return f"{value:.3f}"
        factor = FACTORS[self.shape.emissions_unit]
        text = f"{value * factor:.1f}" if factor == 1 else f"{value * factor:,.0f}"
        if not is_estimate or field.endswith("target"):
            return text
        forms = {"brackets": f"({text})", "star": f"{text}*", "words": text, "note": f"{text}<sup>註 1</sup>"}
        return forms[self.shape.emissions_estimate]

    def indicators(self) -> list[Block]:
        """The table of indicators."""
        rng, year = self.rng, self.year
        rows = [
            {
                "name": "部門排放量",
                "target": f"{year} 年低於 {rng.randint(20, 99)} 百萬公噸 CO2e",
                "result": f"{year} 年 {rng.randint(10, 90)} 百萬公噸 CO2e",
            },
            {
                "name": "人均用電",
                "target": f"較 {year - 5} 年減少 {rng.randint(2, 9)}%",
                "result": f"已減少 {rng.randint(2, 9)}%",
            },
        ]
        self.gold["indicators"] = rows
        header = rng.choice(
            [
                ("評量或目標", "目標", "目前執行成果"),
                ("評量指標", "目標值", "執行成果"),
                ("評量指標", "年度目標", "達成情形"),
            ]
        )
        table = plain_table(header, [tuple(r.values()) for r in rows], (1.2, 2, 2))
        caption = self._caption("表", f"{self.sector}部門評量指標達成情形")
        return [self.outline.heading(2, "評量指標及年度目標"), *captioned(caption, table)]

    def highlights(self, numbers: Manner) -> list[Block]:
        """A case for each of the first strategies."""
        rng, shared = self.rng, WORDS["shared"]
        name = rng.choice(["亮點成果", "亮點案例", "推動亮點", "執行亮點"])
        out: list[Block] = [self.outline.heading(1, "推動策略及措施成果"), self.outline.heading(2, name)]
        for strategy in self.gold["strategies"][:3]:
            measure = next(m for m in self.gold["measures"] if m["strategy"] == strategy["code"])
            title = f"{measure['name']}案例"
            figures = [
                phrase(rng, numbers, activity, Span("unspecified"))
                for activity in ("投資{投資}", "節電{節電}", "減碳{減碳小}")
            ]
            problem = shared["case_problem"].format(place=rng.choice(shared["case_places"]))
            out += [
                self.outline.heading(3, title),
                Paragraph(problem + shared["case_approach"]),
                Paragraph(f"本案{'，'.join(text for text, _ in figures)}。"),
            ]
            metrics = [{k: figure[k] for k in METRIC_FIELDS} for _, figure in figures]
            self.gold["cases"].append({"title": title, "path": [name, title], "industry": None, "metrics": metrics})
        return out

    def comments(self) -> list[Block]:
        """Annex two, in one of its shapes."""
        rng, shared = self.rng, WORDS["shared"]
        rows: list[CommentRow] = []
        for reviewer in rng.sample(shared["reviewers"], 3):
            heard = rng.choice(["會前書面意見", "會上意見"])
            forms = BANDS if heard == "會前書面意見" else BANDS[:2]
            band = rng.choice(forms).format(reviewer=reviewer, heard=heard)
            for n in range(1, rng.randint(2, 4)):
                comment, reply = rng.choice(shared["questions"]), rng.choice(shared["answers"])
                rows.append(CommentRow(band, str(n), comment, reply))
                said = {"reviewer": reviewer, "round": heard, "number": str(n), "comment": comment, "reply": reply}
                self.gold["comments"].append(said)
        header = rng.choice(
            [("編號", "委員意見", "部門回復內容"), ("項次", "審查意見", "回復說明"), ("序號", "意見內容", "辦理情形")]
        )
        shown = ("委員", *header) if self.shape.comments_as == "column" else header
        blocks = comment_blocks(rows, shown, comments_as=self.shape.comments_as)
        return [Heading(1, "附件二、委員意見及回復對照表"), *blocks]

    def _caption(self, kind: str, text: str) -> str:
        self.counts[kind] += 1
        n, chapter = self.counts[kind], self.outline.counts[0]
        number = f"{chapter}-{n}" if "{c}" in self.shape.caption_mark else str(n)
        self.gold["tables" if kind == "表" else "figures"].append({"number": number, "caption": text})
        return self.shape.caption_mark.format(kind=kind, n=n, c=chapter) + text
