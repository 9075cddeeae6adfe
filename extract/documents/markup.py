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
    """LaTeX between dollar signs, as far as reports use it: comparisons, degrees, raised and lowered signs."""

    out: _Builder
    raw: str
    end: int
    depth: int = 0
    raised: list[tuple[int, int]] = field(default_factory=list)
    """Style bits that braces opened, with the depth at which each ends."""

    def read(self, at: int) -> None:
        while at < self.end:
            char = self.raw[at]
            if char == "\\" and (match := _MATH_COMMAND.match(self.raw, at, self.end)):
                word, sign = match.groups()
                shown = _MATH_WORDS.get(word, "") if word is not None else "" if sign in ",;:! " else sign
                self.out.put(shown, at)
                at = match.end()
            elif char in "^_" and at + 1 < self.end:
                at = self.script(at)
            else:
                self.sign(char, at)
                at += 1
        for bit, _ in self.raised:
            self.out.depth[bit] -= 1

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


def _list_mark(out: _Builder, counters: list[int | None], raw: str, at: int) -> None:
    """The number that a list shows in front of its item, unless the words bring their own."""
    if counters and (count := counters[-1]) is not None:
        counters[-1] = count + 1
        if not _NUMBERED.match(raw, at):
            out.put(f"{count}. ", INSERTED)


def inline(raw: str, start: int, end: int) -> PlacedText:  # noqa: PLR0912, PLR0915 - one pass, one branch a kind of markup
    """The characters of `raw[start:end]` without markup, with their offsets in `raw` as origins.

    `<br>`, `<p>`, `<li>` and real line breaks become newlines. A blank on both sides of `<sub>` or `<sup>` is the
    habit of converters and goes: `CO <sub>2</sub> e` is CO₂e.
    """
    out = _Builder()
    counters: list[int | None] = []
    swallow_space = False
    spaced: list[bool] = []
    at = start
    while at < end:
        char = raw[at]
        if swallow_space and char in " \u3000":
            at += 1
            continue
        swallow_space = False
        if char == "<" and (match := is_tag(raw, at)) and match.end() <= end:
            name, closing = (match.group(1) or "").lower(), raw[at + 1] == "/"
            if name in {"sub", "sup"}:
                if closing:
                    swallow_space = bool(spaced) and spaced.pop()
                    out.drop_space()
                else:
                    spaced.append(out.drop_space())
                    swallow_space = True
            if bit := _STYLE.get(name):
                out.depth[bit] = max(0, out.depth[bit] + (-1 if closing else 1))
            if name in _BREAKS:
                out.line_break(at)
            if name in {"ol", "ul"}:
                if not closing:
                    first = _START.search(match.group())
                    counters.append((int(first.group(1)) if first else 1) if name == "ol" else None)
                elif counters:
                    counters.pop()
            if name == "li" and not closing:
                _list_mark(out, counters, raw, match.end())
            at = match.end()
        elif char == "&" and (match := _ENTITY.match(raw, at, end)):
            out.put(html.unescape(match.group()).replace("\xa0", " "), at)
            at = match.end()
        elif char == "*" and raw.startswith("**", at):
            out.starred = not out.starred
            at += 2
        elif char == "\\" and at + 1 < end and raw[at + 1] in _ESCAPED:
            out.put(raw[at + 1], at + 1)
            at += 2
        elif char == "$" and (match := _MATH.match(raw, at, end)) and regex.search(r"\\|[_^][{0-9]", match.group(1)):
            _Math(out, raw, match.end(1)).read(match.start(1))
            at = match.end()
        elif char in "![" and (match := _LINK.match(raw, at, end)):
            if char == "[":
                for offset, shown in enumerate(match.group(1)):
                    out.put(shown, match.start(1) + offset)
            at = match.end()
        elif char in "\r\n\f":
            out.line_break(at)
            at += 1
        else:
            out.put(" " if char == "\xa0" else char, at)
            at += 1
    return PlacedText("".join(out.chars), tuple(out.origins), bytes(out.styles)).strip()
