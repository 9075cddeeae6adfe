"""Time words: 113 年, 110-114 年, 截至 113 年底, 111 年起, 每年, 累計, 年節電率.

One pattern finds them all, the longer reading before the shorter. ROC and Gregorian years, in digits or Chinese
numerals; a date with a month governs nothing unless 截至 stands before it.
"""

from __future__ import annotations

from functools import cache

import regex

from extract.language.fold import fold
from extract.language.lexicon import TIMEOUT, table
from extract.language.numerals import chinese
from extract.language.sheet import TimeWord

ROC = 1911
ROC_YEARS = range(80, 160)
"""Years that stand bare; 10 年 and 30 年 are lengths."""
GREGORIAN_YEARS = range(1990, 2101)
TIME_CHARACTER = regex.compile("[年累全期迄今計]")
"""Every time word holds one of these."""
CHINESE_DIGITS = "〇零一二三四五六七八九十百"


def gregorian(printed: str) -> int | None:
    """A printed year as Gregorian: 113, 2024, 一一三, 一百一十三; None for what is no year of these reports (10 年)."""
    if printed.isdecimal():
        number = int(printed)
    else:
        value = chinese(printed)
        if value is None:
            return None
        number = int(value)
    if number in ROC_YEARS:
        return number + ROC
    return number if number in GREGORIAN_YEARS else None


def _spaced(words: list[str]) -> str:
    """Any of the words, with spaces allowed between their characters."""
    return "|".join(r"\s?".join(regex.escape(c) for c in fold(w)) for w in sorted(words, key=len, reverse=True))


@cache
def _pattern() -> regex.Pattern[str]:
    rules = table("periods")
    number = rf"(?:[0-9]{{3,4}}|[89][0-9]|[{CHINESE_DIGITS}]{{3,7}})"
    era = r"(?:(?:中華)?民國|西元|公元)?\s?"
    mark = r"(?:\s?\((?:西元|民國)?\s?[0-9]{3,4}(?:\s?年)?\))?\s?(?:會計|學)?年度?"
    end = r"(?:底|末|終)?"
    date = r"(?:\s?[0-9]{1,2}\s?月份?(?:\s?[0-9]{1,2}\s?日)?(?:底|初|中|止)?)"
    to = r"\s?(?:-|~|至|到|迄)\s?"
    until = rf"(?:{_spaced(rules['until'])})\s?(?:於|到|至)?\s?"
    nouns = _spaced(rules["annual_nouns"])
    parts = [
        # 截至 113 年底, 截至 113 年 12 月, 至 113 年底
        rf"(?P<until>{until}{era}(?P<until_year>{number}){mark}{end}{date}?(?:為?止)?)",
        # 110-113 年, 110 年至 113 年底, 112 年執行至 114 年
        rf"(?P<span>(?:自\s?)?{era}(?P<from>{number})(?:{mark})?{date}?\s?(?:起|執行|推動|辦理|開始)?{to}{era}(?P<to>{number}){mark}{end}{date}?(?:為?止)?)",
        rf"(?P<until2>(?<![0-9年月日])至\s?{era}(?P<until2_year>{number}){mark}(?={end}){date}?(?:{_spaced(rules['until_ends'])}))",
        # 112、113 年; 112 年及 113 年
        rf"(?P<years>{era}{number}(?:{mark})?(?:\s?[、及和與]\s?{era}{number}(?:{mark})?){{0,8}}\s?[、及和與]\s?{era}{number}{mark}(?![0-9]))",
        rf"(?P<date>{era}{number}{mark}{date}(?:{to}(?:[0-9]{{1,2}}\s?月份?(?:\s?[0-9]{{1,2}}\s?日)?|[0-9]{{1,2}}\s?日))?(?:底|止)?)",
        rf"(?P<date2>{era}{number}{mark}\s?[0-9]{{1,2}}{to}[0-9]{{1,2}}\s?月)",
        rf"(?P<since>(?:(?:{_spaced(rules['since_before'])})\s?)?{era}(?P<since_year>{number}){mark}(?:{_spaced(rules['since'])}))",
        rf"(?P<year>{era}(?P<one>{number}){mark}{end}|[本今去前上]\s?\(\s?{era}(?P<named>{number})\s?(?:年度?)?\)\s?年?度?{end})",
        rf"(?P<this_year>{_spaced(rules['this_year'])})",
        rf"(?P<own>(?<![0-9每全])年(?:(?:{nouns}){rules['own_nouns']}|平?均(?:{'|'.join(rules['own_averages'])})))",
        rf"(?P<annual>{_spaced(rules['annual'])}|(?<![{rules['annual_after_not']}])(?<!基準|基期|[0-9一二三四五六七八九十]\s)年(?={nouns})(?!均氣?溫)|(?<![{rules['annual_year_not_after']}])年度)",
        rf"(?P<cumulative>(?:{_spaced(rules['cumulative'])})(?<!(?:累積|累加)(?={'|'.join(rules['cumulative_not_before'])})|全程(?={'|'.join(rules['throughout'])})))",
        rf"(?P<lasting>(?<![{rules['lasting_not_after']}0-9.,])(?<![{rules['lasting_not_after']}]\s)[0-9二三四五六七八九十]{{1,2}}\s?年(?!{rules['lasting_not_before']}))",
    ]
    return regex.compile(r"(?<![0-9.])(?:" + "|".join(parts) + ")")


