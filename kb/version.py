"""Which rules read a report: the project's version and a digest of the rules themselves."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from kb import __version__

RULES = {".py", ".csv", ".toml"}
STORING = ("rows.py", "row_sink.py", "identity.py", "sectors.csv")
"""What turns records into rows, in this folder."""
WORKED_OUT = ("audit", "achieve", "compare")
"""Packages with the rules by which findings, achievements and links follow from the rows."""


@cache
def extractor_version() -> str:
    """`0.1.0+1a2b3c4d`: changes with every rule and every line of vocabulary, so that a file read by other rules is
    read again and one read by the same is not."""
    spec = find_spec("extract")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("the package extract is not installed beside kb")
    here = Path(__file__).parent
    files = [here / name for name in STORING]
    for package in WORKED_OUT:
        files += sorted(p for p in (here / package).glob("*") if p.suffix in RULES)
    for folder in spec.submodule_search_locations:
        files += sorted(p for p in Path(folder).rglob("*") if p.suffix in RULES)
    digest = hashlib.blake2b(digest_size=4)
    for file in files:
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return f"{__version__}+{digest.hexdigest()}"


def with_notes(version: str, notes_in: Path | None) -> str:
    """The version with a digest of the layout notes in a folder, which are rules too; as it is where there are none."""
    files = sorted(notes_in.glob("*.toml")) if notes_in is not None else []
    if not files:
        return version
    digest = hashlib.blake2b(digest_size=4)
    for file in files:
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return f"{version}.{digest.hexdigest()}"
