"""Charts as SVG, made once for each version of the database by Vega-Lite in a process of its own.

The process costs a hundred megabytes while it runs and nothing afterwards. Without the package, and where it fails,
there is no picture: the numbers stand in a table beside every chart.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from threading import Lock
from typing import Any

from kb.identity import ROC

FONT = "Noto Sans TC, Noto Sans CJK TC, PingFang TC, Microsoft JhengHei, sans-serif"
TARGET, ACTUAL, CORRECTED = "#8a6d1d", "#0b6b57", "#5b7fa6"
SECONDS = 30
"""For all charts of a database together; six take one second."""
VEGA_LITE = "5.20"

Spec = dict[str, Any]
Lines = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Drawn:
    """SVG by name; `problem` says why there is none."""

    svg: Mapping[str, str]
    problem: str = ""


@dataclass(slots=True)
class Charts:
    """The charts of the version of the database that was last asked about."""

    _version: object = None
    _made: Drawn = field(default_factory=lambda: Drawn({}))
    _lock: Lock = field(default_factory=Lock)

    def emissions(self, version: object, told: Mapping[str | None, Lines]) -> Drawn:
        """A chart for each sector. Those of one version of the database are made together, once."""
        with self._lock:
            if version != self._version:
                specs = {sector or "": emission_chart(lines) for sector, lines in told.items()}
                self._made, self._version = render(specs), version
            return self._made


def is_possible() -> bool:
    """Whether the package that draws is installed."""
    return find_spec("vl_convert") is not None


def render(specs: Mapping[str, Spec]) -> Drawn:
    """Draw them all in a process of their own."""
    if not specs:
        return Drawn({})
    if not is_possible():
        return Drawn({}, "未安裝繪圖套件 vl-convert-python，以表格代替圖")
    try:
        done = subprocess.run(
            [sys.executable, "-m", "kb.site.charts"],
            input=json.dumps(specs),
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=True,
        )
    except (subprocess.SubprocessError, OSError) as error:
        return Drawn({}, f"圖無法繪製（{type(error).__name__}），以表格代替圖")
    return Drawn(json.loads(done.stdout))


def emission_chart(lines: Lines) -> Spec:
    """Target as a dashed line, actual and corrected emissions as lines with points; Mt CO2e over ROC years."""
    values = []
    for line in lines:
        for column, name in (("target", "目標"), ("actual", "實際"), ("corrected", "校正後")):
            if line[column] is not None:
                values.append({"year": f"{line['year'] - ROC}", "v": line[column], "s": name})
    shown = [name for name in ("目標", "實際", "校正後") if any(v["s"] == name for v in values)]
    colours = {"目標": TARGET, "實際": ACTUAL, "校正後": CORRECTED}
    scale = {"domain": shown, "range": [colours[name] for name in shown]}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": 300,
        "height": 150,
        "background": "transparent",
        "data": {"values": values},
        "mark": {"type": "line", "point": {"size": 46, "filled": True}, "strokeWidth": 2.5},
        "encoding": {
            "x": {
                "field": "year",
                "type": "ordinal",
                "title": "年度（民國）",
                "axis": {"labelAngle": 0, "grid": False},
            },
            "y": {
                "field": "v",
                "type": "quantitative",
                "title": "百萬公噸 CO₂e",
                "scale": {"zero": False, "nice": True},
                "axis": {"tickCount": 4},
            },
            "color": {
                "field": "s",
                "type": "nominal",
                "scale": scale,
                # A symbol takes the dashes of its line, and is a scrawl then.
                "legend": {"orient": "top", "title": None, "symbolStrokeWidth": 0},
            },
            "strokeDash": {
                "field": "s",
                "type": "nominal",
                "scale": {"domain": shown, "range": [[6, 4] if name == "目標" else [1, 0] for name in shown]},
                "legend": None,
            },
        },
        "config": {
            "font": FONT,
            "axis": {
                "labelFontSize": 12,
                "titleFontSize": 12,
                "titleFontWeight": "normal",
                "gridColor": "#e4e8e6",
                "domainColor": "#9aa5a0",
                "tickColor": "#9aa5a0",
                "labelColor": "#3c4945",
                "titleColor": "#3c4945",
            },
            "legend": {"labelFontSize": 12, "labelColor": "#22302b"},
            "view": {"stroke": None},
        },
    }


def _main() -> None:
    import vl_convert  # noqa: PLC0415 - needed in this process alone

    specs: dict[str, Spec] = json.load(sys.stdin)
    made = {name: vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE) for name, spec in specs.items()}
    json.dump(made, sys.stdout)


if __name__ == "__main__":
    _main()
