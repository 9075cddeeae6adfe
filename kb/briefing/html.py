"""A briefing as one HTML file that needs nothing else, set for A4 when printed."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import IO

from kb.briefing.blocks import Briefing, Grid, Heading, Line, Paragraph

STYLE = """
@page { size: A4; margin: 18mm 16mm; @bottom-center { content: counter(page) " / " counter(pages); font-size: 8pt; } }
body { font: 10pt/1.5 "Noto Sans TC", "Noto Sans CJK TC", "Microsoft JhengHei", "PingFang TC", sans-serif;
  max-width: 190mm; margin: 0 auto; padding: 1rem; color: #1a1a1a; }
h1 { font-size: 16pt; margin: 0 0 .2em; } h2 { font-size: 12pt; margin: 1.2em 0 .4em; break-after: avoid; }
.subtitle { color: #555; margin: 0; }
table { border-collapse: collapse; width: 100%; font-size: 9pt; margin: .4em 0; }
th, td { border-bottom: .5pt solid #bbb; padding: .2em .4em; text-align: left; vertical-align: top; }
th { border-bottom: 1pt solid #333; } tr { break-inside: avoid; } thead { display: table-header-group; }
.number { text-align: right; white-space: nowrap; } td:first-child { min-width: 4em; }
td:nth-child(n+3):last-child { white-space: nowrap; } a { color: #064f8c; }
@media print { body { padding: 0; } a { color: inherit; } }
"""


def write(briefing: Briefing, out: IO[bytes]) -> None:
    """UTF-8."""
    out.write("\n".join(_lines(briefing)).encode())


def _lines(briefing: Briefing) -> Iterator[str]:
    yield '<!DOCTYPE html>\n<html lang="zh-Hant-TW">\n<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{escape(briefing.title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>"
    yield f'<h1>{escape(briefing.title)}</h1>\n<p class="subtitle">{escape(briefing.subtitle)}</p>'
    for block in briefing.blocks:
        match block:
            case Heading(text):
                yield f"<h2>{escape(text)}</h2>"
            case Paragraph(line):
                yield f"<p>{_words(line)}</p>"
            case Grid():
                yield from _table(block)
    yield "</body>\n</html>\n"


def _table(grid: Grid) -> Iterator[str]:
    def cell(tag: str, at: int, words: str) -> str:
        scope = ' scope="col"' if tag == "th" else ""
        number = ' class="number"' if at in grid.numbers else ""
        return f"<{tag}{scope}{number}>{words}</{tag}>"

    yield (
        "<table>\n<thead><tr>" + "".join(cell("th", n, escape(h)) for n, h in enumerate(grid.header)) + "</tr></thead>"
    )
    yield "<tbody>"
    for row in grid.rows:
        yield "<tr>" + "".join(cell("td", n, _words(line)) for n, line in enumerate(row)) + "</tr>"
    yield "</tbody>\n</table>"


def _words(line: Line) -> str:
    return "".join(f'<a href="{escape(s.address)}">{escape(s.text)}</a>' if s.address else escape(s.text) for s in line)
