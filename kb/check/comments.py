"""Comments and replies: several in one row, one in several, a round or a number that was lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

import regex

from kb.check.model import Doubt
from kb.check.printed import TIMEOUT, begins_amid, folded, is_ended
from kb.check.stored import Row, Stored

NUMBER = regex.compile(r"[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）.、]?")
NAME = regex.compile(r"\p{Han}|[A-Za-z]")
MARK = regex.compile(r"(?:^|[。；;\n])\s*(\d{1,2})[.．、](?!\d)")
PERSON = regex.compile(
    r"(?:委員|教授|博士|理事長|執行長|秘書長|董事長|研究員|主任|處長|經理|建築師|技師|顧問|律師|老師|院長|所長|代表)"
)
"""Titles that stand in the names of reviewers."""
MOST_COMMENTS = 40
"""Of one reviewer in one round; a larger number is several that were put together. 12 may be 1 and 2, and is then told
by the gap before it."""
SHORT, MOSTLY = 12, 0.7
"""Characters that a comment or reply is seldom shorter than; share of them that end as sentences do."""
COLUMNS = ("reviewer", "round", "number", "comment", "reply")
TOGETHER = "數則意見合併成一列"


def check_comments(stored: Stored) -> Iterator[Doubt]:
    """Doubts about the comments of the annex."""
    rows = stored["comments"]
    faults = {row["id"]: fault for row in rows if (fault := _fault(row))}
    for key, fault in _compared(rows).items():
        faults.setdefault(key, fault)
    for row in rows:
        if row["id"] in faults:
            for column in COLUMNS:
                yield _doubt("odd:comment", row, column, faults[row["id"]], 0.2)
    if faults:
        yield Doubt("glued:rows", "comments", None, None, "有意見合併或拆散，其他意見可能未分列讀出", 0.1)
    yield from _numbers(rows)
    yield from _twice(rows)
    yield from _silent_reviewers(stored)


def _doubt(rule: str, row: Row, column: str, reason: str, certainty: float) -> Doubt:
    return Doubt(rule, "comments", row["id"], column, reason, certainty, str(row["comment"])[:120], row["page"])


def _fault(row: Row) -> str | None:
    """What is wrong with a comment by itself: several in one, a header among its words, nothing in it."""
    number, comment, reply = folded(row["number"]), row["comment"] or "", row["reply"] or ""
    if number and (not NUMBER.fullmatch(number, timeout=TIMEOUT) or _value(number) > MOST_COMMENTS):
        return TOGETHER
    lines = [len([x for x in text.split("\n") if x.strip()]) for text in (comment, reply)]
    if number.isdigit() and len(number) == lines[0] == lines[1] > 1:
        return TOGETHER
    if not folded(comment) or not folded(reply):
        return "意見或回復空白"
    first = folded(comment.split("\n")[0])
    if len(first) < 8 and any(word in first for word in ("意見", "序號", "編號", "項次")):
        return "意見中有表頭文字"
    if not number and _counts_up(comment):
        return TOGETHER
    if begins_amid(comment) or begins_amid(reply):
        return "意見或回復從句中開始"
    reviewer = folded(row["reviewer"])
    if not NAME.search(reviewer, timeout=TIMEOUT) or any(c in reviewer for c in "。；)）]】") or len(reviewer) > 20:
        return "委員姓名不像姓名"
    return None


def _counts_up(text: str) -> bool:
    """Whether item numbers stand in a comment, from 1 or in the middle: it begins amid another, or holds the next."""
    marks = [int(m[1]) for m in MARK.finditer(text, timeout=TIMEOUT)]
    return (len(marks) > 1 and marks[1] == marks[0] + 1) or (len(marks) == 1 and marks[0] > 1)


def _compared(told: Sequence[Row]) -> dict[str, str]:
    """Comments that differ from the others: unnumbered or without a round where most have one, cut where most end."""
    found: dict[str, str] = {}
    numbered = sum(bool(row["number"]) for row in told)
    rounds = sum(bool(row["round"]) for row in told)
    people = sum(bool(PERSON.search(row["reviewer"], timeout=TIMEOUT)) for row in told)
    whole = sum(is_ended(row["comment"]) and is_ended(row["reply"]) for row in told)
    for row in told:
        if not row["number"] and numbered >= MOSTLY * len(told):
            found[row["id"]] = "沒有編號，其他意見多有"
        elif not row["round"] and rounds >= MOSTLY * len(told):
            found[row["id"]] = "沒有場次，其他意見多有"
        elif not PERSON.search(row["reviewer"], timeout=TIMEOUT) and people >= MOSTLY * len(told):
            found[row["id"]] = "委員姓名與其他委員的寫法不同"
        elif whole >= MOSTLY * len(told) and not (is_ended(row["comment"]) and is_ended(row["reply"])):
            found[row["id"]] = "意見或回復沒有結尾的標點，其他多有"
    return found


def _value(number: str) -> int:
    digits = "".join(c for c in number if c.isdigit())
    return int(digits) if digits else 0


def _groups(rows: Sequence[Row]) -> dict[tuple[str, str], list[Row]]:
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        groups.setdefault((folded(row["reviewer"]), folded(row["round"])), []).append(row)
    return groups


def _numbers(rows: Sequence[Row]) -> Iterator[Doubt]:
    """Numbers of a reviewer's comments that leave one out."""
    for (reviewer, _), own in _groups(rows).items():
        numbered = [(int(r["number"]), r) for r in own if r["number"] and str(r["number"]).isdecimal()]
        for (before, _row), (after, row) in pairwise([(0, row) for row in own[:1]] + numbered):
            if before + 1 < after <= MOST_COMMENTS:
                reason = f"{reviewer} 的意見 {after} 不接在 {before or '開頭'} 之後"
                for column in ("number", "comment", "reply"):
                    yield _doubt("gap:comment", row, column, reason, 0.3)
                yield Doubt("gap:comment", "comments", None, None, reason, 0.2, "", row["page"])


