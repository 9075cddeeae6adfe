"""Gold records against a reading of them, field by field."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from extract.records import Agency, Item, Measure, Quantity, Report

DASHES = str.maketrans(dict.fromkeys("－—–‐‑−─～~〜", "-"))
QUANTITY_FIELDS = ("value_high", "kind", "scope", "start_year", "end_year", "comparator")


@dataclass(frozen=True, slots=True)
class Field:
    """One field of one record: what was set and what was read."""

    area: str
    key: str
    name: str
    expected: object
    found: object

    @property
    def is_right(self) -> bool:
        """Whether both say the same."""
        return self.expected == self.found

    def __str__(self) -> str:
        return f"{self.area} {self.key} {self.name}: set {self.expected!r}, read {self.found!r}"


def fold(text: object) -> str | None:
    """Without what carries no meaning: width, white space, kind of dash; None stays None."""
    if text is None:
        return None
    return "".join(unicodedata.normalize("NFKC", str(text)).translate(DASHES).split()).replace("台", "臺")


def number(value: Decimal | float | None) -> float | None:
    """As float to nine digits, so that 0.985 equals 0.985."""
    return None if value is None else float(f"{float(value):.9g}")


def compare(gold: Mapping[str, Any], report: Report, *, areas: Sequence[str] = ()) -> list[Field]:
    """Every field of the gold records with its reading; records that nobody set appear with expected None.

    `areas` limits to some of: report, strategies, measures, items, quantities, emissions, indicators,
    cases, comments, captions.
    """
    parts = {
        "report": _report,
        "strategies": _strategies,
        "measures": _measures,
        "items": _items,
        "quantities": _quantities,
        "emissions": _emissions,
        "indicators": _indicators,
        "cases": _cases,
        "comments": _comments,
        "captions": _captions,
    }
    return [field for name in areas or parts for field in parts[name](gold, report)]


def _names(agencies: Sequence[Agency]) -> list[str]:
    return sorted(a.name for a in agencies)


def _report(gold: Mapping[str, Any], report: Report) -> Iterator[Field]:
    said = gold["report"]
    for name in ("title", "sector"):
        yield Field("report", "", name, fold(said[name]), fold(getattr(report, name)))
    for name in ("phase", "roc_year", "published"):
        yield Field("report", "", name, said[name], getattr(report, name))
    for name in ("lead_agencies", "co_agencies"):
        yield Field("report", "", name, sorted(said[name]), _names(getattr(report, name)))


def _strategies(gold: Mapping[str, Any], report: Report) -> Iterator[Field]:
    found = {fold(s.code): s for s in report.strategies}
    for said in gold["strategies"]:
        strategy = found.pop(fold(said["code"]), None)
        yield Field(
            "strategies", said["code"], "title", fold(said["title"]), fold(strategy.title) if strategy else None
        )
    for extra in found.values():
        yield Field("strategies", extra.code, "title", None, fold(extra.title))


def _by_code(report: Report) -> dict[str | None, Measure]:
    return {fold(m.code): m for m in report.measures}


def _measures(gold: Mapping[str, Any], report: Report) -> Iterator[Field]:
    found = _by_code(report)
    for said in gold["measures"]:
        code = said["code"]
        measure = found.pop(fold(code), None)
        yield Field("measures", code, "code", fold(code), fold(measure.code) if measure else None)
        if measure is None:
            continue
        for name in ("name", "plan", "category", "budget_note"):
            yield Field("measures", code, name, fold(said[name]), fold(getattr(measure, name)))
        for name in ("is_new", "start_year", "end_year", "status"):
            yield Field("measures", code, name, said[name], getattr(measure, name))
        for name in ("budget_ntd", "execution_rate"):
            yield Field("measures", code, name, number(said[name]), number(getattr(measure, name)))
        for name in ("lead_agencies", "co_agencies"):
            yield Field("measures", code, name, sorted(said[name]), _names(getattr(measure, name)))
        yield Field("measures", code, "strategy", fold(said["strategy"]), fold(measure.strategy_code))
        read = {fold(text) for text in measure.extra.values()}
        for text in said.get("extra", ()):
            yield Field(
                "measures", code, "extra", fold(text), fold(text) if fold(text) in read else sorted(map(str, read))
            )
        yield Field("measures", code, "funding", sorted(said["funding_sources"]), sorted(measure.funding_sources))
    for extra in found.values():
        yield Field("measures", extra.code, "code", None, extra.code)


def _items(gold: Mapping[str, Any], report: Report) -> Iterator[Field]:
    found = _by_code(report)
    for said in gold["measures"]:
        measure = found.get(fold(said["code"]))
        for side in ("targets", "results"):
            expected = {i["ordinal"]: fold(i["text"]) for i in said[side]}
            read: dict[str | None, str | None] = {i.ordinal: fold(i.text) for i in getattr(measure, side, ())}
            for ordinal in expected.keys() | read.keys():
                key = f"{said['code']} {side}"
                yield Field("items", key, str(ordinal), expected.get(ordinal), read.get(ordinal))


def _quantities(gold: Mapping[str, Any], report: Report) -> Iterator[Field]:
    found = _by_code(report)
    for said in gold["measures"]:
        measure = found.get(fold(said["code"]))
        for side in ("target", "result"):
            items: Sequence[Item] = getattr(measure, f"{side}s", ())
            pool = [(i.ordinal, q) for i in items for q in i.quantities]
            for want in gold["quantities"]:
                if (want["measure"], want["side"]) == (said["code"], side):
                    yield from _quantity(want, pool)
            for ordinal, extra in pool:
                yield Field("quantities", f"{said['code']} {side} {ordinal}", "amount", None, _amount(extra))


def _quantity(want: Mapping[str, Any], pool: list[tuple[str | None, Quantity]]) -> Iterator[Field]:
    key = f"{want['measure']} {want['side']} {want['ordinal']} «{want['quote']}»"
    amount = (number(want["canonical_value"]), fold(want["canonical_unit"]))
    hits = [p for p in pool if _amount(p[1]) == amount]
    hits.sort(
        key=lambda p: (p[0] != want["ordinal"], p[1].scope != want["scope"], p[1].comparator != want["comparator"])
    )
    yield Field("quantities", key, "amount", amount, _amount(hits[0][1]) if hits else None)
    if hits:
        pool.remove(hits[0])
        for name in QUANTITY_FIELDS:
            value = getattr(hits[0][1], name)
            yield Field("quantities", key, name, want[name], number(value) if name == "value_high" else value)


def _amount(quantity: Quantity) -> tuple[float | None, str | None]:
    return number(quantity.canonical_value), fold(quantity.canonical_unit)


def _emissions(gold: Mapping[str, Any], report: Report) -> Iterator[Field]:
    found = {e.year: e for e in report.emissions}
    for said in gold["emissions"]:
        row = found.pop(said["year"], None)
        for name, value in said.items():
            read = getattr(row, name, None)
            is_count = isinstance(value, bool) or name == "year"
            yield Field(
                "emissions",
                str(said["year"]),
                name,
                value if is_count else number(value),
                read if is_count else number(read),
            )
    for extra in found:
        yield Field("emissions", str(extra), "year", None, extra)


def _indicators(gold: Mapping[str, Any], report: Report) -> Iterator[Field]:
    found = {fold(i.name): i for i in report.indicators}
    for said in gold["indicators"]:
        row = found.pop(fold(said["name"]), None)
        for name in ("name", "target", "result"):
            yield Field("indicators", said["name"], name, fold(said[name]), fold(getattr(row, name, None)))
    for extra in found.values():
        yield Field("indicators", extra.name, "name", None, extra.name)


def _cases(gold: Mapping[str, Any], report: Report) -> Iterator[Field]:
    found = {(fold(c.title), tuple(map(fold, c.path))): c for c in report.cases}
    for said in gold["cases"]:
        key = (fold(said["title"]), tuple(map(fold, said["path"])))
        case = found.pop(key, None)
        yield Field("cases", said["title"], "path", key, key if case else None)
        if case is None:
            continue
        expected = sorted(
            (q["kind"], str(number(q["canonical_value"])), fold(q["canonical_unit"])) for q in said["metrics"]
        )
        read = sorted((q.kind, str(number(q.canonical_value)), fold(q.canonical_unit)) for q in case.quantities)
        yield Field("cases", said["title"], "metrics", expected, read)
    for extra in found.values():
        yield Field("cases", extra.title, "path", None, extra.path)


def _comments(gold: Mapping[str, Any], report: Report) -> Iterator[Field]:
    found = {(fold(c.reviewer), fold(c.round), fold(c.number)): c for c in report.comments}
    for said in gold["comments"]:
        key = (fold(said["reviewer"]), fold(said["round"]), fold(said["number"]))
        comment = found.pop(key, None)
        for name in ("comment", "reply"):
            yield Field("comments", " ".join(map(str, key)), name, fold(said[name]), fold(getattr(comment, name, None)))
    for key in found:
        yield Field("comments", " ".join(map(str, key)), "comment", None, "extra")


def _captions(gold: Mapping[str, Any], report: Report) -> Iterator[Field]:
    for kind in ("tables", "figures"):
        found = {fold(t.number): fold(t.caption) for t in getattr(report, kind) if t.number is not None}
        for said in gold[kind]:
            yield Field("captions", kind, said["number"], fold(said["caption"]), found.pop(fold(said["number"]), None))
        for extra, caption in found.items():
            yield Field("captions", kind, str(extra), None, caption)
