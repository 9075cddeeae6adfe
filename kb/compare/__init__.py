"""Two reports of one sector beside each other: measures paired, what changed, figures, restatements."""

from __future__ import annotations

from kb.compare.comparison import Comparison, compare
from kb.compare.pairing import Link, paired

__all__ = ["Comparison", "Link", "compare", "paired"]
