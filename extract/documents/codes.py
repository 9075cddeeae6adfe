"""What the number of a row or item looks like, whatever the house style: 1.1.1, 1-1-1, T1-1, 能-1-2, 一(一), 一、(一)1.

Documents use it to tell a new row from the rest of a cut one, the reading to part a measure's code from its name.
"""

from __future__ import annotations

import re

_HAN = "一二三四五六七八九十"
_DASH = "[-－–—‐‑.．‧·]"

_FORMULA = rf"(?:PM\s*\d|(?:CO\s*2|CH\s*4|SF\s*6|NF\s*3|NO\s*2|H?[CP]?FCs?\s*-?\s*\d{{1,3}}+)(?!\d|\s*{_DASH}\s*\d))"
"""Substances that a name begins with: CO2 捕捉, PM2.5 改善."""
_MEASURED = (
    r"(?:[%％,，]|百?萬(?:公?噸|千?度|[元輛戶家人]|公[秉里頃])|[億兆千]?元|[億兆]|千?度(?=[，。；電])|[百千]?公?噸|公[秉里頃斤]|倍|百分點"
    r"|[kMG]Wh?(?![A-Za-z]))"
)
"""What makes the figure before it a decimal."""

CODE = re.compile(
    rf"""\s*(?:
        (?!{_FORMULA})                                                                      # T1-1, A.1.2, M3
        [A-Za-z]{{1,3}}\s*{_DASH}?\s*\d{{1,2}}(?:\s*{_DASH}\s*\d{{1,3}})*+(?![\dA-Za-z%])
      | [^\W\d_a-zA-Z]{{1,2}}\s*[-－–—‐‑]\s*\d{{1,2}}(?:\s*{_DASH}\s*\d{{1,3}})*(?![\d%])   # 能-1-2
      | \d{{1,2}}(?:\s*{_DASH}\s*\d{{1,2}}(?!\d))++(?!\s*{_MEASURED})                       # 1.1.1, 1-1-1
      | [{_HAN}]{{1,3}}\s*、\s*[（(]\s*[{_HAN}\d]{{1,3}}\s*[）)](?:\s*\d{{1,2}}(?!\d))?      # 一、(一)1
      | [{_HAN}]{{1,3}}\s*[（(]\s*[{_HAN}\d]{{1,3}}\s*[）)](?:\s*\d{{1,2}}(?!\d))?           # 一(一)
      | [{_HAN}]{{1,3}}\s*[-－–—]\s*[{_HAN}\d]{{1,3}}(?:\s*[-－–—]\s*[{_HAN}\d]{{1,3}})?     # 一-1
      | [{_HAN}壹貳參肆伍陸柒捌玖拾]{{1,3}}\s*、                                            # 一、
      | [（(]\s*[{_HAN}\d]{{1,3}}\s*[）)]                                                  # (一), (1)
      | \d{{1,3}}(?=\s*[、．)）]|\s*\.(?!\d)|\s*$)                                         # 1. , 12
    )""",
    re.VERBOSE,
)
"""Matches at the start of a cell or line."""


def leading_code(text: str) -> str | None:
    """The number at the start of a text with its spaces dropped, None where there is none."""
    match = CODE.match(text)
    return re.sub(r"\s+", "", match.group()) if match else None


def without_code(text: str) -> int:
    """The offset in a text at which its leading number, with the point or comma behind it, is over; 0 without a
    number."""
    match = CODE.match(text)
    if not match:
        return 0
    rest = re.compile(r"\s*[.、．:：]?\s*").match(text, match.end())
    return rest.end() if rest else match.end()
