"""Layout notes: what a person knows about one file and no rule can, in a small TOML file.

    reason = "the ministry heads its results column with the programme's name"   # needed
    name = "transport-115.pdf"          # the file, by its name or by sha256 = "…", or both

    [columns]                           # a printed header of annex one, and what it means
    "淨零躍升計畫" = "result"

    [annex]
    pages = [[30, 52]]                  # where annex one stands: first and last page of the file

Meanings are the fields of `extract/reading/headers.toml`. Everything else in such a file is an error, since a note that
is not understood would be lost without a word.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from extract.errors import NotesBroken

KEYS = ("reason", "name", "sha256", "columns", "annex")


@dataclass(frozen=True, slots=True)
class Notes:
    """What a person says about a file. `columns` maps printed headers to fields; `annex_pages` are runs of pages, first
    and last, outside which no table is annex one; none given means anywhere."""

    reason: str = ""
    name: str | None = None
    sha256: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    annex_pages: tuple[tuple[int, int], ...] = ()

    def is_about(self, name: str, sha256: str) -> bool:
        """Whether the notes are about the file of this name and digest."""
        return self.name in (None, name) and self.sha256 in (None, sha256)

    def may_be_annex(self, page: int | None) -> bool:
        """Whether a table that begins on a page may be annex one."""
        return not self.annex_pages or page is None or any(a <= page <= b for a, b in self.annex_pages)


NO_NOTES = Notes()


def load(path: Path, fields: frozenset[str]) -> Notes:
    """The notes in a file; `fields` are the meanings that a column can have. Raises `NotesBroken`."""
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise NotesBroken(path.name, f"these notes cannot be read ({error})", "mend the file, it is TOML") from error
    unknown = [key for key in told if key not in KEYS]
    if unknown:
        raise NotesBroken(path.name, f"notes have no {', '.join(unknown)}", f"use {', '.join(KEYS)}")
    texts = {key: _text(path, told, key) for key in ("reason", "name", "sha256")}
    if texts["reason"] is None:
        raise NotesBroken(path.name, "the notes give no reason", 'say what no rule can know: reason = "…"')
    if texts["name"] is None and texts["sha256"] is None:
        raise NotesBroken(path.name, "the notes do not say which file they are about", "give its name or sha256")
    return Notes(texts["reason"], texts["name"], texts["sha256"], _columns(path, told, fields), _pages(path, told))


def _text(path: Path, told: Mapping[str, Any], key: str) -> str | None:
    value = told.get(key)
    if value is not None and (not isinstance(value, str) or not value.strip()):
        raise NotesBroken(path.name, f"{key} = {value!r} is no text", f'write {key} = "…"')
    return value


def _columns(path: Path, told: Mapping[str, Any], fields: frozenset[str]) -> dict[str, str]:
    columns = told.get("columns", {})
    if not isinstance(columns, dict):
        raise NotesBroken(path.name, "columns is no table", 'write [columns] and below it "printed header" = "meaning"')
    for header, meaning in columns.items():
        if meaning not in fields:
            known = ", ".join(sorted(fields))
            raise NotesBroken(path.name, f"{meaning!r}, for the column {header}, is no meaning", f"use one of {known}")
    return columns


def _pages(path: Path, told: Mapping[str, Any]) -> tuple[tuple[int, int], ...]:
    annex = told.get("annex", {})
    if not isinstance(annex, dict) or set(annex) - {"pages"}:
        raise NotesBroken(path.name, "annex holds something else than pages", "write [annex] and pages = [[30, 52]]")
    pages = annex.get("pages", [])
    if not isinstance(pages, list):
        raise NotesBroken(path.name, f"pages = {pages!r} are no pages", "write pages = [[30, 52]]")
    for run in pages:
        are_numbers = isinstance(run, list) and len(run) == 2 and all(type(number) is int for number in run)
        if not are_numbers or not 1 <= run[0] <= run[1]:
            raise NotesBroken(path.name, f"{run!r} are no pages", "write the first and the last page: [30, 52]")
    return tuple((run[0], run[1]) for run in pages)


def find(folder: Path, path: Path, fields: frozenset[str]) -> Notes | None:
    """The notes of a folder that are about a file, None where none are. Raises `NotesBroken`, also where two are."""
    files = sorted(folder.glob("*.toml"))
    if not files:
        return None
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    found = [(f.name, notes) for f in files if (notes := load(f, fields)).is_about(path.name, sha256)]
    if len(found) > 1:
        names = " and ".join(name for name, _ in found)
        raise NotesBroken(path.name, f"the notes {names} are both about it", "keep one of them, or tell them apart")
    return found[0][1] if found else None
