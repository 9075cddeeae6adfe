"""Datasette alone, the base of the bench, without the plugins that are installed beside it (the tests have one).

python -m bench.plain serve …        as `datasette serve …`
"""

from __future__ import annotations

from datasette.plugins import pm


def main() -> None:
    """Plugins are loaded with the first import, and let go before the command line looks at them."""
    for plugin, _ in pm.list_plugin_distinfo():
        pm.unregister(plugin)
    from datasette.cli import cli  # noqa: PLC0415

    cli()


if __name__ == "__main__":
    main()
