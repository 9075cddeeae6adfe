"""The site: a Datasette plugin, made of one module for each thing that it adds.

`PARTS` are the modules with hooks; a new part is a module and a line here.
"""

from __future__ import annotations

from types import ModuleType

from datasette.plugins import pm

from kb.site import queries, search

PARTS: tuple[ModuleType, ...] = (search, queries)


def register() -> None:
    """Give Datasette the parts, once."""
    for part in PARTS:
        if not pm.is_registered(part):
            pm.register(part)
