"""Full-text search over everything: one index, one way of asking, for the terminal, the site and the JSON API.

Every row of a searchable table is one *passage* (title and text, as printed). The index beside it has one token per
character of the folded text (`kb.text`), and a word is asked as a phrase: the same rows as a substring scan of
the folded texts finds, at index speed, words of one and two characters included.

The index keeps no text of its own (`content=''`), so it must be told what a row held when the row goes; `passages` has
it. A searchable row has the number of its passage as its rowid, so the index serves each table's own search box.
Datasette looks for `content="measures"` in the index's definition: it stands there in a comment.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import regex

from kb import ranked
from kb.ranked import Filters
from kb.row_sink import Row, Rows
from kb.text import VERSION, spellings, tokens

MAX_CHARACTERS, MAX_TERMS = 64, 8
"""Of one query. 500 terms took 3 s on 200 reports, with the cap 0.06 s."""

SEPARATOR = " │ "
"""Between the parts of a passage: a character that no word has, so that no hit runs over the seam."""

SEARCHABLE = (
    "strategies",
    "measures",
    "targets",
    "results",
    "cases",
    "comments",
    "indicators",
    "sections",
    "tables",
    "figures",
)
"""Tables whose rows are passages."""


class Hit(NamedTuple):
    """One row that was found: `kind` is its table, `row_id` its key; texts as printed."""

    kind: str
    row_id: str
    report_id: str
    page: int | None
    title: str
    text: str


def create_index(conn: sqlite3.Connection) -> None:
    """Make the empty index and note the version of the folding."""
    served = " ".join(f'content="{table}"' for table in ("passages", *SEARCHABLE))
    conn.execute(
        "create virtual table passages_fts using fts5(title, text, "
        """tokenize="unicode61 remove_diacritics 0 categories 'L* M* N* P* S* Co'", """
        f"content='' /* {served} */)"
    )
    conn.execute("insert into about (key, value) values ('normaliser_version', ?)", (VERSION,))


def rebuild_index(conn: sqlite3.Connection) -> None:
    """Index every passage again, for a database whose texts were folded by another version."""
    conn.execute("insert into passages_fts (passages_fts) values ('delete-all')")
    _index(conn, conn.execute("select id, title, text from passages order by id"))
    conn.execute("update about set value = ? where key = 'normaliser_version'", (VERSION,))


def passages_of(rows: Rows) -> list[Row]:
    """The passages of a report's rows, without their numbers."""
    agencies: dict[str, list[str]] = {}
    known = {a["id"]: a for a in rows.get("agencies", ())}
    for link in rows.get("measure_agencies", ()):
        agencies.setdefault(link["measure_id"], []).append(link["agency_id"])
    (report,) = rows["reports"]
    found = []
    for kind in SEARCHABLE:
        for row in rows.get(kind, ()):
            named = agencies.get(row["id"] if kind == "measures" else row.get("measure_id", ""), [])
            today = [known[a].get("successor") or a for a in named]
            title, parts = _words(kind, row)
            if kind == "measures":
                words = [known[a].get(n) for a in named for n in ("name", "short_name", "successor")]
                parts = [*parts, *dict.fromkeys(w for w in words if w)]
            found.append(
                {
                    "kind": kind,
                    "row_id": row["id"],
                    "report_id": report["id"],
                    "sector": report["sector"],
                    "year": report["year"],
                    "agencies": json.dumps(list(dict.fromkeys(today)), ensure_ascii=False),
                    "page": row["page"],
                    "title": title,
                    "text": SEPARATOR.join(part for part in parts if part),
                }
            )
    return found


def _words(kind: str, row: Row) -> tuple[str, list[str | None]]:
    """Title and the other parts of what a reader may look for in a row."""

    def joined(*names: str) -> str:
        return " ".join(row[n] for n in names if row[n])

    match kind:
        case "strategies":
            return joined("code", "title"), []
        case "measures":
            columns = ("strategy_title", "plan", "category", "target", "result", "budget_note")
            extra = json.loads(row["extra"])
            return joined("code", "name"), [row[c] for c in columns] + [*json.loads(row["funding"]), *extra.values()]
        case "targets" | "results":
            return "", [row["text"]]
        case "cases":
            # The parts are usually read out of the text: those that it holds are not told twice.
            parts = [row[c] for c in ("problem", "approach", "outcome") if row[c] and row[c] not in row["text"]]
            # The path usually ends in the title.
            title = row["path"] if row["path"].endswith(row["title"]) else f"{row['path']} › {row['title']}"
            return title, [row["industry"], row["text"], *parts]
        case "comments":
            return joined("reviewer"), [row["comment"], row["reply"]]
        case "indicators":
            return joined("name"), [row["target"], row["result"]]
        case "sections":
            return joined("number", "heading"), [row["text"]]
        case "tables":
            cells = [cell for line in json.loads(row["cells"]) for cell in line]
            return joined("caption"), [*dict.fromkeys(cells), row["source"], *json.loads(row["notes"])]
        case _:
            return joined("caption"), [row["source"]]


