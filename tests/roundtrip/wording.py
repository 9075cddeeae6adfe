"""The words of the generated reports, from `wording.toml`."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

WORDS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("wording.toml").read_text(encoding="utf-8"))
SECTORS: tuple[str, ...] = tuple(WORDS["sectors"])


@dataclass(frozen=True, slots=True)
class Amount:
    """What can be counted: how it is printed, what it means, in which range it lies."""

    unit: str
    kind: str
    canonical_unit: str
    factor: int
    low: int
    high: int
    decimals: int


AMOUNTS = {key: Amount(*row) for key, row in WORDS["amounts"].items()}
