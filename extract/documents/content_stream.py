"""The operands and operators of a page's content stream, read at once by one regular expression.

pdfminer takes a content stream apart character class by character class, which is half of a report's time. What is
written as PDF programs write it, is read here in a fifth of that, into the very objects that pdfminer's parser gives;
anything else (an image inside the stream, an escape that no program writes, what is not closed) is left to pdfminer.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeAlias

from pdfminer.psparser import KWD, LIT, PSKeyword, PSLiteral

Operand: TypeAlias = "int | float | bool | bytes | PSLiteral | list[Operand] | dict[str, Operand]"

LONGEST = 4_000_000
"""Bytes above which a stream is not read at once: it would take a hundred times as much memory."""
INLINE_IMAGE = b"BI"
BEGINS = (b"[", b"<<")

ENDS = rb"[\s/\[\]()<>%]"
TOKEN = re.compile(
    rb"[\s\x00]*(?:"
    rb"([-+]?\d+)(?=" + ENDS + rb"|\Z)"  # 1 whole number
    rb"|([-+]?\d*\.\d*)(?=" + ENDS + rb"|\Z)"  # 2 decimal number
    rb"|([A-Za-z][^#/%\[\]()<>{}\s\x00]*(?=" + ENDS + rb"|\Z)|['\"])"  # 3 operator
    rb"|<([0-9A-Fa-f\s]*)>"  # 4 string of hexadecimal digits
    rb"|\(([^()\\]*)\)"  # 5 string
    rb"|\(([^()\\]*(?:\\.[^()\\]*)+)\)"  # 6 string with escapes
    rb"|/([^#/%\[\]()<>{}\s\x00]*)(?=" + ENDS + rb"|\Z)"  # 7 name
    rb"|(\[|\]|<<|>>)"  # 8 begin and end of an array or a dictionary
    rb"|%[^\r\n]*"  # a comment
    rb"|(\Z)"  # 9
    rb"|(.)"  # 10 anything else
    rb")",
    re.DOTALL,
)
NUMBER, DECIMAL, OPERATOR, HEX, STRING, ESCAPED, NAME, BRACKET, END, OTHER = range(1, 11)

ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|(\r\n|.))", re.DOTALL)
MEANS = {b"b": b"\b", b"t": b"\t", b"n": b"\n", b"f": b"\f", b"r": b"\r", b"(": b"(", b")": b")", b"\\": b"\\"}


class Unusual(Exception):
    """A stream has something that is better left to pdfminer's parser."""


def read_content(data: bytes) -> list[Operand | PSKeyword]:
    """Operands and operators in order, as pdfminer's parser gives them. Raises `Unusual`."""
    if len(data) > LONGEST:
        raise Unusual
    found: list[Any] = []
    open_at: list[tuple[bytes, int]] = []
    for match in TOKEN.finditer(data):
        kind = match.lastindex
        if kind is None:
            continue
        printed = match[kind]
        if kind in OPERANDS:
            found.append(OPERANDS[kind](printed))
        elif kind == OPERATOR:
            found.append(_operator(printed, is_inside=bool(open_at)))
        elif kind == BRACKET:
            _bracket(printed, found, open_at)
        elif kind == END:
            break
        else:
            raise Unusual
    if open_at:
        raise Unusual
    return found


def _operator(printed: bytes, *, is_inside: bool) -> PSKeyword | bool:
    if printed in (b"true", b"false"):
        return printed == b"true"
    if is_inside or printed == INLINE_IMAGE:
        raise Unusual
    return KWD(printed)


def _decimal(printed: bytes) -> float:
    try:
        return float(printed)
    except ValueError as error:
        raise Unusual from error


def _from_hex(printed: bytes) -> bytes:
    try:
        return bytes.fromhex(printed.decode("ascii"))
    except ValueError as error:
        raise Unusual from error


def _name(printed: bytes) -> PSLiteral:
    try:
        return LIT(printed.decode("utf-8"))
    except UnicodeDecodeError:
        return LIT(printed)


def _unescaped(printed: bytes) -> bytes:
    return ESCAPE.sub(_meant, printed)


def _meant(match: re.Match[bytes]) -> bytes:
    """What an escape in a string stands for; pdfminer drops one that stands for nothing, character and all."""
    octal, letter = match.groups()
    if octal is None:
        return MEANS.get(letter, b"")
    if int(octal, 8) > 255:
        raise Unusual
    return bytes((int(octal, 8),))


def _bracket(printed: bytes, found: list[Any], open_at: list[tuple[bytes, int]]) -> None:
    """Begin an array or a dictionary, or replace what was found since its beginning by it."""
    if printed in BEGINS:
        open_at.append((printed, len(found)))
        return
    if not open_at or open_at[-1][0] != BEGINS[printed == b">>"]:
        raise Unusual
    _, start = open_at.pop()
    inside = found[start:]
    del found[start:]
    if printed == b"]":
        found.append(inside)
        return
    names, values = inside[::2], inside[1::2]
    if len(names) != len(values) or not all(isinstance(n, PSLiteral) and isinstance(n.name, str) for n in names):
        raise Unusual
    found.append({n.name: v for n, v in zip(names, values, strict=True)})


OPERANDS: dict[int, Callable[[bytes], Operand]] = {
    NUMBER: int,
    DECIMAL: _decimal,
    HEX: _from_hex,
    STRING: bytes,
    ESCAPED: _unescaped,
    NAME: _name,
}
