"""docs/AUDIT.md from the rules themselves: `python -m kb.audit.document`; `--check` exits with 1 where it is stale."""

from __future__ import annotations

import sys
from pathlib import Path

from kb.audit.rules import FAMILIES, RULES

HEADINGS = {
    "counts": "Counts claimed in the prose against annex one and the title page",
    "sums": "Parts against totals",
    "budget": "Money",
    "emissions": "Emissions table",
    "change": "From A to B",
    "twice": "One thing told twice",
    "case": "Arithmetic inside a case",
    "units": "Units",
    "targets": "Targets beside results",
    "wording": "Names, captions, references",
}
INTRODUCTION = """# Rules of the audit

`kb audit REPORT` recomputes what a report claims from the report's own tables. Each rule is a small function in
`kb/audit/`; the findings are worked out as a report is stored, and stand in the table `findings` with the rows that
they rest on. `error`: the arithmetic is certain. `warning`: likely wrong, or not to be told without knowing more.
`info`: worth a look. Rounding of the printed digits is always let pass; what else is, stands beside each rule.

This file is made from the code: `python -m kb.audit.document`.
"""


def document() -> str:
    """The whole file."""
    parts = [INTRODUCTION]
    for family in FAMILIES:
        parts.append(f"## {HEADINGS[family]}\n\n| rule | checks | lets pass |\n|---|---|---|")
        parts[-1] += "".join(
            f"\n| `{r.name}` | {r.summary} | {r.tolerance} |" for r in RULES if r.name.startswith(f"{family}:")
        )
        parts[-1] += "\n"
    return "\n".join(parts)


def main() -> None:
    """Write the file, or look whether it is up to date."""
    path = Path(__file__).parents[2] / "docs" / "AUDIT.md"
    if "--check" in sys.argv[1:]:
        sys.exit(path.read_text(encoding="utf-8") != document())
    path.write_text(document(), encoding="utf-8")


if __name__ == "__main__":
    main()