@cache
def _base() -> tuple[regex.Pattern[str], regex.Pattern[str], regex.Pattern[str]]:
    rules = table("periods")
    return (
        regex.compile(rf"(?:{_spaced(rules['base_before'])})\s?(?:於|至|為)?\s?$"),
        regex.compile(rf"\s?(?:相|之)?(?:{_spaced(rules['base_after'])})"),
        regex.compile(
            rf"\s?(?:{_spaced(rules['name_after'])})(?!\s?\d|[^，,。；;之的]{{0,24}}?[0-9一二三四五六七八九十兩]+\s?(?:項|案|件|種|次|批|冊|本|份|篇|類|則|部|套|式))"
        ),
    )


def find_times(folded: str, report_year: int | None) -> list[TimeWord]:
    """The time words of a folded text in order. None runs over a line break."""
    found: list[TimeWord] = []
    pattern, begin = _pattern(), 0
    for line in folded.splitlines(keepends=True):
        at, end = begin, begin + len(line)
        begin = end
        if TIME_CHARACTER.search(line, timeout=TIMEOUT) is None:
            continue
        while match := pattern.search(folded, at, end, timeout=TIMEOUT):
            word, at = _read(folded, match, report_year)
            if word is not None:
                found.append(word)
    return found


def _read(folded: str, match: regex.Match[str], report_year: int | None) -> tuple[TimeWord | None, int]:
    """The time word of one match, and where to look on."""
    start, end = match.span()
    kind = match.lastgroup if match.lastgroup in ("cumulative", "annual", "own", "lasting", "this_year") else None
    kind = kind or next(
        g for g in ("until", "span", "until2", "years", "date", "date2", "since", "year") if match[g] is not None
    )
    if kind in ("cumulative", "lasting"):
        return TimeWord(start, end, "cumulative"), end
    if kind == "annual":
        return TimeWord(start, end, "annual"), end
    if kind == "own":
        return TimeWord(start, end, "own"), end
    if kind == "this_year":
        return (TimeWord(start, end, "year", (report_year,)) if report_year else None), end
    if kind in ("date", "date2"):
        return TimeWord(start, end, "none"), end
    if kind in ("until", "until2"):
        year = gregorian(match[f"{kind}_year"])
        return (TimeWord(start, end, "until", (year,)), end) if year else (None, start + 1)
    if kind == "span":
        first, last = gregorian(match["from"]), gregorian(match["to"])
        if first and last and first <= last:
            return TimeWord(start, end, "span", (first, last)), end
        return None, match.end("from")
    if kind == "years":
        printed = regex.findall(rf"[0-9]{{2,4}}|[{CHINESE_DIGITS}]{{3,7}}", match[0], timeout=TIMEOUT)
        years = [y for y in map(gregorian, printed) if y]
        return (TimeWord(start, end, "years", tuple(years)), end) if len(years) == len(printed) else (None, start + 1)
    if kind == "since":
        year = gregorian(match["since_year"])
        return (TimeWord(start, end, "since", (year,)), end) if year else (None, start + 1)
    year = gregorian(match["one"] or match["named"])
    if year is None:
        return None, end
    before, after, name = _base()
    compared = before.search(folded[max(0, start - 8) : start], timeout=TIMEOUT) or after.match(
        folded, end, timeout=TIMEOUT
    )
    named = name.match(folded, end, timeout=TIMEOUT)
    return TimeWord(start, end, "none" if compared or named else "year", (year,)), end
