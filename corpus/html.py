"""Blocks as one HTML page with print CSS, for WeasyPrint and for Chromium."""

from __future__ import annotations

import base64
import html
from collections.abc import Sequence

from corpus.layout import Block, Cell, Contents, Heading, Marked, NewPage, Paragraph, Picture, Table, plain, runs
from corpus.style import Style

BLACK = "#000"


def to_html(blocks: Sequence[Block], style: Style, *, title: str, leaders: bool = True) -> str:
    """The whole page. `leaders`: the engine knows `leader()` and `target-counter()`; without them the
    contents show a row of full stops and a page number that is only about right."""
    body: list[str] = []
    heading = 0
    is_open = False
    has_numbers = False
    for block in blocks:
        if isinstance(block, NewPage):
            starts = block.numbered and not has_numbers
            has_numbers = has_numbers or block.numbered
            name: str = block.orientation if has_numbers else "front"
            if starts:
                name = f"{name}-first"
            body.append(f'{"</section>" if is_open else ""}<section class="{name}">')
            is_open = True
        elif isinstance(block, Heading):
            heading += 1
            tag = f"h{min(block.level, 6)}"
            body.append(f'<{tag} id="h{heading}">{marked(block.text)}</{tag}>')
        elif isinstance(block, Contents):
            body.append(_contents(block, blocks, leaders=leaders))
        else:
            body.append(_block(block, style))
    if is_open:
        body.append("</section>")
    head = f'<meta charset="utf-8"><title>{html.escape(title)}</title><style>{css(style)}</style>'
    return f'<!DOCTYPE html><html lang="zh-Hant"><head>{head}</head><body>{"".join(body)}</body></html>'


def marked(text: Marked) -> str:
    """Inline HTML of a marked text."""
    parts = []
    for part, look in runs(text):
        inner = html.escape(part, quote=False).replace("\n", "<br>")
        parts.append(f"<{look}>{inner}</{look}>" if look else inner)
    return "".join(parts)


def _block(block: Paragraph | Picture | Table, style: Style) -> str:
    if isinstance(block, Paragraph):
        return f'<p class="{block.kind}">{marked(block.text)}</p>'
    if isinstance(block, Picture):
        data = base64.b64encode(block.svg.encode()).decode()
        size = f"width:{block.width}pt;height:{block.height}pt"
        return f'<p class="picture"><img style="{size}" src="data:image/svg+xml;base64,{data}"></p>'
    return _table(block, style)


def _contents(contents: Contents, blocks: Sequence[Block], *, leaders: bool) -> str:
    headings = [b for b in blocks if isinstance(b, Heading)]
    lines = []
    for number, heading in enumerate(headings, 1):
        if heading.level > contents.depth:
            continue
        text = html.escape(plain(heading.text))
        indent = f"padding-left:{heading.level - 1}.5em"
        if leaders:
            lines.append(f'<p class="entry" style="{indent}"><a href="#h{number}">{text}</a></p>')
        else:
            dots = "." * max(3, 62 - 2 * len(text) - 3 * heading.level)
            lines.append(f'<p class="typed" style="{indent}">{text} {dots} {number}</p>')
    return f'<p class="contents">{contents.heading}</p>{"".join(lines)}'


def _table(table: Table, style: Style) -> str:
    rows = []
    for r, row in enumerate(table.slots()):
        cells = [_cell(cell, c, r, table) for c, cell in enumerate(row) if cell is not None]
        rows.append(f"<tr>{''.join(cells)}</tr>")
    total = sum(table.widths)
    columns = "".join(f'<col style="width:{100 * w / total:.2f}%">' for w in table.widths)
    head, body = "".join(rows[: table.header_rows]), "".join(rows[table.header_rows :])
    group = "thead" if style.repeat_header else "tbody"
    start = f'<{group} class="head">{head}</{group}>' if head else ""
    return f"<table><colgroup>{columns}</colgroup>{start}<tbody>{body}</tbody></table>"


