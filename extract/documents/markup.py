"""Inline markup of a text file as text that knows where it stands: `<sub>`, `**bold**`, entities, `$\\geq 90$`.

One pass over the characters, so time is linear in the length. What is no known markup is kept as
printed: `<5%` stays.
"""

from __future__ import annotations

import html
from dataclasses import dataclass, field

import regex

from extract.documents.model import BOLD, INSERTED, SUBSCRIPT, SUPERSCRIPT, PlacedText

_TAG = regex.compile(r"</?([A-Za-z][A-Za-z0-9]{0,9})(?:\s[^<>]{0,400})?/?>|<!--.{0,2000}?-->", regex.DOTALL)
_ENTITY = regex.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_MATH = regex.compile(r"\$([^$\n]{1,400})\$")
_IS_MATH = regex.compile(r"\\|[_^][{0-9]")
_LINK = regex.compile(r"!?\[([^\[\]\n]{0,300})\]\([^()\s]{1,1000}(?:\s\"[^\"\n]{0,300}\")?\)")
_START = regex.compile(r"\bstart\s*=\s*[\"']?(\d{1,4})")
_NUMBERED = regex.compile(r"\s*[(（]?[0-9０-９]{1,3}[)）.．、]")

_STYLE = {"sub": SUBSCRIPT, "sup": SUPERSCRIPT, "b": BOLD, "strong": BOLD, "th": BOLD}
_BREAKS = frozenset({"p", "br", "div", "ol", "ul", "li", "tr", "table"})
_INLINE = ("i", "em", "u", "s", "small", "big", "span", "font", "a", "img", "center", "code", "pre", "hr")
_TABLE_PARTS = ("td", "thead", "tbody", "tfoot", "caption")
_KNOWN = frozenset({*_BREAKS, *_STYLE, *_INLINE, *_TABLE_PARTS, *(f"h{n}" for n in range(1, 7))})
_ESCAPED = frozenset("\\`*_{}[]()#+-.!|<>~$%&\"'")
_MATH_WORDS = {
    "geq": "≥", "ge": "≥", "geqslant": "≥", "leq": "≤", "le": "≤", "leqslant": "≤", "lt": "<", "gt": ">", "neq": "≠",
    "times": "×", "div": "÷", "cdot": "·", "pm": "±", "sim": "~", "approx": "≈", "rightarrow": "→", "to": "→",
    "leftarrow": "←", "circ": "°", "degree": "°", "percent": "%", "mu": "μ", "alpha": "α", "beta": "β", "Delta": "Δ",
}  # fmt: skip
_MATH_FONTS = frozenset({
    "text", "textbf", "textit", "textrm", "mathrm", "mathbf", "mathit", "mathsf", "mathord", "operatorname", "rm", "bf",
    "left", "right", "quad", "qquad", "displaystyle", "limits", "hspace", "hfill",
})  # fmt: skip
"""Commands that only say how something is set."""
_FRACTION = regex.compile(r"\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
_DEGREE = regex.compile(r"\^(?:\{\s*)?\\circ(?:\s*\})?")
_MATH_COMMAND = regex.compile(r"\\([A-Za-z]+)\s?|\\(.)", regex.DOTALL)


@dataclass(slots=True)
class _Builder:
    """Grows a PlacedText; `style` is what the next characters carry."""

    chars: list[str] = field(default_factory=list)
    origins: list[int] = field(default_factory=list)
    styles: bytearray = field(default_factory=bytearray)
    depth: dict[int, int] = field(default_factory=lambda: {SUBSCRIPT: 0, SUPERSCRIPT: 0, BOLD: 0})
    starred: bool = False

    def put(self, text: str, origin: int) -> None:
        style = sum(bit for bit, depth in self.depth.items() if depth > 0)
        if self.starred:
            style |= BOLD
        for char in text:
            self.chars.append(char)
            self.origins.append(origin)
            self.styles.append(style)

    def drop_space(self) -> bool:
        """Take back the blanks at the end; whether there were any."""
        found = False
        while self.chars and self.chars[-1] in " \u3000\t":
            self.chars.pop()
            self.origins.pop()
            self.styles.pop()
            found = True
        return found

    def line_break(self, origin: int) -> None:
        self.drop_space()
        if self.chars and self.chars[-1] != "\n":
            self.put("\n", origin)


@dataclass(slots=True)
class _Math:
    """LaTeX between dollar signs, as far as reports use it: comparisons, degrees, fractions, raised and lowered signs.
    A command that is not known is shown as printed."""

    out: _Builder
    raw: str
    end: int
    depth: int = 0
    raised: list[tuple[int, int]] = field(default_factory=list)
    """Style bits that braces opened, with the depth at which each ends."""

    def read(self, at: int) -> None:
        while at < self.end:
            char = self.raw[at]
            if char == "\\" and (match := _FRACTION.match(self.raw, at, self.end)):
                self.fraction(match)
                at = match.end()
            elif char == "\\" and (match := _MATH_COMMAND.match(self.raw, at, self.end)):
                word, sign = match.groups()
                if word is None:
                    self.out.put("" if sign in ",;:! " else sign, at)
                elif word not in _MATH_FONTS:
                    self.out.put(_MATH_WORDS.get(word, match.group()), at)
                at = match.end()
            elif char in "^_" and at + 1 < self.end:
                at = self.script(at)
            else:
                self.sign(char, at)
                at += 1
        for bit, _ in self.raised:
            self.out.depth[bit] -= 1

    def fraction(self, match: regex.Match[str]) -> None:
        """Numerator and denominator with a stroke between them."""
        for at in range(*match.span(1)):
            self.sign(self.raw[at], at)
        self.out.put("/", match.end(1))
        for at in range(*match.span(2)):
            self.sign(self.raw[at], at)

    def script(self, at: int) -> int:
        """A raised or lowered sign or group; a raised circle is the degree sign. Returns where the reading goes on."""
        if match := _DEGREE.match(self.raw, at, self.end):
            self.out.put("°", at)
            return int(match.end())
        bit = SUPERSCRIPT if self.raw[at] == "^" else SUBSCRIPT
        self.out.depth[bit] += 1
        if self.raw[at + 1] == "{":
            self.raised.append((bit, self.depth))
            self.depth += 1
        else:
            self.out.put(self.raw[at + 1], at + 1)
            self.out.depth[bit] -= 1
        return at + 2

    def sign(self, char: str, at: int) -> None:
        if char == "{":
            self.depth += 1
        elif char == "}":
            self.depth -= 1
            if self.raised and self.raised[-1][1] == self.depth:
                self.out.depth[self.raised.pop()[0]] -= 1
        elif char != " ":
            self.out.put(char, at)


def is_tag(raw: str, at: int) -> regex.Match[str] | None:
    """The markup tag or comment that begins at `at`, if it is one that a text file may hold."""
    match: regex.Match[str] | None = _TAG.match(raw, at)
    if match and (match.group(1) is None or match.group(1).lower() in _KNOWN):
        return match
    return None


def inline(raw: str, start: int, end: int) -> PlacedText:
    """The characters of `raw[start:end]` without markup, with their offsets in `raw` as origins.

    `<br>`, `<p>`, `<li>` and real line breaks become newlines. A blank on both sides of `<sub>` or `<sup>` is the
    habit of converters and goes: `CO <sub>2</sub> e` is CO₂e.
    """
    reader = _Inline(raw, end)
    at = start
    while at < end:
        at = reader.step(at)
    out = reader.out
    return PlacedText("".join(out.chars), tuple(out.origins), bytes(out.styles)).strip()


@dataclass(slots=True)
class _Inline:
    """Reads markup from left to right. `counters` are the next numbers of the open lists, None for one of bullets;
    `spaced` says for each open `<sub>` or `<sup>` whether a blank stood before it."""

    raw: str
    end: int
    out: _Builder = field(default_factory=_Builder)
    counters: list[int | None] = field(default_factory=list)
    spaced: list[bool] = field(default_factory=list)
    drops_blanks: bool = False

    def step(self, at: int) -> int:
        """Reads what stands at an offset; returns where the reading goes on."""
        raw, char = self.raw, self.raw[at]
        if self.drops_blanks and char in " \u3000":
            return at + 1
        self.drops_blanks = False
        if char == "<" and (match := is_tag(raw, at)) and match.end() <= self.end:
            self.tag(match)
            return int(match.end())
        if char == "&" and (match := _ENTITY.match(raw, at, self.end)):
            self.out.put(html.unescape(match.group()).replace("\xa0", " "), at)
            return int(match.end())
        if char == "*" and raw.startswith("**", at):
            self.out.starred = not self.out.starred
            return at + 2
        if char == "\\" and at + 1 < self.end and raw[at + 1] in _ESCAPED:
            self.out.put(raw[at + 1], at + 1)
            return at + 2
        if char == "$" and (match := _MATH.match(raw, at, self.end)) and _IS_MATH.search(match.group(1)):
            _Math(self.out, raw, match.end(1)).read(match.start(1))
            return int(match.end())
        if char in "![" and (match := _LINK.match(raw, at, self.end)):
            for offset, shown in enumerate(match.group(1) if char == "[" else ""):
                self.out.put(shown, match.start(1) + offset)
            return int(match.end())
        if char in "\r\n\f":
            self.out.line_break(at)
        else:
            self.out.put(" " if char == "\xa0" else char, at)
        return at + 1

    def tag(self, match: regex.Match[str]) -> None:
        """Style, line breaks and list numbers of a tag."""
        name, closing = (match.group(1) or "").lower(), match.group().startswith("</")
        if name in {"sub", "sup"}:
            if closing:
                self.drops_blanks = bool(self.spaced) and self.spaced.pop()
                self.out.drop_space()
            else:
                self.spaced.append(self.out.drop_space())
                self.drops_blanks = True
        if bit := _STYLE.get(name):
            self.out.depth[bit] = max(0, self.out.depth[bit] + (-1 if closing else 1))
        if name in _BREAKS:
            self.out.line_break(match.start())
        if name in {"ol", "ul"} and not closing:
            first = _START.search(match.group())
            self.counters.append((int(first.group(1)) if first else 1) if name == "ol" else None)
        elif name in {"ol", "ul"} and self.counters:
            self.counters.pop()
        elif name == "li" and not closing:
            self.item(match.end())

    def item(self, at: int) -> None:
        """The number that a list shows in front of its item, unless the words bring their own."""
        if self.counters and (count := self.counters[-1]) is not None:
            self.counters[-1] = count + 1
            if not _NUMBERED.match(self.raw, at):
                self.out.put(f"{count}. ", INSERTED)
