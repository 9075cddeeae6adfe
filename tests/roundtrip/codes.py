"""Codes of strategies and measures, and marks of items, as ministries write them."""

from tests.roundtrip.wording import WORDS

SYSTEMS = ("1.1.1", "1-1-1", "T1-1", "能-1-2", "一(一)", "一、(一)1")
"""How the code of a measure looks; a strategy's code is its beginning."""

MARKS = ("1.", "1. ", "(1)", "（1）", "①", "一、", "１、", "1、")
NESTING = ("1.", "1. ", "1、", "一、", "１、")
"""Marks that may have another level below."""

CHINESE = "一二三四五六七八九十"
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩"


def strategy_code(system: str, number: int, sector: str) -> str:
    """The code of the n-th strategy, two under each first number where codes have three levels."""
    first, second = (number + 1) // 2, (number + 1) % 2 + 1
    return {
        "1.1.1": f"{first}.{second}",
        "1-1-1": f"{first}-{second}",
        "T1-1": f"{WORDS['sectors'][sector]['letter']}{number}",
        "能-1-2": f"{WORDS['sectors'][sector]['prefix']}-{number}",
        "一(一)": CHINESE[number - 1],
        "一、(一)1": f"一、({CHINESE[number - 1]})",
    }[system]


def strategy_text(system: str, code: str, gap: str, title: str) -> str:
    """The strategy as its cell prints it."""
    between = {"一(一)": "、", "一、(一)1": ""}.get(system, gap)
    return f"{code}{between}{title}"


def measure_code(system: str, strategy: str, number: int) -> str:
    """The code of the n-th measure under the strategy with this code."""
    match system:
        case "1.1.1":
            return f"{strategy}.{number}"
        case "一(一)":
            return f"{strategy}({CHINESE[number - 1]})"
        case "一、(一)1":
            return f"{strategy}{number}"
        case _:
            return f"{strategy}-{number}"


def mark(style: str, number: int) -> str:
    """The mark of the n-th item, where `style` is that of the first."""
    if style == "①":
        return CIRCLED[number - 1]
    if "一" in style:
        return style.replace("一", CHINESE[number - 1])
    if "１" in style:
        return style.replace("１", chr(ord("０") + number))
    return style.replace("1", str(number))


def nested_mark(style: str, number: int) -> str:
    """The mark one level below."""
    return mark("(一)" if style == "一、" else "(1)", number)
