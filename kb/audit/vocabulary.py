"""The words of `vocabulary.toml` and `companies.csv`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources


@cache
def table(name: str) -> Mapping[str, list[str]]:
    """A table of the vocabulary: key -> words."""
    return _whole()[name]


@cache
def _whole() -> Mapping[str, Mapping[str, list[str]]]:
    with resources.files("kb.audit").joinpath("vocabulary.toml").open("rb") as source:
        return tomllib.load(source)


@cache
def alternatives(name: str, key: str = "names") -> str:
    """Words as alternatives of a pattern, the longest first."""
    return "|".join(sorted(table(name)[key], key=len, reverse=True))


@cache
def companies() -> tuple[str, ...]:
    """Names of companies, one a line."""
    text = resources.files("kb.audit").joinpath("companies.csv").read_text(encoding="utf-8")
    return tuple(line for line in text.splitlines()[1:] if line)
