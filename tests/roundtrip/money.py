"""Budgets and execution rates, as the cells of annex one print them."""

from dataclasses import dataclass
from random import Random

from tests.roundtrip.wording import WORDS

UNITS = {"元": 1, "千元": 1000, "萬元": 10000, "億元": 100000000}


@dataclass(frozen=True, slots=True)
class MoneyHabits:
    """The unit of amounts, whether each cell has it (else the header), how the rate follows the amount."""

    unit: str
    in_cell: bool
    rate_joint: str
    has_notes: bool


@dataclass(frozen=True, slots=True)
class Money:
    """Budget in NT$, rate as a share, note; and the cells by field."""

    budget_ntd: int | None
    rate: float | None
    note: str | None
    cells: dict[str, str]


def habits(rng: Random) -> MoneyHabits:
    """A ministry's habits."""
    joint = rng.choice(["\n{}", "/{}", " / {}", "（{}）", "\n({})"])
    return MoneyHabits(rng.choice(list(UNITS)), rng.random() < 0.3, joint, rng.random() < 0.4)


def draw(rng: Random, how: MoneyHabits, blank: str) -> Money:
    """An amount with its rate; now and then none."""
    if rng.random() < 0.06:
        return nothing(blank)
    factor = UNITS[how.unit]
    budget = rng.randint(1, 900) * 1000000 if how.unit == "億元" else rng.randint(3, 9000) * 100000
    unit = how.unit if how.in_cell else ""
    percent = rng.choice([100, 100, 98.5, 94, 87.2, 103, 76])
    note = rng.choice(WORDS["shared"]["remarks"]) if how.has_notes and rng.random() < 0.3 else None
    amount = _amount(budget, factor) + unit
    both = amount + how.rate_joint.format(f"{percent:g}%") + (f"\n{note}" if note else "")
    spent = _amount(budget * round(percent * 10) // 1000, factor) + unit
    cells = {"budget": amount, "rate": f"{percent:g}%", "spent": spent, "budget_rate": both}
    return Money(budget, round(percent / 100, 4), note, cells)


def nothing(blank: str) -> Money:
    """No budget: every cell blank."""
    return Money(None, None, None, dict.fromkeys(("budget", "rate", "spent", "budget_rate"), blank))


def _amount(ntd: int, factor: int) -> str:
    return f"{ntd / factor:,.4f}".rstrip("0").rstrip(".")
