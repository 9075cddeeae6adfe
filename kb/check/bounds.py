"""The bounds that a reading must keep, from `corpus/bounds.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from kb.check.model import Bound


@cache
def bounds() -> tuple[Bound, ...]:
    """Every bound in order. Raises `KeyError` where one lacks its figure or its reason."""
    with files("corpus").joinpath("bounds.toml").open("rb") as file:
        told = tomllib.load(file)
    return tuple(Bound(name, float(bound["least"]), str(bound["reason"])) for name, bound in told.items())
