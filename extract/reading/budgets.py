"""A budget cell: amounts in NT$, the rate of execution, and what else is said there."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from decimal import Decimal

import regex

from extract.reading.vocabulary import TIMEOUT, is_blank, money_units, vocabulary

_UNITS = "|".join(unit for unit, _ in money_units())
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_RATE = regex.compile(rf"[(（\[]?\s*(?:(?:預算|經費)?執行率\s*[:：為]?\s*)?(?P<rate>{_NUMBER})\s*[%％]\s*[)）\]]?")
_BARE_RATE = regex.compile(
    rf"\s*({_NUMBER})(?!\s*(?:[年月日成家案項件場次處戶座個位人台]|[兆億千百]?[萬仟]?元|[兆億萬]))"
    r"(?:\s*$|\s*(?=[(（\[])|\s+(?=\d[\d,.]*\s*\p{Han})|\s*(?=[；;，,、]?\s*\p{Han}))"
)
"""The number that a cell of rates begins with: alone, or before a sentence that does not count by it."""
_COMPOUND = regex.compile(
    rf"(?:新[臺台]幣|NT\$)?\s*(?P<first>{_NUMBER})\s*(?P<unit1>兆|億|千萬|百萬|萬|千|仟)(?!元)\s*"
    rf"(?P<second>{_NUMBER})\s*(?P<unit2>{_UNITS})"
)
_AMOUNT = regex.compile(
    rf"(?:約|計|共)?\s*(?:新[臺台]幣|NT\$)?\s*(?<![\d.,-])(?P<number>{_NUMBER})\s*(?P<unit>{_UNITS})?"
    r"(?!\d|[.,-]\d|\s*[年月日家案項件場次處戶座台%％個位人])"
)
"""An amount; a number before 年 or a counter, or inside a code such as 1.1.1, is none."""
LARGEST_SHARE = Decimal("1.5")
"""A bare rate up to this is a share of one, a larger one per cent."""
_CUT = regex.compile(
    r"(?<=\d,)\s+(?=\d{3}(?!\d))|(?<=\d)\s+(?=,\d{3}(?!\d))|(?<=[（(]\d{1,2})\s+(?=\d{1,2}(?:\.\d+)?\s*[%％])"
)
"""White space inside a number that a narrow cell broke: 1, 200, or (10 0%)."""
_SHARE = regex.compile(r"\s*[（(][^（）()\d]{2,24}[)）]")
_BETWEEN = regex.compile(rf"(?:{_SHARE.pattern})?[\s、,，+＋及與和/／;；]*")
"""What may stand between two amounts of a cell: whose share the first one is, and a comma."""
_BLANKS = regex.compile(r"[ \t\u3000]{2,}")
HALF_WIDTH = frozenset("0123456789.%+-/$")
_EDGES = " \t\n　:：,，、;；/／()（）-－—–"


@dataclass(frozen=True, slots=True)
class Budget:
    """What a budget cell says. `amount_ntd` is in NT$ (several amounts: their sum), `rate` a share (1.0 for 100%);
    `note` what is left. `is_unit_unknown` says that a number was read for which neither cell nor header names a
    unit, `is_rate_guessed` that 0.98 was read as 98 % under a header that says %."""

    amount_ntd: Decimal | None
    rate: Decimal | None
    note: str | None
    is_unit_unknown: bool = False
    is_rate_guessed: bool = False


def read_budget(text: str, factor: Decimal | None, *, has_amount: bool = True, is_percent: bool = False) -> Budget:
    """Reads a cell whose header gives the unit by `factor` (NT$ for 1), None where it gives none.

    `has_amount` is False for a column of rates alone, `is_percent` True where its header gives %.
    """
    words = _CUT.sub("", _BLANKS.sub(" ", _half_width(text), timeout=TIMEOUT), timeout=TIMEOUT)
    if is_blank(words):
        return Budget(None, None, None)
    words, rate = _take_rate(words)
    if not has_amount:
        return _bare_rate(words, is_percent=is_percent) if rate is None else Budget(None, rate, _note(words))
    amounts: list[Decimal] = []
    is_unknown = False
    match = _leading_amounts(_without_executed(words))
    for first, second, unit1, unit2 in match.compounds:
        amounts.append(Decimal(first) * _scale(unit1) + Decimal(second) * dict(money_units())[unit2])
    shared = next((unit for _, unit in reversed(match.amounts) if unit), None)
    for number, unit in match.amounts:
        own = unit or shared
        value = dict(money_units())[own] if own else factor
        if value is None:
            is_unknown = True
        else:
            amounts.append(Decimal(number) * value)
    total = sum(amounts, Decimal(0)) if amounts and not is_unknown else None
    return Budget(total, rate, _note(match.rest), is_unknown)


def _without_executed(words: str) -> str:
    """A cell that gives the budget and what was spent of it, each behind its label, without the latter; labels go."""
    labels = vocabulary()["budget_labels"]
    known = {word: name for name in labels for word in labels[name]}
    pattern = rf"(?<!\p{{Han}})({'|'.join(sorted(known, key=len, reverse=True))})\s*[:：]"
    found = list(regex.finditer(pattern, words, timeout=TIMEOUT))
    named = [known[match[1]] for match in found]
    if "budget" not in named:
        return words
    kept = words[: found[0].start()]
    for match, name, end in zip(found, named, [*(m.start() for m in found[1:]), len(words)], strict=True):
        part = words[match.end() : end]
        kept += "\n" + (_leading_amounts(part).rest if name == "executed" else part)
    return kept


@dataclass(frozen=True, slots=True)
class _Amounts:
    compounds: list[tuple[str, str, str, str]]
    amounts: list[tuple[str, str | None]]
    rest: str


def _leading_amounts(words: str) -> _Amounts:
    """The amounts that a cell is about: a figure, or several in a list, up to where it becomes a sentence."""
    compounds: list[tuple[str, str, str, str]] = []
    amounts: list[tuple[str, str | None]] = []
    spans: list[tuple[int, int]] = []
    at = 0
    while at < len(words):
        compound = _COMPOUND.search(words, at, timeout=TIMEOUT)
        single = _AMOUNT.search(words, at, timeout=TIMEOUT)
        match = compound if compound and single and compound.start() <= single.start() else single
        if match is None:
            break
        between = words[spans[-1][1] : match.start()] if spans else words[: match.start()]
        if spans and not _BETWEEN.fullmatch(between, timeout=TIMEOUT):
            break
        if not spans and len(between.strip()) > 16:
            break
        if match is compound:
            compounds.append((_plain(match["first"]), _plain(match["second"]), match["unit1"], match["unit2"]))
        else:
            amounts.append((_plain(match["number"]), match["unit"]))
        spans.append((match.start(), match.end()))
        at = match.end()
    if len(spans) > 1:  # whose shares they are is no remark
        spans = [(start, share.end() if (share := _SHARE.match(words, end)) else end) for start, end in spans]
    rest = words
    for start, end in reversed(spans):
        rest = rest[:start] + " " + rest[end:]
    return _Amounts(compounds, amounts, rest)


def _take_rate(words: str) -> tuple[str, Decimal | None]:
    """A rate with its per cent sign cut out of the words."""
    match = _RATE.search(words, timeout=TIMEOUT)
    if match:
        rate = Decimal(_plain(match["rate"])) / 100
        return words[: match.start()] + "\n" + words[match.end() :], rate
    return words, None


def _bare_rate(words: str, *, is_percent: bool) -> Budget:
    """The bare number of a rate column, 98 or 0.98, which a remark may follow. Under a header that says % one of up to
    1 is still a share, since hardly any budget is spent to 1 %: that is a guess."""
    bare = _BARE_RATE.match(words, timeout=TIMEOUT)
    if bare is None:
        return Budget(None, None, _note(words))
    value = Decimal(_plain(bare.group(1)))
    is_share = value <= (1 if is_percent else LARGEST_SHARE)
    rate = value if is_share else value / 100
    return Budget(None, rate, _note(words[bare.end() :]), is_rate_guessed=is_percent and is_share and value > 0)


def _half_width(text: str) -> str:
    """Digits and the signs of numbers in half width; sentences keep their signs as printed."""
    half = "".join(h if (h := unicodedata.normalize("NFKC", c)) in HALF_WIDTH else c for c in text)
    joined: str = regex.sub(r"(?<=\d)，(?=\d)", ",", half, timeout=TIMEOUT)
    return joined


def _plain(number: str) -> str:
    return number.replace(",", "")


def _scale(unit: str) -> Decimal:
    """The factor of a bare 億 or 萬 before a smaller amount: 1億2,340萬元."""
    scales = {"兆": 12, "億": 8, "千萬": 7, "百萬": 6, "萬": 4, "千": 3, "仟": 3}
    return Decimal(10) ** scales[unit]


def _note(rest: str) -> str | None:
    """What is left of a cell, without the signs that stood between its parts; None where that is nothing."""
    lines = [line.strip(_EDGES) for line in rest.split("\n")]
    note = "".join(
        line if not joined or not (joined[-1].isascii() and line[:1].isascii()) else f" {line}"
        for joined, line in zip(["", *lines], lines, strict=False)
        if line
    )
    if not note or is_blank(note):
        return None
    return _closed(note, rest)


def _closed(note: str, rest: str) -> str:
    """A note with the bracket or full stop that stripping took from its edge put back."""
    if note.count("（") + note.count("(") > note.count("）") + note.count(")"):
        at = rest.find(note[-6:]) + len(note[-6:])
        note += rest[at : at + 1].strip()
    return note