def remove(conn: sqlite3.Connection, report_id: str) -> dict[tuple[str, str], int]:
    """Take a report's passages out of the index; gives the numbers that they had, by kind and key."""
    old = conn.execute(
        "select id, title, text, kind, row_id from passages where report_id = ?", (report_id,)
    ).fetchall()
    conn.executemany(
        "insert into passages_fts (passages_fts, rowid, title, text) values ('delete', ?, ?, ?)",
        ((number, tokens(title), tokens(text)) for number, title, text, _, _ in old),
    )
    conn.execute("delete from passages where report_id = ?", (report_id,))
    return {(kind, row_id): number for number, _, _, kind, row_id in old}


def number_rows(conn: sqlite3.Connection, rows: Rows, former: Mapping[tuple[str, str], int]) -> None:
    """Add the passages to the rows, and give each searchable row the number of its passage as rowid.

    A row that was there before keeps its number: a link to a passage outlives a re-ingest.
    """
    (last,) = conn.execute("select coalesce(max(id), 0) from passages").fetchone()
    last = max([last, *former.values()])
    numbers: dict[tuple[str, str], int] = {}
    passages = passages_of(rows)
    for passage in passages:
        key = passage["kind"], passage["row_id"]
        if key not in former:
            last += 1
        numbers[key] = passage["id"] = former.get(key, last)
    for kind in SEARCHABLE:
        for row in rows.get(kind, ()):
            row["rowid"] = numbers[kind, row["id"]]
    rows["passages"] = sorted(passages, key=lambda p: int(p["id"]))


def add(conn: sqlite3.Connection, rows: Rows) -> None:
    """Put numbered passages into the index."""
    _index(conn, ((p["id"], p["title"], p["text"]) for p in rows["passages"]))


def _index(conn: sqlite3.Connection, passages: Iterable[tuple[int, str, str]]) -> None:
    conn.executemany(
        "insert into passages_fts (rowid, title, text) values (?, ?, ?)",
        ((number, tokens(title), tokens(text)) for number, title, text in passages),
    )


TERM = regex.compile(r'"([^"]*)"|(\S+)')


def terms(query: str) -> list[str]:
    """The words of a query: parts between spaces, or in quotation marks where the spaces belong to the word.

    Only the first `MAX_CHARACTERS` and `MAX_TERMS` count.
    """
    return [term for term, _ in _spelled(query)]


def match_expression(query: str) -> str:
    """The query for FTS5's `match`: every term must be there, each as a phrase of characters in one of its spellings.

    A query without a word gives an expression that finds nothing.
    """
    found = []
    for _, spelled in _spelled(query):
        phrases = ['"' + " ".join(s).replace('"', '""') + '"' for s in spelled]
        found.append("(" + " OR ".join(phrases) + ")")
    return " AND ".join(found) or '""'


def _spelled(query: str) -> list[tuple[str, tuple[str, ...]]]:
    """The words of a query, each with its spellings."""
    found = (quoted or plain.replace('"', "") for quoted, plain in TERM.findall(query[:MAX_CHARACTERS]))
    spelled = ((term, spellings(term)) for term in found)
    return [(term, ways) for term, ways in spelled if any(ways)][:MAX_TERMS]


def is_cut(query: str) -> bool:
    """Whether the query is longer than what is searched."""
    return len(query) > MAX_CHARACTERS or len(TERM.findall(query)) > MAX_TERMS


def search(
    conn: sqlite3.Connection,
    query: str,
    *,
    report_id: str | None = None,
    kind: str | None = None,
    limit: int = 20,
) -> list[Hit]:
    """The passages that hold all words of the query: those with the words in their title first, then by how much of
    the passage they are (bm25)."""
    return search_filtered(conn, query, Filters(report_id, kind), limit=limit)


def search_filtered(
    conn: sqlite3.Connection, query: str, filters: Filters, *, limit: int = 20, offset: int = 0
) -> list[Hit]:
    """As `search`, with all filters and for later pages."""
    today = filters.by_names_today(conn)
    return [Hit._make(found) for found in ranked.page(conn, match_expression(query), today, limit, offset)]


def count(conn: sqlite3.Connection, query: str, *, report_id: str | None = None, kind: str | None = None) -> int:
    """How many passages `search` would find without a limit."""
    return ranked.count(conn, match_expression(query), Filters(report_id, kind))
