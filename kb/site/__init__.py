"""The site: a Datasette plugin, made of one module for each thing that it adds.

`PARTS` are the modules with hooks; a new part is a module and a line here.
"""

from __future__ import annotations

from types import ModuleType


def parts() -> tuple[ModuleType, ...]:
    """The modules with hooks. Routes of files come before those of pages, which take what is left."""
    from kb.site import beside, facets, faults, files, front, search, templating, views  # noqa: PLC0415 - they need this package

    return search, front, faults, templating, facets, beside, views, files


def register() -> None:
    """Give Datasette the parts, once."""
    from datasette.plugins import pm  # noqa: PLC0415 - a second of imports; what writes files needs none of it

    from kb.site.faults import take_over  # noqa: PLC0415

    take_over()
    for part in parts():
        if not pm.is_registered(part):
            pm.register(part)
