"""All fields of a reading that can be right or wrong, by keys that do not depend on the order of rows; and whether a
doubt is about one."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kb.check import Doubt

Key = tuple[str, ...]
MEASURE = (
    *("name", "plan", "category", "is_new", "start_year", "end_year", "status", "budget_ntd", "execution_rate"),
    *("budget_note", "lead_agencies", "co_agencies", "funding", "strategy_id"),
)
QUANTITY = ("kind", "scope", "comparator", "start_year", "end_year", "value_high")
EMISSION = (
    *("target", "grid_factor", "actual", "corrected", "cumulative_target", "cumulative_actual"),
    *("cumulative_corrected", "is_estimate"),
)
COLUMNS: Mapping[str, Sequence[str]] = {
    "strategies": ("title",),
    "measures": MEASURE,
    "targets": ("text",),
    "results": ("text",),
    "quantities": QUANTITY,
    "emissions": EMISSION,
    "indicators": ("name", "target", "result"),
    "cases": ("title",),
    "comments": ("comment", "reply"),
}


ByRow = Mapping[tuple[str, str | None], set[str | None]]


@dataclass(frozen=True, slots=True)
class Reading:
    """Fields with their values; `row_keys` are the keys of their rows in the knowledge base, `parents` the keys of the
    rows that these belong to."""

    values: Mapping[Key, Any]
    row_keys: Mapping[Key, str]
    doubts: Sequence[Doubt]
    parents: Mapping[Key, Key] = field(default_factory=dict)


def fields_of(rows: Mapping[str, Sequence[Mapping[str, Any]]], doubts: Sequence[Doubt]) -> Reading:
    """Every field that is not empty, by table, the row's own words and column."""
    values: dict[Key, Any] = {}
    keys: dict[Key, str] = {}
    parents: dict[Key, Key] = {}
    names: dict[str, Key] = {}
    seen: Counter[Key] = Counter()
    for table, columns in COLUMNS.items():
        for row in rows.get(table, ()):
            name, parent = _name(table, row, names)
            seen[(table, *name)] += 1
            if table == "quantities":
                name = (*name, str(seen[(table, *name)]))
            names[row["id"]] = (table, *name)
            for column in columns:
                if row[column] not in (None, "", "[]"):
                    values[(table, *name, column)] = row[column]
                keys[(table, *name)] = row["id"]
            values[(table, *name, "")] = True
            if parent is not None:
                parents[(table, *name)] = parent
    return Reading(values, keys, doubts, parents)


def _name(table: str, row: Mapping[str, Any], names: Mapping[str, Key]) -> tuple[Key, Key | None]:
    """The words that tell a row from others, whatever its place, and the row above it."""
    if table in ("strategies", "measures"):
        return (row["code"],), None
    if table in ("targets", "results"):
        parent = names[row["measure_id"]]
        return (*parent[1:], str(row["ordinal"])), parent
    if table == "quantities":
        owner = row.get("target_id") or row.get("result_id") or row.get("case_id")
        if owner is None:
            return ("claim", row["id"]), None
        parent = names.get(owner) or ("cases", owner)
        return (*parent, str(row["canonical_value"]), str(row["canonical_unit"])), parent
    if table == "emissions":
        return (str(row["year"]),), None
    if table == "indicators":
        return (row["name"],), None
    if table == "cases":
        return (str(row["path"]), row["title"]), None
    return (row["reviewer"], str(row["round"]), str(row["number"])), None


def is_doubted(field: Key, found: Reading, sound: Reading, report_id: str) -> bool:
    """Whether a doubt is about the field; about one that is not there at all, whether one is about the row that it
    belongs to, about the row that is missing, or about its table."""
    by_row = rows_doubted(found.doubts)
    row, column = field[:-1], field[-1]
    columns = by_row.get((field[0], found.row_keys.get(row)), set())
    if row in found.row_keys and (column in columns or None in columns or (not column and bool(columns))):
        return True
    is_right = sound.values.get(field) == found.values.get(field)
    return not is_right and (_is_gap(row, found, by_row, report_id) or _owner_doubted(row, found, sound, by_row))


def _is_gap(row: Key, found: Reading, by_row: ByRow, report_id: str) -> bool:
    """Whether a row that is not there is told of: by the key that it would have, or as one of its table."""
    if row in found.row_keys:
        return False
    key = f"{report_id}/emission/{row[1]}" if row[0] == "emissions" else f"{report_id}/{row[1]}"
    return (row[0], key) in by_row or None in by_row.get((row[0], None), set())


def _owner_doubted(row: Key, found: Reading, sound: Reading, by_row: ByRow) -> bool:
    """Whether the item, measure or case that a row belongs to is in doubt where its words are concerned."""
    wanted = {"targets": {"target"}, "results": {"result"}, "quantities": {"text", "target", "result", "quantities"}}
    owner = found.parents.get(row) or sound.parents.get(row)
    while owner is not None:
        key = found.row_keys.get(owner)
        columns = by_row.get((owner[0], key), set()) if key else by_row.get((owner[0], None), set())
        if None in columns or columns & wanted[row[0]]:
            return True
        owner = found.parents.get(owner) or sound.parents.get(owner)
    return False


def rows_doubted(doubts: Sequence[Doubt]) -> dict[tuple[str, str | None], set[str | None]]:
    """Columns in doubt by table and key."""
    found: dict[tuple[str, str | None], set[str | None]] = defaultdict(set)
    for doubt in doubts:
        found[doubt.table, doubt.key].add(doubt.column)
    return found
