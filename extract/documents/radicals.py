"""Characters that some programs write in place of the ones they look like.

Fonts map one glyph to several code points, and a PDF's text map may name the radical (⺠, ⽬) or a compatibility form
for the character (民, 目). Searches and names would miss it, so glyphs are read as the character.
Source of the pairs: the Unicode data file EquivalentUnifiedIdeograph.
"""

from __future__ import annotations

import unicodedata

_RADICALS = (
    "⺁⺃⺄⺅⺈⺉⺊⺋⺌⺍⺏⺒⺓⺔⺖⺘⺙⺛⺝⺞⺟⺠⺡⺢⺣⺤⺦⺨⺩⺫⺬⺭⺯⺱⺲⺷⺹⺻⺼⺽⺾⻀⻁⻂⻃⻄⻅⻆"
    "⻈⻉⻋⻌⻎⻏⻐⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻟⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻯⻲⻳"
)
_CHARACTERS = (
    "厂乚乙亻刀刂卜㔾小小尣巳幺彑忄扌攵旡月歺母民氵氺灬爫丬犭王罒示礻糹网罒羊耂聿月臼艹艹虎衤覀西见角"
    "讠贝车辶辶阝钅長镸长门阝雨青韦页风飞食飠马骨鬼鱼鸟卤麦黄黾齐齿竜亀龟"
)

_SIGNS = {"〜": "～", "∕": "／", "―": "—"}
"""The wave dash, the division slash and the horizontal bar, where Taiwan's character set has the full-width tilde and
slash and the dash."""

_COMPATIBLE = [*range(0x2F00, 0x2FD6), *range(0xF900, 0xFAFF), *range(0x2F800, 0x2FA1E)]

UNIFIED: dict[int, str] = {
    ord(radical): character for radical, character in (dict(zip(_RADICALS, _CHARACTERS, strict=True)) | _SIGNS).items()
} | {code: unicodedata.normalize("NFKC", chr(code)) for code in _COMPATIBLE}
"""Translation table for `str.translate`."""