def _twice(told: Sequence[Row]) -> Iterator[Doubt]:
    """Two comments of one reviewer in one round with the same number: the round, or the reviewer, changed between them
    and that was not read. Then the rounds of the whole table cannot be trusted."""
    count = Counter((folded(r["reviewer"]), folded(r["round"]), folded(r["number"])) for r in told)
    twice = [key for key, number in count.items() if number > 1]
    if not twice:
        return
    reviewer, _, number = twice[0]
    reason = f"{reviewer} 有兩則編號「{number}」的意見：場次或委員未分開"
    owners = {(reviewer, place) for reviewer, place, _ in twice}
    # Where not one round was read, the table has rounds that nothing tells apart.
    no_rounds = not any(row["round"] for row in told)
    for row in told:
        if no_rounds or (folded(row["reviewer"]), folded(row["round"])) in owners:
            for column in COLUMNS:
                yield _doubt("twice:comment", row, column, reason, 0.2)
    yield Doubt("twice:comment", "comments", None, None, reason, 0.1, "", None)


def _silent_reviewers(stored: Stored) -> Iterator[Doubt]:
    """Headings with a reviewer's name under which no comment was read."""
    known = " ".join(folded(row["reviewer"]) for row in stored["comments"])
    if not known:
        return
    for section in stored["sections"]:
        heading = folded(section["heading"])
        is_of_round = any(word in heading for word in ("書面意見", "會上意見", "會議意見", "會後意見"))
        name = regex.split(r"[(（:：]", heading, timeout=TIMEOUT)[0]
        if is_of_round and PERSON.search(name, timeout=TIMEOUT) and name not in known:
            reason = f"沒有讀到{name}的意見"
            yield Doubt("gap:comment", "comments", None, None, reason, 0.1, section["heading"], section["page"])
