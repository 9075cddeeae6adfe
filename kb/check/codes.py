"""Codes of measures and strategies: gaps, codes of another shape, numbers that were given because none was printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import regex

from kb.check.cells import doubts_of_row
from kb.check.model import Doubt, Fault
from kb.check.printed import NUMERALS, TIMEOUT, folded
from kb.check.stored import Row, Stored

LETTERS = regex.compile(r"[A-Za-z]*")
LAST = regex.compile(rf"^(?P<head>.*?)(?P<last>\d{{1,2}}|[{NUMERALS}]{{1,3}})(?P<tail>[)）]?)$")


def check_codes(stored: Stored) -> Iterator[Doubt]:
    """Doubts about codes."""
    yield from _gaps(stored, "strategies")
    yield from _gaps(stored, "measures")
    yield from _odd_shapes(stored)
    yield from _empty_strategies(stored)
    yield from _strangers(stored)


def _number(text: str) -> int | None:
    """`3` and `三` as 3, up to 39."""
    if text.isdigit():
        return int(text)
    tens, _, ones = text.rpartition("十")
    if "十" not in text:
        return NUMERALS.index(text) + 1 if len(text) == 1 else None
    return (NUMERALS.index(tens) + 1 if tens else 1) * 10 + (NUMERALS.index(ones) + 1 if ones else 0)


def _like(example: str, number: int) -> str:
    """The number written as the example is, 3 like 二 as 三."""
    if example.isdigit():
        return str(number)
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else NUMERALS[tens - 1] + "十"
    return head + (NUMERALS[ones - 1] if ones else "")


def _gaps(stored: Stored, table: str) -> Iterator[Doubt]:
    """Codes that the others let expect: 1.1.2 between 1.1.1 and 1.1.3, 1.2.1 before 1.2.2."""
    groups: dict[tuple[str, str], dict[int, str]] = {}
    pages: dict[str, int | None] = {}
    for row in stored[table]:
        match = LAST.match(str(row["code"]).split("#")[0], timeout=TIMEOUT)
        number = _number(match["last"]) if match else None
        if match is not None and number is not None:
            groups.setdefault((match["head"], match["tail"]), {})[number] = match["last"]
            pages[row["code"]] = row["page"]
    others = {row["code"] for row in stored["strategies"]} if table == "measures" else set()
    for (head, tail), found in groups.items():
        for number in range(1, max(found)):
            code = f"{head}{_like(next(iter(found.values())), number)}{tail}"
            if number not in found and code not in others:
                yield Doubt(
                    "gap:code",
                    table,
                    f"{stored.report_id}/{code}",
                    None,
                    f"編號 {code} 未讀到，其後的編號有讀到",
                    0.1,
                    code,
                    next((pages[c] for c in pages if c.startswith(head)), None),
                )


def _shape(code: str, letters: Counter[str]) -> str:
    """A code with its numbers, and the letters that it shares with another, each as one sign."""
    own = LETTERS.match(code, timeout=TIMEOUT)[0]
    rest = code[len(own) :]
    plain: str = regex.sub(rf"[{NUMERALS}]+", "N", regex.sub(r"\d+", "9", rest, timeout=TIMEOUT))
    return ("A" if own and letters[own] > 1 else own) + plain


def _odd_shapes(stored: Stored) -> Iterator[Doubt]:
    """Codes that do not look as most codes of the report do. Letters that several measures share, W1-1 beside G1-1,
    tell of their strategies."""
    letters = Counter(LETTERS.match(folded(row["code"]), timeout=TIMEOUT)[0] for row in stored["measures"])
    shapes = {row["id"]: _shape(folded(row["code"]), letters) for row in stored["measures"]}
    usual, count = Counter(shapes.values()).most_common(1)[0] if shapes else ("", 0)
    if count * 2 <= len(shapes):
        return
    for row in stored["measures"]:
        if shapes[row["id"]] != usual:
            is_again = "#" in row["code"]
            what = "與另一措施相同" if is_again else "的寫法與其他措施不同"
            reason = f"編號「{row['code'].split('#')[0]}」{what}"
            # What is wrong with a code is wrong with its whole row: it is found under another name, or is none.
            yield from doubts_of_row(stored, row, Fault("twice:code" if is_again else "odd:code", reason, 0.3))
            yield Doubt(
                "lost:row", "measures", None, None, f"{reason}：可能有措施未讀到", 0.2, row["code"], row["page"]
            )


def _empty_strategies(stored: Stored) -> Iterator[Doubt]:
    used = {row["strategy_id"] for row in stored["measures"]}
    for row in stored["strategies"]:
        if row["id"] not in used and stored["measures"]:
            yield Doubt(
                "empty:strategy", "strategies", row["id"], None, "策略下沒有讀到措施", 0.3, row["title"], row["page"]
            )


def _strangers(stored: Stored) -> Iterator[Doubt]:
    """Measures whose code tells of another strategy than theirs: M2-1 under M1 belongs to a strategy that was not read,
    and where M1-1 and M2-1 share one, or M1-1 and M1-2 do not, one of them stands under the wrong one."""
    codes = {row["id"]: folded(row["code"]) for row in stored["strategies"]}
    pairs = [(m, codes[m["strategy_id"]]) for m in stored["measures"] if m["strategy_id"] in codes]
    strangers = {m["id"] for m, code in pairs if not folded(m["code"]).startswith(code)}
    if len(strangers) * 2 > len(pairs):
        strangers = set()  # the report counts its measures otherwise than its strategies
    mixed = _mixed(pairs) - strangers
    lost: dict[str, int | None] = {}
    for measure, code in pairs:
        if measure["id"] not in strangers | mixed:
            continue
        reason = f"編號 {measure['code']} 與策略 {code} 不合"
        for column in ("strategy_id",) if measure["id"] in mixed else ("strategy_id", "code"):
            yield Doubt(
                "odd:strategy", "measures", measure["id"], column, reason, 0.2, measure["code"], measure["page"]
            )
        lost[_head(measure)] = measure["page"]
    for code, page in lost.items():
        if code and code not in codes.values():
            key = f"{stored.report_id}/{code}"
            yield Doubt("gap:code", "strategies", key, None, f"策略 {code} 未讀到，其下的措施有讀到", 0.1, code, page)


def _head(measure: Row) -> str:
    """A measure's code without its last number: M2 of M2-1."""
    match = LAST.match(folded(measure["code"]).split("#")[0], timeout=TIMEOUT)
    return match["head"].rstrip("-.－(（、") if match else ""


def _mixed(pairs: list[tuple[Row, str]]) -> set[str]:
    """Measures of one strategy whose codes have different heads, where most of the heads have a strategy of their
    own or all share one."""
    heads: dict[str, set[str]] = {}
    for measure, code in pairs:
        if _head(measure):
            heads.setdefault(code, set()).add(_head(measure))
    every = {head for found in heads.values() for head in found}
    mixed = {code for code, found in heads.items() if len(found) > 1}
    is_usual = len(every) > 1 and (len(mixed) * 2 <= len(heads) or len(heads) == 1)
    fitting = {m["id"] for m, code in pairs if folded(m["code"]).startswith(code)}
    return {m["id"] for m, code in pairs if code in mixed} - fitting if is_usual else set()
