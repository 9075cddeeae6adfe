"""Lines of a cell or paragraph become one text: soft wraps joined, real line breaks kept.

A line break is the writer's own where the next word would still have fitted on the line, or where the next line opens
a numbered item. All other breaks are the typesetter's: joined without a space beside Chinese, with one between
Latin words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.documents.lines import Line, is_wide
from extract.documents.model import EMPTY, PlacedText, concat
from extract.documents.numbering import starts_item

OPENING = frozenset("（「『【《〈(<[{“‘")
"""Signs that may not end a line, and so wrap together with the character behind them."""
CLOSING = frozenset("，。、；：！？）」』】》〉,.;:!?)]}%％…")
"""Signs that may not begin a line, and so wrap together with the character before them."""
WIDE_FIGURES = frozenset("０１２３４５６７８９．，％")
"""Full-width figures, which a program may keep together as it does Latin ones."""
SENTENCE_END = frozenset("。；：;:！？")
COMPLETE = re.compile(r"(?<![\d,.])\d{1,3}(?:,\d{3})+$")
"""A figure in groups of three: another digit behind it begins a figure of its own."""
CUT_RATE = re.compile(r"(?:^|[（(/／\s])\d{1,3}\.$")
CUT_AMOUNT = re.compile(r"\d,\d{3}\.$")
"""4,108. over 5: an amount cut at its point."""
CUT_PERIOD = re.compile(r"(?<!\d)1\d\d年?\s?[~～\-－–至]\s?1\d?$")
"""115~11 over 9年: a period cut in its second year."""
RATE_REST = re.compile(r"\d{1,2}\s*(?:[%％]|$)")
"""98. over 5%: a rate cut at its point in a cell too narrow for it."""
MAGNITUDE = re.compile(r"\d\s*[百千萬億兆]{1,2}$")
UNITS = frozenset("元度公噸瓩人輛戶件")
"""70,150萬 over 元: the unit of a number in thousands belongs to it."""
AMOUNT_END = re.compile(r"\d,\d{3}\.\d+$")
RATE = re.compile(r"\d{1,3}(?:\.\d+)?\s*[%％]")
"""2,140.5 over 93%: an amount and its rate."""
CUT_GROUP = re.compile(r"(?<![\d,.])\d{1,3}(?:,\d{3})*,(\d{0,2})$")
GROUP_REST = re.compile(r"(\d{1,3})(?![\d.])")
SLACK = 0.4
"""Free room, in glyph sizes, that a typesetter may leave unused (justification, rounding)."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The left and right edge, in points, between which lines are set."""

    left: float
    right: float


def join_lines(lines: Sequence[Line], frame: Frame) -> PlacedText:
    """One text from the lines of a cell or paragraph; a newline stands where the writer broke the line."""
    if not lines:
        return EMPTY
    is_centred = _is_centred(lines)
    text = lines[0].text
    for before, after in pairwise(lines):
        is_unit = MAGNITUDE.search(text.text) is not None and after.text.text.lstrip()[:1] in UNITS
        if not is_unit and is_real_break(before, after, frame, is_centred=is_centred):
            text = concat([text.strip(" "), after.text.strip(" ")], "\n")
        else:
            text = soft_join(text, after.text, is_cut_word=_is_full(before, frame, is_centred=is_centred))
    return text.strip()


def is_real_break(before: Line, after: Line, frame: Frame, *, is_centred: bool = False) -> bool:
    """Whether the break between two lines was made by the writer."""
    ending, opening = before.text.text.rstrip(), after.text.text.lstrip()
    if not ending or not opening:
        return True
    if ending[-1] in WIDE_FIGURES and opening[0] in WIDE_FIGURES and not is_figures(ending):
        return False  # no sentence breaks inside a figure
    if _is_cut_group(ending, opening):
        return False
    if AMOUNT_END.search(ending) and RATE.fullmatch(opening):
        return True
    if (ending == "." or CUT_RATE.search(ending)) and RATE_REST.match(opening):
        return False
    if CUT_AMOUNT.search(ending) and opening[0].isdigit():
        return False
    is_hanging_back = after.x0 < before.x0 - 0.3 * after.size
    if starts_item(opening) and (ending[-1] in SENTENCE_END or is_hanging_back or starts_item(ending)):
        return True
    return _free(before, frame, is_centred=is_centred) > _first_word_width(after) + SLACK * after.size


