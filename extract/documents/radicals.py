"""Characters that some programs write in place of the ones they look like.

Fonts map one glyph to several code points, and a PDF's text map may name the radical (⺠, ⽬) or a compatibility form
for the character (民, 目). Searches and names would miss it, so glyphs are read as the character.
Source of the pairs: the Unicode data file EquivalentUnifiedIdeograph.
"""

from __future__ import annotations

import unicodedata

_SUPPLEMENT = {
    "⺁": "厂", "⺃": "乚", "⺄": "乙", "⺅": "亻", "⺈": "刀", "⺉": "刂", "⺊": "卜", "⺋": "㔾", "⺌": "小", "⺍": "小",
    "⺏": "尣", "⺒": "巳", "⺓": "幺", "⺔": "彑", "⺖": "忄", "⺘": "扌", "⺙": "攵", "⺛": "旡", "⺝": "月", "⺞": "歺",
    "⺟": "母", "⺠": "民", "⺡": "氵", "⺢": "氺", "⺣": "灬", "⺤": "爫", "⺦": "丬", "⺨": "犭", "⺩": "王", "⺫": "罒",
    "⺬": "示", "⺭": "礻", "⺯": "糹", "⺱": "网", "⺲": "罒", "⺷": "羊", "⺹": "耂", "⺻": "聿", "⺼": "月", "⺽": "臼",
    "⺾": "艹", "⻀": "艹", "⻁": "虎", "⻂": "衤", "⻃": "覀", "⻄": "西", "⻅": "见", "⻆": "角", "⻈": "讠", "⻉": "贝",
    "⻋": "车", "⻌": "辶", "⻎": "辶", "⻏": "阝", "⻐": "钅", "⻑": "長", "⻒": "镸", "⻓": "长", "⻔": "门", "⻖": "阝",
    "⻗": "雨", "⻘": "青", "⻙": "韦", "⻚": "页", "⻛": "风", "⻜": "飞", "⻝": "食", "⻟": "飠", "⻢": "马", "⻣": "骨",
    "⻤": "鬼", "⻥": "鱼", "⻦": "鸟", "⻧": "卤", "⻨": "麦", "⻩": "黄", "⻪": "黾", "⻬": "齐", "⻮": "齿", "⻯": "竜",
    "⻲": "亀", "⻳": "龟",
}  # fmt: skip

_SIGNS = {"〜": "～"}
"""The wave dash, where Taiwan's character set has the full-width tilde."""

_COMPATIBLE = [*range(0x2F00, 0x2FD6), *range(0xF900, 0xFAFF), *range(0x2F800, 0x2FA1E)]

UNIFIED: dict[int, str] = {ord(radical): character for radical, character in (_SUPPLEMENT | _SIGNS).items()} | {
    code: unicodedata.normalize("NFKC", chr(code)) for code in _COMPATIBLE
}
"""Translation table for `str.translate`."""
