"""The strategies of annex one: printed as bands, as headings over tables, in cells of their own, or in a row that holds
nothing else; and the codes that tie measures to them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import regex

from extract.documents.codes import leading_code, without_code
from extract.documents.model import PlacedText, Row, concat
from extract.documents.numbering import han_number
from extract.reading.columns import Columns
from extract.reading.continued import without_continued
from extract.reading.vocabulary import TIMEOUT, is_blank

_WORD = r"(?:推動|減量|行動|執行)?(?:策略|主軸|面向|構面)"
_NAMED = regex.compile(
    rf"{_WORD}\s*(?=[\d一二三四五六七八九十A-Za-z（(][\w（）()\-－–—‐‑.．‧·]*\s*[、:：.．)）\s])[：:]?"
)
"""策略 before a code, 策略一：… and 推動策略 1.1 …: dropped from the title."""
_BARE = regex.compile(r"(\d{1,2})\s*(?=\p{Han}\s*\p{Han})(?![年月日項家案件個大種類場座台次成])")
"""1 over the words of a strategy, or right before them, as in a narrow cell; 3 項 counts something."""
MEASURE_SIDE = ("number", "code", "name")
"""Fields whose cells say which measure a row is."""
_LONGEST_HEADING = 80
"""Characters of a heading that may name a strategy."""


@dataclass(slots=True)
class StrategyText:
    """A strategy as printed: code None where it has none; title without code."""

    code: str | None
    title: PlacedText
    whole: PlacedText


def strategy_of(text: PlacedText) -> StrategyText:
    """A strategy's code and title, the words 策略 or 推動策略 before them dropped, and （續）."""
    body = without_continued(text)
    match = _NAMED.match(body.text, timeout=TIMEOUT)
    if match:
        body = body[match.end() :].strip()
    at = without_code(body.text)
    code = clean_code(leading_code(body.text)) if at else None
    if code is None:
        mark = r"[：:、.．]" if match is None else r"[：:、.．\s]"
        named = regex.match(rf"([\d一二三四五六七八九十A-Za-z]{{1,3}})\s*{mark}\s*", body.text, timeout=TIMEOUT)
        named = named or _BARE.match(body.text, timeout=TIMEOUT)
        if named:
            code, at = named.group(1), named.end()
    return StrategyText(code, on_one_line(body[at:]), text)


def names_strategy(text: PlacedText) -> bool:
    """Whether a line begins with the word 策略 or one like it."""
    return regex.match(rf"\s*{_WORD}", text.text, timeout=TIMEOUT) is not None


def strategy_above(columns: Columns, above: Sequence[PlacedText], codes: Sequence[str]) -> StrategyText | None:
    """The strategy that a heading over a table names, for annexes with one table a strategy. `codes` are those of the
    table's measures: a numbered heading that they do not belong to names a chapter."""
    if columns.fields & {"strategy"}:
        return None
    for text in reversed(above):
        if names_strategy(text):
            return strategy_of(text)
        if leading_code(text.text) and "附件" not in text.text and len(text) < _LONGEST_HEADING:
            strategy = strategy_of(text)
            parents = [p for c in codes if (p := parent_code(c))]
            if not parents or strategy.code is None or any(_is_of(p, strategy.code) for p in parents):
                return strategy
    return None


def _is_of(parent: str, code: str) -> bool:
    """Whether the first part of a measure's code is a strategy's, 1 and 一 being the same."""
    if parent == code or parent.startswith(code):
        return True
    bare, first = code.strip("（()）"), regex.split(r"[^\w]", parent.strip("（()）"), timeout=TIMEOUT)[0]
    return bool(bare) and (han_number(bare) == han_number(first) if han_number(bare) is not None else False)


def strategy_in(row: Row, columns: Columns) -> StrategyText | None:
    """The strategy that a row's own or merged cell names."""
    index = columns.first("strategy")
    if index is None or not row.cells[index].text:
        return None
    strategy = strategy_of(row.cells[index].text)
    code_column = columns.first("strategy_code")
    if code_column is not None and row.cells[code_column].text:
        strategy.code = clean_code(row.cells[code_column].text.text) or strategy.code
    return strategy


def has_filled_strategy(row: Row, columns: Columns) -> bool:
    """Whether a row's strategy is that of the cell above it: nothing is printed beside the row itself."""
    index = columns.first("strategy")
    return index is not None and row.cells[index].source == "down"


def strategy_alone(row: Row, columns: Columns, following: Iterable[Row]) -> PlacedText | None:
    """The words of a row that names a strategy and nothing else, in cells that nobody merged: its title stands where
    the measures have their codes and names, all else is empty, and the next row is a whole measure."""
    if columns.fields & {"strategy"} or len(row.cells) < len(MEASURE_SIDE) + 2:
        return None
    side = {i for field in MEASURE_SIDE for i in columns.of(field)}
    own = [i for i, cell in enumerate(row.cells) if cell.source == "own" and not is_blank(cell.text.text)]
    if not own or not set(own) <= side or any(c.source == "down" and c.text for c in row.cells):
        return None
    words = concat([row.cells[i].text.strip() for i in own], " ")
    code, title = leading_code(words.text), words.text[without_code(words.text) :].strip()
    below = next(iter(following), None)
    if not title or below is None or below.is_band:
        return None
    filled = sum(cell.source == "own" and bool(cell.text) for cell in below.cells)
    number = next((c for i in sorted(side) if (c := leading_code(below.cells[i].text.text))), None)
    if filled < len(row.cells) / 2 or number is None:
        return None
    is_parent = code is not None and (
        parent_code(number) == clean_code(code) or _is_of(parent_code(number) or "", code)
    )
    return words if is_parent or (code is None and len(own) == 1) else None


def is_total(text: str) -> bool:
    """Whether a cell heads a row of sums: 小計, 合計：, 策略一小計."""
    words = regex.sub(r"\s", "", text, timeout=TIMEOUT)
    return bool(
        regex.match(r"(?:總計|合計|小計)(?:$|[:：(（\d])", words, timeout=TIMEOUT)
        or regex.fullmatch(r".{0,12}(?:總計|合計|小計)(?:[(（][^()（）]{1,12}[)）])?", words, timeout=TIMEOUT)
    )


def clean_code(printed: str | None) -> str | None:
    """A code without white space and closing point or comma: `1.1.1.` is 1.1.1, `一、` is 一."""
    if not printed:
        return None
    code = "".join(printed.split())
    code = code.rstrip(".、．:：")
    if regex.fullmatch(r"[（(][^（）()]{1,3}[）)]", code, timeout=TIMEOUT):
        return code
    return code or None


def parent_code(code: str) -> str | None:
    """The code without its last part: 1.1.1 is in 1.1, 一(一) in 一, 一、(一)1 in 一、(一); None for a plain number."""
    match = regex.match(r"(.+?)(?:[-－–—.．‧·]\s*\w{1,3}|[（(]\w{1,3}[）)]|(?<=[）)])\d{1,2})$", code, timeout=TIMEOUT)
    return match.group(1).rstrip("、") if match else None


def on_one_line(cell: PlacedText) -> PlacedText:
    """A name or title on one line."""
    parts = list(cell.lines())
    if len(parts) < 2:
        return cell.strip()
    return concat(parts)
