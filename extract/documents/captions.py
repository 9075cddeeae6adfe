"""Lines beside a table or figure, and those that begin with a label, by how they begin."""

from __future__ import annotations

import re

_NUMBER = r"[\d一二三四五六七八九十]+(?:[\-–－.]\d+)*"
LABELLED = re.compile(
    rf"\s*(?:(?:附\s*)?[表圖]\s*{_NUMBER}\s*[、：:.．]|"
    r"資料(?:來源|出處)|來源\s*[:：]|註\s*[\d一二三四五]*\s*[:：]|備註\s*[:：]|單位\s*[:：])"
)
"""Lines that stand for themselves beside a table or figure: caption, source, note, unit."""
BARE_CAPTION = re.compile(rf"\s*(?:附\s*)?[表圖]\s*{_NUMBER}\s+(?![所可顯為，、])\S")
"""A caption with a space behind its number; inside a sentence the same words may begin a line."""
LISTED = re.compile(rf"\s*(?:附\s*)?[表圖]\s*{_NUMBER}[\s、：:.．]*\S")
"""An entry of a list of tables or figures."""
LIST_TITLE = re.compile(r"\s*(?:附?[表圖]|圖\s*表|表\s*圖)\s*(?:目\s*[錄次]|次)\s*")
"""表目錄, 圖目錄, 圖表目次."""
ANSWERS = re.compile(
    r"\s*(?:(?:審查|委員|書面|諮詢)?(?:意見|建議|提問|問題|回\s*[復覆應]|答\s*[復覆]|[QＱAＡ問答])\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})?"
    r"(?:\s*之\s*\d{1,2})?(?:說明)?)\s*[：:]"
)
"""How a paragraph begins that is a question or the reply to it: 意見 2：, 回復：, Q1:."""

CONTINUED = re.compile(r"\S.*[（(]\s*(?:接?續(?:前頁|上頁|\s*\d{1,2})?|[承接]上頁)\s*[)）]\s*", re.DOTALL)
"""A heading or caption that is printed again over the rest of a table: 策略一（續）."""


def is_caption(text: str) -> bool:
    """Whether a line is a caption, source, note or unit."""
    return bool(LABELLED.match(text) or BARE_CAPTION.match(text))
