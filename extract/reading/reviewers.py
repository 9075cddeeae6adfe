"""Who made a comment, and in which round: 張委員○○（會前書面意見）/無會上意見, 二、會上意見, 委員：王○○."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from extract.documents.model import PlacedText
from extract.documents.numbering import read_numbering
from extract.reading.vocabulary import folded

LONGEST_LINE = 50
"""Characters; longer is a comment."""

_ROUND = regex.compile(
    r"(?:第[一二三四五六七八九十\d]+次)?(?:專家(?:學者)?)?(?:會前|會上|會中|會後|會議|現場|當場|書面|口頭|事前|事後|審查|補充|諮詢|初審|複審)"
    r"[^()（）/／、，。：:]{0,10}(?:意見|建議|發言|審查)"
)
_MEETING = regex.compile(
    r"(?:\d{2,4}年度?)?(?:第[一二三四五六七八九十\d]+次|期[初中末])[^()（）、，。：:]{0,10}(?:會議|會|審查|諮詢|座談)"
)
"""A round by its meeting alone, 第二次審查會議."""
_WITHOUT = regex.compile(r"無|未")
_LABEL = regex.compile(
    r"^(?:審查|諮詢|專家|出席|與會|發言|提問)?(?:委員|專家|專家學者|姓名|委員姓名|機關|單位|機關名稱|單位名稱|人)\s*[：:]\s*"
)
_PERSON = regex.compile(
    r"委員|教授|博士|院長|所長|秘書長|主任|理事長|執行長|經理|老師|先生|女士|代表|顧問|研究員|董事|總監|校長|會長|組長|處長|署長"
    r"|建築師|技師|律師|會計師|工程師|講師|院士|理事$|監事$|執行秘書|專員|科長|司長|局長|部長|次長|學者$|專家$"
    r"|部$|署$|局$|司$|院$|縣政府|市政府|協會$|協進會$|促進會$|聯盟$|基金會$|公會$|學會$|聯合會$|總會$|委員會$|研究所$|大學$|公司$|國發會|國科會"
    r"|金管會|農委會|工程會|主計總處|環保團體|民間團體|[〇○Ｏ]|^[\p{Han}]{1,2}[〇○ＯOＸX*]{1,2}$"
)
TITLE = regex.compile(r"對照表|一覽表|彙整|[回答][復覆應]|辦理情形|處理情形|參採")
_PLURAL = regex.compile(
    r"^(?:各|專家|出席|與會|審查|諮詢|外部|全體)?(?:委員|專家學者|專家|學者|機關|單位|部會)(?:會議)?(?:意見|建議|名單)?$"
    r"|委員會議|會議委員|諮詢會議$"
)
_SPEAKER = regex.compile(
    r"(?<=會|部|署|院|司|局|所|學|聯盟|公司)[（(](?:(?!\p{Ps}|\p{Pe}|[、，]).){0,6}(?:委員|教授|博士|研究員|執行長|秘書長|主任|理事長?|專員|經理"
    r"|老師|先生|女士|代表|顧問|董事長|組長)(?:(?!\p{Ps}|\p{Pe}|[、，]).){0,3}[）)]"
)
"""Who spoke for an organisation, in brackets behind its name."""
_SPEAKS = regex.compile(r"\s*([^：:。，、；\n]{2,24})[：:]\s*")
_SPOKE = regex.compile(r"[（(]([^（）()。，]{2,16})[)）]\s*$")
_TOGETHER = regex.compile(r"^(?:綜合|整體|共同|共通|共識|一般|通案)(?:性)?(?:意見|建議)(?:事項)?$")
"""Comments of all together: as good as a name."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What a line says about the comments under it; `reviewer` or `round` is None where it does not say."""

    reviewer: str | None
    round: str | None


def is_about(heading: str) -> bool:
    """Whether a heading is over the comments: 委員意見回復對照表."""
    said = any(word in heading for word in ("意見", "建議", "提問"))
    asked = any(word in heading for word in ("委員", "專家", "學者", "諮詢", "審查", "機關", "會議", "各界"))
    return said and asked and TITLE.search(heading) is not None


def is_person(words: str) -> bool:
    """Whether words by themselves name somebody who comments, with or without a round."""
    heading = read_heading(words)
    return heading is not None and heading.reviewer is not None


def read_heading(text: str, *, is_certain: bool = False) -> Heading | None:
    """A line as the heading of comments, or None where it is none; `is_certain` where its place shows it to be."""
    line = "".join(text.split())
    if not line or len(line) > LONGEST_LINE or "。" in line or TITLE.search(line):
        return None
    if (numbering := read_numbering(line)) is not None:
        line = line[numbering.length :]
    if (label := _LABEL.match(line)) is not None:
        line, is_certain = line[label.end() :], True
    line = line.rstrip("：:").strip("【】〔〕[]「」")
    if _TOGETHER.match(line):
        return Heading(line, None)
    parts = [part for part in regex.split(r"[/／、，()（）【】〔〕\[\]：:|｜]", line) if part]
    rounds = [said for part in parts if not _WITHOUT.search(part) and (said := _round(part))]
    name = _name(regex.split(r"[(（\[【〔/／：:|｜]", line)[0])
    if not name and rounds:  # 會前書面意見：王委員, 書面意見（王委員）
        name = next((n for part in parts if (n := _name(part)) and _PERSON.search(n)), "")
    if name and not (is_certain or rounds or _PERSON.search(name)):
        return None
    if name and _PLURAL.search(folded(name)):
        name = ""
    if not name and not rounds:
        return None
    speaker = _SPEAKER.search(line)
    if name and speaker and not _round(speaker.group()):
        name += speaker.group()
    return Heading(name or None, "、".join(dict.fromkeys(rounds)) or None)


def read_inline(comment: PlacedText) -> tuple[Heading | None, PlacedText]:
    """Who is named in front of a comment, 王委員：…, or in brackets behind it, and the comment without that."""
    if match := _SPEAKS.match(comment.text):
        heading = read_heading(match.group(1))
        if heading is not None and heading.reviewer:
            return heading, comment[match.end() :]
    if match := _SPOKE.search(comment.text):
        heading = read_heading(match.group(1))
        if heading is not None and heading.reviewer:
            return heading, comment[: match.start()]
    return None, comment


def _round(words: str) -> str | None:
    """The round that words name: 會前書面意見 among others, or nothing but a meeting."""
    match = _ROUND.search(words) or _MEETING.fullmatch(words)
    return match.group() if match else None


def _name(words: str) -> str:
    """Who is named in front of 會上意見, 之意見, －."""
    if _MEETING.fullmatch(words):
        return ""
    if remark := _ROUND.search(words):
        words = words[: remark.start()] or words[remark.end() :]
    plain: str = regex.sub(r"(?:之|的|提出|所提)?(?:意見|建議)$", "", words)
    return plain.strip("-—－–_、【】〔〕[]「」 ")
