"""A whole comparison of two reports, as records and as JSON."""

from __future__ import annotations

import sqlite3
from dataclasses import asdict, dataclass

from kb.audit.facts import Facts
from kb.audit.model import Figure, Row
from kb.compare import restated
from kb.compare.fields import changes, side_by_side
from kb.compare.pairing import Link, paired
from kb.compare.restated import Restated


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two reports, the earlier first; links of their measures, and figures that they state differently."""

    earlier: Facts
    later: Facts
    links: list[Link]
    restated: list[Restated]

    def changes(self, link: Link) -> list[Row]:
        """Fields that differ; none for what is new or gone."""
        return changes(link.earlier, link.later) if link.earlier and link.later else []

    def as_json(self) -> Row:
        """Everything, for `--json`."""
        return {
            "from": self.earlier.id,
            "to": self.later.id,
            "links": [
                {
                    "from": link.earlier and link.earlier.row["id"],
                    "to": link.later and link.later.row["id"],
                    "code": [m and m.code for m in (link.earlier, link.later)],
                    "name": [m and m.row["name"] for m in (link.earlier, link.later)],
                    "relation": link.relation,
                    "confidence": link.confidence,
                    "changes": self.changes(link),
                    "figures": self._figures(link),
                }
                for link in self.links
            ],
            "restated": [asdict(r) for r in self.restated],
        }

    def _figures(self, link: Link) -> list[Row]:
        if link.earlier is None or link.later is None:
            return []
        return [
            {"side": b.side, "from": _figure(b.earlier), "to": _figure(b.later)}
            for b in side_by_side(link.earlier, link.later)
        ]


def _figure(f: Figure | None) -> Row | None:
    if f is None:
        return None
    told = {"value": f.value, "unit": f.unit, "kind": f.kind, "scope": f.scope, "quote": f.quote}
    return {"id": f.id} | told


def compare(conn: sqlite3.Connection, first: str, second: str) -> Comparison:
    """Two reports by their ids; the earlier year is taken as the earlier, whichever is named first."""
    earlier, later = sorted((Facts(conn, first), Facts(conn, second)), key=lambda f: f.year or 0)
    links = paired(earlier.measures, later.measures)
    found = [*restated.emissions(earlier.emissions, later.emissions), *restated.results(links, earlier, later)]
    return Comparison(earlier, later, links, found)
