"""The words of the chapter with the case studies, from `cases.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

import regex

from extract.reading.vocabulary import TIMEOUT

LONGEST_TITLE = 40
"""Characters of a case's title that stands as a line of its own."""


@cache
def words() -> dict[str, Any]:
    """The tables of `cases.toml`."""
    with files("extract.reading").joinpath("cases.toml").open("rb") as file:
        return tomllib.load(file)


def counts_case(line: str) -> bool:
    """Whether a line is the title of a case that the report counts: 案例一：某車隊, 【亮點 2】某農場."""
    is_title = len(line) <= LONGEST_TITLE and "。" not in line and "\n" not in line.strip()
    return is_title and (match := _prefix(line)) is not None and match.end() < len(line)


def without_count(title: str) -> str:
    """A title without 案例一、."""
    match = _prefix(title)
    return title[match.end() :].strip() if match is not None else title


def _prefix(line: str) -> regex.Match[str] | None:
    return regex.match(words()["title"]["prefix"], line, timeout=TIMEOUT)