def _cell(cell: Cell, column: int, row: int, table: Table) -> str:
    names: list[str] = [cell.align]
    if column == 0:
        names.append("left-most")
    if column + cell.cols == table.width:
        names.append("right-most")
    if row + cell.rows >= len(table.rows):
        names.append("lowest")
    spans = (f' rowspan="{cell.rows}"' if cell.rows > 1 else "") + (f' colspan="{cell.cols}"' if cell.cols > 1 else "")
    return f'<td class="{" ".join(names)}"{spans}>{marked(cell.text)}</td>'


def css(style: Style) -> str:
    """The style sheet."""
    pages = []
    for name in ("front", "portrait", "landscape", "portrait-first", "landscape-first"):
        width, height = style.page("landscape" if name.startswith("landscape") else "portrait")
        number = f"@bottom-center{{content:counter(page);font-size:{style.table_size}pt;font-family:'{style.latin}'}}"
        number = number if style.page_numbers and name != "front" else ""
        pages.append(f"@page {name}{{size:{width}pt {height}pt;margin:{style.margin}pt;{number}}}")
        pages.append(f"section.{name}{{page:{name}}}")
        if name.endswith("-first"):
            pages.append(f"@page :nth(1 of {name}){{counter-reset:page 1}}")
    return "".join(pages) + _TEXT.format(s=style) + _ruling(style)


_TEXT = """
body{{font-family:'{s.latin}','{s.font}',serif;font-size:{s.size}pt;line-height:{s.line_height};margin:0}}
section{{break-after:page}} section:last-child{{break-after:auto}}
h1{{font-size:1.35em}} h2{{font-size:1.2em}} h3{{font-size:1.1em}} h4,h5,h6{{font-size:1em}}
h1,h2,h3,h4,h5,h6{{margin:.5em 0 .3em;break-after:avoid}}
p{{margin:.3em 0;text-align:justify}} p.body{{text-indent:2em}} p.bullet{{padding-left:1em}}
p.caption,p.picture{{text-align:center;text-indent:0}} p.unit{{text-align:right;margin:0}}
p.source,p.note{{font-size:.8em;margin:.1em 0}}
p.title{{font-size:1.7em;font-weight:bold;text-align:center;margin:.4em 0}}
p.agencies{{margin:.2em 2em}} p.date,p.notice{{text-align:center;margin:2em 0}}
p.contents{{text-align:center;font-weight:bold;font-size:1.2em}} p.entry a{{color:inherit;text-decoration:none}}
p.entry a::after{{content:leader('.') target-counter(attr(href),page)}}
p.typed{{white-space:nowrap;text-align:left}}
sub,sup{{font-size:62%;line-height:0}}
table{{border-collapse:collapse;width:100%;font-size:{s.table_size}pt;table-layout:fixed;line-height:1.35}}
td{{padding:2pt 4pt;vertical-align:top;overflow-wrap:anywhere}}
td.center,.head td{{text-align:center}} .head td{{vertical-align:middle}}
"""


def _ruling(style: Style) -> str:
    thin = f"0.75pt solid {BLACK}"
    rules = {
        "grid": f"td{{border:{thin}}}",
        "hairline": f"td{{border:0.1pt solid {BLACK}}}",
        "horizontal": f"td{{border-top:{thin};border-bottom:{thin}}}",
        "open": f"td{{border:{thin}}}td.left-most{{border-left:none}}td.right-most{{border-right:none}}",
        "three-line": (
            f"table{{border-top:1.5pt solid {BLACK};border-bottom:1.5pt solid {BLACK}}}"
            f".head tr:last-child td{{border-bottom:{thin}}}"
        ),
        "double": f"td{{border:{thin}}}table{{border:2.25pt double {BLACK}}}",
    }[style.ruling]
    if style.shaded_header:
        rules += ".head td{background:#d9e2f3}"
    if style.centred:
        rules += "td.center{vertical-align:middle}"
    if not style.split_rows:
        rules += "tr{break-inside:avoid}"
    return rules
