"""Random shapes: which columns annex one has, under which headers, on which paper, in which font."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import get_args

from corpus.annex import Column, StrategyAs
from corpus.style import Ruling, Style
from corpus.tables import CommentsAs

FONTS = ("Noto Sans CJK TC", "Noto Serif CJK TC", "AR PL UKai TW", "AR PL UMing TW")
LATIN = ("Liberation Serif", "Liberation Sans", "DejaVu Sans", "")

RULINGS: tuple[Ruling, ...] = get_args(Ruling)

HEADERS = {
    "strategy": ("推動策略", "策略", "策略項目"),
    "strategy_code": ("策略編號", "策略代碼"),
    "strategy_title": ("策略名稱", "推動策略名稱"),
    "measure": ("推動措施", "具體措施", "措施名稱", "推動措施(編號及名稱)"),
    "code": ("措施編號", "編號", "項次", "代碼"),
    "name": ("推動措施", "措施名稱", "具體措施"),
    "plan": ("具體計畫", "計畫內容", "具體作法", "措施內容說明"),
    "category": ("元素類別", "類別", "措施類別", "屬性"),
    "agency": ("主(協)辦機關", "主／協辦機關", "權責機關", "主辦/協辦機關", "主政機關"),
    "lead": ("主辦機關", "主辦單位", "主辦"),
    "co": ("協辦機關", "協辦單位", "協辦"),
    "target": ("預期效益/目標", "年度目標", "預期效益", "績效目標", "{y} 年預期目標"),
    "result": ("{y} 執行成果", "{y}年執行情形", "執行成果說明", "執行情形", "{y} 年度執行成果"),
    "period": ("推動期程", "執行期程", "期程", "辦理期程"),
    "budget_rate": ("{y} 經費執行情形{u}/執行率", "{y}年經費{u}/執行率", "經費{u}及執行率"),
    "budget": ("預算數{u}", "{y} 年經費{u}", "經費{u}", "編列經費{u}"),
    "spent": ("決算數{u}", "執行數{u}"),
    "rate": ("執行率", "經費執行率(%)", "執行率(%)"),
    "funding": ("經費來源", "預算來源", "資金來源"),
    "remark": ("備註", "備考"),
    "control": ("管考層級", "列管層級"),
}
"""Wordings of each column's header; {y} is the report's year, {u} the unit of money in brackets."""

WIDTHS = {
    "strategy": 1.1, "strategy_code": 0.6, "strategy_title": 1.1, "measure": 1.3, "code": 0.8, "name": 1.2,
    "plan": 1.9, "category": 0.6, "agency": 1.1, "lead": 1.0, "co": 1.0, "target": 2.4, "result": 2.8,
    "period": 0.95, "budget_rate": 1.3, "budget": 1.15, "spent": 1.15,
    "rate": 0.8, "funding": 0.9, "remark": 0.8, "control": 0.7,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shape:
    """How the tables of one report are built."""

    columns: tuple[Column, ...]
    strategy_as: StrategyAs
    merged: frozenset[str]
    comments_as: CommentsAs
    emissions_across: bool
    emissions_unit: str
    emissions_estimate: str
    numbering: str
    caption_mark: str

    def shows(self, *fields: str) -> bool:
        """Whether one of the fields has a column (strategies as bands count as shown)."""
        return any(c.field in fields for c in self.columns)


def style(rng: Random, rulings: Sequence[Ruling]) -> Style:
    """Paper, fonts and one of the rulings."""
    ruling = rng.choice(rulings)
    size = rng.choice([10, 11, 12, 13, 14])
    return Style(
        paper=rng.choice(["A4", "A4", "A4", "A3", "B4"]),
        font=rng.choice(FONTS),
        latin=rng.choice(LATIN),
        size=size,
        table_size=rng.choice([8, 9, 10, 11, min(12, size)]),
        line_height=rng.choice([1.2, 1.4, 1.6]),
        margin=rng.choice([42, 56, 70]),
        ruling=ruling,
        shaded_header=rng.random() < 0.4,
        repeat_header=rng.random() < 0.8,
        split_rows=rng.random() < 0.7,
        centred=ruling != "three-line" and rng.random() < 0.3,
        page_numbers=rng.random() < 0.9,
    )


def shape(rng: Random, ruling: Ruling, *, roc_year: int, money: str, money_in_cell: bool) -> Shape:
    """A shape of tables. Without lines between rows nothing shows that a cell is merged, so only strategies are."""
    unit = "" if money_in_cell else rng.choice([f"({money})", f"（{money}）", f"(單位:{money})"])

    def column(field: str, group: str | None = None) -> Column:
        header = rng.choice(HEADERS[field]).format(y=roc_year, u=unit)
        if header.isalpha() and len(header) > 3 and rng.random() < 0.15:
            header = f"{header[:2]}\n{header[2:]}"
        return Column(field, header, WIDTHS[field], group)

    strategy_as: StrategyAs = rng.choice(get_args(StrategyAs))
    front: list[Column] = []
    if strategy_as != "band":
        own = rng.random() < 0.25
        front += [column("strategy_code"), column("strategy_title")] if own else [column("strategy")]
    front += [column("code"), column("name")] if rng.random() < 0.4 else [column("measure")]
    rest: list[list[Column]] = [[column("target"), column("result")]]
    if rng.random() < 0.85:
        rest.append([column("plan")])
    if rng.random() < 0.75:
        rest.append([column("category")])
    if rng.random() < 0.4:
        group = rng.choice([None, "主(協)辦機關", "辦理機關"])
        rest.append([column("lead", group), column("co", group)])
    else:
        rest.append([column("agency")])
    rest.append([column("period")])
    rest.append(_money_columns(rng, column, roc_year))
    if rng.random() < 0.8:
        rest.append([column("funding")])
    if rng.random() < 0.6:
        rng.shuffle(rest)
    columns = [*front, *(c for part in rest for c in part)]
    columns += [column(field) for field in ("remark", "control") if rng.random() < 0.25]
    return Shape(
        columns=tuple(columns),
        strategy_as=strategy_as,
        merged=frozenset(["category", "agency"]) if rng.random() < 0.2 and ruling != "three-line" else frozenset(),
        comments_as=rng.choice(get_args(CommentsAs)),
        emissions_across=rng.random() < 0.35,
        emissions_unit=rng.choice(["百萬公噸", "萬公噸", "千公噸"]),
        emissions_estimate=rng.choice(["brackets", "star", "words", "note"]),
        numbering=rng.choice(["壹", "章", "1.1"]),
        caption_mark=rng.choice(["{kind} {n}、", "{kind}{n} ", "{kind} {n}：", "{kind}{n}、", "{kind} {c}-{n} "]),
    )


def _money_columns(rng: Random, column: Callable[..., Column], roc_year: int) -> list[Column]:
    form = rng.random()
    if form < 0.5:
        return [column("budget_rate")]
    group = rng.choice([None, f"{roc_year} 年經費執行情形", "經費執行情形"])
    if form < 0.8:
        return [column("budget", group), column("rate", group)]
    return [column("budget", group), column("spent", group), column("rate", group)]
