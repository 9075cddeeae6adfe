"""What every part of the bench gives: a figure, what it is compared with, and the most that the ratio should be."""

from __future__ import annotations

from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Ratio:
    """`measured` and `base` are in `unit`; `base_is` says what that is, `bound` the most that the ratio may be."""

    name: str
    measured: float
    base: float
    unit: str
    base_is: str
    bound: float
    note: str = ""

    @property
    def ratio(self) -> float:
        """How many times the base."""
        return self.measured / self.base

    @property
    def is_within(self) -> bool:
        """Whether the bound holds."""
        return self.ratio <= self.bound

    def record(self) -> dict[str, object]:
        """For JSON."""
        return asdict(self) | {"ratio": round(self.ratio, 3), "is_within": self.is_within}