def is_figures(text: str) -> bool:
    """Whether a line holds full-width figures and nothing else."""
    return all(c in WIDE_FIGURES or c.isspace() for c in text)


def soft_join(before: PlacedText, after: PlacedText, *, is_cut_word: bool = False) -> PlacedText:
    """Two parts of one line: no space beside Chinese or after a hyphen or slash, one between Latin words.

    `is_cut_word` says that the line before is full to its edge, so that a Latin word may have been cut there.
    """
    left, right = before.strip(), after.strip()
    if not left.text or not right.text:
        return left if left.text else right
    a, b = left.text[-1], right.text[0]
    is_whole = COMPLETE.search(left.text) is not None and b.isdigit()
    is_cut = (
        is_cut_word
        and not is_whole
        and ((a.isalnum() and b.isalnum() and a.isdigit() == b.isdigit()) or (a in ".,/" and b.isdigit()))
    )
    is_cut = is_cut or _is_cut_group(left.text, right.text)
    is_cut = is_cut or (CUT_RATE.search(left.text) is not None and RATE_REST.match(right.text) is not None)
    is_cut = is_cut or (CUT_AMOUNT.search(left.text) is not None and b.isdigit())
    is_cut = is_cut or (CUT_PERIOD.search(left.text) is not None and b.isdigit())
    glued = is_wide(a) or is_wide(b) or a in "-–—/~(（" or b in ",.;:)%/" or is_cut
    return concat([left, right], "" if glued else " ")


def _is_cut_group(before: str, after: str) -> bool:
    """Whether the end of one line and the beginning of the next are one group of three digits: 1,250,00 and 0."""
    head, rest = CUT_GROUP.search(before), GROUP_REST.match(after)
    return head is not None and rest is not None and len(head[1]) + len(rest[1]) == 3


def _free(line: Line, frame: Frame, *, is_centred: bool) -> float:
    """Room left on a line in points."""
    return frame.right - frame.left - (line.x1 - line.x0) if is_centred else frame.right - line.x1


def _is_full(line: Line, frame: Frame, *, is_centred: bool) -> bool:
    """Whether not even one more digit would have fitted: a word longer than the line was cut here."""
    tail = line.text.text.rstrip()
    is_one_word = not any(c.isspace() or is_wide(c) for c in tail)
    return is_one_word and _free(line, frame, is_centred=is_centred) < 0.6 * line.size


def _first_word_width(line: Line) -> float:
    """Width of what would have had to fit on the line before: a Latin word, or a Chinese character, with the signs
    that cling to it. Estimated from the share of the line's width."""
    text = line.text.text
    end = 0
    while end < len(text) - 1 and text[end] in OPENING:
        end += 1
    if is_wide(text[end]) and text[end] not in WIDE_FIGURES:
        end += 1
    elif is_wide(text[end]):
        while end < len(text) and text[end] in WIDE_FIGURES:
            end += 1
    else:
        while end < len(text) and not text[end].isspace() and not is_wide(text[end]):
            end += 1
    while end < len(text) and text[end] in CLOSING:
        end += 1
    widths = [1.0 if is_wide(c) else 0.5 for c in text]
    return (line.x1 - line.x0) * sum(widths[:end]) / sum(widths)


def _is_centred(lines: Sequence[Line]) -> bool:
    """Whether lines of different length share their middle and not their left edge."""
    if len(lines) < 2:
        return False
    size = lines[0].size
    middles = [(line.x0 + line.x1) / 2 for line in lines]
    lefts = [line.x0 for line in lines]
    return max(middles) - min(middles) < 0.3 * size and max(lefts) - min(lefts) > 0.3 * size
