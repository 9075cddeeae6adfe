"""Small bar charts as SVG, for the figures of a typeset report."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from corpus.layout import Picture

WIDTH, HEIGHT = 380.0, 170.0
BAR = "#5b8db8"


def bar_chart(labels: Sequence[str], values: Sequence[float], *, font: str) -> Picture:
    """One bar for each label, its value printed above."""
    if len(labels) != len(values) or not values:
        raise ValueError("a chart needs one value for each label")
    top = max(values) or 1
    step = WIDTH / len(values)
    parts = [f'<line x1="0" y1="140" x2="{WIDTH}" y2="140" stroke="#444"/>']
    for i, (label, value) in enumerate(zip(labels, values, strict=True)):
        height = 110 * value / top
        x = i * step
        parts.append(
            f'<rect x="{x + step * 0.2:.1f}" y="{140 - height:.1f}" width="{step * 0.6:.1f}" '
            f'height="{height:.1f}" fill="{BAR}"/>'
        )
        middle = x + step / 2
        parts.append(f'<text x="{middle:.1f}" y="{134 - height:.1f}" text-anchor="middle">{value:g}</text>')
        parts.append(f'<text x="{middle:.1f}" y="157" text-anchor="middle">{escape(label)}</text>')
    body = "".join(parts)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'font-family="{escape(font)}" font-size="11">{body}</svg>'
    )
    return Picture(svg, WIDTH, HEIGHT)
